"""Plans: begun as a copy, built, put in force, and from then on unchangeable."""

import pytest

from accounts.models import Entry
from foundation import clock
from foundation.lifecycle import MoveRefused, Refused
from plans import actions, policies
from plans.board import board_of
from plans.models import InterviewPlan, Item, Section, Stage
from plans.outline import outline_of
from plans.readiness import cautions, obstacles
from questions.models import Enemy, Question
from tests.factories import (
    ActivePlanFactory,
    CompetencyFactory,
    DraftFactory,
    MembershipFactory,
    PlanFactory,
    RoleFactory,
    UserFactory,
    VersionFactory,
)
from tests.factories.questions import QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(recruiter=True)


@pytest.fixture
def draft():
    return PlanFactory(stages=2)


def section_of(plan):
    return Section.objects.filter(stage__plan=plan).first()


def item_of(plan, **which):
    return Item.objects.filter(section__stage__plan=plan, **which).first()


def version_for(section, **fields):
    return VersionFactory(question=QuestionFactory(competency=section.competency), **fields)


def shape(plan):
    """What a plan asks, without the ids of its rows."""
    return [
        (stage.name, stage.kind, stage.minutes, stage.opening, stage.closing, stage.position, section.competency_id, section.position,
         item.version_id, item.minutes, item.scored, item.position)
        for stage in plan.stages.all() for section in stage.sections.all() for item in section.items.all()
    ]  # fmt: skip


def test_a_new_draft_copies_the_plan_in_force_and_its_weights(by):
    plan = ActivePlanFactory(stages=2, placeholder_values={"product": "maps"})
    draft = actions.start_plan(role=plan.role, by=by)
    assert draft.number == plan.number + 1
    assert draft.placeholder_values == {"product": "maps"}
    assert shape(draft) == shape(plan)
    assert list(draft.competencies.values_list("competency", "weight")) == list(
        plan.competencies.values_list("competency", "weight")
    )


def test_the_first_draft_starts_from_the_competencies_of_its_role(by):
    role, competency = RoleFactory(), CompetencyFactory()
    actions.weigh_competency(role=role, competency=competency, weight=2, reason="Daily work", by=by)
    draft = actions.start_plan(role=role, by=by)
    assert draft.number == 1
    assert draft.competencies.get().weight == 2
    assert draft.competencies.get().reason == "Daily work"


def test_a_role_has_one_draft_at_a_time(by, draft):
    with pytest.raises(Refused, match="a draft already"):
        actions.start_plan(role=draft.role, by=by)
    assert InterviewPlan.objects.count() == 1


def test_putting_a_plan_in_force_supersedes_the_one_before(by):
    former = ActivePlanFactory()
    draft = actions.start_plan(role=former.role, by=by)
    actions.activate_plan(plan=draft, by=by)
    former.refresh_from_db()
    assert (draft.status, former.status) == ("active", "superseded")
    assert {"plan.activated", "plan.superseded"} <= set(Entry.objects.values_list("verb", flat=True))


def test_two_tabs_put_a_plan_in_force_once(by, draft):
    other_tab = InterviewPlan.objects.get(pk=draft.pk)
    actions.activate_plan(plan=draft, by=by)
    with pytest.raises(Refused):
        actions.activate_plan(plan=other_tab, by=by)
    assert Entry.objects.filter(verb="plan.activated").count() == 1


@pytest.mark.parametrize("lack", ["stage", "scored", "published", "placeholder", "competency"])
def test_a_plan_that_cannot_be_asked_is_not_put_in_force(by, draft, lack):
    item = item_of(draft, scored=True)
    if lack == "stage":
        draft.stages.all().delete()
    elif lack == "scored":
        Item.objects.filter(section__stage=draft.stages.first()).update(scored=False)
    elif lack == "published":
        Item.objects.filter(pk=item.pk).update(
            version=DraftFactory(question=QuestionFactory(competency=item.section.competency))
        )
    elif lack == "placeholder":
        Item.objects.filter(pk=item.pk).update(version=version_for(item.section, placeholders={"product": ""}))
    else:
        Item.objects.filter(pk=item.pk).update(version=VersionFactory())
    with pytest.raises(Refused):
        actions.activate_plan(plan=draft, by=by)
    draft.refresh_from_db()
    assert draft.is_draft
    assert len(obstacles(outline_of(draft))) == 1


def test_a_placeholder_is_filled_by_the_plan_or_by_the_default_of_the_question(by, draft):
    section = section_of(draft)
    actions.add_item(
        section=section, version=version_for(section, placeholders={"product": ""}), minutes=5, scored=True, by=by
    )
    actions.add_item(
        section=section, version=version_for(section, placeholders={"city": "Oslo"}), minutes=5, scored=True, by=by
    )
    assert board_of(draft).unfilled == ("product",)
    actions.fill_in_placeholders(plan=draft, values={"product": "maps", "city": ""}, by=by)
    draft.refresh_from_db()
    assert board_of(draft).unfilled == ()
    assert board_of(draft).placeholders == (("product", "maps"), ("city", "Oslo"))
    actions.activate_plan(plan=draft, by=by)


def test_what_is_worth_a_second_look_is_said_and_does_not_refuse(by, draft):
    actions.weigh_plan_competency(
        plan=draft, competency=CompetencyFactory(name="Responsible AI"), weight=1, reason="", by=by
    )
    Stage.objects.filter(pk=draft.stages.first().pk).update(minutes=20)
    item = item_of(draft, scored=True)
    VersionFactory(question=item.version.question, number=2)
    other = Item.objects.filter(section__stage__plan=draft).exclude(pk=item.pk).last()
    Question.objects.filter(pk=other.version.question_id).update(retired_at=clock.now())
    said = " ".join(cautions(outline_of(draft)))
    assert "Responsible AI has no question yet" in said
    assert "10 minutes more than its slot leaves" in said
    assert "version 2 exists" in said
    assert "retired" in said
    actions.activate_plan(plan=draft, by=by)


def test_no_action_changes_a_plan_in_force(by):
    plan = ActivePlanFactory(stages=2)
    before = shape(plan)
    stage, section, item = plan.stages.first(), section_of(plan), item_of(plan)
    text = {"name": "Other", "kind": "interview", "minutes": 45, "opening": "", "closing": ""}
    tried = [
        lambda: actions.add_stage(plan=plan, by=by, **text),
        lambda: actions.change_stage(stage=stage, by=by, **text),
        lambda: actions.remove_stage(stage=stage, by=by),
        lambda: actions.move_stage(stage=stage, to="down", by=by),
        lambda: actions.add_section(stage=stage, competency=CompetencyFactory(), by=by),
        lambda: actions.remove_section(section=section, by=by),
        lambda: actions.move_section(section=section, to="down", by=by),
        lambda: actions.add_item(section=section, version=version_for(section), minutes=5, scored=True, by=by),
        lambda: actions.change_item(item=item, minutes=1, scored=False, by=by),
        lambda: actions.renew_item(item=item, by=by),
        lambda: actions.remove_item(item=item, by=by),
        lambda: actions.move_item(item=item, to="down", by=by),
        lambda: actions.weigh_plan_competency(plan=plan, competency=section.competency, weight=2, reason="x", by=by),
        lambda: actions.drop_plan_competency(plan=plan, competency=section.competency, by=by),
        lambda: actions.fill_in_placeholders(plan=plan, values={"a": "b"}, by=by),
        lambda: actions.discard_plan(plan=plan, by=by),
    ]
    for act in tried:
        with pytest.raises(Refused, match="in force or was"):
            act()
    assert shape(plan) == before


def test_a_draft_is_thrown_away_whole_and_its_number_is_free(by):
    plan = ActivePlanFactory()
    draft = actions.start_plan(role=plan.role, by=by)
    actions.discard_plan(plan=InterviewPlan.objects.get(pk=draft.pk), by=by)
    with pytest.raises(Refused, match="thrown away"):
        actions.add_stage(plan=draft, name="A", kind="interview", minutes=45, opening="", closing="", by=by)
    assert actions.start_plan(role=plan.role, by=by).number == draft.number


def test_stages_sections_and_items_move_and_stay_numbered_without_gaps(by, draft):
    first, second = draft.stages.all()
    actions.move_stage(stage=second, to="up", by=by)
    assert list(draft.stages.values_list("pk", "position")) == [(second.pk, 1), (first.pk, 2)]
    actions.move_stage(stage=second, to="up", by=by)
    assert draft.stages.first() == second
    one, two = first.sections.all()
    actions.move_section(section=one, to="down", by=by)
    assert [section.pk for section in first.sections.all()] == [two.pk, one.pk]
    warm_up, scored = one.items.all()
    actions.move_item(item=scored, to="up", by=by)
    assert list(one.items.values_list("pk", "position")) == [(scored.pk, 1), (warm_up.pk, 2)]


def test_after_a_removal_the_next_one_still_finds_a_place(by, draft):
    section = section_of(draft)
    actions.remove_item(item=section.items.first(), by=by)
    added = actions.add_item(section=section, version=version_for(section), minutes=5, scored=True, by=by)
    assert section.items.last() == added


def test_a_question_stands_in_a_plan_once_in_whatever_version(by, draft):
    item = item_of(draft, scored=True)
    newer = VersionFactory(question=item.version.question, number=2)
    with pytest.raises(Refused, match="already"):
        actions.add_item(section=item.section, version=newer, minutes=5, scored=True, by=by)


def test_a_question_that_another_gives_away_is_refused(by, draft):
    item = item_of(draft, scored=True)
    version = version_for(item.section)
    first, second = sorted([item.version.question_id, version.question_id])
    Enemy.objects.create(first_id=first, second_id=second)
    with pytest.raises(Refused, match="gives this one away"):
        actions.add_item(section=item.section, version=version, minutes=5, scored=True, by=by)


def test_a_scored_question_measures_the_competency_of_its_section(by, draft):
    section = section_of(draft)
    elsewhere = VersionFactory()
    with pytest.raises(Refused) as refusal:
        actions.add_item(section=section, version=elsewhere, minutes=5, scored=True, by=by)
    assert refusal.value.field == "scored"
    item = actions.add_item(section=section, version=elsewhere, minutes=5, scored=False, by=by)
    with pytest.raises(Refused):
        actions.change_item(item=item, minutes=5, scored=True, by=by)


@pytest.mark.parametrize("which", ["draft", "retired"])
def test_only_published_questions_that_are_not_retired_are_placed(by, draft, which):
    section = section_of(draft)
    question = QuestionFactory(competency=section.competency, retired_at=clock.now() if which == "retired" else None)
    version = DraftFactory(question=question) if which == "draft" else VersionFactory(question=question)
    with pytest.raises(Refused, match="published"):
        actions.add_item(section=section, version=version, minutes=5, scored=True, by=by)


def test_a_newer_version_is_offered_and_taken(by, draft):
    item = item_of(draft, scored=True)
    newer = VersionFactory(question=item.version.question, number=2)
    DraftFactory(question=item.version.question, number=3)
    actions.renew_item(item=item, by=by)
    item.refresh_from_db()
    assert item.version == newer


def test_a_new_section_takes_its_competency_up_in_the_weights(by, draft):
    competency = CompetencyFactory()
    stage = draft.stages.first()
    actions.add_section(stage=stage, competency=competency, by=by)
    assert draft.competencies.get(competency=competency).weight == 1
    with pytest.raises(Refused) as refusal:
        actions.add_section(stage=stage, competency=competency, by=by)
    assert refusal.value.field == "competency"


def test_a_competency_that_a_section_measures_keeps_its_weight(by, draft):
    with pytest.raises(Refused, match="section"):
        actions.drop_plan_competency(plan=draft, competency=section_of(draft).competency, by=by)
    loose = CompetencyFactory()
    actions.weigh_plan_competency(plan=draft, competency=loose, weight=1, reason="", by=by)
    actions.drop_plan_competency(plan=draft, competency=loose, by=by)
    assert not draft.competencies.filter(competency=loose).exists()


def test_two_stages_of_a_plan_have_two_names(by, draft):
    text = {"kind": "interview", "minutes": 45, "opening": "", "closing": "", "by": by}
    with pytest.raises(Refused) as refusal:
        actions.add_stage(plan=draft, name="STAGE 1", **text)
    assert refusal.value.field == "name"
    actions.change_stage(stage=draft.stages.first(), name="Stage 1", **text)
    with pytest.raises(Refused):
        actions.change_stage(stage=draft.stages.last(), name="Stage 1", **text)


def test_what_was_removed_in_another_tab_is_said(by, draft):
    MembershipFactory(role=draft.role, user=by, duty="recruiter")
    stage = policies.stages_built_by(by).get(position=1)
    section = policies.sections_built_by(by).get(stage=stage, position=1)
    item = policies.items_built_by(by).filter(section=section).first()
    actions.remove_stage(stage=Stage.objects.get(pk=stage.pk), by=by)
    for act in (
        lambda: actions.add_section(stage=stage, competency=CompetencyFactory(), by=by),
        lambda: actions.add_item(section=section, version=version_for(section), minutes=5, scored=True, by=by),
        lambda: actions.change_item(item=item, minutes=5, scored=True, by=by),
    ):
        with pytest.raises(MoveRefused):
            act()
