"""Addresses, headers, cookies and bodies that no page of ours would send: answered plainly, and nothing is written."""

import io
import json
import re
from urllib.parse import quote, urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import Entry
from interviews.models import ScoreEdit
from tests.factories import (
    ApplicationFactory,
    CandidateFactory,
    DraftFactory,
    MembershipFactory,
    PlanFactory,
    ScorecardFactory,
    UserFactory,
    VersionFactory,
)
from tests.interviews.saving import Tab, scored
from tests.test_access import names
from tests.test_house import sources
from tests.walls.payloads import XSS
from tests.walls.reading import Page, strange
from tests.walls.strings import BLANK, KEPT, NEVER, NOT_IN_ONE_LINE

pytestmark = pytest.mark.django_db

ODD = [*NEVER.values(), *NOT_IN_ONE_LINE.values(), *BLANK.values(), *list(KEPT.values())[:6]]
NUMBERS = [
    "9" * 30,
    "9" * 5000,
    "-1",
    "0",
    "1e9",
    "٣",
    "²",
    "0x1",
    "1;DROP",
    "%",
    "%00",
    "\x00",
    "NaN",
    "'\"><b zq>",
    "../..",
    "[]",
]


@pytest.fixture
def boss():
    """Recruiter, administrator and interviewer at once, on a role with something of everything."""
    person = UserFactory(recruiter=True, administrator=True)
    plan = PlanFactory(role=MembershipFactory(user=person, duty="recruiter").role)
    MembershipFactory(role=plan.role, user=person, duty="hiring_manager")
    person.plan, person.section = plan, plan.stages.first().sections.first()
    person.card = ScorecardFactory(interviewer=person)
    person.through = ScorecardFactory(submitted=True).interview.application
    MembershipFactory(role=person.through.role, user=person, duty="hiring_manager")
    return person


@pytest.fixture
def client(boss, signed_in):
    return signed_in(boss)


@pytest.fixture
def asked(boss):
    """(address, the words it takes) of every page that reads its own address."""
    search = reverse("plans:question_search", args=[boss.plan.pk])
    show = reverse("interviews:interview_show", args=[boss.card.interview_id])
    narrowing = ("q", "competency", "level", "type", "minutes", "used", "state")
    return [
        (reverse("questions:question_list"), (*narrowing, "page")),
        (reverse("questions:question_facets"), narrowing),
        (reverse("questions:filter_list"), narrowing),
        (reverse("questions:question_export"), (*narrowing, "format", "question", "back")),
        (reverse("questions:question_bulk"), ("question", "back")),
        (
            reverse("questions:question_merge", args=[boss.card.scores.first().item.version.question.slug]),
            ("q", "other"),
        ),
        (search, ("into", "q", "competency", "level", "type", "page")),
        (reverse("plans:plan_news", args=[boss.plan.pk]), ("seen",)),
        (reverse("interviews:candidate_list"), ("q", "role", "status", "page")),
        (reverse("interviews:interview_list"), ("show", "page")),
        (reverse("committee:application_list"), ("show", "page")),
        (reverse("committee:packet_check"), ("number",)),
        (reverse("committee:packet_file", args=[boss.through.pk]), ("seen",)),
        (reverse("committee:packet_pdf", args=[boss.through.pk]), ("part", "anyway", "page")),
        (reverse("plans:role_list"), ("closed", "page")),
        (reverse("plans:role_new"), ("from",)),
        (reverse("plans:template_list"), ("role", "page")),
        (reverse("plans:plan_copy", args=[boss.plan.pk]), ("role",)),
        (reverse("interviews:candidate_new"), ("role",)),
        (reverse("interviews:candidate_paste"), ("role",)),
        (show, ("item", "prompt")),
        (reverse("accounts:person_list"), ("page",)),
        (reverse("accounts:record"), ("check", "page")),
        (reverse("account_login"), ("next",)),
    ]


def test_every_word_of_an_address_that_a_view_reads_is_tried(asked):
    read = set()
    for path in sources():
        if "views" in str(path):
            read |= set(re.findall(r'request\.GET(?:\.get\(|\[)"(\w+)"', path.read_text()))
    assert read <= {word for _address, words in asked for word in words} | {"stage"}
    assert len(read) > 6


@pytest.mark.parametrize("share", [64, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("htmx", [False, True])
def test_no_word_of_an_address_breaks_a_page_or_gets_into_its_markup(asked, client, htmx, share):
    headers = {"hx-request": "true"} if htmx else {}
    texts = [*XSS, *ODD, *NUMBERS]
    for turn, (address, words) in enumerate(asked[:2] if htmx else asked):
        plain = Page(
            client.get(address, dict.fromkeys(words, "zebra"), headers=headers).content.decode(errors="replace")
        )
        for text in texts[turn % share :: share]:
            # The words of a search by themselves too, where no other nonsense stops it.
            for asking in filter(None, ({word: text for word in words if word == "q"}, dict.fromkeys(words, text))):
                answer = client.get(address, asking, headers=headers)
                assert answer.status_code in {200, 302, 404, 422}, (address, asking)
                if answer.status_code in {200, 422} and "pdf" not in answer.headers["Content-Type"]:
                    page = Page(answer.content.decode())
                    more = [wrong for wrong in strange(page, plain) if "zq" in wrong or " on" in wrong]
                    assert (more, page.wrong) == ([], []), (address, asking)


HEADERS = {
    "Accept-Language": ["zq", "de-DE,de;q=9" * 400, '"><b zq>', "en;q=nan", "*" * 5000],
    "Accept": ['application/json"><b zq>', "text/html;q=nan", ""],
    "HX-Request": ["zq", "true, true"],
    "HX-Current-URL": ["javascript:zq()", "//evil.example/zq", "http://[", '"><b zq>'],
    "HX-Target": ["<b zq>", "plan-999"],
    "HX-Trigger": ["<b zq>"],
    "HX-Prompt": ["<b zq>", "%00"],
    "HX-Boosted": ["zq"],
    "HX-History-Restore-Request": ["zq"],
    "Referer": ["javascript:zq()", "http://[", "//evil.example/zq"],
    "Origin": ["null", "http://evil.example"],
    "X-Forwarded-Host": ["evil.example"],
    "X-Forwarded-Proto": ["zq"],
    "X-Forwarded-For": ["<b zq>", "1" * 900],
    "X-HTTP-Method-Override": ["DELETE"],
    "Range": ["bytes=0-0", "bytes=zq"],
    "If-Modified-Since": ["zq", "Thu, 01 Jan 9999 00:00:00 GMT"],
    "If-None-Match": ['"zq"'],
    "User-Agent": ["<script>zq()</script>"],
}


@pytest.mark.parametrize("name", HEADERS)
def test_no_header_breaks_a_page_or_gets_into_it(client, name):
    for value in HEADERS[name]:
        for address in ("/", "/questions/", "/plans/987654/"):
            answer = client.get(address, headers={name: value})
            assert answer.status_code in {200, 404}, (name, value)
            page = Page(answer.content.decode())
            assert not [path for path in page.elements if "zq" in path]
            assert page.wrong == []
            assert "evil.example" not in answer.text


COOKIES = [
    '"abcdefghijklmn\\000"',
    '"\\355\\240\\200abcdefgh"',
    "zq" * 2000,
    "<b/zq>",
    "../../etc/hostname",
    "\x80\xff" * 8,
    "null",
    "'--",
]


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "django_language", "theme", "zone"])
def test_no_cookie_breaks_the_house(name):
    for value in COOKIES:
        answer = Client().get("/sign-in/", HTTP_COOKIE=f"{name}={value}")
        page = Page(answer.text)
        assert (answer.status_code, page.wrong) == (200, []), value
        assert not [path for path in page.elements if "zq" in path]


@pytest.mark.parametrize(
    "key",
    [
        *("9" * 30, "zq", "%00", "<b zq>"),
        *(
            pytest.param(key, marks=pytest.mark.long)
            for key in ("9" * 5000, "0", "987654321987654321", "%ED%A0%80", "%2e%2e")
        ),
    ],
)
def test_no_key_in_an_address_breaks_it(client, key):
    for name in sorted(names()):
        path = re.sub(r"/7+(?=/|\.)", f"/{quote(key, safe='%')}", _anywhere(name))
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code in {200, 302, 400, 403, 404, 405, 410, 422}, (path, answer.status_code)


def _anywhere(name):
    for arguments in ((), (777,), (777, 777), ("7777", 777), ("7777", 777, 777)):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(name)


# ---- Bodies ----

LATIN, DEEP = "Ada \xe9".encode("latin-1"), 100_000
SHAPES = {
    "no JSON": "<b zq>", "nothing": "", "a number": "7", "a text": '"zq"', "a list": "[]", "null": "null", "two objects": "{}{}",
    "half": '{"evidence": "', "a comment": '{"level": 4 /* zq */}', "not UTF-8": b'{"evidence": "' + LATIN + b'"}',
    "a broken mark": b'\xff\xfe{"evidence": "x"}', "overlong UTF-8": b'{"evidence": "\xc0\xaf"}', "deep lists": "[" * DEEP,
    "deep objects": '{"a":' * DEEP, "a huge number": '{"sequence": ' + "9" * 6000 + "}",
}  # fmt: skip
VALUES = {
    "operation": [7, None, True, [], {}, "", "zq", "\ud800", "0" * 31, "1" * 5000],
    "client": [7, None, [], "zq", "\x00"],
    "sequence": ["1", 1.5, None, True, [], 0, -1, 2**31, 10**40, float("nan"), float("inf")],
    "expected_version": ["1", 0.5, None, False, -1, 2**63, 10**400],
    "outcome": [7, None, [], "zq", "", "\ud800", "<b zq>", "scored\x00"],
    "level": ["4", 4.0, True, [4], 0, 6, -1, 10**30, float("nan"), {"a": 1}],
    "reason": [7, None, [], {"a": 1}, True, "x" * 301, "a\nb", "\u202e"],
    "evidence": [7, None, [], {"a": 1}, False, "x" * 8001, "\x00", "\ud800"],
    "probes_used": [
        "1",
        None,
        {"1": 1},
        [None],
        [[1]],
        [{"a": 1}],
        [True],
        [1.5],
        ["\ud800"],
        [99],
        [10**30],
        [1] * 9999 + ["zq"],
    ],
    "hint": ["true", 1, None, [], "zq"],
}


@pytest.fixture
def tab(boss, client):
    return Tab(client, boss.card)


def refused(answer, statuses=(422,)):
    assert answer.status_code in statuses
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["message"]
    assert not ScoreEdit.objects.exists()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_save_of_no_sense_gets_a_sentence(tab, boss, shape):
    refused(tab.send(scored(boss.card), SHAPES[shape]))


@pytest.mark.parametrize("name", VALUES)
def test_a_value_of_the_wrong_kind_gets_a_sentence(tab, boss, name):
    score = scored(boss.card)
    for value in VALUES[name]:
        refused(tab.send(score, json.dumps({**tab.edit(score, level=4), name: value})))


def test_a_name_that_stands_twice_is_not_guessed_at(tab, boss):
    score = scored(boss.card)
    body = json.dumps(tab.edit(score, level=4))
    refused(tab.send(score, body[:-1] + ', "level": 1}'))


def test_too_much_at_once_gets_a_sentence_whoever_asks(tab, boss, client):
    big = "z" * (17 * 1024 * 1024)
    refused(tab.send(scored(boss.card), json.dumps({"evidence": big})), (413,))
    before = Entry.objects.count()
    many = {f"field{n}": "1" for n in range(1001)}
    for sent in ({"name": "Ada", "definition": big}, {"name": "Ada", **many}):
        for kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
            body = {"data": sent} if kind == "multipart/form-data" else {"data": urlencode(sent), "content_type": kind}
            answer = client.post("/competencies/new/", **body)
            assert answer.status_code == 413, kind
            assert "what you typed is still in the form" in answer.text
    assert Entry.objects.count() == before


def test_too_much_is_heard_out_so_that_the_browser_reads_the_answer(client):
    body = io.BytesIO(b"definition=" + b"z" * (17 * 1024 * 1024))
    length, kind = len(body.getvalue()), "application/x-www-form-urlencoded"
    sent = {"wsgi.input": body, "CONTENT_LENGTH": str(length), "CONTENT_TYPE": kind}
    assert client.generic("POST", "/competencies/new/", **sent).status_code == 413
    assert body.tell() == length


def test_three_megabytes_of_text_are_refused_beside_their_field_and_kept(client):
    text = "z" * 3_000_000
    answer = client.post("/competencies/new/", {"name": "Ada", "definition": text})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert "at most 600 characters" in page.text
    assert page.shows_in("definition", text)


def test_an_email_that_nobody_has_is_answered_whatever_it_says():
    for text in [*XSS[::7], *NEVER.values(), *NOT_IN_ONE_LINE.values(), "a" * 5000]:
        cache.clear()
        for login in (text, f'"{text.replace(" ", "/")}"@evil.example'):
            answer = Client().post("/sign-in/", {"login": login, "password": text})
            page = Page(answer.text)
            assert answer.status_code == 422
            assert page.wrong == []
            assert not [path for path in page.elements if "zq" in path]


def test_what_stands_behind_a_form_is_not_to_be_tampered_with(boss, client):
    """Hidden fields: the stamps by which the house knows what a person had read."""
    draft = DraftFactory()
    edit = reverse("questions:question_edit", args=[draft.question.slug])
    review = reverse("interviews:interview_submit", args=[boss.card.interview_id])
    plain = {name: value for name, value in client.get(edit).context["form"].initial.items() if value is not None}
    for text in [*XSS[::10], *NEVER.values(), "9" * 5000, "1:2:3", "٣:٣", f"{'9' * 30}:1"]:
        for path, sent in (
            (edit, {**plain, "title": "Another", "as_of": text}),
            (review, {"recommendation": "yes", "seen": text}),
            (review, {"recommendation": "yes", "sent": text}),
        ):
            answer = client.post(path, sent)
            assert answer.status_code in {409, 422}, (path, text)
            assert not [path for path in Page(answer.text).elements if "zq" in path]


def test_what_is_typed_in_two_marks_finds_what_is_kept_in_one(boss, client):
    name, other = "Rene\u0301e", "Ren\u00e9e"
    candidate = CandidateFactory(name=f"{other} Dubois")
    version = VersionFactory(title=f"{other} and the base rate")
    ApplicationFactory(candidate=candidate, role=boss.plan.role, plan=None)
    search = reverse("plans:question_search", args=[boss.plan.pk])
    for address, found in (
        (reverse("interviews:candidate_list"), candidate.name),
        ("/questions/", version.title),
        (search, version.title),
    ):
        assert found in Page(client.get(address, {"q": name}).text).text, address
