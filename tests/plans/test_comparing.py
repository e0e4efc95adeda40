"""What changed between two plans, in words."""

import pytest

from plans import actions
from plans.models import InterviewPlan, PlanCompetency
from tests.factories import (
    ActivePlanFactory,
    CompetencyFactory,
    MembershipFactory,
    PlanFactory,
    UserFactory,
    VersionFactory,
)
from tests.factories.questions import QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return ActivePlanFactory(stages=2)


@pytest.fixture
def person(old):
    return MembershipFactory(role=old.role, recruiter=True).user


@pytest.fixture
def new(old, person):
    return actions.start_plan(role=old.role, by=person)


@pytest.fixture
def told(old, new, person, signed_in):
    """told() → the sentences of the page, one text."""
    client = signed_in(person)

    def read():
        answer = client.get(f"/plans/{new.pk}/compare/{old.pk}/")
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def test_a_fresh_copy_has_not_changed(told):
    assert "Nothing changed" in told()


def test_weights_are_told_with_their_reasons(new, person, told):
    first, second = (row.competency for row in new.competencies.all())
    third = CompetencyFactory()
    actions.weigh_plan_competency(plan=new, competency=first, weight=3, reason="It decides.", by=person)
    PlanCompetency.objects.filter(plan=new, competency=second).delete()
    actions.weigh_plan_competency(plan=new, competency=third, weight=1, reason="", by=person)
    page = told()
    assert f"{first} weighs 3 instead of 1. It decides." in page
    assert f"{second} is no longer judged; it weighed 1." in page
    assert f"{third} is judged now, with weight 1." in page


def test_stages_are_told_when_they_come_go_change_their_name_length_kind_and_order(new, person, told):
    first, second = new.stages.all()
    scripts = {"opening": "Welcome.", "closing": "Thank you."}
    actions.change_stage(
        stage=first, name="Screening", kind="interview", minutes=60, interviewers=2, **scripts, by=person
    )
    actions.move_stage(stage=second, to="up", by=person)
    added = actions.add_stage(
        plan=new, name="Last", kind="take-home", minutes=90, opening="Hello.", closing="", by=person
    )
    page = told()
    assert "It was called “Stage 1” before." in page
    assert "It takes 60 minutes instead of 45." in page
    assert "Interviewers: 2 instead of 1." in page
    assert "The stages come in another order: “Stage 2”, “Screening”, “Last”." in page
    assert "This stage is new: take-home, 90 minutes." in page
    actions.change_stage(stage=added, name="Last", kind="skills-test", minutes=90, **scripts, by=person)
    actions.remove_stage(stage=second, by=person)
    assert "This stage of 45 minutes is removed." in told()


def test_questions_are_told_when_they_come_go_move_and_change(old, new, person, told):
    first, second = new.stages.all()
    sections = [*first.sections.all(), *second.sections.all()]
    gone, renewed, longer, warm = (section.items.last() for section in sections)
    lost, again, slow, moved = (item.version.title for item in (gone, renewed, longer, warm))
    actions.remove_item(item=gone, by=person)
    VersionFactory(question=renewed.version.question, number=2, title=again)
    actions.renew_item(item=renewed, by=person)
    actions.change_item(item=longer, minutes=15, scored=True, by=person)
    actions.remove_item(item=warm, by=person)
    target = first.sections.last()
    actions.add_item(section=target, version=warm.version, minutes=8, scored=False, by=person)
    fresh = VersionFactory(question=QuestionFactory(competency=target.competency))
    actions.add_item(section=target, version=fresh, minutes=7, scored=True, by=person)
    page = told()
    assert f"“{lost}” is no longer asked." in page
    assert f"“{again}” is asked in version 2 instead of 1." in page
    assert f"“{slow}” has 15 minutes instead of 8." in page
    assert f"“{moved}” comes here from “Stage 2”." in page
    assert f"“{moved}” is a warm-up now." in page
    assert f"“{fresh.title}” is new, with 7 minutes." in page
    for item in target.items.all():
        actions.move_item(item=item, to="down", by=person)
    assert old.stages.count() == 2


def test_scripts_are_told_in_their_words_and_placeholders_in_theirs(new, person, told):
    stage = new.stages.first()
    opening = "Welcome, <b>."
    actions.change_stage(
        stage=stage, name=stage.name, kind=stage.kind, minutes=45, opening=opening, closing="Thank you.", by=person
    )
    actions.fill_in_placeholders(plan=new, values={"tool": "Spark"}, by=person)
    page = told()
    assert "added: </span>, &lt;b&gt;</ins>." in page
    assert "{tool} is said as “Spark” instead of “–”." in page


def test_a_script_that_was_written_anew_is_shown_before_and_after(new, person, told):
    stage = new.stages.first()
    opening = "Good morning to you, and please take a seat."
    values = {"name": stage.name, "kind": stage.kind, "minutes": 45, "closing": ""}
    actions.change_stage(stage=stage, opening=opening, **values, by=person)
    page = told().replace("\n</p>", "</p>")
    assert "removed: </span>Welcome.</del>" in page
    assert f"added: </span>{opening}</ins>" in page
    assert "removed: </span>Thank you.</del></p>" in page


def test_plans_are_compared_from_the_older_to_the_newer_whichever_is_named_first(old, new, person, signed_in):
    actions.remove_stage(stage=new.stages.last(), by=person)
    client = signed_in(person)
    for first, second in ((old, new), (new, old)):
        page = client.get(f"/plans/{first.pk}/compare/{second.pk}/").content.decode()
        assert f"From plan {old.number} to plan {new.number}" in page
        assert "This stage of 45 minutes is removed." in page
    assert client.get(f"/plans/{old.pk}/compare/{PlanFactory().pk}/").status_code == 404


def test_a_comparison_costs_the_same_for_small_and_large_plans(person, signed_in, queries_of):
    client = signed_in(person)
    pages = []
    for stages in (1, 3):
        plan = ActivePlanFactory(stages=stages)
        MembershipFactory(role=plan.role, user=person, duty="recruiter")
        pages.append(f"/plans/{plan.pk}/compare/{actions.start_plan(role=plan.role, by=UserFactory()).pk}/")
    small, large = (queries_of(lambda page=page: client.get(page)) for page in pages)
    assert small == large


def test_what_is_put_in_force_is_said_before(new, old, person, signed_in):
    page = signed_in(person).get(f"/plans/{new.pk}/activate/").content.decode()
    assert "“Stage 1” with its 45 minutes and 3 questions, in the versions placed" in page
    assert f"/plans/{new.pk}/compare/{old.pk}/" in page
    assert all(f"{row.competency} × 1" in page for row in new.competencies.all())
    assert InterviewPlan.objects.get(pk=new.pk).is_draft
