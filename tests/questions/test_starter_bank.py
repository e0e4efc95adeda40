"""The content that ships: complete records, in our own words, across every competency."""

import re

import pytest

from foundation.richtext import lines_of
from tests.questions.records import ENTRIES, SHELVES, texts

each = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.slug)


def test_every_competency_has_six_questions_and_a_definition():
    assert [shelf.slug for shelf in SHELVES if len(shelf.entries) < 6 or not shelf.definition] == []


def test_addresses_and_titles_are_unique():
    assert len({entry.slug for entry in ENTRIES}) == len(ENTRIES)
    assert len({entry.content.fields["title"].casefold() for entry in ENTRIES}) == len(ENTRIES)


@each
def test_a_record_is_complete(entry):
    fields = entry.content.fields
    assert set(entry.content.anchors) == {1, 2, 3, 4, 5}
    assert 3 <= len(lines_of(fields["look_for"])) <= 6
    assert 2 <= len(entry.content.probes) <= 4
    assert fields["purpose"]
    assert fields["must_have"]
    assert fields["red_flags"]
    assert fields["references"]
    assert fields["review_by"]
    assert len(fields["title"]) <= 60


@each
def test_a_prompt_can_be_spoken(entry):
    prompt = entry.content.fields["prompt"]
    assert len(prompt.split()) <= 60
    assert prompt.count("?") <= 1
    assert "\n" not in prompt


@each
def test_a_record_shows_no_picture_and_no_html(entry):
    text = "\n".join(texts(entry.slug))
    assert "![" not in text
    assert not re.search(r"</?(p|br|b|i|div|span|img|script|table|sub|sup)\b", text)


@each
def test_every_placeholder_is_used_and_none_is_undeclared(entry):
    content = entry.content
    said = [*content.anchors.values(), *content.probes, *content.samples.values()]
    text = "\n".join([content.fields["prompt"], content.fields["material"], *said])
    used = set(re.findall(r"(?<!`)\{(\w+)\}", text))
    declared = set(content.fields["placeholders"])
    assert declared <= set(re.findall(r"\{(\w+)\}", text))
    assert used <= declared or not declared
