"""The records of the starter bank, for tests that recompute what they say."""

import re
from pathlib import Path

from django.conf import settings

from questions.bank import Entry, Shelf, read_bank

SHELVES: list[Shelf] = read_bank(Path(settings.BASE_DIR, "fixtures/bank"))
ENTRIES: list[Entry] = [entry for shelf in SHELVES for entry in shelf.entries]
_OF = {entry.slug: entry for entry in ENTRIES}


def texts(slug: str) -> list[str]:
    """Every text of a record, its sample answers last."""
    content = _OF[slug].content
    words = [value for value in content.fields.values() if isinstance(value, str)]
    return [*words, *content.anchors.values(), *content.probes, *content.samples.values()]


def says(slug: str, *figures: str) -> None:
    """Assert that a record says each figure, whole: "12" is not said by "1,120" or "12.5"."""
    said = "\n".join(texts(slug))
    missing = [f for f in figures if not re.search(rf"(?<![\d.,]){re.escape(f)}(?![\d]|[.,]\d)", said)]
    assert missing == [], f"{slug} does not say {missing}"


def code(slug: str) -> list[str]:
    """The fenced blocks of a record, in order, without their fences."""
    return re.findall(r"^```\w*\n(.*?)^```", "\n".join(texts(slug)), flags=re.MULTILINE | re.DOTALL)
