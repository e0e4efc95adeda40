"""Results of tests and take-homes: recorded by the recruiter, read beside the interviews."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthedRequest
from foundation.http import posted
from foundation.lifecycle import Refused
from foundation.policy import signed_in
from interviews.actions.results import record_result
from interviews.forms.results import ResultForm
from interviews.models import Application
from interviews.policies import tests_of


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def result_record(request: AuthedRequest, pk: int) -> HttpResponse:
    run = Application.objects.run_by(request.user).not_blind_to(request.user)
    application = get_object_or_404(run.select_related("candidate", "role"), pk=pk)
    asked = {"stage": request.GET.get("stage")}
    form = ResultForm(posted(request), initial=asked, stages=tests_of(application))
    if request.method == "POST" and form.is_valid():
        typed: dict[str, Any] = form.cleaned_data
        try:
            record_result(application=application, by=request.user, **typed)
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal.sentence))
        else:
            messages.success(request, _("The result is recorded."))
            return redirect("interviews:application_detail", pk)
    shown = {"form": form, "application": application}
    return render(request, "interviews/result_record.html", shown, status=422 if form.errors else 200)
