"""What a person changes about themselves."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.forms import OwnPasswordForm, ProfileForm
from accounts.http import AuthedRequest
from accounts.models import User
from accounts.views.doors import BACKEND
from foundation.policy import signed_in


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: AuthedRequest) -> HttpResponse:
    """Name and time zone, or, with the button of its own, the password."""
    about, password = ProfileForm(instance=User.objects.get(pk=request.user.pk)), OwnPasswordForm(request.user)
    if request.method == "POST" and "new_password1" in request.POST:
        password = OwnPasswordForm(request.user, request.POST)
        if password.is_valid():
            return _new_password(request, password.cleaned_data["new_password1"])
    elif request.method == "POST":
        about = ProfileForm(request.POST, instance=User.objects.get(pk=request.user.pk))
        if about.is_valid():
            actions.change_profile(person=request.user, **about.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("accounts:profile")
    status = 422 if about.errors or password.errors else 200
    return render(request, "accounts/profile.html", {"about": about, "password": password}, status=status)


def _new_password(request: AuthedRequest, password: str) -> HttpResponse:
    actions.set_password(person=User.objects.get(pk=request.user.pk), password=password)
    # Every session ended with the old password; this one begins anew.
    login(request, User.objects.get(pk=request.user.pk), BACKEND)
    messages.success(request, _("Your password is changed; other places where you were signed in are signed out."))
    return redirect("accounts:profile")
