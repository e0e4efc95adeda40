"""Interviews: arranged, moved, cancelled; seats added, cards waived; clashes and the two odd nights of the year said."""

import re
from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from accounts.models import Entry
from foundation import clock
from foundation.lifecycle import MoveRefused, Refused
from interviews.actions.scheduling import add_seat, cancel_interview, move_interview, schedule_interview, waive_card
from interviews.lateness import ends_at
from interviews.local_times import happens_twice, moment_of
from interviews.models import Application, Interview, Scorecard
from plans.models import InterviewPlan
from tests.factories import (
    ActivePlanFactory,
    ApplicationFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    ScorecardFactory,
    UserFactory,
    put_in_force,
    submit,
)  # fmt: skip

pytestmark = pytest.mark.django_db
BERLIN = "Europe/Berlin"
NEXT_WEEK = (clock.now() + timedelta(days=7)).date()
AT_TEN = moment_of(NEXT_WEEK, time(10), BERLIN)


@pytest.fixture(scope="module")
def made(for_the_module):
    """(recruiter, application, Ada, Alan) of one role with a plan of two stages."""
    recruiter = MembershipFactory(recruiter=True).user
    role = recruiter.memberships.get().role
    application = ApplicationFactory(plan=put_in_force(PlanFactory(role=role, stages=2)))
    return recruiter, application, *(_interviewer(role, name) for name in ("Ada Byron", "Alan Turing"))


def _interviewer(role, name):
    return MembershipFactory(role=role, user__name=name).user


@pytest.fixture
def here(made, db):
    """Read anew for each test, which takes back what it does to the rows."""
    return deepcopy(made)


@pytest.fixture
def recruiter(here):
    return here[0]


@pytest.fixture
def application(here):
    return here[1]


@pytest.fixture
def role(application):
    return application.role


@pytest.fixture
def ada(here):
    return here[2]


@pytest.fixture
def alan(here):
    return here[3]


@pytest.fixture
def client(signed_in, recruiter):
    return signed_in(recruiter)


@pytest.fixture
def stage(application):
    return application.plan.stages.first()


def arrange(application, stage, *people, by, starts_at=AT_TEN, seat="panel"):
    seats = [(person, seat) for person in people]
    return schedule_interview(
        application=application, stage=stage, starts_at=starts_at, zone=BERLIN, place="Room 4", seats=seats, by=by
    )


@pytest.fixture
def interview(application, stage, ada, recruiter):
    return arrange(application, stage, ada, by=recruiter)


def address(name, row):
    return reverse(f"interviews:{name}", args=[row.pk])


def typed(stage, seats=(), /, **fields):
    when = {"day": NEXT_WEEK.isoformat(), "hour": "10:00", "zone": BERLIN}
    return {
        "stage": stage.pk,
        **when,
        "place": "Room 4",
        **{f"seat_{person.pk}": seat for person, seat in seats},
        **fields,
    }


def text(answer):
    return answer.content.decode()


def test_an_interview_has_one_card_a_seat_and_one_pending_score_an_item(
    client, application, stage, ada, alan, recruiter
):
    assert client.get(address("interview_schedule", application) + f"?stage={stage.pk}").status_code == 200
    answer = client.post(address("interview_schedule", application), typed(stage, [(ada, "panel"), (alan, "shadow")]))
    interview = Interview.objects.get()
    assert answer.url == address("interview_detail", interview)
    assert (interview.starts_at, interview.zone, interview.place, interview.status) == (
        AT_TEN,
        BERLIN,
        "Room 4",
        "scheduled",
    )
    assert set(interview.scorecards.values_list("interviewer", "seat", "status")) == {
        (ada.pk, "lead", "open"),
        (alan.pk, "shadow", "open"),
    }
    for card in interview.scorecards.all():
        assert card.scores.filter(outcome="pending").count() == stage.sections.filter(items__isnull=False).count() == 3
    assert Entry.objects.filter(verb="interview.scheduled", subject_id=interview.pk, actor=recruiter).exists()


def test_an_application_without_a_plan_takes_the_one_in_force(role, recruiter, ada):
    application = ApplicationFactory(role=role, plan=None)
    plan = ActivePlanFactory(role=role)
    arrange(application, plan.stages.first(), ada, by=recruiter)
    assert application.plan == plan


def test_without_a_plan_nothing_can_be_scheduled_and_the_pages_say_so(client, recruiter):
    application = ApplicationFactory(role=MembershipFactory(user=recruiter, duty="recruiter").role, plan=None)
    assert "no interview plan in force" in text(client.get(address("application_detail", application)))
    assert "no plan is in force" in text(client.get(address("interview_schedule", application)))


def test_a_second_click_is_told_that_the_stage_has_its_interview(client, application, stage, ada):
    sent = typed(stage, [(ada, "lead")])
    client.post(address("interview_schedule", application), sent)
    assert client.post(address("interview_schedule", application), sent).status_code == 422
    assert Interview.objects.count() == 1


def test_two_tabs_cannot_arrange_one_stage_twice(interview, application, stage, alan, recruiter):
    with pytest.raises(Refused, match="already arranged"):
        arrange(application, stage, alan, by=recruiter)
    assert Scorecard.objects.count() == 1


@pytest.mark.parametrize(
    ("seats", "sentence"),
    [([], "at least one person"), (["shadow"], "at least one person"), (["lead", "lead"], "Choose one lead")],
)
def test_seats_that_make_no_panel_are_refused_with_what_was_typed_kept(
    client, application, stage, ada, alan, seats, sentence
):
    chosen = list(zip([ada, alan], seats, strict=False))
    answer = client.post(address("interview_schedule", application), typed(stage, chosen, place="Attic"))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert 'value="Attic"' in text(answer)
    assert not Interview.objects.exists()


def test_only_interviewers_and_hiring_managers_of_the_role_can_sit(
    client, application, stage, role, ada, alan, recruiter
):
    manager, elsewhere = MembershipFactory(role=role, hiring_manager=True).user, MembershipFactory().user
    gone = MembershipFactory(role=role, user__is_active=False).user
    form = client.get(address("interview_schedule", application)).context["form"]
    assert set(form.people.values()) == {ada, alan, manager}
    for person in (elsewhere, gone, recruiter):
        with pytest.raises(Refused, match="not an interviewer"):
            arrange(application, stage, person, by=recruiter)
    assert not Interview.objects.exists()


@pytest.mark.parametrize("status", ["hired", "rejected", "withdrawn"])
def test_a_decided_application_takes_no_interview(client, interview, application, ada, alan, recruiter, status):
    Application.objects.filter(pk=application.pk).update(status=status)
    other = application.plan.stages.last()
    answer = client.post(address("interview_schedule", application), typed(other, [(ada, "lead")], hour="15:00"))
    assert answer.status_code == 422
    assert "decided or withdrawn" in text(answer)
    with pytest.raises(Refused):
        add_seat(interview=interview, user=alan, seat="panel", by=recruiter)
    with pytest.raises(Refused):
        move_interview(interview=interview, starts_at=AT_TEN, zone=BERLIN, place="", by=recruiter)


def test_a_stage_of_another_plan_is_refused(application, ada, recruiter):
    with pytest.raises(Refused):
        arrange(application, ActivePlanFactory().stages.first(), ada, by=recruiter)


def test_the_hour_that_the_clocks_skip_does_not_exist():
    with pytest.raises(Refused, match="does not exist"):
        moment_of(date(2027, 3, 28), time(2, 30), BERLIN)


def test_the_hour_that_comes_twice_is_asked_about():
    day = date(2026, 10, 25)
    assert happens_twice(day, time(2, 30), BERLIN)
    assert not happens_twice(day, time(4, 30), BERLIN)
    assert not happens_twice(date(2027, 3, 28), time(2, 30), BERLIN)
    assert moment_of(day, time(2, 30), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_of(day, time(2, 30), BERLIN, second=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_the_form_refuses_the_skipped_hour_and_asks_which_of_the_doubled_one(client, application, stage, ada):
    seats = [(ada, "lead")]
    answer = client.post(
        address("interview_schedule", application), typed(stage, seats, day="2027-03-28", hour="02:30")
    )
    assert answer.status_code == 422
    assert "does not exist" in text(answer)
    answer = client.post(
        address("interview_schedule", application), typed(stage, seats, day="2027-10-31", hour="02:30")
    )
    assert answer.status_code == 422
    assert 'name="which"' in text(answer)
    client.post(
        address("interview_schedule", application), typed(stage, seats, day="2027-10-31", hour="02:30", which="second")
    )
    assert Interview.objects.get().starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "fields",
    [
        {"day": ""}, {"day": "9999-12-31"}, {"day": "0001-01-01"}, {"day": "32/13/2026"}, {"hour": "25:00"}, {"hour": ""}, {"zone": "Mars/Phobos"},
        {"zone": ""}, {"place": "x" * 301}, {"place": "a\x00b"}, {"place": "a\u202eb"}, {"place": "x" * 3_000_000}, {"stage": "x"}, {"stage": "999999"},
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_beside_its_field(client, application, stage, ada, fields):
    answer = client.post(address("interview_schedule", application), typed(stage, [(ada, "lead")], **fields))
    assert answer.status_code == 422
    assert "invalid-feedback" in text(answer)
    assert not Interview.objects.exists()


def test_a_seat_that_nobody_offered_is_refused(client, application, stage, ada):
    answer = client.post(address("interview_schedule", application), typed(stage, [(ada, "president")]))
    assert answer.status_code == 422
    assert not Interview.objects.exists()


def test_a_place_is_text_unless_it_is_a_safe_address(client, interview):
    for place, shown in [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ]:
        Interview.objects.filter(pk=interview.pk).update(place=place)
        page_text = text(client.get(address("interview_detail", interview)))
        assert shown in page_text
        assert 'href="javascript' not in page_text
        assert "<script>alert" not in page_text
    Interview.objects.filter(pk=interview.pk).update(place="https://meet.example.org/x")
    assert 'href="https://meet.example.org/x"' in text(client.get(address("interview_detail", interview)))


def test_a_past_time_is_taken_and_said(client, application, stage, ada):
    answer = client.post(
        address("interview_schedule", application), typed(stage, [(ada, "lead")], day="2026-01-05"), follow=True
    )
    assert "already past" in text(answer)


def clashing(client, application, ada, **fields):
    return client.post(
        address("interview_schedule", application), typed(application.plan.stages.last(), [(ada, "lead")], **fields)
    )


def test_a_clash_is_said_by_name_and_needs_the_tick_for_exactly_that_clash(client, role, interview, application, ada):
    other = ApplicationFactory(plan=application.plan)
    answer = clashing(client, other, ada, hour="10:44")
    assert answer.status_code == 422
    assert "Two interviews at the same time" in text(answer)
    assert "Ada Byron" in text(answer)
    assert application.candidate.name in text(answer)
    assert clashing(client, other, ada, hour="10:44", anyway="1.1").status_code == 422
    mark = answer.context["form"].clash_mark
    assert clashing(client, other, ada, hour="10:44", anyway=mark).status_code == 302


def test_meetings_one_after_another_do_not_clash(client, interview, application, ada):
    other = ApplicationFactory(plan=application.plan)
    assert clashing(client, other, ada, hour="10:45").status_code == 302


def test_the_candidates_own_second_meeting_clashes(client, interview, application, alan):
    answer = clashing(client, application, alan)
    assert answer.status_code == 422
    assert "The candidate" in text(answer)


def test_a_clash_with_a_role_of_others_names_no_candidate(client, application, ada):
    elsewhere = InterviewFactory(starts_at=AT_TEN, application__candidate__name="Hidden Person")
    ScorecardFactory(interview=elsewhere, interviewer=ada)
    answer = clashing(client, application, ada)
    assert answer.status_code == 422
    assert "Ada Byron" in text(answer)
    assert "Hidden Person" not in text(answer)
    assert elsewhere.application.candidate.code not in text(answer)


def test_cancelled_meetings_and_waived_seats_do_not_clash(client, interview, application, ada, recruiter):
    other = ApplicationFactory(plan=application.plan)
    waive_card(card=interview.scorecards.get(), reason="Ill.", by=recruiter)
    assert clashing(client, other, ada).status_code == 302
    cancel_interview(interview=Interview.objects.get(application=other), reason="Ill.", by=recruiter)
    assert clashing(client, ApplicationFactory(plan=application.plan), ada).status_code == 302


def moved(interview, **fields):
    when = {"day": NEXT_WEEK.isoformat(), "hour": "16:00", "zone": "Europe/London", "place": "Attic"}
    return {**when, "was": interview.starts_at.isoformat(), **fields}


def test_a_moved_interview_has_its_new_time_and_place(client, interview):
    assert client.get(address("interview_move", interview)).status_code == 200
    assert client.post(address("interview_move", interview), moved(interview)).status_code == 302
    interview.refresh_from_db()
    assert (interview.starts_at, interview.zone, interview.place) == (
        moment_of(NEXT_WEEK, time(16), "Europe/London"),
        "Europe/London",
        "Attic",
    )


def test_an_interview_does_not_clash_with_itself_when_it_moves_a_little(client, interview):
    assert (
        client.post(address("interview_move", interview), moved(interview, hour="10:15", zone=BERLIN)).status_code
        == 302
    )


def test_moving_says_a_clash_too(client, interview, application, ada, recruiter):
    other = ApplicationFactory(plan=application.plan)
    later = arrange(other, other.plan.stages.first(), ada, by=recruiter, starts_at=AT_TEN + timedelta(hours=5))
    answer = client.post(address("interview_move", interview), moved(interview, hour="15:00", zone=BERLIN))
    assert answer.status_code == 422
    assert later.application.candidate.name in text(answer)


def test_of_two_tabs_that_move_one_interview_the_second_is_told(client, interview):
    first = moved(interview)
    client.post(address("interview_move", interview), first)
    answer = client.post(address("interview_move", interview), {**first, "hour": "17:00"})
    assert answer.status_code == 422
    assert "moved this interview meanwhile" in text(answer)


def test_an_interview_that_has_begun_keeps_its_time(client, interview, recruiter):
    Interview.objects.filter(pk=interview.pk).update(status="running")
    assert client.post(address("interview_move", interview), moved(interview)).status_code == 422
    with pytest.raises(Refused):
        move_interview(interview=interview, starts_at=AT_TEN, zone=BERLIN, place="", by=recruiter)


def test_cancelling_waives_the_open_cards_keeps_the_reason_and_frees_the_stage(
    client, interview, application, stage, ada, recruiter
):
    assert client.get(address("interview_cancel", interview)).status_code == 200
    client.post(address("interview_cancel", interview), {"reason": "The room burned down."})
    interview.refresh_from_db()
    assert (interview.status, interview.cancel_reason) == ("cancelled", "The room burned down.")
    assert interview.scorecards.get().status == "waived"
    answer = client.post(address("interview_cancel", interview), {"reason": "Again."})
    assert answer.status_code == 422
    assert "changed meanwhile" in text(answer)
    assert arrange(application, stage, ada, by=recruiter).pk != interview.pk


def test_an_interview_with_a_card_in_can_no_longer_be_cancelled(client, interview, alan, recruiter):
    add_seat(interview=interview, user=alan, seat="panel", by=recruiter)
    submit(interview.scorecards.first())
    answer = client.post(address("interview_cancel", interview), {"reason": "Too late."})
    assert answer.status_code == 422
    assert "can no longer be cancelled" in text(answer)
    assert Scorecard.objects.open().count() == 1


@pytest.mark.parametrize("reason", ["", "  ", "x" * 601, "a\x00b", "x" * 3_000_000])
def test_a_reason_that_cannot_be_kept_is_refused(client, interview, reason):
    for target in (address("interview_cancel", interview), address("card_waive", interview.scorecards.get())):
        answer = client.post(target, {"reason": reason})
        assert answer.status_code == 422
        assert "invalid-feedback" in text(answer)
    interview.refresh_from_db()
    assert (interview.status, interview.scorecards.get().status) == ("scheduled", "open")


def test_a_seat_is_added_once_for_a_person_with_the_duty(client, interview, alan):
    assert client.get(address("seat_add", interview)).status_code == 200
    sent = {"person": alan.pk, "seat": "panel"}
    assert client.post(address("seat_add", interview), sent).status_code == 302
    assert client.post(address("seat_add", interview), sent).status_code == 422
    assert interview.scorecards.get(interviewer=alan).scores.count() == 3
    assert interview.scorecards.count() == 2


def test_a_second_lead_and_a_clashing_seat_are_said(client, interview, alan, application, recruiter):
    answer = client.post(address("seat_add", interview), {"person": alan.pk, "seat": "lead"})
    assert answer.status_code == 422
    assert "Choose one lead" in text(answer)
    other = ApplicationFactory(plan=application.plan)
    arrange(other, other.plan.stages.first(), alan, by=recruiter)
    answer = client.post(address("seat_add", interview), {"person": alan.pk, "seat": "panel"})
    assert answer.status_code == 422
    assert "Two interviews at the same time" in text(answer)


def test_no_seat_is_added_to_an_interview_that_is_over_or_cancelled(interview, alan, recruiter):
    cancel_interview(interview=interview, reason="Ill.", by=recruiter)
    with pytest.raises(Refused, match="over or cancelled"):
        add_seat(interview=interview, user=alan, seat="panel", by=recruiter)


def test_waiving_the_last_open_card_completes_an_interview_with_a_card_in(client, interview, alan, recruiter):
    add_seat(interview=interview, user=alan, seat="panel", by=recruiter)
    first, last = interview.scorecards.all()
    submit(first)
    assert client.get(address("card_waive", last)).status_code == 200
    client.post(address("card_waive", last), {"reason": "Was not there."})
    interview.refresh_from_db()
    assert interview.status == "completed"
    answer = client.post(address("card_waive", last), {"reason": "Again."})
    assert answer.status_code == 422
    assert "changed meanwhile" in text(answer)
    with pytest.raises(MoveRefused):
        waive_card(card=first, reason="No.", by=recruiter)


def test_with_every_card_waived_the_interview_stays_and_takes_a_new_seat(interview, alan, recruiter):
    waive_card(card=interview.scorecards.get(), reason="Ill.", by=recruiter)
    interview.refresh_from_db()
    assert interview.status == "scheduled"
    assert add_seat(interview=interview, user=alan, seat="lead", by=recruiter).is_open


def test_a_blind_recruiter_is_told_nothing_of_peers_and_waives_only_the_own_card(
    client, interview, recruiter, role, alan
):
    add_seat(interview=interview, user=alan, seat="panel", by=recruiter)
    peer_in, peer_open = interview.scorecards.all()
    submit(peer_in)
    assert "card in" in text(client.get(address("interview_detail", interview)))
    MembershipFactory(role=role, user=recruiter)
    own = add_seat(interview=interview, user=recruiter, seat="panel", by=recruiter)
    for name, row in (("interview_detail", interview), ("application_detail", interview.application)):
        assert "card in" not in text(client.get(address(name, row)))
    assert client.get(address("card_waive", peer_in)).status_code == 404
    assert client.get(address("card_waive", peer_open)).status_code == 404
    assert client.get(address("card_waive", own)).status_code == 200


def test_whoever_is_blind_sees_the_same_before_and_after_the_peers_cards_came_in(
    client, application, ada, recruiter, role
):
    first, second = application.plan.stages.all()
    interview = arrange(application, first, ada, by=recruiter)
    MembershipFactory(role=role, user=recruiter)
    arrange(application, second, recruiter, by=recruiter, starts_at=AT_TEN + timedelta(hours=4))

    def shown():
        client.get("/interviews/")  # Messages of the actions before are read here.
        return [without_tokens(text(client.get(address(name, row)))) for name, row in pages]

    pages = [("interview_detail", interview), ("application_detail", application)]
    before = shown()
    Interview.objects.filter(pk=interview.pk).update(status="running")
    card = submit(interview.scorecards.get())
    Interview.objects.filter(pk=interview.pk).update(status="completed")
    assert card.status == "submitted"
    assert shown() == before


@pytest.fixture
def blind(application, interview, recruiter, role):
    """The recruiter with an open seat of their own at the second stage: of the first they may not know how far it is."""
    MembershipFactory(role=role, user=recruiter)
    second = application.plan.stages.last()
    return arrange(application, second, recruiter, by=recruiter, starts_at=AT_TEN + timedelta(hours=4))


def begun(interview, *, sealed=False):
    Interview.objects.filter(pk=interview.pk).update(status="running")
    if sealed:
        submit(interview.scorecards.first())
        Interview.objects.filter(pk=interview.pk).update(status="completed")


@pytest.mark.parametrize("sealed", [None, False, True])
def test_a_blind_recruiter_moves_and_seats_until_the_planned_start_whatever_has_come_in(
    client, blind, interview, alan, sealed
):
    if sealed is not None:
        begun(interview, sealed=sealed)
    assert client.post(address("interview_move", interview), moved(interview)).status_code == 302
    assert client.post(address("seat_add", interview), {"person": alan.pk, "seat": "panel"}).status_code == 302


@pytest.mark.parametrize("sealed", [None, False, True])
def test_after_the_planned_start_a_blind_recruiter_is_told_the_same_whatever_has_come_in(
    client, blind, interview, alan, sealed
):
    Interview.objects.filter(pk=interview.pk).update(starts_at=clock.now() - timedelta(hours=1))
    interview.refresh_from_db()
    if sealed is not None:
        begun(interview, sealed=sealed)
    assert address("interview_move", interview) not in text(client.get(address("interview_detail", interview)))
    for answer in (
        client.post(address("interview_move", interview), moved(interview)),
        client.post(address("seat_add", interview), {"person": alan.pk, "seat": "panel"}),
    ):
        assert answer.status_code == 422
        assert "is not open to you while a scorecard of your own is" in text(answer)
    # Where one sits with an open card oneself, it is not over: a colleague may still join.
    assert client.post(address("seat_add", blind), {"person": alan.pk, "seat": "panel"}).status_code == 302


@pytest.mark.parametrize("sealed", [None, False, True])
def test_a_blind_recruiter_neither_cancels_nor_withdraws_over_the_cards_of_others(
    client, blind, interview, application, recruiter, sealed
):
    if sealed is not None:
        begun(interview, sealed=sealed)
    refused = client.post(address("interview_cancel", interview), {"reason": "Ill."})
    assert (refused.status_code, "is not open to you" in text(refused)) == (422, True)
    refused = client.post(address("application_withdraw", application))
    assert (refused.status_code, "is not open to you" in text(refused)) == (409, True)
    application.refresh_from_db()
    assert application.status == "active"
    # The way out that the sentence names.
    waive_card(card=blind.scorecards.get(), reason="Another sits for me.", by=recruiter)
    assert client.post(address("application_withdraw", application)).status_code == 302


def test_a_recruiter_who_sits_alone_moves_and_cancels_as_ever(client, blind, application):
    Interview.objects.filter(pk=blind.pk).update(starts_at=clock.now() - timedelta(hours=1))
    blind.refresh_from_db()
    assert client.post(address("interview_move", blind), moved(blind)).status_code == 302
    assert client.post(address("interview_cancel", blind), {"reason": "Ill."}).status_code == 302


def test_to_a_blind_recruiter_a_waived_seat_still_takes_its_time(client, blind, interview, application, ada, recruiter):
    other = ApplicationFactory(plan=application.plan)
    arrange(other, other.plan.stages.first(), ada, by=recruiter, starts_at=AT_TEN + timedelta(hours=2))
    waive_card(card=interview.scorecards.get(), reason="Ill.", by=UserFactory())
    answer = client.post(address("interview_move", interview), moved(interview, hour="12:00", zone=BERLIN))
    assert "Two interviews at the same time" in text(answer)


def without_tokens(html):
    return re.sub(r'"X-CSRFToken": "\w+"|name="csrfmiddlewaretoken" value="\w+"', "", html)


def test_interviews_and_cards_of_others_are_as_absent_as_none(client, signed_in, interview, ada, role):
    theirs = ScorecardFactory()
    for name in ("interview_detail", "interview_move", "interview_cancel", "seat_add", "card_waive"):
        row = theirs if name == "card_waive" else theirs.interview
        absent = client.get(reverse(f"interviews:{name}", args=[999_999]))
        wrong = client.get(address(name, row))
        assert (wrong.status_code, without_tokens(text(wrong))) == (404, without_tokens(text(absent)))
    interviewer = signed_in(ada)
    assert interviewer.get(address("interview_detail", interview)).status_code == 200
    for name in ("interview_move", "interview_cancel", "seat_add"):
        assert interviewer.get(address(name, interview)).status_code == 404
        assert interviewer.post(address(name, interview)).status_code == 404
    assert interviewer.post(address("card_waive", interview.scorecards.get()), {"reason": "x"}).status_code == 404


def test_a_plan_that_stands_is_never_touched_by_scheduling(interview, application):
    assert InterviewPlan.objects.get(pk=application.plan_id).status == "active"
    assert ends_at(interview) == AT_TEN + timedelta(minutes=45)


def test_other_methods_are_refused(client, interview):
    assert client.post(address("interview_detail", interview)).status_code == 405
    assert client.put(address("interview_move", interview)).status_code == 405
    assert client.delete(address("interview_cancel", interview)).status_code == 405


def test_nobody_without_a_duty_can_sit_or_look(signed_in, interview, application):
    client = signed_in(UserFactory(recruiter=True))
    assert client.get(address("interview_detail", interview)).status_code == 404
    assert client.get(address("interview_schedule", application)).status_code == 404
