"""Building a draft: its stages, sections and items. Buttons answer with the board; forms have pages of their own."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthedRequest
from foundation.http import posted
from foundation.policy import signed_in
from plans import actions, policies
from plans.actions.drafts import refuse_in_force
from plans.forms import ItemForm, SectionForm, StageForm
from plans.models import InterviewPlan
from plans.views.answers import accepted, board_answer, built, or_board, seen_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def stage_new(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(InterviewPlan.objects.editable_by(request.user).select_related("role"), pk=pk)
    refuse_in_force(plan)
    form = StageForm(posted(request), initial={"seen": plan.revision})
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
    form = StageForm(posted(request), instance=stage, initial={"seen": stage.plan.revision})
    if accepted(request, form, lambda values: actions.change_stage(stage=stage, by=request.user, **values)):
        return redirect(back)
    context = {"form": form, "plan": stage.plan, "stage": stage, "back": back}
    return render(request, "plans/stage_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
@or_board
def stage_remove(request: AuthedRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(policies.stages_built_by(request.user), pk=pk)
    remove = partial(actions.remove_stage, stage=stage, by=request.user, seen=seen_in(request.POST))
    return built(request, stage.plan, remove, "content")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def section_new(request: AuthedRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(policies.stages_built_by(request.user), pk=pk)
    refuse_in_force(stage.plan)
    back = f"{reverse('plans:plan_detail', args=[stage.plan_id])}#stage-{pk}"
    form = SectionForm(posted(request), stage=stage, initial={"seen": stage.plan.revision})
    if accepted(request, form, lambda values: actions.add_section(stage=stage, by=request.user, **values)):
        return redirect(back)
    context = {"form": form, "stage": stage, "back": back}
    return render(request, "plans/section_new.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
@or_board
def section_remove(request: AuthedRequest, pk: int) -> HttpResponse:
    section = get_object_or_404(policies.sections_built_by(request.user), pk=pk)
    remove = partial(actions.remove_section, section=section, by=request.user, seen=seen_in(request.POST))
    return built(request, section.stage.plan, remove, f"stage-{section.stage_id}")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@or_board
def item_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    """A page with its form; what is changed on the board itself is answered with the board."""
    item = get_object_or_404(policies.items_built_by(request.user), pk=pk)
    plan = item.section.stage.plan
    if not request.htmx:
        refuse_in_force(plan)
    back = f"{reverse('plans:plan_detail', args=[plan.pk])}#item-{pk}"
    form = ItemForm(posted(request), instance=item, initial={"seen": plan.revision})
    is_saved = accepted(request, form, lambda values: actions.change_item(item=item, by=request.user, **values))
    if request.htmx and request.method == "POST":
        return board_answer(request, plan, " ".join(str(error) for each in form.errors.values() for error in each))
    if is_saved:
        return redirect(back)
    context = {"form": form, "item": item, "plan": plan, "back": back}
    return render(request, "plans/item_edit.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
@or_board
def item_switch(request: AuthedRequest, pk: int) -> HttpResponse:
    """Scored or a warm-up, as the button names it."""
    item = get_object_or_404(policies.items_built_by(request.user), pk=pk)
    switch = partial(actions.change_item, item=item, minutes=item.minutes, scored=request.POST.get("scored") == "yes")
    return built(
        request, item.section.stage.plan, partial(switch, by=request.user, seen=seen_in(request.POST)), f"item-{pk}"
    )


@signed_in
@require_POST
@or_board
def item_renew(request: AuthedRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(policies.items_built_by(request.user), pk=pk)
    renew = partial(actions.renew_item, item=item, by=request.user, seen=seen_in(request.POST))
    return built(request, item.section.stage.plan, renew, f"item-{pk}")


@signed_in
@require_POST
@or_board
def item_remove(request: AuthedRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(policies.items_built_by(request.user), pk=pk)
    remove = partial(actions.remove_item, item=item, by=request.user, seen=seen_in(request.POST))
    return built(request, item.section.stage.plan, remove, f"section-{item.section_id}")
