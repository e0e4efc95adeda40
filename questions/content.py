"""What a version says, as a plain value: the same shape in a form, in a file of the bank, and in the database."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from foundation.fields import tidy
from foundation.richtext import lines_of
from questions.models import LEVELS, QuestionVersion

# One entry a line.
LISTS = ("look_for", "must_have", "nice_to_have", "red_flags", "references")
TEXTS = ("title", "tags", "prompt", "material", "purpose", "scoring_note", "change_note")
FIELDS = (*TEXTS, *LISTS, "kind", "level", "minutes", "placeholders", "review_by")

MINUTES = range(1, 241)


@dataclass(frozen=True)
class Content:
    """The columns named in FIELDS, the anchors by level (only those written) and the probes in order."""

    fields: Mapping[str, Any]
    anchors: Mapping[int, str]
    probes: Sequence[str]

    @classmethod
    def of(cls, version: QuestionVersion) -> Self:
        """What is stored. Two queries, or none where anchors and probes were prefetched."""
        return cls.made_of(
            {name: getattr(version, name) for name in FIELDS},
            {anchor.level: anchor.behaviour for anchor in version.anchors.all()},
            [probe.text for probe in version.probes.all()],
        )

    @classmethod
    def made_of(cls, fields: Mapping[str, Any], anchors: Mapping[int, str], probes: Sequence[str]) -> Self:
        """The same words always give an equal value: without blank lines in lists, blank anchors and outer spaces."""
        kept = {name: fields[name] for name in FIELDS if name in fields}
        kept |= {name: tidy(kept[name]).strip() for name in TEXTS if name in kept}
        kept |= {name: "\n".join(lines_of(tidy(kept[name]))) for name in LISTS if name in kept}
        written = {level: tidy(anchors[level]).strip() for level in LEVELS if anchors.get(level, "").strip()}
        return cls(kept, written, [tidy(probe).strip() for probe in probes if probe.strip()])

    @property
    def stamp(self) -> str:
        """Sixteen hexadecimal characters that change when any word does."""
        facts = [dict(self.fields), dict(self.anchors), list(self.probes)]
        return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()[:16]

    @property
    def scale(self) -> list[tuple[int, str]]:
        """All five levels, the highest first; an unwritten anchor is empty."""
        return [(level, self.anchors.get(level, "")) for level in reversed(LEVELS)]

    @property
    def defaults(self) -> list[tuple[str, str]]:
        """The placeholders with their defaults. Pairs, because a template would take one called "items" for the method."""
        return list(self.fields.get("placeholders", {}).items())

    def says_the_same(self, other: Self) -> bool:
        """Whether both ask and judge alike; the note on what changed does not count."""
        note = {"change_note": ""}
        return ({**self.fields, **note}, self.anchors, self.probes) == (
            {**other.fields, **note},
            other.anchors,
            other.probes,
        )
