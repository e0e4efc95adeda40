from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthedRequest
from accounts.policies import recruiter
from foundation.http import page_or_part, posted
from foundation.lifecycle import Refused
from foundation.paging import counted, page_of
from foundation.policy import signed_in
from interviews.actions.candidates import add_candidate, add_candidates, take_plan_in_force, withdraw_application
from interviews.candidate_rows import candidate_rows, with_status, with_words
from interviews.forms.candidates import CandidateFilterForm, CandidateForm, PasteForm
from interviews.models import Application, ApplicationQuerySet, StageResult
from interviews.pasting import people_in
from interviews.policies import plan_in_force, tests_of
from interviews.replanning import not_following
from interviews.timetable import listed_interviews, meetings, stage_lines
from plans.models import InterviewPlan, Role, Stage

A_PAGE = 50
NEWEST = 10


@signed_in
@require_safe
def candidate_list(request: AuthedRequest) -> HttpResponse:
    form = CandidateFilterForm(request.GET, user=request.user)
    found = _filtered(request, form)
    page = page_of(found, ("-pk",), request.GET, A_PAGE)
    shown = {
        "form": form,
        "page": page,
        "total": counted(found),
        "rows": candidate_rows(page.rows, request.user),
        "asked": any(request.GET.get(word) for word in form.fields),
    }
    return render(request, "interviews/candidate_list.html", shown)


def _filtered(request: AuthedRequest, form: CandidateFilterForm) -> ApplicationQuerySet:
    found = Application.objects.readable_by(request.user).select_related("candidate", "role")
    words = form.cleaned_data if form.is_valid() else {}
    if words.get("q"):
        found = with_words(found, words["q"], request.user)
    if words.get("role"):
        found = found.filter(role=words["role"])
    if words.get("status"):
        found = with_status(found, words["status"], request.user)
    return found


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_new(request: AuthedRequest) -> HttpResponse:
    form = CandidateForm(posted(request), initial={"role": request.GET.get("role")}, user=request.user)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            application = add_candidate(role=typed["role"], name=typed["name"], email=typed["email"], by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal.sentence))
        else:
            messages.success(request, _said_of(application, typed["name"]))
            return redirect("interviews:application_detail", pk=application.pk)
    return render(request, "interviews/candidate_new.html", {"form": form}, status=422 if form.is_bound else 200)


def _said_of(application: Application, typed: str) -> str:
    stored = application.candidate.name
    if stored != typed:
        return _("Added. This email was known as %(name)s, and that name stays.") % {"name": stored}
    return _("%(name)s is added.") % {"name": stored}


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_paste(request: AuthedRequest) -> HttpResponse:
    form = PasteForm(posted(request), initial={"role": request.GET.get("role")}, user=request.user)
    if request.method == "POST" and form.is_valid():
        lines = form.lines
        if request.POST.get("step") != "add":
            shown = {"form": form, "lines": lines, "people": people_in(lines)}
            return render(request, "interviews/candidate_paste.html", shown)
        try:
            added = add_candidates(role=form.cleaned_data["role"], people=people_in(lines), by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal.sentence))
        else:
            messages.success(
                request, ngettext("%d candidate is added.", "%d candidates are added.", len(added)) % len(added)
            )
            return redirect("interviews:candidate_list")
    return render(request, "interviews/candidate_paste.html", {"form": form}, status=422 if form.is_bound else 200)


@signed_in
@require_safe
def application_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    readable = Application.objects.readable_by(request.user).select_related("candidate", "role", "plan")
    application = get_object_or_404(readable, pk=pk)
    found = meetings(listed_interviews(application, request.user), request.user)
    in_force = plan_in_force(application.role)
    plan = application.plan or in_force
    may_run = Application.objects.run_by(request.user).filter(pk=pk).exists()
    row = candidate_rows([application], request.user)[0]
    # Whoever may not know the state sees the same buttons in each; the action then says no.
    may_arrange = may_run and (not row.status or application.status in Application.OPEN)
    shown = {
        "application": application,
        "row": row,
        "plan": plan,
        "stages": stage_lines(_meetings_of(plan), found) if may_run else [],
        "others": found,
        "results": StageResult.objects.shown_to(request.user, application),
        "may_record": row.status and may_arrange and tests_of(application).exists(),
        "may_run": may_run,
        "may_schedule": may_arrange,
        "may_withdraw": may_arrange,
        "newer_plan": in_force if may_run and application.plan and in_force != application.plan else None,
        "may_read_packet": Application.objects.packet_readable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "interviews/application_detail.html", shown)


def _meetings_of(plan: InterviewPlan | None) -> Iterable[Stage]:
    return plan.stages.filter(kind=Stage.Kind.INTERVIEW) if plan else []


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def application_withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.run_by(request.user).select_related("candidate", "role"), pk=pk)
    if request.method == "POST":
        withdraw_application(application=application, by=request.user)
        messages.success(request, _("The application is withdrawn."))
        return redirect("interviews:application_detail", pk=pk)
    return render(request, "interviews/application_withdraw.html", {"application": application})


@signed_in
@require_POST
def application_replan(request: AuthedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.run_by(request.user).select_related("role"), pk=pk)
    take_plan_in_force(application=application, by=request.user)
    messages.success(request, _("The application now follows the plan in force."))
    return redirect("interviews:application_detail", pk=pk)


@signed_in
@require_safe
def role_applications(request: AuthedRequest, pk: int) -> HttpResponse:
    """For the page of a role: the newest candidates that this person may know of."""
    role = get_object_or_404(Role.objects.with_duty(request.user), pk=pk)
    found = Application.objects.readable_by(request.user).filter(role=role).select_related("candidate", "role")
    shown = {"role": role, "total": counted(found), "rows": candidate_rows(found[:NEWEST], request.user)}
    plan = plan_in_force(role)
    shown["plan"] = plan if plan and not_following(plan, request.user).exists() else None
    return page_or_part(request, "interviews/role_applications.html", "interviews/_role_applications.html", shown)
