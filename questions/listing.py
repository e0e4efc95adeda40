"""The list of the bank, kept in the transaction that publishes, retires or brings back: which version stands for a
question, and the figures.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Case, Count, Func, Subquery, Sum, When
from django.db.models.functions import Coalesce

from accounts.recording import hold_record
from questions.index import forget_versions, learn_words
from questions.models import Listing, ListingCount, Question, QuestionVersion

Cell = tuple[int, str, str]
_SAID = ["version", "competency", "title", "level", "kind"]


def list_version(version: QuestionVersion) -> None:
    """Let `version`, published a moment ago, stand for its question, in place of the one before it."""
    list_versions([version])


def row_of(version: QuestionVersion) -> Listing:
    """How a version stands in the list; not written yet."""
    return Listing(
        question_id=version.question_id,
        version=version,
        competency_id=version.question.competency_id,
        title=version.title,
        level=version.level,
        kind=version.kind,
    )


@transaction.atomic
def list_versions(versions: Sequence[QuestionVersion]) -> None:
    """`list_version` for one version each of any number of questions, at once."""
    hold_record()
    before = Listing.objects.select_for_update().filter(question__in=[version.question_id for version in versions])
    forget_versions({listing.version_id for listing in before} - {version.pk for version in versions})
    learn_words(versions)
    change = Counter[Cell]()
    change.subtract(_cell(listing) for listing in before)
    listed = [row_of(version) for version in versions]
    change.update(_cell(listing) for listing in listed)
    Listing.objects.bulk_create(listed, update_conflicts=True, unique_fields=["question"], update_fields=_SAID)
    _count({cell: by for cell, by in change.items() if by})


def leave_list(question: Question) -> None:
    """Take `question`, retired a moment ago, out of the figures. Its listing stays, so that it can come back."""
    _recount_one(question, -1)


def return_to_list(question: Question) -> None:
    """Take `question`, brought back a moment ago, into the figures again."""
    _recount_one(question, 1)


def _recount_one(question: Question, by: int) -> None:
    hold_record()
    _count({_cell(listing): by for listing in Listing.objects.filter(question=question)})


def number_in_use(competency: str = "", level: str = "", kind: str = "") -> int:
    """How many questions are in use, as the figures say: all, or those of a competency (its slug), a level or a type. One
    statement, as quick for any bank.
    """
    asked = {"competency__slug": competency, "level": level, "kind": kind}
    chosen = {name: value for name, value in asked.items() if value}
    # Chosen among the few that rest: as a filter, SQLite would look for those that rest among all that are chosen.
    rests = Case(When(question__retired_at=None, **chosen, then="pk"))
    resting = Listing.objects.resting().order_by().annotate(number=Func(rests, function="COUNT"))
    cells = ListingCount.objects.filter(**chosen)
    number: int = cells.aggregate(all=Coalesce(Sum("number"), 0) - Subquery(resting.values("number")))["all"]
    return number


def resting_cells() -> Counter[Cell]:
    """How many of those that the figures count rest today, and so stand in no list; read by the index of the few that rest."""
    return Counter(Listing.objects.resting().order_by().values_list("competency", "level", "kind"))


def recounted() -> dict[Cell, int]:
    """The figures as the list itself gives them, read from end to end: what `ListingCount` must say."""
    cells = Listing.objects.filter(question__retired_at=None).order_by().values_list("competency", "level", "kind")
    return {(competency, level, kind): n for competency, level, kind, n in cells.annotate(n=Count("pk"))}


def _cell(listing: Listing) -> Cell:
    return listing.competency_id, listing.level, listing.kind


def _count(change: Mapping[Cell, int]) -> None:
    # Whoever counts holds the record, so what is read here is still so when it is written.
    cells = ListingCount.objects.filter(competency__in={competency for competency, _level, _kind in change})
    before = {(c, level, kind): n for c, level, kind, n in cells.values_list("competency", "level", "kind", "number")}
    ListingCount.objects.bulk_create(
        [
            ListingCount(competency_id=cell[0], level=cell[1], kind=cell[2], number=before.get(cell, 0) + by)
            for cell, by in change.items()
        ],
        update_conflicts=True,
        unique_fields=["competency", "level", "kind"],
        update_fields=["number"],
    )
