"""What was saved when, and what was said later: only ever added to."""

from django.db import models

from foundation import clock
from foundation.fields import Prose
from interviews.models.meetings import EVIDENCE_LIMIT, Score, Scorecard


class ScoreEdit(models.Model):
    """One save as it arrived: the history of a score, and the stored reply for a repeated operation id."""

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="edits")
    operation = models.UUIDField(unique=True)
    client = models.UUIDField()
    sequence = models.PositiveIntegerField()
    expected_version = models.PositiveIntegerField()
    resulting_version = models.PositiveIntegerField()
    touches_outcome = models.BooleanField(default=False)
    touches_evidence = models.BooleanField(default=False)
    touches_probes = models.BooleanField(default=False)
    applied = models.BooleanField()
    status = models.PositiveSmallIntegerField()
    fields = Prose(max_length=80_000)
    reply = Prose(max_length=80_000)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["score", "client", "sequence"], name="interviews_edit_by_client")]

    def __str__(self) -> str:
        return f"{self.score_id} → {self.resulting_version}"


class Amendment(models.Model):
    """A later word beside a sealed card; the card itself stays as it was."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="amendments")
    score = models.ForeignKey(Score, on_delete=models.PROTECT, null=True, related_name="amendments")
    old = Prose(max_length=EVIDENCE_LIMIT, blank=True)
    new = Prose(max_length=EVIDENCE_LIMIT)
    reason = Prose(max_length=1200)
    after_seeing_others = models.BooleanField()
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.scorecard_id}: {self.at:%Y-%m-%d}"
