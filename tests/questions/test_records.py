"""The bank as it leaves the house: whole, in one order, the same text every time."""

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from accounts.house import settle
from accounts.models import House
from foundation import clock
from questions.actions import publish_version, start_draft
from questions.models import Question, SampleAnswer
from questions.records import as_json, published_records
from tests.factories import CompetencyFactory, DraftFactory, VersionFactory
from tests.factories.questions import QuestionFactory
from tests.questions.records import ENTRIES

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    settle("real")


def exported(capsys, *arguments):
    call_command("export_questions", *arguments)
    return capsys.readouterr().out


@pytest.mark.usefixtures("house")
def test_an_exported_question_says_all_that_its_version_says(capsys):
    judging = CompetencyFactory(slug="judging", name="Judging models", definition="Recall.")
    question = QuestionFactory(slug="two-models", competency=judging, source_ids=["A2", "T11"])
    draft = DraftFactory(
        question=question, title="Zwei Modelle, 两个", tags="a, b", placeholders={"z": "1", "a": "2"}, nice_to_have="More",
        scoring_note="Note.", references="A book\nAnother", review_by=date(2027, 11, 1), change_note="Why.",
    )  # fmt: skip
    SampleAnswer.objects.create(version=draft, level=5, text="Both.\nI say.")
    SampleAnswer.objects.create(version=draft, level=1, text="Neither.")
    publish_version(version=draft, by=None)
    text = exported(capsys, "--format", "json")
    assert "Zwei Modelle, 两个" in text
    assert json.loads(text) == [
        {
            "slug": "two-models", "version": 1, "title": "Zwei Modelle, 两个", "competency": "judging",
            "competency_name": "Judging models", "competency_definition": "Recall.", "level": "intermediate", "type": "scenario", "tags": ["a", "b"], "minutes": 8,
            "prompt": draft.prompt, "candidate_material": "| a | b |\n|---|---|\n| 1 | 2 |",
            "purpose": "To see how a choice is weighed.",
            "look_for": ["Names the cost of each error", "Asks who bears it", "Checks the base rate"],
            "must_have": ["Two and two are four"], "nice_to_have": ["More"], "scoring_note": "Note.",
            "anchors": {str(level): f"Says what level {level} says." for level in (1, 2, 3, 4, 5)},
            "probes": ["Probe 1: tell me more?", "Probe 2: tell me more?"], "red_flags": ["Invents a figure"],
            "references": ["A book", "Another"], "source_ids": ["A2", "T11"],
            "sample_answers": {"1": "Neither.", "5": "Both.\nI say."}, "placeholders": {"a": "2", "z": "1"},
            "review_by": "2027-11-01", "change_note": "Why.", "overruled": [],
        }
    ]  # fmt: skip


@pytest.mark.usefixtures("house")
def test_what_is_exported_is_published_current_and_not_retired(capsys):
    version = VersionFactory(prompt="Old?")
    draft = start_draft(question=version.question, by=None)
    DraftFactory()
    retired = VersionFactory()
    Question.objects.filter(pk=retired.question_id).update(retired_at=clock.now())
    assert [(r["version"], r["prompt"], r["review_by"]) for r in published_records()] == [(1, "Old?", None)]
    publish_version(version=draft, by=None)
    assert [r["version"] for r in published_records()] == [2]
    assert len(json.loads(exported(capsys))) == 1


def test_records_stand_in_the_order_of_their_slugs_and_one_competency_can_be_asked_for():
    # Databases disagree on where a hyphen stands.
    for slug in ("ab", "a-c", "a-b", "b"):
        VersionFactory(question=QuestionFactory(slug=slug))
    assert [r["slug"] for r in published_records()] == ["a-b", "a-c", "ab", "b"]
    one = Question.objects.get(slug="ab").competency
    assert [r["slug"] for r in published_records(one.slug)] == ["ab"]


def test_more_questions_cost_no_more_statements():
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert published_records()
        return len(captured)

    VersionFactory()
    one = cost()
    VersionFactory.create_batch(2)
    assert cost() == one


@pytest.mark.long
@pytest.mark.usefixtures("house")
def test_the_same_bank_is_always_the_same_text(capsys):
    call_command("load_bank")
    capsys.readouterr()
    first = exported(capsys)
    assert exported(capsys) == first == as_json(published_records())
    assert first.endswith("]\n")
    assert len(json.loads(first)) == len(ENTRIES)


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "xml"], r"^There is no format “xml”. Choose one of: json, csv, xlsx, md.$"),
        (["--competency", "x"], r"^There is no competency “x”. Choose one of: judging.$"),
    ],
)
def test_what_cannot_be_exported_is_said_in_one_sentence(arguments, sentence):
    CompetencyFactory(slug="judging")
    with pytest.raises(CommandError, match=sentence):
        call_command("export_questions", *arguments)


@pytest.mark.long
def test_a_house_that_nobody_has_opened_gets_the_starter_bank_first(capsys):
    call_command("export_questions")
    said = capsys.readouterr()
    assert [record["slug"] for record in json.loads(said.out)] == sorted(entry.slug for entry in ENTRIES)
    assert said.err.startswith("Bank: ")
    assert House.objects.get().kind == "real"
    assert json.loads(exported(capsys)) == json.loads(said.out)


@pytest.mark.usefixtures("house")
def test_a_house_that_was_opened_exports_what_it_holds_and_is_not_touched(capsys):
    with CaptureQueriesContext(connection) as captured:
        assert exported(capsys) == "[]\n"
    assert {query["sql"].split()[0] for query in captured} <= {"SELECT", "PRAGMA"}


@pytest.mark.usefixtures("house")
def test_a_house_that_awaits_an_upgrade_says_so():
    newest = MigrationRecorder.Migration.objects.filter(app="questions").order_by("-name").first()
    newest.delete()
    with pytest.raises(CommandError, match=r"^This house is from an earlier version\. Open it once.*\./run serve$"):
        call_command("export_questions")


def test_a_demo_that_was_never_opened_is_not_opened_by_the_way(settings):
    settings.HOUSE = "demo"
    with pytest.raises(CommandError, match=r"^There is no demo yet\."):
        call_command("export_questions")
    assert not House.objects.exists()


def in_a_new_folder(folder, *command, **said):
    """One run of manage.py with nothing there yet."""
    clean = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "KIT_HOUSE"}}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR, env={**clean, "DATA_DIR": str(folder), **said}, capture_output=True, check=False,
    )  # fmt: skip


def test_loading_the_bank_where_there_is_no_house_is_answered_with_what_to_do(tmp_path):
    run = in_a_new_folder(tmp_path, "load_bank")
    assert (run.returncode, run.stdout, run.stderr.count(b"\n")) == (1, b"", 1)
    assert b"./run serve" in run.stderr


@pytest.mark.long
def test_from_nothing_the_shipped_bank_is_printed_in_utf_8_whatever_the_language(tmp_path):
    run = in_a_new_folder(tmp_path, "export_questions", "--format", "json", PYTHONIOENCODING="ascii")
    assert run.returncode == 0, run.stderr
    records = json.loads(run.stdout.decode("utf-8"))
    assert [record["slug"] for record in records] == sorted(entry.slug for entry in ENTRIES)
    assert run.stdout.decode("utf-8") == as_json(records)
