"""My interviews; and for recruiters, who is late and what is coming up."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock
from interviews.lateness import late
from interviews.models import Scorecard
from tests.factories import (
    ActivePlanFactory,
    ApplicationFactory,
    InterviewFactory,
    MembershipFactory,
    ScorecardFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
MINE = reverse("interviews:interview_list")


def seat(user, *, hours, role=None, **card):
    """A card of `user` at an interview that starts in that many hours."""
    plan = ActivePlanFactory(role=role) if role and not role.plans.exists() else role and role.plans.get()
    application = ApplicationFactory(plan=plan) if plan else ApplicationFactory()
    interview = InterviewFactory(application=application, starts_at=clock.now() + timedelta(hours=hours))
    return ScorecardFactory(interview=interview, interviewer=user, **card)


def test_mine_are_ordered_by_what_they_ask_of_me(signed_in):
    me = UserFactory()
    # A day and a half lies tomorrow or later in any zone, half a minute today but for the last half minute of a day.
    late_one, now, later = (seat(me, hours=hours).interview for hours in (-3, 1 / 120, 36))
    done = seat(me, hours=-30, submitted=True).interview
    ScorecardFactory(interview=done)
    context = signed_in(me).get(MINE).context
    agenda = context["agenda"]
    assert [[m.interview for m in part] for part in (agenda.late.meetings, [*agenda.today.meetings, *agenda.later.meetings], context["meetings"])] == [
        [late_one], [now, later], [done],
    ]  # fmt: skip


def test_a_card_is_due_until_the_interview_ends_and_late_from_then_on():
    card = seat(UserFactory(), hours=0)
    start = card.interview.starts_at
    for minutes, is_late in ((44, False), (45, True)):
        with clock.at(start + timedelta(minutes=minutes)):
            assert late(Scorecard.objects.all()).exists() is is_late


def test_a_waived_card_and_a_submitted_one_are_never_late():
    seat(UserFactory(), hours=-30, submitted=True)
    waived = seat(UserFactory(), hours=-30)
    Scorecard.objects.filter(pk=waived.pk).update(status="waived", waive_reason="Ill.")
    assert not late(Scorecard.objects.all()).exists()


def test_each_card_leads_to_the_kit_while_open_and_to_itself_once_in(signed_in):
    me = UserFactory()
    ahead, done = seat(me, hours=4), seat(me, hours=-30, submitted=True)
    shown = signed_in(me).get(MINE).content.decode()
    assert reverse("interviews:interview_score", args=[ahead.interview.pk]) in shown
    assert reverse("interviews:scorecard_detail", args=[done.pk]) in shown
    assert "(Europe/Berlin)" in shown


def test_with_nothing_to_do_the_page_says_so(signed_in):
    assert "no interview to hold" in signed_in(UserFactory()).get(MINE).content.decode()


def test_a_recruiter_sees_late_cards_and_coming_interviews_of_their_roles_only(signed_in):
    duty = MembershipFactory(recruiter=True)
    client = signed_in(duty.user)
    ours, coming = seat(UserFactory(), hours=-3, role=duty.role), seat(UserFactory(), hours=30, role=duty.role)
    seat(UserFactory(), hours=-3)
    seat(UserFactory(), hours=30)
    assert [m.interview for m in client.get(MINE, {"show": "late"}).context["meetings"]] == [ours.interview]
    assert [m.interview for m in client.get(MINE, {"show": "coming"}).context["meetings"]] == [coming.interview]
    assert str(client.get(MINE).context["late_count"]) == "1"


def test_a_recruiter_finds_the_interview_that_goes_on_until_it_ends(signed_in):
    duty = MembershipFactory(recruiter=True)
    client, interview = signed_in(duty.user), seat(UserFactory(), hours=1, role=duty.role).interview
    row = reverse("interviews:candidate_list")
    for minutes, is_listed in ((44, True), (45, False)):
        with clock.at(interview.starts_at + timedelta(minutes=minutes)):
            assert bool(client.get(MINE, {"show": "coming"}).context["meetings"]) is is_listed
            assert ("Now: Stage 1, since" in client.get(row).content.decode()) is is_listed
            named = f"{interview.application.candidate.code}, Stage 1"
            assert (named in client.get(reverse("today")).content.decode()) is is_listed
    with clock.at(interview.starts_at - timedelta(minutes=1)):
        assert "Next: Stage 1, " in client.get(row).content.decode()


def test_of_an_interview_that_is_over_it_is_not_said_that_it_runs(signed_in):
    duty = MembershipFactory(recruiter=True)
    interview = seat(UserFactory(), hours=-3, role=duty.role).interview
    type(interview).objects.filter(pk=interview.pk).update(status="running")
    shown = signed_in(duty.user).get(MINE, {"show": "late"}).content.decode()
    assert "Over, cards open" in shown
    assert "Running" not in shown


def test_lateness_is_hidden_from_a_recruiter_with_an_open_seat_on_the_application(signed_in):
    duty = MembershipFactory(recruiter=True)
    card = seat(UserFactory(), hours=-3, role=duty.role)
    ScorecardFactory(interview=card.interview, interviewer=duty.user)
    context = signed_in(duty.user).get(MINE, {"show": "late"}).context
    assert (str(context["late_count"]), list(context["meetings"])) == ("0", [])


def test_who_does_not_recruit_cannot_ask_for_the_recruiters_lists(signed_in):
    manager = MembershipFactory(hiring_manager=True)
    seat(UserFactory(), hours=-3, role=manager.role)
    context = signed_in(manager.user).get(MINE, {"show": "late"}).context
    assert (context["show"], list(context["meetings"])) == ("mine", [])


@pytest.mark.parametrize("show", ["", "late", "coming"])
def test_the_lists_cost_the_same_for_one_and_for_three(signed_in, django_assert_max_num_queries, show):
    duty = MembershipFactory(recruiter=True)
    client = signed_in(duty.user)

    def one_more():
        seat(UserFactory(), hours=-3, role=duty.role)
        seat(UserFactory(), hours=30, role=duty.role)
        seat(duty.user, hours=-3, role=duty.role)
        seat(duty.user, hours=-3, role=duty.role, submitted=True)

    one_more()
    client.get(MINE, {"show": show})
    with django_assert_max_num_queries(60) as first:
        client.get(MINE, {"show": show})
    one_more()
    one_more()
    with django_assert_max_num_queries(60) as second:
        client.get(MINE, {"show": show})
    assert len(first) == len(second)


def test_other_methods_are_refused(signed_in):
    assert signed_in(UserFactory()).post(MINE).status_code == 405
