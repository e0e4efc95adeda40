"""The demo's buttons open without a password, so they stand in the demo alone."""

import pytest

from accounts.house import settle
from accounts.views.doors import DEMO_PEOPLE
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return {key: UserFactory(email=f"{key}@demo.example") for key in DEMO_PEOPLE}


@pytest.fixture
def demo(settings, people):
    settings.HOUSE = "demo"
    settle("demo")
    return people


def press(client, person="recruiter"):
    return client.post("/demo/sign-in/", {"person": person})


@pytest.mark.parametrize("key", DEMO_PEOPLE)
def test_in_the_demo_each_button_signs_one_person_in(client, demo, key):
    assert f'value="{key}"' in client.get("/sign-in/").text
    assert press(client, key).url == "/"
    assert client.session["_auth_user_id"] == str(demo[key].pk)


def test_the_buttons_carry_the_words_that_people_look_for(client, demo):
    text = client.get("/sign-in/").text
    for word in (
        "Recruiter", "Interviewer", "Second interviewer", "Hiring manager", "Committee member", "Administrator"
    ):  # fmt: skip
        assert f">{word}</button>" in text


@pytest.mark.parametrize(
    ("said", "marked"), [("real", "real"), ("real", "demo"), ("demo", "real"), ("real", None), ("demo", None)]
)
def test_unless_settings_and_database_both_say_demo_there_is_no_such_door(client, people, settings, said, marked):
    settings.HOUSE = said
    if marked:
        settle(marked)
    assert press(client).status_code == 404
    assert "recruiter" not in client.get("/sign-in/").text
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("who", ["", "nobody", "recruiter@demo.example", "\x00", "r" * 3_000_000, "<script>"])
def test_a_button_that_does_not_exist_opens_nothing(client, demo, who):
    assert press(client, who).status_code == 404


def test_a_closed_account_of_the_demo_stays_closed(client, demo):
    type(demo["recruiter"]).objects.filter(pk=demo["recruiter"].pk).update(is_active=False)
    press(client)
    assert client.get("/").status_code == 302


def test_a_button_takes_a_post_and_gives_the_session_a_new_key(client, demo):
    assert client.get("/demo/sign-in/").status_code == 405
    press(client)
    before = client.session.session_key
    press(client, "interviewer")
    assert client.session.session_key != before
