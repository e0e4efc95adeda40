"""A spec as a file holds it: JSON, taken apart with a sentence for everything that is wrong with it."""

import json
from typing import Any

from plans.assembly.spec import Candidate, Part, Spec

KEYS = {"minutes", "questions", "at_least", "at_most", "enemies", "pinned", "banned", "forms", "stages", "spread"}
# More than any bank or clock holds; beyond it sums in floating point lose minutes.
LARGEST = 1e9


class SpecError(ValueError):
    """The spec cannot be read as one; the sentence says where and why."""


def spec_from(text: str) -> Spec:
    """The spec that `text` holds as JSON. Raises SpecError."""
    whole = _object(_parsed(text), "it")
    questions = tuple(_question(each, f"questions[{place}]") for place, each in enumerate(_list(whole, "questions")))
    known = _refuse_twice([question.id for question in questions])
    stages = _stages(whole, known)
    return Spec(
        minutes=0 if stages else _number(whole, "minutes", "minutes"),
        questions=questions,
        at_least=_counts(whole, "at_least"),
        at_most=_counts(whole, "at_most"),
        enemies=_enemies(whole, known),
        pinned=_ids(whole, "pinned", known),
        banned=_ids(whole, "banned", known),
        forms=_forms(whole),
        stages=stages,
        spread=_spread(whole),
    )


def _parsed(text: str) -> Any:
    try:
        raw = json.loads(text, object_pairs_hook=_once_each)
        json.dumps(raw, ensure_ascii=False).encode()
    except SpecError:
        raise
    except json.JSONDecodeError as problem:
        raise SpecError(f"it is not JSON: {problem.msg} in line {problem.lineno}, column {problem.colno}") from None
    except RecursionError:
        raise SpecError("it is not JSON of this kind: too many brackets inside one another") from None
    except UnicodeEncodeError:
        raise SpecError("it holds half a letter, which cannot be printed (a lone surrogate)") from None
    except ValueError:
        raise SpecError("it is not JSON of this kind: a number has thousands of digits") from None
    return raw


def unknown_keys(text: str) -> list[str]:
    """Names in the spec that mean nothing here: most likely a slip."""
    return sorted(json.loads(text).keys() - KEYS)


def _refuse_twice(ids: list[str]) -> set[str]:
    known: set[str] = set()
    for id_ in ids:
        if id_ in known:
            raise SpecError(f"the id “{id_}” stands twice in questions")
        known.add(id_)
    return known


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise SpecError(
            f"the name “{next(name for name in names if names.count(name) > 1)}” stands twice in one object"
        )
    return found


def _object(raw: Any, where: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise SpecError(f"{where} must be an object with names and values")
    return raw


def _list(raw: dict[str, Any], name: str, *, is_needed: bool = True) -> list[Any]:
    if name not in raw and not is_needed:
        return []
    if name not in raw:
        raise SpecError(f"{name} is missing")
    found = raw[name]
    if not isinstance(found, list):
        raise SpecError(f"{name} must be a list")
    return found


def _text(raw: dict[str, Any], name: str, where: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not value.strip():
        raise SpecError(f"{where}: {name} must be a text that is not empty")
    return value


def _number(raw: dict[str, Any], name: str, where: str, least: float = 0) -> float:
    value = raw.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SpecError(f"{where} must be a number" if name in raw else f"{where} is missing")
    if not least <= value <= LARGEST:
        raise SpecError(f"{where} must be a number from {least:g} to {LARGEST:g}")
    return value


def _more(raw: dict[str, Any], name: str, where: str) -> float:
    value = _number(raw, name, where)
    if not value:
        raise SpecError(f"{where} must be more than 0")
    return value


def _whole(value: Any, where: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise SpecError(f"{where} must be a whole number from {least} to {most}")
    return value


def _question(raw: Any, where: str) -> Candidate:
    id_ = _text(_object(raw, where), "id", where)
    where = f"{where} ({id_})"
    minutes = _more(raw, "minutes", f"{where}: minutes")
    value = _number(raw, "value", f"{where}: value", -LARGEST)
    return Candidate(id_, _text(raw, "competency", where), minutes, value)


def _forms(whole: dict[str, Any]) -> int:
    if "stages" in whole and "forms" in whole:
        raise SpecError("stages and forms cannot stand together: stages are one loop")
    return _whole(whole.get("forms", 1), "forms", 1, 4)


def _counts(whole: dict[str, Any], name: str) -> dict[str, int]:
    counts = _object(whole.get(name, {}), name)
    return {competency: _whole(count, f"{name}: {competency}", 0, 1000) for competency, count in counts.items()}


def _spread(whole: dict[str, Any]) -> dict[str, float]:
    told = _object(whole.get("spread", {}), "spread")
    if told and "stages" not in whole:
        raise SpecError("spread needs stages to spread over")
    return {competency: _more(told, competency, f"spread: {competency}") for competency in told}


def _ids(raw: dict[str, Any], name: str, known: set[str], where: str = "") -> frozenset[str]:
    return frozenset(_known(id_, known, where or name) for id_ in _list(raw, name, is_needed=False))


def _known(id_: Any, known: set[str], where: str) -> str:
    if not isinstance(id_, str) or id_ not in known:
        raise SpecError(f"{where}: there is no question with the id “{id_}”")
    return id_


def _enemies(whole: dict[str, Any], known: set[str]) -> frozenset[tuple[str, str]]:
    found = set()
    for place, pair in enumerate(_list(whole, "enemies", is_needed=False)):
        where = f"enemies[{place}]"
        if not isinstance(pair, list) or len(pair) != 2:
            raise SpecError(f"{where} must be a pair of ids")
        first, second = sorted(_known(id_, known, where) for id_ in pair)
        if first == second:
            raise SpecError(f"{where}: “{first}” cannot be an enemy of itself")
        found.add((first, second))
    return frozenset(found)


def _stages(whole: dict[str, Any], known: set[str]) -> tuple[Part, ...]:
    if "stages" not in whole:
        return ()
    stages = tuple(_stage(each, f"stages[{place}]", known) for place, each in enumerate(_list(whole, "stages")))
    if not stages:
        raise SpecError("stages must hold at least one stage")
    held = [id_ for stage in stages for id_ in stage.pinned]
    if len(held) > len(set(held)):
        raise SpecError("stages: a question is pinned in two of them")
    return stages


def _stage(raw: Any, where: str, known: set[str]) -> Part:
    stage = _object(raw, where)
    minutes = _number(stage, "minutes", f"{where}: minutes")
    pinned = _ids(stage, "pinned", known, f"{where}: pinned")
    return Part(minutes, _texts(stage, "competencies", where), pinned, _texts(stage, "heard", where))


def _texts(raw: dict[str, Any], name: str, where: str) -> frozenset[str]:
    found = _list(raw, name, is_needed=False)
    if not all(isinstance(text, str) for text in found):
        raise SpecError(f"{where}: {name} must be a list of texts")
    return frozenset(found)
