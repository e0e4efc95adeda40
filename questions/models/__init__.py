"""The bank: competencies, questions in numbered versions, and the list by which they are found."""

from questions.models.bank import (
    LEVELS,
    Anchor,
    Competency,
    CompetencyQuerySet,
    Enemy,
    Fingerprint,
    Kind,
    Level,
    Override,
    Probe,
    Question,
    QuestionVersion,
    QuestionVersionQuerySet,
    SampleAnswer,
    Usage,
)
from questions.models.listing import Listing, ListingCount, ListingQuerySet

__all__ = [
    "LEVELS",
    "Anchor",
    "Competency",
    "CompetencyQuerySet",
    "Enemy",
    "Fingerprint",
    "Kind",
    "Level",
    "Listing",
    "ListingCount",
    "ListingQuerySet",
    "Override",
    "Probe",
    "Question",
    "QuestionVersion",
    "QuestionVersionQuerySet",
    "SampleAnswer",
    "Usage",
]
