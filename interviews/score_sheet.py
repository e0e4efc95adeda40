"""What one interviewer has before them: the questions of the stage with their rubric, and their own scores.

Nothing of a peer, of another interview or of the candidate's papers is gathered here, so no page can show it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Self, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.richtext import fill_placeholders
from interviews.models import CardEdit, Interview, Score, Scorecard, ScoreEdit
from plans.models import InterviewPlan, Item
from plans.placeholders import values_for
from plans.scripts import in_sections, opening_of
from questions.models import LEVELS, QuestionVersion

Kept = TypeVar("Kept", Score, Scorecard)


def gap_of(score: Score) -> str | Promise:
    """What must still be said about `score` before its card is submitted; empty when nothing. Needs `score.item` and its voiding."""
    if not score.item.counts:
        return ""
    if score.outcome == Score.Outcome.PENDING:
        return _("Not scored yet. Give a level, or say why there is none.")
    if score.outcome in {Score.Outcome.NOT_ASKED, Score.Outcome.DECLINED} and not score.reason.strip():
        return _("Say why it was not asked or not answered.")
    if score.level in {LEVELS[0], LEVELS[-1]} and not score.evidence.strip():
        return _("A 1 or a 5 needs evidence: write what the candidate said or did.")
    return ""


# What two people may have said differently, as it is named to whoever chooses.
_NAMES = {
    "outcome": _("score"),
    "evidence": _("note"),
    "probes_used": _("probes"),
    "followups": _("follow-ups"),
    "candidate_questions": _("the candidate’s questions"),
    "recommendation": _("recommendation"),
    "summary": _("summary"),
    "private_note": _("private note"),
}


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
    def their_words(self) -> list[tuple[str, str]]:
        """What stands instead, as (its name, the value in words)."""
        return [(str(name), self._their(key)) for key, name in _NAMES.items() if key in self.theirs]

    def _their(self, key: str) -> str:
        value = self.theirs[key]
        if key == "outcome":
            return str(self.theirs["level"] or Score.Outcome(value).label)
        if key == "recommendation":
            return str(Scorecard.Recommendation(value).label) if value else ""
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@dataclass(frozen=True)
class Row:
    """One question with its score. `now` shows the score's values, or what was typed where that was not kept."""

    number: int
    score: Score
    item: Item
    version: QuestionVersion
    minutes: int
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
        said = self.score.outcome != Score.Outcome.PENDING or (not self.item.counts and self.score.evidence)
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
class Notes:
    """What stands on the card itself. `now` shows its values, or what was typed where that was not kept."""

    now: Scorecard
    typed: Typed | None


@dataclass(frozen=True)
class Sheet:
    """A card with everything on it, in the order in which it is asked: warm-ups first."""

    card: Scorecard
    opening: str
    closing: str
    notes: Notes
    sections: tuple[tuple[str, tuple[Row, ...]], ...]

    @property
    def rows(self) -> list[Row]:
        return [row for _name, rows in self.sections for row in rows]

    @property
    def has_typed(self) -> bool:
        return any(row.typed for row in self.rows) or self.notes.typed is not None

    @property
    def gaps(self) -> list[Row]:
        return [row for row in self.rows if row.gap]

    @property
    def pending(self) -> int:
        """How many questions that count have no outcome yet."""
        return sum(row.item.counts and row.score.outcome == Score.Outcome.PENDING for row in self.rows)

    @property
    def said(self) -> tuple[tuple[str, list[Row]], ...]:
        """The sections with what is no gap, those without any left out."""
        sections = ((name, [row for row in rows if not row.gap]) for name, rows in self.sections)
        return tuple((name, rows) for name, rows in sections if rows)

    @property
    def seen(self) -> str:
        """Every item with its score's version, and 0 with the card's own, as the submit form hands them back."""
        versions = [(0, self.card.version), *((row.item.pk, row.score.version) for row in self.rows)]
        return " ".join(f"{item}:{version}" for item, version in versions)

    @classmethod
    def of(cls, card: Scorecard, typed: Mapping[int, Typed] | None = None) -> Self:
        """The sheet of `card`, whose interview, stage and plan are at hand; three queries.

        `typed` goes by score; 0 stands for the card itself.
        """
        stage = card.interview.stage
        plan = stage.plan
        scores = (
            card.scores.select_related("item__section__competency", "item__version", "item__voided")
            .prefetch_related("item__version__anchors", "item__version__probes")
            .order_by("item__scored", "item__section__position", "item__position")
        )
        typed = typed or {}
        rows = [_row(n, score, card.interview, typed.get(score.pk)) for n, score in enumerate(scores, 1)]
        return cls(
            card=card,
            opening=opening_of(stage, plan),
            closing=fill_placeholders(stage.closing, plan.placeholder_values),
            notes=Notes(_as_typed(card, typed.get(0), CardEdit), typed.get(0)),
            sections=tuple(in_sections(rows, attrgetter("item"))),
        )


def _row(number: int, score: Score, interview: Interview, typed: Typed | None) -> Row:
    version, plan, planned = score.item.version, interview.stage.plan, interview.stage.minutes
    now = _as_typed(score, typed, ScoreEdit)
    behaviours = {anchor.level: anchor.behaviour for anchor in version.anchors.all()}
    fill = values_for(version, plan)
    return Row(
        number=number,
        score=score,
        item=score.item,
        version=version,
        minutes=round(score.item.minutes * interview.minutes / planned),
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


def _as_typed(row: Kept, typed: Typed | None, edit: type[ScoreEdit | CardEdit]) -> Kept:
    """The row, or a copy of it that is never saved, with the typed values in place."""
    if typed is None:
        return row
    return type(row)(**{name: typed.values.get(name, getattr(row, name)) for name in edit.names()})


def words_of(version: QuestionVersion, plan: InterviewPlan) -> dict[str, str]:
    """The texts of `version` as `plan` asks it, placeholders filled."""
    fill = values_for(version, plan)
    names = ("prompt", "material", "look_for", "must_have", "red_flags")
    return {name: fill_placeholders(getattr(version, name), fill) for name in names}
