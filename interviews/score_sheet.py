"""What one interviewer has before them: the questions of the stage with their rubric, and their own scores.

Nothing of a peer, of another interview or of the candidate's papers is gathered here, so no page can show it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.richtext import fill_placeholders
from interviews.models import Score, Scorecard
from plans.models import InterviewPlan, Item
from plans.placeholders import values_for
from questions.models import LEVELS, QuestionVersion


def gap_of(score: Score) -> str | Promise:
    """What must still be said about `score` before its card is submitted; empty when nothing. Needs `score.item`."""
    if not score.item.scored:
        return ""
    if score.outcome == Score.Outcome.PENDING:
        return _("Not scored yet. Give a level, or say why there is none.")
    if score.outcome in {Score.Outcome.NOT_ASKED, Score.Outcome.DECLINED} and not score.reason.strip():
        return _("Say why it was not asked or not answered.")
    if score.level in {LEVELS[0], LEVELS[-1]} and not score.evidence.strip():
        return _("A 1 or a 5 needs evidence: write what the candidate said or did.")
    return ""


@dataclass(frozen=True)
class Step:
    """One level of the scale, with what a candidate at it said or did; no words for a level that has none."""

    level: int
    behaviour: str
    chosen: bool


@dataclass(frozen=True)
class SheetProbe:
    position: int
    text: str
    used: bool


@dataclass(frozen=True)
class Choice:
    """One of the answers without a level; "pending" takes back what was given."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Typed:
    """What was typed into a question and could not be kept, with the reason, and the value that stands instead."""

    values: Mapping[str, Any]
    message: str
    theirs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def their_answer(self) -> str:
        if "outcome" not in self.theirs:
            return ""
        return str(self.theirs["level"] or Score.Outcome(self.theirs["outcome"]).label)


@dataclass(frozen=True)
class Row:
    """One question with its score. `now` shows the score's values, or what was typed where that was not kept."""

    number: int
    score: Score
    item: Item
    version: QuestionVersion
    words: Mapping[str, str]
    now: Score
    steps: tuple[Step, ...]
    probes: tuple[SheetProbe, ...]
    typed: Typed | None

    @property
    def mark(self) -> str:
        """A level, ✓ for what needs no level, an en dash while nothing is said."""
        if self.score.level:
            return str(self.score.level)
        said = self.score.outcome != Score.Outcome.PENDING or (not self.item.scored and self.score.evidence)
        return "✓" if said else "–"

    @property
    def choices(self) -> list[Choice]:
        """The three empties, and last the way back to none."""
        empties = (Score.Outcome.NOT_ASKED, Score.Outcome.NO_EVIDENCE, Score.Outcome.DECLINED, Score.Outcome.PENDING)
        return [Choice(empty.value, str(empty.label), self.now.outcome == empty) for empty in empties]

    @property
    def gap(self) -> str | Promise:
        return gap_of(self.score)


@dataclass(frozen=True)
class Sheet:
    """A card with everything on it, in the order in which it is asked."""

    card: Scorecard
    opening: str
    closing: str
    sections: tuple[tuple[str, tuple[Row, ...]], ...]

    @property
    def rows(self) -> list[Row]:
        return [row for _name, rows in self.sections for row in rows]

    @property
    def has_typed(self) -> bool:
        return any(row.typed for row in self.rows)

    @property
    def gaps(self) -> list[Row]:
        return [row for row in self.rows if row.gap]

    @property
    def seen(self) -> str:
        """Every item with its score's version, as the submit form hands them back."""
        return " ".join(f"{row.item.pk}:{row.score.version}" for row in self.rows)

    @classmethod
    def of(cls, card: Scorecard, typed: Mapping[int, Typed] | None = None) -> Self:
        """The sheet of `card`, whose interview, stage and plan are at hand; three queries. `typed` goes by score."""
        stage = card.interview.stage
        plan = stage.plan
        scores = (
            card.scores.select_related("item__section__competency", "item__version")
            .prefetch_related("item__version__anchors", "item__version__probes")
            .order_by("item__section__position", "item__position")
        )
        rows = [_row(number, score, plan, (typed or {}).get(score.pk)) for number, score in enumerate(scores, 1)]
        return cls(
            card=card,
            opening=fill_placeholders(stage.opening, plan.placeholder_values),
            closing=fill_placeholders(stage.closing, plan.placeholder_values),
            sections=tuple(_sections(rows)),
        )


def _sections(rows: list[Row]) -> Iterator[tuple[str, tuple[Row, ...]]]:
    for section, found in groupby(rows, key=lambda row: row.item.section):
        yield section.competency.name, tuple(found)


def _row(number: int, score: Score, plan: InterviewPlan, typed: Typed | None) -> Row:
    version = score.item.version
    now = _as_typed(score, typed)
    behaviours = {anchor.level: anchor.behaviour for anchor in version.anchors.all()}
    fill = values_for(version, plan)
    return Row(
        number=number,
        score=score,
        item=score.item,
        version=version,
        words=words_of(version, plan),
        now=now,
        steps=tuple(
            Step(level, fill_placeholders(behaviours.get(level, ""), fill), now.level == level)
            for level in reversed(LEVELS)
        ),
        probes=tuple(
            SheetProbe(probe.position, fill_placeholders(probe.text, fill), probe.position in now.probes_used)
            for probe in version.probes.all()
        ),
        typed=typed,
    )


def _as_typed(score: Score, typed: Typed | None) -> Score:
    """The score, or a copy of it that is never saved, with the typed values in place."""
    if typed is None:
        return score
    names = ("outcome", "level", "reason", "evidence", "probes_used", "hint")
    return Score(**{name: typed.values.get(name, getattr(score, name)) for name in names})


def words_of(version: QuestionVersion, plan: InterviewPlan) -> dict[str, str]:
    """The texts of `version` as `plan` asks it, placeholders filled."""
    fill = values_for(version, plan)
    names = ("prompt", "material", "look_for", "must_have", "red_flags")
    return {name: fill_placeholders(getattr(version, name), fill) for name in names}
