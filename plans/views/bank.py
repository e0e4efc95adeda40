"""The bank beside a draft: questions that may be added, and adding one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthedRequest
from foundation.addresses import key_of
from foundation.http import page_or_part
from foundation.lifecycle import MoveRefused, Refused
from foundation.policy import signed_in
from plans import actions
from plans.actions.drafts import refuse_in_force, refuse_overtaken
from plans.forms import SearchForm
from plans.models import InterviewPlan
from plans.search import found_for
from plans.targets import Target, targets_in
from plans.views.answers import built, seen_in
from questions.models import QuestionVersion


@signed_in
@require_safe
def question_search(request: AuthedRequest, pk: int) -> HttpResponse:
    """The panel beside the draft, and without htmx a page: questions of the bank for one place of the plan."""
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user).select_related("role"), pk=pk)
    refuse_in_force(plan)
    targets = targets_in(plan, request.GET.get("into", ""))
    if targets.chosen is None:
        targets = targets_in(plan)
    target = targets.chosen
    # The first time nothing is asked for yet: what measures the section's competency is what one wants.
    usual = {"competency": target.section.competency_id} if target and target.section else {}
    form = SearchForm(request.GET if "q" in request.GET else usual)
    found = found_for(plan, target, form, request.GET, request.user)
    context = {"plan": plan, "targets": targets, "form": form, "found": found}
    return page_or_part(request, "plans/question_search.html", "plans/_question_search.html", context)


@signed_in
@require_POST
def question_add(request: AuthedRequest, pk: int, version_pk: int) -> HttpResponse:
    """A question on another competency than the section's is placed as a warm-up; the button has said so."""
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user).select_related("role"), pk=pk)
    published = QuestionVersion.objects.published().select_related("question__competency")
    version = get_object_or_404(published, pk=version_pk)
    target = targets_in(plan, request.POST.get("into", "")).chosen
    section = target.section.pk if target and target.section else None
    anchor = f"section-{section}" if section else "content"
    return built(request, plan, lambda: _add(request, plan, version, target), anchor)


def _add(request: AuthedRequest, plan: InterviewPlan, version: QuestionVersion, target: Target | None) -> None:
    seen = seen_in(request.POST)
    if target is None:
        refuse_in_force(plan)
        refuse_overtaken(plan, seen, request.user)
        raise MoveRefused if plan.stages.exists() else Refused(_("Add a stage first: a question is placed in one."))
    values: dict[str, Any] = {"version": version, "minutes": version.minutes, "by": request.user, "seen": seen}
    scored = request.POST.get("scored") != "no" and target.measures(version.question.competency_id)
    if target.section:
        number = key_of(request.POST.get("number", ""))
        actions.add_item(section=target.section, scored=scored, number=number, **values)
    else:
        actions.add_item_to_stage(stage=target.stage, scored=scored, **values)
