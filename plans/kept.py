"""Plans put aside for others to start from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation import clock
from foundation.fields import Line, Prose


class PlanTemplate(models.Model):
    """A plan that somebody put aside under a name, for any role of the house to start from; a copy that nothing changes."""

    name = Line(_("name"), max_length=80, unique=True)
    about = Prose(_("what it is for"), max_length=400, blank=True)
    # What plans/blueprint_files.py writes and reads.
    content = models.JSONField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("template")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
