"""Filters that a person keeps under a name."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthedRequest
from foundation.http import posted
from foundation.lifecycle import Refused
from foundation.policy import signed_in
from questions.filters import filters_of, save_filter
from questions.forms_list import FilterForm
from questions.models import SavedFilter
from questions.search import Wanted
from questions.views.finding import asked_for, list_of


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def filter_list(request: AuthedRequest) -> HttpResponse:
    """The filters of one's own, and a name for what the address asks for."""
    _form, wanted, _status = asked_for(request)
    form = FilterForm(posted(request), initial=wanted.pairs)
    if request.method == "POST" and form.is_valid():
        wanted = Wanted.of(form.cleaned_data)
        try:
            saved = save_filter(name=form.cleaned_data["name"], wanted=wanted, by=request.user)
        except Refused as problem:
            form.add_error(problem.field, str(problem.sentence))
        else:
            messages.success(request, _("“%(name)s” is kept. You find it above the list.") % {"name": saved.name})
            return redirect(list_of(wanted))
    context = {"form": form, "wanted": wanted, "filters": filters_of(request.user), "back": list_of(wanted)}
    return render(request, "questions/filter_list.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def filter_drop(request: AuthedRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedFilter, pk=pk, user=request.user)
    saved.delete()
    messages.success(request, _("“%(name)s” is removed.") % {"name": saved.name})
    return redirect("questions:filter_list")
