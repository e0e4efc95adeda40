"""What changed between two plans, in words. Questions are the same by their identity, stages by name or by what they ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from plans.models import InterviewPlan, Item
from plans.outline import Outline, OutlinedStage
from questions.differences import Piece, words_changed

# A script of which less than this share of letters stays is shown whole, before and after: word by word nobody reads it.
REWRITTEN = 0.5


@dataclass(frozen=True)
class ScriptChange:
    """How the words of a script changed."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class StageChange:
    name: str
    sentences: tuple[str, ...]
    scripts: tuple[ScriptChange, ...]


@dataclass(frozen=True)
class Comparison:
    """From `older` to `newer`. `weights`, `order` and `placeholders` are sentences; `stages` has only those that changed."""

    older: InterviewPlan
    newer: InterviewPlan
    weights: tuple[str, ...]
    stages: tuple[StageChange, ...]
    order: tuple[str, ...]
    placeholders: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return not (self.weights or self.stages or self.order or self.placeholders)


def comparison_of(older: Outline, newer: Outline) -> Comparison:
    return _Comparing(older, newer).done()


@dataclass(frozen=True)
class _Place:
    """Where a plan asks a question."""

    stage: OutlinedStage
    competency: str
    item: Item


@dataclass(frozen=True)
class _Comparing:
    older: Outline
    newer: Outline

    def done(self) -> Comparison:
        changes = [self._changed(was, now) for was, now in self.pairs]
        changes += [self._added(stage) for stage in self.newer.stages if stage not in [now for _was, now in self.pairs]]
        gone = [stage for stage in self.older.stages if stage not in [was for was, _now in self.pairs]]
        changes += [self._removed(stage) for stage in gone]
        return Comparison(
            older=self.older.plan,
            newer=self.newer.plan,
            weights=tuple(self._weights()),
            stages=tuple(change for change in changes if change.sentences or change.scripts),
            order=tuple(self._order()),
            placeholders=tuple(self._placeholders()),
        )

    @cached_property
    def pairs(self) -> list[tuple[OutlinedStage, OutlinedStage]]:
        """Each stage that stands in both plans, in the order of the newer: by its name, else by the questions it shares."""
        was_named = {stage.stage.name.casefold(): stage for stage in self.older.stages}
        found = {now.stage.pk: was_named.get(now.stage.name.casefold()) for now in self.newer.stages}
        for now in self.newer.stages:
            if found[now.stage.pk] is None:
                free = [stage for stage in self.older.stages if stage not in found.values()]
                alike = [was for was in free if _shares_half(was, now)]
                found[now.stage.pk] = max(alike, key=lambda was: len(_asked(was) & _asked(now)), default=None)
        return [(was, now) for now in self.newer.stages if (was := found[now.stage.pk])]

    @cached_property
    def was_asked(self) -> dict[int, _Place]:
        return _places(self.older)

    @cached_property
    def is_asked(self) -> dict[int, _Place]:
        return _places(self.newer)

    def _weights(self) -> Iterator[str]:
        was = {row.competency_id: row for row in self.older.weights}
        now = {row.competency_id: row for row in self.newer.weights}
        for key, row in now.items():
            words = {"name": row.competency.name, "now": row.weight, "reason": row.reason}
            if key not in was:
                yield (_("%(name)s is judged now, with weight %(now)s. %(reason)s") % words).strip()
            elif was[key].weight != row.weight:
                before = words | {"was": was[key].weight}
                yield (_("%(name)s weighs %(now)s instead of %(was)s. %(reason)s") % before).strip()
            elif was[key].reason != row.reason and row.reason:
                yield _("%(name)s still weighs %(now)s, for another reason: %(reason)s") % words
        for key, row in was.items():
            if key not in now:
                words = {"name": row.competency.name, "was": row.weight}
                yield _("%(name)s is no longer judged; it weighed %(was)s.") % words

    def _order(self) -> Iterator[str]:
        was = [old.stage.pk for old in self.older.stages if old in [was for was, _now in self.pairs]]
        if was != [old.stage.pk for old, _now in self.pairs]:
            names = ", ".join(f"“{stage.stage.name}”" for stage in self.newer.stages)
            yield _("The stages come in another order: %(names)s.") % {"names": names}

    def _placeholders(self) -> Iterator[str]:
        was, now = self.older.plan.placeholder_values, self.newer.plan.placeholder_values
        for name in sorted({*was, *now}):
            if was.get(name, "") != now.get(name, ""):
                words = {"name": name, "was": was.get(name) or "–", "now": now.get(name) or "–"}
                yield _("{%(name)s} is said as “%(now)s” instead of “%(was)s”.") % words

    def _removed(self, stage: OutlinedStage) -> StageChange:
        sentences = [_("This stage of %(minutes)s minutes is removed.") % {"minutes": stage.stage.minutes}]
        sentences += self._dropped(stage)
        return StageChange(stage.stage.name, tuple(sentences), ())

    def _added(self, stage: OutlinedStage) -> StageChange:
        words = {"kind": stage.stage.get_kind_display(), "minutes": stage.stage.minutes}
        sentences = [_("This stage is new: %(kind)s, %(minutes)s minutes.") % words, *self._questions(stage)]
        return StageChange(stage.stage.name, tuple(sentences), tuple(_scripts(None, stage)))

    def _changed(self, was: OutlinedStage, now: OutlinedStage) -> StageChange:
        sentences = []
        old, new = was.stage, now.stage
        if old.name != new.name:
            sentences.append(_("It was called “%(was)s” before.") % {"was": old.name})
        if old.kind != new.kind:
            words = {"was": old.get_kind_display(), "now": new.get_kind_display()}
            sentences.append(_("It is a %(now)s instead of a %(was)s.") % words)
        if old.minutes != new.minutes:
            sentences.append(
                _("It takes %(now)s minutes instead of %(was)s.") % {"was": old.minutes, "now": new.minutes}
            )
        if old.interviewers != new.interviewers:
            numbers = {"was": old.interviewers, "now": new.interviewers}
            sentences.append(_("Interviewers: %(now)s instead of %(was)s.") % numbers)
        sentences += [*self._questions(now, was), *self._dropped(was)]
        before, after = _in_both(was, now)
        if before != after:
            sentences.append(_("The questions come in another order."))
        return StageChange(new.name, tuple(sentences), tuple(_scripts(was, now)))

    def _questions(self, now: OutlinedStage, was: OutlinedStage | None = None) -> Iterator[str]:
        """What `now` asks anew, from elsewhere or otherwise than before; `was` is the same stage in the older plan."""
        for key, place in self.is_asked.items():
            if place.stage is not now:
                continue
            before = self.was_asked.get(key)
            words = {"title": place.item.version.title, "minutes": place.item.minutes}
            if before is None:
                said = _("“%(title)s” is new, with %(minutes)s minutes.")
                as_warm_up = _("“%(title)s” is new as a warm-up, with %(minutes)s minutes.")
                yield (said if place.item.scored else as_warm_up) % words
                continue
            if before.stage is not was:
                came = words | {"stage": before.stage.stage.name}
                yield _("“%(title)s” comes here from “%(stage)s”.") % came
            yield from _otherwise(before, place)

    def _dropped(self, was: OutlinedStage) -> Iterator[str]:
        for key, place in self.was_asked.items():
            if place.stage is was and key not in self.is_asked:
                yield _("“%(title)s” is no longer asked.") % {"title": place.item.version.title}


def _otherwise(was: _Place, now: _Place) -> Iterator[str]:
    title = now.item.version.title
    if was.item.version_id != now.item.version_id:
        words = {"title": title, "was": was.item.version.number, "now": now.item.version.number}
        yield _("“%(title)s” is asked in version %(now)s instead of %(was)s.") % words
    if was.item.minutes != now.item.minutes:
        words = {"title": title, "was": was.item.minutes, "now": now.item.minutes}
        yield _("“%(title)s” has %(now)s minutes instead of %(was)s.") % words
    if was.item.scored != now.item.scored:
        said = _("“%(title)s” is scored now.") if now.item.scored else _("“%(title)s” is a warm-up now.")
        yield said % {"title": title}
    if was.competency != now.competency:
        words = {"title": title, "was": was.competency, "now": now.competency}
        yield _("“%(title)s” stands under %(now)s instead of %(was)s.") % words


def _places(outline: Outline) -> dict[int, _Place]:
    """Every question of the plan, in its order, by its key."""
    return {
        placed.item.version.question_id: _Place(stage, section.section.competency.name, placed.item)
        for stage in outline.stages
        for section in stage.sections
        for placed in section.items
    }


def _asked(stage: OutlinedStage) -> set[int]:
    return {item.version.question_id for item in stage.items}


def _shares_half(was: OutlinedStage, now: OutlinedStage) -> bool:
    """Whether half of what one of the two asks is asked by the other as well: then it is the same stage, renamed."""
    fewer = min(len(_asked(was)), len(_asked(now)))
    return 0 < fewer <= 2 * len(_asked(was) & _asked(now))


def _in_both(was: OutlinedStage, now: OutlinedStage) -> tuple[list[int], list[int]]:
    """The questions that both ask, in the order of each."""
    both = _asked(was) & _asked(now)
    before, after = ([item.version.question_id for item in stage.items] for stage in (was, now))
    return [key for key in before if key in both], [key for key in after if key in both]


def _scripts(was: OutlinedStage | None, now: OutlinedStage) -> Iterator[ScriptChange]:
    for name, label in (("opening", _("Say at the start")), ("closing", _("Say at the end"))):
        before, after = getattr(was.stage, name) if was else "", getattr(now.stage, name)
        if before != after:
            pieces = words_changed(before, after)
            kept = sum(len(piece.text) for piece in pieces if piece.is_same)
            if kept < REWRITTEN * max(len(before), len(after)):
                pieces = [piece for piece in (Piece(before, in_new=False), Piece(after, in_old=False)) if piece.text]
            yield ScriptChange(label, tuple(pieces))
