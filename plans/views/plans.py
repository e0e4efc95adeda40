"""A plan: its page, its weights and placeholders, putting it in force, and its kit on paper."""

from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthedRequest
from foundation.http import page_or_part, posted
from foundation.policy import signed_in
from plans import actions, policies, reading
from plans.actions.drafts import refuse_in_force
from plans.board import board_of
from plans.comparing import comparison_of
from plans.edits import edits_since, told_since
from plans.forms import PlaceholderForm, PlanWeightForm
from plans.models import InterviewPlan, PlanCompetency
from plans.outline import outline_of
from plans.placeholders import defaults_in
from plans.views.answers import accepted, built, seen_in


@signed_in
@require_POST
def plan_start(request: AuthedRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(policies.roles_planned_by(request.user), pk=pk)
    plan = actions.start_plan(role=role, by=request.user)
    return redirect("plans:plan_detail", plan.pk)


@signed_in
@require_safe
def plan_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(InterviewPlan.objects.readable_by(request.user).select_related("role"), pk=pk)
    editor = InterviewPlan.objects.editable_by(request.user).filter(pk=pk).exists()
    context = {
        "board": board_of(plan, request.user if editor else None),
        "may_edit": editor and plan.is_draft,
        "may_void": not plan.is_draft and policies.roles_voided_by(request.user).filter(pk=plan.role_id).exists(),
        "may_renew": editor and not plan.is_draft and not plan.role.closed_at,
        "draft": reading.draft_of(plan.role),
        "before": reading.plan_before(plan),
        "may_copy": editor,
    }
    return page_or_part(request, "plans/plan_detail.html", "plans/_board.html", context)


@signed_in
@require_safe
def plan_news(request: AuthedRequest, pk: int) -> HttpResponse:
    """What others have changed since the page was drawn that asks; nothing when nothing has. Asked often, so cheap."""
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user), pk=pk)
    seen = seen_in(request.GET)
    is_old = seen is not None and (seen != plan.revision or not plan.is_draft)
    told = told_since(edits_since(plan, seen), request.user) if is_old and seen is not None else ""
    return render(request, "plans/_plan_news.html", {"plan": plan, "told": told})


@signed_in
@require_POST
def plan_undo(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user), pk=pk)
    undo = partial(actions.undo_change, plan=plan, by=request.user, seen=seen_in(request.POST))
    return built(request, plan, undo, "content")


@signed_in
@require_safe
def plan_compare(request: AuthedRequest, pk: int, other_pk: int) -> HttpResponse:
    """What changed from the plan that was made first to the one made later, whichever is named first."""
    readable = InterviewPlan.objects.readable_by(request.user).select_related("role")
    plans = [get_object_or_404(readable, pk=key) for key in (pk, other_pk)]
    older, newer = sorted(plans, key=lambda plan: (plan.created_at, plan.pk))
    comparison = comparison_of(outline_of(older), outline_of(newer))
    return render(request, "plans/plan_compare.html", {"comparison": comparison, "here": plans[0]})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan_activate(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user).select_related("role"), pk=pk)
    if request.method == "POST":
        actions.activate_plan(plan=plan, by=request.user)
        messages.success(request, _("The plan is in force. It never changes from now on."))
        return redirect("plans:plan_detail", pk)
    refuse_in_force(plan)
    context = {"board": board_of(plan), "in_force": reading.plan_in_force(plan.role)}
    return render(request, "plans/plan_activate.html", context)


@signed_in
@require_POST
def plan_discard(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user), pk=pk)
    actions.discard_plan(plan=plan, by=request.user)
    messages.success(request, _("The draft is thrown away."))
    return redirect("plans:role_detail", plan.role_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def placeholder_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user).select_related("role"), pk=pk)
    refuse_in_force(plan)
    defaults = defaults_in(outline_of(plan))
    form = PlaceholderForm(posted(request), plan=plan, defaults=defaults, initial={"seen": plan.revision})
    fill_in = partial(actions.fill_in_placeholders, plan=plan, by=request.user)
    if accepted(request, form, lambda typed: fill_in(values=form.values(), seen=typed["seen"])):
        return redirect("plans:plan_detail", pk)
    return render(
        request, "plans/placeholder_edit.html", {"form": form, "plan": plan}, status=422 if form.errors else 200
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan_weight_new(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user).select_related("role"), pk=pk)
    refuse_in_force(plan)
    start = {"seen": plan.revision, "weight": 1}
    form = PlanWeightForm(posted(request), initial=start, competencies=reading.competencies_to_weigh(plan))
    if accepted(request, form, lambda values: actions.weigh_plan_competency(plan=plan, by=request.user, **values)):
        return redirect(f"{_page(plan)}#coverage")
    context = {"form": form, "title": _("Add a competency"), "whole": plan, "back": f"{_page(plan)}#coverage"}
    return render(request, "plans/weight_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan_weight_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(_weights(request), pk=pk)
    refuse_in_force(row.plan)
    start = {"weight": row.weight, "reason": row.reason, "seen": row.plan.revision}
    form = PlanWeightForm(posted(request), initial=start, competencies=None, fixed=True)
    weigh = partial(actions.weigh_plan_competency, plan=row.plan, competency=row.competency, by=request.user)
    if accepted(request, form, lambda values: weigh(**values)):
        return redirect(f"{_page(row.plan)}#coverage")
    context = {
        "form": form,
        "title": row.competency.name,
        "whole": row.plan,
        "back": f"{_page(row.plan)}#coverage",
        "drop": reverse("plans:plan_weight_drop", args=[pk]),
    }
    return render(request, "plans/weight_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def plan_weight_drop(request: AuthedRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(_weights(request), pk=pk)
    actions.drop_plan_competency(plan=row.plan, competency=row.competency, by=request.user)
    return redirect(f"{_page(row.plan)}#coverage")


def _page(plan: InterviewPlan) -> str:
    return reverse("plans:plan_detail", args=[plan.pk])


def _weights(request: AuthedRequest) -> QuerySet[PlanCompetency]:
    editable = InterviewPlan.objects.editable_by(request.user)
    return PlanCompetency.objects.filter(plan__in=editable).select_related("plan__role", "competency")
