"""Results of skills tests and take-homes: beside the ratings of interviews, never inside."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Entry
from committee.gathering import gather_packet
from foundation import clock
from foundation.lifecycle import Refused
from interviews.actions.candidates import take_plan_in_force
from interviews.actions.replanning import move_applications
from interviews.actions.results import record_result
from interviews.actions.scheduling import schedule_interview
from interviews.models import Application, StageResult
from plans import actions
from plans.outline import outline_of
from plans.plan_lint import findings_in
from tests.factories import (
    ApplicationFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    ScorecardFactory,
    put_in_force,
)

pytestmark = pytest.mark.django_db
SAID = {"verdict": "passed", "points": 17, "out_of": 20, "words": "Clean code, no test of the edge."}


@pytest.fixture
def plan():
    draft = PlanFactory(stages=1)
    draft.stages.create(name="Take-home", kind="take-home", minutes=120, position=2)
    return put_in_force(draft)


@pytest.fixture
def tested(plan):
    return plan.stages.last()


@pytest.fixture
def application(plan):
    return ApplicationFactory(plan=plan)


@pytest.fixture
def recruiter(plan):
    return MembershipFactory(role=plan.role, recruiter=True).user


@pytest.fixture
def client(signed_in, recruiter):
    return signed_in(recruiter)


def page(application):
    return reverse("interviews:application_detail", args=[application.pk])


def form(application):
    return reverse("interviews:result_record", args=[application.pk])


def test_a_recruiter_records_a_result_and_reads_it_on_the_page_of_the_application(client, application, tested):
    assert "No result yet." in client.get(page(application)).content.decode()
    said = client.post(form(application), SAID | {"stage": tested.pk}, follow=True).content.decode()
    assert "17 of 20 points" in said
    assert "Clean code" in said
    assert Entry.objects.filter(verb="result.recorded").count() == 1


def test_a_later_result_takes_the_place_of_the_first_and_both_stay(client, application, tested):
    for verdict in ("not_passed", "passed"):
        client.post(form(application), SAID | {"stage": tested.pk, "verdict": verdict})
    assert StageResult.objects.count() == 2
    assert [result.verdict for result in StageResult.objects.standing()] == ["passed"]
    assert "Not passed" not in client.get(page(application)).content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": ""},
        {"points": ""},
        {"out_of": ""},
        {"points": "21"},
        {"points": "-1"},
        {"out_of": "0", "points": "0"},
        {"out_of": "99999999999"},
        {"verdict": "none", "words": ""},
        {"words": "x" * 2001},
        {"stage": "0"},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_said_beside_its_field(client, application, tested, change):
    answer = client.post(form(application), SAID | {"stage": tested.pk} | change)
    assert answer.status_code == 422
    assert not StageResult.objects.exists()


def test_an_interview_has_no_such_result_and_a_test_is_not_scheduled(plan, recruiter, application, tested):
    interview, other = plan.stages.first(), PlanFactory().stages.first()
    for stage in (interview, other):
        with pytest.raises(Refused, match="no test or take-home"):
            record_result(application=application, stage=stage, **SAID, by=recruiter)
    lead = MembershipFactory(role=plan.role).user
    when = {"starts_at": clock.now(), "zone": "UTC", "place": ""}
    with pytest.raises(Refused, match="no interview of the candidate"):
        schedule_interview(application=application, stage=tested, **when, seats=[(lead, "lead")], by=recruiter)


def test_interviewers_and_those_with_an_open_card_do_not_read_results(application, recruiter, tested, signed_in):
    record_result(application=application, stage=tested, **SAID, by=recruiter)
    manager = MembershipFactory(role=application.role, hiring_manager=True).user
    reading = signed_in(manager)
    assert "Clean code" in reading.get(page(application)).content.decode()
    card = ScorecardFactory(interview=InterviewFactory(application=application), interviewer=manager)
    assert "Clean code" not in reading.get(page(application)).content.decode()
    interviewer = ScorecardFactory(interview=card.interview).interviewer
    assert "Clean code" not in signed_in(interviewer).get(page(application)).content.decode()
    assert signed_in(interviewer).get(form(application)).status_code == 404


def test_who_has_only_sat_in_an_interview_reads_no_result_once_their_card_is_in_either(application, recruiter, tested):
    result = record_result(application=application, stage=tested, **SAID, by=recruiter)
    card = ScorecardFactory(interview=InterviewFactory(application=application), submitted=True)
    manager = MembershipFactory(role=application.role, hiring_manager=True).user
    assert list(StageResult.objects.readable_by(manager)) == [result]
    assert list(StageResult.objects.readable_by(card.interviewer)) == []


def test_a_result_enters_no_packet_and_no_composite(application, recruiter, tested):
    ScorecardFactory(interview=InterviewFactory(application=application), submitted=True)
    before = gather_packet(Application.objects.select_related("candidate", "role", "plan").get(pk=application.pk))
    record_result(application=application, stage=tested, **SAID | {"verdict": "not_passed"}, by=recruiter)
    after = gather_packet(Application.objects.select_related("candidate", "role", "plan").get(pk=application.pk))
    assert after.composite == before.composite


def test_a_result_never_changes_and_belongs_to_a_test_of_the_plan(application, recruiter, plan, tested):
    result = record_result(application=application, stage=tested, **SAID, by=recruiter)
    said = {"application": application, "by": recruiter, "verdict": "passed"}
    for change in (
        lambda: StageResult.objects.filter(pk=result.pk).update(verdict="not_passed"),
        lambda: StageResult.objects.filter(pk=result.pk).delete(),
        lambda: StageResult.objects.create(stage=plan.stages.first(), **said),
        lambda: StageResult.objects.create(stage=PlanFactory().stages.first(), **said),
        lambda: StageResult.objects.create(stage=tested, points=3, **said),
        lambda: StageResult.objects.create(stage=tested, points=3, out_of=2, **said),
        lambda: StageResult.objects.create(stage=tested, **said | {"verdict": "none"}),
    ):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            change()
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("UPDATE interviews_stageresult SET words = 'Other.' WHERE id = %s", [result.pk])


def test_whoever_has_a_result_keeps_the_plan(application, recruiter, plan, tested):
    record_result(application=application, stage=tested, **SAID, by=recruiter)
    draft = actions.start_plan(role=plan.role, by=recruiter)
    actions.activate_plan(plan=draft, by=recruiter)
    with pytest.raises(Refused, match="A result is recorded"):
        take_plan_in_force(application=application, by=recruiter)
    with pytest.raises(Refused, match="nobody to move"):
        move_applications(plan=draft, by=recruiter)


def test_a_decided_application_takes_no_result(client, application, tested):
    Application.objects.filter(pk=application.pk).update(status="rejected")
    assert client.post(form(application), SAID | {"stage": tested.pk}).status_code == 422


def test_a_test_needs_no_question_and_holds_none_that_is_scored():
    draft = PlanFactory(stages=2)
    draft.stages.create(name="Take-home", kind="take-home", minutes=120, position=3)
    rules = {finding.rule for finding in findings_in(outline_of(draft))}
    assert {"stage-empty", "test-scored"}.isdisjoint(rules)
    draft.stages.filter(name="Stage 2").update(kind="skills-test")
    assert "test-scored" in {finding.rule for finding in findings_in(outline_of(draft)) if finding.blocks}


def test_the_page_costs_the_same_for_one_result_and_for_three(
    client, recruiter, application, plan, tested, django_assert_num_queries
):
    record_result(application=application, stage=tested, **SAID, by=recruiter)
    with CaptureQueriesContext(connection) as one:
        client.get(page(application))
    for _number in range(2):
        record_result(application=application, stage=tested, **SAID, by=recruiter)
    with django_assert_num_queries(len(one)):
        client.get(page(application))
