"""Who takes part in a role, and what it judges by default."""

from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthedRequest
from foundation.http import posted
from foundation.policy import signed_in
from plans import actions, policies, reading
from plans.forms import DutyForm, WeightForm
from plans.models import Role, RoleCompetency
from plans.views.answers import accepted


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def duty_give(request: AuthedRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(policies.roles_staffed_by(request.user), pk=pk)
    form = DutyForm(posted(request))
    if accepted(request, form, lambda values: actions.give_duty(role=role, by=request.user, **values)):
        return redirect(f"{_page(role)}#people")
    return render(request, "plans/duty_give.html", {"form": form, "role": role}, status=422 if form.errors else 200)


@signed_in
@require_POST
def duty_decide(request: AuthedRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(policies.memberships_staffed_by(request.user), pk=pk)
    may_decide = request.POST.get("may_decide") == "yes"
    actions.let_decide(membership=membership, may_decide=may_decide, by=request.user)
    return redirect(f"{_page(membership.role)}#people")


@signed_in
@require_POST
def duty_take(request: AuthedRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(policies.memberships_staffed_by(request.user), pk=pk)
    role, own = membership.role, membership.user_id == request.user.pk
    actions.take_duty(membership=membership, by=request.user)
    if own and not Role.objects.with_duty(request.user).filter(pk=role.pk).exists():
        messages.success(request, _("You have no duty for this role any more."))
        return redirect("plans:role_list")
    return redirect(f"{_page(role)}#people")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def weight_new(request: AuthedRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(policies.roles_set_up_by(request.user), pk=pk)
    form = WeightForm(posted(request), competencies=reading.competencies_to_weigh(role))
    if accepted(request, form, lambda values: actions.weigh_competency(role=role, by=request.user, **values)):
        return redirect(f"{_page(role)}#competencies")
    context = {"form": form, "title": _("Add a competency"), "whole": role, "back": f"{_page(role)}#competencies"}
    return render(request, "plans/weight_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def weight_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(_weights(request), pk=pk)
    start = {"weight": row.weight, "reason": row.reason}
    form = WeightForm(posted(request), initial=start, competencies=None, fixed=True)
    weigh = partial(actions.weigh_competency, role=row.role, competency=row.competency, by=request.user)
    if accepted(request, form, lambda values: weigh(**values)):
        return redirect(f"{_page(row.role)}#competencies")
    context = {
        "form": form,
        "title": row.competency.name,
        "whole": row.role,
        "back": f"{_page(row.role)}#competencies",
        "drop": reverse("plans:weight_drop", args=[pk]),
    }
    return render(request, "plans/weight_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def weight_drop(request: AuthedRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(_weights(request), pk=pk)
    actions.drop_competency(role=row.role, competency=row.competency, by=request.user)
    return redirect(f"{_page(row.role)}#competencies")


def _page(role: Role) -> str:
    return reverse("plans:role_detail", args=[role.pk])


def _weights(request: AuthedRequest) -> QuerySet[RoleCompetency]:
    set_up = RoleCompetency.objects.filter(role__in=policies.roles_set_up_by(request.user))
    return set_up.select_related("role", "competency")
