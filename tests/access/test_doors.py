"""The few addresses that are open to everybody: what they take, and what they keep."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.watching import watched
from tests.answers import GUARDS, guards
from tests.test_access import PUBLIC

pytestmark = pytest.mark.django_db

# name: (words of the address, what each method is told; whatever is not named is not taken).
DOORS = {
    "account_login": ((), {"GET": 200, "HEAD": 200, "POST": 422}),
    "accounts:healthz": ((), {"GET": 200, "HEAD": 200}),
    "interviews:score_worker": ((), {"GET": 200, "HEAD": 200}),
    "accounts:set_password": ((), {"GET": 410, "HEAD": 410, "POST": 410}),
    "accounts:link_follow": (("uid", "token"), {"GET": 302, "HEAD": 302}),
    "accounts:setup": ((), {"GET": 410, "HEAD": 410, "POST": 410}),
    "accounts:setup_follow": (("token",), {"GET": 302, "HEAD": 302}),
    "accounts:demo_sign_in": ((), {"POST": 404}),
}
# They take a token out of the address into the session, so that no log or Referer keeps it: the only reads that write.
INTO_THE_SESSION = {"accounts:link_follow", "accounts:setup_follow"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def test_every_open_address_has_its_row():
    assert DOORS.keys() == PUBLIC


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("person", ["anonymous", "stranger"])
def test_an_open_door_takes_its_methods_and_no_other(client_of, name, person):
    words, told = DOORS[name]
    if (name, person) == ("account_login", "stranger"):
        told = dict.fromkeys(told, 302)  # Whoever is signed in is led on.
    for method in METHODS:
        client = client_of(person)
        with watched() as seen:
            answer = client.generic(method, reverse(name, args=words))
        assert answer.status_code == told.get(method, 405), method
        if answer.status_code == 405:
            assert set(answer.headers["Allow"].split(", ")) == told.keys()
        assert guards(answer) == GUARDS, method
        assert "no-store" in answer.headers["Cache-Control"], method
        assert bool(seen.writes) == (name in INTO_THE_SESSION and answer.status_code == 302), method


@pytest.mark.parametrize("name", sorted(name for name in DOORS if "POST" in DOORS[name][1]))
def test_an_open_door_too_asks_for_the_token_of_its_page(name):
    strict = Client(enforce_csrf_checks=True)
    with watched() as seen:
        answer = strict.post(reverse(name))
    assert (answer.status_code, seen.writes) == (403, [])
    assert "load it again, and send it once more" in answer.text
