"""Assembling a draft: the wishes, the proposal that comes of them, and putting it into the plan."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthedRequest
from foundation.addresses import key_of
from foundation.lifecycle import Refused
from foundation.policy import signed_in
from plans import actions
from plans.actions.drafts import refuse_in_force
from plans.models import InterviewPlan, Stage
from plans.offers import Table, table_of
from plans.proposing import Proposal, proposal_for
from plans.views.answers import seen_in
from plans.wishes import WishesForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan_assemble(request: AuthedRequest, pk: int) -> HttpResponse:
    """The form, and once it was sent the proposal above it; nothing is written here."""
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user).select_related("role"), pk=pk)
    refuse_in_force(plan)
    interviews = list(plan.stages.filter(kind=Stage.Kind.INTERVIEW))
    asked = key_of(request.GET.get("stage", ""))
    table = table_of(plan, next((stage for stage in interviews if stage.pk == asked), None), request.user)
    form = WishesForm(_sent(request), table=table)
    proposal = _proposed(form, table) if form.is_valid() else None
    context = {"plan": plan, "interviews": interviews, "table": table, "form": form, "proposal": proposal}
    return render(request, "plans/plan_assemble.html", context, status=422 if form.errors else 200)


def _sent(request: AuthedRequest) -> QueryDict | None:
    """What was typed, with the one change that a pressed button asks for: `field=value`."""
    if request.method != "POST":
        return None
    sent = request.POST.copy()
    field, equals, value = sent.get("relax", "").partition("=")
    if equals:
        sent[field] = value
    return sent


def _proposed(form: WishesForm, table: Table) -> Proposal | None:
    try:
        return proposal_for(table, form.wishes())
    except Refused as problem:
        form.add_error(None, str(problem.sentence))
        return None


@signed_in
@require_POST
def plan_fill(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user), pk=pk)
    pairs = [pick.partition("-") for pick in request.POST.getlist("pick")]
    picks = [(key_of(stage) or 0, key_of(version) or 0) for stage, _dash, version in pairs]
    anew = [key_of(stage) or 0 for stage in request.POST.getlist("anew")]
    actions.fill_plan(plan=plan, picks=picks, anew=anew, by=request.user, seen=seen_in(request.POST))
    messages.success(
        request,
        ngettext("%(n)s question is in the plan.", "%(n)s questions are in the plan.", len(picks)) % {"n": len(picks)}
        + " "
        + _("Everything can still be changed, and undone at once."),
    )
    return redirect("plans:plan_detail", pk)
