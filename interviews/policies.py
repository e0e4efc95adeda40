"""Who may know and move what, where the models' own words do not say it yet."""

from datetime import datetime

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from accounts.models import User
from interviews.models import Application, ApplicationQuerySet, Interview, Score, Scorecard, ScorecardQuerySet
from plans.models import Duty, InterviewPlan, Role, RoleQuerySet, Stage


def interviews_run_by(user: User) -> QuerySet[Interview]:
    """Interviews that `user` sets up, moves and cancels: those of applications they run."""
    return Interview.objects.filter(Exists(Application.objects.run_by(user).filter(pk=OuterRef("application"))))


def interviews_readable_by(user: User) -> QuerySet[Interview]:
    """Interviews whose time, place and seats `user` may know: those they run, and those they have a seat at."""
    sat = Scorecard.objects.held_by(user).values("interview")
    return Interview.objects.filter(Q(application__in=Application.objects.run_by(user)) | Q(pk__in=sat))


def status_known_to(user: User) -> ApplicationQuerySet:
    """Applications whose state `user` may know: by a duty that reads, and without an open seat of one's own."""
    return Application.objects.not_blind_to(user).known_by_duty(user)


def openness_known_to(user: User) -> ApplicationQuerySet:
    """Applications of which `user`, who runs them, may know whether they are still open.

    Without an open seat, or with one that a decision waits for: with a learner's alone they are blind to whether it was
    decided.
    """
    own = Scorecard.objects.waited_for().filter(interviewer=user).values("interview__application")
    return Application.objects.not_blind_to(user) | Application.objects.filter(pk__in=own)


def standing_for(user: User) -> ApplicationQuerySet:
    """Applications that stand, as far as `user` may know: the open ones, and those of which they may not know that."""
    return Application.objects.filter(Q(status__in=Application.OPEN) | ~Q(pk__in=openness_known_to(user).values("pk")))


def progress_known_to(user: User) -> QuerySet[Interview]:
    """Interviews of which `user`, who runs them, may know how far they are.

    Not while they are blind on the application, unless nobody else ever had a seat there: then it is all their own.
    """
    others = Scorecard.objects.exclude(interviewer=user)
    free = Q(application__in=Application.objects.not_blind_to(user))
    return Interview.objects.filter(free | ~Q(pk__in=others.values("interview")))


def blind_since(user: User) -> datetime | None:
    """When the oldest application at which `user` holds an open seat was made: what was done before tells nothing of it."""
    cards = Scorecard.objects.open().filter(interviewer=user)
    found: datetime | None = cards.aggregate(since=Min("interview__application__created_at"))["since"]
    return found


def cards_chased_by(user: User) -> ScorecardQuerySet:
    """Cards, open or not, of which `user` may know whether they are in: of applications they run and are not blind on."""
    return Scorecard.objects.of(Application.objects.run_by(user).not_blind_to(user))


def seats_taken_for(user: User) -> ScorecardQuerySet:
    """Seats that are taken, as far as `user` may know: all that are not waived, and each waived one to which they are blind."""
    free = Application.objects.not_blind_to(user)
    known = Q(interviewer=user) | Q(interview__application__in=free)
    return Scorecard.objects.exclude(known, status=Scorecard.Status.WAIVED)


def cards_waivable_by(user: User) -> ScorecardQuerySet:
    """Cards that `user` may waive: those they chase, and their own at interviews they run."""
    return cards_chased_by(user) | Scorecard.objects.filter(interviewer=user).of(Application.objects.run_by(user))


def seatable(role: Role) -> QuerySet[User]:
    """The people who may take a seat at interviews for `role`: its interviewers and hiring managers with an account."""
    duties = (Duty.INTERVIEWER, Duty.HIRING_MANAGER)
    return User.objects.filter(is_active=True, memberships__role=role, memberships__duty__in=duties).distinct()


def roles_recruited_by(user: User) -> RoleQuerySet:
    """Roles to which `user` adds candidates, closed ones too."""
    return Role.objects.with_duty(user, Duty.RECRUITER)


def plan_in_force(role: Role) -> InterviewPlan | None:
    """The plan that new applications for `role` follow."""
    return role.plans.filter(status=InterviewPlan.Status.ACTIVE).first()


def cards_scored_by(user: User) -> ScorecardQuerySet:
    """The cards that `user` fills in: their own, open or not, with the meeting they belong to."""
    return Scorecard.objects.filter(interviewer=user).select_related(
        "interview__application__candidate", "interview__application__role", "interview__stage__plan"
    )


def scores_saved_by(user: User) -> QuerySet[Score]:
    """The scores on `user`'s own cards."""
    return Score.objects.filter(scorecard__interviewer=user)


def stages_to_schedule(application: Application) -> QuerySet[Stage]:
    """Stages of the application's plan, or else of the plan it will take, at which no interview stands."""
    plan = application.plan or plan_in_force(application.role)
    standing = application.interviews.exclude(status=Interview.Status.CANCELLED)
    meetings = Stage.objects.filter(plan=plan, kind=Stage.Kind.INTERVIEW)
    return meetings.exclude(pk__in=standing.values("stage")) if plan else Stage.objects.none()


def tests_of(application: Application) -> QuerySet[Stage]:
    """Stages of the application's plan that are no interviews."""
    return Stage.objects.filter(plan=application.plan_id).exclude(kind=Stage.Kind.INTERVIEW)
