"""Interviews as one person may see them: when, where, who, and for those who chase cards, what is in and what is late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation import clock
from interviews.lateness import ends_at, is_past
from interviews.models import Application, Interview, Scorecard
from interviews.policies import cards_chased_by, cards_waivable_by, interviews_run_by, status_known_to
from plans.models import Stage


@dataclass(frozen=True)
class Word:
    """A state in a word, with its tone for parts/_state.html."""

    label: str | Promise
    tone: str


@dataclass(frozen=True)
class SeatLine:
    """One seat. `word` and both times are None for a reader who may not know how the card stands."""

    card: Scorecard
    is_own: bool
    word: Word | None
    due_at: datetime | None
    late_since: datetime | None
    may_waive: bool


@dataclass(frozen=True)
class Meeting:
    """One interview. `word` is None for a reader who may know no more than its time."""

    interview: Interview
    ends_at: datetime
    is_past: bool
    word: Word | None
    seats: Sequence[SeatLine]
    own: SeatLine | None
    may_run: bool
    may_move: bool
    may_change: bool
    kit_link: str


@dataclass(frozen=True)
class StageLine:
    """A stage of the plan with its standing interview, if any, and the ones called off before it."""

    stage: Stage
    meeting: Meeting | None
    cancelled: Sequence[Meeting]


@dataclass(frozen=True)
class _Known:
    """What `user` may know and do, as keys: cards they chase or may waive, interviews they run."""

    user: User
    chased: frozenset[int]
    waivable: frozenset[int]
    run: frozenset[int]


def kit_link(interview: Interview) -> str:
    """The whole address of the scoring page, for a calendar entry."""
    return settings.SITE_URL + reverse("interviews:interview_score", args=[interview.pk])


def meetings(interviews: Iterable[Interview], user: User) -> list[Meeting]:
    """`interviews` as `user` may see them, in a fixed number of queries. Which ones they may see is the caller's word."""
    found = list(interviews)
    prefetch_related_objects(found, "stage", "application__candidate", "application__role", "scorecards__interviewer")
    keys = [interview.pk for interview in found]
    chased = cards_chased_by(user).filter(interview__in=keys)
    waivable = cards_waivable_by(user).open().filter(interview__in=keys)
    known = _Known(
        user=user,
        chased=frozenset(chased.values_list("pk", flat=True)),
        waivable=frozenset(waivable.values_list("pk", flat=True)),
        run=frozenset(interviews_run_by(user).filter(pk__in=keys).values_list("pk", flat=True)),
    )
    return [_meeting(interview, known) for interview in found]


def listed_interviews(application: Application, user: User) -> QuerySet[Interview]:
    """All interviews of `application` for whoever runs it or knows its state, else only those `user` has a seat at."""
    theirs = Application.objects.run_by(user) | status_known_to(user)
    if theirs.filter(pk=application.pk).exists():
        return application.interviews.all()
    return application.interviews.filter(pk__in=Scorecard.objects.held_by(user).values("interview"))


def stage_lines(stages: Iterable[Stage], found: Iterable[Meeting]) -> list[StageLine]:
    """Every stage in the order of the plan, with its meetings out of `found`."""
    lines = []
    for stage in stages:
        here = [meeting for meeting in found if meeting.interview.stage_id == stage.pk]
        cancelled = [meeting for meeting in here if _is_cancelled(meeting.interview)]
        standing = [meeting for meeting in here if not _is_cancelled(meeting.interview)]
        lines.append(StageLine(stage=stage, meeting=standing[0] if standing else None, cancelled=cancelled))
    return lines


def _is_cancelled(interview: Interview) -> bool:
    return interview.status == Interview.Status.CANCELLED


def _meeting(interview: Interview, known: _Known) -> Meeting:
    seats = [_seat_line(interview, card, known) for card in interview.scorecards.all()]
    may_run = interview.pk in known.run
    knows = may_run and all(seat.is_own or seat.card.pk in known.chased for seat in seats)
    # For whoever may not know, it begins at its time: the same buttons before and after the cards came in.
    begun = interview.status != Interview.Status.SCHEDULED if knows else interview.starts_at <= clock.now()
    over = _is_cancelled(interview) or (knows and interview.status == Interview.Status.COMPLETED)
    return Meeting(
        interview=interview,
        ends_at=ends_at(interview),
        is_past=is_past(interview),
        word=_meeting_word(interview, knows=knows),
        seats=seats,
        own=next((seat for seat in seats if seat.is_own), None),
        may_run=may_run,
        may_move=may_run and not over and not begun,
        may_change=may_run and not over,
        kit_link=kit_link(interview),
    )


def _seat_line(interview: Interview, card: Scorecard, known: _Known) -> SeatLine:
    is_own = card.interviewer_id == known.user.pk
    may_know = is_own or card.pk in known.chased
    end = ends_at(interview) if may_know and card.is_open else None
    return SeatLine(
        card=card,
        is_own=is_own,
        word=_card_word(card, interview) if may_know else None,
        due_at=None if is_past(interview) else end,
        late_since=end if is_past(interview) else None,
        may_waive=card.pk in known.waivable,
    )


def _card_word(card: Scorecard, interview: Interview) -> Word:
    if card.status == Scorecard.Status.SUBMITTED:
        return Word(_("card in"), "done")
    if card.status == Scorecard.Status.WAIVED:
        return Word(_("waived"), "")
    return Word(_("late"), "mark") if is_past(interview) else Word(_("due"), "open")


def _meeting_word(interview: Interview, *, knows: bool) -> Word | None:
    if _is_cancelled(interview):
        return Word(_("cancelled"), "")
    if not knows:
        return None
    if interview.status == Interview.Status.RUNNING and is_past(interview):
        return Word(_("over, cards open"), "open")
    tones = {Interview.Status.SCHEDULED: "open", Interview.Status.RUNNING: "on", Interview.Status.COMPLETED: "done"}
    return Word(interview.get_status_display(), tones[Interview.Status(interview.status)])
