"""The bank as lists find it: one line for each question, and how many there are of each kind."""

from typing import Self

from django.db import models
from django.db.models import Q

from foundation import clock
from foundation.fields import Line
from questions.models.bank import Competency, Kind, Level, Question, QuestionVersion
from questions.models.words import with_words


class ListingQuerySet(models.QuerySet["Listing"]):
    def in_bank(self) -> Self:
        """Without questions that are retired or rest today."""
        return self.filter(
            Q(question__rest_until=None) | Q(question__rest_until__lte=clock.today()), question__retired_at=None
        )

    def resting(self) -> Self:
        """Those whose question rests today and comes back."""
        return self.filter(question__rest_until__gt=clock.today(), question__retired_at=None)

    def retired(self) -> Self:
        return self.filter(question__retired_at__isnull=False)

    def with_words(self, words: str) -> Self:
        """Those whose version has all that `words` ask for (`questions/sought.py`)."""
        return with_words(self, words, "version")


class Listing(models.Model):
    """A question as lists find it: its newest published version, with all that a list narrows and orders by.

    Written by `list_versions` alone, in the transaction that publishes; a published version never changes, so neither
    do the columns that stand here once more.
    """

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="listing")
    version = models.OneToOneField(QuestionVersion, on_delete=models.PROTECT, related_name="listing")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="listings", db_index=False)
    title = Line(max_length=60)
    level = models.CharField(max_length=20, choices=Level)
    kind = models.CharField(max_length=20, choices=Kind)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        # One for each way in which a list is narrowed: then its first page stands at the beginning of an index.
        indexes = [
            models.Index(fields=["title", "id"], name="questions_listed"),
            models.Index(fields=["competency", "title", "id"], name="questions_listed_by_competency"),
            models.Index(fields=["level", "title", "id"], name="questions_listed_by_level"),
            models.Index(fields=["kind", "title", "id"], name="questions_listed_by_kind"),
        ]

    def __str__(self) -> str:
        return self.title


class ListingCount(models.Model):
    """How many questions of one competency, level and type are listed and not retired; written by `listing.py` alone.

    Those that rest are counted: they come back by themselves on their day.
    """

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="listing_counts")
    level = models.CharField(max_length=20, choices=Level)
    kind = models.CharField(max_length=20, choices=Kind)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["competency", "level", "kind"], name="questions_listing_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.competency}, {self.level}, {self.kind}: {self.number}"
