"""Administrators add people, give rights and close accounts; what each of these refuses."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.actions import change_person, deactivate_person
from accounts.models import Entry, User
from foundation.lifecycle import Refused
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NEW = {"name": "Grace Hopper", "email": "grace@example.org", "is_recruiter": "on", "zone": "Europe/Berlin"}
RIGHTS = {"name": "Grace Hopper", "is_recruiter": "on"}


@pytest.fixture
def administrator():
    return UserFactory(administrator=True, name="Ada")


@pytest.fixture
def client(signed_in, administrator):
    return signed_in(administrator)


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_person_is_added_and_the_link_shown_sets_their_password(client):
    page = client.post("/people/new/", NEW)
    assert page.status_code == 200
    person = User.objects.get(email="grace@example.org")
    assert (person.is_recruiter, person.is_administrator, person.zone) == (True, False, "Europe/Berlin")
    assert verbs() == ["person.added", "person.link_made"]
    link = re.search(r'value="(http://[^"]+)"', page.text)[1]
    theirs = Client()
    theirs.get(link.removeprefix("http://127.0.0.1:8000"))
    words = "a sentence of my own"
    assert theirs.post("/set-password/", {"new_password1": words, "new_password2": words}).status_code == 302
    assert theirs.post("/sign-in/", {"login": "grace@example.org", "password": words}).url == "/"


@pytest.mark.parametrize("email", ["grace@example.org", "GRACE@Example.ORG", "  grace@example.org "])
def test_one_email_is_one_person(client, email):
    UserFactory(email="grace@example.org")
    answer = client.post("/people/new/", {**NEW, "email": email})
    assert answer.status_code == 422
    assert "already" in answer.text
    assert "Grace Hopper" in answer.text
    assert User.objects.count() == 2
    assert verbs() == []


def test_a_double_click_on_add_makes_one_person(client):
    assert client.post("/people/new/", NEW).status_code == 200
    assert client.post("/people/new/", NEW).status_code == 422
    assert User.objects.filter(email="grace@example.org").count() == 1


HOSTILE = [
    ("name", "", "This field is required."),
    ("name", "   ", "This field is required."),
    ("name", "n" * 81, "at most 80 characters"),
    ("name", "n" * 3_000_000, "at most 80 characters"),
    ("name", "Grace\x00Hopper", "invisible character"),
    ("name", "Grace\u202eHopper", "change the direction of writing"),
    ("name", "Grace\u2066Hopper", "change the direction of writing"),
    ("name", "Grace\nHopper", "change the direction of writing"),
    ("name", "Grace\x1bHopper", "invisible character"),
]
HOSTILE_NEW = [
    *HOSTILE,
    ("email", "", "This field is required."),
    ("email", "grace", "valid email"),
    ("email", "g" * 255 + "@example.org", "at most 254 characters"),
    ("email", "g" * 3_000_000 + "@example.org", "at most 254 characters"),
    ("email", "grace\x00@example.org", "Null characters"),
    ("email", "gra\u202ece@example.org", "valid email"),
    ("email", "grace@ex\u202eample.org", "change the direction of writing"),
    ("email", "<script>@example.org", "valid email"),
    ("zone", "", "This field is required."),
    ("zone", "Mars/Olympus", "not one of the available choices"),
    ("zone", "../../etc/passwd", "not one of the available choices"),
]


@pytest.mark.parametrize(("field", "typed", "said"), HOSTILE_NEW)
def test_what_is_typed_about_a_new_person_is_checked_beside_the_field(client, field, typed, said):
    answer = client.post("/people/new/", {**NEW, field: typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert "invalid-feedback" in answer.text
    assert User.objects.count() == 1
    assert verbs() == []


@pytest.mark.parametrize(("field", "typed", "said"), HOSTILE)
def test_what_is_typed_about_a_known_person_is_checked_beside_the_field(client, field, typed, said):
    person = UserFactory(name="Grace")
    answer = client.post(f"/people/{person.pk}/", {**RIGHTS, field: typed})
    assert answer.status_code == 422
    assert said in answer.text
    person.refresh_from_db()
    assert (person.name, person.is_recruiter) == ("Grace", False)
    assert verbs() == []


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "{{ 7|add:7 }}", "![x](https://elsewhere.example/x.png)"]
)
def test_markup_in_a_name_is_shown_as_it_was_typed_and_does_nothing(client, name):
    page = client.post("/people/new/", {**NEW, "name": name})
    person = User.objects.get(email="grace@example.org")
    for text in (page.text, client.get("/people/").text, client.get(f"/people/{person.pk}/").text):
        assert "<script>alert" not in text
        assert "<img" not in text
        assert name.replace("<", "&lt;").replace(">", "&gt;") in text


def test_a_surrogate_in_a_name_is_refused():
    person = UserFactory.build(name="Grace \ud800")
    with pytest.raises(Exception, match="invisible character"):
        person.clean_fields(exclude=["password"])


def test_other_rights_sign_the_person_out_and_are_put_on_record(client, signed_in):
    person = UserFactory(name="Grace")
    theirs = signed_in(person)
    assert client.post(f"/people/{person.pk}/", RIGHTS).status_code == 302
    assert theirs.get("/").status_code == 302
    entry = Entry.objects.get()
    assert (entry.verb, entry.note) == ("person.rights_changed", "recruiter")


def test_another_name_alone_signs_nobody_out(client, signed_in):
    person = UserFactory(recruiter=True, name="Grace")
    theirs = signed_in(person)
    client.post(f"/people/{person.pk}/", RIGHTS)
    assert theirs.get("/").status_code == 200
    assert verbs() == ["person.renamed"]


def test_the_last_administrator_keeps_that_right(client, administrator):
    answer = client.post(f"/people/{administrator.pk}/", {"name": "Ada Lovelace"})
    assert answer.status_code == 422
    assert "This is the last administrator. Make somebody else one first." in answer.text
    assert "Ada Lovelace" in answer.text
    administrator.refresh_from_db()
    assert (administrator.is_administrator, administrator.name) == (True, "Ada")


def test_a_closed_account_does_not_count_as_another_administrator(client, administrator):
    UserFactory(administrator=True, is_active=False)
    assert client.post(f"/people/{administrator.pk}/", {"name": "Ada"}).status_code == 422


def test_who_gives_up_their_own_right_is_signed_out_without_a_fault(client, administrator):
    UserFactory(administrator=True)
    answer = client.post(f"/people/{administrator.pk}/", {"name": "Ada"}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].startswith("/sign-in/")


def test_two_administrators_cannot_remove_each_other():
    first, second = UserFactory(administrator=True), UserFactory(administrator=True)
    deactivate_person(person=second, by=first)
    with pytest.raises(Refused, match="last administrator"):
        deactivate_person(person=first, by=second)
    with pytest.raises(Refused, match="last administrator"):
        change_person(person=first, name="Ada", is_administrator=False, is_recruiter=False, by=second)


def test_nobody_deactivates_themselves(client, administrator):
    UserFactory(administrator=True)
    answer = client.post(f"/people/{administrator.pk}/deactivate/")
    assert answer.status_code == 409
    assert "You cannot deactivate yourself. Another administrator can." in answer.text
    administrator.refresh_from_db()
    assert administrator.is_active


def test_deactivating_ends_sessions_and_reactivating_opens_the_account_with_its_old_password(client, signed_in):
    person = UserFactory(password=make_password("a sentence of my own"))
    theirs = signed_in(person)
    assert client.post(f"/people/{person.pk}/deactivate/").status_code == 302
    assert theirs.get("/").status_code == 302
    assert "deactivated" in client.get(f"/people/{person.pk}/").text
    assert client.post(f"/people/{person.pk}/reactivate/").status_code == 302
    assert Client().post("/sign-in/", {"login": person.email, "password": "a sentence of my own"}).url == "/"
    assert verbs() == ["person.deactivated", "person.reactivated"]


@pytest.mark.parametrize(("step", "is_active"), [("deactivate", True), ("reactivate", False)])
def test_a_second_click_is_told_that_somebody_was_first(client, step, is_active):
    person = UserFactory(is_active=is_active)
    assert client.post(f"/people/{person.pk}/{step}/").status_code == 302
    again = client.post(f"/people/{person.pk}/{step}/")
    assert again.status_code == 409
    assert "changed meanwhile" in again.text
    assert len(verbs()) == 1


def test_a_link_is_made_by_a_post_and_only_for_an_open_account(client):
    person = UserFactory()
    assert client.get(f"/people/{person.pk}/link/").status_code == 405
    assert "/set-password/" in client.post(f"/people/{person.pk}/link/").text
    deactivate_person(person=person, by=UserFactory())
    refused = client.post(f"/people/{person.pk}/link/")
    assert refused.status_code == 409
    assert "Reactivate it first" in refused.text


def test_a_link_starts_with_the_houses_own_address_whatever_the_request_says(client):
    text = client.post(
        f"/people/{UserFactory().pk}/link/", HTTP_HOST="localhost", HTTP_X_FORWARDED_HOST="evil.example"
    ).text
    assert 'value="http://127.0.0.1:8000/set-password/' in text


@pytest.mark.parametrize("step", ["deactivate", "reactivate"])
def test_closing_and_opening_an_account_take_a_post(client, step):
    assert client.get(f"/people/{UserFactory().pk}/{step}/").status_code == 405


@pytest.mark.parametrize("step", ["", "link/", "deactivate/", "reactivate/"])
def test_nobody_is_at_the_address_of_a_person_who_does_not_exist(client, step):
    assert client.post(f"/people/987654/{step}").status_code == 404


def test_a_person_without_the_right_is_told_whom_to_ask(signed_in):
    answer = signed_in(UserFactory(recruiter=True)).get("/people/")
    assert answer.status_code == 403
    assert "This page is for administrators. Ask one of them if you need something changed here." in answer.text
    assert "Your duties do not include" not in answer.text


@pytest.mark.parametrize("path", ["/people/", "/people/record/"])
def test_a_list_takes_the_same_number_of_queries_for_one_row_and_three(
    client, administrator, path, django_assert_num_queries
):
    def add():
        person = UserFactory()
        change_person(person=person, name="Grace", is_administrator=False, is_recruiter=True, by=person)

    def count():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    add()
    client.get(path)
    once = count()
    add()
    add()
    with django_assert_num_queries(once):
        client.get(path)


@pytest.mark.parametrize("page", ["2", "99", "-1", "x", "\x00", "9" * 5000])
def test_a_bookmark_of_a_numbered_page_leads_to_the_first(client, page):
    UserFactory.create_batch(50)
    for path in ("/people/", "/people/record/"):
        shown = client.get(path, {"page": page})
        assert (shown.status_code, len(shown.context["page"])) == (200, len(client.get(path).context["page"]))


def test_long_lists_come_in_pages(client):
    UserFactory.create_batch(50)
    first = client.get("/people/").text
    assert first.count('<article id="person-') == 50
    following = re.search(r'rel="next" href="([^"]+)"', first)[1]
    assert client.get(following).text.count('<article id="person-') == 1
