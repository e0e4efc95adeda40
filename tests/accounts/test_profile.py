"""What a person changes about themselves."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.models import Entry
from tests.accounts.test_people import HOSTILE
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

OLD, NEW = "a sentence of my own", "another sentence of mine"


@pytest.fixture
def person():
    return UserFactory(email="ada@example.org", name="Ada", password=make_password(OLD))


def change(client, old=OLD, new=NEW, again=None):
    fields = {"old_password": old, "new_password1": new, "new_password2": new if again is None else again}
    return client.post("/profile/", fields)


def test_name_and_zone_are_changed_and_shown(signed_in, person):
    client = signed_in(person)
    answer = client.post("/profile/", {"name": "Ada Lovelace", "zone": "Asia/Tokyo"}, follow=True)
    assert "Saved." in answer.text
    person.refresh_from_db()
    assert (person.name, person.zone) == ("Ada Lovelace", "Asia/Tokyo")
    assert Entry.objects.get().verb == "person.profile_changed"


def test_nobody_gives_themselves_rights(signed_in, person):
    fields = {"name": "Ada", "zone": "UTC", "is_administrator": "on", "is_recruiter": "on", "email": "eve@example.org"}
    signed_in(person).post("/profile/", fields)
    person.refresh_from_db()
    assert (person.is_administrator, person.is_recruiter, person.email) == (False, False, "ada@example.org")


@pytest.mark.parametrize(
    ("field", "typed", "said"), [*HOSTILE, ("zone", "Mars/Olympus", "not one of the available choices")]
)
def test_what_is_typed_is_checked_beside_the_field(signed_in, person, field, typed, said):
    answer = signed_in(person).post("/profile/", {"name": "Ada", "zone": "UTC", field: typed})
    assert answer.status_code == 422
    assert said in answer.text
    person.refresh_from_db()
    assert person.name == "Ada"


def test_a_new_password_keeps_this_place_signed_in_and_signs_the_others_out(signed_in, person):
    here, elsewhere = signed_in(person), signed_in(person)
    answer = change(here)
    assert (answer.status_code, answer.url) == (302, "/profile/")
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert Client().post("/sign-in/", {"login": person.email, "password": NEW}).url == "/"


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("not it", NEW, None, "incorrect"),
        (OLD, "short", None, "too short"),
        (OLD, NEW, "something else", "didn’t match"),
        (OLD, "ada@example.org", None, "too similar"),
        (OLD, "p" * 3_000_000, None, "at most 256 characters"),
        ("p" * 3_000_000, NEW, None, "at most 256 characters"),
        (OLD, "nul \x00 inside it", None, "Null characters"),
        ("", "", None, "This field is required."),
    ],
)
def test_a_refused_password_changes_nothing(signed_in, person, old, new, again, said):
    client = signed_in(person)
    answer = change(client, old, new, again)
    assert answer.status_code == 422
    assert said in answer.text
    assert client.get("/").status_code == 200
    assert Client().post("/sign-in/", {"login": person.email, "password": OLD}).url == "/"
