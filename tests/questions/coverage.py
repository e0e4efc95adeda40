"""The rows of the seed lists and the topics of 2026, by competency: every one is covered by exactly one question."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol


class Covering(Protocol):
    """What of a bank's entry counts here."""

    slug: str
    source_ids: list[str]


# Row id by competency.
ROWS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())


def covering(entries: Iterable[Covering]) -> dict[str, list[str]]:
    """Row id → the slugs of the questions that cover it."""
    found: dict[str, list[str]] = {row: [] for rows in ROWS.values() for row in rows}
    for entry in entries:
        for row in entry.source_ids:
            found.setdefault(row, []).append(entry.slug)
    return found
