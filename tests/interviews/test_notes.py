"""What is written on the card itself, saved like a score; time is up; extra time; what of it is printed and what is not."""

import io
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Entry
from committee.gathering import gather_packet
from foundation import clock
from interviews.actions.scheduling import move_interview, schedule_interview, waive_card
from interviews.actions.scoring import mark_time_up
from interviews.lateness import ends_at, late
from interviews.models import CardEdit, Interview, Score, Scorecard, ScoreEdit
from interviews.score_sheet import Sheet
from interviews.scorecard_document import gather_scorecard
from plans.kit import kit_of
from plans.models import Item
from printing import pdf
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
from tests.interviews.saving import Tab, scored, warm_up

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made")


def note(tab, expected=0, **fields):
    return send(tab, tab.edit(tab.card, expected, **fields))


def send(tab, edit):
    return tab.http.post(
        reverse("interviews:notes_save", args=[tab.card.interview_id]),
        edit,
        content_type="application/json",
        headers={"Accept": "application/json"},
    )


def stored(row):
    row.refresh_from_db()
    return row


# ---- The contract of a save ----


def test_what_the_candidate_asked_and_the_words_of_the_review_are_saved_before_the_card_is_in(tab, card):
    answer = note(tab, candidate_questions="Who is on call?")
    assert answer.json() == {"applied": True, "version": 1, "saved_at": CardEdit.objects.get().at.isoformat()}
    note(tab, recommendation="not_enough", recommendation_reason="No word on drift.")
    note(tab, summary="Careful.")
    note(tab, private_note="Ask again.")
    assert (stored(card).candidate_questions, card.recommendation, card.recommendation_reason, card.summary) == (
        "Who is on call?", "not_enough", "No word on drift.", "Careful.",
    )  # fmt: skip
    assert (card.private_note, card.version, card.status, card.submitted_at) == ("Ask again.", 4, "open", None)
    assert not Entry.objects.filter(note__contains="Careful").exists()


def test_a_repeated_save_is_answered_word_for_word_and_counts_once(tab, card):
    edit = tab.edit(card, summary="Once.")
    assert send(tab, edit).content == send(tab, edit).content
    assert (stored(card).version, CardEdit.objects.count()) == (1, 1)


def test_an_older_save_is_acknowledged_and_not_applied(tab, card):
    older, newer = tab.edit(card, summary="First."), tab.edit(card, summary="Second.")
    send(tab, newer)
    answer = send(tab, older)
    assert (answer.status_code, answer.json()["applied"], stored(card).summary) == (200, False, "Second.")


def test_two_windows_on_the_same_words_are_told_and_on_different_words_are_not(tab, mine, card):
    there = Tab(mine, card)
    note(there, summary="Theirs.")
    assert note(tab, private_note="Mine.").status_code == 200
    answer = note(tab, summary="Mine.")
    assert (answer.status_code, answer.json()["theirs"], answer.json()["yours"]) == (
        409, {"summary": "Theirs."}, {"summary": "Mine."},
    )  # fmt: skip
    assert stored(card).summary == "Theirs."


def test_an_operation_of_another_card_is_refused(tab, card, signed_in):
    edit = tab.edit(card, summary="Mine.")
    send(tab, edit)
    other = ScorecardFactory()
    assert send(Tab(signed_in(other.interviewer), other), edit).status_code == 422
    assert stored(other).summary == ""


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"summary": "w" * 4001}, "summary"),
        ({"candidate_questions": "w" * 4001}, "candidate_questions"),
        ({"private_note": "bell \x07"}, "private_note"),
        ({"recommendation": "maybe"}, "recommendation"),
        ({"summary": 4}, "summary"),
        ({"evidence": "not of a card"}, ""),
        ({}, ""),
    ],
)
def test_what_no_card_may_say_is_refused_with_its_field(tab, card, fields, field):
    answer = note(tab, **fields)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert (stored(card).version, CardEdit.objects.count()) == (0, 0)


def test_nothing_is_written_on_a_card_that_is_in_or_waived(tab, card):
    submit(card)
    assert note(tab, summary="Too late.").status_code == 403
    other = ScorecardFactory(interviewer=card.interviewer)
    waive_card(card=other, reason="Ill.", by=UserFactory())
    assert note(Tab(tab.http, other), summary="Too late.").status_code == 403
    assert stored(card).summary == stored(other).summary == ""


def test_nobody_writes_on_a_card_of_another(card, signed_in):
    for user in (
        UserFactory(),
        UserFactory(administrator=True),
        ScorecardFactory(interview=card.interview).interviewer,
    ):
        note(Tab(signed_in(user), card), summary="Not mine to write.")
    assert stored(card).summary == ""


def test_a_save_on_the_card_costs_as_little_as_one_of_a_score(tab, card):
    with CaptureQueriesContext(connection) as spent:
        note(tab, summary="Careful.")
    own = [each["sql"] for each in spent if not each["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    assert len(own) - 2 <= 5, "the first two are the session and the person"


def test_the_history_of_a_card_is_never_changed(tab):
    note(tab, summary="Careful.")
    with pytest.raises(DatabaseError), transaction.atomic():
        CardEdit.objects.update(fields="{}")
    with pytest.raises(DatabaseError), transaction.atomic():
        CardEdit.objects.all().delete()


@pytest.mark.parametrize(("model", "column"), [(Scorecard, "candidate_questions"), (Score, "followups")])
def test_what_was_noted_is_frozen_with_the_card(card, model, column):
    submit(card)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**{column: "Later words."})


def test_without_javascript_the_note_is_a_form_and_what_cannot_be_kept_stands_in_it_again(mine, card):
    url = reverse("interviews:notes_save", args=[card.interview_id])
    sent = {"page": str(uuid4()), "on": "score", "expected_version": "0", "candidate_questions": "Who is on call?"}
    answer = mine.post(url, sent)
    assert (answer.status_code, answer["Location"]) == (303, f"/interviews/{card.interview_id}/score/#question-last")
    answer = mine.post(url, {**sent, "page": str(uuid4()), "on": "review", "candidate_questions": "Mine."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Review your scorecard" in page
    assert "Mine.</textarea>" in page
    assert "Who is on call?" in page
    assert stored(card).candidate_questions == "Who is on call?"


# ---- Follow-ups and the review ----


def test_a_follow_up_conflicts_with_a_follow_up_alone_and_never_makes_a_score(tab, mine, card):
    score = scored(card)
    tab.save(score, followups="And at ten times the load?")
    assert Tab(mine, card).save(score, evidence="Named the cost.").status_code == 200
    assert Tab(mine, card).save(score, followups="Another.").status_code == 409
    assert (stored(score).followups, score.outcome, score.level) == ("And at ten times the load?", "pending", None)
    assert stored(card.interview).status == "scheduled", "a note does not begin an interview"


def test_a_submit_after_the_words_of_the_card_changed_elsewhere_is_refused(mine, card):
    card.scores.filter(item__scored=True).update(outcome="scored", level=4, evidence="Said why.", version=1)
    seen = Sheet.of(card).seen
    note(Tab(mine, card), summary="Written in the other window.")
    sent = {"recommendation": "yes", "summary": "Older.", "seen": seen}
    answer = mine.post(reverse("interviews:interview_submit", args=[card.interview_id]), sent)
    assert answer.status_code == 422
    assert "Something changed" in answer.content.decode()
    assert (stored(card).status, card.summary) == ("open", "Written in the other window.")


def test_warm_ups_come_first_on_page_paper_and_kit_whatever_their_section():
    plan = PlanFactory()
    Item.objects.filter(section__stage__plan=plan, scored=False).update(
        section=plan.stages.get().sections.last(), position=9
    )
    card = ScorecardFactory(interview__application__plan=put_in_force(plan))
    rows = Sheet.of(card).rows
    assert [row.item.scored for row in rows] == [False, True, True]
    assert [entry.asked.scored for entry in gather_scorecard(card).entries] == [False, True, True]
    kit = kit_of(plan).stages[0]
    assert kit.sections[0].competency == "Warm-up"
    numbers = [(question.number, question.title) for section in kit.sections for question in section.questions]
    assert numbers == [(row.number, row.version.title) for row in rows]


def test_a_stage_without_an_opening_opens_with_a_neutral_line(card):
    card.interview.stage.opening = "  "
    assert "same questions" in Sheet.of(card).opening


# ---- Time is up ----


def time_up(client, card, **fields):
    return client.post(reverse("interviews:interview_time_up", args=[card.interview_id]), fields)


def test_time_is_up_marks_what_is_open_and_nothing_else_each_in_the_history(tab, mine, card):
    first, second = card.scores.filter(item__scored=True)
    tab.save(first, level=4)
    assert time_up(mine, card, on="review")["Location"] == f"/interviews/{card.interview_id}/review/"
    assert (stored(first).level, stored(second).outcome, second.reason) == (4, "not_asked", "No time")
    assert warm_up(card).outcome == "pending"
    assert ScoreEdit.objects.filter(score=second, applied=True).count() == 1


def test_time_is_up_said_twice_counts_once(mine, card):
    for _press in range(2):
        time_up(mine, card, page=str(UUID(int=7)))
    assert ScoreEdit.objects.count() == 2
    assert mark_time_up(card=card, client=uuid4(), by=card.interviewer) == 0


def test_the_window_that_scores_is_told_of_the_mark_by_a_conflict(tab, mine, card):
    score = scored(card)
    time_up(mine, card)
    assert tab.save(score, level=3).status_code == 409


def test_time_is_not_up_on_a_card_that_is_in(mine, card):
    submit(card)
    assert time_up(mine, card).status_code == 302
    assert not ScoreEdit.objects.exists()


# ---- Extra time ----


def test_extra_time_moves_the_end_the_clock_and_when_a_card_is_late():
    start = clock.now() - timedelta(minutes=50)
    card = ScorecardFactory(interview__starts_at=start, interview__extra_minutes=15)
    usual = ScorecardFactory(interview__starts_at=start)
    assert ends_at(card.interview) == start + timedelta(minutes=60)
    assert list(late(Scorecard.objects.all())) == [usual]
    assert [row.minutes for row in Sheet.of(card).rows] == [5, 11, 11]
    assert [row.minutes for row in Sheet.of(usual).rows] == [4, 8, 8]


def test_extra_time_is_set_when_the_interview_is_arranged_and_kept_when_it_moves():
    application = ApplicationFactory()
    lead = MembershipFactory(role=application.role).user
    by = MembershipFactory(role=application.role, recruiter=True).user
    when = {"starts_at": clock.now() + timedelta(days=1), "zone": "UTC", "place": ""}
    stage = application.plan.stages.get()
    meeting = schedule_interview(
        application=application, stage=stage, **when, extra_minutes=20, seats=[(lead, "lead")], by=by
    )
    assert meeting.minutes == stage.minutes + 20
    move_interview(interview=meeting, **when, by=by)
    assert stored(meeting).extra_minutes == 20
    move_interview(interview=meeting, **when, extra_minutes=0, by=by)
    assert stored(meeting).extra_minutes == 0


@pytest.mark.parametrize("minutes", [241, 65_000])
def test_the_database_keeps_extra_time_within_reason(minutes):
    meeting = InterviewFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        Interview.objects.filter(pk=meeting.pk).update(extra_minutes=minutes)


def test_extra_time_is_named_on_no_page_of_the_interviewer(signed_in):
    card = ScorecardFactory(interview__extra_minutes=15)
    client = signed_in(card.interviewer)
    for name in ("interview_score", "interview_review", "interview_detail"):
        page = client.get(reverse(f"interviews:{name}", args=[card.interview_id])).content.decode()
        assert "extra" not in page.lower().split("<main")[1]
    assert "of 60 min" in client.get(reverse("interviews:interview_score", args=[card.interview_id])).content.decode()


# ---- What is hidden, and what prints ----


def test_what_is_drafted_on_an_open_or_waived_card_is_in_no_packet(card):
    drafted = {"recommendation": "strong_no", "summary": "CANARY", "private_note": "CANARY", "candidate_questions": "CANARY"}  # fmt: skip
    submit(ScorecardFactory(interview=card.interview))
    waived = ScorecardFactory(interview=card.interview)
    Scorecard.objects.filter(pk__in=[card.pk, waived.pk]).update(**drafted)
    waive_card(card=stored(waived), reason="Ill.", by=UserFactory())
    packet = gather_packet(card.interview.application)
    assert "CANARY" not in packet.facts
    assert "strong_no" not in packet.facts


@needs_pango
def test_hint_probes_follow_ups_and_the_candidates_questions_print_and_the_last_not_in_the_packet(signed_in, card):
    score = scored(card)
    Score.objects.filter(pk=score.pk).update(hint=True, probes_used=[2], followups="And at ten times the load?")
    Scorecard.objects.filter(pk=card.pk).update(candidate_questions="Who is on call?")
    submit(stored(card))
    answer = signed_in(card.interviewer).get(reverse("interviews:scorecard_pdf", args=[card.pk]))
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
    assert "hint given" in text
    assert "Probes used: Probe 2: tell me more?" in text
    assert "And at ten times the load?" in text
    assert "Who is on call?" in text
    facts = gather_packet(card.interview.application).facts
    assert "And at ten times the load?" in facts
    assert "Who is on call?" not in facts
