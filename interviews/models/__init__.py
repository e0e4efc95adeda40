"""Meet and score: candidates, their applications, dated interviews, and one scorecard for each seat."""

from interviews.models.candidates import Candidate
from interviews.models.history import Amendment, ScoreEdit
from interviews.models.meetings import (
    EVIDENCE_LIMIT,
    Application,
    ApplicationQuerySet,
    Interview,
    Score,
    Scorecard,
    ScorecardQuerySet,
)

__all__ = [
    "EVIDENCE_LIMIT",
    "Amendment",
    "Application",
    "ApplicationQuerySet",
    "Candidate",
    "Interview",
    "Score",
    "ScoreEdit",
    "Scorecard",
    "ScorecardQuerySet",
]
