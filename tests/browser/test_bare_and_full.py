"""The house before anything is in it, and with names as long as they may be: every list says what comes next, and fits."""

import pytest
from django.urls import reverse

from accounts.house import settle, setup_token
from plans.models import Role
from tests.browser.test_pages import SHORT, Visit
from tests.factories import ActivePlanFactory, MembershipFactory, RoleFactory, ScorecardFactory, UserFactory
from tests.states import State, send_empty

LISTS = {
    "today": "", "questions:question_list": "", "questions:competency_list": "", "plans:role_list": "",
    "interviews:interview_list": "", "interviews:candidate_list": "", "committee:application_list": "",
}  # fmt: skip
LONG_WORD = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswesse"


@pytest.fixture
def people(house):
    settle("real")
    house[1].expected = {"the server responded with a status of"}
    return {
        "recruiter": UserFactory(name="Rosa", is_recruiter=True).email,
        "administrator": UserFactory(name="Ada", is_administrator=True).email,
        "interviewer": UserFactory(name="Imani").email,
    }


def look(house, found):
    visit = Visit(house)
    for state in found:
        page = visit.reach(state)
        visit.axe(state, page, SHORT)
        visit.measure(state, page)
        yield state, page
    visit.check()


@pytest.mark.long
def test_the_door_of_a_house_that_nobody_has_opened_is_open_to_everybody(house):
    settle("real")
    house[1].expected = {"the server responded with a status of"}
    link = reverse("accounts:setup_follow", args=[setup_token()])
    found = [State("setup", None, link, None), State("setup-422", None, link, send_empty, 422)]
    assert len(list(look(house, found))) == len(found)


@pytest.mark.long
def test_an_empty_house_says_on_every_page_what_comes_next(house, people):
    found = [State(f"{name}-{who}", email, reverse(name), None) for who, email in people.items() for name in LISTS]
    found += [
        State(f"{name}-new", people["recruiter"], reverse(name), None)
        for name in ("questions:question_new", "interviews:candidate_new", "interviews:candidate_paste")
    ]
    mute = []
    for state, page in look(house, found):
        if "-new" not in state.name and page.locator("main .empty p").count() == 0:
            mute += [state.name] * (page.locator("main .rows article").count() == 0)
    assert mute == []


def test_a_role_without_anything_and_a_plan_without_stages_fit(house, people):
    recruiter = MembershipFactory(role=RoleFactory(title="New role"), recruiter=True).user
    role = Role.objects.get()
    plan = role.plans.create(number=1)
    found = [
        State("role", recruiter.email, reverse("plans:role_detail", args=[role.pk]), None),
        State("plan", recruiter.email, reverse("plans:plan_detail", args=[plan.pk]), None),
        State("activate", recruiter.email, reverse("plans:plan_activate", args=[plan.pk]), None),
    ]
    assert len(list(look(house, found))) == len(found)


@pytest.mark.long
def test_names_as_long_as_they_may_be_break_nothing(house, people):
    plan = ActivePlanFactory(role__title=LONG_WORD, role__team=LONG_WORD)
    card = ScorecardFactory(
        interview__application__plan=plan, interview__application__candidate__name=LONG_WORD,
        interview__application__candidate__email=f"{LONG_WORD[:60]}@{LONG_WORD[:50]}.example", interview__place=LONG_WORD,
        interviewer__name=LONG_WORD,
    )  # fmt: skip
    recruiter = MembershipFactory(role=plan.role, recruiter=True).user
    MembershipFactory(role=plan.role, user=card.interviewer)
    application, interview = card.interview.application_id, card.interview_id
    sealed = ScorecardFactory(interview__application__plan=plan, interviewer=card.interviewer, submitted=True)
    found = [
        State(name, email, reverse(name, args=args), None)
        for email, name, *args in (
            (recruiter.email, "today"), (recruiter.email, "plans:role_list"), (recruiter.email, "plans:role_detail", plan.role_id),
            (recruiter.email, "plans:plan_detail", plan.pk), (recruiter.email, "interviews:candidate_list"),
            (recruiter.email, "interviews:application_detail", application), (recruiter.email, "interviews:interview_detail", interview),
            (recruiter.email, "interviews:seat_add", interview), (people["administrator"], "accounts:person_list"),
            (people["administrator"], "accounts:person_detail", card.interviewer_id), (card.interviewer.email, "interviews:interview_list"),
            (card.interviewer.email, "interviews:interview_score", interview), (card.interviewer.email, "interviews:interview_review", interview),
            (recruiter.email, "committee:packet_detail", sealed.interview.application_id),
        )
    ]  # fmt: skip
    assert len(list(look(house, found))) == len(found)
