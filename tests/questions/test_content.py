"""What the shipped questions cover, and that each says it in its own words."""

from itertools import chain

import pytest

from tests.questions import coverage, rubric
from tests.questions.records import ENTRIES

SAMPLE_WORDS = range(50, 221)


def test_the_list_of_what_is_to_be_covered_is_whole():
    rows = list(chain.from_iterable(coverage.ROWS.values()))
    assert len(rows) == len(set(rows)) == 146 + 40


def test_every_row_is_covered_by_exactly_one_question():
    found = coverage.covering(ENTRIES)
    assert found.keys() == set(chain.from_iterable(coverage.ROWS.values()))
    assert {row: slugs for row, slugs in found.items() if len(slugs) != 1} == {}


def test_no_two_questions_say_twelve_words_alike():
    texts = [
        (entry.slug, text)
        for entry in ENTRIES
        for text in (entry.content.fields["prompt"], *entry.content.anchors.values())
    ]
    assert rubric.shared_runs(texts) == []


def test_sample_answers_are_as_long_as_an_answer_and_stand_at_one_three_and_five():
    found = []
    for entry in ENTRIES:
        if (samples := entry.content.samples) and samples.keys() != {1, 3, 5}:
            found.append(f"{entry.slug}: sample answers at {sorted(samples)}")
        found += [
            f"{entry.slug}: {len(text.split())} words at level {level}"
            for level, text in samples.items()
            if len(text.split()) not in SAMPLE_WORDS
        ]
    assert found == []


TWELVE = "one two three four five six seven eight nine ten eleven twelve"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (TWELVE, f"Zero, {TWELVE.title()}!", 1),
        (TWELVE, TWELVE.replace("seven", "7"), 0),
        (TWELVE.removesuffix(" twelve"), TWELVE, 0),
        (f"{rubric.STOCK_STEMS[0]} did this and that", f"{rubric.STOCK_STEMS[0]} did this and that", 0),
    ],
)
def test_twelve_words_alike_are_found_and_stock_stems_are_not(one, other, alike):
    assert len(rubric.shared_runs([("a", one), ("b", other)])) == alike
    assert rubric.shared_runs([("a", one), ("a", one)]) == []
