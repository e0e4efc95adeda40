"""The phrases that the rules look for, from the files beside this one."""

import re
import tomllib
from pathlib import Path
from typing import Any


def read(name: str) -> dict[str, Any]:
    """The tables of one file."""
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def one_of(lines: str) -> str:
    """A pattern for any of `lines`, each a regular expression."""
    return f"(?:{'|'.join(lines.split(chr(10))).strip('|')})"


_LINES = read("phrases.toml")
PHRASES = {
    name: re.compile(one_of(lines).replace("<past>", one_of(_LINES["past"])), re.IGNORECASE)
    for name, lines in _LINES.items()
}
