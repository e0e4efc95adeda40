"""How the pages of plans answer: a form that a rule may still refuse, and the board of a draft as it stands now."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import trigger_client_event

from accounts.http import AuthedRequest
from foundation.lifecycle import MoveRefused, Refused
from plans.board import board_of
from plans.models import InterviewPlan


def accepted(request: HttpRequest, form: forms.BaseForm, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether `form` was sent, holds, and `act` took its values; a rule's refusal is put beside its field.

    A row that changed under the form is no fault of what was typed: MoveRefused goes on to the page that says so.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except MoveRefused:
        raise
    except Refused as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
        return False
    return True


def built(request: AuthedRequest, plan: InterviewPlan, act: Callable[[], object], anchor: str) -> HttpResponse:
    """Do `act` to the draft; answer with its board (htmx), or lead back to the place `anchor` on its page.

    A refusal is said at the head of the board, with 422; without htmx it becomes a page of its own.
    """
    refusal = ""
    try:
        act()
    except Refused as problem:
        if not request.htmx:
            raise
        refusal = str(problem.sentence)
    if not request.htmx:
        return redirect(f"{reverse('plans:plan_detail', args=[plan.pk])}#{anchor}")
    now = InterviewPlan.objects.select_related("role").get(pk=plan.pk)
    context = {"board": board_of(now), "may_edit": True, "refusal": refusal}
    answer = render(request, "plans/_board.html", context, status=422 if refusal else 200)
    return trigger_client_event(answer, "plan-changed", after="settle")
