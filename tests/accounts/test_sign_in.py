"""The front door: who gets in by it, what the others are told, and where it leads."""

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from accounts.actions import deactivate_person
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a sentence of my own"
MISMATCH = "This email and password do not go together. Check both and try again."


@pytest.fixture
def person():
    return UserFactory(email="ada@example.org", password=make_password(PASSWORD))


def knock(client, login="ada@example.org", password=PASSWORD, **more):
    return client.post("/sign-in/", {"login": login, "password": password, **more})


def test_a_person_signs_in_with_email_and_password_and_lands_on_today(client, person):
    answer = knock(client)
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/").status_code == 200


def test_the_case_of_the_email_does_not_matter(client, person):
    assert knock(client, login="Ada@Example.org").status_code == 302


def test_wrong_password_unknown_email_and_closed_account_are_told_the_same(client, person):
    closed = UserFactory(email="closed@example.org", password=make_password(PASSWORD))
    deactivate_person(person=closed, by=person)
    tries = [
        ("ada@example.org", "not the password"),
        ("nobody@example.org", PASSWORD),
        ("closed@example.org", PASSWORD),
    ]
    told = [knock(client, *tried) for tried in tries]
    assert [answer.status_code for answer in told] == [422, 422, 422]
    assert all(MISMATCH in answer.text for answer in told)
    said = {answer.text.replace(login, "") for answer, (login, _) in zip(told, tries, strict=True)}
    assert len({text.split("</h1>")[1].split("csrfmiddlewaretoken")[0] for text in said}) == 1
    assert client.get("/").status_code == 302


def test_what_was_typed_as_email_is_kept_and_the_password_is_not(client, person):
    text = knock(client, password="not the password").text
    assert 'value="ada@example.org"' in text
    assert "not the password" not in text


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/", "//elsewhere.example/", "///elsewhere.example", "\\\\elsewhere.example",
        "/\\elsewhere.example", "http:elsewhere.example", "http:///elsewhere.example", "javascript:alert(1)",
        "https://127.0.0.1@elsewhere.example/", "https://testserver.elsewhere.example/", "\x08//elsewhere.example",
        "data:text/html,x",
    ],
)  # fmt: skip
def test_signing_in_never_leads_to_another_host(client, person, address):
    assert knock(client, next=address).url == "/"


def test_signing_in_leads_on_to_the_page_that_was_asked_for(client, person):
    asked = client.get("/questions/?q=recall").url
    assert "recall" in asked
    assert knock(client, next="/questions/?q=recall").url == "/questions/?q=recall"


def test_the_session_gets_a_new_key_when_somebody_signs_in(client, person):
    client.get(reverse("accounts:link_follow", args=["x", "y"]))
    before = client.session.session_key
    knock(client)
    assert before
    assert client.session.session_key != before


def test_after_five_wrong_tries_the_sixth_is_told_to_wait_even_with_the_right_password(client, person):
    for _ in range(5):
        assert MISMATCH in knock(client, password="not the password").text
    answer = knock(client)
    assert answer.status_code == 422
    assert "Too many tries from here. Wait five minutes, then try again." in answer.text
    assert client.get("/").status_code == 302


def test_wrong_tries_from_elsewhere_do_not_lock_the_owner_out(client, person):
    for _ in range(7):
        client.post("/sign-in/", {"login": person.email, "password": "not it at all"}, REMOTE_ADDR="198.51.100.7")
    assert knock(client).status_code == 302


def test_a_flood_of_tries_is_answered_with_a_page_of_ours(client, person):
    answers = [knock(client, login=f"somebody{n}@example.org") for n in range(31)]
    assert answers[-1].status_code == 429
    assert "Wait five minutes" in answers[-1].text
    assert "focus" in answers[-1].text


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("", ""), ("ada@example.org", ""), ("", PASSWORD), ("ada\x00@example.org", PASSWORD),
        ("ada@example.org", "nul \x00 inside it"), ("not an address", PASSWORD),
        ("a" * 3_000_000 + "@example.org", PASSWORD), ("ada@example.org", "p" * 3_000_000),
        ("<script>alert(1)</script>@example.org", PASSWORD), ("\u202eada@example.org", PASSWORD),
    ],
)  # fmt: skip
def test_hostile_input_is_answered_by_the_form(client, person, login, password):
    answer = knock(client, login, password)
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.text or "alert" in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("field", ["login", "password"])
def test_lone_surrogates_are_answered_by_the_form(client, person, field):
    # A browser never sends them; these are the bytes that would encode one.
    fields = {"login": "ada%40example.org", "password": "x", field: "ada%ED%A0%80%40example.org"}
    body = "&".join(f"{name}={value}" for name, value in fields.items())
    answer = client.post("/sign-in/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422


def test_who_is_signed_in_already_is_led_on(signed_in, person):
    assert signed_in(person).get("/sign-in/").url == "/"


def test_signing_out_takes_a_post_and_ends_the_session(signed_in, person):
    client = signed_in(person)
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/").status_code == 200
    assert client.post("/sign-out/").url == "/sign-in/"
    assert client.get("/").status_code == 302
