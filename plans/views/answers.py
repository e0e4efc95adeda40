"""How the pages of plans answer: a form that a rule may still refuse, and the board of a draft as it stands now."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from accounts.http import AuthedRequest
from foundation.addresses import key_of
from foundation.lifecycle import MoveRefused, Refused
from plans.actions.drafts import Overtaken, refuse_overtaken
from plans.board import board_of
from plans.forms import SeenForm
from plans.models import InterviewPlan


def accepted(request: HttpRequest, form: forms.BaseForm, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether `form` was sent, holds, and `act` took its values; a rule's refusal is put beside its field.

    A row that changed under the form is no fault of what was typed: MoveRefused goes on to the page that says so. A
    draft that others changed meanwhile is told of above what was typed, which can then be sent again.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except MoveRefused:
        raise
    except Refused as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
        if isinstance(problem, Overtaken) and isinstance(form, SeenForm):
            form.see(problem.revision)
        return False
    return True


def seen_in(sent: QueryDict) -> int | None:
    """The revision of the draft that the page showed which sends this; None where it says none."""
    return key_of(sent.get("seen", ""))


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
    return board_answer(request, plan, refusal)


def board_answer(request: AuthedRequest, plan: InterviewPlan, refusal: str = "") -> HttpResponse:
    """The board as it stands now; the page that is left, where the draft has gone or is in force meanwhile."""
    now = InterviewPlan.objects.select_related("role").filter(pk=plan.pk).first()
    if now is None or not now.is_draft:
        messages.warning(request, refusal)
        left = reverse("plans:plan_detail", args=[now.pk]) if now else reverse("plans:role_detail", args=[plan.role_id])
        return HttpResponseClientRedirect(left)
    context = {"board": board_of(now, request.user), "may_edit": True, "refusal": refusal}
    answer = render(request, "plans/_board.html", context, status=422 if refusal else 200)
    return trigger_client_event(answer, "plan-changed", after="settle")


View = Callable[..., HttpResponse]


def or_board(view: View) -> View:
    """What is pressed on a board may have been removed meanwhile: then the board is shown, and told who did it.

    A 404 as ever for whoever does not say on which draft of theirs it was pressed.
    """

    @wraps(view)
    def answer(request: AuthedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            editable = InterviewPlan.objects.editable_by(request.user)
            plan = editable.filter(pk=key_of(request.POST.get("plan", "")) or 0).first()
            if plan is None:
                raise
            return built(request, plan, lambda: _refuse_gone(request, plan), "content")

    return answer


def _refuse_gone(request: AuthedRequest, plan: InterviewPlan) -> None:
    refuse_overtaken(plan, seen_in(request.POST), request.user)
    raise MoveRefused
