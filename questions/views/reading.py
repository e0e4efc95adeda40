from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from foundation.http import page_or_part
from foundation.paging import Page
from foundation.policy import signed_in
from questions.content import Content
from questions.forms import SearchForm
from questions.models import Listing
from questions.policies import questions_readable_by, versions_readable_by
from questions.search import Wanted, figures, rows

PER_PAGE = 25


@signed_in
@require_safe
def question_list(request: AuthedRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    is_sound = form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    wanted = Wanted(words=asked.pop("q", ""), **asked)
    page = wanted.page(request.user, request.GET, PER_PAGE) if is_sound else Page[Listing]([])
    context = {
        "form": form,
        "wanted": wanted,
        "typed": request.GET.get("q", ""),
        "page": page,
        "rows": rows(page.rows, wanted.words),
        "figures": figures(wanted, request.user),
    }
    status = 200 if is_sound else 422
    return page_or_part(
        request, "questions/question_list.html", "questions/_question_results.html", context, status=status
    )


@signed_in
@require_safe
def question_detail(request: AuthedRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    versions = list(versions_readable_by(request.user).filter(question=question).order_by("-number"))
    published = [version for version in versions if version.is_published]
    shown = (published or versions)[0]
    context = {
        "question": question,
        "version": shown,
        "content": Content.of(shown),
        "overrides": shown.overrides.select_related("by"),
        "versions": versions,
        "draft": None if versions[0].is_published else versions[0],
    }
    return render(request, "questions/question_detail.html", context)


@signed_in
@require_safe
def version_detail(request: AuthedRequest, slug: str, number: int) -> HttpResponse:
    readable = versions_readable_by(request.user)
    version = get_object_or_404(readable, question__slug=slug, number=number)
    newest = readable.filter(question=version.question).published().order_by("-number").first()
    context = {
        "question": version.question,
        "version": version,
        "content": Content.of(version),
        "overrides": version.overrides.select_related("by"),
        "newest": newest,
    }
    return render(request, "questions/version_detail.html", context)
