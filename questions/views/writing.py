from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.house import reviews_questions
from accounts.http import AuthedRequest
from accounts.policies import recruiter
from foundation.http import page_or_part
from foundation.lifecycle import Refused
from questions.actions import Changed, create_question, publish_version, save_draft, start_draft
from questions.content import Content
from questions.forms import DraftForm, QuestionForm, typed
from questions.lint import NotReady, lint
from questions.models import Question, QuestionVersion
from questions.policies import questions_readable_by
from questions.reviewing import hand_in_version


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def question_new(request: AuthedRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, QuestionForm())
    form = QuestionForm(request.POST)
    if request.POST.get("do") == "preview":
        return _preview(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    said = form.content()
    try:
        version = create_question(
            competency=form.cleaned_data["competency"],
            fields=said.fields,
            anchors=said.anchors,
            probes=said.probes,
            samples=said.samples,
            by=request.user,
        )
    except Refused as problem:
        form.add_error(problem.field or None, str(problem.sentence))
        return _page(request, form, status=422)
    messages.success(request, _("Saved as a draft. It is not in the bank until it is published."))
    return redirect("questions:question_edit", version.question.slug)


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: AuthedRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    version = question.versions.order_by("-number")[0]
    if request.method != "POST":
        if version.is_published:
            messages.info(request, _("There is no draft of this question now. To change it, start a new version."))
            return redirect("questions:question_detail", slug)
        return _page(request, DraftForm(content=Content.of(version)), version)
    form = DraftForm(request.POST)
    if request.POST.get("do") == "preview":
        return _preview(request, form, version)
    if not form.is_valid():
        return _page(request, form, version, status=422)
    return _save(request, form, version)


def _save(request: AuthedRequest, form: DraftForm, version: QuestionVersion) -> HttpResponse:
    said = form.content()
    as_of = form.cleaned_data["as_of"]
    try:
        save_draft(
            version=version,
            fields=said.fields,
            anchors=said.anchors,
            probes=said.probes,
            samples=said.samples,
            by=request.user,
            as_of=as_of,
        )
    except Refused as problem:
        if isinstance(problem, Changed):
            form.take_stamp(problem.stamp)
        form.add_error(problem.field or None, str(problem.sentence))
        return _page(request, form, version, status=422 if problem.field else 409)
    if request.POST.get("do") in {"publish", "hand_in"}:
        return _go_on(request, version)
    messages.success(request, _("Draft saved."))
    return redirect("questions:question_edit", version.question.slug)


@recruiter
@require_POST
def question_draft(request: AuthedRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    try:
        start_draft(question=question, by=request.user)
    except Refused as problem:
        # The second of two clicks wants the same page as the first.
        messages.info(request, str(problem.sentence))
    return redirect("questions:question_edit", slug)


@recruiter
@require_POST
def question_publish(request: AuthedRequest, slug: str) -> HttpResponse:
    question: Question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    return _go_on(request, question.versions.order_by("-number")[0])


def _go_on(request: AuthedRequest, version: QuestionVersion) -> HttpResponse:
    """Publish or hand in, as the button says, or show the draft with every finding beside its field."""
    is_handed_in = request.POST.get("do") == "hand_in"
    try:
        if is_handed_in:
            hand_in_version(version=version, by=request.user)
        else:
            publish_version(version=version, by=request.user)
    except NotReady as problem:
        form = DraftForm(typed(Content.of(version)))
        form.add_error(None, _("The draft is saved, but it cannot be published yet: see the marked fields."))
        form.add_findings(problem.findings)
        return _page(request, form, version, status=422)
    done = _("Version %(number)s is handed in.") if is_handed_in else _("Version %(number)s is published.")
    messages.success(request, done % {"number": version.number})
    return redirect("questions:question_detail", version.question.slug)


def _page(
    request: AuthedRequest, form: DraftForm, version: QuestionVersion | None = None, *, status: int = 200
) -> HttpResponse:
    missing = lint(Content.of(version)) if version else []
    context = {"form": form, "version": version, "missing": missing, "is_reviewed": reviews_questions()}
    return render(request, "questions/question_edit.html", context, status=status)


def _preview(request: AuthedRequest, form: DraftForm, version: QuestionVersion | None = None) -> HttpResponse:
    """What was typed, as it would look. Nothing is written."""
    sound = form.is_valid()
    content = form.content()
    context = {"form": form, "version": version, "content": content, "missing": lint(content), "is_preview": True}
    return page_or_part(
        request, "questions/question_edit.html", "questions/_preview.html", context, status=200 if sound else 422
    )
