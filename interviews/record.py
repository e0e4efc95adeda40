"""What was asked and what was given for it, as every document prints them: the sealed words, never the bank's newest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.richtext import fill_placeholders, lines_of
from interviews.models import Amendment, Score
from plans.models import InterviewPlan, Item, Stage
from plans.placeholders import values_for
from questions.models import Kind, Level


@dataclass(frozen=True)
class AnchorText:
    level: int
    behaviour: str


@dataclass(frozen=True)
class Asked:
    """One item with the wording and rubric that were in force; `voided` is the reason, "" when it counts."""

    title: str
    version: int
    kind: str
    level: str
    competency: str
    stage: str
    minutes: int
    scored: bool
    prompt: str
    material: str
    anchors: tuple[AnchorText, ...]
    must_have: tuple[str, ...]
    voided: str
    voided_by: str
    voided_at: datetime | None

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def level_label(self) -> str:
        return str(Level(self.level).label)


@dataclass(frozen=True)
class Amended:
    """A later word beside what was sealed, which itself stays as it was."""

    old: str
    new: str
    reason: str
    after_seeing_others: bool
    at: datetime


@dataclass(frozen=True)
class Given:
    """What one interviewer put down on one item: `level` only where `outcome` is "scored"."""

    outcome: str
    level: int | None
    anchor: str
    evidence: str
    followups: str
    reason: str
    probes: tuple[str, ...]
    hint: bool
    amendments: tuple[Amended, ...]

    @property
    def is_short(self) -> bool:
        """Whether it fits on part of a page, and so need not be broken over two."""
        return len(self.evidence) + len(self.followups) < 1500

    @property
    def outcome_label(self) -> str:
        if self.outcome == Score.Outcome.PENDING:  # On a sealed card that is a warm-up or a voided question alone.
            return str(_("Not scored"))
        return str(Score.Outcome(self.outcome).label)


def items_with_rubric(*, plan: InterviewPlan | None = None, stage: Stage | None = None) -> QuerySet[Item]:
    """The items of a plan or of one stage in the order of asking (`plans.scripts`), with all that `asked` and `given` read: 3 queries."""
    items = Item.objects.filter(section__stage__plan=plan) if plan else Item.objects.filter(section__stage=stage)
    return (
        items.select_related("section__stage__plan", "section__competency", "version__question", "voided__by")
        .prefetch_related("version__anchors", "version__probes")
        .order_by("section__stage__position", "scored", "section__position", "position")
    )


def asked(item: Item) -> Asked:
    """`item`, which came from `items_with_rubric`, with the plan's words in the place of placeholders."""
    version, section, values = item.version, item.section, _values(item)
    voided = getattr(item, "voided", None)
    return Asked(
        title=version.title,
        version=version.number,
        kind=version.kind,
        level=version.level,
        competency=section.competency.name,
        stage=section.stage.name,
        minutes=item.minutes,
        scored=item.scored,
        prompt=fill_placeholders(version.prompt, values),
        material=fill_placeholders(version.material, values),
        anchors=_anchors(item),
        must_have=tuple(lines_of(fill_placeholders(version.must_have, values))),
        voided=voided.reason if voided else "",
        voided_by=voided.by.name if voided else "",
        voided_at=voided.at if voided else None,
    )


def given(score: Score, item: Item, amendments: Iterable[Amendment]) -> Given:
    """`score` on `item`, which came from `items_with_rubric`; `amendments` are those of its card."""
    values = _values(item)
    probes = {probe.position: fill_placeholders(probe.text, values) for probe in item.version.probes.all()}
    anchors = {anchor.level: anchor.behaviour for anchor in _anchors(item)}
    return Given(
        outcome=score.outcome,
        level=score.level,
        anchor=anchors.get(score.level or 0, ""),
        evidence=score.evidence,
        followups=score.followups,
        reason=score.reason,
        probes=tuple(probes[position] for position in score.probes_used if position in probes),
        hint=score.hint,
        amendments=amended(amendments, score.pk),
    )


def amended(amendments: Iterable[Amendment], score: int | None = None) -> tuple[Amended, ...]:
    """Those of one score, or those of the card itself, in the order in which they came."""
    return tuple(
        Amended(one.old, one.new, one.reason, one.after_seeing_others, one.at)
        for one in amendments
        if one.score_id == score
    )


def _values(item: Item) -> dict[str, str]:
    return values_for(item.version, item.section.stage.plan)


def _anchors(item: Item) -> tuple[AnchorText, ...]:
    values = _values(item)
    found = {anchor.level: fill_placeholders(anchor.behaviour, values) for anchor in item.version.anchors.all()}
    return tuple(AnchorText(level, found[level]) for level in sorted(found, reverse=True))
