"""Who may read and write what in the bank."""

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
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
    Review,
)

# What a version is shown with.
AT_HAND = ("question__competency", "question__usage", "author")


def versions_readable_by(user: User) -> QuestionVersionQuerySet:
    """What is published, for everyone; drafts too, for those who write the bank."""
    everything = QuestionVersion.objects.select_related(*AT_HAND)
    return everything if user.is_recruiter else everything.exclude(published_at=None)


def all_listings_readable_by(_user: User) -> ListingQuerySet:
    """The bank's list with what rests or is retired, for everyone, each row with its version, a published one, at hand."""
    return Listing.objects.select_related("version", *(f"version__{path}" for path in AT_HAND))


def listings_readable_by(user: User) -> ListingQuerySet:
    """What of the list may be asked now."""
    return all_listings_readable_by(user).in_bank()


def drafts_readable_by(user: User) -> QuestionVersionQuerySet:
    """Drafts, but for those of retired questions."""
    return versions_readable_by(user).filter(published_at=None, question__retired_at=None)


def reviews_waiting_for(user: User) -> QuerySet[Review]:
    """Drafts that wait for a second person, the oldest first, for those who write the bank."""
    waiting = Review.objects.waiting().select_related("version__question__competency", "version__author", "asked_by")
    return waiting.order_by("asked_at", "pk") if user.is_recruiter else waiting.none()


def questions_readable_by(user: User) -> QuerySet[Question]:
    """Questions of which `user` may read a version."""
    everything = Question.objects.select_related("competency")
    return everything.filter(pk__in=versions_readable_by(user).values("question"))


def competencies_counted() -> QuerySet[Competency]:
    """Every competency by name, with `question_count`: its questions that are in the bank and do not rest."""
    resting = Listing.objects.resting().filter(competency=OuterRef("pk")).order_by().values("competency")
    rests = Coalesce(Subquery(resting.annotate(number=Count("pk")).values("number")), 0)
    # A grouped query does not take the model's own order.
    counted = Competency.objects.annotate(question_count=Coalesce(Sum("listing_counts__number"), 0) - rests)
    return counted.order_by("name")


def imports_of(user: User) -> QuerySet[Import]:
    """One's own alone, and only while one writes the bank: nobody looks over another's shoulder."""
    return Import.objects.filter(owner=user) if user.is_recruiter else Import.objects.none()
