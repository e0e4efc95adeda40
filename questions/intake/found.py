"""What was found in a sheet, a file or an article, and what was left out of it and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Form(StrEnum):
    """How the questions stood in what was given."""

    ARTICLE = "article"
    SHEET = "sheet"
    RECORDS = "records"


class Unreadable(Exception):
    """Nothing can be read out of this; the one sentence says why and what to do."""


@dataclass(frozen=True)
class Found:
    """One question as it stood. `said` holds what else was told of it, under the names of `questions.records.Record`."""

    number: int
    prompt: str
    guidance: str = ""
    where: str = ""
    heading: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LeftOut:
    """Something that was not taken for a question, or a row that cannot be one."""

    where: str
    text: str
    why: str


@dataclass(frozen=True)
class Haul:
    """All of it, in the order in which it stood."""

    form: Form
    found: list[Found]
    left_out: list[LeftOut]
