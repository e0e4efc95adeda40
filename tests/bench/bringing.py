"""What a web worker holds at most while it reads the largest files that an import takes: a sheet, and a packed workbook."""

import csv
import gc
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from django.conf import settings
from openpyxl import Workbook

from accounts.models import User
from foundation.richtext import lines_of
from questions.bank import read_bank
from questions.batches import start_import
from questions.intake.sheets import MOST_ROWS, MOST_UNPACKED
from questions.intake.sniffing import MOST_BYTES
from questions.models import Competency
from tests.bench._houses import houses
from tests.bench.figures import Figure

# Megabytes besides what a worker holds anyway (`memory`): both together leave room on a machine of 1 GB.
GOAL = 450
HEADINGS = ("Question", "Guidance", "Good answer", "Minutes")
_HWM, _STATUS = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE), Path("/proc/self/status")


def figures() -> Iterator[Figure]:
    if not _STATUS.exists():
        sys.stdout.write("memory is read from /proc, which this system lacks\n")
        return
    with houses(fill, (1,)) as made, made[1]:
        for name, told in (("owls.csv", sheet()), ("owls.xlsx", workbook())):
            before = _peak()
            batch = start_import(told=told, name=name, by=made[1].people)
            held = _peak(anew=False) - before
            shown = f"{len(told) / 2**20:.0f} MB, {batch.rows.count()} rows, {before:.0f} MB before"
            yield Figure(f"import of {name}: at most held besides", held, GOAL, "MB", shown)


def fill(_size: int) -> User:
    """A recruiter and a competency."""
    Competency.objects.create(slug="judging", name="Judging models")
    return User.objects.create(email="recruiter@example.org", name="Recruiter", password="!", is_recruiter=True)


def sheet() -> bytes:
    """As many rows as are read, as long as a file may be."""
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerow(HEADINGS)
    writer.writerows(islice(_rows(MOST_BYTES // MOST_ROWS - 55), MOST_ROWS))
    return told.getvalue().encode()


def workbook() -> bytes:
    """The same, but packed: it unpacks to as much as is opened. One formula has it read twice."""
    parts = io.BytesIO()
    Workbook().save(parts)
    told = io.BytesIO()
    with zipfile.ZipFile(parts) as plain, zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as full:
        for name in plain.namelist():
            is_page = name == "xl/worksheets/sheet1.xml"
            full.writestr(name, _page() if is_page else plain.read(name))
    return told.getvalue()


def _page() -> str:
    length = MOST_UNPACKED // MOST_ROWS - 300
    rows = [HEADINGS, *islice(_rows(length), MOST_ROWS - 1)]
    cells = (f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    formula = "<row><c/><c><f>1+1</f><v>2</v></c></row>"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{"".join(cells)}{formula}</sheetData></worksheet>'


def _cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def _rows(length: int) -> Iterator[tuple[str, ...]]:
    """Rows of about `length` characters, out of sentences of the starter bank."""
    dice = Random(7)  # noqa: S311 a course of events, not a secret
    shelves = read_bank(Path(settings.BASE_DIR, "fixtures/bank"))
    told = [entry.content.fields for shelf in shelves for entry in shelf.entries]
    heard = [re.sub(r"[<&>]", "", line) for each in told for line in lines_of(each["look_for"])][:60]
    number = 0
    while number := number + 1:
        guidance = " ".join(dice.choices(heard, k=length // 60))[: length * 2 // 3]
        yield f"What would you do first in case {number}?", guidance, guidance[: length // 3], "8"


def _peak(*, anew: bool = True) -> float:
    """The most that was held since the last time, in megabytes; `anew` forgets that, so it is what is held now."""
    if anew:
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")
    return int(_HWM.search(_STATUS.read_text())[1]) / 1024
