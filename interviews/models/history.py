"""What was saved when, and what was said later: only ever added to."""

from typing import ClassVar

from django.db import models

from foundation import clock
from foundation.fields import Prose
from interviews.models.meetings import Scorecard
from interviews.models.scores import EVIDENCE_LIMIT, Score


class Edit(models.Model):
    """One save as it arrived: the history of a row, and the stored reply for a repeated operation id.

    `PARTS` names what conflicts together: two people may change one score's level and its evidence without meeting. For
    each part the model has a column `touches_<part>`. `ROW` names the column of what was edited.
    """

    ROW: ClassVar[str]
    PARTS: ClassVar[dict[str, tuple[str, ...]]]

    operation = models.UUIDField(unique=True)
    client = models.UUIDField()
    sequence = models.PositiveIntegerField()
    expected_version = models.PositiveIntegerField()
    resulting_version = models.PositiveIntegerField()
    applied = models.BooleanField()
    status = models.PositiveSmallIntegerField()
    fields = Prose(max_length=80_000)
    reply = Prose(max_length=80_000)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]

    @classmethod
    def names(cls) -> list[str]:
        """The columns of the row that an edit may change, part by part."""
        return [name for part in cls.PARTS.values() for name in part]

    @property
    def row(self) -> Score | Scorecard:
        """What was edited; its `version` counts the edits that were applied."""
        found: Score | Scorecard = getattr(self, self.ROW)
        return found


class ScoreEdit(Edit):
    """A save of one score."""

    ROW = "score"
    PARTS: ClassVar = {
        "outcome": ("outcome", "level", "reason"),
        "evidence": ("evidence",),
        "probes": ("probes_used", "hint"),
        "followups": ("followups",),
    }

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="edits")
    touches_outcome = models.BooleanField(default=False)
    touches_evidence = models.BooleanField(default=False)
    touches_probes = models.BooleanField(default=False)
    touches_followups = models.BooleanField(default=False)

    class Meta(Edit.Meta):
        indexes = [models.Index(fields=["score", "client", "sequence"], name="interviews_edit_by_client")]

    def __str__(self) -> str:
        return f"{self.score_id} → {self.resulting_version}"


class CardEdit(Edit):
    """A save of what is written on a card itself, before it is submitted."""

    ROW = "scorecard"
    PARTS: ClassVar = {
        "candidate_questions": ("candidate_questions",),
        "recommendation": ("recommendation", "recommendation_reason"),
        "summary": ("summary",),
        "private_note": ("private_note",),
    }

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="edits")
    touches_candidate_questions = models.BooleanField(default=False)
    touches_recommendation = models.BooleanField(default=False)
    touches_summary = models.BooleanField(default=False)
    touches_private_note = models.BooleanField(default=False)

    class Meta(Edit.Meta):
        indexes = [models.Index(fields=["scorecard", "client", "sequence"], name="interviews_card_edit_by_client")]

    def __str__(self) -> str:
        return f"{self.scorecard_id} → {self.resulting_version}"


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
