"""Documents: frozen dataclasses with a digest of what they say, answered as a PDF or as pages to print."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from printing import pdf
from printing.scripts import INSTALL_FACES, letters_without_face

# How many of the letters that cannot be printed are named.
SHOWN = 12


def canonical_json(document: Any) -> str:
    """One text for the same facts: keys in order, fractions as "a/b", times in UTC. TypeError for a float."""
    return json.dumps(_plain(document), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(canonical: str) -> str:
    """SHA-256, 64 hexadecimal characters."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, date):  # which a datetime is too
        return (value.astimezone(UTC) if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"A document holds no {type(value).__name__}.")


def document_html(template: str, context: Mapping[str, Any], *, zone: str = "UTC") -> str:
    """What is printed: without request, viewer or clock, so the same facts give the same text. All times in `zone`."""
    with timezone.override(ZoneInfo(zone)):
        return render_to_string(template, {**context, "paper": settings.PAPER})


def document_answer(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, filename: str, zone: str = "UTC"
) -> HttpResponse:
    """`template` (which extends print.html) as a PDF shown in the browser, to be saved as `filename`.

    Without a PDF: the page to print, which says why, and with 503 and Retry-After where another try may help. So too
    where no face here has some of its letters, unless ?anyway=1 asks for the PDF all the same.
    """
    try:
        made = print_document(template, context, zone=zone, anyway=bool(request.GET.get("anyway")))
    except pdf.NotPrinted as problem:
        return page_to_print(request, template, context, problem, zone=zone)
    return pdf_answer(made, filename)


class LettersMissing(pdf.NotPrinted):
    """No face here has some of the letters; the PDF can be had all the same, with boxes in their place."""


def print_document(template: str, context: Mapping[str, Any], *, zone: str = "UTC", anyway: bool = False) -> bytes:
    """`template` as a PDF. Raises NotPrinted; LettersMissing only without `anyway`."""
    if not pdf.available():
        why = _("PDFs are not turned on here, so this is the page to print. To turn them on, {command}")
        raise pdf.NotPrinted(why.format(command=pdf.INSTALL))
    html = document_html(template, context, zone=zone)
    if not anyway and (missing := letters_without_face(html)):
        why = _(
            "No typeface on the server has {letters}, so a PDF would show boxes in their place. This is the page to "
            "print, with the typefaces of your own machine. To have them in PDFs, {command}"
        )
        shown = f"{' '.join(missing[:SHOWN])}{' …' if len(missing) > SHOWN else ''}"
        raise LettersMissing(why.format(letters=shown, command=INSTALL_FACES))
    return pdf.render_pdf(html)


def pdf_answer(made: bytes, filename: str) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return answer


def page_to_print(
    request: HttpRequest, template: str, context: Mapping[str, Any], problem: pdf.NotPrinted, *, zone: str = "UTC"
) -> HttpResponse:
    """What stands in for a PDF, and says why: with a link to the PDF for all that, where only letters are missing."""
    address = ""
    if isinstance(problem, LettersMissing):
        address = f"{request.path}?{urlencode([*request.GET.lists(), ('anyway', '1')], doseq=True)}"
    shown = {"paper": settings.PAPER, "notice": str(problem.sentence), "pdf_anyway": address}
    with timezone.override(ZoneInfo(zone)):
        answer = render(request, template, {**context, **shown})
    if problem.retry_after:
        answer.status_code, answer.headers["Retry-After"] = 503, str(problem.retry_after)
    return answer
