from foundation.frozen import Frozen, Moves
from plans.lifecycles import PLAN


def _in_force(plan_id: str) -> str:
    return f"EXISTS (SELECT 1 FROM plans_interviewplan whole WHERE whole.id = {plan_id} AND whole.status <> 'draft')"


_STAGE = "(SELECT stage.plan_id FROM plans_stage stage WHERE stage.id = {row}.stage_id)"
_SECTION = (
    "(SELECT stage.plan_id FROM plans_section section JOIN plans_stage stage ON stage.id = section.stage_id "
    "WHERE section.id = {row}.section_id)"
)

FROZEN = [
    Frozen("plans.InterviewPlan", "{row}.status <> 'draft'", mutable=("status",)),
    Moves("plans.InterviewPlan", PLAN),
    Frozen("plans.PlanCompetency", _in_force("{row}.plan_id"), part=True),
    Frozen("plans.Stage", _in_force("{row}.plan_id"), part=True),
    Frozen("plans.Section", _in_force(_STAGE), part=True),
    Frozen("plans.Item", _in_force(_SECTION), part=True),
    Frozen("plans.VoidedItem", "{row}.id IS NOT NULL"),
]
