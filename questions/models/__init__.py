"""The bank: competencies, questions in numbered versions, and the list by which they are found."""

from questions.models.bank import (
    LEVELS,
    Anchor,
    Competency,
    CompetencyQuerySet,
    Fingerprint,
    Kind,
    Level,
    Override,
    Probe,
    Question,
    QuestionQuerySet,
    QuestionVersion,
    QuestionVersionQuerySet,
    SampleAnswer,
)
from questions.models.beside import Enemy, Usage
from questions.models.importing import ColumnMemory, Import, ImportRow
from questions.models.listing import Listing, ListingCount, ListingQuerySet
from questions.models.own import SavedFilter, Step
from questions.models.reviews import Review, ReviewQuerySet
from questions.models.words import IndexedVersion, Rank, Word

__all__ = [
    "LEVELS",
    "Anchor",
    "ColumnMemory",
    "Competency",
    "CompetencyQuerySet",
    "Enemy",
    "Fingerprint",
    "Import",
    "ImportRow",
    "IndexedVersion",
    "Kind",
    "Level",
    "Listing",
    "ListingCount",
    "ListingQuerySet",
    "Override",
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
