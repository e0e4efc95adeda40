"""Two versions of a question side by side, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from questions.content import Content
from questions.differences import Piece, words_changed
from questions.models import LEVELS, Kind, Level, QuestionVersion

_BEFORE_ANCHORS = (
    "title", "kind", "level", "minutes", "tags", "prompt", "material", "placeholders",
    "purpose", "look_for", "must_have", "nice_to_have", "red_flags",
)  # fmt: skip
_AFTER_PROBES = ("scoring_note", "references", "review_by")


@dataclass(frozen=True)
class Part:
    """One part of what versions say, with its change in words."""

    label: str
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        return not all(piece.is_same for piece in self.pieces)


@dataclass(frozen=True)
class Comparison:
    """Every part that either of two versions has, in the order of their page."""

    parts: list[Part]

    @property
    def changed(self) -> list[Part]:
        return [part for part in self.parts if part.is_changed]

    @property
    def same(self) -> list[Part]:
        return [part for part in self.parts if not part.is_changed]


def comparison_of(old: Content, new: Content) -> Comparison:
    before, after = _texts_of(old), _texts_of(new)
    written = [label for label in after if before[label] or after[label]]
    return Comparison([Part(label, words_changed(before[label], after[label])) for label in written])


def _texts_of(content: Content) -> dict[str, str]:
    """Label → text of every part, written or not, always in the same order."""
    fields = content.fields
    shown = {name: str(fields[name] or "") for name in (*_BEFORE_ANCHORS, *_AFTER_PROBES)}
    shown |= {
        "kind": _choice(Kind, fields["kind"]),
        "level": _choice(Level, fields["level"]),
        "placeholders": "\n".join(f"{name} = {default}" for name, default in content.defaults),
    }
    anchors = {_("Anchor for level %(level)s") % {"level": n}: content.anchors.get(n, "") for n in reversed(LEVELS)}
    samples = {
        _("Sample answer at level %(level)s") % {"level": n}: content.samples.get(n, "") for n in reversed(LEVELS)
    }
    return (
        _labelled(shown, _BEFORE_ANCHORS)
        | anchors
        | {_("Probes"): "\n".join(content.probes)}
        | samples
        | _labelled(shown, _AFTER_PROBES)
    )


def _labelled(texts: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    labels = {field.name: str(field.verbose_name) for field in QuestionVersion._meta.fields}
    return {_capital(labels[name]): texts[name] for name in names}


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _choice(choices: type[Kind] | type[Level], value: str) -> str:
    return str(dict(choices.choices).get(value, value))
