"""Two questions at once: a duplicate merged into another, and enemies, which must not stand in one loop."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthedRequest
from accounts.policies import recruiter
from foundation.http import posted
from foundation.lifecycle import Refused
from questions.comparison import comparison_of
from questions.content import Content
from questions.forms import SearchForm
from questions.forms_keeping import OtherForm
from questions.merging import add_enemy, drop_enemy, merge_question, part_question
from questions.models import Question, QuestionVersion
from questions.policies import listings_readable_by, questions_readable_by
from questions.reading import enemies_of, face_of

OFFERED = 8


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def question_merge(request: AuthedRequest, slug: str) -> HttpResponse:
    """Choose the question that stays, see both side by side (`?other=` its slug), then merge."""
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    form = OtherForm(posted(request))
    if request.method == "POST" and form.is_valid():
        other = get_object_or_404(questions_readable_by(request.user), slug=form.cleaned_data["other"])
        try:
            merge_question(question=question, into=other, by=request.user)
        except Refused as problem:
            form.add_error("other", str(problem.sentence))
        else:
            messages.success(request, _("Merged. The old address leads here, and everything asked is kept."))
            return redirect("questions:question_detail", other.slug)
    context = _choice(request, question, form) | _side_by_side(request, question)
    return render(request, "questions/question_merge.html", context, status=422 if form.errors else 200)


@recruiter
@require_POST
def question_part(request: AuthedRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    part_question(question=question, by=request.user)
    messages.success(request, _("The merge is taken back: this question stands for itself again."))
    return redirect("questions:question_detail", slug)


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def question_enemies(request: AuthedRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    form = OtherForm(posted(request))
    if request.method == "POST" and form.is_valid():
        other = get_object_or_404(questions_readable_by(request.user), slug=form.cleaned_data["other"])
        try:
            add_enemy(question=question, other=other, by=request.user)
        except Refused as problem:
            form.add_error("other", str(problem.sentence))
        else:
            return redirect("questions:question_enemies", slug)
    enemies = enemies_of(question, request.user)
    context = _choice(request, question, form, but=enemies.values_list("question", flat=True)) | {"enemies": enemies}
    return render(request, "questions/question_enemies.html", context, status=422 if form.errors else 200)


@recruiter
@require_POST
def enemy_drop(request: AuthedRequest, slug: str, other: str) -> HttpResponse:
    readable = questions_readable_by(request.user)
    question, enemy = get_object_or_404(readable, slug=slug), get_object_or_404(readable, slug=other)
    drop_enemy(question=question, other=enemy, by=request.user)
    return redirect("questions:question_enemies", slug)


def _choice(
    request: AuthedRequest, question: Question, form: OtherForm, *, but: Iterable[int] = ()
) -> dict[str, object]:
    """The questions in which the words `?q=` stand, without those `but`; no words: the first of the same competency."""
    search = SearchForm(request.GET)
    words = search.cleaned_data.get("q", "") if search.is_valid() else ""
    found = listings_readable_by(request.user).exclude(question=question).exclude(question__in=but)
    found = found.with_words(words) if words else found.filter(competency=question.competency_id)
    offered: list[QuestionVersion] = [listing.version for listing in found.order_by("title", "pk")[:OFFERED]]
    return {
        "question": question,
        "version": face_of(question),
        "form": form,
        "search": search,
        "words": words,
        "offered": offered,
    }


def _side_by_side(request: AuthedRequest, question: Question) -> dict[str, object]:
    asked = OtherForm(request.GET)
    slug = asked.cleaned_data["other"] if asked.is_valid() else ""
    other = questions_readable_by(request.user).filter(slug=slug).first()
    if other is None:
        return {}
    gone, stays = face_of(question), face_of(other)
    return {"stays": stays, "comparison": comparison_of(Content.of(gone), Content.of(stays))}
