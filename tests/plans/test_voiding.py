"""A question found bad after it was asked is out of every candidate's totals, for good and with a reason."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Entry
from foundation.lifecycle import Refused
from interviews.actions.scoring import mark_time_up, submit_card
from interviews.models import Score
from plans import actions
from plans.coverage import coverage_of
from plans.models import InterviewPlan, Item
from plans.outline import outline_of
from plans.plan_lint import findings_in
from plans.voided import VoidedItem
from tests.factories import (
    ActivePlanFactory,
    ApplicationFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    ScorecardFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
REASON = "The table on the sheet was wrong."


@pytest.fixture
def plan():
    return ActivePlanFactory()


@pytest.fixture
def item(plan):
    return Item.objects.filter(section__stage__plan=plan, scored=True).first()


@pytest.fixture
def recruiter(plan):
    return MembershipFactory(role=plan.role, recruiter=True, user=UserFactory(name="Rosa Lind")).user


@pytest.fixture
def client(signed_in, recruiter):
    return signed_in(recruiter)


def address(item):
    return reverse("plans:item_void", args=[item.pk])


def fresh(item):
    return Item.objects.select_related("section__stage__plan", "voided__by").get(pk=item.pk)


def test_a_recruiter_voids_a_question_and_the_plan_says_so_with_reason_and_name(client, plan, item, recruiter):
    page = reverse("plans:plan_detail", args=[plan.pk])
    assert f'href="{address(item)}"' in client.get(page).text
    assert "It cannot be undone." in client.get(address(item)).text
    said = client.post(address(item), {"reason": REASON}, follow=True)
    assert said.redirect_chain == [(f"{page}#item-{item.pk}", 302)]
    for words in (REASON, "Rosa Lind", "Voided for every candidate"):
        assert words in said.text
    assert f'href="{address(item)}"' not in said.text
    voided = VoidedItem.objects.get(item=item)
    assert (voided.reason, voided.by) == (REASON, recruiter)
    entry = Entry.objects.get(verb="plan.question_voided")
    assert (entry.actor, entry.subject_id, entry.note) == (recruiter, plan.pk, f"item {item.pk}")


def test_a_reason_is_needed(client, item):
    answer = client.post(address(item), {"reason": " "})
    assert answer.status_code == 422
    assert not VoidedItem.objects.exists()


def test_of_two_who_void_a_question_one_is_told_who_was_first(client, item, recruiter):
    mine, theirs = fresh(item), fresh(item)
    actions.void_item(item=mine, reason=REASON, by=recruiter)
    with pytest.raises(Refused, match="Rosa Lind has voided this question already"):
        actions.void_item(item=theirs, reason="Leaked.", by=UserFactory())
    assert VoidedItem.objects.get().reason == REASON
    assert Entry.objects.filter(verb="plan.question_voided").count() == 1
    answer = client.post(address(item), {"reason": "Leaked before the interviews."})
    assert answer.status_code == 422
    assert "Leaked before the interviews." in answer.text
    assert client.get(address(item)).status_code == 409


def test_a_draft_and_a_warm_up_have_nothing_to_void(client, plan, recruiter):
    draft = PlanFactory(role=plan.role)
    warm_up = Item.objects.filter(section__stage__plan=plan, scored=False).first()
    for item, why in ((draft.stages.first().sections.first().items.last(), "still a draft"), (warm_up, "a warm-up")):
        assert why in client.get(address(item)).text
        with pytest.raises(Refused, match=why):
            actions.void_item(item=fresh(item), reason=REASON, by=recruiter)


def test_a_superseded_plan_can_still_have_a_question_voided(client, plan, item):
    InterviewPlan.objects.filter(pk=plan.pk).update(status="superseded")
    assert client.post(address(item), {"reason": REASON}).status_code == 302
    assert VoidedItem.objects.filter(item=item).exists()


def test_who_decides_on_the_scores_does_not_choose_them(signed_in, plan, item):
    for duty in ("hiring_manager", "decider", "committee"):
        client = signed_in(MembershipFactory(role=plan.role, **{duty: True}).user)
        assert client.post(address(item), {"reason": REASON}).status_code == 404
        assert f'href="{address(item)}"' not in client.get(reverse("plans:plan_detail", args=[plan.pk])).text


def test_a_recruiter_who_also_decides_does_not_choose_them_either(client, plan, item, recruiter):
    assert client.get(address(item)).status_code == 200
    MembershipFactory(role=plan.role, user=recruiter, duty="hiring_manager")
    assert client.get(address(item)).status_code == 404


def test_what_is_voided_stays_voided_with_its_reason(item, recruiter):
    voided = actions.void_item(item=fresh(item), reason=REASON, by=recruiter)
    for statement in (
        "UPDATE plans_voideditem SET reason = 'other' WHERE id = %s",
        "DELETE FROM plans_voideditem WHERE id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [voided.pk])


def test_a_new_draft_is_told_of_a_voided_question_that_came_along(plan, item, recruiter):
    draft = actions.start_plan(role=plan.role, by=recruiter)
    assert "voided-before" not in {finding.rule for finding in findings_in(outline_of(draft))}
    actions.void_item(item=fresh(item), reason=REASON, by=recruiter)
    copy = Item.objects.get(section__stage__plan=draft, version=item.version)
    found = {finding.rule: finding for finding in findings_in(outline_of(draft))}["voided-before"]
    assert "was voided in plan 1" in found.sentence
    assert (found.blocks, found.mend.view, found.mend.key) == (False, "plans:item_remove", copy.pk)
    elsewhere = PlanFactory()
    Item.objects.filter(pk=elsewhere.stages.first().sections.first().items.last().pk).update(version=item.version)
    assert "voided-before" not in {finding.rule for finding in findings_in(outline_of(elsewhere))}


def test_a_card_is_submitted_without_a_score_on_a_voided_question(plan, item, recruiter, signed_in):
    meeting = InterviewFactory(application=ApplicationFactory(plan=plan))
    card = ScorecardFactory(interview=meeting, seat="lead")
    others = card.scores.filter(item__scored=True).exclude(item=item)
    others.update(outcome=Score.Outcome.SCORED, level=4, evidence="Said why.", version=1)
    with pytest.raises(Refused, match="not finished"):
        submit_card(card=card, recommendation="yes", by=card.interviewer)
    actions.void_item(item=fresh(item), reason=REASON, by=recruiter)
    for name in ("interview_score", "interview_review"):
        text = signed_in(card.interviewer).get(reverse(f"interviews:{name}", args=[meeting.pk])).text
        assert "Voided" in text
    assert mark_time_up(card=card, client="6f7a4f3e-6a57-4a1e-9d5e-0f4c8f3f6a11", by=card.interviewer) == 0
    submit_card(card=card, recommendation="yes", by=card.interviewer)
    assert card.scores.get(item=item).outcome == Score.Outcome.PENDING


def test_the_printed_kit_says_not_to_ask_it(client, plan, item, recruiter):
    kit = reverse("plans:stage_kit", args=[item.section.stage_id])
    assert "do not ask it" not in client.get(kit).text
    actions.void_item(item=fresh(item), reason=REASON, by=recruiter)
    assert client.get(kit).text.count("do not ask it") == 1


def test_the_coverage_of_the_plan_leaves_it_out(plan, item, recruiter):
    before = coverage_of(outline_of(plan)).total.questions
    actions.void_item(item=fresh(item), reason=REASON, by=recruiter)
    assert coverage_of(outline_of(plan)).total.questions == before - 1
