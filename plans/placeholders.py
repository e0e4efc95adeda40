"""Placeholders: {names} in a question's text, filled by the plan, or by the question's own default."""

from plans.models import InterviewPlan
from plans.outline import Outline
from questions.models import QuestionVersion

PLACEHOLDER_LIMIT = 200


def values_for(version: QuestionVersion, plan: InterviewPlan) -> dict[str, str]:
    """Name → what is said for it when `plan` asks `version`; a name that nobody filled is left out."""
    merged = {**version.placeholders, **plan.placeholder_values}
    return {name: str(value) for name, value in merged.items() if name in version.placeholders and value}


def defaults_in(outline: Outline) -> dict[str, list[str]]:
    """Name → the defaults that the plan's questions give it, in order of asking; none is an empty string."""
    found: dict[str, list[str]] = {}
    for item in outline.items:
        for name, default in item.version.placeholders.items():
            found.setdefault(name, []).append(str(default))
    return found


def unfilled(outline: Outline) -> list[str]:
    """Names for which at least one question has no default and the plan no value."""
    values = outline.plan.placeholder_values
    return [name for name, defaults in defaults_in(outline).items() if not (values.get(name) or all(defaults))]
