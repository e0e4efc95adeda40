"""Which rows of the seed lists and topics of 2026 the starter bank covers: `python -m tests.questions.coverage` names the rest."""

import os
import sys
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
# Competencies of which every row is covered; from then on a test keeps it so.
FINISHED = {
    "communication", "data-handling", "deep-learning", "learning-curiosity", "ml-fundamentals", "ml-systems-pipelines",
    "model-evaluation", "product-business-sense", "programming-algorithms", "responsible-ai", "statistics-probability",
}  # fmt: skip


def covering(entries: Iterable[Covering]) -> dict[str, list[str]]:
    """Row id → the slugs of the questions that cover it."""
    found: dict[str, list[str]] = {row: [] for rows in ROWS.values() for row in rows}
    for entry in entries:
        for row in entry.source_ids:
            found.setdefault(row, []).append(entry.slug)
    return found


def unfinished(entries: Iterable[Covering]) -> dict[str, list[str]]:
    """Competency → its rows that no question, of whatever competency, covers."""
    found = covering(entries)
    return {name: missing for name, rows in ROWS.items() if (missing := [row for row in rows if not found[row]])}


def report(entries: Iterable[Covering]) -> str:
    """One line for each competency: how many of its rows are covered, and which are not."""
    missing = unfinished(entries)
    lines = []
    for name, rows in ROWS.items():
        left = missing.get(name, [])
        rest = f", missing: {' '.join(left)}" if left else ""
        lines.append(f"{name}: {len(rows) - len(left)} of {len(rows)}{rest}")
    return "\n".join(lines)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interviewkit.settings")
    django.setup()
    from tests.questions.records import ENTRIES

    sys.stdout.write(report(ENTRIES) + "\n")


if __name__ == "__main__":
    main()
