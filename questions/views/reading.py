from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from foundation.policy import signed_in
from questions.content import Content
from questions.policies import questions_readable_by, versions_readable_by


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
    context = {"question": version.question, "version": version, "content": Content.of(version), "newest": newest}
    return render(request, "questions/version_detail.html", context)
