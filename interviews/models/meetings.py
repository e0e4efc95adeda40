"""Applications, dated interviews, and one scorecard for each seat; who may read what of them."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User, known_zone
from foundation import clock
from foundation.fields import Line, Prose
from interviews.models.candidates import Candidate
from plans.models import Duty, InterviewPlan, Role, Stage, roles_held

MOST_EXTRA_MINUTES = 240


def _has(cards: "ScorecardQuerySet") -> Exists:
    """Whether an application has one of `cards`: asked of each application, since lists read few of many."""
    return Exists(cards.filter(interview__application=OuterRef("pk")))


class ApplicationQuerySet(models.QuerySet["Application"]):
    def run_by(self, user: User) -> Self:
        """Applications for roles of which `user` is recruiter: they set up and move."""
        return self.filter(role__in=roles_held(user, Duty.RECRUITER))

    def readable_by(self, user: User) -> Self:
        """Applications of which `user` may know: by a duty that reads, or by a seat at one of the interviews."""
        by_duty = roles_held(user, Duty.RECRUITER, Duty.HIRING_MANAGER, Duty.COMMITTEE)
        seats = Scorecard.objects.held_by(user)
        return self.filter(Q(role__in=by_duty) | Q(pk__in=seats.values("interview__application")))

    def known_by_duty(self, user: User) -> Self:
        """Applications for roles of which `user` reads by duty, were it not for an open seat."""
        return self.filter(role__in=roles_held(user, Duty.RECRUITER, Duty.HIRING_MANAGER, Duty.COMMITTEE))

    def not_blind_to(self, user: User) -> Self:
        """Without those at which `user` still holds an open seat: of them one reads one's own cards only."""
        return self.exclude(_has(Scorecard.objects.open().filter(interviewer=user)))

    def complete(self) -> Self:
        """Those with at least one card that counts and none that is waited for."""
        return self.filter(_has(Scorecard.objects.counted()), ~_has(Scorecard.objects.waited_for()))

    def packet_readable_by(self, user: User) -> Self:
        """Applications whose packet `user` may read now.

        Hiring managers and committee once every card is submitted or waived; the recruiter from the first submitted
        card; nobody while they hold an open seat on the application.
        """
        as_reader = roles_held(user, Duty.HIRING_MANAGER, Duty.COMMITTEE)
        as_recruiter = roles_held(user, Duty.RECRUITER)
        complete = Application.objects.complete().filter(pk=OuterRef("pk"))
        return self.not_blind_to(user).filter(
            Q(role__in=as_recruiter) & Q(_has(Scorecard.objects.counted()))
            | Q(role__in=as_reader) & Q(Exists(complete))
        )

    def decidable_by(self, user: User) -> Self:
        """Applications on which `user` may record a decision now: hiring manager, or committee with that power."""
        held = Role.objects.filter(
            Q(memberships__user=user),
            Q(memberships__duty=Duty.HIRING_MANAGER)
            | Q(memberships__duty=Duty.COMMITTEE, memberships__may_decide=True),
        )
        return self.not_blind_to(user).complete().filter(role__in=held.values("pk"))


class Application(models.Model):
    """A candidate for one role, on the plan in force when they came."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        ON_HOLD = "on_hold", _("on hold")
        HIRED = "hired", _("hired")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    OPEN = (Status.ACTIVE, Status.ON_HOLD)

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="applications")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="applications")
    plan = models.ForeignKey(InterviewPlan, on_delete=models.PROTECT, null=True, related_name="applications")
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "role"],
                condition=Q(status__in=["active", "on_hold"]),
                name="interviews_one_open_application",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["active", "on_hold", "hired", "rejected", "withdrawn"]),
                name="interviews_application_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate.code}, {self.role.title}"


class Interview(models.Model):
    """A dated meeting: an application at a stage."""

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("scheduled")
        RUNNING = "running", _("running")
        COMPLETED = "completed", _("completed")
        CANCELLED = "cancelled", _("cancelled")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="interviews")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="interviews")
    starts_at = models.DateTimeField(_("starts at"))
    zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[known_zone])
    place = Line(_("place or link"), max_length=300, blank=True)
    # Agreed beforehand. Why is nobody's business here, so there is no column for it.
    extra_minutes = models.PositiveSmallIntegerField(_("extra minutes"), default=0)
    status = models.CharField(max_length=10, choices=Status, default=Status.SCHEDULED)
    cancel_reason = Prose(_("reason"), max_length=600, blank=True)
    # When what was asked here went into the bank's counts.
    counted_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("interview")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at", "id"], name="interviews_in_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "stage"],
                condition=~Q(status="cancelled"),
                name="interviews_one_meeting_per_stage",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["scheduled", "running", "completed", "cancelled"]),
                name="interviews_interview_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled", cancel_reason=""), name="interviews_cancelled_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(extra_minutes__range=(0, MOST_EXTRA_MINUTES)), name="interviews_extra_time_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.stage}"

    @property
    def minutes(self) -> int:
        """How long it may take: the stage's minutes and what was agreed on top."""
        return self.stage.minutes + self.extra_minutes


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    def open(self) -> Self:
        return self.filter(status=Scorecard.Status.OPEN)

    def submitted(self) -> Self:
        return self.filter(status=Scorecard.Status.SUBMITTED)

    def held_by(self, user: User) -> Self:
        """The seats of `user`, but for those they were let off."""
        return self.filter(interviewer=user).exclude(status=Scorecard.Status.WAIVED)

    def waited_for(self) -> Self:
        """Open cards that a decision waits for: a learner's open practice card holds nobody up."""
        return self.open().exclude(seat=Scorecard.Seat.SHADOW)

    def of(self, applications: ApplicationQuerySet) -> Self:
        """Cards of `applications`: asked of each card, since a page shows few of many."""
        return self.filter(Exists(applications.filter(pk=OuterRef("interview__application"))))

    def counted(self) -> Self:
        """Cards that enter totals and packet: submitted, and not a shadow's practice."""
        return self.submitted().exclude(seat=Scorecard.Seat.SHADOW)

    def readable_by(self, user: User) -> Self:
        """The cards whose content `user` may read now: the one place that says so.

        One's own always. Another's only once submitted, and only without an open seat of one's own on the same
        application; then by duty (recruiter; hiring manager and committee once every card is in, without shadows) or by
        seat (lead and panel: cards of the interviews they sat in; a shadow: the lead's) once one's own card is in.
        """
        free = Application.objects.not_blind_to(user)
        sat = Scorecard.objects.submitted().filter(interviewer=user)
        by_duty = Q(interview__application__in=free.filter(role__in=roles_held(user, Duty.RECRUITER)))
        reading = free.complete().filter(role__in=roles_held(user, Duty.HIRING_MANAGER, Duty.COMMITTEE))
        by_duty |= Q(interview__application__in=reading) & ~Q(seat=Scorecard.Seat.SHADOW)
        by_seat = Q(interview__in=sat.exclude(seat=Scorecard.Seat.SHADOW).values("interview"))
        by_seat |= Q(seat=Scorecard.Seat.LEAD, interview__in=sat.values("interview"))
        theirs = Q(status=Scorecard.Status.SUBMITTED, interview__application__in=free) & (by_duty | by_seat)
        return self.filter(Q(interviewer=user) | theirs)

    def chased_by(self, user: User) -> Self:
        """Open cards whose lateness `user` may know: of roles they recruit for, unless they hold an open seat there."""
        return self.open().of(Application.objects.run_by(user).not_blind_to(user))


class Scorecard(models.Model):
    """One interviewer's seat at one interview, and what they wrote. Sealed once submitted."""

    class Seat(models.TextChoices):
        LEAD = "lead", _("lead")
        PANEL = "panel", _("panel")
        SHADOW = "shadow", _("shadow")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        SUBMITTED = "submitted", _("submitted")
        WAIVED = "waived", _("waived")

    class Recommendation(models.TextChoices):
        STRONG_NO = "strong_no", _("Strong no")
        NO = "no", _("No")
        YES = "yes", _("Yes")
        STRONG_YES = "strong_yes", _("Strong yes")
        NOT_ENOUGH = "not_enough", _("Not enough evidence")

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="scorecards")
    interviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="scorecards")
    seat = models.CharField(_("seat"), max_length=10, choices=Seat, default=Seat.PANEL)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    recommendation = models.CharField(_("recommendation"), max_length=12, choices=Recommendation, blank=True)
    recommendation_reason = Prose(_("what was missing"), max_length=1200, blank=True)
    summary = Prose(_("summary"), max_length=4000, blank=True)
    private_note = Prose(_("private note"), max_length=4000, blank=True)
    candidate_questions = Prose(_("the candidate’s questions"), max_length=4000, blank=True)
    # Of what is written on the card itself; each score has its own.
    version = models.PositiveIntegerField(default=0)
    waive_reason = Prose(_("reason"), max_length=600, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        verbose_name = _("scorecard")
        ordering = ["interview", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "interviewer"], name="interviews_one_seat_each"),
            models.CheckConstraint(
                condition=~Q(status="submitted") & Q(submitted_at=None)
                | Q(status="submitted", submitted_at__isnull=False) & ~Q(recommendation=""),
                name="interviews_submitted_says_what_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="submitted", recommendation="not_enough", recommendation_reason=""),
                name="interviews_not_enough_says_what",
            ),
            models.CheckConstraint(
                condition=~Q(status="waived", waive_reason=""), name="interviews_waived_with_reason"
            ),
            models.CheckConstraint(condition=Q(seat__in=["lead", "panel", "shadow"]), name="interviews_seat_known"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "submitted", "waived"]), name="interviews_card_status_known"
            ),
            models.CheckConstraint(
                condition=Q(recommendation__in=["", "strong_no", "no", "yes", "strong_yes", "not_enough"]),
                name="interviews_recommendation_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interview}, {self.interviewer}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN
