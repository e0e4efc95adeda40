"""A question as documents print it, the same in a kit and in a booklet."""

from collections.abc import Mapping
from dataclasses import dataclass

from foundation.richtext import fill_placeholders, lines_of
from questions.models import LEVELS, QuestionVersion


@dataclass(frozen=True)
class PrintedQuestion:
    """One version with its placeholders filled. Anchors: all five levels, the highest first; an unwritten one is empty."""

    number: int
    title: str
    version: int
    kind: str
    level: str
    minutes: int
    prompt: str
    material: str
    purpose: str
    look_for: tuple[str, ...]
    must_have: tuple[str, ...]
    nice_to_have: tuple[str, ...]
    red_flags: tuple[str, ...]
    scoring_note: str
    anchors: tuple[tuple[int, str], ...]
    probes: tuple[str, ...]

    @property
    def has_anchors(self) -> bool:
        return any(behaviour for _level, behaviour in self.anchors)


def printed(version: QuestionVersion, number: int, values: Mapping[str, str], *, minutes: int) -> PrintedQuestion:
    """`version` as the `number`-th question of a document; no query where its anchors and probes are at hand."""
    behaviours = {anchor.level: anchor.behaviour for anchor in version.anchors.all()}

    def said(text: str) -> str:
        return fill_placeholders(text, dict(values))

    def said_lines(text: str) -> tuple[str, ...]:
        return tuple(lines_of(said(text)))

    return PrintedQuestion(
        number=number,
        title=version.title,
        version=version.number,
        kind=str(version.get_kind_display()),
        level=str(version.get_level_display()),
        minutes=minutes,
        prompt=said(version.prompt),
        material=said(version.material),
        purpose=said(version.purpose),
        look_for=said_lines(version.look_for),
        must_have=said_lines(version.must_have),
        nice_to_have=said_lines(version.nice_to_have),
        red_flags=said_lines(version.red_flags),
        scoring_note=said(version.scoring_note),
        anchors=tuple((level, said(behaviours.get(level, ""))) for level in reversed(LEVELS)),
        probes=tuple(said(probe.text) for probe in version.probes.all()),
    )
