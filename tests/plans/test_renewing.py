"""One press for the newest version in every draft, and what it leaves alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Entry
from foundation.lifecycle import Refused
from plans.actions import renew_in_drafts, start_plan
from plans.models import Item
from questions.models import Enemy, Question
from questions.retiring import retire_question
from tests.factories import MembershipFactory, PlanFactory, UserFactory, VersionFactory
from tests.factories.plans import put_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(recruiter=True)


def mine(by):
    """A plan of a role that `by` recruits for."""
    plan = PlanFactory()
    MembershipFactory(role=plan.role, user=by, duty="recruiter")
    return plan


def places(plan, version):
    """Let the scored item of the plan's first section place `version`."""
    section = plan.stages.get().sections.first()
    Question.objects.filter(pk=version.question_id).update(competency=section.competency)
    return Item.objects.filter(section=section, scored=True).update(version=version)


def placed(plan):
    return plan.stages.get().sections.first().items.get(scored=True).version


@pytest.fixture
def versions():
    """The first version of a question, before it is published anew; and how to do that."""
    first = VersionFactory()
    return first, lambda: VersionFactory(question=Question.objects.get(pk=first.question_id), number=2)


def merge(gone, stays):
    Question.objects.filter(pk=gone.question_id).update(merged_into=stays.question_id, retired_at=timezone.now())


def test_every_draft_of_mine_moves_and_the_others_are_counted(by, versions):
    first, publish = versions
    drafts = [mine(by)]
    places(drafts[0], first)
    competency = placed(drafts[0]).question.competency
    for plan in (mine(by), PlanFactory()):
        section = plan.stages.get().sections.first()
        type(section).objects.filter(pk=section.pk).update(competency=competency)
        Item.objects.filter(section=section, scored=True).update(version=first)
        drafts.append(plan)
    second = publish()
    renewal = renew_in_drafts(question=second.question, by=by)
    assert renewal.moved == drafts[:2]
    assert (renewal.left, renewal.elsewhere, renewal.in_force, renewal.number) == ([], 1, 0, 2)
    assert [placed(plan) for plan in drafts] == [second, second, first]
    assert Entry.objects.filter(verb="plan.item_renewed", actor=by).count() == 2
    with pytest.raises(Refused, match="No draft of yours"):
        renew_in_drafts(question=second.question, by=by)


def test_a_plan_in_force_keeps_its_version(by, signed_in, versions):
    first, publish = versions
    plan = mine(by)
    places(plan, first)
    put_in_force(plan)
    second = publish()
    with pytest.raises(Refused, match="No draft of yours"):
        renew_in_drafts(question=second.question, by=by)
    assert placed(plan) == first
    draft = start_plan(role=plan.role, by=by)
    shown = signed_in(by).post(f"/questions/{second.question.slug}/renew/", follow=True).text
    assert f"1 draft now takes version 2: {draft}." in shown
    assert "1 plan in force keeps the version it has" in shown
    assert (placed(plan), placed(draft)) == (first, second)


def test_a_merged_question_gives_way_to_the_one_it_was_merged_into(by):
    plan, gone, stays = mine(by), VersionFactory(), VersionFactory()
    places(plan, gone)
    Question.objects.filter(pk=stays.question_id).update(competency=placed(plan).question.competency)
    merge(gone, stays)
    assert renew_in_drafts(question=stays.question, by=by).moved == [plan]
    assert placed(plan) == stays


@pytest.mark.parametrize(
    ("obstacle", "sentence"),
    [("both", "stands in this plan already"), ("enemy", "gives this one away"), ("competency", "only be a warm-up")],
)
def test_a_draft_in_which_it_cannot_be_is_left_with_the_reason(by, signed_in, obstacle, sentence):
    plan, gone, stays = mine(by), VersionFactory(), VersionFactory()
    places(plan, gone)
    other = plan.stages.get().sections.last().items.get(scored=True)
    if obstacle != "competency":
        Question.objects.filter(pk=stays.question_id).update(competency=placed(plan).question.competency)
    if obstacle == "both":
        Item.objects.filter(pk=other.pk).update(version=stays)
    if obstacle == "enemy":
        first, second = sorted([other.version.question_id, stays.question_id])
        Enemy.objects.create(first_id=first, second_id=second)
    merge(gone, stays)
    stays.question.refresh_from_db()
    [(left, reason)] = renew_in_drafts(question=stays.question, by=by).left
    assert left == plan
    assert sentence in reason
    assert placed(plan) == gone
    shown = signed_in(by).post(f"/questions/{stays.question.slug}/renew/", follow=True).text
    assert "was left alone" in shown


def test_a_retired_question_moves_nowhere(by, versions):
    first, _publish = versions
    retire_question(question=first.question, reason="Leaked.", by=by)
    with pytest.raises(Refused, match="not in the bank"):
        renew_in_drafts(question=first.question, by=by)


def test_the_button_counts_the_drafts_and_only_who_plans_sees_it(by, signed_in, versions):
    first, publish = versions
    plan = mine(by)
    places(plan, first)
    path = f"/questions/{first.question.slug}/used/"
    assert "Move 1 draft" not in signed_in(by).get(path).text
    publish()
    assert "Move 1 draft to version 2" in signed_in(by).get(path).text
    assert "Move 1 draft" not in signed_in(MembershipFactory(role=plan.role).user).get(path).text


def test_where_a_question_is_used_takes_as_many_statements_for_three_as_for_one(
    by, signed_in, versions, django_assert_num_queries
):
    first, publish = versions
    places(mine(by), first)
    publish()
    client, path = signed_in(by), f"/questions/{first.question.slug}/used/"
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for _ in range(2):
        plan, gone = mine(by), VersionFactory()
        places(plan, gone)
        merge(gone, first)
    with django_assert_num_queries(len(one)):
        shown = client.get(path).text
    assert f"as “{gone.title}”" in shown
