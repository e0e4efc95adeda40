from django.contrib import messages
from django.db.models import Q
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import AuthedRequest
from accounts.policies import recruiter
from foundation.http import page_or_part, posted
from foundation.paging import page_of
from foundation.policy import signed_in
from questions.batches import (
    choose_sheet,
    columns_of,
    discard_import,
    mend_row,
    sheet_of,
    sheets_of,
    start_import,
    tell_columns,
    tell_wordings,
    undo_import,
    write_import,
)
from questions.forms_importing import BringForm, ColumnsForm, RowForm, SheetForm, WordingsForm
from questions.intake.found import Found, Unreadable
from questions.models import Import, ImportRow
from questions.policies import imports_of
from questions.wordings import strange_labels

PER_PAGE = 50
RECENT = 6
_WILL_BE_WRITTEN = Q(is_dropped=False, told__fate__in=["new", "next"])


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: AuthedRequest) -> HttpResponse:
    form = BringForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told, name = form.given()
        try:
            batch = start_import(told=told, name=name, by=request.user)
        except Unreadable as problem:
            form.add_error("file" if name else "text", str(problem))
        else:
            return redirect("questions:import_detail", batch.pk)
    context = {"form": form, "recent": imports_of(request.user).order_by("-pk")[:RECENT]}
    return render(request, "questions/import_new.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def import_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(imports_of(request.user), pk=pk)
    if request.method == "POST" and (done := _done(request, batch, request.POST.get("do", ""))):
        return done
    return _page(request, batch, status=422 if request.method == "POST" else 200)


def _done(request: AuthedRequest, batch: Import, what: str) -> HttpResponse | None:
    """The answer to a button; None where none was pressed."""
    if what == "write":
        count = write_import(batch=batch, by=request.user)
        messages.success(request, ngettext("%d draft is made.", "%d drafts are made.", count) % count)
    elif what == "undo":
        count, kept = undo_import(batch=batch, by=request.user)
        messages.success(request, ngettext("%d draft is deleted.", "%d drafts are deleted.", count) % count)
        if kept:
            messages.info(
                request, _("Kept, because they have changed since: %(titles)s.") % {"titles": ", ".join(kept[:20])}
            )
    elif what == "discard":
        discard_import(batch=batch)
        messages.success(request, _("The import is thrown away. Nothing was written."))
        return redirect("questions:import_new")
    else:
        return _read_otherwise(request, batch, what)
    return redirect("questions:import_detail", batch.pk)


def _read_otherwise(request: AuthedRequest, batch: Import, what: str) -> HttpResponse | None:
    """Another sheet, or its columns or labels told otherwise; None where no such button was pressed."""
    if what == "sheet" and (sheets := _sheets(batch, request)):
        if not sheets.is_valid():
            return _page(request, batch, sheets=sheets, status=422)
        choose_sheet(batch=batch, place=sheets.cleaned_data["sheet"], by=request.user)
    elif what == "columns" and (columns := _columns(batch, request)):
        if not columns.is_valid():
            return _page(request, batch, columns=columns, status=422)
        tell_columns(batch=batch, columns=columns.columns(), by=request.user)
    elif what == "wordings" and (wordings := _wordings(batch, request)):
        if not wordings.is_valid():
            return _page(request, batch, wordings=wordings, status=422)
        tell_wordings(batch=batch, wordings=wordings.wordings(), by=request.user)
    else:
        return None
    return redirect("questions:import_detail", batch.pk)


def _columns(batch: Import, request: AuthedRequest | None = None) -> ColumnsForm | None:
    sheet = sheet_of(batch)
    if not sheet:
        return None
    return ColumnsForm(request.POST if request else None, sheet=sheet, columns=columns_of(batch))


def _wordings(batch: Import, request: AuthedRequest | None = None) -> WordingsForm | None:
    """What the labels of the sheet mean, where it has some that the bank does not know."""
    sheet = sheet_of(batch)
    strange = strange_labels(sheet, columns_of(batch)) if sheet else []
    return WordingsForm(request.POST if request else None, strange=strange, told=batch.wordings) if strange else None


def _sheets(batch: Import, request: AuthedRequest | None = None) -> SheetForm | None:
    """The choice between the sheets of a workbook, where it has several."""
    sheets = sheets_of(batch)
    if len(sheets) < 2:
        return None
    return SheetForm(request.POST if request else None, sheets=sheets, initial={"sheet": batch.cells["chosen"]})


def _page(request: AuthedRequest, batch: Import, *, status: int, **bound: Form) -> HttpResponse:
    """The import looked over; `bound` are the forms that were filled in and refused."""
    page = page_of(batch.rows.select_related("version__question"), ("position", "pk"), request.GET, PER_PAGE)
    forms = {"columns": _columns(batch), "wordings": _wordings(batch), "sheets": _sheets(batch), **bound}
    return render(request, "questions/import_detail.html", {**_figures(batch), "page": page, **forms}, status=status)


def _figures(batch: Import) -> dict[str, object]:
    """How many rows there are, and how many drafts they make."""
    return {"batch": batch, "total": batch.rows.count(), "writing": batch.rows.filter(_WILL_BE_WRITTEN).count()}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def import_row(request: AuthedRequest, pk: int, position: int) -> HttpResponse:
    batch = get_object_or_404(imports_of(request.user).filter(written_at=None), pk=pk)
    row: ImportRow = get_object_or_404(batch.rows.select_related("batch"), position=position)
    what = request.POST.get("do", "") if request.method == "POST" else ""
    if what in {"drop", "take"}:
        mend_row(row=row, found=Found(**row.found), is_dropped=what == "drop")
        return _row(request, row)
    form = RowForm(posted(request), row=row)
    if request.method == "POST" and form.is_valid():
        mend_row(row=row, found=form.found(), is_dropped=False)
        return _row(request, row)
    context = {"form": form, "batch": batch, "row": row}
    status = 422 if form.errors else 200
    return page_or_part(request, "questions/import_row.html", "questions/_import_row_form.html", context, status=status)


def _row(request: AuthedRequest, row: ImportRow) -> HttpResponse:
    """Back in its place: that alone with htmx, else on the page where it stands."""
    if request.htmx:
        return render(request, "questions/_import_row.html", {**_figures(row.batch), "row": row, "is_swapped": True})
    address = redirect("questions:import_detail", row.batch_id)
    address["Location"] += f"#row-{row.position}"
    return address
