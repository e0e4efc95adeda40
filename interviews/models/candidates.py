"""People who apply."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.fields import Line, refuse_unprintable
from foundation.frozen import ERASED


class Candidate(models.Model):
    """A person who applies. Erased, never deleted: the row stays and holds nothing personal."""

    code = Line(max_length=12, unique=True, editable=False)
    name = Line(_("name"), max_length=80)
    email = models.EmailField(_("email"), max_length=254, blank=True, validators=[refuse_unprintable])
    keep_until = models.DateField(_("keep until"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("candidate")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="interviews_candidate_email_once"),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name=ERASED, email=""), name="interviews_erased_holds_nothing"
            ),
        ]

    def __str__(self) -> str:
        return self.name
