"""The bank: competencies, questions in numbered versions, and the list by which they are found."""

from questions.models.bank import (
    LEVELS,
    Anchor,
    Competency,
    CompetencyQuerySet,
    Enemy,
    Kind,
    Level,
    Probe,
    Question,
    QuestionVersion,
    QuestionVersionQuerySet,
    SampleAnswer,
    Usage,
)
from questions.models.listing import Listing, ListingCount, ListingQuerySet
from questions.models.words import IndexedVersion, Rank, Word

__all__ = [
    "LEVELS",
    "Anchor",
    "Competency",
    "CompetencyQuerySet",
    "Enemy",
    "IndexedVersion",
    "Kind",
    "Level",
    "Listing",
    "ListingCount",
    "ListingQuerySet",
    "Probe",
    "Question",
    "QuestionVersion",
    "QuestionVersionQuerySet",
    "Rank",
    "SampleAnswer",
    "Usage",
    "Word",
]
