"""What is said at the beginning of a stage, and what comes first."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from django.utils.translation import gettext as _

from foundation.richtext import fill_placeholders
from plans.models import InterviewPlan, Item, Stage

T = TypeVar("T")


def opening_of(stage: Stage, plan: InterviewPlan) -> str:
    """The opening script with the plan's words in it; a neutral one for a stage that has none."""
    neutral = _(
        "Thank you for making the time. I ask everybody the same questions in the same order, and I write while you speak. "
        "Take a moment to think whenever you like."
    )
    return fill_placeholders(stage.opening, plan.placeholder_values) if stage.opening.strip() else neutral


def reminders() -> tuple[str, ...]:
    """What an interviewer keeps in mind, and what is not to be asked in any form, nor written down if it comes up."""
    return (
        _(
            "Ask these questions in this order, as they are printed. Follow up with the listed probes only, and tick them."
        ),
        _("Write what was said or done, and score each answer before the next question."),
        _(
            "Never ask about age, family or plans for one, health or disability, origin or first language, religion, "
            "politics, sex or orientation, past or present pay; not in small talk either."
        ),
        _("If the candidate speaks of such a thing, leave it at that and do not write it down."),
    )


def in_order_of_asking(items: Iterable[Item]) -> list[Item]:
    """`items`, which stand in the order of the plan, with the warm-ups first."""
    return sorted(items, key=lambda item: item.scored)


def in_sections(asked: Iterable[T], item_of: Callable[[T], Item]) -> Iterator[tuple[str, tuple[T, ...]]]:
    """`asked`, in the order of asking, under its headings: the warm-ups together, then each section that scores something."""
    parts = groupby(asked, key=lambda each: item_of(each).section if item_of(each).scored else None)
    for section, found in parts:
        yield section.competency.name if section else _("Warm-up"), tuple(found)
