"""Roles: the list, one role, and setting it up."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthedRequest
from accounts.policies import recruiter
from foundation.http import posted
from foundation.paging import page_of
from foundation.policy import signed_in
from plans import actions, policies, reading
from plans.forms import RoleForm, RoleNewForm
from plans.models import Role
from plans.patterns import pattern_named
from plans.views.answers import accepted
from plans.views.templates import say_started

PER_PAGE = 30


@signed_in
@require_safe
def role_list(request: AuthedRequest) -> HttpResponse:
    closed = "closed" in request.GET
    page = page_of(reading.roles_listed(request.user, closed=closed), ("title", "pk"), request.GET, PER_PAGE)
    return render(request, "plans/role_list.html", {"page": page, "closed": closed})


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def role_new(request: AuthedRequest) -> HttpResponse:
    """Empty, or with a first draft out of an example or a template, which fills in title and level too."""
    chosen = request.GET.get("from", "")
    pattern = pattern_named(chosen)
    offered = {"start_from": chosen, "title": pattern.title, "level": pattern.level} if pattern else {}
    form = RoleNewForm(posted(request), initial=offered)
    led: list[HttpResponse] = []
    if accepted(request, form, lambda values: led.append(_make_role(request, **values))):
        return led[0]
    return render(request, "plans/role_new.html", {"form": form}, status=422 if form.errors else 200)


def _make_role(request: AuthedRequest, start_from: str, **values: str) -> HttpResponse:
    """Make it, and lead on to where one goes on."""
    pattern = pattern_named(start_from)
    if pattern is None:
        role = actions.make_role(by=request.user, **values)
        messages.success(request, _("The role is made. Say next what it judges and who takes part."))
        return redirect("plans:role_detail", role.pk)
    plan, found = actions.make_role_from(blueprint=pattern, by=request.user, **values)
    say_started(request, found)
    return redirect("plans:plan_detail", plan.pk)


@signed_in
@require_safe
def role_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Role.objects.with_duty(request.user), pk=pk)
    context = {
        "role": role,
        "page": page_of(reading.memberships_of(role), reading.BY_DUTY, request.GET, PER_PAGE),
        "weights": reading.weights_of(role),
        "plans": reading.plans_of(role),
        "draft": reading.draft_of(role),
        "sets_up": policies.roles_set_up_by(request.user).filter(pk=pk).exists(),
        "staffs": policies.roles_staffed_by(request.user).filter(pk=pk).exists(),
        "makes_plans": policies.roles_planned_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "plans/role_detail.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def role_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(policies.roles_set_up_by(request.user), pk=pk)
    form = RoleForm(posted(request), instance=role)
    if accepted(request, form, lambda values: actions.change_role(role=role, by=request.user, **values)):
        return redirect("plans:role_detail", pk)
    return render(request, "plans/role_edit.html", {"form": form, "role": role}, status=422 if form.errors else 200)


@signed_in
@require_POST
def role_close(request: AuthedRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(policies.roles_set_up_by(request.user), pk=pk)
    actions.close_role(role=role, by=request.user)
    messages.success(request, _("The role is closed. It takes no new plan; what is under way goes on."))
    return redirect("plans:role_detail", pk)


@signed_in
@require_POST
def role_reopen(request: AuthedRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(policies.roles_set_up_by(request.user), pk=pk)
    actions.reopen_role(role=role, by=request.user)
    messages.success(request, _("The role is open again."))
    return redirect("plans:role_detail", pk)
