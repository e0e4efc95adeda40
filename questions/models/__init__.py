"""The bank: competencies, questions in numbered versions, and the list by which they are found."""

from questions.models.bank import (
    LEVELS,
    Anchor,
    Competency,
    CompetencyQuerySet,
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
from questions.models.own import SavedFilter, Step
from questions.models.reviews import Review, ReviewQuerySet
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
    "QuestionQuerySet",
    "QuestionVersion",
    "QuestionVersionQuerySet",
    "Rank",
    "Review",
    "ReviewQuerySet",
    "SampleAnswer",
    "SavedFilter",
    "Step",
    "Usage",
    "Word",
]
