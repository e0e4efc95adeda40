"""The starter bank as a whole, loaded once for these tests: what comes of it, and that loading it again changes nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Entry
from accounts.recording import first_broken_entry
from questions.bank import load_bank
from questions.listing import recounted
from questions.models import Anchor, Competency, Listing, ListingCount, Probe, Question, QuestionVersion, SampleAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def said(for_the_module):
    """What the command said that loaded it."""
    said = StringIO()
    call_command("load_bank", stdout=said)
    return said.getvalue()


def rows():
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Competency, Question, QuestionVersion, Anchor, Probe, SampleAnswer, Entry)
    }


def test_the_whole_bank_loads_and_says_in_one_line_what_it_did(said):
    total, shelves = Question.objects.count(), Competency.objects.count()
    assert said == (
        f"Bank: {total} questions in {shelves} competencies ({total} new, 0 changed, 0 unchanged, 0 kept as edited)\n"
    )
    assert QuestionVersion.objects.current().count() == total
    assert not QuestionVersion.objects.exclude(author=None).exists()


def test_loading_twice_writes_nothing(said):
    before = rows()
    with CaptureQueriesContext(connection) as captured:
        second = load_bank(Path(settings.BASE_DIR, "fixtures/bank"))
    assert second.new == second.changed == second.kept == 0
    assert not [q for q in captured if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert rows() == before


def test_a_loaded_bank_stands_in_the_list_and_on_the_record_as_if_each_question_had_been_published_by_hand(said):
    listed = dict(Listing.objects.values_list("question__slug", "version"))
    assert listed == dict(QuestionVersion.objects.values_list("question__slug", "pk"))
    counts = ListingCount.objects.values_list("competency", "level", "kind", "number")
    assert {(competency, level, kind): number for competency, level, kind, number in counts} == recounted()
    made = Entry.objects.filter(verb="question.made").count()
    assert made == Entry.objects.filter(verb="version.published").count() == Question.objects.count()
    assert first_broken_entry() is None
