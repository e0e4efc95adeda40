from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.house import reviews_questions
from accounts.http import AuthedRequest
from foundation.policy import signed_in
from questions.content import Content
from questions.policies import questions_readable_by, versions_readable_by
from questions.reading import asked_of, enemies_of, face_of, last_review, merged_into


@signed_in
@require_safe
def question_detail(request: AuthedRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(questions_readable_by(request.user).select_related("merged_into"), slug=slug)
    if question.merged_into:
        messages.info(request, _("“%(title)s” was merged into this question.") % {"title": face_of(question).title})
        return redirect("questions:question_detail", question.merged_into.slug)
    versions = list(versions_readable_by(request.user).filter(question=question).order_by("-number"))
    published = [version for version in versions if version.is_published]
    shown = (published or versions)[0]
    draft = None if versions[0].is_published else versions[0]
    context = {
        "question": question,
        "version": shown,
        "content": Content.of(shown),
        "overrides": shown.overrides.select_related("by"),
        "versions": versions,
        "draft": draft,
        "review": last_review(draft) if draft else None,
        "is_reviewed": reviews_questions(),
        "asked": asked_of(question),
        "enemies": enemies_of(question, request.user),
        "merged": merged_into(question, request.user),
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
