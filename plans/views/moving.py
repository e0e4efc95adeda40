"""Moving the parts of a draft: by a step or a drag from the board, or with a form that lists every spot."""

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.http import AuthedRequest
from foundation.http import page_or_part, posted
from foundation.policy import signed_in
from plans import actions, policies
from plans.actions.drafts import refuse_in_force
from plans.forms import MoveForm
from plans.models import InterviewPlan, Item, Section, Stage
from plans.outline import outline_of
from plans.spots import Spot, spot_of, spots_for
from plans.views.answers import built, or_board, seen_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@or_board
def stage_move(request: AuthedRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(policies.stages_built_by(request.user), pk=pk)
    return _moved(request, stage, stage.plan, partial(actions.move_stage, stage=stage))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@or_board
def section_move(request: AuthedRequest, pk: int) -> HttpResponse:
    section = get_object_or_404(policies.sections_built_by(request.user), pk=pk)
    return _moved(request, section, section.stage.plan, partial(actions.move_section, section=section))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@or_board
def item_move(request: AuthedRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(policies.items_built_by(request.user), pk=pk)
    return _moved(request, item, item.section.stage.plan, partial(actions.move_item, item=item))


def _moved(
    request: AuthedRequest, part: Stage | Section | Item, plan: InterviewPlan, act: Callable[..., None]
) -> HttpResponse:
    place = f"{part._meta.model_name}-{part.pk}"
    if request.method == "POST" and (to := _way(request.POST)):
        return built(request, plan, partial(act, to=to, by=request.user, seen=seen_in(request.POST)), place)
    refuse_in_force(plan)
    spots = spots_for(outline_of(plan), part)
    form = MoveForm(posted(request), spots=spots, initial={"seen": plan.revision}, auto_id=f"%s-{place}")
    context: dict[str, Any] = {"form": form, "part": part, "plan": plan, "place": place}
    context["back"] = f"{reverse('plans:plan_detail', args=[plan.pk])}#{place}"
    status = 422 if form.errors else 200
    return page_or_part(request, "plans/part_move.html", "plans/_part_move.html", context, status=status)


def _way(sent: QueryDict) -> Spot | Literal["up", "down"] | None:
    match sent.get("to", ""):
        case "up":
            return "up"
        case "down":
            return "down"
        case text:
            return spot_of(text)
