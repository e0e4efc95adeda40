"""The look of a second person at a draft, before it goes into the bank."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation import clock
from foundation.fields import Prose
from questions.models.bank import QuestionVersion


class ReviewQuerySet(models.QuerySet["Review"]):
    def standing(self) -> Self:
        """Those that are waited for, and approvals that still hold."""
        return self.filter(status__in=[Review.Status.WAITING, Review.Status.APPROVED])

    def waiting(self) -> Self:
        return self.filter(status=Review.Status.WAITING)


class Review(models.Model):
    """One reading of a draft by a second person. It is of the words handed in: any edit of them takes it back."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        APPROVED = "approved", _("approved")
        SENT_BACK = "sent_back", _("sent back")
        TAKEN_BACK = "taken_back", _("taken back by an edit")

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="reviews")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    stamp = models.CharField(max_length=16, help_text=_("of the content that was handed in"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)
    note = Prose(_("note"), max_length=1200, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(status__in=["waiting", "approved"]),
                name="questions_one_standing_review",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "approved", "sent_back", "taken_back"]),
                name="questions_review_status_known",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answered_by=F("asked_by")),
                name="questions_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "taken_back"]) | Q(answered_by__isnull=False),
                name="questions_answer_has_its_person",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(status="waiting"), name="questions_reviews_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_status_display()}"
