"""The kit on paper, and where a question of the bank is used."""

from dataclasses import replace

import pytest

from plans import actions
from plans.kit import kit_of
from printing import pdf
from tests.factories import ActivePlanFactory, MembershipFactory, PlanFactory, UserFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return PlanFactory(stages=2)


@pytest.fixture
def section(draft):
    return draft.stages.first().sections.first()


@pytest.fixture
def client(draft, signed_in):
    return signed_in(MembershipFactory(role=draft.role, recruiter=True).user)


def test_the_kit_costs_the_same_for_one_stage_and_three(queries_of, django_assert_num_queries):
    one, three = PlanFactory(stages=1), PlanFactory(stages=3)
    with django_assert_num_queries(queries_of(lambda: kit_of(one))):
        kit_of(three)


def test_the_kit_of_one_stage_holds_that_stage_alone(draft):
    second = draft.stages.last()
    kit = kit_of(draft, second.pk)
    assert [(stage.number, stage.name) for stage in kit.stages] == [(2, second.name)]
    assert [question.number for section in kit.stages[0].sections for question in section.questions] == [1, 2, 3]


def test_the_minutes_of_a_stage_add_up_and_never_below_nothing(draft):
    [stage, _other] = kit_of(draft).stages
    assert (stage.minutes, stage.question_minutes, stage.kept_free, stage.minutes_left) == (45, 20, 10, 15)
    assert replace(stage, minutes=12, question_minutes=30).minutes_left == 0


@pytest.mark.skipif(not pdf.available(), reason="Pango is missing, so no PDF can be made")
def test_the_kit_is_a_pdf_for_everyone_with_a_duty_and_for_nobody_else(draft, signed_in):
    address, elsewhere = f"/stages/{draft.stages.first().pk}/kit.pdf", PlanFactory().stages.first()
    client = signed_in(MembershipFactory(role=draft.role).user)
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert client.get(f"/stages/{elsewhere.pk}/kit.pdf").status_code == 404
    assert signed_in(UserFactory(recruiter=True)).get(address).status_code == 404


def test_where_pdfs_are_not_turned_on_the_same_address_is_the_page_to_print(client, draft, monkeypatch):
    monkeypatch.setattr(pdf, "available", lambda: False)
    answer = client.get(f"/plans/{draft.pk}/kit.pdf")
    assert answer.headers["Content-Type"].startswith("text/html")
    page = answer.content.decode()
    assert "Say at the start" in page
    assert page.count("Must-have facts") == 4


def test_a_question_says_in_which_plans_it_stands_and_only_counts_those_of_others(client, draft, section):
    version = section.items.last().version
    other = ActivePlanFactory(role__title="Of somebody else")
    put = actions.start_plan(role=other.role, by=UserFactory())
    actions.add_section(stage=put.stages.first(), competency=section.competency, by=UserFactory())
    target = put.stages.first().sections.last()
    actions.add_item(section=target, version=version, minutes=5, scored=True, by=UserFactory())
    page = client.get(f"/questions/{version.question.slug}/used/").content.decode()
    assert "Used in 2 plans, 1 of a role that is not yours" in page
    assert str(draft) in page
    assert "Of somebody else" not in page
    unused = VersionFactory()
    assert "Used in no plan yet" in client.get(f"/questions/{unused.question.slug}/used/").content.decode()
    assert client.get("/questions/none-such/used/").status_code == 404
