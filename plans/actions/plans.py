"""Interview plans: begun as a copy, filled in, put in force, and from then on only followed by a next one."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.recording import record
from foundation import clock
from foundation.lifecycle import Refused
from plans.actions.drafts import change_of, locked_draft
from plans.actions.roles import locked, refuse_closed
from plans.lifecycles import PLAN
from plans.models import InterviewPlan, Item, PlanCompetency, Role, Section, Stage, Weighted
from plans.outline import outline_of
from plans.readiness import obstacles
from plans.weights import refuse_weight
from questions.models import Competency


@transaction.atomic
def start_plan(*, role: Role, by: User) -> InterviewPlan:
    """A draft that copies the plan in force, or holds the role's competencies where there is none.

    Refused for a closed role, and while the role has a draft: two would be two opinions of what is asked next.
    """
    plan = new_draft(role)
    model = role.plans.filter(status=InterviewPlan.Status.ACTIVE).first()
    _copy_weights(model.competencies.all() if model else role.competencies.all(), plan)
    if model:
        InterviewPlan.objects.filter(pk=plan.pk).update(placeholder_values=model.placeholder_values)
        _copy_stages(model, plan)
    record("plan.started", plan, by=by)
    plan.refresh_from_db()
    return plan


def new_draft(role: Role) -> InterviewPlan:
    """An empty draft with the next number. Refused for a closed role, and while the role has a draft."""
    role = locked(role)
    refuse_closed(role)
    last = role.plans.order_by("-number").first()
    try:
        with transaction.atomic():
            return InterviewPlan.objects.create(role=role, number=last.number + 1 if last else 1)
    except IntegrityError as problem:
        raise Refused(_("This role has a draft already. Go on with that one, or throw it away first.")) from problem


def _copy_weights(weights: Iterable[Weighted], plan: InterviewPlan) -> None:
    PlanCompetency.objects.bulk_create(
        PlanCompetency(plan=plan, competency_id=row.competency_id, weight=row.weight, reason=row.reason)
        for row in weights
    )


def _copy_stages(model: InterviewPlan, plan: InterviewPlan) -> None:
    for stage in model.stages.prefetch_related("sections__items"):
        sections = list(stage.sections.all())
        new_stage = Stage.objects.create(
            plan=plan,
            name=stage.name,
            kind=stage.kind,
            minutes=stage.minutes,
            interviewers=stage.interviewers,
            opening=stage.opening,
            closing=stage.closing,
            position=stage.position,
        )
        for section in sections:
            new_section = Section.objects.create(
                stage=new_stage, competency_id=section.competency_id, position=section.position
            )
            Item.objects.bulk_create(
                Item(
                    section=new_section,
                    version_id=item.version_id,
                    minutes=item.minutes,
                    scored=item.scored,
                    position=item.position,
                )
                for item in section.items.all()
            )


@transaction.atomic
def activate_plan(*, plan: InterviewPlan, by: User) -> None:
    """Put a draft in force; the plan it replaces stays for interviews already held.

    Refused for a closed role, and while something is missing without which it cannot be asked. Of two tabs one wins.
    """
    role = locked(plan.role)
    refuse_closed(role)
    draft = locked_draft(plan)
    if missing := obstacles(outline_of(draft)):
        raise Refused(" ".join(missing))
    for former in role.plans.filter(status=InterviewPlan.Status.ACTIVE):
        PLAN.move(former, InterviewPlan.Status.SUPERSEDED)
        record("plan.superseded", former, by=by)
    draft.edits.all().delete()
    PLAN.move(plan, InterviewPlan.Status.ACTIVE, activated_at=clock.now())
    record("plan.activated", plan, by=by)


@transaction.atomic
def discard_plan(*, plan: InterviewPlan, by: User) -> None:
    """Throw a draft away. Nothing was ever asked from it, so its number is free again."""
    draft = locked_draft(plan)
    record("plan.discarded", draft, by=by, note=f"role {draft.role_id}, number {draft.number}")
    draft.delete()


@transaction.atomic
def fill_in_placeholders(*, plan: InterviewPlan, values: dict[str, str], by: User, seen: int | None = None) -> None:
    """What the plan says for each placeholder of its questions; a name left blank takes the question's own default."""
    change = change_of(plan, by=by, seen=seen)
    draft = change.draft
    draft.placeholder_values = {name: value for name, value in values.items() if value}
    draft.save(update_fields=["placeholder_values"])
    change.done("placeholders_filled")


@transaction.atomic
def weigh_plan_competency(
    *, plan: InterviewPlan, competency: Competency, weight: int, reason: str, by: User, seen: int | None = None
) -> PlanCompetency:
    """The plan judges `competency` with this weight, 1 to 9; more than 1 needs a reason. The role keeps its own."""
    change = change_of(plan, by=by, seen=seen)
    refuse_weight(weight, reason)
    values = {"weight": weight, "reason": reason}
    weighted, _made = PlanCompetency.objects.update_or_create(plan=change.draft, competency=competency, defaults=values)
    change.done("competency_weighed", competency, what=competency, place=weight)
    return weighted


@transaction.atomic
def drop_plan_competency(*, plan: InterviewPlan, competency: Competency, by: User, seen: int | None = None) -> None:
    """The plan no longer judges `competency`. Refused while a section of the plan does: its scores need a weight."""
    change = change_of(plan, by=by, seen=seen)
    if Section.objects.filter(stage__plan=change.draft, competency=competency).exists():
        raise Refused(_("A section of this plan measures this competency. Remove the section first."))
    PlanCompetency.objects.filter(plan=change.draft, competency=competency).delete()
    change.done("competency_dropped", competency, what=competency)
