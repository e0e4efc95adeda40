"""The record of actions: each entry follows from the one before, and a change shows."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction

from accounts.models import Entry
from accounts.recording import first_broken_entry, record
from accounts.verbs import IN_WORDS
from foundation import clock, frozen
from interviews.actions.scheduling import waive_card
from tests.factories import ScorecardFactory, UserFactory
from tests.test_house import sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    person = UserFactory()
    for verb in ("role.made", "plan.activated", "card.submitted"):
        record(verb, person, by=person)
    return list(Entry.objects.order_by("pk"))


@pytest.fixture
def unguarded(entries):
    """The entries' table as somebody finds it who took the triggers away."""
    frozen.take_down(connection)
    yield entries
    frozen.put_back(connection)


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_untouched_record_is_whole(entries):
    assert first_broken_entry() is None


def test_an_empty_record_is_whole():
    assert first_broken_entry() is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_entry SET verb = 'other' WHERE id = %s",
        "UPDATE accounts_entry SET digest = 'x' WHERE id = %s",
        "DELETE FROM accounts_entry WHERE id = %s",
    ],
)
def test_the_database_refuses_to_change_or_drop_an_entry(entries, sql):
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        run(sql, entries[0].pk)
    assert first_broken_entry() is None


@pytest.mark.parametrize(
    "change", ["verb = 'other'", "note = 'other'", "subject_id = subject_id + 1", "actor_id = NULL", "digest = 'x'"]
)
def test_a_change_behind_the_databases_back_is_found_at_its_entry(unguarded, change):
    run(f"UPDATE accounts_entry SET {change} WHERE id = %s", unguarded[1].pk)
    assert first_broken_entry() == unguarded[1]


def test_an_entry_that_was_taken_out_is_found_at_the_next(unguarded):
    run("DELETE FROM accounts_entry WHERE id = %s", unguarded[1].pk)
    assert first_broken_entry() == unguarded[2]


def test_an_administrator_checks_the_chain_on_the_page(unguarded, signed_in):
    client = signed_in(UserFactory(administrator=True))
    assert "The chain is whole" in client.get("/people/record/?check=1").text
    run("UPDATE accounts_entry SET verb = 'other' WHERE id = %s", unguarded[1].pk)
    assert f"The chain is broken at entry {unguarded[1].pk}" in client.get("/people/record/?check=1").text


def test_an_empty_record_says_so(signed_in):
    assert "Nothing has been done yet." in signed_in(UserFactory(administrator=True)).get("/people/record/").text


def test_an_administrator_who_is_blind_somewhere_reads_what_was_done_before_that_application(signed_in):
    """Who submitted when is in the record, and its numbers would tell even if the names were left out."""
    start = clock.now() - timedelta(days=9)
    with clock.at(start - timedelta(days=1)):
        record("role.made", UserFactory(), by=None)
    with clock.at(start):
        own = ScorecardFactory(interviewer=UserFactory(administrator=True))
    record("scorecard.submitted", own, by=None)
    client = signed_in(own.interviewer)
    blind = client.get("/people/record/").text
    assert "Made a role" in blind
    assert "Submitted a scorecard" not in blind
    assert "Open to you up to" in blind
    waive_card(card=own, reason="Ill.", by=UserFactory())
    free = client.get("/people/record/").text
    assert "Submitted a scorecard" in free
    assert "Open to you up to" not in free


def test_the_record_is_read_in_words(signed_in):
    person = UserFactory(name="Ada Brandt")
    card = ScorecardFactory()
    record("scorecard.waived", card, by=person)
    record("verb.of_long_ago", person, by=None)
    page = signed_in(UserFactory(administrator=True)).get("/people/record/").text
    assert f'<bdi>Ada Brandt</bdi></td><td>Waived a scorecard <small class="quiet">scorecard {card.pk}</small>' in page
    assert f'the house</td><td>verb.of_long_ago <small class="quiet">person {person.pk}</small>' in page


def test_every_verb_that_is_recorded_has_its_words():
    """Each stands whole in a call of record(), or without the plan in that of a change of a draft."""
    told = {
        verb
        for path in sources()
        for call in re.findall(r"\brecord\(\s*([^,]+),", path.read_text())
        for verb in re.findall(r'(?<!f)"([a-z]+\.[a-z_]+)"', call)
    }
    told |= {f"plan.{verb}" for path in sources() for verb in re.findall(r'\.done\("([a-z_]+)"', path.read_text())}
    assert len(told) > 50
    assert told == set(IN_WORDS)


def test_an_action_that_breaks_after_its_entry_leaves_none(entries):
    @transaction.atomic
    def act():
        record("role.made", entries[0].actor, by=entries[0].actor)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert Entry.objects.count() == 3


def test_entries_written_at_once_make_one_chain(lifted):
    person = UserFactory()
    from accounts.house import settle

    settle("real")

    def write(_):
        try:
            record("role.made", person, by=person)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(8)))
    assert Entry.objects.count() == 8
    assert first_broken_entry() is None
