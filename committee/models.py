"""Decide: what was decided on an application, by whom, why, and on which facts."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation import clock
from foundation.fields import Prose
from interviews.models import Application


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> Self:
        return self.filter(status=Decision.Status.STANDING)


class Decision(models.Model):
    """Hire, No hire or Hold, with the digest of the packet that was read. Never changed, only superseded."""

    class Outcome(models.TextChoices):
        HIRE = "hire", _("Hire")
        NO_HIRE = "no_hire", _("No hire")
        HOLD = "hold", _("Hold")

    class Status(models.TextChoices):
        STANDING = "standing", _("standing")
        SUPERSEDED = "superseded", _("superseded")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome)
    rationale = Prose(_("rationale"), max_length=4000)
    override_reason = Prose(_("reason for going against the composite"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(default=clock.now, editable=False)
    facts = Prose(max_length=4_000_000)
    facts_digest = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=Status, default=Status.STANDING)
    superseded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, editable=False)
    supersede_reason = Prose(_("reason"), max_length=2000, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(status="standing"), name="committee_one_standing"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["hire", "no_hire", "hold"]), name="committee_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(status="standing", superseded_at=None)
                | Q(status="superseded", superseded_at__isnull=False) & ~Q(supersede_reason=""),
                name="committee_superseded_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"


class PacketPrint(models.Model):
    """A packet as it was printed and is kept. It never decides whether it is current: the digest of the facts does.

    It holds what people wrote: erasing a candidate deletes these rows, on which nothing stands.
    """

    class Part(models.TextChoices):
        WHOLE = "whole", _("packet")
        BRIEF = "brief", _("brief")
        RECORD = "record", _("record")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="prints")
    part = models.CharField(max_length=6, choices=Part)
    # Of what is said, and of how it looks: the decision above the facts, paper, and the product's own edition.
    digest = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)
    # The newest entry of the record when the facts were last read and found to be these.
    seen_at_entry = models.BigIntegerField()
    fits = models.BooleanField(default=True, help_text=_("False: too much for one PDF, so there are no bytes"))
    pdf = models.BinaryField(blank=True, default=b"")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "part"], name="committee_one_print_of_a_part"),
            models.CheckConstraint(condition=Q(part__in=["whole", "brief", "record"]), name="committee_part_known"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_part_display()}"


class PrintJob(models.Model):
    """How far the printing of a packet ahead of the click is. One row an application, so a change queues it once."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        PRINTING = "printing", _("being made")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    ACTIVE = (Status.QUEUED, Status.PRINTING)

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="print_job")
    status = models.CharField(max_length=9, choices=Status, default=Status.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["queued", "printing", "done", "failed", "cancelled"]),
                name="committee_print_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_status_display()}"
