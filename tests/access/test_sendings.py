"""What is sent to the house: only with the page's own token, and only what the form holds."""

import json

import pytest
from django.apps import apps
from django.test import Client

from foundation import clock
from interviews.models import Score
from tests.access.sendings import SHOWING, sendings
from tests.access.watching import all_rows, taken_back, watched
from tests.answers import GUARDS, guards
from tests.test_access import BUTTONS, FORMS

pytestmark = pytest.mark.django_db
APPS = ["account", "questions", "plans", "interviews", "committee"]
KIT = ["accounts", "questions", "plans", "interviews", "committee"]


@pytest.fixture
def sent(world):
    return sendings(world)


def of(app, sent):
    return [sending for name, sending in sent.items() if name.startswith(app)]


def test_every_address_that_takes_a_post_has_a_sending(sent):
    assert sent.keys() == BUTTONS | FORMS


@pytest.mark.parametrize("app", APPS)
def test_what_is_filled_in_as_it_should_be_is_done(sent, client_of, app):
    for sending in of(app, sent):
        client = client_of(sending.person)
        before = all_rows()
        with taken_back():
            answer = client.post(sending.path, sending.fields)
            after = all_rows()
        assert answer.status_code == sending.status, (sending.name, answer.content.decode())
        assert (before == after) == (sending.status == 409 or sending.name in SHOWING), sending.name


@pytest.mark.parametrize("app", APPS)
def test_without_the_token_of_a_page_nothing_is_done_and_the_page_says_what_to_do(world, sent, app):
    kinds = {"page": {}, "htmx": {"HX-Request": "true"}, "script": {"Accept": "application/json"}}
    for sending in of(app, sent):
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.people[sending.person])
        for kind, headers in kinds.items():
            with watched() as seen:
                answer = client.post(sending.path, sending.fields, headers=headers)
            assert (answer.status_code, seen.writes) == (403, []), (sending.name, kind)
            assert "load it again, and send it once more" in answer.text
            # Not JSON, even to a script: to the scoring page that would be an answer about the save, which this is not.
            assert answer.headers["Content-Type"].startswith("text/html")
            assert guards(answer) == GUARDS, (sending.name, kind)


def smuggled(world, turn):
    """name → a value that would fit, for every column of every model of the house."""
    there = world.anothers.objects
    rows = {"Role": there["role"], "InterviewPlan": there["plan"], "Stage": there["stage"], "User": there["person"]}
    rows |= {
        "Application": there["application"],
        "Interview": there["interview"],
        "Competency": 1,
        "Item": there["item"],
    }
    names = {}
    for model in (model for app in KIT for model in apps.get_app_config(app).get_models()):
        for column in model._meta.concrete_fields:
            if column.is_relation:
                value = rows.get(column.related_model.__name__, 1)
            elif column.choices:
                value = column.choices[-1 - turn % len(column.choices)][0]
            else:
                value = SAMPLE.get(column.get_internal_type(), "smuggled")
            names |= {column.name: value, column.attname: value}
    return {**names, "pk": there["person"], "id": there["person"], "password": "smuggled", "by": there["person"]}


SAMPLE = {
    "BooleanField": "on", "DateTimeField": "2001-01-01T00:00", "DateField": "2001-01-01", "PositiveSmallIntegerField": "3",
    "PositiveIntegerField": "3", "BigIntegerField": "3", "BigAutoField": "3", "JSONField": "{}",
    "UUIDField": "00000000-0000-0000-0000-000000000009",
}  # fmt: skip


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("turn", [0, pytest.param(1, marks=pytest.mark.long), pytest.param(2, marks=pytest.mark.long)])
def test_what_a_form_does_not_hold_changes_nothing(world, sent, client_of, app, turn):
    moment = clock.now()
    for sending in of(app, sent):
        left, clients = [], [client_of(sending.person) for _twice in range(2)]
        extra = {name: value for name, value in smuggled(world, turn).items() if name not in sending.fields}
        for client, fields in zip(clients, (sending.fields, sending.fields | extra), strict=True):
            with taken_back(), clock.at(moment):
                answer = client.post(sending.path, fields)
                # Hashes of passwords, the sessions of other people, and keys of what is queued are random by their nature.
                random = {"django_session": [], "django_tasks_database_dbtaskresult": []}
                left.append(all_rows(but={"password"}) | random | {"answer": answer.status_code})
        assert differences(*left) == {}, sending.name


def differences(one, other):
    return {table: (one[table], other[table]) for table in one if one[table] != other[table]}


def test_what_a_save_does_not_hold_changes_nothing_in_json_either(world, sent, client_of):
    sending, client = sent["interviews:score_save"], client_of("lead")
    edit = {name: sending.fields[name] for name in ("sequence", "expected_version", "outcome", "level", "evidence")} | {
        name: str(sending.fields[name]) for name in ("operation", "client")
    }
    moment, left = clock.now(), []
    extra = {name: value for name, value in smuggled(world, 0).items() if name not in sending.fields}
    for body in (edit, edit | extra | {"scorecard": {"status": "submitted"}, "__proto__": {"version": 9}}):
        with taken_back(), clock.at(moment):
            answer = client.post(sending.path, json.dumps(body), content_type="application/json")
            assert answer.status_code == 200
            left.append((all_rows(), Score.objects.filter(level=4, evidence="Said why.").exists()))
    assert left[0] == left[1]
    assert left[0][1]
