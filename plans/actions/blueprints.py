"""Plans from blueprints: a draft or a whole role out of an example, a template or another role's plan; templates kept."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.recording import record
from foundation.lifecycle import MoveRefused, Refused
from plans.actions.plans import new_draft
from plans.actions.roles import make_role
from plans.blueprint_files import BlueprintFault, as_tables, read_blueprint
from plans.blueprints import Blueprint, blueprint_of
from plans.fitting import Fitted, FittedStage, fitted
from plans.kept import PlanTemplate
from plans.models import InterviewPlan, Item, PlanCompetency, Role, RoleCompetency, Section, Stage


@transaction.atomic
def start_plan_from(*, role: Role, blueprint: Blueprint, by: User) -> tuple[InterviewPlan, Fitted]:
    """A draft of `role` with all of `blueprint` that this house's bank has, in the newest versions; and what that is.

    Refused for a closed role, and while the role has a draft.
    """
    plan = new_draft(role)
    found = fitted(blueprint)
    InterviewPlan.objects.filter(pk=plan.pk).update(placeholder_values=blueprint.placeholders)
    PlanCompetency.objects.bulk_create(
        PlanCompetency(plan=plan, competency=row.competency, weight=row.weight, reason=row.reason)
        for row in found.weights
    )
    for position, stage in enumerate(found.stages, start=1):
        _place(plan, stage, position)
    record("plan.started_from", plan, by=by)
    plan.refresh_from_db()
    return plan, found


def _place(plan: InterviewPlan, stage: FittedStage, position: int) -> None:
    told = stage.told
    words = {"name": told.name, "opening": told.opening, "closing": told.closing}
    numbers = {"minutes": told.minutes, "interviewers": told.interviewers, "position": position}
    placed = Stage.objects.create(plan=plan, kind=told.kind, **numbers, **words)
    for place, part in enumerate(stage.sections, start=1):
        section = Section.objects.create(stage=placed, competency=part.competency, position=place)
        Item.objects.bulk_create(
            Item(section=section, version=item.version, minutes=item.minutes, scored=item.scored, position=number)
            for number, item in enumerate(part.items, start=1)
        )


@transaction.atomic
def make_role_from(
    *, title: str, team: str, level: str, blueprint: Blueprint, by: User
) -> tuple[InterviewPlan, Fitted]:
    """A new role that judges what `blueprint` weighs, with its first draft; `by` is its recruiter."""
    role = make_role(title=title, team=team, level=level, by=by)
    plan, found = start_plan_from(role=role, blueprint=blueprint, by=by)
    RoleCompetency.objects.bulk_create(
        RoleCompetency(role=role, competency=row.competency, weight=row.weight, reason=row.reason)
        for row in found.weights
    )
    return plan, found


@transaction.atomic
def save_template(*, plan: InterviewPlan, name: str, about: str, by: User) -> PlanTemplate:
    """A copy of `plan` as it stands, under a name that no other template has, for every role of the house."""
    if not plan.stages.exists():
        raise Refused(_("This plan has no stage yet, so there is nothing to start from."))
    blueprint = blueprint_of(plan, name, about)
    try:
        read_blueprint(as_tables(blueprint))
    except BlueprintFault as problem:
        raise Refused(
            _("The plan cannot be a template as it stands, because of {problem}").format(problem=problem)
        ) from problem
    template = _kept(blueprint, by)
    record("template.saved", template, by=by, note=f"plan {plan.pk}")
    return template


@transaction.atomic
def upload_template(*, blueprint: Blueprint, by: User) -> PlanTemplate:
    """What a file held, for every role of the house, whatever of it this bank has; under a name that no other has."""
    template = _kept(blueprint, by)
    record("template.uploaded", template, by=by)
    return template


def _kept(blueprint: Blueprint, by: User) -> PlanTemplate:
    words = {"name": blueprint.name, "about": blueprint.about}
    try:
        with transaction.atomic():
            return PlanTemplate.objects.create(content=as_tables(blueprint), by=by, **words)
    except IntegrityError as problem:
        raise Refused(_("There is a template of this name already."), field="name") from problem


@transaction.atomic
def remove_template(*, template: PlanTemplate, by: User) -> None:
    """The template goes; plans that started from it stay as they are."""
    record("template.removed", template, by=by)
    if not PlanTemplate.objects.filter(pk=template.pk).delete()[0]:
        raise MoveRefused
