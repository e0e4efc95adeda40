"""Building a draft: its stages, sections and items. Buttons answer with the board; forms have pages of their own."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthedRequest
from foundation.http import page_or_part, posted
from foundation.policy import signed_in
from plans import actions, policies
from plans.actions.drafts import refuse_in_force
from plans.forms import ItemForm, SearchForm, SectionForm, StageForm
from plans.models import InterviewPlan
from plans.search import found_for
from plans.views.answers import accepted, built
from questions.models import QuestionVersion


def _goes_up(request: AuthedRequest) -> bool:
    return request.POST.get("to") == "up"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def stage_new(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user).select_related("role"), pk=pk)
    refuse_in_force(plan)
    form = StageForm(posted(request))
    if accepted(request, form, lambda values: actions.add_stage(plan=plan, by=request.user, **values)):
        return redirect(f"{reverse('plans:plan_detail', args=[pk])}#last-stage")
    context = {"form": form, "plan": plan, "back": reverse("plans:plan_detail", args=[pk])}
    return render(request, "plans/stage_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def stage_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(policies.stages_built_by(request.user), pk=pk)
    refuse_in_force(stage.plan)
    back = f"{reverse('plans:plan_detail', args=[stage.plan_id])}#stage-{pk}"
    form = StageForm(posted(request), instance=stage)
    if accepted(request, form, lambda values: actions.change_stage(stage=stage, by=request.user, **values)):
        return redirect(back)
    context = {"form": form, "plan": stage.plan, "stage": stage, "back": back}
    return render(request, "plans/stage_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def stage_move(request: AuthedRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(policies.stages_built_by(request.user), pk=pk)
    move = partial(actions.move_stage, stage=stage, up=_goes_up(request), by=request.user)
    return built(request, stage.plan, move, f"stage-{pk}")


@signed_in
@require_POST
def stage_remove(request: AuthedRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(policies.stages_built_by(request.user), pk=pk)
    return built(request, stage.plan, partial(actions.remove_stage, stage=stage, by=request.user), "content")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def section_new(request: AuthedRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(policies.stages_built_by(request.user), pk=pk)
    refuse_in_force(stage.plan)
    back = f"{reverse('plans:plan_detail', args=[stage.plan_id])}#stage-{pk}"
    form = SectionForm(posted(request), stage=stage)
    if accepted(request, form, lambda values: actions.add_section(stage=stage, by=request.user, **values)):
        return redirect(back)
    context = {"form": form, "stage": stage, "back": back}
    return render(request, "plans/section_new.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def section_move(request: AuthedRequest, pk: int) -> HttpResponse:
    section = get_object_or_404(policies.sections_built_by(request.user), pk=pk)
    move = partial(actions.move_section, section=section, up=_goes_up(request), by=request.user)
    return built(request, section.stage.plan, move, f"section-{pk}")


@signed_in
@require_POST
def section_remove(request: AuthedRequest, pk: int) -> HttpResponse:
    section = get_object_or_404(policies.sections_built_by(request.user), pk=pk)
    place = f"stage-{section.stage_id}"
    return built(request, section.stage.plan, partial(actions.remove_section, section=section, by=request.user), place)


@signed_in
@require_safe
def item_search(request: AuthedRequest, pk: int) -> HttpResponse:
    """The panel beside the draft, and without htmx a page: questions of the bank for one section."""
    section = get_object_or_404(policies.sections_built_by(request.user), pk=pk)
    refuse_in_force(section.stage.plan)
    # The first time nothing is asked for yet: what measures the section's competency is what one wants.
    form = SearchForm(request.GET if "q" in request.GET else {"competency": section.competency_id})
    found = found_for(section, form, request.GET, request.user)
    context = {"section": section, "form": form, "found": found}
    return page_or_part(request, "plans/item_search.html", "plans/_item_search.html", context)


@signed_in
@require_POST
def item_add(request: AuthedRequest, pk: int, version_pk: int) -> HttpResponse:
    """A question on another competency than the section's is placed as a warm-up; the button has said so."""
    section = get_object_or_404(policies.sections_built_by(request.user), pk=pk)
    version = get_object_or_404(
        QuestionVersion.objects.published().select_related("question__competency"), pk=version_pk
    )
    scored = version.question.competency_id == section.competency_id
    add = partial(actions.add_item, section=section, version=version, minutes=version.minutes, scored=scored)
    return built(request, section.stage.plan, partial(add, by=request.user), f"section-{pk}")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(policies.items_built_by(request.user), pk=pk)
    plan = item.section.stage.plan
    refuse_in_force(plan)
    back = f"{reverse('plans:plan_detail', args=[plan.pk])}#item-{pk}"
    form = ItemForm(posted(request), instance=item)
    if accepted(request, form, lambda values: actions.change_item(item=item, by=request.user, **values)):
        return redirect(back)
    context = {"form": form, "item": item, "plan": plan, "back": back}
    return render(request, "plans/item_edit.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def item_move(request: AuthedRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(policies.items_built_by(request.user), pk=pk)
    move = partial(actions.move_item, item=item, up=_goes_up(request), by=request.user)
    return built(request, item.section.stage.plan, move, f"item-{pk}")


@signed_in
@require_POST
def item_switch(request: AuthedRequest, pk: int) -> HttpResponse:
    """Scored or a warm-up, as the button names it."""
    item = get_object_or_404(policies.items_built_by(request.user), pk=pk)
    scored = request.POST.get("scored") == "yes"
    switch = partial(actions.change_item, item=item, minutes=item.minutes, scored=scored, by=request.user)
    return built(request, item.section.stage.plan, switch, f"item-{pk}")


@signed_in
@require_POST
def item_renew(request: AuthedRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(policies.items_built_by(request.user), pk=pk)
    return built(
        request, item.section.stage.plan, partial(actions.renew_item, item=item, by=request.user), f"item-{pk}"
    )


@signed_in
@require_POST
def item_remove(request: AuthedRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(policies.items_built_by(request.user), pk=pk)
    place = f"section-{item.section_id}"
    return built(request, item.section.stage.plan, partial(actions.remove_item, item=item, by=request.user), place)
