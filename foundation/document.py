"""Documents: frozen dataclasses with a digest of what they say, answered as a PDF or as pages to print."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import pdf


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
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"A document holds no {type(value).__name__}.")


def document_html(template: str, context: Mapping[str, Any], *, zone: str = "UTC") -> str:
    """What is printed: without request, viewer or clock, so the same facts give the same text. All times in `zone`."""
    with timezone.override(ZoneInfo(zone)):
        return render_to_string(template, dict(context))


def document_answer(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, filename: str, zone: str = "UTC"
) -> HttpResponse:
    """`template` (which extends print.html) as a PDF shown in the browser, to be saved as `filename`.

    Without a PDF: the page to print, which says why, and with 503 and Retry-After where another try may help.
    """
    if not pdf.available():
        why = _("PDFs are not turned on here, so this is the page to print. To turn them on, {command}")
        return _page_to_print(request, template, context, why.format(command=pdf.INSTALL), zone=zone)
    try:
        printed = pdf.render_pdf(document_html(template, context, zone=zone))
    except pdf.NotPrinted as problem:
        answer = _page_to_print(request, template, context, str(problem.sentence), zone=zone)
        if problem.retry_after:
            answer.status_code, answer.headers["Retry-After"] = 503, str(problem.retry_after)
        return answer
    answer = HttpResponse(printed, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return answer


def _page_to_print(
    request: HttpRequest, template: str, context: Mapping[str, Any], notice: str, *, zone: str
) -> HttpResponse:
    with timezone.override(ZoneInfo(zone)):
        return render(request, template, {**context, "notice": notice})
