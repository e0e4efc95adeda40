"""A draft as a whole, written down and put back: rows keep their keys, so links and open pages still lead to them."""

from typing import Any

from django.db import models

from plans.models import InterviewPlan, Item, PlanCompetency, Section, Stage

# From the whole to its parts; each with the way from a row to its plan.
PARTS: tuple[tuple[str, type[models.Model], str], ...] = (
    ("weights", PlanCompetency, "plan"),
    ("stages", Stage, "plan"),
    ("sections", Section, "stage__plan"),
    ("items", Item, "section__stage__plan"),
)


def snapshot_of(draft: InterviewPlan) -> dict[str, Any]:
    """Everything of `draft` that a change may touch, as plain values, in four queries."""
    rows = {name: list(model._default_manager.filter(**{way: draft}).values()) for name, model, way in PARTS}
    return {"placeholder_values": draft.placeholder_values, **rows}


def put_back(draft: InterviewPlan, snapshot: dict[str, Any]) -> None:
    """Make `draft`, which is held, what it was when `snapshot` was taken."""
    draft.stages.all().delete()
    draft.competencies.all().delete()
    for name, model, _way in PARTS:
        model._default_manager.bulk_create(model(**row) for row in snapshot[name])
    draft.placeholder_values = snapshot["placeholder_values"]
    draft.save(update_fields=["placeholder_values"])
