"""Specs and answers as JSON, which reads back as the same, and answers in sentences for people."""

from collections.abc import Mapping
from typing import Any

from plans.assembly.spec import Answer, Chosen, Limit, Relaxation, Spec, Status

# The name under which JSON says what a relaxed limit is about.
ABOUT = {
    Limit.MINUTES: "stage", Limit.AT_LEAST: "competency", Limit.AT_MOST: "competency", Limit.ENEMIES: "ids",
    Limit.PINNED: "id", Limit.BANNED: "id",
}  # fmt: skip


def spec_written(spec: Spec) -> dict[str, Any]:
    """What `spec_from` reads as `spec`."""
    found: dict[str, Any] = {
        "questions": [vars(question) for question in spec.questions],
        "at_least": dict(spec.at_least),
        "at_most": dict(spec.at_most),
        "enemies": sorted(spec.enemies),
        "pinned": sorted(spec.pinned),
        "banned": sorted(spec.banned),
    }
    if not spec.stages:
        return found | {"minutes": spec.minutes, "forms": spec.forms}
    sets = ("competencies", "pinned", "heard")
    stages = [{"minutes": part.minutes, **{name: sorted(getattr(part, name)) for name in sets}} for part in spec.stages]
    return found | {"stages": stages, "spread": dict(spec.spread)}


def written(answer: Answer) -> dict[str, Any]:
    """What is printed for scripts; `relax` only where the answer is that nothing fits."""
    found: dict[str, Any] = {
        "status": answer.status.value,
        "bound": _plain(answer.bound),
        "gap": _plain(answer.gap),
        "forms": [
            {"ids": list(form.ids), "minutes": _plain(form.minutes), "value": _plain(form.value)}
            for form in answer.forms
        ],
    }
    if answer.status is Status.INFEASIBLE:
        found["relax"] = _relaxation(answer.relax) if answer.relax else None
    return found


def _relaxation(relax: Relaxation) -> dict[str, Any]:
    found: dict[str, Any] = {"constraint": relax.limit.value}
    if relax.about:
        is_pair = relax.limit is Limit.ENEMIES
        found[ABOUT[relax.limit]] = list(relax.about) if is_pair else relax.about[0]
    found["by"] = _plain(relax.by)
    if relax.to is not None:
        found["to"] = _plain(relax.to)
    return found


def answer_from(raw: Mapping[str, Any]) -> Answer:
    """The answer that `written` wrote."""
    forms = tuple(Chosen(tuple(form["ids"]), form["minutes"], form["value"]) for form in raw["forms"])
    relax = _relaxation_from(raw["relax"]) if raw.get("relax") else None
    return Answer(Status(raw["status"]), forms, raw["bound"], raw["gap"], relax)


def _relaxation_from(raw: Mapping[str, Any]) -> Relaxation:
    limit = Limit(raw["constraint"])
    about = raw.get(ABOUT.get(limit, ""), [])
    return Relaxation(limit, (about,) if isinstance(about, str) else tuple(about), raw["by"], raw.get("to"))


def sentences(answer: Answer) -> list[str]:
    """The same in words."""
    if answer.status is Status.INFEASIBLE:
        return ["Nothing keeps all limits.", _in_words(answer.relax)]
    lines = [
        f"{number}. {form.value:g} in {form.minutes:g} minutes: {', '.join(form.ids) or 'nothing'}"
        for number, form in enumerate(answer.forms, start=1)
    ]
    if answer.status is Status.OPTIMAL:
        return [*lines, f"No choice is worth more than {answer.bound:g}: this is the best."]
    return [*lines, f"No choice is worth more than {answer.bound:g}; at most {answer.gap:.2%} of that is missing here."]


def _in_words(relax: Relaxation | None) -> str:
    if relax is None:
        return "No single limit was found that would be enough to relax."
    values = {"by": f"{relax.by:g}", "to": f"{relax.to or 0:g}", "about": " and ".join(relax.about)}
    said = {
        Limit.MINUTES: "{by} minutes more, {to} in all",
        Limit.AT_LEAST: "at least {to} of {about}, {by} fewer",
        Limit.AT_MOST: "at most {to} of {about}, {by} more",
        Limit.ENEMIES: "let {about} stand together",
        Limit.PINNED: "do not pin {about}",
        Limit.BANNED: "do not ban {about}",
        Limit.FORMS: "{to} forms, {by} fewer",
    }
    where = f" in stage {relax.about[0]}" if relax.limit is Limit.MINUTES and relax.about else ""
    return f"The least single change: {said[relax.limit].format(**values)}{where}."


def _plain(number: float | None) -> float | None:
    """Whole numbers without a point, others to a millionth."""
    if number is None:
        return None
    rounded = round(number, 6)
    return int(rounded) if rounded == int(rounded) else rounded
