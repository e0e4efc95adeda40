"""The interview kit on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from foundation.addresses import key_of
from foundation.policy import signed_in
from plans.kit import kit_of
from plans.models import InterviewPlan
from printing.document import document_answer


@signed_in
@require_safe
def plan_kit_pdf(request: AuthedRequest, pk: int) -> HttpResponse:
    """The plan's kit, or with ?stage=<id> that of one stage. Where PDFs are not turned on: the page to print."""
    plan = get_object_or_404(InterviewPlan.objects.readable_by(request.user).select_related("role"), pk=pk)
    wanted = request.GET.get("stage", "")
    stage = key_of(wanted)
    kit = kit_of(plan, stage)
    if wanted and not (stage and kit.stages):
        raise Http404
    name = slugify(f"{plan.role.title} plan {plan.number}") or f"plan-{plan.pk}"
    return document_answer(request, "plans/kit_document.html", {"kit": kit}, filename=f"{name}-kit.pdf")
