"""Review of a draft by a second person. Actions."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recording import record
from foundation import clock
from foundation.lifecycle import MoveRefused, Refused
from questions.actions import held, refuse_retired
from questions.content import Content
from questions.lifecycles import REVIEW
from questions.lint import NotReady, errors, lint_version
from questions.models import QuestionVersion, Review


@transaction.atomic
def hand_in_version(*, version: QuestionVersion, by: User) -> Review:
    """Ask a second person to read the draft as it stands. NotReady where it could not be published anyway.

    Refused for what is published, and while it waits or is approved already.
    """
    refuse_retired(held(version.question))
    stored = _held(version)
    content = Content.of(stored)
    if wrong := [one for one in errors(lint_version(stored)) if not one.may_be_overruled]:
        raise NotReady(wrong)
    try:
        with transaction.atomic():
            review = Review.objects.create(version=stored, stamp=content.stamp, asked_by=by)
    except IntegrityError as clash:
        raise Refused(_("This draft is handed in already.")) from clash
    record("version.handed_in", stored, by=by)
    return review


@transaction.atomic
def approve_version(*, review: Review, stamp: str, note: str, by: User) -> None:
    """Let the draft be published as it was read: `stamp` is that of the words before the reader's eyes.

    Refused for its author and for who handed it in, and where the words are others by now.
    """
    _refuse_own(review, by)
    if Content.of(_held(review.version)).stamp != stamp or review.stamp != stamp:
        raise MoveRefused
    _answer(review, Review.Status.APPROVED, note, by)
    record("version.approved", review.version, by=by)


@transaction.atomic
def send_back_version(*, review: Review, note: str, by: User) -> None:
    """Give the draft back to its author with a note that says what to change. Refused as an approval is."""
    _refuse_own(review, by)
    _held(review.version)
    if not note.strip():
        raise Refused(_("Say what should change."), "note")
    _answer(review, Review.Status.SENT_BACK, note, by)
    record("version.sent_back", review.version, by=by)


def _held(version: QuestionVersion) -> QuestionVersion:
    """The draft as it stands now, held so that no edit slips in. Refused where it is published by now."""
    stored = QuestionVersion.objects.select_for_update().get(pk=version.pk)
    if stored.is_published:
        raise Refused(_("This version is published already."))
    return stored


def _refuse_own(review: Review, by: User) -> None:
    if by.pk in {review.asked_by_id, review.version.author_id}:
        raise Refused(_("A second person answers this: somebody who neither wrote it nor handed it in."))


def _answer(review: Review, status: str, note: str, by: User) -> None:
    REVIEW.move(review, status, answered_by=by, answered_at=clock.now(), note=note)
