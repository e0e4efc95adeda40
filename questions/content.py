"""What a version says, as a plain value: the same shape in a form, in a file of the bank, and in the database."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.core.exceptions import ValidationError

from foundation.fields import tidy
from foundation.richtext import in_words, lines_of
from questions.models import LEVELS, Anchor, Probe, Question, QuestionVersion, SampleAnswer

# One entry a line.
LISTS = ("look_for", "must_have", "nice_to_have", "red_flags", "references")
RICH = ("prompt", "material", "purpose", "scoring_note")
TEXTS = ("title", "tags", "prompt", "material", "purpose", "scoring_note", "change_note")
FIELDS = (*TEXTS, *LISTS, "kind", "level", "minutes", "placeholders", "review_by")

# What a version says in rows of their own, as they are prefetched.
PARTS = ("anchors", "probes", "sample_answers")

MINUTES = range(1, 241)


@dataclass(frozen=True)
class Content:
    """The columns named in FIELDS, anchors and sample answers by level (only those written) and the probes in order."""

    fields: Mapping[str, Any]
    anchors: Mapping[int, str]
    probes: Sequence[str]
    samples: Mapping[int, str]

    @classmethod
    def of(cls, version: QuestionVersion) -> Self:
        """What is stored. Three queries, or none where PARTS were prefetched."""
        return cls.made_of(
            {name: getattr(version, name) for name in FIELDS},
            {anchor.level: anchor.behaviour for anchor in version.anchors.all()},
            [probe.text for probe in version.probes.all()],
            {sample.level: sample.text for sample in version.sample_answers.all()},
        )

    @classmethod
    def made_of(
        cls,
        fields: Mapping[str, Any],
        anchors: Mapping[int, str],
        probes: Sequence[str],
        samples: Mapping[int, str] | None = None,
    ) -> Self:
        """The same words always give an equal value: without blank lines in lists, blank levels and outer spaces."""
        kept = {name: fields[name] for name in FIELDS if name in fields}
        kept |= {name: tidy(kept[name]).strip() for name in TEXTS if name in kept}
        kept |= {name: "\n".join(lines_of(tidy(kept[name]))) for name in LISTS if name in kept}
        return cls(
            kept,
            _by_level(anchors),
            [tidy(probe).strip() for probe in probes if probe.strip()],
            _by_level(samples or {}),
        )

    @property
    def stamp(self) -> str:
        """Sixteen hexadecimal characters that change when any word does."""
        facts = [dict(self.fields), dict(self.anchors), list(self.probes), dict(self.samples)]
        return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()[:16]

    @property
    def scale(self) -> list[tuple[int, str]]:
        """All five levels, the highest first; an unwritten anchor is empty."""
        return [(level, self.anchors.get(level, "")) for level in reversed(LEVELS)]

    @property
    def sampled(self) -> list[tuple[int, str]]:
        """The sample answers with the level each deserves, the highest first."""
        return sorted(self.samples.items(), reverse=True)

    @property
    def defaults(self) -> list[tuple[str, str]]:
        """The placeholders with their defaults. Pairs, because a template would take one called "items" for the method."""
        return list(self.fields.get("placeholders", {}).items())

    @property
    def texts(self) -> dict[str, str]:
        """Every text that is shown as rubric text, by the field of the form in which it is written."""
        return {
            **{name: self.fields.get(name, "") for name in (*RICH, *LISTS)},
            **{f"anchor_{level}": text for level, text in self.anchors.items()},
            "probes": "\n\n".join(self.probes),
            **{f"sample_{level}": text for level, text in self.samples.items()},
        }

    @property
    def in_words(self) -> Self:
        """The same with every formula in plain words, as the rubric rules read it."""
        return replace(
            self,
            fields={name: in_words(text) if isinstance(text, str) else text for name, text in self.fields.items()},
            anchors={level: in_words(text) for level, text in self.anchors.items()},
            probes=[in_words(probe) for probe in self.probes],
        )

    def says_the_same(self, other: Self) -> bool:
        """Whether both ask and judge alike; the note on what changed does not count."""
        note = {"change_note": ""}
        return replace(self, fields={**self.fields, **note}) == replace(other, fields={**other.fields, **note})


def content_of(record: Mapping[str, Any]) -> Content:
    """What a record says, be it from a file of the bank or from an export; parts that it leaves out are empty."""
    fields = {name: record.get(name, "") for name in (*TEXTS, "level")}
    fields |= {name: "\n".join(record.get(name, [])) for name in LISTS}
    fields |= {
        "material": record.get("material", record.get("candidate_material", "")),
        "tags": ", ".join(record.get("tags", [])),
        "kind": record.get("type", ""),
        "minutes": record.get("minutes"),
        "placeholders": record.get("placeholders", {}),
        "review_by": record.get("review_by"),
    }
    anchors, samples = (
        {int(level): text for level, text in record.get(name, {}).items()} for name in ("anchors", "sample_answers")
    )
    return Content.made_of(fields, anchors, record.get("probes", []), samples)


def fault_of(slug: str, content: Content) -> str:
    """The first thing that a version in the bank could not hold, in a sentence; empty where it could hold all of it."""
    try:
        Question(slug=slug).clean_fields(exclude=["competency"])
        QuestionVersion(number=1, **content.fields).clean_fields(exclude=["question"])
        for level, text in content.anchors.items():
            Anchor(level=level, behaviour=text).clean_fields(exclude=["version"])
        for text in content.probes:
            Probe(position=1, text=text).clean_fields(exclude=["version"])
        for level, text in content.samples.items():
            SampleAnswer(level=level, text=text).clean_fields(exclude=["version"])
    except ValidationError as problem:
        return sentence_of(problem)
    return ""


def sentence_of(problem: ValidationError) -> str:
    """The first complaint, with the name of its field."""
    field, sentences = next(iter(problem.message_dict.items()))
    return f"{field}: {sentences[0]}"


def _by_level(texts: Mapping[int, str]) -> dict[int, str]:
    return {level: tidy(texts[level]).strip() for level in LEVELS if texts.get(level, "").strip()}
