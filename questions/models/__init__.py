"""The bank: competencies, questions in numbered versions, and the list by which they are found."""

from questions.models.bank import (
    LEVELS,
    Anchor,
    Competency,
    CompetencyQuerySet,
    Fingerprint,
    Kind,
    Level,
    Probe,
    Question,
    QuestionQuerySet,
    QuestionVersion,
    QuestionVersionQuerySet,
    SampleAnswer,
)
from questions.models.beside import Enemy, Usage
from questions.models.listing import Listing, ListingCount, ListingQuerySet
from questions.models.reviews import Review, ReviewQuerySet

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
    "Probe",
    "Question",
    "QuestionQuerySet",
    "QuestionVersion",
    "QuestionVersionQuerySet",
    "Review",
    "ReviewQuerySet",
    "SampleAnswer",
    "Usage",
]
