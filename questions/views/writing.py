from collections.abc import Container, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.house import reviews_questions
from accounts.http import AuthedRequest
from accounts.models import User
from accounts.policies import recruiter
from foundation import clock
from foundation.http import page_or_part
from foundation.lifecycle import Refused
from questions.actions import (
    Changed,
    change_competency,
    create_question,
    draft_of_form,
    is_new,
    let_go_of_form,
    publish_version,
    save_draft,
    start_draft,
)
from questions.content import Content
from questions.duplicates import near_duplicates
from questions.forms import DraftForm, FirstDraftForm, OverruleForm, QuestionForm, typed
from questions.lint import NotReady, as_asked, errors, lint, lint_version, of_duplicates, warnings
from questions.models import Question, QuestionVersion
from questions.overrides import overruled_of
from questions.policies import questions_readable_by
from questions.reviewing import hand_in_version

# What a press or a pause in typing asks for: a look at what is typed.
LOOKING = {"preview", "autosave"}


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def question_new(request: AuthedRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, QuestionForm())
    form = QuestionForm(request.POST)
    what, is_sound = request.POST.get("do"), form.is_valid()
    if begun := draft_of_form(form.cleaned_data.get("form_key"), request.user):
        return _edited(request, form, begun)
    if what == "autosave":
        return _begin(request, form)
    if what in LOOKING:
        return _look(request, form)
    version = _create(form, by=request.user) if is_sound else None
    if version is None:
        return _page(request, form, status=422)
    messages.success(request, _("Saved as a draft. It is not in the bank until it is published."))
    return redirect("questions:question_edit", version.question.slug)


def _begin(request: AuthedRequest, form: QuestionForm) -> HttpResponse:
    """Make the draft in the first pause in which it can be kept. The form goes on as it stands; the address is the draft's."""
    if not form.is_valid():
        return _look(request, form, is_unfinished=True)
    version = _create(form, by=request.user, form_key=form.cleaned_data["form_key"])
    if version is None:
        return _look(request, form)
    form.take_stamp(Content.of(version).stamp)
    answer = _look(request, form, version, saved_at=clock.now())
    answer.headers["HX-Replace-Url"] = reverse("questions:question_edit", args=[version.question.slug])
    return answer


def _create(form: QuestionForm, *, by: User, form_key: UUID | None = None) -> QuestionVersion | None:
    """The question of a sound form; None, with the reason in the form, where it was refused."""
    said = form.content()
    try:
        return create_question(
            competency=form.cleaned_data["competency"],
            fields=said.fields,
            anchors=said.anchors,
            probes=said.probes,
            samples=said.samples,
            by=by,
            form_key=form_key,
        )
    except Refused as problem:
        form.add_error(problem.field or None, str(problem.sentence))
        return None


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: AuthedRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    version = question.versions.order_by("-number")[0]
    if request.method != "POST":
        if version.is_published:
            messages.info(request, _("There is no draft of this question now. To change it, start a new version."))
            return redirect("questions:question_detail", slug)
        return _page(request, _form_of(version), version)
    return _edited(request, _form_of(version, request.POST), version)


def _form_of(version: QuestionVersion, posted: Mapping[str, Any] | None = None) -> DraftForm:
    """The form for a draft, with what was posted or else as it stands; its competency is a choice until a version is published."""
    content = None if posted else Content.of(version)
    if is_new(version.question):
        return FirstDraftForm(posted, content=content, competency=version.question.competency)
    return DraftForm(posted, content=content)


def _edited(request: AuthedRequest, form: DraftForm, version: QuestionVersion) -> HttpResponse:
    """The answer to whatever was posted of a draft."""
    if request.POST.get("do") == "autosave":
        return _autosave(request, form, version)
    if request.POST.get("do") in LOOKING:
        return _look(request, form, version)
    if not form.is_valid():
        return _page(request, form, version, status=422)
    return _save(request, form, version)


def _save(request: AuthedRequest, form: DraftForm, version: QuestionVersion) -> HttpResponse:
    try:
        _write(form, version, by=request.user)
    except Refused as problem:
        if isinstance(problem, Changed):
            form.take_stamp(problem.stamp)
        form.add_error(problem.field or None, str(problem.sentence))
        return _page(request, form, version, status=422 if problem.field else 409)
    if version.question.form_key:
        let_go_of_form(version)
    if request.POST.get("do") in {"publish", "overrule", "hand_in"}:
        return _go_on(request, version)
    messages.success(request, _("Draft saved."))
    return redirect("questions:question_edit", version.question.slug)


def _autosave(request: AuthedRequest, form: DraftForm, version: QuestionVersion) -> HttpResponse:
    """Save what was typed where it can be kept, and say so. Words that somebody else saved meanwhile are never replaced."""
    if not form.is_valid():
        return _look(request, form, version)
    try:
        _write(form, version, by=request.user, is_autosave=True)
    except Refused as problem:
        form.add_error(problem.field or None, str(problem.sentence))
        return _look(request, form, version)
    form.take_stamp(Content.of(version).stamp)
    return _look(request, form, version, saved_at=clock.now())


def _write(form: DraftForm, version: QuestionVersion, *, by: User, is_autosave: bool = False) -> None:
    said = form.content()
    save_draft(
        version=version,
        fields=said.fields,
        anchors=said.anchors,
        probes=said.probes,
        samples=said.samples,
        by=by,
        as_of=form.cleaned_data["as_of"],
        is_autosave=is_autosave,
    )
    if competency := form.cleaned_data.get("competency"):
        change_competency(draft=version, competency=competency, by=by)


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
    """Publish or hand in, as the button says; or show the draft with every error beside its field."""
    try:
        if request.POST.get("do") == "hand_in":
            hand_in_version(version=version, by=request.user)
            done = _("Version %(number)s is handed in.")
        elif waiting := _publish(request, version):
            return waiting
        else:
            done = _("Version %(number)s is published.")
    except NotReady as problem:
        form = _form_of(version, {**typed(Content.of(version)), "competency": version.question.competency_id})
        form.add_error(None, _("The draft is saved, but it cannot be published yet: see the marked fields."))
        form.add_findings(problem.findings)
        return _page(request, form, version, overrule=_overrule(request, version), status=422)
    messages.success(request, done % {"number": version.number})
    return redirect("questions:question_detail", version.question.slug)


def _publish(request: AuthedRequest, version: QuestionVersion) -> HttpResponse | None:
    """Publish; or the page on which the warnings wait to be overruled."""
    overrule = _overrule(request, version)
    is_sound, found = overrule.is_valid(), lint_version(version)
    waiting = warnings(found) and not errors(found) and request.POST.get("do") != "overrule"
    if (waiting and not version.is_published) or not is_sound:
        return _page(request, _form_of(version), version, overrule=overrule, status=422)
    # A reason that stands in its box, out of a file perhaps, counts for whoever presses the button below it.
    reason = overrule.cleaned_data["reason"] if request.POST.get("do") == "overrule" else ""
    publish_version(version=version, by=request.user, reason=reason)
    return None


def _overrule(request: AuthedRequest, version: QuestionVersion) -> OverruleForm:
    """The reason that was typed or, before anybody has, those that came with the draft out of a file."""
    carried = dict.fromkeys(one["reason"] for one in overruled_of(version))
    return OverruleForm({"reason": request.POST.get("reason", "\n".join(carried))})


def _page(
    request: AuthedRequest,
    form: DraftForm,
    version: QuestionVersion | None = None,
    *,
    overrule: OverruleForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page; with `overrule`, open at what stands in the way of publishing."""
    was_refused = form.is_bound and overrule is None
    content = form.content() if was_refused else Content.of(version) if version else None
    context = {
        "form": form,
        "version": version,
        "content": content,
        "overrule": overrule or (_overrule(request, version) if version else OverruleForm()),
        "is_overruling": overrule is not None,
        "is_reviewed": reviews_questions(),
        **(_found(content, version, form.errors if was_refused else ()) if content else {}),
    }
    return render(request, "questions/question_edit.html", context, status=status)


def _look(
    request: AuthedRequest,
    form: DraftForm,
    version: QuestionVersion | None = None,
    *,
    saved_at: datetime | None = None,
    is_unfinished: bool = False,
) -> HttpResponse:
    """What was typed, as it would look, and what the rules say of it. What is still to be typed is no mistake."""
    sound = form.is_valid() or is_unfinished
    content = form.content()
    context = {
        "form": form,
        "version": version,
        "content": content,
        "saved_at": saved_at,
        "overrule": OverruleForm(request.POST),
        "is_look": True,
        "is_unfinished": is_unfinished,
        **_found(content, version, () if is_unfinished else form.errors),
    }
    return page_or_part(
        request, "questions/question_edit.html", "questions/_look.html", context, status=200 if sound else 422
    )


def _found(content: Content, version: QuestionVersion | None, said: Container[str]) -> dict[str, Any]:
    """What the rules find, but for fields of which is `said` already what is wrong."""
    prompt = content.fields.get("prompt", "")
    duplicates = near_duplicates(prompt, exclude=version.question if version else None) if prompt else []
    found = [*lint(content), *of_duplicates(duplicates), *(as_asked(version) if version else ())]
    found = [finding for finding in found if finding.field not in said]
    return {"errors": errors(found), "warnings": warnings(found), "duplicates": duplicates}
