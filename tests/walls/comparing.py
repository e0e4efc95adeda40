"""One person, one list of questions, two databases that differ in what is hidden from that person: what differs?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import unified_diff

from django.test import Client

from foundation import clock
from tests.walls.answers import Answer, Ask, answers, numbers_from_the_rows, taken_back
from tests.walls.worlds import NOW, SIDES, World


@dataclass
class Findings:
    """How many pairs of answers were laid side by side, of which kinds, and a line for each pair that is not the same."""

    pairs: int = 0
    kinds: set[str] = field(default_factory=set)
    different: list[str] = field(default_factory=list)

    def lay(self, ask: Ask, side: str, one: Answer, other: Answer) -> None:
        self.pairs += 1
        self.kinds.add(dict(one.headers).get("Content-Type", "").split(";")[0])
        if one != other:
            self.different.append(f"{side}: {ask}: {_said(one, other)}")


def _said(one: Answer, other: Answer) -> str:
    names = [
        name
        for name in ("status", "headers", "cookies", "body", "statements")
        if getattr(one, name) != getattr(other, name)
    ]
    lines = [answer.body.decode(errors="replace").splitlines() for answer in (one, other)]
    changed = [line.strip() for line in unified_diff(*lines, n=0, lineterm="") if line[:2] not in {"--", "++", "@@"}]
    return f"{', '.join(names)} ({one.status} {other.status}, {one.statements} {other.statements} statements) {changed[:4]}"


def compare(world: World, client: Client, scripts: Iterable[tuple[Ask, ...]], *sides: str) -> Findings:
    """The answers on the first of `sides` beside those on each of the others. Each side is told and taken back again."""
    scripts, findings = list(scripts), Findings()
    first: list[tuple[Ask, Answer]] = []
    for side in sides:
        with clock.at(NOW), taken_back():
            SIDES[side](world)
            numbers_from_the_rows()
            here = list(answers(client, scripts))
        first = first or here
        for (ask, one), (_ask, other) in zip(first, here, strict=True):
            if here is not first:
                findings.lay(ask, side, one, other)
    return findings
