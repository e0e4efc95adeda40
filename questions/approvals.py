"""What a review stands for: an approval is of the words that were handed in, and of no others."""

from django.utils.translation import gettext_lazy as _

from accounts.house import reviews_questions
from accounts.models import User
from foundation.lifecycle import Refused
from questions.content import Content
from questions.models import QuestionVersion, Review


def take_back_reviews(version: QuestionVersion) -> None:
    """Nobody is waited for any more, and no approval holds. Part of the transaction that gives `version` other words."""
    version.reviews.standing().update(status=Review.Status.TAKEN_BACK)


def reviewer_of(version: QuestionVersion, content: Content, by: User | None) -> User | None:
    """Who approved `version` as it stands, for the one who publishes it.

    Refused where the house wants a second person and there was none. What the house itself publishes needs none.
    """
    approved = version.reviews.filter(status=Review.Status.APPROVED, stamp=content.stamp).select_related("answered_by")
    review = approved.first()
    if review is None and by and reviews_questions():
        raise Refused(_("Here a second person approves every draft before it is published. Hand it in for review."))
    version.reviews.waiting().update(status=Review.Status.TAKEN_BACK)
    return review.answered_by if review else None
