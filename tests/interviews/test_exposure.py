"""For which roles a question was asked: what the counts of the bank say, told apart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from interviews.actions.scoring import submit_card
from interviews.exposure import exposure_of
from interviews.models import Scorecard
from questions.models import Question
from questions.reading import asked_of
from tests.factories import (
    ActivePlanFactory,
    ApplicationFactory,
    InterviewFactory,
    MembershipFactory,
    ScorecardFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def held(plan, seats=1, submitted=True):
    """An interview at the plan's stage at which everything was asked."""
    meeting = InterviewFactory(application=ApplicationFactory(plan=plan))
    cards = [ScorecardFactory(interview=meeting) for _ in range(seats)]
    for card in cards:
        card.scores.filter(item__scored=True).update(outcome="scored", level=4, evidence="Said why.", version=1)
    for card in cards if submitted else []:
        submit_card(card=Scorecard.objects.get(pk=card.pk), recommendation="yes", by=card.interviewer)
    return meeting


def question_of(plan) -> Question:
    return plan.stages.get().sections.first().items.get(scored=True).version.question


def told(question, user: User):
    exposure = exposure_of(question, user)
    return {asked.role: asked.times for asked in exposure.roles}, exposure.elsewhere


def test_roles_of_the_reader_are_named_and_all_others_counted_together():
    plan = ActivePlanFactory()
    question, member = question_of(plan), MembershipFactory(role=plan.role).user
    assert told(question, member) == ({}, 0)
    held(plan, seats=2)
    held(plan)
    assert told(question, member) == ({plan.role.title: 2}, 0)
    assert told(question, UserFactory()) == ({}, 2)
    assert asked_of(question).times == 2
    latest = exposure_of(question, member).roles[0].last_at
    assert latest == asked_of(question).last_at


def test_nothing_is_told_while_anybody_is_blind():
    plan = ActivePlanFactory()
    held(plan, seats=2, submitted=False)
    card = Scorecard.objects.first()
    submit_card(card=card, recommendation="yes", by=card.interviewer)
    assert told(question_of(plan), MembershipFactory(role=plan.role).user) == ({}, 0)


def test_what_was_merged_into_a_question_counts_with_it():
    plan, other = ActivePlanFactory(), ActivePlanFactory()
    stays, gone = question_of(plan), question_of(other)
    held(plan)
    held(other)
    Question.objects.filter(pk=gone.pk).update(merged_into=stays, retired_at="2026-01-01T00:00Z")
    member = MembershipFactory(role=other.role).user
    assert told(stays, member) == ({other.role.title: 1}, 1)
    assert asked_of(stays).times == 2
    assert told(gone, member) == ({other.role.title: 1}, 0)


def test_the_page_names_roles_in_as_many_statements_for_three_as_for_one(signed_in, django_assert_num_queries):
    plans = [ActivePlanFactory() for _ in range(3)]
    person, question = MembershipFactory(role=plans[0].role).user, question_of(plans[0])
    client, path = signed_in(person), f"/questions/{question.slug}/asked/"
    held(plans[0])
    with CaptureQueriesContext(connection) as one:
        shown = client.get(path).text
    assert plans[0].role.title in shown
    for plan in plans[1:]:
        MembershipFactory(role=plan.role, user=person)
        held(plan)
        Question.objects.filter(pk=question_of(plan).pk).update(merged_into=question, retired_at="2026-01-01T00:00Z")
    with django_assert_num_queries(len(one)):
        shown = client.get(path).text
    assert all(plan.role.title in shown for plan in plans)
    part = client.get(path, headers={"HX-Request": "true"}).text
    assert part.startswith('<div id="exposure-')
