"""Roles: who may set them up, and what is refused."""

import re

import pytest

from accounts.models import Entry
from foundation.lifecycle import MoveRefused, Refused
from plans import actions
from plans.models import InterviewPlan, Membership, PlanCompetency, Role
from tests.factories import (
    ActivePlanFactory,
    CompetencyFactory,
    MembershipFactory,
    PlanFactory,
    RoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

# Past the limit of every line of text, and as much as somebody may paste.
PASTE = "x" * 3_000_000
HOSTILE_LINES = ["a\x00b", "\u202egnp.exe", "two\nlines", "y" * 81, PASTE]


@pytest.fixture
def recruiter():
    return UserFactory(recruiter=True)


@pytest.fixture
def role(recruiter):
    return actions.make_role(title="Engineer", team="Ranking", level="senior", by=recruiter)


def test_who_makes_a_role_becomes_its_recruiter_and_it_is_on_record(recruiter, role):
    assert role.memberships.get().user == recruiter
    assert role.memberships.get().duty == "recruiter"
    assert Entry.objects.get().verb == "role.made"


def test_the_same_open_role_is_not_made_twice(recruiter, role):
    with pytest.raises(Refused, match="already"):
        actions.make_role(title="Engineer", team="Ranking", level="senior", by=recruiter)
    actions.close_role(role=role, by=recruiter)
    actions.make_role(title="Engineer", team="Ranking", level="senior", by=recruiter)
    assert Role.objects.count() == 2


def test_a_role_keeps_its_last_recruiter(recruiter, role):
    with pytest.raises(Refused, match="at least one recruiter"):
        actions.take_duty(membership=role.memberships.get(), by=recruiter)
    other = actions.give_duty(role=role, user=UserFactory(recruiter=True), duty="recruiter", by=recruiter)
    actions.take_duty(membership=role.memberships.get(user=recruiter), by=recruiter)
    assert role.memberships.get() == other


@pytest.mark.parametrize(
    ("person", "duty", "may_decide", "field"),
    [
        ({"is_active": False}, "interviewer", False, "user"),
        ({}, "recruiter", False, "user"),
        ({}, "interviewer", True, "may_decide"),
    ],
)
def test_a_duty_that_makes_no_sense_is_refused_beside_its_field(recruiter, role, person, duty, may_decide, field):
    with pytest.raises(Refused) as refusal:
        actions.give_duty(role=role, user=UserFactory(**person), duty=duty, may_decide=may_decide, by=recruiter)
    assert refusal.value.field == field
    assert role.memberships.count() == 1


def test_the_same_duty_is_given_once(recruiter, role):
    person = UserFactory()
    actions.give_duty(role=role, user=person, duty="interviewer", by=recruiter)
    with pytest.raises(Refused, match="already"):
        actions.give_duty(role=role, user=person, duty="interviewer", by=recruiter)
    assert Membership.objects.filter(user=person).count() == 1


def test_only_a_committee_member_is_let_decide(recruiter, role):
    committee = actions.give_duty(role=role, user=UserFactory(), duty="committee", by=recruiter)
    actions.let_decide(membership=committee, may_decide=True, by=recruiter)
    committee.refresh_from_db()
    assert committee.may_decide
    with pytest.raises(Refused):
        actions.let_decide(membership=role.memberships.get(duty="recruiter"), may_decide=True, by=recruiter)


@pytest.mark.parametrize(("weight", "reason", "field"), [(0, "", "weight"), (10, "much", "weight"), (2, "", "reason")])
def test_a_weight_off_the_scale_or_without_its_reason_is_refused(recruiter, role, weight, reason, field):
    with pytest.raises(Refused) as refusal:
        actions.weigh_competency(role=role, competency=CompetencyFactory(), weight=weight, reason=reason, by=recruiter)
    assert refusal.value.field == field
    assert not role.competencies.exists()


def test_weighing_again_changes_the_weight_and_dropping_twice_is_said(recruiter, role):
    competency = CompetencyFactory()
    actions.weigh_competency(role=role, competency=competency, weight=1, reason="", by=recruiter)
    actions.weigh_competency(role=role, competency=competency, weight=3, reason="Daily work", by=recruiter)
    assert role.competencies.get().weight == 3
    actions.drop_competency(role=role, competency=competency, by=recruiter)
    with pytest.raises(MoveRefused):
        actions.drop_competency(role=role, competency=competency, by=recruiter)


def test_a_closed_role_takes_no_plan_and_says_so(recruiter, role, signed_in):
    actions.close_role(role=role, by=recruiter)
    with pytest.raises(MoveRefused):
        actions.close_role(role=role, by=recruiter)
    with pytest.raises(Refused, match="closed"):
        actions.start_plan(role=role, by=recruiter)
    page = signed_in(recruiter).get(f"/roles/{role.pk}/").content.decode()
    assert "This role was closed on" in page
    assert "New draft" not in page
    answer = signed_in(recruiter).post(f"/roles/{role.pk}/plans/start/")
    assert answer.status_code == 409
    assert "This role is closed" in answer.content.decode()
    assert not InterviewPlan.objects.exists()


def test_a_plan_does_not_go_in_force_for_a_closed_role(recruiter, role):
    draft = PlanFactory(role=role)
    actions.close_role(role=role, by=recruiter)
    with pytest.raises(Refused, match="closed"):
        actions.activate_plan(plan=draft, by=recruiter)


def test_a_recruiter_makes_a_role_on_the_page(recruiter, signed_in):
    answer = signed_in(recruiter).post("/roles/new/", {"title": "Engineer", "team": "", "level": "mid"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/roles/{Role.objects.get().pk}/"


def test_only_a_recruiter_opens_the_page_for_a_new_role(signed_in):
    assert signed_in(UserFactory()).get("/roles/new/").status_code == 403


@pytest.mark.parametrize("text", [*HOSTILE_LINES, "", "   "])
def test_a_hostile_title_is_refused_with_a_sentence_and_nothing_written(recruiter, signed_in, text):
    answer = signed_in(recruiter).post("/roles/new/", {"title": text, "team": "Kept as typed", "level": "mid"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "invalid-feedback" in page
    assert "Kept as typed" in page
    assert not Role.objects.exists()


def test_markup_in_a_title_is_shown_as_text(recruiter, signed_in):
    client = signed_in(recruiter)
    client.post(
        "/roles/new/", {"title": "<script>alert(1)</script>", "team": "![x](https://a.example/x.png)", "level": "mid"}
    )
    page = client.get("/roles/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "<img" not in page


@pytest.mark.parametrize("text", [*HOSTILE_LINES[:3], "y" * 201, PASTE])
def test_a_hostile_reason_for_a_weight_is_refused(recruiter, role, signed_in, text):
    values = {"competency": CompetencyFactory().pk, "weight": 2, "reason": text}
    answer = signed_in(recruiter).post(f"/roles/{role.pk}/competencies/new/", values)
    assert answer.status_code == 422
    assert not role.competencies.exists()


def test_a_weight_without_its_reason_is_said_beside_the_reason(recruiter, role, signed_in):
    values = {"competency": CompetencyFactory().pk, "weight": 2, "reason": ""}
    answer = signed_in(recruiter).post(f"/roles/{role.pk}/competencies/new/", values)
    assert answer.status_code == 422
    assert "counts more than the others" in answer.content.decode()


def test_the_list_shows_my_roles_open_and_closed_apart(recruiter, role, signed_in):
    closed = RoleFactory(title="Long filled")
    MembershipFactory(role=closed, user=recruiter, duty="recruiter")
    actions.close_role(role=closed, by=recruiter)
    RoleFactory(title="Of somebody else")
    client = signed_in(recruiter)
    open_page, closed_page = (client.get(f"/roles/{query}").content.decode() for query in ("", "?closed"))
    assert "Engineer" in open_page
    assert "Long filled" not in open_page
    assert "Long filled" in closed_page
    assert "Of somebody else" not in open_page + closed_page


def test_without_a_role_the_list_says_what_to_do(recruiter, signed_in):
    assert "You have no open role" in signed_in(recruiter).get("/roles/").content.decode()
    assert "A recruiter gives you one" in signed_in(UserFactory()).get("/roles/").content.decode()


def without_tokens(answer):
    """The page without the CSRF token, which is masked anew each time."""
    return re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode())


@pytest.mark.parametrize("duty", ["recruiter", "hiring_manager", "interviewer", "committee"])
def test_every_duty_reads_the_role_and_its_plan_and_nobody_else_does(duty, signed_in):
    plan = ActivePlanFactory()
    member = MembershipFactory(role=plan.role, duty=duty).user
    outsider = UserFactory(recruiter=True, administrator=True)
    for address in (f"/roles/{plan.role_id}/", f"/plans/{plan.pk}/"):
        assert signed_in(member).get(address).status_code == 200
        client = signed_in(outsider)
        refused, none = client.get(address), client.get(address.replace(str(plan.pk), "999999"))
        assert refused.status_code == none.status_code == 404
        assert without_tokens(refused) == without_tokens(none)


@pytest.mark.parametrize("duty", ["hiring_manager", "interviewer", "committee"])
def test_only_the_recruiter_of_a_role_sets_it_up(duty, signed_in):
    role = RoleFactory()
    client = signed_in(MembershipFactory(role=role, duty=duty).user)
    for address in (f"/roles/{role.pk}/edit/", f"/roles/{role.pk}/duties/new/", f"/roles/{role.pk}/competencies/new/"):
        assert client.get(address).status_code == 404
    for address in (f"/roles/{role.pk}/close/", f"/roles/{role.pk}/reopen/"):
        assert client.post(address).status_code == 404
    assert Role.objects.get().closed_at is None


def test_an_administrator_staffs_only_roles_of_their_own(signed_in):
    here, elsewhere = RoleFactory(), RoleFactory()
    administrator = UserFactory(administrator=True)
    MembershipFactory(role=here, user=administrator, duty="committee")
    client, person = signed_in(administrator), UserFactory()
    values = {"user": person.pk, "duty": "interviewer"}
    assert client.post(f"/roles/{here.pk}/duties/new/", values).status_code == 302
    assert client.post(f"/roles/{elsewhere.pk}/duties/new/", values).status_code == 404
    assert Membership.objects.get(user=person).role == here


def test_who_takes_their_own_last_duty_is_led_back_to_the_list(recruiter, role, signed_in):
    actions.give_duty(role=role, user=UserFactory(recruiter=True), duty="recruiter", by=recruiter)
    own = role.memberships.get(user=recruiter)
    answer = signed_in(recruiter).post(f"/duties/{own.pk}/take/")
    assert answer.headers["Location"] == "/roles/"
    assert signed_in(recruiter).post(f"/duties/{own.pk}/take/").status_code == 404


@pytest.mark.parametrize("action", ["close", "reopen", "plans/start"])
def test_what_changes_a_role_is_never_a_get(recruiter, role, signed_in, action):
    assert signed_in(recruiter).get(f"/roles/{role.pk}/{action}/").status_code == 405


def test_the_list_costs_the_same_for_one_role_and_three(recruiter, signed_in, django_assert_num_queries, queries_of):
    client = signed_in(recruiter)
    MembershipFactory(role=ActivePlanFactory().role, user=recruiter, duty="recruiter")
    one = queries_of(lambda: client.get("/roles/"))
    for _ in range(2):
        MembershipFactory(role=ActivePlanFactory().role, user=recruiter, duty="recruiter")
    with django_assert_num_queries(one):
        client.get("/roles/")


def test_a_role_costs_the_same_with_one_of_each_and_three(
    recruiter, role, signed_in, django_assert_num_queries, queries_of
):
    client = signed_in(recruiter)

    def add_one_of_each():
        actions.give_duty(role=role, user=UserFactory(), duty="committee", by=recruiter)
        actions.weigh_competency(role=role, competency=CompetencyFactory(), weight=1, reason="", by=recruiter)
        ActivePlanFactory(role=role)

    add_one_of_each()
    one = queries_of(lambda: client.get(f"/roles/{role.pk}/"))
    add_one_of_each()
    add_one_of_each()
    with django_assert_num_queries(one):
        client.get(f"/roles/{role.pk}/")


def test_a_plan_keeps_the_weights_it_was_begun_with(recruiter, role):
    competency = CompetencyFactory()
    actions.weigh_competency(role=role, competency=competency, weight=1, reason="", by=recruiter)
    plan = actions.start_plan(role=role, by=recruiter)
    actions.weigh_competency(role=role, competency=competency, weight=5, reason="Changed later", by=recruiter)
    assert PlanCompetency.objects.get(plan=plan).weight == 1
