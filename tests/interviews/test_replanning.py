"""A new plan is in force: who follows it, with the interviews that are arranged, and who stays."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from foundation.lifecycle import Refused
from interviews.actions.replanning import move_applications
from interviews.models import Application, Interview, Score
from plans import actions
from plans.models import Stage
from tests.factories import (
    ActivePlanFactory,
    ApplicationFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    ScorecardFactory,
    submit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return ActivePlanFactory(stages=2)


@pytest.fixture
def recruiter(old):
    return MembershipFactory(role=old.role, recruiter=True).user


@pytest.fixture
def lead(old):
    return MembershipFactory(role=old.role).user


@pytest.fixture
def renew(old, recruiter):
    """renew(change) → a next plan of the role in force, after `change` was done to its draft."""

    def put(change=lambda draft: None):
        draft = actions.start_plan(role=old.role, by=recruiter)
        change(draft)
        actions.activate_plan(plan=draft, by=recruiter)
        draft.refresh_from_db()
        return draft

    return put


@pytest.fixture
def client(signed_in, recruiter):
    return signed_in(recruiter)


def arranged(application, lead, *, days=3, **fields):
    interview = InterviewFactory(
        application=application, starts_at=clock.now() + timedelta(days=days), place="Room 4", **fields
    )
    ScorecardFactory(interview=interview, interviewer=lead, seat="lead")
    return interview


def address(plan):
    return reverse("interviews:plan_applications", args=[plan.pk])


def test_who_has_not_begun_follows_the_new_plan_in_one_action(client, old, renew, lead):
    fresh, none, coming = (
        ApplicationFactory(plan=old),
        ApplicationFactory(plan=None, role=old.role),
        ApplicationFactory(plan=old),
    )
    was = arranged(coming, lead, extra_minutes=15)
    plan = renew()
    page = client.get(address(plan)).content.decode()
    assert "Move 3 candidates" in page
    assert "arranged anew with the same time, place and people" in page
    said = client.post(address(plan), follow=True).content.decode()
    assert "3 candidates follow the plan now." in said
    assert "Every open application for this role follows this plan." in said
    assert set(Application.objects.values_list("plan", flat=True)) == {plan.pk}
    was.refresh_from_db()
    now = Interview.objects.get(application=coming, status="scheduled")
    assert (was.status, was.cancel_reason) == ("cancelled", f"Arranged anew under plan {plan.number}.")
    assert now.stage == plan.stages.first()
    assert (now.starts_at, now.place, now.extra_minutes, now.zone) == (was.starts_at, "Room 4", 15, was.zone)
    assert [(card.interviewer, card.seat, card.status) for card in now.scorecards.all()] == [(lead, "lead", "open")]
    assert now.scorecards.get().scores.count() == 3
    assert fresh.interviews.count() == none.interviews.count() == 0


def test_who_has_begun_keeps_the_plan(client, old, renew, lead):
    for begin in (_held, _written, _on_the_clock):
        begin(ApplicationFactory(plan=old, candidate__name=begin.__name__), lead)
    ApplicationFactory(plan=old)
    plan = renew()
    page = client.get(address(plan)).content.decode()
    assert "Move 1 candidate<" in page
    assert page.count("“Stage 1” has begun.") == 3
    client.post(address(plan))
    assert set(Application.objects.filter(plan=old).values_list("candidate__name", flat=True)) == {
        "_held", "_written", "_on_the_clock",
    }  # fmt: skip


def _held(application, lead):
    submit(ScorecardFactory(interview=arranged(application, lead)))


def _on_the_clock(application, lead):
    arranged(application, lead, days=-1)


def _written(application, lead):
    """A note to a warm-up, which begins no interview by itself."""
    Score.objects.filter(scorecard__interview=arranged(application, lead)).update(version=1)


def test_an_interview_whose_stage_is_gone_keeps_its_candidate_and_is_named(client, recruiter, old, renew, lead):
    application = ApplicationFactory(plan=old)
    arranged(application, lead)

    def rename(draft):
        Stage.objects.filter(plan=draft, name="Stage 1").update(name="Screening")

    plan = renew(rename)
    assert (
        "“Stage 1” is arranged, and the plan has no interview of that name."
        in client.get(address(plan)).content.decode()
    )
    with pytest.raises(Refused, match="nobody to move"):
        move_applications(plan=plan, by=recruiter)
    assert client.post(address(plan)).status_code == 409
    application.refresh_from_db()
    assert application.plan == old


def test_what_cannot_be_arranged_anew_leaves_that_candidate_as_they_were(recruiter, old, renew, lead):
    stuck, free = ApplicationFactory(plan=old), ApplicationFactory(plan=old)
    meeting = arranged(stuck, lead)
    lead.memberships.all().delete()
    done = move_applications(plan=renew(), by=recruiter)
    assert {standing.application: bool(standing.kept) for standing in done} == {stuck: True, free: False}
    assert any("is not an interviewer for this role" in standing.kept for standing in done)
    meeting.refresh_from_db()
    assert meeting.status == "scheduled"


def test_a_recruiter_with_an_open_card_is_told_nothing_of_that_candidate(client, recruiter, old, renew, lead):
    """Whether a colleague has begun or not, it reads the same."""
    for begun in (False, True):
        application = ApplicationFactory(plan=old, candidate__name="Ada", candidate__code="C-1" if begun else "C-2")
        interview = arranged(application, lead)
        ScorecardFactory(interview=interview, interviewer=recruiter)
        if begun:
            submit(interview.scorecards.get(interviewer=lead))
    plan = renew()
    page = client.get(address(plan)).content.decode()
    assert page.count("You hold an open scorecard there.") == 2
    assert "” has begun." not in page
    with pytest.raises(Refused, match="nobody to move"):
        move_applications(plan=plan, by=recruiter)


def test_only_a_plan_in_force_is_moved_to_and_only_by_those_who_recruit(client, recruiter, old, renew, signed_in):
    ApplicationFactory(plan=old)
    renew()
    assert "not in force" in client.get(address(old)).content.decode()
    assert client.post(address(old)).status_code == 409
    assert client.get(address(PlanFactory())).status_code == 404
    assert signed_in(MembershipFactory(role=old.role, hiring_manager=True).user).get(address(old)).status_code == 404


def test_the_role_says_that_some_follow_an_older_plan(client, old, renew):
    fragment = reverse("interviews:role_applications", args=[old.role_id])
    ApplicationFactory(plan=old)
    assert "do not follow plan" not in client.get(fragment).content.decode()
    plan = renew()
    assert address(plan) in client.get(fragment).content.decode()
    ApplicationFactory(plan=old, status="rejected")
    client.post(address(plan))
    assert address(plan) not in client.get(fragment).content.decode()


def test_the_page_costs_the_same_for_one_and_for_three(client, old, renew, lead, django_assert_num_queries):
    arranged(ApplicationFactory(plan=old), lead)
    plan = renew()
    client.get(address(plan))
    with CaptureQueriesContext(connection) as one:
        client.get(address(plan))
    for _number in range(2):
        arranged(ApplicationFactory(plan=old), lead)
    with django_assert_num_queries(len(one)):
        client.get(address(plan))
