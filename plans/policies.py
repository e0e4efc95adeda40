"""Which rows of plans a person may open or change, beyond what the models' own querysets say."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.policy import policy
from plans.models import Duty, InterviewPlan, Item, Membership, Role, RoleQuerySet, Section, Stage


def roles_set_up_by(user: User) -> RoleQuerySet:
    """Roles that `user` sets up: those they recruit for."""
    return Role.objects.with_duty(user, Duty.RECRUITER)


def roles_staffed_by(user: User) -> RoleQuerySet:
    """Roles whose duties `user` gives and takes: their recruiters, and administrators who have a duty there."""
    return Role.objects.with_duty(user) if user.is_administrator else roles_set_up_by(user)


def roles_given_by(user: User, person: User) -> QuerySet[Role]:
    """Open roles for which the administrator `user` may give `person` a duty on the page of that person.

    Any for somebody else, so that a role whose recruiters have all left finds a new one; for themselves only those
    they staff anyway, because a duty opens what candidates wrote and were given.
    """
    return (roles_staffed_by(user) if person == user else Role.objects.all()).open()


def roles_planned_by(user: User) -> QuerySet[Role]:
    """Roles for which `user` makes plans: their recruiters and hiring managers."""
    return Role.objects.with_duty(user, Duty.RECRUITER, Duty.HIRING_MANAGER)


def makes_plans(user: User) -> bool:
    """Whether `user` may ever start a plan: with the recruiter's right, or with a duty that plans for some role."""
    return user.is_authenticated and (user.is_recruiter or roles_planned_by(user).exists())


plan_maker = policy(
    "plan maker",
    makes_plans,
    _("This page is for people who make interview plans: recruiters and hiring managers."),
)


def roles_to_start_on(user: User) -> QuerySet[Role]:
    """Open roles for which `user` makes plans and that have no draft yet."""
    drafts = InterviewPlan.objects.filter(status=InterviewPlan.Status.DRAFT)
    return roles_planned_by(user).filter(closed_at=None).exclude(pk__in=drafts.values("role"))


def memberships_staffed_by(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(role__in=roles_staffed_by(user)).select_related("role", "user")


def stages_readable_by(user: User) -> QuerySet[Stage]:
    """Stages of plans that `user` may read."""
    return Stage.objects.filter(plan__in=InterviewPlan.objects.readable_by(user)).select_related("plan__role")


def stages_built_by(user: User) -> QuerySet[Stage]:
    return Stage.objects.filter(plan__in=InterviewPlan.objects.editable_by(user)).select_related("plan__role")


def sections_built_by(user: User) -> QuerySet[Section]:
    built = Section.objects.filter(stage__plan__in=InterviewPlan.objects.editable_by(user))
    return built.select_related("stage__plan__role", "competency")


def roles_voided_by(user: User) -> QuerySet[Role]:
    """Roles whose questions `user` may void: whoever decides there on the scores does not choose them too."""
    deciding = Membership.objects.filter(user=user, duty__in=[Duty.HIRING_MANAGER, Duty.COMMITTEE])
    return roles_set_up_by(user).exclude(memberships__in=deciding)


def items_voidable_by(user: User) -> QuerySet[Item]:
    """Items of every plan of those roles."""
    placed = Item.objects.filter(section__stage__plan__role__in=roles_voided_by(user))
    return placed.select_related("section__stage__plan__role", "section__competency", "version__question", "voided__by")


def items_built_by(user: User) -> QuerySet[Item]:
    built = Item.objects.filter(section__stage__plan__in=InterviewPlan.objects.editable_by(user))
    return built.select_related("section__stage__plan__role", "section__competency", "version__question")
