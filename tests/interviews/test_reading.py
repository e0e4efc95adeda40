"""Who reads which card, and when: the table of the design, row by row, on the one function that answers it."""

import pytest

from interviews.lifecycles import SCORECARD
from interviews.models import Application, Scorecard
from plans.models import Stage
from tests.factories import (
    ApplicationFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    ScorecardFactory,
    UserFactory,
    put_in_force,
    submit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def interview():
    return InterviewFactory(application=ApplicationFactory(plan=put_in_force(PlanFactory(stages=2))))


def reads(user):
    return set(Scorecard.objects.readable_by(user))


def with_duty(interview, **duty):
    return MembershipFactory(role=interview.application.role, **duty).user


def second_interview(interview):
    return InterviewFactory(
        application=interview.application, stage=Stage.objects.get(plan=interview.application.plan, position=2)
    )


def test_one_reads_ones_own_card_always(interview):
    card = ScorecardFactory(interview=interview)
    assert reads(card.interviewer) == {card}
    submit(card)
    assert reads(card.interviewer) == {card}


def test_a_peer_cannot_read_a_card_before_their_own_is_in(interview):
    theirs, mine = ScorecardFactory(interview=interview, submitted=True), ScorecardFactory(interview=interview)
    assert reads(mine.interviewer) == {mine}
    submit(mine)
    assert reads(mine.interviewer) == {mine, theirs}


def test_an_open_card_is_read_by_its_author_alone(interview):
    ScorecardFactory(interview=interview)
    mine = ScorecardFactory(interview=interview, submitted=True)
    assert reads(mine.interviewer) == {mine}
    assert reads(with_duty(interview, recruiter=True)) == {mine}


def test_an_open_seat_at_another_stage_of_the_application_keeps_one_blind(interview):
    peer = ScorecardFactory(interview=interview, submitted=True)
    mine = ScorecardFactory(interview=interview, submitted=True)
    later = ScorecardFactory(interview=second_interview(interview), interviewer=mine.interviewer)
    assert reads(mine.interviewer) == {mine, later}
    submit(later)
    assert reads(mine.interviewer) == {mine, later, peer}


def test_one_reads_only_the_interviews_one_sat_in(interview):
    elsewhere = ScorecardFactory(interview=second_interview(interview), submitted=True)
    mine = ScorecardFactory(interview=interview, submitted=True)
    assert reads(mine.interviewer) == {mine}
    assert elsewhere not in reads(mine.interviewer)


def test_a_recruiter_of_the_role_reads_a_card_once_it_is_in(interview):
    card, still_out = ScorecardFactory(interview=interview, submitted=True), ScorecardFactory(interview=interview)
    recruiter = with_duty(interview, recruiter=True)
    assert reads(recruiter) == {card}
    assert set(Scorecard.objects.chased_by(recruiter)) == {still_out}


def test_a_recruiter_on_the_panel_is_blind_like_anyone_there(interview):
    ScorecardFactory(interview=interview, submitted=True)
    recruiter = with_duty(interview, recruiter=True)
    own = ScorecardFactory(interview=interview, interviewer=recruiter)
    assert reads(recruiter) == {own}
    assert set(Scorecard.objects.chased_by(recruiter)) == set()
    assert set(Application.objects.packet_readable_by(recruiter)) == set()


@pytest.mark.parametrize("duty", ["hiring_manager", "committee"])
def test_hiring_manager_and_committee_read_once_every_card_is_in_or_waived(interview, duty):
    card, open_card = ScorecardFactory(interview=interview, submitted=True), ScorecardFactory(interview=interview)
    reader = with_duty(interview, **{duty: True})
    assert reads(reader) == set()
    assert set(Application.objects.packet_readable_by(reader)) == set()
    SCORECARD.move(open_card, "waived", waive_reason="Ill on the day")
    assert reads(reader) == {card}
    assert set(Application.objects.packet_readable_by(reader)) == {interview.application}


def test_a_practice_card_stays_out_of_the_committees_sight(interview):
    card = ScorecardFactory(interview=interview, submitted=True)
    ScorecardFactory(interview=interview, seat="shadow", submitted=True)
    assert reads(with_duty(interview, committee=True)) == {card}


def test_a_learners_open_card_holds_up_nobody(interview):
    card = ScorecardFactory(interview=interview, submitted=True)
    ScorecardFactory(interview=interview, seat="shadow")
    assert reads(with_duty(interview, committee=True)) == {card}


def test_a_shadow_reads_the_leads_card_after_their_own_is_in(interview):
    lead = ScorecardFactory(interview=interview, seat="lead", submitted=True)
    ScorecardFactory(interview=interview, seat="panel", submitted=True)
    shadow = ScorecardFactory(interview=interview, seat="shadow")
    assert reads(shadow.interviewer) == {shadow}
    submit(shadow)
    assert reads(shadow.interviewer) == {shadow, lead}


def test_a_waived_seat_opens_nothing(interview):
    ScorecardFactory(interview=interview, submitted=True)
    mine = ScorecardFactory(interview=interview)
    SCORECARD.move(mine, "waived", waive_reason="Left the firm")
    assert reads(mine.interviewer) == {mine}


def test_an_administrator_without_a_duty_reads_nothing(interview):
    ScorecardFactory(interview=interview, submitted=True)
    assert reads(UserFactory(administrator=True)) == set()


def test_an_administrator_on_the_panel_is_blind(interview):
    ScorecardFactory(interview=interview, submitted=True)
    own = ScorecardFactory(interview=interview, interviewer=UserFactory(administrator=True))
    assert reads(own.interviewer) == {own}


def test_a_duty_on_another_role_opens_nothing(interview):
    ScorecardFactory(interview=interview, submitted=True)
    assert reads(MembershipFactory(committee=True).user) == set()
    assert reads(MembershipFactory(recruiter=True).user) == set()


def test_only_hiring_manager_and_empowered_committee_decide(interview):
    ScorecardFactory(interview=interview, submitted=True)
    decide = {
        duty: set(Application.objects.decidable_by(with_duty(interview, **{duty: True})))
        for duty in ("recruiter", "hiring_manager", "committee", "decider")
    }
    mine = {interview.application}
    assert decide == {"recruiter": set(), "hiring_manager": mine, "committee": set(), "decider": mine}


def test_nobody_decides_with_an_open_seat_of_their_own(interview):
    ScorecardFactory(interview=interview, submitted=True)
    manager = with_duty(interview, hiring_manager=True)
    ScorecardFactory(interview=second_interview(interview), interviewer=manager)
    assert set(Application.objects.decidable_by(manager)) == set()


def test_reading_takes_one_statement(interview, django_assert_num_queries):
    for _ in range(3):
        ScorecardFactory(interview=interview, submitted=True)
    reader = with_duty(interview, committee=True)
    with django_assert_num_queries(1):
        list(Scorecard.objects.readable_by(reader))
