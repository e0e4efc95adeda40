"""Ids that do not belong together: in an address, behind its question mark, and in what a form chooses from."""

from uuid import UUID

import pytest
from django.urls import reverse

from foundation import clock
from interviews.actions.scoring import save_score
from interviews.models import Interview, Score
from plans.models import Role, Stage
from questions.models import Competency, Question
from tests.access.rules import path_of
from tests.access.sendings import sendings
from tests.access.watching import all_rows, taken_back
from tests.answers import plain
from tests.factories import CompetencyFactory, DraftFactory, MembershipFactory, RoleFactory, VersionFactory

pytestmark = pytest.mark.django_db
NOWHERE = 987_654


def retired(_world):
    competency = CompetencyFactory()
    Competency.objects.filter(pk=competency.pk).update(retired_at=clock.now())
    return competency.pk


def gone(world):
    return MembershipFactory(role=world.mine.role, user__is_active=False).user.pk


def closed_role(_world):
    role = RoleFactory()
    Role.objects.filter(pk=role.pk).update(closed_at=clock.now())
    return role.pk


def operation_of_another(world):
    """An operation that saved a score on somebody else's card."""
    score = Score.objects.filter(scorecard__interviewer=world.people["shadow"], item__scored=True).first()
    fields = {"level": 3}
    save_score(
        interview=score.scorecard.interview_id,
        item=score.item_id,
        operation=UUID(int=7),
        client=UUID(int=7),
        sequence=1,
        expected_version=0,
        fields=fields,
        by=world.people["shadow"],
    )
    return UUID(int=7)


def another(word):
    return lambda world: world.anothers.objects[word]


def person(name):
    return lambda world: world.people[name].pk


def stage_of_draft(world):
    return world.mine.objects["stage"]


def stage_arranged(world):
    return world.mine.plan.stages.first().pk


def stage_of_another(world):
    return world.anothers.plan.stages.last().pk


# (address, field, what is put there instead of what fits). Alone, in a form that is otherwise right.
CHOICES = [
    ("accounts:profile", "zone", "Mars/Olympus"),
    ("accounts:person_new", "zone", "../../etc/passwd"),
    ("questions:question_new", "competency", retired),
    ("questions:question_new", "competency", NOWHERE),
    ("questions:question_new", "kind", "riddle"),
    ("questions:question_edit", "level", "godlike"),
    ("questions:question_edit", "as_of", "0123456789abcdef"),
    ("plans:role_new", "level", "godlike"),
    ("plans:duty_give", "user", gone),
    ("plans:duty_give", "user", NOWHERE),
    ("plans:duty_give", "duty", "owner"),
    ("plans:duty_give", "duty", "recruiter"),  # the stranger lacks the right
    ("plans:person_duties", "role", closed_role),
    ("plans:person_duties", "role", NOWHERE),
    ("plans:person_duties", "duty", "recruiter"),
    ("plans:weight_new", "competency", retired),
    ("plans:weight_new", "competency", NOWHERE),
    ("plans:plan_weight_new", "competency", retired),
    ("plans:section_new", "competency", retired),
    ("plans:section_new", "competency", NOWHERE),
    ("plans:stage_new", "kind", "party"),
    ("plans:stage_edit", "kind", "party"),
    ("interviews:candidate_new", "role", another("role")),
    ("interviews:candidate_new", "role", closed_role),
    ("interviews:candidate_paste", "role", another("role")),
    ("interviews:interview_schedule", "stage", stage_of_another),
    ("interviews:interview_schedule", "stage", stage_of_draft),
    ("interviews:interview_schedule", "stage", stage_arranged),
    ("interviews:interview_schedule", "zone", "Mars/Olympus"),
    ("interviews:interview_move", "was", "2001-01-01T00:00:00+00:00"),
    ("interviews:seat_add", "person", person("stranger")),
    ("interviews:seat_add", "person", person("other_manager")),
    ("interviews:seat_add", "person", person("committee")),
    ("interviews:seat_add", "person", person("lead")),
    ("interviews:seat_add", "person", person("waived")),
    ("interviews:seat_add", "person", gone),
    ("interviews:seat_add", "seat", "lead"),
    ("interviews:seat_add", "seat", "chair"),
    ("interviews:score_save", "operation", operation_of_another),
    ("interviews:score_save", "answer", "9"),
    ("interviews:score_save", "answer", "excellent"),
    ("interviews:score_save", "probes_used", "99"),
    ("interviews:notes_save", "recommendation", "maybe"),
    ("interviews:interview_submit", "recommendation", "maybe"),
    ("interviews:interview_submit", "seen", "1:1"),
    ("interviews:interview_submit", "sent", f"1:{UUID(int=1)}:1"),
    ("committee:decision_record", "outcome", "promote"),
    ("committee:decision_record", "digest_read", "0" * 64),
]  # fmt: skip


@pytest.fixture
def sent(world):
    return sendings(world)


@pytest.mark.parametrize("app", ["accounts", "questions", "plans", "interviews", "committee"])
def test_what_a_form_does_not_offer_is_refused_and_nothing_is_written(world, sent, client_of, app):
    wrong = []
    for name, field, there in (choice for choice in CHOICES if choice[0].startswith(app)):
        value = there(world) if callable(there) else there
        client, before = client_of(sent[name].person), all_rows()
        with taken_back():
            answer = client.post(sent[name].path, sent[name].fields | {field: value})
            after = all_rows()
        if answer.status_code not in {409, 422} or after != before:
            wrong.append((name, field, value, answer.status_code))
    assert wrong == []


def test_a_seat_for_somebody_who_has_no_field_is_not_taken(world, sent, client_of):
    sending = sent["interviews:interview_schedule"]
    fields = {name: value for name, value in sending.fields.items() if not name.startswith("seat_")}
    outsiders = {f"seat_{world.people[name].pk}": "lead" for name in ("stranger", "other_manager", "committee")}
    client, before = client_of("recruiter"), Interview.objects.count()
    answer = client.post(sending.path, fields | outsiders)
    assert answer.status_code == 422
    assert "Choose at least one person as lead or panel" in answer.text
    assert Interview.objects.count() == before


def test_an_administrator_chooses_only_roles_they_staff_for_themselves(world, client_of):
    address = reverse("plans:person_duties", args=[world.people["administrator"].pk])
    client = client_of("administrator")
    before = all_rows()
    answer = client.post(address, {"role": world.mine.role.pk, "duty": "committee", "may_decide": "on"})
    assert answer.status_code == 422
    assert all_rows() == before


def pairs(world):
    """(who, address and query, status): two ids, each of them somebody's, that do not belong together."""
    mine, theirs = world.mine.objects, world.anothers.objects
    other_stage = Stage.objects.filter(plan=world.mine.plan).last()
    elsewhere = other_stage.sections.first().items.first().pk
    placed = mine["version"]
    old = VersionFactory(question__competency_id=Stage.objects.get(pk=mine["stage"]).sections.first().competency_id)
    Question.objects.filter(pk=old.question_id).update(retired_at=clock.now())
    score = "interviews:score_save"
    return [
        ("lead", "POST", score, [mine["interview"], elsewhere], 404),
        ("lead", "POST", score, [mine["interview"], theirs["item"]], 404),
        ("lead", "POST", score, [theirs["interview"], mine["item"]], 404),
        ("lead", "POST", score, [theirs["interview"], theirs["item"]], 404),
        ("manager", "POST", "plans:question_add", [mine["draft"], DraftFactory().pk], 404),
        ("manager", "POST", "plans:question_add", [mine["draft"], NOWHERE], 404),
        ("manager", "POST", "plans:question_add", [mine["draft"], old.pk], 409),  # a retired question
        ("manager", "POST", "plans:question_add", [theirs["draft"], placed], 404),
        ("manager", "POST", "plans:question_add", [mine["plan"], placed], 409),  # a plan in force
        ("stranger", "GET", "questions:version_detail", [mine["question"], 2], 404),
        ("stranger", "GET", "questions:version_detail", [mine["drafted"], 1], 404),
        ("stranger", "GET", "questions:question_detail", [mine["drafted"]], 404),
        ("recruiter", "GET", "plans:plan_compare", [mine["plan"], theirs["plan"]], 404),
        ("recruiter", "GET", "plans:plan_compare", [theirs["plan"], mine["plan"]], 404),
        ("lead", "GET", "interviews:interview_show", [mine["interview"]], 404, f"?item={elsewhere}"),
        ("lead", "GET", "interviews:interview_show", [mine["interview"]], 404, f"?item={theirs['item']}"),
    ]


def test_ids_that_do_not_belong_together_lead_nowhere(world, client_of):
    wrong = []
    for who, method, name, args, status, *query in pairs(world):
        client, before = client_of(who), all_rows()
        answer = client.generic(method, reverse(name, args=args) + "".join(query))
        if answer.status_code != status or all_rows() != before:
            wrong.append((who, name, args, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("interviews:candidate_list", "role"),
        ("interviews:candidate_new", "role"),
        ("interviews:candidate_paste", "role"),
        ("interviews:interview_schedule", "stage"),
    ],
)
def test_a_page_that_is_asked_for_anothers_row_says_what_it_says_of_none(world, client_of, name, word):
    client, path, said = client_of("recruiter"), path_of(name, "mine", world), []
    for value in (world.anothers.objects[word], NOWHERE):
        answer = client.get(f"{path}?{word}={value}")
        said.append((answer.status_code, plain(answer).replace(f"={value}".encode(), b"")))
    assert said[0] == said[1]
