"""What the bank keeps for one person: filters under a name, and what their last step on many questions changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation import clock
from foundation.fields import Line


class SavedFilter(models.Model):
    """What a person asks the list for, under a name of their own. Nobody else sees it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_filters")
    name = Line(_("name"), max_length=60)
    asked = models.JSONField(help_text=_("what the address of the list says, by name"))

    class Meta:
        verbose_name = _("saved filter")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="questions_filter_name_once")]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """The last thing a person did to many questions at once, as long as it can be undone; the next takes its place."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="bank_step")
    changed = models.JSONField(help_text=_("for each question its key, and how it was in use before and after"))
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.user}, {self.at}"
