"""What is wrong with a plan, each finding with its place and its way to mend it."""

from datetime import timedelta
from hashlib import sha256

import pytest

from foundation import clock
from plans.models import InterviewPlan, Item, Stage
from plans.outline import outline_of
from plans.plan_lint import findings_in
from questions.models import Enemy, Question
from tests.factories import CompetencyFactory, DraftFactory, MembershipFactory, PlanFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """Two stages, four competencies, prompts with nothing in common: only what a test adds is found."""
    plan = PlanFactory(stages=2)
    for item in Item.objects.filter(section__stage__plan=plan):
        Item.objects.filter(pk=item.pk).update(version=_asks(item, f"{item.pk}"))
    for section in plan.stages.first().sections.all():
        competency = CompetencyFactory()
        plan.competencies.create(competency=competency)
        added = section.stage.sections.create(competency=competency, position=section.position + 10)
        added.items.create(
            version=VersionFactory(question__competency=competency, prompt=_words(f"section {added.pk}")),
            minutes=3,
            position=1,
        )
    warm = plan.stages.last().sections.first().items.first()
    assert not warm.scored
    return plan


def _words(number):
    """A prompt that has nothing in common with the one of another number."""
    letters = sha256(str(number).encode()).hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))
    return " ".join(letters[start : start + 8] for start in range(0, 48, 8))


def _asks(item, text):
    return VersionFactory(question__competency=item.version.question.competency, prompt=_words(item.pk))


def rules(plan):
    return {finding.rule: finding for finding in findings_in(outline_of(plan))}


def items_of(plan):
    return Item.objects.filter(section__stage__plan=plan).order_by(
        "section__stage__position", "section__position", "position"
    )


def test_a_sound_plan_has_no_finding(draft):
    assert rules(draft) == {}


def test_a_plan_without_stages_says_so_and_nothing_else():
    plan = PlanFactory()
    plan.stages.all().delete()
    assert rules(plan).keys() == {"no-stage"}


def test_a_competency_without_question_leads_to_questions_for_it(draft):
    missing = draft.competencies.create(competency=CompetencyFactory(name="Responsible AI")).competency
    found = rules(draft)["competency-uncovered"]
    assert "Responsible AI has no question yet" in found.sentence
    assert (found.where, found.blocks) == ("coverage", False)
    assert f"competency={missing.pk}" in found.mend.query


def test_a_question_that_stands_twice_can_be_removed(draft):
    first = items_of(draft).first()
    again = Item.objects.create(section=first.section, version=first.version, minutes=3, scored=False, position=9)
    found = rules(draft)["question-twice"]
    assert (found.mend.view, found.mend.key) == ("plans:item_remove", again.pk)


def test_minutes_over_the_slot_are_named(draft):
    Stage.objects.filter(pk=draft.stages.first().pk).update(minutes=20)
    assert "minutes more than its slot leaves" in rules(draft)["minutes-over"].sentence


def test_what_counts_more_than_the_rest_takes_two_interviewers(draft):
    only_once = draft.competencies.last()
    draft.competencies.filter(pk=only_once.pk).update(weight=2, reason="Daily work")
    found = rules(draft)["must-have-one-interviewer"]
    assert f"into=stage-{draft.stages.last().pk}" in found.mend.query
    Stage.objects.filter(pk=draft.stages.first().pk).update(interviewers=2)
    assert "must-have-one-interviewer" not in rules(draft)


@pytest.mark.parametrize(("each", "is_found"), [(1, False), (2, False), (3, True)])
def test_more_than_five_interviewers_add_next_to_nothing(draft, each, is_found):
    draft.stages.update(interviewers=each)
    assert ("interviewers-number" in rules(draft)) == is_found


def test_one_interviewer_is_too_few(draft):
    draft.stages.last().delete()
    assert "A single interviewer" in rules(draft)["interviewers-number"].sentence


def test_a_take_home_needs_neither_warm_up_nor_interviewer(draft):
    test = draft.stages.create(name="Take-home", kind="take-home", minutes=120, interviewers=9, position=9)
    section = test.sections.create(competency=draft.competencies.first().competency, position=1)
    section.items.create(
        version=VersionFactory(question__competency=section.competency, prompt=_words(999)),
        minutes=9,
        scored=False,
        position=1,
    )
    assert rules(draft) == {}


def test_a_question_beside_the_one_it_was_merged_into_is_asked_twice(draft):
    stays, merged = items_of(draft)[1:3]
    Question.objects.filter(pk=merged.version.question_id).update(
        retired_at=clock.now(), merged_into=stays.version.question
    )
    assert set(rules(draft)) == {"question-retired", "question-twice"}


def test_versions_that_cannot_or_should_not_be_asked_are_named(draft):
    unpublished, retired, resting, outdated = items_of(draft)[1:5]
    Item.objects.filter(pk=unpublished.pk).update(
        version=DraftFactory(question__competency=unpublished.version.question.competency, prompt=_words(501))
    )
    Question.objects.filter(pk=retired.version.question_id).update(retired_at=clock.now())
    Question.objects.filter(pk=resting.version.question_id).update(rest_until=(clock.now() + timedelta(days=9)).date())
    VersionFactory(question=outdated.version.question, number=2)
    found = rules(draft)
    assert found.keys() == {"version-unpublished", "question-retired", "question-rests", "version-outdated"}
    assert found["version-unpublished"].blocks
    assert found["version-outdated"].mend.view == "plans:item_renew"
    Question.objects.update(rest_until=(clock.now() - timedelta(days=1)).date())
    assert "question-rests" not in rules(draft)


def test_near_duplicates_and_questions_that_give_each_other_away_are_named(draft):
    one, other, third = items_of(draft)[1:4]
    prompt = "How would you decide which of two screening models goes live this month?"
    for item, said in ((one, prompt), (other, f"{prompt} And why?")):
        version = VersionFactory(question__competency=item.version.question.competency, prompt=said)
        Item.objects.filter(pk=item.pk).update(version=version)
    first, second = sorted([one.version.question_id, third.version.question_id])
    assert rules(draft).keys() == {"near-duplicates"}
    one.refresh_from_db()
    first, second = sorted([one.version.question_id, third.version.question_id])
    Enemy.objects.create(first_id=first, second_id=second)
    assert rules(draft).keys() == {"near-duplicates", "gives-away"}


def test_an_interview_without_warm_up_leads_to_easy_questions(draft):
    items_of(draft).filter(section__stage=draft.stages.last(), scored=False).delete()
    assert "level=beginner" in rules(draft)["no-warm-up"].mend.query


def test_a_placeholder_that_nobody_filled_blocks(draft):
    item = items_of(draft).last()
    version = VersionFactory(
        question__competency=item.version.question.competency, prompt=_words(77), placeholders={"product": ""}
    )
    Item.objects.filter(pk=item.pk).update(version=version)
    assert rules(draft)["placeholder-unfilled"].blocks
    InterviewPlan.objects.filter(pk=draft.pk).update(placeholder_values={"product": "maps"})
    draft.refresh_from_db()
    assert rules(draft) == {}


@pytest.mark.parametrize("number", [3, 9])
def test_four_to_eight_competencies_are_judged(draft, number):
    kept = draft.competencies.order_by("pk")[:number]
    draft.competencies.exclude(pk__in=[row.pk for row in kept]).delete()
    for _more in range(number - draft.competencies.count()):
        draft.competencies.create(competency=CompetencyFactory())
    assert f"judges {number} competencies" in rules(draft)["competencies-number"].sentence


def test_findings_cost_the_same_however_many_questions_there_are(draft, queries_of, django_assert_num_queries):
    outline, larger = outline_of(PlanFactory(stages=1)), outline_of(draft)
    with django_assert_num_queries(queries_of(lambda: findings_in(outline))):
        findings_in(larger)


def test_a_finding_is_mended_with_one_press_on_the_page(draft, signed_in):
    client = signed_in(MembershipFactory(role=draft.role, recruiter=True).user)
    item = items_of(draft).last()
    newer = VersionFactory(question=item.version.question, number=2)
    page = client.get(f"/plans/{draft.pk}/").text
    assert f'formaction="/items/{item.pk}/renew/"' in page
    client.post(f"/items/{item.pk}/renew/")
    item.refresh_from_db()
    assert item.version == newer
