"""What will be asked for a role: weighted competencies, and plans of stages, sections and items."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation import clock
from foundation.fields import Line, Prose
from plans.kept import PlanTemplate  # noqa: F401 Django finds models here
from plans.voided import VoidedItem  # noqa: F401
from questions.models import Competency, QuestionVersion

# The shortest and the longest planned interview, in minutes.
SHORTEST_STAGE, LONGEST_STAGE = 5, 480
LONGEST_ITEM = 240
# A plan of more could not be asked in a year, nor drawn on one page.
MOST_STAGES, MOST_ITEMS = 50, 500
# How many people may be planned for one interview; more would be an audience.
MOST_INTERVIEWERS = 9


class Duty(models.TextChoices):
    """What a person does for one role."""

    RECRUITER = "recruiter", _("recruiter")
    HIRING_MANAGER = "hiring_manager", _("hiring manager")
    INTERVIEWER = "interviewer", _("interviewer")
    COMMITTEE = "committee", _("committee member")


def roles_held(user: User, *duties: Duty) -> models.QuerySet["Membership", Any]:
    """The keys of the roles for which `user` holds one of `duties`; any duty when none is named."""
    held = Membership.objects.filter(user=user, **({"duty__in": duties} if duties else {}))
    return held.order_by().values("role")


class RoleQuerySet(models.QuerySet["Role"]):
    def with_duty(self, user: User, *duties: Duty) -> Self:
        """Roles for which `user` holds one of `duties`; any duty when none is named."""
        return self.filter(pk__in=roles_held(user, *duties))

    def open(self) -> Self:
        return self.filter(closed_at=None)


class Role(models.Model):
    """The job being hired for."""

    class Level(models.TextChoices):
        JUNIOR = "junior", _("junior")
        MID = "mid", _("mid")
        SENIOR = "senior", _("senior")
        STAFF = "staff", _("staff")

    title = Line(_("title"), max_length=80)
    team = Line(_("team"), max_length=80, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.MID)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["junior", "mid", "senior", "staff"]), name="plans_role_level_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Weighted(models.Model):
    """A competency with its share in the composite; more than one share needs a reason."""

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    reason = Line(_("reason"), max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]


class RoleCompetency(Weighted):
    """What a role judges by default; each new plan starts with a copy."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="competencies")

    class Meta(Weighted.Meta):
        constraints = [
            models.UniqueConstraint(fields=["role", "competency"], name="plans_role_competency_once"),
            models.CheckConstraint(condition=Q(weight__range=(1, 9)), name="plans_role_weight_in_range"),
            models.CheckConstraint(condition=Q(weight=1) | ~Q(reason=""), name="plans_role_weight_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.competency} × {self.weight}"


class Membership(models.Model):
    """A duty that a person has for one role."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    duty = models.CharField(_("duty"), max_length=20, choices=Duty)
    may_decide = models.BooleanField(_("may decide"), default=False)

    class Meta:
        ordering = ["duty", "user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["role", "user", "duty"], name="plans_duty_once"),
            models.CheckConstraint(condition=Q(duty__in=Duty.values), name="plans_duty_known"),
            models.CheckConstraint(
                condition=Q(may_decide=False) | Q(duty="committee"), name="plans_only_committee_is_let_decide"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_duty_display()}"


class InterviewPlanQuerySet(models.QuerySet["InterviewPlan"]):
    def readable_by(self, user: User) -> Self:
        """Plans of roles for which `user` has any duty."""
        return self.filter(role__in=Role.objects.with_duty(user))

    def editable_by(self, user: User) -> Self:
        """Plans of roles that `user` sets up: as recruiter or hiring manager."""
        return self.filter(role__in=Role.objects.with_duty(user, Duty.RECRUITER, Duty.HIRING_MANAGER))


class InterviewPlan(models.Model):
    """Everything that will be asked for a role. Frozen once active, but for its status."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        ACTIVE = "active", _("in force")
        SUPERSEDED = "superseded", _("superseded")

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    placeholder_values = models.JSONField(default=dict, blank=True)
    # Counts the changes of a draft: whoever asks for one names the revision that they saw.
    revision = models.PositiveIntegerField(default=0, editable=False)
    activated_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = InterviewPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("interview plan")
        ordering = ["role", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["role", "number"], name="plans_plan_number_once"),
            models.UniqueConstraint(fields=["role"], condition=Q(status="draft"), name="plans_one_draft"),
            models.UniqueConstraint(fields=["role"], condition=Q(status="active"), name="plans_one_active"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "active", "superseded"]), name="plans_plan_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", activated_at=None) | ~Q(status="draft") & Q(activated_at__isnull=False),
                name="plans_in_force_since_a_time",
            ),
        ]

    def __str__(self) -> str:
        return _("%(role)s, plan %(number)s") % {"role": self.role.title, "number": self.number}

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT


class PlanEdit(models.Model):
    """One change of a draft: what others are told of it, and what undoing it brings back. Kept while it is a draft."""

    plan = models.ForeignKey(InterviewPlan, on_delete=models.CASCADE, related_name="edits")
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=40)
    what = Line(max_length=160, blank=True)
    place = Line(max_length=200, blank=True)
    before = models.JSONField(null=True)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["plan", "revision"]
        constraints = [models.UniqueConstraint(fields=["plan", "revision"], name="plans_edit_revision_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}.{self.revision}: {self.verb}"


class PlanCompetency(Weighted):
    """The weights of this plan: copied from the role, from then on the only ones used."""

    plan = models.ForeignKey(InterviewPlan, on_delete=models.CASCADE, related_name="competencies")

    class Meta(Weighted.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan", "competency"], name="plans_plan_competency_once"),
            models.CheckConstraint(condition=Q(weight__range=(1, 9)), name="plans_plan_weight_in_range"),
            models.CheckConstraint(condition=Q(weight=1) | ~Q(reason=""), name="plans_plan_weight_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.competency} × {self.weight}"


class Stage(models.Model):
    """One planned interview of the plan."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", _("interview")
        SKILLS_TEST = "skills-test", _("skills test")
        TAKE_HOME = "take-home", _("take-home")

    plan = models.ForeignKey(InterviewPlan, on_delete=models.CASCADE, related_name="stages")
    name = Line(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.INTERVIEW)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=45)
    interviewers = models.PositiveSmallIntegerField(_("interviewers"), default=1)
    opening = Prose(_("opening script"), max_length=2000, blank=True)
    closing = Prose(_("closing script"), max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("stage")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="plans_stage_position_once"),
            models.CheckConstraint(
                condition=Q(minutes__range=(SHORTEST_STAGE, LONGEST_STAGE)), name="plans_stage_takes_time"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["interview", "skills-test", "take-home"]), name="plans_stage_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(interviewers__range=(1, MOST_INTERVIEWERS)), name="plans_stage_has_interviewers"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """The part of a stage that measures one competency."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="sections")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+", verbose_name=_("competency"))
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("section")
        ordering = ["stage", "position"]
        constraints = [models.UniqueConstraint(fields=["stage", "position"], name="plans_section_position_once")]

    def __str__(self) -> str:
        return str(self.competency)


class Item(models.Model):
    """One question version placed in a section. Not scored: a warm-up, outside totals."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="items")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="items")
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    scored = models.BooleanField(_("scored"), default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("item")
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "position"], name="plans_item_position_once"),
            models.CheckConstraint(condition=Q(minutes__range=(1, 240)), name="plans_item_takes_time"),
        ]

    def __str__(self) -> str:
        return self.version.title

    @property
    def counts(self) -> bool:
        """Whether what is put down on it enters totals: no warm-up, and not voided. Reads `voided`."""
        return self.scored and not hasattr(self, "voided")
