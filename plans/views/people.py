"""One person's duties over all roles: for administrators, who read nothing of the roles themselves by it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthedRequest
from accounts.models import User
from accounts.policies import administrator
from foundation.http import page_or_part, posted
from plans import actions, policies, reading
from plans.forms import PersonDutyForm
from plans.models import Membership
from plans.views.answers import accepted


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def person_duties(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    form = PersonDutyForm(posted(request), roles=policies.roles_given_by(request.user, person))
    if accepted(request, form, lambda values: actions.give_duty(user=person, by=request.user, **values)):
        return redirect("accounts:person_detail", pk=pk)
    context = {"form": form, "person": person, "memberships": reading.duties_of(person)}
    status = 422 if form.errors else 200
    return page_or_part(request, "plans/person_duties.html", "plans/_person_duties.html", context, status=status)


@administrator
@require_POST
def person_duty_take(request: AuthedRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.select_related("role", "user"), pk=pk)
    actions.take_duty(membership=membership, by=request.user)
    return redirect("accounts:person_detail", pk=membership.user_id)
