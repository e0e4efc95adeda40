"""One scorecard as a document: page and PDF show the same. The private note is not in it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from interviews.models import Amendment, Interview, Scorecard
from interviews.record import Amended, Asked, Given, amended, asked, given, items_with_rubric
from printing.document import canonical_json, digest_of


@dataclass(frozen=True)
class Entry:
    number: int
    asked: Asked
    given: Given


@dataclass(frozen=True)
class ScorecardDocument:
    """What one interviewer put down at one interview, with the rubric that was in force."""

    code: str
    candidate: str
    role: str
    plan: int
    stage: str
    starts_at: datetime
    zone: str
    interviewer: str
    seat: str
    status: str
    recommendation: str
    recommendation_reason: str
    summary: str
    waive_reason: str
    candidate_questions: str
    submitted_at: datetime | None
    amendments: tuple[Amended, ...]
    entries: tuple[Entry, ...]

    @cached_property
    def digest(self) -> str:
        return digest_of(canonical_json(self))

    @property
    def seat_label(self) -> str:
        return str(Scorecard.Seat(self.seat).label)

    @property
    def recommendation_label(self) -> str:
        return str(Scorecard.Recommendation(self.recommendation).label) if self.recommendation else ""

    @property
    def is_waived(self) -> bool:
        return self.status == Scorecard.Status.WAIVED


def gather_scorecard(card: Scorecard) -> ScorecardDocument:
    """Everything the document says, in 6 queries whatever the number of questions."""
    meeting = Interview.objects.select_related("application__candidate", "application__role", "stage__plan").get(
        pk=card.interview_id
    )
    candidate = meeting.application.candidate
    amendments = list(card.amendments.all())
    return ScorecardDocument(
        code=candidate.code,
        candidate=candidate.name,
        role=meeting.application.role.title,
        plan=meeting.stage.plan.number,
        stage=meeting.stage.name,
        starts_at=meeting.starts_at,
        zone=meeting.zone,
        interviewer=card.interviewer.name,
        seat=card.seat,
        status=card.status,
        recommendation=card.recommendation,
        recommendation_reason=card.recommendation_reason,
        summary=card.summary,
        waive_reason=card.waive_reason,
        candidate_questions=card.candidate_questions,
        submitted_at=card.submitted_at,
        amendments=amended(amendments),
        entries=_entries(card, meeting, amendments),
    )


def _entries(card: Scorecard, meeting: Interview, amendments: list[Amendment]) -> tuple[Entry, ...]:
    scores = {score.item_id: score for score in card.scores.all()}
    items = [item for item in items_with_rubric(stage=meeting.stage) if item.pk in scores]
    return tuple(
        Entry(number, asked(item), given(scores[item.pk], item, amendments))
        for number, item in enumerate(items, start=1)
    )
