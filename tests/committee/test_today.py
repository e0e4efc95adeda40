from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee.today import gather_today
from foundation import clock
from tests.committee.panels import held, seal
from tests.factories import (
    ApplicationFactory,
    DraftFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    RoleFactory,
    ScorecardFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def seat(user, starts_in, **fields):
    meeting = InterviewFactory(starts_at=clock.now() + starts_in, **fields)
    return ScorecardFactory(interview=meeting, interviewer=user)


def cards(seats):
    return [seat.card for seat in seats]


def test_an_interviewer_sees_what_is_due_what_is_today_and_what_comes():
    user = UserFactory()
    with clock.at(clock.now().replace(hour=9, minute=0)):
        due, now, next_ = seat(user, -timedelta(hours=5)), seat(user, timedelta(hours=2)), seat(user, timedelta(days=2))
        done = seat(user, -timedelta(days=1))
        seal(done)
        seat(UserFactory(), timedelta(hours=2))
        today = gather_today(user)
    assert (cards(today.overdue), cards(today.today), cards(today.later)) == ([due], [now], [next_])


def test_an_interview_that_is_running_belongs_to_today():
    user = UserFactory()
    running = seat(user, -timedelta(minutes=5))
    assert cards(gather_today(user).today) == [running]


def test_a_recruiter_sees_late_cards_and_interviews_of_their_roles_alone():
    recruiter = MembershipFactory(recruiter=True)
    application = ApplicationFactory(plan__role=recruiter.role, plan__stages=2)
    first, second = application.plan.stages.all()
    late = ScorecardFactory(
        interview=InterviewFactory(application=application, stage=first, starts_at=clock.now() - timedelta(days=1))
    )
    coming = InterviewFactory(application=application, stage=second, starts_at=clock.now() + timedelta(days=1))
    seat(UserFactory(), -timedelta(days=1))
    setup = gather_today(recruiter.user).setup
    assert cards(setup.late) == [late]
    assert setup.meetings == [coming]
    other = gather_today(MembershipFactory(recruiter=True).user).setup
    assert (other.late, other.meetings) == ([], [])


def test_a_recruiter_with_an_open_seat_of_their_own_is_not_told_who_is_late():
    recruiter = MembershipFactory(recruiter=True)
    application = ApplicationFactory(plan__role=recruiter.role)
    meeting = InterviewFactory(application=application, starts_at=clock.now() - timedelta(days=1))
    ScorecardFactory(interview=meeting)
    ScorecardFactory(interview=meeting, interviewer=recruiter.user)
    today = gather_today(recruiter.user)
    assert today.setup.late == []
    assert len(today.overdue) == 1


def test_roles_without_a_plan_and_drafts_are_named():
    recruiter = MembershipFactory(recruiter=True)
    bare = RoleFactory()
    MembershipFactory(role=bare, user=recruiter.user, duty="recruiter")
    plan = PlanFactory(role=recruiter.role)
    version = DraftFactory(author=recruiter.user)
    DraftFactory()
    setup = gather_today(recruiter.user).setup
    assert (setup.roles, setup.plans, setup.questions) == ([bare], [plan], [version])


def test_a_packet_is_there_for_those_who_read_it_and_says_who_may_decide():
    panel = held(1)
    for who, may_decide in (("manager", True), ("decider", True), ("member", False)):
        packets = gather_today(getattr(panel, who)).packets
        assert [(packet.pk, packet.may_decide) for packet in packets] == [(panel.application.pk, may_decide)]
    assert gather_today(panel.recruiter).packets == []
    assert gather_today(panel.cards[0].interviewer).packets == []
    ScorecardFactory(interview=panel.cards[0].interview)
    assert gather_today(panel.manager).packets == []


def test_only_an_administrator_is_told_who_has_never_signed_in():
    newcomer, known = UserFactory(), UserFactory(last_login=clock.now())
    administrator = UserFactory(administrator=True)
    newcomers = gather_today(administrator).newcomers
    assert newcomer in newcomers
    assert known not in newcomers
    assert administrator not in newcomers
    assert gather_today(UserFactory()).newcomers == []


@pytest.mark.parametrize("house", ["demo", "real"])
def test_an_administrators_day_is_never_blank(signed_in, settings, house):
    settings.HOUSE = house
    newcomer = UserFactory(name="Noor van Dijk")
    client = signed_in(UserFactory(administrator=True))
    assert "Noor van Dijk" in client.get(reverse("today")).text
    type(newcomer).objects.update(last_login=clock.now())
    empty = client.get(reverse("today")).text
    assert "Nothing is yours to do today" in empty
    assert empty.count(reverse("accounts:record")) == 1


def test_an_empty_day_says_so_in_one_sentence_with_a_first_step(signed_in):
    recruiter = UserFactory(recruiter=True)
    assert "Make your first role" in signed_in(recruiter).get(reverse("today")).text
    assert "Nothing is yours to do today" in signed_in(UserFactory()).get(reverse("today")).text
    assert "Make your first role" not in signed_in(UserFactory()).get(reverse("today")).text


def test_three_of_everything_cost_no_query_more_than_one(signed_in):
    recruiter = MembershipFactory(recruiter=True)
    user = recruiter.user
    counts = []
    for rows in (1, 3):
        for _ in range(rows):
            seat(user, -timedelta(days=1))
            seat(user, timedelta(days=1))
            application = ApplicationFactory(plan__role=RoleFactory(), plan__stages=2)
            MembershipFactory(role=application.role, user=user, duty="recruiter")
            MembershipFactory(role=application.role, user=user, duty="hiring_manager")
            first, second = application.plan.stages.all()
            ScorecardFactory(
                interview=InterviewFactory(
                    application=application, stage=first, starts_at=clock.now() - timedelta(days=1)
                )
            )
            InterviewFactory(application=application, stage=second, starts_at=clock.now() + timedelta(days=1))
            ready = ScorecardFactory(interview=InterviewFactory(application=ApplicationFactory(plan=application.plan)))
            seal(ready)
            PlanFactory(role=application.role)
            DraftFactory(author=user)
        client = signed_in(user)
        client.get(reverse("today"))
        with CaptureQueriesContext(connection) as spent:
            assert client.get(reverse("today")).status_code == 200
        counts.append(len(spent))
    assert counts[0] == counts[1]


def test_the_front_page_is_for_people_who_are_signed_in(client):
    assert client.get(reverse("today")).status_code == 302
