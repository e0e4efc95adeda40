"""After a new plan is in force: who follows it from now on, and who stays on the plan under which they began."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import AuthedRequest
from foundation.policy import signed_in
from interviews.actions.replanning import move_applications
from interviews.policies import roles_recruited_by
from interviews.replanning import standings_of
from plans.models import InterviewPlan


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan_applications(request: AuthedRequest, pk: int) -> HttpResponse:
    recruited = InterviewPlan.objects.filter(role__in=roles_recruited_by(request.user))
    plan = get_object_or_404(recruited.select_related("role"), pk=pk)
    if request.method == "POST":
        moved = [standing for standing in move_applications(plan=plan, by=request.user) if not standing.kept]
        said = ngettext("%d candidate follows the plan now.", "%d candidates follow the plan now.", len(moved))
        messages.success(request, said % len(moved))
        return redirect("interviews:plan_applications", pk)
    found = standings_of(plan, request.user)
    shown = {
        "plan": plan,
        "moving": [standing for standing in found if not standing.kept],
        "staying": [standing for standing in found if standing.kept],
        "is_in_force": plan.status == InterviewPlan.Status.ACTIVE,
    }
    return render(request, "interviews/plan_applications.html", shown)
