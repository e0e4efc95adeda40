"""Voiding a question of a plan that is in force or was."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthedRequest
from foundation.http import posted
from foundation.policy import signed_in
from foundation.richtext import fill_placeholders
from plans import actions, policies
from plans.actions.voiding import refuse_voiding
from plans.forms import VoidForm
from plans.placeholders import values_for
from plans.views.answers import accepted


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def item_void(request: AuthedRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(policies.items_voidable_by(request.user), pk=pk)
    form = VoidForm(posted(request))
    void = partial(actions.void_item, item=item, by=request.user)
    if accepted(request, form, lambda typed: void(**typed)):
        messages.success(request, _("The question is voided for every candidate of the plan."))
        return redirect(reverse("plans:plan_detail", args=[item.section.stage.plan_id]) + f"#item-{pk}")
    if request.method != "POST":
        refuse_voiding(item)
    words = values_for(item.version, item.section.stage.plan)
    shown = {"form": form, "item": item, "prompt": fill_placeholders(item.version.prompt, words)}
    return render(request, "plans/item_void.html", shown, status=422 if form.errors else 200)
