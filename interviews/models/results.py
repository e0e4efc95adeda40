"""What came of a stage that is no interview: it stands beside the interviews' ratings and never enters them."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation import clock
from foundation.fields import Prose
from interviews.models.meetings import Application
from plans.models import Stage

MOST_POINTS = 10_000


class StageResultQuerySet(models.QuerySet["StageResult"]):
    def standing(self) -> Self:
        """The newest of each application and stage; one before it was corrected by it."""
        later = StageResult.objects.filter(
            application=OuterRef("application"), stage=OuterRef("stage"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(later))

    def readable_by(self, user: User) -> Self:
        """Of applications that `user` reads by duty and without an open seat: a figure beforehand colours a rating."""
        reading = Application.objects.not_blind_to(user).known_by_duty(user)
        return self.filter(application__in=reading.values("pk"))

    def shown_to(self, user: User, application: Application) -> Self:
        """What stands of `application`, as far as `user` may read it, in the order of the plan."""
        return self.readable_by(user).standing().filter(application=application).select_related("stage", "by")


class StageResult(models.Model):
    """What came of a skills test or a take-home: whether it was passed, points where there are any, and words."""

    class Verdict(models.TextChoices):
        PASSED = "passed", _("Passed")
        NOT_PASSED = "not_passed", _("Not passed")
        NONE = "none", _("Neither: read the words")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="results")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="results", verbose_name=_("stage"))
    verdict = models.CharField(_("result"), max_length=10, choices=Verdict)
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    out_of = models.PositiveSmallIntegerField(_("of how many"), null=True, blank=True)
    words = Prose(_("in words"), max_length=2000, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = StageResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        ordering = ["stage__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["passed", "not_passed", "none"]), name="interviews_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(points=None, out_of=None)
                | Q(
                    points__isnull=False, out_of__isnull=False, out_of__range=(1, MOST_POINTS), points__lte=F("out_of")
                ),
                name="interviews_points_out_of_some",
            ),
            models.CheckConstraint(condition=~Q(verdict="none", words=""), name="interviews_result_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.stage}: {self.get_verdict_display()}"
