"""What the shipped questions cover, and the rubric rules that a program can check; each rule is shown what breaks it."""

from itertools import chain

import pytest

from questions.content import Content
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


@pytest.mark.parametrize("rule", rubric.RULES)
def test_every_record_keeps_the_rubric_rules(rule):
    assert [f"{entry.slug}: {fault}" for entry in ENTRIES for fault in rule(entry.content)] == []


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


# ---- The rules themselves ----

FIELDS = {
    "kind": "scenario",
    "prompt": "Here is a table. What do you do?",
    "must_have": "A fact",
    "minutes": 8,
    "material": "",
}
ANCHORS = {
    1: "Guesses a rate from the headline figure.",
    2: "Names recall and mixes up its denominator.",
    3: "Computes recall for both models.",
    4: "Computes recall, and asks what a miss costs.",
    5: "Computes the break-even ratio, and proposes a staged release.",
}


def said(anchors=None, probes=("What else?",), **fields):
    return Content.made_of({**FIELDS, **fields}, {**ANCHORS, **(anchors or {})}, probes)


def test_a_sound_record_breaks_no_rule():
    assert [fault for rule in rubric.RULES for fault in rule(said())] == []


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        (rubric.e3_observable, said({2: "Good grasp of recall."})),
        (rubric.e4_trait, said({5: "Explains it; smart and a culture fit."})),
        (rubric.e7_given_away, said(probes=["Would a break-even ratio help, or a staged release?"])),
        (rubric.e8_without_key, said(must_have="")),
        (rubric.e9_stem, said(kind="behavioural", prompt="How do you handle an outage?")),
        (rubric.e9_stem, said(kind="situational", prompt="What would you do about an outage?")),
        (rubric.w1_long, said(prompt="word " * 60 + "now?")),
        (rubric.w1_long, said(prompt="This is one. This is two. This is three. What now?")),
        (rubric.w2_two_questions, said(prompt="What is it? Why?")),
        (rubric.w2_two_questions, said(prompt="How would you split it and why does that help?")),
        (rubric.w3_leading, said(prompt="Surely recall matters, so which do you take?")),
        (rubric.w3_leading, said(probes=["Wouldn't you ask for costs?"])),
        (rubric.w3_leading, said(prompt="Here is a table. Is P the better one?")),
        (rubric.w4_only_intensity, said({3: "Explains recall well.", 4: "Explains recall very well."})),
        (rubric.w6_lengths, said({4: ""})),
        (rubric.w6_lengths, said({1: "Guesses.", 5: "Computes " + "a rate, " * 9})),
        (rubric.w7_minutes, said(minutes=2)),
        (rubric.w7_minutes, said(minutes=21)),
    ],
)
def test_each_rule_sees_what_breaks_it(rule, broken):
    assert list(rule(broken))


def test_every_rule_is_shown_something_that_breaks_it():
    shown = test_each_rule_sees_what_breaks_it.pytestmark[0].args[1]
    assert {rule for rule, _broken in shown} == set(rubric.RULES)


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
