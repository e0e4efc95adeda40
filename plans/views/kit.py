"""The interview kit on paper, and where a question of the bank is used."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from foundation.addresses import key_of
from foundation.http import page_or_part
from foundation.policy import signed_in
from plans import reading
from plans.kit import kit_of
from plans.models import InterviewPlan
from printing.document import document_answer
from questions.models import Question

# Enough to open one; how many there are is said in any case.
PLANS_NAMED = 20


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


@signed_in
@require_safe
def question_usage(request: AuthedRequest, slug: str) -> HttpResponse:
    """For the bank's page of a question: in which plans it stands. Plans that one may not read are only counted."""
    question = get_object_or_404(Question, slug=slug)
    asking = reading.plans_asking(question)
    readable = asking.filter(pk__in=InterviewPlan.objects.readable_by(request.user))
    total, own = asking.count(), readable.count()
    plans = readable[:PLANS_NAMED]
    context = {"plans": plans, "question": question, "total": total, "others": total - own, "unnamed": own - len(plans)}
    return page_or_part(request, "plans/question_usage.html", "plans/_question_usage.html", context)
