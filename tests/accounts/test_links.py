"""One-time links: the one that sets a password, and the one that makes the first administrator."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.actions import deactivate_person, open_house, set_password
from accounts.house import settle, setup_token
from accounts.models import Entry, User
from foundation.lifecycle import Refused
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

OLD, NEW = "a sentence of my own", "another sentence of mine"
SETUP = {"name": "Ada", "email": "ada@example.org", "password": NEW, "zone": "Europe/Berlin", "is_recruiter": "on"}


@pytest.fixture
def person():
    return UserFactory(email="grace@example.org", name="Grace", password=make_password(OLD))


def link_of(person, token=None):
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("accounts:link_follow", args=[uid, token or default_token_generator.make_token(person)])


def choose(client, password=NEW, again=None):
    again = password if again is None else again
    return client.post("/set-password/", {"new_password1": password, "new_password2": again})


def can_sign_in(person, password):
    return Client().post("/sign-in/", {"login": person.email, "password": password}).status_code == 302


def test_a_link_sets_the_password_and_its_token_leaves_the_address(client, person):
    link = link_of(person)
    page = client.get(link, follow=True)
    assert page.redirect_chain == [("/set-password/", 302)]
    assert page.status_code == 200
    assert "grace@example.org" in page.text
    assert link.split("/")[-2] not in page.text
    assert choose(client).url == "/sign-in/"
    assert can_sign_in(person, NEW)
    assert not can_sign_in(person, OLD)
    assert Entry.objects.get().verb == "person.password_set"


def test_a_link_works_once(client, person):
    link = link_of(person)
    client.get(link)
    choose(client)
    again = Client()
    assert again.get(link, follow=True).status_code == 410
    assert choose(again, "a third sentence of mine").status_code == 410
    assert can_sign_in(person, NEW)


def test_of_one_link_open_in_two_browsers_the_first_holds(person):
    link, first, second = link_of(person), Client(), Client()
    first.get(link)
    second.get(link)
    assert choose(first).status_code == 302
    assert choose(second, "a third sentence of mine").status_code == 410
    assert can_sign_in(person, NEW)


def test_of_two_passwords_set_at_the_same_moment_the_first_holds(person):
    read_by_the_other = User.objects.get(pk=person.pk)
    set_password(person=person, password=NEW)
    with pytest.raises(Refused, match="This link has been used"):
        set_password(person=read_by_the_other, password="a third sentence of mine")
    assert can_sign_in(person, NEW)


def test_an_old_link_is_answered_with_a_page_that_says_what_to_do(client, person):
    class FourDaysAgo(PasswordResetTokenGenerator):
        def _now(self):
            return datetime.now() - timedelta(days=4)  # noqa: DTZ005 as Django counts here

    page = client.get(link_of(person, FourDaysAgo().make_token(person)), follow=True)
    assert page.status_code == 410
    assert "Ask an administrator for a new one." in page.text


@pytest.mark.parametrize("uid", ["MQ", "x", "%00", "8J+YgA", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "a" * 3000])
@pytest.mark.parametrize("token", ["x", "bk7k7k-00000000000000000000000000000000", "a:b", "%ED%A0%80"])
def test_a_forged_link_is_a_clear_dead_end(client, person, uid, token):
    page = client.get(f"/set-password/{uid}/{token}/", follow=True)
    assert page.status_code == 410
    assert choose(client).status_code == 410


def test_without_a_link_there_is_nothing_to_set(client):
    assert client.get("/set-password/").status_code == 410
    assert choose(client).status_code == 410


def test_the_link_of_a_closed_account_is_dead(client, person):
    link = link_of(person)
    deactivate_person(person=person, by=UserFactory())
    assert client.get(link, follow=True).status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("", "", "This field is required."),
        ("short", None, "too short"),
        ("1234567890123", None, "entirely numeric"),
        ("password1234", None, "too common"),
        ("grace@example.org", None, "too similar"),
        (NEW, "something else", "didn’t match"),
        ("p" * 257, None, "at most 256 characters"),
        ("p" * 3_000_000, None, "at most 256 characters"),
        ("nul \x00 inside it", None, "Null characters"),
    ],
)
def test_a_weak_or_hostile_password_is_said_beside_the_field(client, person, password, again, said):
    client.get(link_of(person))
    answer = choose(client, password, again)
    assert answer.status_code == 422
    assert said in answer.text
    assert "invalid-feedback" in answer.text
    assert can_sign_in(person, OLD)


def test_setting_a_password_ends_every_session_of_the_person_and_nobody_elses(client, person, signed_in):
    theirs, anothers = signed_in(person), signed_in(UserFactory())
    key = theirs.session.session_key
    client.get(link_of(person))
    choose(client)
    assert not Session.objects.filter(pk=key).exists()
    assert theirs.get("/").status_code == 302
    assert anothers.get("/").status_code == 200


def test_who_is_signed_in_may_follow_their_own_link(person, signed_in):
    client = signed_in(person)
    client.get(link_of(person))
    answer = choose(client)
    assert (answer.status_code, answer.url) == (302, "/sign-in/")
    assert "Your password is set." in client.get("/sign-in/").text


def setup_link():
    return reverse("accounts:setup_follow", args=[setup_token()])


def test_the_first_administrator_is_made_by_link_and_signed_in_at_once(client):
    settle("real")
    page = client.get(setup_link(), follow=True)
    assert page.redirect_chain == [("/setup/", 302)]
    assert client.post("/setup/", SETUP).url == "/"
    assert client.get("/people/").status_code == 200
    first = User.objects.get()
    assert (first.is_administrator, first.is_recruiter, first.zone) == (True, True, "Europe/Berlin")
    assert Entry.objects.get().verb == "house.opened"


def test_the_setup_link_is_dead_once_there_is_an_administrator(client):
    settle("real")
    link, late = setup_link(), Client()
    for one in (client, late):
        one.get(link)
    client.post("/setup/", SETUP)
    assert late.get("/setup/").status_code == 410
    assert late.post("/setup/", {**SETUP, "email": "eve@example.org"}).status_code == 410
    assert Client().get(setup_link(), follow=True).status_code == 410
    assert User.objects.count() == 1


def test_the_setup_link_is_dead_after_72_hours(client, monkeypatch):
    settle("real")
    link = setup_link()
    signed_at = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: signed_at() + 72 * 3600 + 1)
    assert client.get(link, follow=True).status_code == 410


@pytest.mark.parametrize("token", ["x", "ImZpcnN0IGFkbWluaXN0cmF0b3Ii:1xUdXb:forged", "::", "a" * 3000, "%00"])
def test_a_forged_setup_link_opens_nothing(client, token):
    settle("real")
    assert client.get(f"/setup/{token}/", follow=True).status_code == 410
    assert client.post("/setup/", SETUP).status_code == 410
    assert not User.objects.exists()


def test_a_signature_made_for_something_else_opens_nothing(client):
    settle("real")
    other = signing.dumps("first administrator", salt="another")
    assert client.get(f"/setup/{other}/", follow=True).status_code == 410


def test_the_demo_has_no_first_administrator_to_make(client):
    settle("demo")
    assert client.get(setup_link(), follow=True).status_code == 410


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "This field is required."),
        ("name", "n" * 81, "at most 80 characters"),
        ("name", "Ada\u202egnp.exe", "change the direction of writing"),
        ("name", "Ada\x00", "invisible character"),
        ("email", "no address", "valid email"),
        ("email", "a" * 3_000_000 + "@example.org", "at most 254 characters"),
        ("email", "ada\u202e@example.org", "valid email"),
        ("password", "short", "too short"),
        ("password", "ada@example.org", "too similar"),
        ("password", "p" * 3_000_000, "at most 256 characters"),
        ("zone", "Mars/Olympus", "not one of the available choices"),
    ],
)
def test_what_the_first_administrator_types_is_checked_beside_the_field(client, field, typed, said):
    settle("real")
    client.get(setup_link())
    answer = client.post("/setup/", {**SETUP, field: typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert not User.objects.exists()


def test_of_two_first_administrators_at_once_one_is_made(lifted):
    settle("real")
    together = Barrier(2)

    def run(number):
        together.wait()
        try:
            return open_house(
                name="Ada", email=f"ada{number}@example.org", password=NEW, zone="UTC", is_recruiter=False
            )
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(run, range(2)))
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert User.objects.count() == 1
