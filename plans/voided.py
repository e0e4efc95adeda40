"""Questions dropped after they were asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation import clock
from foundation.fields import Prose


class VoidedItem(models.Model):
    """An item dropped for every candidate after the fact, with the reason; composites are asked for anew."""

    item = models.OneToOneField("plans.Item", on_delete=models.PROTECT, related_name="voided")
    reason = Prose(_("reason"), max_length=1200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return str(self.item)
