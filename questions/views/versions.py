"""What became of a question: its versions in order, and any two of them side by side."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from foundation.policy import signed_in
from questions.comparison import comparison_of
from questions.content import PARTS, Content
from questions.policies import questions_readable_by, versions_readable_by
from questions.reading import face_of


@signed_in
@require_safe
def question_history(request: AuthedRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    versions = versions_readable_by(request.user).filter(question=question).select_related("reviewer")
    context = {"question": question, "version": face_of(question), "versions": versions.order_by("-number")}
    return render(request, "questions/question_history.html", context)


@signed_in
@require_safe
def version_compare(request: AuthedRequest, slug: str, number: int, other: int) -> HttpResponse:
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    versions = versions_readable_by(request.user).filter(question=question).order_by("number")
    old, new = (get_object_or_404(versions.prefetch_related(*PARTS), number=wanted) for wanted in (number, other))
    context = {
        "question": question,
        "old": old,
        "new": new,
        "comparison": comparison_of(Content.of(old), Content.of(new)),
        "numbers": list(versions.values_list("number", flat=True)),
    }
    return render(request, "questions/version_compare.html", context)
