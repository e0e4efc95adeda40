"""Which questions are in use: resting, retired, brought back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthedRequest
from accounts.policies import recruiter
from foundation.http import posted
from foundation.lifecycle import Refused
from foundation.paging import page_of
from foundation.policy import signed_in
from questions.forms_keeping import AwayForm
from questions.models import Question
from questions.policies import questions_readable_by
from questions.reading import asked_of, away_readable_by, face_of
from questions.retiring import bring_back, rest_question, retire_question
from questions.search import BY_TITLE

PER_PAGE = 25


@signed_in
@require_safe
def away_list(request: AuthedRequest) -> HttpResponse:
    page = page_of(away_readable_by(request.user), BY_TITLE, request.GET, PER_PAGE)
    return render(request, "questions/away_list.html", {"page": page})


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def question_away(request: AuthedRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    form = AwayForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            _put_away(question, form, request)
        except Refused as problem:
            form.add_error(problem.field or None, str(problem.sentence))
        else:
            return redirect("questions:question_detail", slug)
    context = {"form": form, "question": question, "version": face_of(question), "asked": asked_of(question)}
    return render(request, "questions/question_away.html", context, status=422 if form.errors else 200)


def _put_away(question: Question, form: AwayForm, request: AuthedRequest) -> None:
    said = form.cleaned_data
    if said["how"] == "retire":
        retire_question(question=question, reason=said["away_reason"], by=request.user)
        messages.success(request, _("The question is retired. What was asked stays as it was."))
    else:
        rest_question(question=question, until=said["until"], reason=said["away_reason"], by=request.user)
        messages.success(request, _("The question rests. It comes back by itself."))


@recruiter
@require_POST
def question_back(request: AuthedRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    bring_back(question=question, by=request.user)
    messages.success(request, _("The question is back: it is listed and can be placed in plans."))
    return redirect("questions:question_detail", slug)
