"""The bank as Markdown, to be read by people and read back without loss."""

import re
from collections.abc import Iterable, Mapping

from questions.intake.found import Form, Found, Haul
from questions.parts import PARTS, heading_of, record_in

_MARK = "<!-- questions of Interview Kit, one heading each; import reads them back as they are -->"
_BY_HEADING = {heading_of(part): part for part in PARTS}


def ours_of(rows: Iterable[Mapping[str, str]]) -> str:
    """Each question under its title, each part that is written under its name. `rows` are cells (`questions.parts`)."""
    pieces = [f"{_MARK}\n"]
    for cells in rows:
        pieces.append(f"\n# {cells['title']}\n")
        pieces += [
            f"\n## {heading_of(part)}\n\n{_shielded(cells[part])}\n"
            for part in PARTS
            if part != "title" and cells[part]
        ]
    return "".join(pieces)


def is_ours(text: str) -> bool:
    return text.lstrip().startswith(_MARK)


def questions_of_ours(text: str) -> Haul:
    found = []
    for place, told in enumerate(re.split(r"(?m)^# ", text)[1:], start=1):
        title, _break, rest = told.partition("\n")
        cells = {"title": title}
        for part in re.split(r"(?m)^## ", rest)[1:]:
            heading, _break, words = part.partition("\n")
            if heading in _BY_HEADING:
                cells[_BY_HEADING[heading]] = _bare(words.removeprefix("\n").rstrip("\n"))
        prompt = cells.pop("prompt", "")
        said = record_in(cells)
        found.append(Found(place, prompt, "\n".join(said.get("look_for", [])), said=said))
    return Haul(Form.RECORDS, found, [])


def _shielded(text: str) -> str:
    """A line that would be taken for one of our headings gets a backslash, and so does one that has some already."""
    return re.sub(r"(?m)^(\\*#{1,2} )", r"\\\1", text)


def _bare(text: str) -> str:
    return re.sub(r"(?m)^\\(\\*#{1,2} )", r"\1", text)
