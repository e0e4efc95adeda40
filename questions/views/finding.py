from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from foundation.addresses import key_of
from foundation.http import page_or_part
from foundation.paging import Page, counted
from foundation.policy import signed_in
from questions.facets import facets
from questions.filters import filters_of
from questions.forms import SearchForm
from questions.listing import number_in_use
from questions.search import PER_PAGE, Finding, Wanted, rows
from questions.spelling import meant


@signed_in
@require_safe
def question_list(request: AuthedRequest) -> HttpResponse:
    form, wanted, status = asked_for(request)
    finding = wanted.look(request.user, request.GET, PER_PAGE) if status == 200 else Finding(Page([]))
    all_drafts = Wanted(state="drafts")
    context = {
        "form": form,
        "wanted": wanted,
        "typed": request.GET.get("q", ""),
        "page": finding.page,
        "found": finding.found,
        "rows": rows(finding.page.rows, wanted.words),
        "meant": None if finding.page.rows else meant(wanted, request.user),
        "filters": filters_of(request.user),
        "published": number_in_use(),
        "drafts": finding.found if wanted == all_drafts else counted(all_drafts.found(request.user)),
    }
    return page_or_part(
        request, "questions/question_list.html", "questions/_question_results.html", context, status=status
    )


@signed_in
@require_safe
def question_facets(request: AuthedRequest) -> HttpResponse:
    """What narrows the list, with its figures: the list does not wait for them."""
    form, wanted, status = asked_for(request)
    context = {"form": form, "wanted": wanted, "facets": facets(wanted, request.user) if status == 200 else []}
    return page_or_part(
        request, "questions/question_facets.html", "questions/_question_facets.html", context, status=status
    )


def asked_for(request: AuthedRequest) -> tuple[SearchForm, Wanted, int]:
    """What the address asks for, as far as it can be read, and 422 where some of it cannot."""
    form = SearchForm(request.GET)
    status = 200 if form.is_valid() else 422
    return form, Wanted.of(form.cleaned_data), status


def wanted_in(query: str) -> Wanted:
    """What the end of an address asks for, as another page kept it; everything where it cannot be read."""
    form = SearchForm(QueryDict(query.removeprefix("?")))
    return Wanted.of(form.cleaned_data if form.is_valid() else {})


def keys_in(said: QueryDict) -> list[int]:
    """The questions that were ticked, by their keys."""
    return [key for text in said.getlist("question") if (key := key_of(text)) is not None]


def list_of(wanted: Wanted) -> str:
    """The address of the list of what is wanted."""
    return f"{reverse('questions:question_list')}{wanted.query}"
