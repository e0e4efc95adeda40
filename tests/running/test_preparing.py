"""Making a house ready: once with everything in it, and again without a trace."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.house import settle
from accounts.models import Entry, House, User
from accounts.running import first_link, prepare, warnings
from foundation import frozen
from printing import pdf
from questions.models import Question
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_real_house_starts_with_the_bank_and_nobody_in_it():
    prepare("real")
    assert House.objects.get().kind == "real"
    assert Question.objects.count() >= 24
    assert not User.objects.exists()


def test_preparing_again_writes_nothing():
    prepare("real")
    with CaptureQueriesContext(connection) as seen:
        prepare("real")
    reads = ("SELECT", "WITH", "SAVEPOINT", "RELEASE", "BEGIN", "PRAGMA")
    assert [q["sql"] for q in seen if not q["sql"].lstrip("( \n").upper().startswith(reads)] == []


def test_preparing_puts_back_a_trigger_that_was_lost():
    prepare("real")
    lost = min(frozen.standing(connection))
    frozen.drop(connection, lost)
    prepare("real")
    assert lost in frozen.standing(connection)


@pytest.mark.parametrize(
    ("marked", "started", "said"), [("demo", "serve", "holds the demo"), ("real", "demo", "real work")]
)
def test_a_database_marked_otherwise_is_refused_with_the_command_that_fits(settings, marked, started, said):
    settle(marked)
    settings.HOUSE = {"serve": "real", "demo": "demo"}[started]
    with pytest.raises(CommandError, match=said) as refused:
        call_command(started, no_serve=True)
    assert "DATA_DIR=/some/folder ./run" in str(refused.value)
    assert House.objects.get().kind == marked
    assert not Question.objects.exists()
    assert not User.objects.exists()


def test_serve_prints_the_address_and_a_link_only_until_there_is_somebody(capsys, client):
    call_command("serve", no_serve=True)
    said = capsys.readouterr().out
    assert "http://127.0.0.1:" in said
    link = said.strip().splitlines()[-1]
    assert client.get("/setup/" + link.split("/setup/")[1], follow=True).status_code == 200
    House.objects.update(opened_at="2026-01-01T00:00Z")
    call_command("serve", no_serve=True)
    assert "/setup/" not in capsys.readouterr().out
    assert first_link() == ""


def test_preparing_touches_neither_people_nor_the_record():
    UserFactory()
    prepare("real")
    entries = Entry.objects.count()
    prepare("real")
    assert (User.objects.count(), Entry.objects.count()) == (1, entries)


def test_a_missing_pango_is_the_last_warning_and_names_the_command(monkeypatch):
    monkeypatch.setattr(pdf, "available", lambda: False)
    assert "sudo apt-get install libpango-1.0-0" in warnings()[-1]
    assert "brew install pango" in warnings()[-1]
