"""The list of the bank, kept in the transaction that publishes: which version stands for a question, and the figures."""

from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count, F

from accounts.recording import hold_record
from questions.models import Listing, ListingCount, QuestionVersion

Cell = tuple[int, str, str]


@transaction.atomic
def list_version(version: QuestionVersion) -> None:
    """Let `version`, published a moment ago, stand for its question, in place of the one before it."""
    hold_record()
    before = Listing.objects.select_for_update().filter(question=version.question_id).first()
    listed, _is_new = Listing.objects.update_or_create(
        question_id=version.question_id,
        defaults={
            "version": version,
            "competency_id": version.question.competency_id,
            "title": version.title,
            "level": version.level,
            "kind": version.kind,
        },
    )
    change = Counter({_cell(listed): 1})
    if before:
        change[_cell(before)] -= 1
    _count({cell: by for cell, by in change.items() if by})


def recounted() -> dict[Cell, int]:
    """The figures as the list itself gives them, read from end to end: what `ListingCount` must say."""
    cells = Listing.objects.order_by().values_list("competency", "level", "kind")
    return {(competency, level, kind): n for competency, level, kind, n in cells.annotate(n=Count("pk"))}


def _cell(listing: Listing) -> Cell:
    return listing.competency_id, listing.level, listing.kind


def _count(change: Mapping[Cell, int]) -> None:
    ListingCount.objects.bulk_create(
        [ListingCount(competency_id=c, level=level, kind=kind) for c, level, kind in change], ignore_conflicts=True
    )
    for (competency, level, kind), by in change.items():
        here = ListingCount.objects.filter(competency=competency, level=level, kind=kind)
        here.update(number=F("number") + by)
