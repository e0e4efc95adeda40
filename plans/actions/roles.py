"""Roles: who they are for, who has which duty, and what they judge by default."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.recording import record
from foundation import clock
from foundation.lifecycle import MoveRefused, Refused
from plans.models import Duty, Membership, Role, RoleCompetency
from plans.weights import refuse_weight
from questions.models import Competency


def locked(role: Role) -> Role:
    """The role as it stands now, held until the transaction ends; Refused when it is gone."""
    if found := Role.objects.select_for_update().filter(pk=role.pk).first():
        return found
    raise MoveRefused


def refuse_closed(role: Role) -> None:
    if role.closed_at:
        raise Refused(_("This role is closed. Open it again first."))


@transaction.atomic
def make_role(*, title: str, team: str, level: str, by: User) -> Role:
    """A new role, with `by` as its first recruiter. Refused while an open role is the same in all three."""
    if Role.objects.open().filter(title=title, team=team, level=level).exists():
        raise Refused(_("There is an open role with this title, team and level already."), field="title")
    role = Role.objects.create(title=title, team=team, level=level)
    Membership.objects.create(role=role, user=by, duty=Duty.RECRUITER)
    record("role.made", role, by=by)
    return role


@transaction.atomic
def change_role(*, role: Role, title: str, team: str, level: str, by: User) -> None:
    role.title, role.team, role.level = title, team, level
    role.save(update_fields=["title", "team", "level"])
    record("role.changed", role, by=by)


@transaction.atomic
def close_role(*, role: Role, by: User) -> None:
    """From now on the role takes no new plan. What is under way goes on."""
    if not Role.objects.open().filter(pk=role.pk).update(closed_at=clock.now()):
        raise MoveRefused
    record("role.closed", role, by=by)


@transaction.atomic
def reopen_role(*, role: Role, by: User) -> None:
    if not Role.objects.filter(pk=role.pk, closed_at__isnull=False).update(closed_at=None):
        raise MoveRefused
    record("role.reopened", role, by=by)


@transaction.atomic
def give_duty(*, role: Role, user: User, duty: str, by: User, may_decide: bool = False) -> Membership:
    """`user` has `duty` for the role from now on; `may_decide` goes with committee alone."""
    role = locked(role)
    if not user.is_active:
        raise Refused(_("This person can no longer sign in."), field="user")
    if duty == Duty.RECRUITER and not user.is_recruiter:
        raise Refused(_("This person does not have the recruiter’s right. An administrator can give it."), field="user")
    if may_decide and duty != Duty.COMMITTEE:
        raise Refused(_("Only a committee member is let decide. A hiring manager decides by duty."), field="may_decide")
    if role.memberships.filter(user=user, duty=duty).exists():
        raise Refused(_("This person has this duty already."), field="duty")
    membership = Membership.objects.create(role=role, user=user, duty=duty, may_decide=may_decide)
    record("duty.given", membership, by=by, note=f"role {role.pk}, person {user.pk}, {duty}")
    return membership


@transaction.atomic
def let_decide(*, membership: Membership, may_decide: bool, by: User) -> None:
    """Whether a committee member may record the decision, or reads only."""
    if not Membership.objects.filter(pk=membership.pk, duty=Duty.COMMITTEE).update(may_decide=may_decide):
        raise Refused(_("Only a committee member is let decide. A hiring manager decides by duty."))
    record("duty.let_decide" if may_decide else "duty.let_read", membership, by=by)


@transaction.atomic
def take_duty(*, membership: Membership, by: User) -> None:
    """The person no longer has this duty. Refused for the role's last recruiter, who alone can set it up."""
    role = locked(membership.role)
    if membership.duty == Duty.RECRUITER and role.memberships.filter(duty=Duty.RECRUITER).count() == 1:
        raise Refused(_("A role keeps at least one recruiter. Give the duty to somebody else first."))
    note = f"role {role.pk}, person {membership.user_id}, {membership.duty}"
    record("duty.taken", membership, by=by, note=note)
    membership.delete()


@transaction.atomic
def weigh_competency(*, role: Role, competency: Competency, weight: int, reason: str, by: User) -> RoleCompetency:
    """The role judges `competency` with this weight, 1 to 9; more than 1 needs a reason. Later plans copy it."""
    refuse_weight(weight, reason)
    values = {"weight": weight, "reason": reason}
    weighted, _made = RoleCompetency.objects.update_or_create(role=locked(role), competency=competency, defaults=values)
    record("role.competency_weighed", role, by=by, note=f"competency {competency.pk}, weight {weight}")
    return weighted


@transaction.atomic
def drop_competency(*, role: Role, competency: Competency, by: User) -> None:
    """Later plans of the role no longer start with `competency`; those made before keep it."""
    gone, _kinds = RoleCompetency.objects.filter(role=role, competency=competency).delete()
    if not gone:
        raise MoveRefused
    record("role.competency_dropped", role, by=by, note=f"competency {competency.pk}")
