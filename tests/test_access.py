"""Who may open what: every address of the house × every kind of person. An address without a row fails."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from accounts.models import User
from committee.actions import record_decision
from foundation import clock
from foundation.policy import views
from interviews.models import Scorecard
from plans.models import Item, Membership, Section
from tests.factories import (
    ActivePlanFactory,
    ApplicationFactory,
    CompetencyFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    RoleFactory,
    ScorecardFactory,
    UserFactory,
    VersionFactory,
)
from tests.factories.questions import DraftFactory

pytestmark = pytest.mark.django_db

PEOPLE = {
    "stranger", "administrator", "recruiter", "other_recruiter", "manager", "lead", "done", "shadow", "sitting_administrator",
    "committee", "decider",
}  # fmt: skip
ANYONE = PEOPLE
RECRUITERS = {"recruiter", "other_recruiter"}
ADMINISTRATORS = {"administrator", "sitting_administrator"}
ON_THE_ROLE = {"recruiter", "manager", "committee", "decider", "interviewer"}
SITTING = {"lead", "shadow", "sitting_administrator"}

# name of the address: (objects, who gets in, what the others get). Others: 403 for a right, 404 for a row.
ROWS = {
    "today": ((), ANYONE, None),
    "accounts:profile": ((), ANYONE, None),
    "questions:question_list": ((), ANYONE, None),
    "questions:question_detail": (("question",), ANYONE, None),
    "questions:version_detail": (("question", 1), ANYONE, None),
    "questions:question_new": ((), RECRUITERS, 403),
    "questions:question_edit": (("drafted",), RECRUITERS, 403),
    "questions:question_draft": (("question",), RECRUITERS, 403),
    "questions:question_publish": (("drafted",), RECRUITERS, 403),
    "questions:competency_list": ((), ANYONE, None),
    "questions:competency_new": ((), RECRUITERS, 403),
    "questions:competency_edit": (("competency",), RECRUITERS, 403),
    "plans:role_list": ((), ANYONE, None),
    "plans:role_new": ((), RECRUITERS, 403),
    "plans:role_detail": (("role",), ON_THE_ROLE, 404),
    "plans:role_edit": (("role",), {"recruiter"}, 404),
    "plans:role_close": (("role",), {"recruiter"}, 404),
    "plans:role_reopen": (("role",), {"recruiter"}, 404),
    "plans:duty_give": (("role",), {"recruiter"}, 404),
    "plans:duty_decide": (("membership",), {"recruiter"}, 404),
    "plans:duty_take": (("membership",), {"recruiter"}, 404),
    "plans:weight_new": (("role",), {"recruiter"}, 404),
    "plans:weight_edit": (("weight",), {"recruiter"}, 404),
    "plans:weight_drop": (("weight",), {"recruiter"}, 404),
    "plans:plan_start": (("role",), {"recruiter", "manager"}, 404),
    "plans:plan_detail": (("plan",), ON_THE_ROLE, 404),
    "plans:plan_kit_pdf": (("plan",), ON_THE_ROLE, 404),
    "plans:question_usage": (("question",), ANYONE, None),
    "interviews:candidate_list": ((), ANYONE, None),
    "interviews:candidate_new": ((), RECRUITERS, 403),
    "interviews:candidate_paste": ((), RECRUITERS, 403),
    "interviews:role_applications": (("role",), {"recruiter", "manager", "committee", "decider"}, 404),
    "interviews:application_detail": (
        ("application",),
        {"recruiter", "manager", "committee", "decider", "lead", "done", "shadow", "sitting_administrator"},
        404,
    ),
    "interviews:application_withdraw": (("application",), {"recruiter"}, 404),
    "interviews:application_replan": (("application",), {"recruiter"}, 404),
    "interviews:interview_schedule": (("application",), {"recruiter"}, 404),
    "interviews:interview_list": ((), ANYONE, None),
    "interviews:interview_detail": (
        ("interview",),
        {"recruiter", "lead", "done", "shadow", "sitting_administrator"},
        404,
    ),
    "interviews:interview_move": (("interview",), {"recruiter"}, 404),
    "interviews:interview_cancel": (("interview",), {"recruiter"}, 404),
    "interviews:seat_add": (("interview",), {"recruiter"}, 404),
    "interviews:card_waive": (("open_card",), {"recruiter"}, 404),
    "interviews:interview_score": (("interview",), SITTING | {"done"}, 404),
    "interviews:score_save": (("interview", "item"), SITTING | {"done"}, 404),
    "interviews:interview_review": (("interview",), SITTING | {"done"}, 404),
    "interviews:interview_submit": (("interview",), SITTING | {"done"}, 404),
    "interviews:interview_show": (("interview",), SITTING, 404),
    "interviews:scorecard_detail": (("sealed",), {"recruiter", "done"}, 404),
    "interviews:scorecard_pdf": (("sealed",), {"recruiter", "done"}, 404),
    "committee:application_list": ((), ANYONE, None),
    "committee:packet_detail": (("complete",), {"recruiter", "manager", "committee", "decider"}, 404),
    "committee:packet_pdf": (("complete",), {"recruiter", "manager", "committee", "decider"}, 404),
    "committee:decision_record": (("complete",), {"manager", "decider"}, 404),
    "committee:decision_supersede": (("decision",), {"manager", "decider"}, 404),
    "accounts:person_list": ((), ADMINISTRATORS, 403),
    "accounts:person_new": ((), ADMINISTRATORS, 403),
    "accounts:person_detail": (("person",), ADMINISTRATORS, 403),
    "accounts:person_link": (("person",), ADMINISTRATORS, 403),
    "accounts:person_deactivate": (("person",), ADMINISTRATORS, 403),
    "accounts:person_reactivate": (("person",), ADMINISTRATORS, 403),
    "accounts:record": ((), ADMINISTRATORS, 403),
    "plans:person_duties": (("person",), ADMINISTRATORS, 403),
    "plans:person_duty_take": (("membership",), ADMINISTRATORS, 403),
    "account_logout": ((), ANYONE, None),
}
# Built only while a plan is a draft, by those who plan for the role.
BUILDING = {
    "plans:plan_activate": ("draft",), "plans:plan_discard": ("draft",), "plans:placeholder_edit": ("draft",),
    "plans:plan_weight_new": ("draft",), "plans:plan_weight_edit": ("plan_weight",), "plans:plan_weight_drop": ("plan_weight",),
    "plans:stage_new": ("draft",), "plans:stage_edit": ("stage",), "plans:stage_move": ("stage",), "plans:stage_remove": ("stage",),
    "plans:section_new": ("stage",), "plans:section_move": ("section",), "plans:section_remove": ("section",),
    "plans:item_search": ("section",), "plans:item_add": ("section", "version"), "plans:item_edit": ("placed",),
    "plans:item_move": ("placed",), "plans:item_switch": ("placed",), "plans:item_renew": ("placed",), "plans:item_remove": ("placed",),
}  # fmt: skip
ROWS |= {name: (objects, {"recruiter", "manager"}, 404) for name, objects in BUILDING.items()}
# Open to everybody, signed in or not.
PUBLIC = {
    "account_login",
    "accounts:healthz",
    "accounts:set_password",
    "accounts:link_follow",
    "accounts:setup",
    "accounts:setup_follow",
    "accounts:demo_sign_in",
}


def names():
    def walk(resolver, namespace=""):
        for entry in resolver.url_patterns:
            if hasattr(entry, "url_patterns"):
                inner = ":".join(filter(None, [namespace, entry.namespace]))
                yield from walk(entry, inner)
            else:
                yield f"{namespace}:{entry.name}" if namespace else entry.name

    return set(walk(get_resolver()))


def test_every_address_has_a_row():
    assert names() == set(ROWS) | PUBLIC
    assert len(names()) == len(list(views()))


@pytest.fixture
def world():
    """One role with everything on it: an interview half scored, an application complete, a plan being built."""
    plan = ActivePlanFactory(role=RoleFactory(), stages=2)
    role = plan.role
    draft = PlanFactory(role=role)
    open_one = InterviewFactory(application=ApplicationFactory(plan=plan))
    complete = InterviewFactory(application=ApplicationFactory(plan=plan), starts_at=clock.now() - timedelta(days=2))
    decided = InterviewFactory(application=ApplicationFactory(plan=plan), starts_at=clock.now() - timedelta(days=9))
    people = {
        "stranger": UserFactory(),
        "administrator": UserFactory(administrator=True),
        "recruiter": MembershipFactory(role=role, recruiter=True).user,
        "other_recruiter": MembershipFactory(recruiter=True).user,
        "manager": MembershipFactory(role=role, hiring_manager=True).user,
        "committee": MembershipFactory(role=role, committee=True).user,
        "decider": MembershipFactory(role=role, decider=True).user,
        "lead": ScorecardFactory(interview=open_one, seat="lead").interviewer,
        "shadow": ScorecardFactory(interview=open_one, seat="shadow").interviewer,
        "sitting_administrator": ScorecardFactory(
            interview=open_one, interviewer=UserFactory(administrator=True)
        ).interviewer,
    }
    sealed = ScorecardFactory(interview=open_one, submitted=True)
    people["done"] = sealed.interviewer
    ScorecardFactory(interview=complete, submitted=True)
    ScorecardFactory(interview=decided, submitted=True)
    decision = record_decision(
        application=decided.application, outcome="hold", rationale="Later.", override_reason="", by=people["decider"]
    )
    section = Section.objects.filter(stage__plan=draft).first()
    question, drafted = VersionFactory(), DraftFactory()
    return people, {
        "question": question.question.slug, "drafted": drafted.question.slug, "competency": CompetencyFactory().slug,
        "role": role.pk, "plan": plan.pk, "draft": draft.pk, "version": VersionFactory().pk,
        "membership": Membership.objects.get(role=role, user=people["committee"]).pk,
        "weight": role.competencies.create(competency=CompetencyFactory()).pk,
        "plan_weight": draft.competencies.first().pk, "stage": draft.stages.first().pk, "section": section.pk,
        "placed": section.items.first().pk, "application": open_one.application_id, "interview": open_one.pk,
        "item": Item.objects.filter(section__stage=open_one.stage, scored=True).first().pk,
        "open_card": Scorecard.objects.open().filter(interview=open_one).first().pk, "sealed": sealed.pk,
        "complete": complete.application_id, "decision": decision.pk, "person": people["stranger"].pk,
    }  # fmt: skip


def path_of(name, objects):
    return reverse(name, args=[objects.get(key, key) if isinstance(key, str) else key for key in ROWS[name][0]])


def after(client, path):
    """The statuses of a read and of an empty write, whose effects are taken back."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        statuses = {client.get(path).status_code, client.post(path).status_code}
        transaction.set_rollback(True)
    client.cookies = cookies
    return statuses


def test_each_address_opens_to_exactly_the_people_of_its_row(world, signed_in, client):
    people, objects = world
    clients = {person: signed_in(user) for person, user in people.items()}
    wrong = []
    for name, (_objects, insiders, others) in ROWS.items():
        path = path_of(name, objects)
        if after(client, path) != {302}:
            wrong.append(f"{name}: open without signing in")
        for person, theirs in clients.items():
            statuses = after(theirs, path)
            if person in insiders:
                fits = not statuses & {403, 500} and (statuses & {200, 302, 303, 405} and 404 not in statuses)
            else:
                fits = statuses <= {others, 405} and others in statuses
            if not fits:
                wrong.append(f"{name}: {person} got {statuses}")
    assert wrong == []


def plain(answer, path):
    """What an answer says, without its own address and the one-time token of its forms."""
    return re.sub(rb"[A-Za-z0-9]{64}", b"", answer.content.replace(path.encode(), b""))


def test_anothers_row_and_no_row_are_the_same_not_found(world, signed_in):
    people, objects = world
    client = signed_in(people["stranger"])
    for name in (name for name, row in ROWS.items() if row[2] == 404):
        theirs = path_of(name, objects)
        absent = reverse(
            name, args=[987654 if isinstance(objects.get(key, key), int) else "no-such" for key in ROWS[name][0]]
        )
        for method in (client.get, client.post):
            there, nowhere = method(theirs), method(absent)
            assert there.status_code == nowhere.status_code, name
            assert plain(there, theirs) == plain(nowhere, absent), name


def test_reading_changes_nothing(world, signed_in):
    people, objects = world
    clients = {person: signed_in(user) for person, user in people.items()}
    reads = ("SELECT", "SAVEPOINT", "RELEASE", "BEGIN", "WITH", "DECLARE")
    for name, (_objects, insiders, _others) in ROWS.items():
        sitting = sorted(insiders & people.keys())
        # A document is gathered by the same code for everyone, and printing it is slow.
        for person in sitting[:1] if name.endswith("_pdf") else sitting:
            client = clients[person]
            with CaptureQueriesContext(connection) as seen:
                client.get(path_of(name, objects))
            writes = [q["sql"] for q in seen if not q["sql"].lstrip("( ").upper().startswith(reads)]
            assert writes == [], f"{name}, {person}"


def test_a_deactivated_person_is_signed_out(world, signed_in):
    people, _objects = world
    client = signed_in(people["recruiter"])
    User.objects.filter(pk=people["recruiter"].pk).update(is_active=False)
    assert client.get("/").status_code == 302
