from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from accounts.policies import recruiter
from foundation.lifecycle import Refused
from foundation.paging import counted
from printing.document import document_answer
from questions.booklet import MOST_QUESTIONS, booklet_of
from questions.choosing import Chosen
from questions.exporting import FORMATS
from questions.forms import SearchForm
from questions.records import records_of
from questions.views.finding import asked_for, keys_in, list_of, wanted_in

_LABELS = [
    ("xlsx", _("Workbook (XLSX), a row for each question")),
    ("csv", _("CSV, the same rows")),
    ("md", _("Markdown, to read and to edit")),
    ("json", _("JSON, for programs")),
]


@recruiter
@require_safe
def question_export(request: AuthedRequest) -> HttpResponse:
    """The page that offers the formats; with ?format= the file itself. What is ticked or filtered is as in the list."""
    form, chosen, status = _chosen(request)
    versions = chosen.versions(request.user)
    told_as = FORMATS.get(request.GET.get("format", "")) if status == 200 else None
    if not told_as:
        context = {"form": form, "chosen": chosen, "choices": _LABELS, "up": list_of(chosen.wanted)}
        context |= {
            "found": counted(versions),
            "fits": counted(versions).number <= MOST_QUESTIONS,
            "most": MOST_QUESTIONS,
        }
        return render(request, "questions/question_export.html", context, status=status)
    answer = HttpResponse(told_as.write(records_of(versions)), content_type=told_as.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="questions.{told_as.suffix}"'
    return answer


@recruiter
@require_safe
def question_booklet_pdf(request: AuthedRequest) -> HttpResponse:
    _form, chosen, _status = _chosen(request)
    versions = chosen.versions(request.user)
    count = counted(versions)
    if count.number > MOST_QUESTIONS:
        sentence = _("A booklet holds at most %(most)s questions; these are %(count)s. Narrow the list first.")
        raise Refused(sentence % {"most": MOST_QUESTIONS, "count": count})
    context = {"booklet": booklet_of(versions)}
    return document_answer(request, "questions/booklet_document.html", context, filename="questions.pdf")


def _chosen(request: AuthedRequest) -> tuple[SearchForm, Chosen, int]:
    """What the address names: with `back` what was ticked in the list it leads back to, even if that is nothing."""
    form, wanted, status = asked_for(request)
    if "back" in request.GET:
        return form, Chosen(wanted_in(request.GET["back"]), keys_in(request.GET)), status
    return form, Chosen(wanted), status
