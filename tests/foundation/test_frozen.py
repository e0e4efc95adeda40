"""What the database itself refuses, tried past every layer of ours, in raw SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from foundation import clock, frozen
from foundation.frozen import ERASED
from interviews.models import Candidate, Score, ScoreEdit
from plans.models import InterviewPlan, Item, Stage
from questions.models import Anchor, QuestionVersion
from tests.factories import (
    ActivePlanFactory,
    ApplicationFactory,
    DraftFactory,
    InterviewFactory,
    PlanFactory,
    ScorecardFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


def refused(statement, *values):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def allowed(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_published_version_never_changes_goes_or_returns_to_draft():
    version = VersionFactory()
    refused("UPDATE questions_questionversion SET prompt = 'Other' WHERE id = %s", version.pk)
    refused("UPDATE questions_questionversion SET published_at = NULL WHERE id = %s", version.pk)
    refused(
        "UPDATE questions_questionversion SET reviewer_id = %s WHERE id = %s",
        None if version.reviewer_id else version.pk,
        version.pk,
    )
    refused("DELETE FROM questions_questionversion WHERE id = %s", version.pk)


def test_a_draft_may_still_change_and_go():
    draft = DraftFactory()
    allowed("UPDATE questions_questionversion SET prompt = 'Other' WHERE id = %s", draft.pk)
    draft.delete()
    assert not QuestionVersion.objects.filter(pk=draft.pk).exists()


def test_the_rubric_of_a_published_version_takes_no_part_and_loses_none():
    version, draft = VersionFactory(), DraftFactory()
    anchor = version.anchors.first()
    refused("UPDATE questions_anchor SET behaviour = 'Other' WHERE id = %s", anchor.pk)
    refused("DELETE FROM questions_anchor WHERE id = %s", anchor.pk)
    refused("INSERT INTO questions_probe (version_id, position, text) VALUES (%s, 9, 'More?')", version.pk)
    draft.anchors.filter(level=anchor.level).delete()
    refused("UPDATE questions_anchor SET version_id = %s WHERE id = %s", draft.pk, anchor.pk)
    own = draft.anchors.first()
    Anchor.objects.filter(pk=own.pk).update(behaviour="Still open")
    refused("UPDATE questions_anchor SET version_id = %s, level = 3 WHERE id = %s", version.pk, own.pk)


def test_a_plan_in_force_changes_only_to_superseded():
    plan = ActivePlanFactory()
    refused("UPDATE plans_interviewplan SET status = 'draft', activated_at = NULL WHERE id = %s", plan.pk)
    refused("UPDATE plans_interviewplan SET number = 9 WHERE id = %s", plan.pk)
    refused("DELETE FROM plans_interviewplan WHERE id = %s", plan.pk)
    allowed("UPDATE plans_interviewplan SET status = 'superseded' WHERE id = %s", plan.pk)
    refused("UPDATE plans_interviewplan SET status = 'active' WHERE id = %s", plan.pk)


@pytest.mark.parametrize("table", ["plans_stage", "plans_section", "plans_item", "plans_plancompetency"])
def test_no_part_of_a_plan_in_force_goes(table):
    plan = ActivePlanFactory()
    stage = plan.stages.first()
    row = {
        "plans_stage": stage,
        "plans_section": stage.sections.first(),
        "plans_item": Item.objects.filter(section__stage=stage).first(),
        "plans_plancompetency": plan.competencies.first(),
    }[table]
    refused(f"DELETE FROM {table} WHERE id = %s", row.pk)


def test_a_plan_in_force_takes_no_new_part():
    plan, draft = ActivePlanFactory(), PlanFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Stage.objects.create(plan=plan, name="One more", position=7)
    refused("UPDATE plans_stage SET plan_id = %s, position = 7 WHERE plan_id = %s", plan.pk, draft.pk)


def test_a_sealed_card_and_its_scores_never_change():
    card = ScorecardFactory(submitted=True)
    score = card.scores.filter(outcome="scored").first()
    refused("UPDATE interviews_score SET level = 1 WHERE id = %s", score.pk)
    refused("UPDATE interviews_score SET evidence = 'Other' WHERE id = %s", score.pk)
    refused("DELETE FROM interviews_score WHERE id = %s", score.pk)
    refused("UPDATE interviews_scorecard SET recommendation = 'no' WHERE id = %s", card.pk)
    refused("UPDATE interviews_scorecard SET status = 'open', submitted_at = NULL WHERE id = %s", card.pk)
    refused("DELETE FROM interviews_scorecard WHERE id = %s", card.pk)


def test_what_is_personal_in_a_sealed_card_goes_once_and_only_with_its_candidate():
    card = ScorecardFactory(submitted=True)
    score = card.scores.filter(outcome="scored").first()
    refused("UPDATE interviews_score SET evidence = %s WHERE id = %s", ERASED, score.pk)
    Candidate.objects.filter(pk=card.interview.application.candidate_id).update(
        erased_at=clock.now(), name=ERASED, email=""
    )
    refused("UPDATE interviews_score SET evidence = 'Something else' WHERE id = %s", score.pk)
    allowed("UPDATE interviews_score SET evidence = %s WHERE id = %s", ERASED, score.pk)
    refused("UPDATE interviews_score SET evidence = 'Back again' WHERE id = %s", score.pk)
    refused("UPDATE interviews_score SET evidence = %s, level = 1 WHERE id = %s", ERASED, score.pk)
    assert Score.objects.get(pk=score.pk).level == 4


def test_a_score_belongs_to_the_stage_of_its_interview():
    card, elsewhere = ScorecardFactory(), ActivePlanFactory()
    item = Item.objects.filter(section__stage__plan=elsewhere).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(scorecard=card, item=item)


def test_an_interview_belongs_to_the_plan_of_its_application():
    application, elsewhere = ApplicationFactory(), ActivePlanFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        InterviewFactory(application=application, stage=elsewhere.stages.first())


def test_an_application_keeps_the_plan_its_interviews_used():
    interview = InterviewFactory()
    other = PlanFactory(role=interview.application.role)
    refused("UPDATE interviews_application SET plan_id = %s WHERE id = %s", other.pk, interview.application_id)


def test_the_history_of_a_score_is_only_added_to():
    card = ScorecardFactory()
    edit = ScoreEdit.objects.create(
        score=card.scores.first(),
        operation="1f0c6f3e-0000-4000-8000-000000000001",
        client="1f0c6f3e-0000-4000-8000-000000000002",
        sequence=1,
        expected_version=0,
        resulting_version=1,
        applied=True,
        status=200,
        fields="{}",
        reply="{}",
    )
    refused("UPDATE interviews_scoreedit SET fields = 'x' WHERE id = %s", edit.pk)
    refused("DELETE FROM interviews_scoreedit WHERE id = %s", edit.pk)


def test_a_limit_on_text_holds_in_raw_sql():
    candidate = ApplicationFactory().candidate
    with pytest.raises(Exception, match=r"(?i)check|too long"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE interviews_candidate SET name = %s WHERE id = %s", ["x" * 81, candidate.pk])


def test_a_missing_trigger_is_found_and_put_back():
    assert frozen.check_standing(databases=["default"]) == []
    frozen.drop(connection, next(iter(frozen.standing(connection))))
    assert [problem.id for problem in frozen.check_standing(databases=["default"])] == ["kit.E001"]
    frozen.put_back(connection)
    assert frozen.check_standing(databases=["default"]) == []


def test_two_tabs_cannot_both_move_a_plan():
    from foundation.lifecycle import MoveRefused
    from plans.lifecycles import PLAN

    draft = PlanFactory()
    other_tab = InterviewPlan.objects.get(pk=draft.pk)
    PLAN.move(draft, "active", activated_at=clock.now())
    with pytest.raises(MoveRefused):
        PLAN.move(other_tab, "active", activated_at=clock.now())
