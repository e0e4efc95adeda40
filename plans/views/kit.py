"""The interview kit and the sheet for candidates, on a screen and on paper."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from foundation.policy import signed_in
from plans.information import information_of
from plans.kit import Kit, kit_of
from plans.models import InterviewPlan
from plans.policies import stages_readable_by
from printing.document import document_answer


@signed_in
@require_safe
def plan_kit_pdf(request: AuthedRequest, pk: int) -> HttpResponse:
    """The kit of all stages. Where PDFs are not turned on: the page to print."""
    plan = get_object_or_404(InterviewPlan.objects.readable_by(request.user).select_related("role"), pk=pk)
    return _printed(request, kit_of(plan), f"{_file_name(plan)}-kit")


@signed_in
@require_safe
def stage_kit(request: AuthedRequest, pk: int) -> HttpResponse:
    """The kit of one stage, to read before an interview; what is filled in by hand is on paper alone."""
    stage = get_object_or_404(stages_readable_by(request.user), pk=pk)
    kit = kit_of(stage.plan, pk)
    return render(request, "plans/stage_kit.html", {"kit": kit, "stage": kit.stages[0], "here": stage})


@signed_in
@require_safe
def stage_kit_pdf(request: AuthedRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(stages_readable_by(request.user), pk=pk)
    return _printed(request, kit_of(stage.plan, pk), f"{_file_name(stage.plan)}-{slugify(stage.name) or pk}-kit")


def _printed(request: AuthedRequest, kit: Kit, name: str) -> HttpResponse:
    return document_answer(request, "plans/kit_document.html", {"kit": kit}, filename=f"{name}.pdf")


@signed_in
@require_safe
def plan_information(request: AuthedRequest, pk: int) -> HttpResponse:
    """What candidates may be sent: competencies and process, no question."""
    plan = get_object_or_404(InterviewPlan.objects.readable_by(request.user).select_related("role"), pk=pk)
    return render(request, "plans/plan_information.html", {"sheet": information_of(plan), "plan": plan})


@signed_in
@require_safe
def plan_information_pdf(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(InterviewPlan.objects.readable_by(request.user).select_related("role"), pk=pk)
    name = slugify(f"{plan.role.title} interviews") or f"interviews-{pk}"
    return document_answer(
        request, "plans/information_document.html", {"sheet": information_of(plan)}, filename=f"{name}.pdf"
    )


def _file_name(plan: InterviewPlan) -> str:
    return slugify(f"{plan.role.title} plan {plan.number}") or f"plan-{plan.pk}"
