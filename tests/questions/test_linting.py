"""Records as scripts have them: linted whole or in parts, from a file or the house."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from questions.actions import publish_version
from questions.linting import lint_file, lint_house
from questions.records import as_json, published_records
from tests.factories import DraftFactory, UserFactory, VersionFactory

RECORDS = [
    {"slug": "asks-age", "prompt": "How old are you?", "anchors": {"1": "Weak.", "5": "Great."}, "probes": "And?\nSo?"},
    {
        "prompt": "what does “HOW old are you” ask?",
        "anchors": ["Guesses."],
        "minutes": "soon",
        "tags": ["riddle"],
        "look_for": None,
    },
]


def said(*arguments):
    out = StringIO()
    call_command("lint_questions", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(records, name="records.json"):
        path = tmp_path / name
        path.write_text(records if isinstance(records, str) else json.dumps(records), encoding="utf-8")
        return str(path)

    return write


@pytest.mark.parametrize("shape", [lambda one: one, lambda one: {"questions": one}, lambda one: {"question": one}])
def test_records_with_parts_missing_are_read_as_far_as_they_go(file, shape):
    found = json.loads(said(file(shape(RECORDS)), "--json"))
    assert {"slug", "number", "rule", "severity", "field", "sentence"} == set(found[0])
    of_first = {(one["rule"], one["field"]) for one in found if one["slug"] == "asks-age"}
    assert {
        ("E1", "competency"),
        ("E1", "minutes"),
        ("E2", "anchor_3"),
        ("E3", "anchor_5"),
        ("E5", "prompt"),
    } <= of_first
    assert ("E7", "probes") not in of_first
    of_second = {one["rule"] for one in found if one["number"] == 2}
    assert {"E1", "E6", "E7", "W5"} <= of_second


def test_a_file_of_the_starter_bank_has_nothing_to_mend(settings):
    assert said(f"{settings.BASE_DIR}/fixtures/bank/communication.toml") == "Errors: 0, warnings: 0\n"


def test_records_that_repeat_each_other_are_warned_of(file):
    prompt = "Tell me about a time when a model you shipped lost accuracy in production."
    found = json.loads(said(file([{"title": "One", "prompt": prompt}, {"prompt": prompt.upper()}]), "--json"))
    assert [(one["number"], "One" in one["sentence"]) for one in found if one["rule"] == "W8"] == [(2, True)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("not json", "a.json"),
        ("a = ", "a.toml"),
        ('"text"', "a.json"),
        ("[]", "a.json"),
        ("[1]", "a.json"),
        ("{}", "a.json"),
    ],
)
def test_a_file_without_records_is_named(file, text, name):
    with pytest.raises(CommandError, match=name):
        said(file(text, name))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        said(str(tmp_path / "nowhere.json"))


@pytest.mark.django_db
def test_without_a_path_the_bank_of_the_house_is_read_but_for_what_was_overruled_with_a_reason():
    by = UserFactory(recruiter=True)
    for reason in ("", "It takes that long."):
        publish_version(version=DraftFactory(minutes=30), by=by, reason=reason)
    assert [one.finding.rule for one in lint_house()].count("W7") == 1


@pytest.mark.django_db
def test_what_a_file_says_was_overruled_with_a_reason_is_not_said_again(file):
    record = {"prompt": "Say to the clerk in this scene: How old are you?", "overruled": []}
    assert "E5" in said(file([record]))
    record["overruled"] = [{"rule": "E5", "field": "prompt", "reason": "Said to a clerk."}]
    assert "E5" not in said(file([record]))
    record["overruled"] = [{"rule": "E2", "field": "anchor_1", "reason": "Errors stay errors."}]
    assert "E2 anchor_1" in said(file([record]))


@pytest.mark.django_db
def test_what_the_house_exports_is_read_as_the_house_reads_itself(file):
    VersionFactory(minutes=30)
    assert [one.finding.rule for one in lint_file(Path(file(as_json(published_records()))))] == ["W7"]
