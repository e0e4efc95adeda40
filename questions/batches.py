"""Imports through the pages: read, looked over, written at once, undone at once."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.recording import record
from foundation import clock
from foundation.fields import UNPRINTABLE
from foundation.lifecycle import MoveRefused, Refused
from questions.content import PARTS, Content
from questions.importing import Planned, import_drafts, plan
from questions.intake.columns import Columns, Sheet, guessed_columns, likeliest, not_read, questions_in
from questions.intake.found import Form, Found, Haul
from questions.intake.reading import open_up
from questions.models import ColumnMemory, Competency, Import, ImportRow, Question, QuestionVersion
from questions.wordings import Wordings, in_our_words

KEPT_FOR = timedelta(days=14)
MOST_SHOWN = 500
_NOTHING = Haul(Form.SHEET, [], [])


def start_import(*, told: bytes, name: str, by: User) -> Import:
    """Read what was given, and keep what was found in it until it is written or thrown away. Unreadable where nothing can be.

    What waited for more than KEPT_FOR goes.
    """
    opened = open_up(told, name)
    title = " ".join(UNPRINTABLE.sub("", name).split())[-120:] or _("Pasted text")
    batch = Import(owner=by, name=title)
    if opened.sheets:
        chosen = likeliest(opened.sheets)
        batch.cells = {"chosen": chosen, "sheets": [asdict(sheet) for sheet in opened.sheets]}
        batch.columns, batch.wordings = _as_usual(opened.sheets[chosen], by)
        haul = _read(opened.sheets, chosen, batch)
    else:
        haul = opened.haul or _NOTHING
    # Told before anything is locked: it may take a while.
    told_rows = [*_told(plan(haul.found))]
    with transaction.atomic():
        Import.objects.filter(written_at=None, created_at__lt=clock.now() - KEPT_FOR).delete()
        _keep(batch, haul, told_rows)
    return batch


def choose_sheet(*, batch: Import, place: int, by: User) -> None:
    """Read another sheet of the workbook in place of the one that was read."""
    sheets = sheets_of(batch)
    batch.columns, batch.wordings = _as_usual(sheets[place], by)
    _read_anew(batch, sheets, place)


def tell_columns(*, batch: Import, columns: Columns, by: User) -> None:
    """Read the sheet anew with these columns, and remember them for its like. What was mended by hand is read anew too."""
    batch.columns = columns
    _remember(batch, by)


def tell_wordings(*, batch: Import, wordings: Wordings, by: User) -> None:
    """The same with what its labels mean."""
    batch.wordings = wordings
    _remember(batch, by)


def _remember(batch: Import, by: User) -> None:
    if sheet := sheet_of(batch):
        with transaction.atomic():
            told = {"columns": batch.columns, "wordings": batch.wordings}
            ColumnMemory.objects.update_or_create(person=by, signature=sheet.signature, defaults=told)
            _read_anew(batch, sheets_of(batch), batch.cells["chosen"])


def _read_anew(batch: Import, sheets: Sequence[Sheet], chosen: int) -> None:
    haul = _read(sheets, chosen, batch)
    told_rows = [*_told(plan(haul.found))]
    with transaction.atomic():
        _hold(batch)
        batch.cells["chosen"] = chosen
        batch.rows.all().delete()
        _keep(batch, haul, told_rows)


@transaction.atomic
def mend_row(*, row: ImportRow, found: Found, is_dropped: bool) -> None:
    """Give a row other words, or drop it or take it back."""
    _hold(row.batch)
    row.found, row.is_dropped = asdict(found), is_dropped
    [row.told] = _told(plan([found]))
    row.save(update_fields=["found", "told", "is_dropped"])


def write_import(*, batch: Import, by: User) -> int:
    """Make drafts of all rows that can be written, in one transaction; how many there are."""
    rows = list(batch.rows.filter(is_dropped=False))
    # Planned before anything is locked: it may take a while. The database refuses what has come in between.
    planned = plan([Found(**row.found) for row in rows], with_twins=False)
    try:
        return _write(batch, rows, planned, by)
    except IntegrityError as clash:
        raise Refused(_("The bank changed while this was written, so nothing was. Please try again.")) from clash


@transaction.atomic
def _write(batch: Import, rows: Sequence[ImportRow], planned: Sequence[Planned], by: User) -> int:
    _hold(batch)
    wanted = [(row, one) for row, one in zip(rows, planned, strict=True) if one.will_be_written]
    if not wanted:
        raise Refused(_("No row here can be written. Mend one first, or throw the import away."))
    drafts = import_drafts(planned=[one for _row, one in wanted], by=by)
    for (row, one), draft in zip(wanted, drafts, strict=True):
        row.version, row.stamp = draft, one.content.stamp
    ImportRow.objects.bulk_update([row for row, _one in wanted], ["version", "stamp"], batch_size=500)
    Import.objects.filter(pk=batch.pk).update(written_at=clock.now(), cells=None)
    record("import.written", batch, by=by)
    return len(drafts)


@transaction.atomic
def undo_import(*, batch: Import, by: User) -> tuple[int, list[str]]:
    """Delete the drafts that nobody has changed since; (how many went, titles of those that stay)."""
    if not Import.objects.filter(pk=batch.pk, undone_at=None, written_at__isnull=False).update(undone_at=clock.now()):
        raise MoveRefused
    drafts = QuestionVersion.objects.filter(import_row__batch=batch).select_related("question", "import_row")
    found = list(drafts.prefetch_related(*PARTS))
    unchanged = [one for one in found if not one.is_published and Content.of(one).stamp == one.import_row.stamp]
    gone = _delete(unchanged)
    record("import.undone", batch, by=by)
    return len(gone), [one.title for one in found if one.pk not in gone]


@transaction.atomic
def discard_import(*, batch: Import) -> None:
    """Throw away what was read and never written."""
    _hold(batch)
    batch.delete()


def sheets_of(batch: Import) -> list[Sheet]:
    """The sheets of an import that waits, if it is of a sheet or a workbook."""
    kept = batch.cells["sheets"] if batch.cells else []
    return [
        Sheet(
            tuple(one["headings"]),
            tuple((line, tuple(cells)) for line, cells in one["rows"]),
            tuple(one["notes"]),
            one["name"],
        )
        for one in kept
    ]


def sheet_of(batch: Import) -> Sheet | None:
    """The one that was read."""
    sheets = sheets_of(batch)
    return sheets[batch.cells["chosen"]] if sheets else None


def _delete(drafts: Sequence[QuestionVersion]) -> set[int]:
    """The keys of those that could be deleted, each with its question where it has no other version."""
    try:
        with transaction.atomic():
            return _delete_all(drafts)
    except ProtectedError:
        # Something has come to hang on one of them: find out which.
        return set().union(*(_delete([draft]) for draft in drafts)) if len(drafts) > 1 else set()


def _delete_all(drafts: Sequence[QuestionVersion]) -> set[int]:
    keys = {draft.pk for draft in drafts}
    questions = {draft.question_id for draft in drafts}
    QuestionVersion.objects.filter(pk__in=keys).delete()
    Question.objects.filter(pk__in=questions, versions=None).delete()
    return keys


def _hold(batch: Import) -> None:
    """MoveRefused where it is written already, or gone; nobody else writes it before this transaction ends."""
    if not Import.objects.select_for_update().filter(pk=batch.pk, written_at=None).exists():
        raise MoveRefused


def _as_usual(sheet: Sheet, by: User) -> tuple[Columns, Wordings]:
    """As this person told columns and labels the last time, else as the columns seem to be."""
    memory = ColumnMemory.objects.filter(person=by, signature=sheet.signature).first()
    return (memory.columns, memory.wordings) if memory else (guessed_columns(sheet), {})


def columns_of(batch: Import) -> Columns:
    """What its columns hold; a column's place is a string where it was kept as JSON."""
    return {int(place): part for place, part in batch.columns.items()}


def _read(sheets: Sequence[Sheet], chosen: int, batch: Import) -> Haul:
    columns = columns_of(batch)
    haul = questions_in(sheets[chosen], columns) if "prompt" in columns.values() else _NOTHING
    found = in_our_words(haul.found, batch.wordings)
    return replace(haul, found=found, left_out=[*not_read(sheets, chosen), *haul.left_out])


def _keep(batch: Import, haul: Haul, told: Sequence[dict[str, Any]]) -> None:
    batch.left_out = [[left.where, left.text[:300], left.why] for left in haul.left_out[:MOST_SHOWN]]
    batch.left_out_count = len(haul.left_out)
    batch.save()
    ImportRow.objects.bulk_create(
        ImportRow(batch=batch, position=place, found=asdict(found), told=row)
        for place, (found, row) in enumerate(zip(haul.found, told, strict=True), start=1)
    )


def _told(planned: Sequence[Planned]) -> Iterable[dict[str, Any]]:
    """What the page shows of each row."""
    keys = {twin.version for one in planned for twin in one.twins if twin.version}
    known = QuestionVersion.objects.select_related("question").in_bulk(keys)
    names = dict(Competency.objects.values_list("slug", "name"))
    for one in planned:
        alike = []
        for twin in one.twins:
            if twin.place is not None:
                alike.append({"position": twin.place + 1, "prompt": planned[twin.place].found.prompt})
            elif version := known.get(twin.version or 0):
                alike.append({"slug": version.question.slug, "prompt": version.prompt})
        yield {
            "fate": one.fate.value,
            "sentence": one.sentence,
            "competency": one.competency,
            "competency_name": names.get(one.competency, one.new_competency or one.competency),
            "level": one.content.fields["level"],
            "kind": one.content.fields["kind"],
            "alike": alike,
        }
