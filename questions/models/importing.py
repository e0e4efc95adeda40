"""What one person brings in at one time, between being read and being written."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation import clock
from foundation.fields import Line
from questions.models.bank import QuestionVersion


class Import(models.Model):
    """Read first, looked over next, then written as drafts at once, and undone at once.

    `cells` keeps the sheets, and which was read, until it is written, so that another can be, or its columns told anew. `wordings` says
    what its labels mean (questions.wordings). `left_out` holds [where, text, why] of what was not taken, the first of them;
    `left_out_count` says how many there were.
    """

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="imports")
    name = Line(_("name"), max_length=120)
    cells: Any = models.JSONField(null=True)
    columns = models.JSONField(default=dict)
    wordings = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    left_out_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    written_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at=None) | models.Q(written_at__isnull=False),
                name="questions_undone_was_written",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """One question of an import. `found` is as it was read or mended; `told` what importing it would do, for the page.

    Once written: its draft, with the stamp of the words that it was given.
    """

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    found = models.JSONField()
    told = models.JSONField()
    is_dropped = models.BooleanField(default=False)
    version = models.OneToOneField(QuestionVersion, on_delete=models.SET_NULL, null=True, related_name="import_row")
    stamp = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["batch", "position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="questions_import_position_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}, {self.position}"

    @property
    def said(self) -> dict[str, Any]:
        """What else than prompt and guidance was told of it."""
        said: dict[str, Any] = self.found.get("said", {})
        return said


class ColumnMemory(models.Model):
    """Which column of a sheet with these headings held what, and what its labels meant, as this person told it the last time."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    columns = models.JSONField()
    wordings = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = _("column memories")
        constraints = [
            models.UniqueConstraint(fields=["person", "signature"], name="questions_columns_remembered_once")
        ]

    def __str__(self) -> str:
        return self.signature[:12]
