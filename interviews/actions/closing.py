"""What follows when a seat closes: its interview may be completed, and what was asked may go into the bank's counts."""

from collections import defaultdict

from foundation import clock
from interviews.lifecycles import INTERVIEW
from interviews.models import Application, Interview, Score, Scorecard
from interviews.tally import beside_the_rest
from questions.counting import count_asked


def hold_application(interview: Interview) -> None:
    """Make whoever else closes a seat of the same application wait: of two last ones, the second sees the first.

    Comes before any lock on a card or an interview, so that nobody waits in a ring.
    """
    Application.objects.select_for_update().get(pk=interview.application_id)


def settle(interview: Interview) -> None:
    """What the closing of a seat at `interview` brings about. Part of the caller's transaction, the application held."""
    _complete_if_done(interview)
    _count_if_nobody_is_blind(interview.application_id)


def _complete_if_done(interview: Interview) -> None:
    """Complete `interview` if no seat is open and at least one card is in.

    With every card waived it stays as it is: there is nothing to read, so a seat is added or it is cancelled.
    """
    here = Interview.objects.select_for_update().get(pk=interview.pk)
    cards = Scorecard.objects.filter(interview=here)
    if cards.open().exists() or not cards.submitted().exists():
        return
    if here.status == Interview.Status.SCHEDULED:
        INTERVIEW.move(here, Interview.Status.RUNNING)
    if here.status == Interview.Status.RUNNING:
        INTERVIEW.move(here, Interview.Status.COMPLETED)
    interview.refresh_from_db(fields=["status"])


def _count_if_nobody_is_blind(application: int) -> None:
    """Count each question put at an interview of `application` as asked once, when no seat there is open any more.

    Everybody reads the counts. Counted card by card they would tell a peer who has submitted, and what was left out.
    """
    meetings = Interview.objects.filter(application=application)
    if Scorecard.objects.open().filter(interview__in=meetings).exists():
        return
    for meeting in meetings.filter(counted_at=None, scorecards__in=Scorecard.objects.counted()).distinct():
        put = Score.objects.filter(
            scorecard__in=Scorecard.objects.counted().filter(interview=meeting), outcome__in=Score.PUT
        )
        questions, levels, counted = [], defaultdict(list), defaultdict(list)
        for score in put.select_related("item__version__question", "item__voided"):
            question = score.item.version.question
            questions.append(question)
            if score.level is not None:
                levels[question.pk].append(score.level)
                if score.item.counts:
                    counted[question.pk].append(score.level)
        count_asked(
            questions=questions,
            at=min(meeting.starts_at, clock.now()),
            levels=levels,
            beside_the_rest=beside_the_rest(counted),
        )
        Interview.objects.filter(pk=meeting.pk).update(counted_at=clock.now())
