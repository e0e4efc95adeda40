"""A draft before the eyes of a second person."""

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
from questions.forms_keeping import ReviewForm
from questions.models import Review
from questions.policies import questions_readable_by, reviews_waiting_for
from questions.reviewing import approve_version, hand_in_version, send_back_version


@recruiter
@require_POST
def version_hand_in(request: AuthedRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    hand_in_version(version=question.versions.order_by("-number")[0], by=request.user)
    messages.success(request, _("Handed in. Another recruiter reads it now; any edit takes it back."))
    return redirect("questions:question_detail", slug)


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def version_review(request: AuthedRequest, slug: str) -> HttpResponse:
    review = get_object_or_404(reviews_waiting_for(request.user), version__question__slug=slug)
    form = ReviewForm(posted(request), initial={"stamp": review.stamp})
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, review, form)
        except Refused as problem:
            form.add_error(problem.field or None, str(problem.sentence))
        else:
            return redirect("questions:question_detail", slug)
    version = review.version
    content = Content.of(version)
    before = version.question.versions.published().order_by("-number").first()
    context = {
        "form": form,
        "review": review,
        "version": version,
        "content": content,
        "before": before,
        "comparison": comparison_of(Content.of(before), content) if before else None,
        "is_own": request.user.pk in {review.asked_by_id, version.author_id},
    }
    return render(request, "questions/version_review.html", context, status=422 if form.errors else 200)


def _answer(request: AuthedRequest, review: Review, form: ReviewForm) -> None:
    said = form.cleaned_data
    if said["answer"] == "approve":
        approve_version(review=review, stamp=said["stamp"], note=said["note"], by=request.user)
        messages.success(request, _("Approved. It can be published exactly as you read it."))
    else:
        send_back_version(review=review, note=said["note"], by=request.user)
        messages.success(request, _("Sent back with your note."))
