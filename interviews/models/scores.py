"""One item on one scorecard."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.fields import Line, Prose
from interviews.models.meetings import Scorecard
from plans.models import Item
from questions.models import LEVELS

EVIDENCE_LIMIT = 8000


class Score(models.Model):
    """One item on one scorecard. "Not scored" is an outcome, never a number."""

    class Outcome(models.TextChoices):
        PENDING = "pending", _("pending")
        SCORED = "scored", _("scored")
        NOT_ASKED = "not_asked", _("Not asked")
        NO_EVIDENCE = "no_evidence", _("No evidence")
        DECLINED = "declined", _("Declined")

    # What a score says of an item that was put to the candidate.
    PUT = (Outcome.SCORED, Outcome.NO_EVIDENCE, Outcome.DECLINED)

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="scores")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="scores")
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.PENDING)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = Prose(_("evidence"), max_length=EVIDENCE_LIMIT, blank=True)
    reason = Line(_("reason"), max_length=300, blank=True)
    followups = Prose(_("unplanned follow-ups"), max_length=2000, blank=True)
    probes_used = models.JSONField(default=list, blank=True)
    hint = models.BooleanField(_("hint given"), default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("score")
        ordering = ["scorecard", "item__section__position", "item__position"]
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "item"], name="interviews_score_once"),
            models.CheckConstraint(
                condition=Q(outcome="scored", level__isnull=False, level__in=LEVELS)
                | ~Q(outcome="scored") & Q(level=None),
                name="interviews_level_exactly_when_scored",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["pending", "scored", "not_asked", "no_evidence", "declined"]),
                name="interviews_outcome_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_outcome_display()}"
