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
    Probe,
    Question,
    QuestionVersion,
    QuestionVersionQuerySet,
    SampleAnswer,
    Usage,
)
from questions.models.importing import ColumnMemory, Import, ImportRow
from questions.models.listing import Listing, ListingCount, ListingQuerySet

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
    "Kind",
    "Level",
    "Listing",
    "ListingCount",
    "ListingQuerySet",
    "Probe",
    "Question",
    "QuestionVersion",
    "QuestionVersionQuerySet",
    "SampleAnswer",
    "Usage",
]
