"""What every answer carries, whatever its status, and how somebody who is signed out is told so."""

import gzip

import pytest
from django.templatetags.static import static
from django.test import Client
from django.urls import reverse

from tests.answers import GUARDS, guards
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def answers(signed_in):
    recruiter, administrator = signed_in(UserFactory(recruiter=True)), signed_in(UserFactory(administrator=True))
    strict = Client(enforce_csrf_checks=True)
    return [
        (200, Client().get("/sign-in/")),
        (200, recruiter.get("/")),
        (200, Client().get("/healthz")),
        (301, recruiter.get("/questions")),
        (302, Client().get("/")),
        (400, Client().get("/", HTTP_HOST="elsewhere.example")),
        (401, Client().get("/", headers={"accept": "application/json"})),
        (403, recruiter.get("/people/")),
        (403, strict.post("/sign-in/", {"login": "ada@example.org"})),
        (404, recruiter.get("/questions/none-such/")),
        (405, recruiter.get("/sign-out/")),
        (409, administrator.post(f"/people/{UserFactory().pk}/reactivate/")),
        (410, Client().get("/set-password/")),
        (413, recruiter.post("/roles/new/", {f"field{n}": "1" for n in range(1100)})),
        (422, administrator.post("/people/new/", {"name": ""})),
        (429, [Client().post("/sign-in/", {"login": f"somebody{n}@example.org"}) for n in range(31)][-1]),
    ]


def test_every_page_carries_the_guards_and_stays_in_no_cache(signed_in):
    for status, answer in answers(signed_in):
        assert answer.status_code == status
        assert guards(answer) == GUARDS, status
        assert "no-store" in answer.headers["Cache-Control"], status


@pytest.mark.parametrize("path", ["css/kit.css", "js/kit.js", "none-such.css"])
def test_static_files_carry_the_guards_too(client, path):
    answer = client.get(f"/static/{path}" if path == "none-such.css" else static(path))
    answer.close()
    assert answer.status_code == (404 if path == "none-such.css" else 200)
    assert guards(answer) == GUARDS


def test_a_page_comes_compressed_to_whoever_can_unpack_it(signed_in):
    client = signed_in(UserFactory())
    plain, packed = client.get("/questions/"), client.get("/questions/", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    assert len(packed.content) < len(plain.content) / 2
    assert b"</html>" in gzip.decompress(packed.content)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"range": "bytes=0-9"}, 206),
        ({"range": "bytes=99999999-"}, 416),
        ({"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}, 304),
    ],
)
def test_a_part_of_a_static_file_and_none_of_it_do_so_too(client, headers, status):
    answer = client.get(static("css/kit.css"), headers=headers)
    answer.close()
    assert (answer.status_code, guards(answer)) == (status, GUARDS)


def test_a_fault_of_ours_is_a_page_with_the_guards(signed_in, monkeypatch):
    def break_down():
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("accounts.views.people.first_broken_entry", break_down)
    client = signed_in(UserFactory(administrator=True))
    client.raise_request_exception = False
    answer = client.get("/people/record/?check=1")
    assert answer.status_code == 500
    assert "broken on purpose" not in answer.text
    assert guards(answer) == GUARDS
    assert "no-store" in answer.headers["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client):
    client.get(reverse("accounts:link_follow", args=["x", "y"]))
    client.get("/sign-in/")
    session, token = client.cookies["sessionid"], client.cookies["csrftoken"]
    assert session["httponly"]
    assert session["samesite"] == token["samesite"] == "Lax"


def test_a_script_that_is_signed_out_gets_401_and_a_sentence(client):
    answer = client.post("/profile/", headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json() == {"message": "You are signed out. Sign in again; what you typed is still here."}


def test_an_htmx_request_that_is_signed_out_moves_the_whole_page(client):
    answer = client.get("/questions/", headers={"hx-request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/sign-in/")


def test_healthz_says_ok_to_anybody(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text, answer.headers["Content-Type"]) == (200, "ok", "text/plain")
    assert client.post("/healthz").status_code == 405
