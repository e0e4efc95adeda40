from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthedRequest
from accounts.policies import recruiter
from foundation.http import posted
from foundation.lifecycle import Refused
from foundation.policy import signed_in
from questions.actions import make_competency, rename_competency
from questions.forms import CompetencyForm
from questions.models import Competency
from questions.policies import competencies_counted


@signed_in
@require_safe
def competency_list(request: AuthedRequest) -> HttpResponse:
    return render(request, "questions/competency_list.html", {"competencies": competencies_counted()})


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def competency_new(request: AuthedRequest) -> HttpResponse:
    form = CompetencyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            make_competency(name=form.instance.name, definition=form.instance.definition, by=request.user)
        except Refused as problem:
            form.add_error(problem.field or None, str(problem.sentence))
        else:
            messages.success(request, _("The competency is there to be asked about."))
            return redirect("questions:competency_list")
    return render(request, "questions/competency_edit.html", {"form": form}, status=422 if form.errors else 200)


@recruiter
@require_http_methods(["GET", "HEAD", "POST"])
def competency_edit(request: AuthedRequest, slug: str) -> HttpResponse:
    competency = get_object_or_404(Competency, slug=slug)
    # The form writes what is typed into its own copy; the heading goes on showing the stored name.
    form = CompetencyForm(posted(request), instance=copy(competency))
    if request.method == "POST" and form.is_valid():
        said = form.instance
        try:
            rename_competency(competency=competency, name=said.name, definition=said.definition, by=request.user)
        except Refused as problem:
            form.add_error(problem.field or None, str(problem.sentence))
        else:
            messages.success(request, _("Saved."))
            return redirect("questions:competency_list")
    context = {"form": form, "competency": competency}
    return render(request, "questions/competency_edit.html", context, status=422 if form.errors else 200)
