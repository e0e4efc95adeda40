"""The pages on which a plan is built: with htmx and without, in order and out of it."""

import re
from html import unescape

import pytest

from plans import actions
from plans.kit import kit_of
from plans.models import InterviewPlan, Item, Section, Stage
from tests.factories import (
    CompetencyFactory,
    MembershipFactory,
    PlanFactory,
    UserFactory,
    VersionFactory,
)
from tests.factories.questions import QuestionFactory

pytestmark = pytest.mark.django_db

PASTE = "x" * 3_000_000
HTMX = {"HX-Request": "true"}
STAGE = {"name": "Technical screen", "kind": "interview", "minutes": 45, "opening": "Hello.", "closing": ""}


@pytest.fixture
def draft():
    return PlanFactory(stages=2)


@pytest.fixture
def recruiter(draft):
    return MembershipFactory(role=draft.role, recruiter=True).user


@pytest.fixture
def client(recruiter, signed_in):
    return signed_in(recruiter)


@pytest.fixture
def section(draft):
    return Section.objects.filter(stage__plan=draft).first()


def into(section):
    return {"into": f"section-{section.pk}"}


def version_for(section, **fields):
    return VersionFactory(question=QuestionFactory(competency=section.competency), **fields)


def test_a_plan_is_built_and_put_in_force_without_javascript(recruiter, client):
    role = actions.make_role(title="Analyst", team="", level="mid", by=recruiter)
    competency = CompetencyFactory()
    client.post(f"/roles/{role.pk}/competencies/new/", {"competency": competency.pk, "weight": 1, "reason": ""})
    address = client.post(f"/roles/{role.pk}/plans/start/").headers["Location"]
    client.post(f"{address}stages/new/", STAGE)
    stage = Stage.objects.get(plan__role=role)
    client.post(f"/stages/{stage.pk}/sections/new/", {"competency": competency.pk})
    section = stage.sections.get()
    version = version_for(section, title="Two screening models")
    found = client.get(f"{address}questions/?into=section-{section.pk}").content.decode()
    assert "Two screening models" in found
    answer = client.post(f"{address}questions/{version.pk}/add/", {"into": f"section-{section.pk}"})
    assert answer.headers["Location"] == f"{address}#section-{section.pk}"
    assert "never change again" in client.get(f"{address}activate/").content.decode()
    client.post(f"{address}activate/")
    plan = InterviewPlan.objects.get(role=role)
    assert plan.status == "active"
    page = client.get(address).content.decode()
    assert "In force" in page
    assert "Two screening models" in page
    assert "Add stage" not in page


def test_with_htmx_a_button_answers_with_the_board_alone(client, draft):
    last = draft.stages.last()
    answer = client.post(f"/stages/{last.pk}/move/", {"to": "up"}, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.lstrip().startswith(f'<div id="plan-{draft.pk}"')
    assert answer.headers["HX-Trigger-After-Settle"] == '{"plan-changed": {}}'
    assert draft.stages.first() == last


def test_with_htmx_a_refusal_stands_at_the_head_of_the_board(client, draft, section):
    placed = section.items.last()
    answer = client.post(f"/plans/{draft.pk}/questions/{placed.version_id}/add/", headers=HTMX)
    assert answer.status_code == 422
    assert "stands in this plan already" in answer.content.decode()


def test_without_htmx_a_refusal_is_a_page_with_its_sentence(client, draft, section):
    placed = section.items.last()
    answer = client.post(f"/plans/{draft.pk}/questions/{placed.version_id}/add/", into(section))
    assert answer.status_code == 409
    assert "stands in this plan already" in answer.content.decode()
    assert section.items.count() == 2


def test_the_search_marks_what_is_placed_and_names_warm_ups(client, section):
    version_for(section, title="Not placed yet")
    VersionFactory(title="Measures something else")
    page = client.get(f"/plans/{section.stage.plan_id}/questions/?into=section-{section.pk}").content.decode()
    assert page.count("in this plan") == Item.objects.filter(version__question__competency=section.competency).count()
    assert "Not placed yet" in page
    assert "Measures something else" not in page
    page = client.get(
        f"/plans/{section.stage.plan_id}/questions/?into=section-{section.pk}&q=else&competency="
    ).content.decode()
    assert "Measures something else" in page
    assert "Add as a warm-up" in page


def test_a_question_on_another_competency_is_added_as_a_warm_up(client, section):
    version = VersionFactory()
    client.post(f"/plans/{section.stage.plan_id}/questions/{version.pk}/add/", into(section))
    assert section.items.last().version == version
    assert not section.items.last().scored


@pytest.mark.parametrize("query", ["q=a%00b", "q=&competency=99999", "q=&level=odd", "q=" + "x" * 201, "q=&page=nine"])
def test_a_search_that_makes_no_sense_is_answered_plainly(client, section, query):
    assert client.get(f"/plans/{section.stage.plan_id}/questions/?into=section-{section.pk}&{query}").status_code == 200


@pytest.mark.parametrize(
    ("field", "text"),
    [("name", ""), ("name", "a\x00b"), ("name", "\u202egnp"), ("name", "x" * 81), ("name", PASTE), ("minutes", "4"), ("minutes", "0"), ("minutes", "-45"), ("minutes", "481"),
     ("minutes", "9" * 30), ("minutes", "ten"), ("kind", "party"), ("opening", "x" * 2001), ("opening", PASTE), ("closing", "a\x00b")],
)  # fmt: skip
def test_hostile_input_for_a_stage_is_said_beside_its_field(client, draft, field, text):
    answer = client.post(f"/plans/{draft.pk}/stages/new/", {**STAGE, "name": "Kept", field: text})
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()
    assert "Hello." in answer.content.decode() or field == "opening"
    assert draft.stages.count() == 2


def test_a_stage_of_the_same_name_is_refused_beside_the_name(client, draft):
    for expected in (302, 422):
        assert client.post(f"/plans/{draft.pk}/stages/new/", STAGE).status_code == expected
    assert draft.stages.count() == 3


def test_scripts_and_pictures_in_a_script_to_read_out_stay_text(client, draft):
    opening = "<script>alert(1)</script> ![x](https://a.example/x.png) [press](javascript:alert(1))"
    client.post(f"/plans/{draft.pk}/stages/new/", {**STAGE, "opening": opening})
    page = client.get(f"/plans/{draft.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("text", ["a\x00b", "\u202egnp", "x" * 201, PASTE])
def test_a_hostile_placeholder_is_refused_and_kept_out(client, draft, section, text):
    actions.add_item(
        section=section,
        version=version_for(section, placeholders={"product": ""}),
        minutes=5,
        scored=True,
        by=draft.role.memberships.get().user,
    )
    answer = client.post(f"/plans/{draft.pk}/placeholders/", {"value_product": text})
    assert answer.status_code == 422
    assert InterviewPlan.objects.get().placeholder_values == {}


def test_a_plan_without_placeholders_offers_nothing_to_fill_in(client, draft):
    page = client.get(f"/plans/{draft.pk}/placeholders/").content.decode()
    assert "No question of this plan has a placeholder." in page
    assert "Save placeholders" not in page


def test_placeholders_are_filled_in_on_their_page(client, recruiter, draft, section):
    actions.add_item(
        section=section,
        version=version_for(section, placeholders={"product": ""}, prompt="Rank {product}."),
        minutes=5,
        scored=True,
        by=recruiter,
    )
    assert "is not filled in" in client.get(f"/plans/{draft.pk}/activate/").content.decode()
    assert client.post(f"/plans/{draft.pk}/activate/").status_code == 409
    client.post(f"/plans/{draft.pk}/placeholders/", {"value_product": "<b>maps</b>"})
    draft.refresh_from_db()
    assert kit_of(draft).stages[0].sections[1].questions[-1].prompt == "Rank <b>maps</b>."
    assert client.post(f"/plans/{draft.pk}/activate/").status_code == 302


def test_a_second_press_on_put_in_force_is_told_so(client, draft):
    assert client.post(f"/plans/{draft.pk}/activate/").status_code == 302
    answer = client.post(f"/plans/{draft.pk}/activate/")
    assert answer.status_code == 409
    assert "in force or was" in answer.content.decode()


@pytest.mark.parametrize("page", ["stages/new", "activate", "placeholders", "competencies/new"])
def test_an_old_link_to_change_a_plan_in_force_is_told_so(client, draft, page):
    client.post(f"/plans/{draft.pk}/activate/")
    assert client.get(f"/plans/{draft.pk}/{page}/").status_code == 409


def addresses(plan):
    stage = plan.stages.first()
    section = stage.sections.first()
    item, version, weight = section.items.first(), version_for(section), plan.competencies.first()
    forms = [
        f"/plans/{plan.pk}/activate/", f"/plans/{plan.pk}/placeholders/", f"/plans/{plan.pk}/competencies/new/",
        f"/plans/competencies/{weight.pk}/", f"/plans/{plan.pk}/stages/new/", f"/stages/{stage.pk}/edit/",
        f"/stages/{stage.pk}/sections/new/", f"/items/{item.pk}/edit/",
        f"/stages/{stage.pk}/move/", f"/sections/{section.pk}/move/", f"/items/{item.pk}/move/",
    ]  # fmt: skip
    buttons = [
        f"/plans/{plan.pk}/discard/", f"/plans/competencies/{weight.pk}/drop/", f"/stages/{stage.pk}/remove/",
        f"/sections/{section.pk}/remove/", f"/plans/{plan.pk}/questions/{version.pk}/add/", f"/plans/{plan.pk}/undo/",
        f"/items/{item.pk}/switch/", f"/items/{item.pk}/renew/", f"/items/{item.pk}/remove/",
    ]  # fmt: skip
    return forms, buttons, [f"/plans/{plan.pk}/questions/", f"/plans/{plan.pk}/news/"]


@pytest.mark.parametrize("duty", ["interviewer", "committee", None])
def test_only_recruiter_and_hiring_manager_build_a_plan(draft, duty, signed_in):
    person = (
        MembershipFactory(role=draft.role, duty=duty).user if duty else UserFactory(recruiter=True, administrator=True)
    )
    client = signed_in(person)
    forms, buttons, reads = addresses(draft)
    assert {client.get(address).status_code for address in forms + reads} == {404}
    assert {client.post(address).status_code for address in forms + buttons} == {404}


def test_the_hiring_manager_opens_every_page_of_the_builder(draft, signed_in):
    client = signed_in(MembershipFactory(role=draft.role, hiring_manager=True).user)
    forms, _buttons, reads = addresses(draft)
    assert {client.get(address).status_code for address in forms + reads} == {200}


def test_no_button_of_the_builder_is_a_get(client, draft):
    _forms, buttons, reads = addresses(draft)
    assert {client.get(address).status_code for address in buttons} == {405}
    assert {client.post(address).status_code for address in reads} == {405}


def test_the_buttons_do_what_they_name(client, draft, section):
    item, last = section.items.first(), section.items.last()
    client.post(f"/items/{last.pk}/move/", {"to": "up"})
    assert section.items.first() == last
    client.post(f"/items/{item.pk}/switch/", {"scored": "yes"})
    assert Item.objects.get(pk=item.pk).scored
    assert client.post(f"/items/{item.pk}/edit/", {"minutes": 0, "scored": "on"}).status_code == 422
    client.post(f"/items/{item.pk}/edit/", {"minutes": 11, "scored": "on"})
    assert Item.objects.get(pk=item.pk).minutes == 11
    newer = VersionFactory(question=item.version.question, number=2)
    assert "Use version 2" in client.get(f"/plans/{draft.pk}/").content.decode()
    client.post(f"/items/{item.pk}/renew/")
    assert Item.objects.get(pk=item.pk).version == newer
    client.post(f"/items/{item.pk}/remove/")
    assert client.post(f"/items/{item.pk}/remove/").status_code == 404
    client.post(f"/sections/{section.pk}/remove/")
    client.post(f"/stages/{draft.stages.first().pk}/remove/")
    assert draft.stages.count() == 1
    client.post(f"/plans/{draft.pk}/discard/")
    assert not InterviewPlan.objects.exists()


@pytest.mark.parametrize("address", ["/plans/{pk}/", "/plans/{pk}/activate/"])
def test_a_plan_page_costs_the_same_for_one_stage_and_three(
    address, recruiter, client, queries_of, django_assert_num_queries
):
    one, three = PlanFactory(stages=1), PlanFactory(stages=3)
    for plan in (one, three):
        MembershipFactory(role=plan.role, user=recruiter, duty="recruiter")
    with django_assert_num_queries(queries_of(lambda: client.get(address.format(pk=one.pk)))):
        client.get(address.format(pk=three.pk))


def test_the_search_costs_the_same_for_one_question_and_three(client, section, queries_of, django_assert_num_queries):
    address = f"/plans/{section.stage.plan_id}/questions/?into=section-{section.pk}"
    version_for(section)
    one = queries_of(lambda: client.get(address))
    version_for(section)
    version_for(section)
    with django_assert_num_queries(one):
        client.get(address)


def test_the_panel_turns_its_pages_in_place_and_the_page_by_itself(client, section):
    VersionFactory.create_batch(9, question__competency=section.competency)
    address = f"/plans/{section.stage.plan_id}/questions/?into=section-{section.pk}"
    panel = client.get(address, headers={"HX-Request": "true"}).text
    link = re.search(r'rel="next" href="([^"]+)"', panel)[1]
    following = unescape(link)
    assert f'hx-get="{link}" hx-target="#question-search"' in panel
    alone = client.get(address).text
    assert f'rel="next" href="{link}">' in alone
    assert not set(re.findall(r"/questions/[\w-]+/versions/", panel)) & set(
        re.findall(r"/questions/[\w-]+/versions/", client.get(following).text)
    )
