"""Lists by the page: every row once, in both directions, whatever comes and goes meanwhile, and whatever is asked."""

import base64
import json
from datetime import timedelta
from random import Random

import pytest

from accounts.models import Entry, User
from foundation import clock
from foundation.paging import Figure, counted, page_of
from interviews.models import Interview
from plans.models import Membership
from tests.factories import InterviewFactory, MembershipFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
BY_NAME, MIXED = ("name", "pk"), ("-is_active", "name", "pk")


@pytest.fixture
def people():
    """Thirteen people, several of one name, some without access."""
    made = [UserFactory(name=f"Person {n // 3}", is_active=n % 4 > 0) for n in range(13)]
    return User.objects.filter(pk__in=[person.pk for person in made])


def walk(found, key, *, size=4, between=lambda page: None):
    """All pages from the first on; `between` is called after each."""
    pages, asked = [], {}
    while True:
        page = page_of(found, key, asked, size)
        pages.append(page)
        between(page)
        if not page.later:
            return pages
        asked = {"after": page.later}


def walk_back(found, key, last, *, size=4):
    pages = [last]
    while pages[-1].earlier:
        pages.append(page_of(found, key, {"before": pages[-1].earlier}, size))
    return pages


def rows(pages):
    return [row.pk for page in pages for row in page]


def cursor(values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize("key", [BY_NAME, MIXED, ("-name", "-pk"), ("pk",), ("-pk",), ("is_active", "-name", "pk")])
@pytest.mark.parametrize("size", [1, 4, 12, 13, 14])
def test_every_row_is_met_once_on_the_way_and_once_on_the_way_back(people, key, size):
    everything = list(people.order_by(*key).values_list("pk", flat=True))
    pages = walk(people, key, size=size)
    assert rows(pages) == everything
    assert pages[0].earlier == ""
    back = walk_back(people, key, pages[-1], size=size)
    assert [list(page) for page in reversed(back)] == [list(page) for page in pages]
    assert back[-1].earlier == ""


def test_a_key_may_lead_over_a_foreign_key():
    role = RoleFactory()
    for name in ("Ann", "Bo", "Ann", "Cy", "Bo"):
        MembershipFactory(role=role, user__name=name)
    pages = walk(Membership.objects.all(), ("duty", "user__name", "pk"), size=2)
    assert [m.user.name for page in pages for m in page] == ["Ann", "Ann", "Bo", "Bo", "Cy"]


def test_a_moment_is_told_to_the_microsecond():
    start = clock.now()
    meetings = [InterviewFactory(starts_at=start + timedelta(microseconds=n // 2)) for n in range(6)]
    assert rows(walk(Interview.objects.all(), ("starts_at", "pk"), size=1)) == [meeting.pk for meeting in meetings]


@pytest.mark.parametrize("seed", range(8))
def test_rows_that_stay_are_met_once_while_others_come_and_go(people, seed):
    dice, gone = Random(seed), set()  # noqa: S311 a course of events, not a secret
    stay = set(people.values_list("pk", flat=True))

    def stir(page):
        UserFactory(name=f"Person {dice.randrange(6)}")
        leaving = dice.choice(list(User.objects.all()))
        gone.add(leaving.pk)
        leaving.delete()

    pages = walk(User.objects.all(), BY_NAME, size=3, between=stir)
    met = rows(pages)
    assert len(met) == len(set(met))
    assert stay - gone <= set(met)


def test_the_row_of_the_cursor_may_itself_have_gone(people):
    first = page_of(people, BY_NAME, {}, 4)
    following = list(page_of(people, BY_NAME, {"after": first.later}, 4))
    first.rows[-1].delete()
    assert list(page_of(people, BY_NAME, {"after": first.later}, 4)) == following


def test_where_all_that_followed_has_gone_the_last_page_stands_in(people):
    first = page_of(people, BY_NAME, {}, 4)
    User.objects.exclude(pk__in=[row.pk for row in first]).delete()
    page = page_of(people, BY_NAME, {"after": first.later}, 4)
    assert (page.rows, page.earlier, page.later) == (first.rows, "", "")


def test_what_came_before_the_first_page_is_reached_from_the_second(people):
    first = page_of(people, BY_NAME, {}, 4)
    second = page_of(people, BY_NAME, {"after": first.later}, 4)
    newcomer = UserFactory(name="A")
    found = people | User.objects.filter(pk=newcomer.pk)
    back = walk_back(found, BY_NAME, second)
    assert rows(back[1:]) == [row.pk for row in first] + [newcomer.pk]


def test_links_are_told_only_where_they_lead_somewhere(people):
    assert (page_of(people, BY_NAME, {}, 13).earlier, page_of(people, BY_NAME, {}, 13).later) == ("", "")
    assert list(page_of(User.objects.none(), BY_NAME, {}, 4)) == []
    # Beyond the first row lies nothing any more, so nothing is offered there.
    whole = page_of(people, BY_NAME, {"after": cursor(["", 0])}, 13)
    assert (len(whole), whole.earlier, whole.later) == (13, "", "")


HOSTILE = [
    "", "x", "====", "%00", "\x00", "é", "'; DROP TABLE accounts_user; --", "9" * 5000, "../../etc/passwd", "null", "W10",
    *(cursor(told) for told in (
        None, True, 7, "name", {}, {"name": 1}, [], [1], ["a"], ["a", "b"], ["a", None], [None, 1], ["a", 1, 2], ["a", True], ["a", 1.5],
        ["a", 2**63], ["a", -(2**63) - 1], ["a", 10**400], [7, 7], [["a"], 1], ["a", [1]], ["\x00", 1], ["\ud800", 1], ["a\x1b", 1],
        ["a", "1 OR 1=1"], ["a", float("nan")], ["a", float("inf")], {"0": "a", "1": 1},
    )),
    base64.urlsafe_b64encode(b"[" * 1400).decode(), base64.urlsafe_b64encode(b"\xff\xfe[1]").decode(),
]  # fmt: skip


@pytest.mark.parametrize("way", ["after", "before"])
@pytest.mark.parametrize("value", HOSTILE)
def test_a_cursor_that_makes_no_sense_gives_the_first_page(people, way, value):
    assert list(page_of(people, BY_NAME, {way: value}, 4)) == list(page_of(people, BY_NAME, {}, 4))


@pytest.mark.parametrize(
    "value", ["x", "2999-01-01", "2999-01-01T00:00:00", "0001-01-01T00:00:00+23:00", 7, None, True]
)
def test_a_moment_that_makes_no_sense_gives_the_first_page(value):
    first = InterviewFactory()
    InterviewFactory(starts_at=first.starts_at + timedelta(days=1))
    page = page_of(Interview.objects.all(), ("starts_at", "pk"), {"after": cursor([value, 1])}, 1)
    assert list(page) == [first]


@pytest.mark.parametrize(
    "values", [["' OR 1=1 --", 1], ["%", 1], ["\U0001f600", 2**63 - 1], ["z" * 900, -(2**63)], ["", 0]]
)
def test_odd_values_are_only_compared_with(people, values):
    for way in ("after", "before"):
        page = page_of(people, BY_NAME, {way: cursor(values)}, 4)
        assert set(rows([page])) <= set(people.values_list("pk", flat=True))
        assert page


def test_figures_stop_where_nobody_reads_on(people):
    assert counted(people, most=12) == Figure(12, is_least=True)
    assert counted(people, most=13) == Figure(13)
    assert [str(counted(people, most=most)) for most in (12, 13)] == ["12+", "13"]
    assert str(counted(Entry.objects.all())) == "0"
