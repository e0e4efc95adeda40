"""People and their rights, for administrators; the record of what everybody did."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.forms import NewPersonForm, PersonForm, SettingsForm
from accounts.http import AuthedRequest
from accounts.models import Entry, House, User
from accounts.policies import administrator
from accounts.recording import first_broken_entry, open_until
from accounts.working import is_working
from foundation.http import posted
from foundation.lifecycle import Refused
from foundation.paging import counted, page_of

PER_PAGE = 50


@administrator
@require_safe
def person_list(request: AuthedRequest) -> HttpResponse:
    people = User.objects.all()
    page = page_of(people, ("-is_active", "name", "pk"), request.GET, PER_PAGE)
    context = {"page": page, "total": counted(people), "is_working": is_working()}
    return render(request, "accounts/person_list.html", context)


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: AuthedRequest) -> HttpResponse:
    form = NewPersonForm(posted(request), initial={"zone": request.user.zone})
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.add_person(by=request.user, **form.cleaned_data)
        except Refused as problem:
            form.add_error(problem.field or None, str(problem.sentence))
        else:
            return _with_link(request, person)
    return render(request, "accounts/person_new.html", {"form": form}, status=422 if form.errors else 200)


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def person_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    form = PersonForm(posted(request), instance=User.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_person(person=person, by=request.user, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem.sentence))
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:person_detail", pk=pk)
    context = {"form": form, "person": person}
    return render(request, "accounts/person_detail.html", context, status=422 if form.errors else 200)


@administrator
@require_POST
def person_link(request: AuthedRequest, pk: int) -> HttpResponse:
    return _with_link(request, get_object_or_404(User, pk=pk))


def _with_link(request: AuthedRequest, person: User) -> HttpResponse:
    """The page that shows a one-time link, once: it is made here and stored nowhere."""
    actions.offer_link(person=person, by=request.user)
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    path = reverse("accounts:link_follow", args=[uid, default_token_generator.make_token(person)])
    return render(request, "accounts/person_link.html", {"person": person, "link": f"{settings.SITE_URL}{path}"})


@administrator
@require_POST
def person_deactivate(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    actions.deactivate_person(person=person, by=request.user)
    messages.success(request, _("%(name)s can no longer sign in.") % {"name": person.name})
    return redirect("accounts:person_detail", pk=pk)


@administrator
@require_POST
def person_reactivate(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    actions.reactivate_person(person=person, by=request.user)
    messages.success(request, _("%(name)s can sign in again.") % {"name": person.name})
    return redirect("accounts:person_detail", pk=pk)


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def house_settings(request: AuthedRequest) -> HttpResponse:
    form = SettingsForm(posted(request), instance=get_object_or_404(House, pk=1))
    if request.method == "POST" and form.is_valid():
        actions.change_settings(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:house_settings")
    return render(request, "accounts/house_settings.html", {"form": form}, status=422 if form.errors else 200)


@administrator
@require_safe
def record(request: AuthedRequest) -> HttpResponse:
    """The record, newest first, as far as it is open; with ?check=1 every entry is compared with the one before it."""
    until = open_until(request.user)
    found = Entry.objects.filter(at__lt=until) if until else Entry.objects.all()
    page = page_of(found.select_related("actor"), ("-pk",), request.GET, PER_PAGE)
    context: dict[str, Any] = {"page": page, "until": until}
    if request.GET.get("check"):
        context |= {"checked": True, "broken": first_broken_entry()}
    return render(request, "accounts/record.html", context)
