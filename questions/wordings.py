"""Labels of a sheet that the bank does not know: what each means is told once, for all rows that bear it."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from questions.guessing import kind_in, level_in
from questions.intake.columns import Columns, Sheet
from questions.intake.found import Found
from questions.models import Competency

# A part of a record → a label of the sheet, case folded → ours.
Wordings = dict[str, dict[str, str]]
LABELLED = ("competency", "level", "type")
# In place of a competency's slug: the label becomes one of its own.
OWN = "+"
MOST = 60
_LONGEST = Competency._meta.get_field("name").max_length or 0


@dataclass(frozen=True)
class Strange:
    """A label that the bank does not know, as the sheet spells it first, and how many rows bear it."""

    part: str
    label: str
    rows: int

    @property
    def key(self) -> str:
        """A name for its field in a form, the same whatever else the sheet holds."""
        return f"{self.part}_{hashlib.sha256(self.label.casefold().encode()).hexdigest()[:12]}"


def strange_labels(sheet: Sheet, columns: Columns) -> list[Strange]:
    """Those of `sheet`, the commonest first, MOST at most. One that is no label by its length is left out. One statement.

    Where a column of its own names the competency, as in our exports, nothing is asked about that.
    """
    known = {word.casefold() for pair in Competency.objects.values_list("slug", "name") for word in pair}
    is_known = {"competency": known.__contains__, "level": level_in, "type": kind_in}
    places = {part: place for place, part in columns.items()}
    if "competency_name" in places:
        places.pop("competency", None)
    found = []
    for part in LABELLED:
        cells = [row[places[part]].strip() for _line, row in sheet.rows if part in places and places[part] < len(row)]
        counted = Counter(cell.casefold() for cell in cells if 0 < len(cell) <= _LONGEST)
        spelled = {cell.casefold(): cell for cell in reversed(cells)}
        found += [Strange(part, spelled[low], count) for low, count in counted.items() if not is_known[part](low)]
    return sorted(found, key=lambda one: (-one.rows, one.label))[:MOST]


def in_our_words(found: Sequence[Found], wordings: Wordings) -> list[Found]:
    """The same with each label that was told put in our words."""
    return [replace(one, said={**one.said, **_ours(one, wordings)}) for one in found] if wordings else [*found]


def _ours(found: Found, wordings: Wordings) -> Mapping[str, str]:
    told = {part: str(found.said.get(part, "")).strip() for part in wordings}
    ours = {part: meant for part, labels in wordings.items() if (meant := labels.get(told[part].casefold()))}
    if ours.get("competency") == OWN:
        ours |= {"competency": "", "new_competency": told["competency"]}
    return ours
