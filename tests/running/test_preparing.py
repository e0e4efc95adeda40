"""Making a house ready: once with everything in it, and again without a trace."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Entry, House, User
from accounts.running import prepare
from foundation import frozen
from questions.models import Question
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _prepared(for_the_module):
    prepare("real")


def test_a_real_house_starts_with_the_bank_and_nobody_in_it():
    assert House.objects.get().kind == "real"
    assert Question.objects.count() >= 24
    assert not User.objects.exists()


def test_preparing_again_writes_nothing():
    with CaptureQueriesContext(connection) as seen:
        prepare("real")
    reads = ("SELECT", "WITH", "SAVEPOINT", "RELEASE", "BEGIN", "PRAGMA")
    assert [q["sql"] for q in seen if not q["sql"].lstrip("( \n").upper().startswith(reads)] == []


def test_preparing_puts_back_a_trigger_that_was_lost():
    lost = min(frozen.standing(connection))
    frozen.drop(connection, lost)
    prepare("real")
    assert lost in frozen.standing(connection)


def test_preparing_touches_neither_people_nor_the_record():
    UserFactory()
    entries = Entry.objects.count()
    prepare("real")
    assert (User.objects.count(), Entry.objects.count()) == (1, entries)
