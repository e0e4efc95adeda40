"""Meet and score: candidates, their applications, dated interviews, and one scorecard for each seat."""

from interviews.models.candidates import Candidate
from interviews.models.history import Amendment, CardEdit, ScoreEdit
from interviews.models.meetings import (
    MOST_EXTRA_MINUTES,
    Application,
    ApplicationQuerySet,
    Interview,
    Scorecard,
    ScorecardQuerySet,
)
from interviews.models.results import StageResult, StageResultQuerySet
from interviews.models.scores import EVIDENCE_LIMIT, Score

__all__ = [
    "EVIDENCE_LIMIT",
    "MOST_EXTRA_MINUTES",
    "Amendment",
    "Application",
    "ApplicationQuerySet",
    "Candidate",
    "CardEdit",
    "Interview",
    "Score",
    "ScoreEdit",
    "Scorecard",
    "ScorecardQuerySet",
    "StageResult",
    "StageResultQuerySet",
]
