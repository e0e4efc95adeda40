"""Who may read and write what in the bank."""

from django.db.models import Prefetch, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from questions.models import (
    Competency,
    Import,
    Listing,
    ListingQuerySet,
    Question,
    QuestionVersion,
    QuestionVersionQuerySet,
)


def versions_readable_by(user: User) -> QuestionVersionQuerySet:
    """What is published, for everyone; drafts too, for those who write the bank."""
    everything = QuestionVersion.objects.select_related("question__competency", "question__usage", "author")
    return everything if user.is_recruiter else everything.exclude(published_at=None)


def listings_readable_by(user: User) -> ListingQuerySet:
    """The bank's list, for everyone, each row with its version at hand."""
    return Listing.objects.in_bank().prefetch_related(Prefetch("version", versions_readable_by(user)))


def drafts_readable_by(user: User) -> QuestionVersionQuerySet:
    return versions_readable_by(user).filter(published_at=None)


def questions_readable_by(user: User) -> QuerySet[Question]:
    """Questions of which `user` may read a version."""
    everything = Question.objects.select_related("competency")
    return everything.filter(pk__in=versions_readable_by(user).values("question"))


def competencies_counted() -> QuerySet[Competency]:
    """Every competency by name, with `question_count`: its questions that are in the bank."""
    # A grouped query does not take the model's own order.
    return Competency.objects.annotate(question_count=Coalesce(Sum("listing_counts__number"), 0)).order_by("name")


def imports_of(user: User) -> QuerySet[Import]:
    """One's own alone, and only while one writes the bank: nobody looks over another's shoulder."""
    return Import.objects.filter(owner=user) if user.is_recruiter else Import.objects.none()
