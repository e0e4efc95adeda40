"""Wherever the house leads somebody on, it leads within the house, whatever address it was given."""

import re
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.urls import reverse

from accounts.house import settle
from tests.factories import InterviewFactory, MembershipFactory, PlanFactory, ScorecardFactory, UserFactory
from tests.walls.reading import Page, stays_here

pytestmark = pytest.mark.django_db

# Addresses that some browser or some check has taken for one of the site's own.
ELSEWHERE = {
    "whole": "https://evil.example/",
    "another port": "http://testserver:81/",
    "no scheme": "//evil.example/",
    "three slashes": "///evil.example/",
    "four slashes": "////evil.example",
    "backslash": "/\\evil.example/",
    "two backslashes": "\\\\evil.example/",
    "backslash first": "\\/evil.example",
    "scheme without slashes": "https:evil.example",
    "scheme and one slash": "https:/evil.example",
    "scheme and three slashes": "http:///evil.example",
    "tab before": "\t//evil.example",
    "tab inside": "/\t/evil.example",
    "line feed inside": "/\n/evil.example",
    "carriage return and header": "/\r\nLocation: //evil.example",
    "space before": " //evil.example",
    "control before": "\x08//evil.example",
    "name before at": "https://testserver@evil.example/",
    "address before at": "http://127.0.0.1@evil.example",
    "our name as their part": "https://testserver.evil.example/",
    "full-width slashes": "/\uff0fevil.example",
    "fraction slashes": "\u2215\u2215evil.example",
    "full stop of elsewhere": "//evil\u3002example",
    "script": "javascript:zq()",
    "script with a break": "java\nscript:zq()",
    "data": "data:text/html,<script>zq()</script>",
    "broken": "http://[evil.example",
}
HERE = {
    "path": "/questions/?q=zq",
    "relative": "questions/",
    "encoded": "/%5cevil.example/",
    "dots": "/..//evil.example/",
}
PASSWORD = "a sentence of my own"


def stays(location):
    """Whether a browser that is led there stays: at a path, or at a name beside this page without scheme or slash before."""
    return (stays_here(location) or re.match(r"[%\w.-]+(/|$)", location)) and not set(location) & set("\r\n\t\\")


@pytest.fixture
def person():
    person = UserFactory(email="ada@example.org")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.mark.parametrize("target", ELSEWHERE.values(), ids=ELSEWHERE)
def test_signing_in_leads_nowhere_else(person, target):
    sent = {"login": person.email, "password": PASSWORD}
    for address, data in (("/sign-in/", {**sent, "next": target}), (f"/sign-in/?{_query(target)}", sent)):
        client = Client()
        shown = Page(client.get(address).text)
        assert shown.wrong == []
        answer = client.post(address, data)
        assert answer.status_code == 302
        assert stays(answer.url), answer.url
    # Whoever is signed in already is led on at once.
    answer = client.get(f"/sign-in/?{_query(target)}")
    assert answer.status_code == 302
    assert stays(answer.url), answer.url


@pytest.mark.parametrize("target", HERE.values(), ids=HERE)
def test_signing_in_leads_on_within_the_house(person, target):
    answer = Client().post("/sign-in/", {"login": person.email, "password": PASSWORD, "next": target})
    assert answer.status_code == 302
    assert "evil.example" not in answer.url.partition("/")[0]


def test_signing_in_leads_to_the_page_that_was_wanted(person):
    answer = Client().post("/sign-in/", {"login": person.email, "password": PASSWORD, "next": "/questions/?q=recall"})
    assert answer.url == "/questions/?q=recall"


def _query(target):
    return urlencode({"next": target})


@pytest.mark.parametrize("target", ELSEWHERE.values(), ids=ELSEWHERE)
def test_no_other_door_leads_elsewhere(signed_in, settings, target):
    client = signed_in(UserFactory(recruiter=True))
    assert stays(client.post(f"/sign-out/?{_query(target)}", {"next": target}).url)
    settings.HOUSE = "demo"
    settle("demo")
    UserFactory(email="recruiter@demo.example", recruiter=True)
    answer = Client().post(f"/demo/sign-in/?{_query(target)}", {"person": "recruiter", "next": target})
    assert (answer.status_code, answer.url) == (302, "/")


@pytest.mark.parametrize("target", ELSEWHERE.values(), ids=ELSEWHERE)
def test_no_action_follows_an_address_that_it_was_sent(signed_in, target):
    person = UserFactory(recruiter=True, administrator=True)
    client = signed_in(person)
    role = MembershipFactory(user=person, duty="recruiter").role
    sent = dict.fromkeys(("next", "back", "url", "return_to", "redirect", "to"), target)
    for path, data in (
        ("/profile/", {"name": "Ada", "zone": "Europe/Berlin"}),
        (reverse("plans:role_edit", args=[role.pk]), {"title": "Engineer", "level": "mid"}),
        (reverse("plans:plan_start", args=[role.pk]), {}),
        (reverse("plans:role_close", args=[role.pk]), {}),
        ("/competencies/new/", {"name": "Judgement"}),
    ):
        answer = client.post(f"{path}?{_query(target)}", {**sent, **data})
        assert answer.status_code == 302, path
        assert stays(answer.url), (path, answer.url)


@pytest.mark.parametrize("target", [text for text in ELSEWHERE.values() if text.isprintable()])
def test_a_page_that_says_no_leads_back_within_the_house(signed_in, target):
    person = UserFactory(recruiter=True, administrator=True)
    client = signed_in(person)
    refused, closed, gone = f"/people/{person.pk}/deactivate/", "/people/", "/plans/987654/"
    stranger = signed_in(UserFactory())
    headers = {"referer": target, "hx-current-url": target}
    for answer in (
        client.post(refused, headers=headers),
        stranger.get(closed, headers=headers),
        client.get(gone, headers=headers),
    ):
        assert answer.status_code in {403, 404, 409}
        assert Page(answer.text).wrong == []
        assert "evil" not in answer.text


def test_a_page_that_says_no_leads_back_to_where_one_came_from(signed_in):
    person = UserFactory(administrator=True)
    came_from = f"http://testserver/people/{person.pk}/"
    answer = signed_in(person).post(f"/people/{person.pk}/deactivate/", headers={"referer": came_from})
    assert f'href="{came_from}"' in answer.text


@pytest.mark.parametrize("target", ELSEWHERE.values(), ids=ELSEWHERE)
def test_htmx_is_never_sent_elsewhere(signed_in, target):
    """Signed out, the whole page moves to sign-in; signed in, a button's answer moves nothing."""
    path = "/" + quote(target, safe="/\\:@[]?=")
    for asked in (path, f"/questions/?{_query(target)}"):
        answer = Client().get(asked, headers={"hx-request": "true"})
        for name in ("HX-Redirect", "HX-Location", "HX-Push-Url", "HX-Replace-Url", "Location"):
            assert stays(answer.headers.get(name, "/")), (asked, name)
    plan = PlanFactory()
    manager = MembershipFactory(role=plan.role, hiring_manager=True).user
    move = reverse("plans:stage_move", args=[plan.stages.get().pk])
    answer = signed_in(manager).post(f"{move}?{_query(target)}", {"to": target}, headers={"hx-request": "true"})
    assert answer.status_code == 422
    assert not answer.headers.keys() & {
        "HX-Redirect",
        "HX-Location",
        "HX-Push-Url",
        "HX-Replace-Url",
        "HX-Refresh",
        "Location",
    }


def test_an_address_with_two_slashes_first_is_not_completed_into_another_site():
    for path in ("//evil.example", "//evil.example/x", "/\\evil.example", "///evil.example/questions"):
        answer = Client().get("/x", PATH_INFO=path)
        assert stays(answer.headers.get("Location", "/")), (path, answer.headers.get("Location"))


def test_the_place_of_a_meeting_is_a_link_only_where_it_is_a_whole_https_address(signed_in):
    """The one place where what somebody typed becomes an address of a page."""
    meeting = InterviewFactory(application__plan__stages=1)
    card = ScorecardFactory(interview=meeting)
    for place in [*ELSEWHERE.values(), "https://ok.example/'><img zq src=x onerror=zq()>", 'https://ok.example/" zq="']:
        type(meeting).objects.filter(pk=meeting.pk).update(place=place)
        page = Page(signed_in(card.interviewer).get(reverse("interviews:interview_detail", args=[meeting.pk])).text)
        links = [wrong for wrong in page.wrong if "href" in wrong]
        assert len(links) == (place.startswith("https://") and not set(place) & set("'\"<> \\")), place
        assert not [path for path in page.elements if "zq" in path]
