"""Requests that no page of ours sends. Each is answered by a page that says so, with every guard, and never by a fault."""

from wsgiref.util import setup_testing_defaults

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.answers import GUARDS, guards
from tests.factories import UserFactory
from tests.test_access import ROWS

pytestmark = pytest.mark.django_db

PATHS = [
    "/%", "/%zz", "/%00", "/%ff%fe", "/roles/%00/", "/questions/a%00b/", "/roles/-1/", "/roles/0/", "/roles/1.5/", "/roles/1%20/",
    "/roles/%D9%A3/", f"/roles/{2**63}/", f"/roles/{2**64}/", f"/roles/{'9' * 5000}/", f"/scorecards/{2**70}.pdf",
    f"/questions/none/versions/{2**70}/", f"/questions/{'a' * 5000}/", "/../etc/passwd", "/questions/..%2f..%2f/",
    "/static/../manage.py", "/static/%2e%2e/manage.py", "/static/%00", f"/static/{'a' * 5000}", f"/{'a' * 10000}",
]  # fmt: skip
# What the addresses of pages may say, and what somebody may write there instead.
WORDS = {
    "questions:question_list": ("q", "competency", "level", "type", "state", "page"),
    "interviews:candidate_list": ("q", "role", "status", "page"),
    "interviews:candidate_new": ("role",),
    "interviews:candidate_paste": ("role",),
    "interviews:interview_schedule": ("stage",),
    "interviews:result_record": ("stage",),
    "interviews:interview_list": ("show", "page"),
    "committee:application_list": ("show", "page"),
    "committee:packet_check": ("number",),
    "plans:role_list": ("closed", "page"),
    "plans:plan_assemble": ("stage",),
    "plans:plan_kit_pdf": ("stage",),
    "plans:role_new": ("from",),
    "plans:template_list": ("role", "page"),
    "plans:template_detail": ("role",),
    "plans:example_detail": ("role",),
    "plans:plan_copy": ("role",),
    "plans:question_search": ("into", "q", "competency", "level", "type", "page"),
    "plans:plan_news": ("seen",),
    "accounts:record": ("page", "check"),
    "accounts:person_list": ("page",),
    "interviews:interview_show": ("item", "prompt"),
}
WHO = {"accounts:record": "administrator", "accounts:person_list": "administrator", "interviews:interview_show": "lead"}
ODD = ["%00", "%ff", "%D9%A3", "-1", str(2**63), "9" * 5000]
ODDER = [
    "%ED%A0%80",
    "%E2%80%AE",
    "%0d%0aSet-Cookie:x=1",
    "1.5",
    "1e9",
    "1_0",
    "+1",
    "NaN",
    "[]",
    "'%22><script>",
    str(2**64),
    "a" * 5000,
]
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"


def part(head, value="x"):
    return f'--b\r\nContent-Disposition: form-data; name="title"{head}\r\n\r\n{value}\r\n'.encode()


BODIES = {
    "parts without a boundary": (400, "multipart/form-data", b"x"),
    "a boundary that is too long": (400, "multipart/form-data; boundary=" + "a" * 300, b"x"),
    "a boundary that is no text": (400, "multipart/form-data; boundary=\xff\xfe", b"x"),
    "parts that break off": (422, PARTS, part("")[:40]),
    "a part that is no base64": (422, PARTS, part("\r\nContent-Transfer-Encoding: base64", "!!!") + b"--b--\r\n"),
    "a file where words belong": (422, PARTS, part('; filename="../../x"') + b"--b--\r\n"),
    "too many files": (400, PARTS, part('; filename="x"') * 200 + b"--b--\r\n"),
    "too many fields": (413, FORM, b"&".join(b"a%d=1" % number for number in range(1100))),
    "more than may be sent": (413, FORM, b"title=" + b"a" * 17 * 1024 * 1024),
    "bytes that are no text": (422, FORM, b"title=%ff%fe&level=%00"),
    "a body of another kind": (422, "text/plain", b"title=x"),
    "a kind that is none": (422, "\x7f;=;", b"title=x"),
}
HOSTS = [
    "elsewhere.example",
    "127.0.0.1:abc",
    "[::1",
    "a b",
    "",
    "127.0.0.1@elsewhere.example",
    "127.0.0.1,elsewhere.example",
]
COOKIES = [
    "sessionid=", "sessionid=x", f"sessionid={'a' * 5000}", "sessionid=\0", "sessionid=\xff", "sessionid=../../x", "csrftoken=x", ";;;=;",
    "messages=x", f"messages={'a' * 4000}", "django_language=\0",
]  # fmt: skip
HEADERS = [
    ("accept-language", "x" * 10000), ("accept-language", "en;q=abc"), ("referer", "http://[::1"), ("origin", "http://[::1"),
    ("origin", "null"), ("hx-current-url", "http://[::1"), ("hx-current-url", "\xff"), ("hx-triggering-event", "{"),
    ("x-forwarded-for", "a,b,\0"), ("x-forwarded-host", "elsewhere.example"), ("x-csrftoken", "\xff"), ("range", "bytes=5-1"),
    ("if-modified-since", "x"), ("if-none-match", '"x'), ("accept-encoding", "x;q=y"), ("accept", "\0"),
    ("x-http-method-override", "DELETE"),
]  # fmt: skip


def is_guarded(answer):
    return guards(answer) == GUARDS and "no-store" in answer.headers["Cache-Control"]


@pytest.fixture
def all_rights(signed_in):
    return signed_in(UserFactory(administrator=True, recruiter=True))


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leads_nowhere_is_not_found(all_rights, path):
    answer = all_rights.get(path)
    assert (answer.status_code, is_guarded(answer)) == (404, True)


@pytest.mark.parametrize("key", [2**63, 2**64, 10**18 - 1, "9" * 5000])
def test_no_key_is_too_large_for_an_address(all_rights, world, key):
    for name, (words, _insiders, _others) in ROWS.items():
        row = [world.mine.objects.get(word, word) for word in words]
        if not any(isinstance(part, int) for part in row):
            continue
        path = reverse(name, args=[987_654 if isinstance(part, int) else part for part in row])
        for method in (all_rights.get, all_rights.post):
            assert method(path.replace("987654", str(key))).status_code in {404, 405}, name


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long) if name.endswith("_pdf") else name for name in WORDS]
)
@pytest.mark.parametrize("odd", [ODD, pytest.param(ODDER, marks=pytest.mark.long)], ids=["odd", "odder"])
def test_what_an_address_says_besides_is_read_with_care(client_of, world, name, odd):
    client = client_of(WHO.get(name, "recruiter"))
    path = reverse(name, args=[world.mine.objects[word] for word in ROWS[name][0]])
    for word in WORDS[name]:
        for value in odd:
            rest = f"&item={world.mine.objects['item']}" if word == "prompt" else "&q=a" if word != "q" else ""
            answer = client.get(f"{path}?{word}={value}{rest}")
            assert answer.status_code in {200, 404, 422}, (word, value)
            assert is_guarded(answer), (word, value)


@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_cannot_be_read_is_refused(all_rights, what):
    status, kind, body = BODIES[what]
    answer = all_rights.generic("POST", "/roles/new/", body, content_type=kind)
    assert (answer.status_code, is_guarded(answer)) == (status, True)


@pytest.mark.parametrize("host", HOSTS)
def test_an_unknown_host_is_refused(host):
    answer = Client().get("/", HTTP_HOST=host)
    assert (answer.status_code, is_guarded(answer)) == (400, True)


def test_over_https_refusals_and_redirects_carry_the_guards_too(settings):
    settings.SECURE_SSL_REDIRECT = True
    for host, status in (("testserver", 301), ("elsewhere.example", 400)):
        answer = Client().get("/", HTTP_HOST=host)
        assert (answer.status_code, is_guarded(answer)) == (status, True)


@pytest.mark.parametrize("cookie", COOKIES)
def test_a_strange_cookie_is_nobody_signed_in(cookie):
    answer = Client().get("/", HTTP_COOKIE=cookie)
    assert (answer.status_code, is_guarded(answer)) == (302, True)


@pytest.mark.parametrize(("header", "value"), HEADERS)
def test_a_strange_header_changes_nothing(all_rights, header, value):
    for path in ("/", "/questions/?q=a"):
        answer = all_rights.get(path, headers={header: value, "hx-request": "true"})
        assert (answer.status_code, is_guarded(answer)) == (200, True)
    answer = all_rights.post("/roles/new/", {"title": ""}, headers={header: value})
    assert (answer.status_code, is_guarded(answer)) == (422, True)


@pytest.mark.parametrize("method", ["FOO", "TRACE", "CONNECT"])
def test_a_method_that_nobody_knows_is_not_taken(all_rights, method):
    assert all_rights.generic(method, "/").status_code == 405


@pytest.mark.parametrize(
    "charset", ["zip", "base64", "rot13", "undefined", "punycode", "idna", "utf-16", "latin-1", "nope", '"utf-8"']
)
@pytest.mark.parametrize("kind", ["text/plain", FORM, "multipart/form-data; boundary=b", "application/json"])
def test_the_server_believes_no_other_alphabet_than_ours(kind, charset):
    status, headers = through_the_server("/sign-in/?next=/", kind=f"{kind}; charset={charset}")
    assert status == 200
    assert headers.items() >= GUARDS.items()


@pytest.mark.parametrize("length", ["abc", "0x10", "-1", "1e3", ""])
def test_the_server_takes_a_length_that_is_no_number_for_none(length):
    status, headers = through_the_server("/set-password/", method="POST", length=length)
    assert status == 403
    assert headers.items() >= GUARDS.items()


def through_the_server(path, *, method="GET", kind=FORM, length="1"):
    """(status, headers) from the application as a server calls it, without Django's own test client in between."""
    from interviewkit.wsgi import application

    request = RequestFactory().generic(method, path, b"x")
    environ = {**request.environ, "CONTENT_TYPE": kind, "CONTENT_LENGTH": length}
    setup_testing_defaults(environ)
    said = {}
    body = application(
        environ, lambda status, headers, _problem=None: said.update(status=status, headers=dict(headers))
    )
    body.close()
    return int(said["status"].split()[0]), said["headers"]
