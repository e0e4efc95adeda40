"""Where plans begin: shipped examples, templates of the house, and plans of other roles; each also as a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthedRequest
from accounts.policies import recruiter
from foundation.http import posted
from foundation.paging import page_of
from foundation.policy import signed_in
from plans import actions
from plans.blueprint_files import as_toml
from plans.blueprints import Blueprint, blueprint_of
from plans.examples import examples
from plans.fitting import Fitted, fitted
from plans.forms import StartForm
from plans.forms_templates import TemplateFileForm, TemplateForm
from plans.kept import PlanTemplate
from plans.models import InterviewPlan
from plans.patterns import blueprint_in
from plans.policies import plan_maker, roles_to_start_on
from plans.views.answers import accepted

PER_PAGE = 30
# Sentences of what was left out that are said after a start; the page before it says them all.
SAID = 5


@plan_maker
@require_safe
def template_list(request: AuthedRequest) -> HttpResponse:
    page = page_of(PlanTemplate.objects.select_related("by"), ("name", "pk"), request.GET, PER_PAGE)
    context = {
        "examples": examples(),
        "page": page,
        "templates": [(template, blueprint_in(template)) for template in page],
        "role": request.GET.get("role", ""),
    }
    return render(request, "plans/template_list.html", context)


@plan_maker
@require_http_methods(["GET", "HEAD", "POST"])
def example_detail(request: AuthedRequest, slug: str) -> HttpResponse:
    blueprint = _example(slug)
    context = {"pattern": f"example-{slug}", "file": reverse("plans:example_file", args=[slug])}
    return _start(request, blueprint, context)


@plan_maker
@require_http_methods(["GET", "HEAD", "POST"])
def template_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    template = get_object_or_404(PlanTemplate.objects.select_related("by"), pk=pk)
    file = reverse("plans:template_file", args=[pk])
    return _start(request, blueprint_in(template), {"pattern": f"template-{pk}", "file": file, "template": template})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan_copy(request: AuthedRequest, pk: int) -> HttpResponse:
    """A plan for another role: its questions in their newest versions, with the weights and their reasons."""
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user).select_related("role"), pk=pk)
    return _start(request, blueprint_of(plan), {"plan": plan, "file": reverse("plans:plan_file", args=[pk])})


def _start(request: AuthedRequest, blueprint: Blueprint, context: dict[str, Any]) -> HttpResponse:
    """What a draft out of `blueprint` would hold, and the form that starts one."""
    form = StartForm(posted(request), initial={"role": request.GET.get("role")}, roles=roles_to_start_on(request.user))
    made: list[tuple[InterviewPlan, Fitted]] = []

    def start(values: dict[str, Any]) -> None:
        made.append(actions.start_plan_from(role=values["role"], blueprint=blueprint, by=request.user))

    if accepted(request, form, start):
        say_started(request, made[0][1])
        return redirect("plans:plan_detail", made[0][0].pk)
    context |= {"form": form, "fitted": fitted(blueprint), "role": request.GET.get("role", "")}
    return render(request, "plans/template_detail.html", context, status=422 if form.errors else 200)


def say_started(request: AuthedRequest, found: Fitted) -> None:
    """What became of a start, in one message each: done, and what could not be carried over."""
    messages.success(request, _("The draft is started. Change what you like; nothing else changes with it."))
    if found.left_out:
        said = [*found.left_out[:SAID], *(["…"] if len(found.left_out) > SAID else [])]
        messages.warning(request, _("Left out: {reasons}").format(reasons=" ".join(said)))


@plan_maker
@require_safe
def example_file(_request: AuthedRequest, slug: str) -> HttpResponse:
    return _file(_example(slug), slug)


@plan_maker
@require_safe
def template_file(_request: AuthedRequest, pk: int) -> HttpResponse:
    template = get_object_or_404(PlanTemplate, pk=pk)
    return _file(blueprint_in(template), slugify(template.name) or f"template-{pk}")


@signed_in
@require_safe
def plan_file(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(InterviewPlan.objects.readable_by(request.user).select_related("role"), pk=pk)
    return _file(blueprint_of(plan), slugify(f"{plan.role.title} plan {plan.number}") or f"plan-{pk}")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def template_save(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user).select_related("role"), pk=pk)
    form = TemplateForm(posted(request), initial={"name": plan.role.title})
    made: list[PlanTemplate] = []

    def save(values: dict[str, Any]) -> None:
        made.append(actions.save_template(plan=plan, by=request.user, **values))

    if accepted(request, form, save):
        messages.success(request, _("The template is saved. Every role of the house can start from it."))
        return redirect("plans:template_detail", made[0].pk)
    return render(request, "plans/template_save.html", {"form": form, "plan": plan}, status=422 if form.errors else 200)


@plan_maker
@require_http_methods(["GET", "HEAD", "POST"])
def template_upload(request: AuthedRequest) -> HttpResponse:
    """A plan file becomes a template; what of it this bank has not is said on the template's page."""
    form = TemplateFileForm(posted(request), request.FILES or None)
    made: list[PlanTemplate] = []
    if accepted(
        request, form, lambda _values: made.append(actions.upload_template(blueprint=form.blueprint(), by=request.user))
    ):
        messages.success(request, _("The template is saved. Every role of the house can start from it."))
        return redirect("plans:template_detail", made[0].pk)
    return render(request, "plans/template_upload.html", {"form": form}, status=422 if form.errors else 200)


@recruiter
@require_POST
def template_remove(request: AuthedRequest, pk: int) -> HttpResponse:
    template = get_object_or_404(PlanTemplate, pk=pk)
    actions.remove_template(template=template, by=request.user)
    messages.success(request, _("The template is removed. Plans that started from it stay."))
    return redirect("plans:template_list")


def _example(slug: str) -> Blueprint:
    if slug not in examples():
        raise Http404
    return examples()[slug]


def _file(blueprint: Blueprint, name: str) -> HttpResponse:
    answer = HttpResponse(as_toml(blueprint), content_type="application/toml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return answer
