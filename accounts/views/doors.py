"""The doors of the house: signing in and out, the one-time links, the demo's buttons, and a knock from outside."""

from http import HTTPStatus

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.tokens import default_token_generator
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.forms import NewPasswordForm, SetupForm, SignInForm
from accounts.house import is_demo, setup_token_holds
from accounts.http import AuthedRequest
from accounts.models import User
from foundation.http import posted
from foundation.lifecycle import Refused
from foundation.policy import public, signed_in

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
# Where a link's token waits once it has left the address, so that no log or Referer keeps it.
_LINK, _SETUP = "set_password_link", "setup_token"
DEMO_PEOPLE = {
    "recruiter": gettext_lazy("Recruiter"),
    "interviewer": gettext_lazy("Interviewer"),
    "second": gettext_lazy("Second interviewer"),
    "manager": gettext_lazy("Hiring manager"),
    "committee": gettext_lazy("Committee member"),
    "administrator": gettext_lazy("Administrator"),
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """django-allauth's sign-in, with its limits on tries; in the demo a button for each kind of person."""
    extra = {"demo_people": DEMO_PEOPLE.items() if is_demo() else []}
    answer: HttpResponseBase = LoginView.as_view(form_class=SignInForm, extra_context=extra)(request)
    if request.method == "POST" and answer.status_code == HTTPStatus.OK:
        # The package answers a refused form with 200; here every refused form is a 422.
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return answer


@signed_in
@require_POST
def sign_out(request: AuthedRequest) -> HttpResponse:
    logout(request)
    return redirect("account_login")


@public
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the invented people: there is such a door only in the demo."""
    who = request.POST.get("person", "")
    if not is_demo() or who not in DEMO_PEOPLE:
        raise Http404
    person = User.objects.filter(email=f"{who}@demo.example").first()
    if person is None:
        raise Http404
    login(request, person, BACKEND)
    return redirect("today")


def _person_of(link: str) -> User | None:
    """The person whose password `link` ("id:token") may set; None once it was used or is too old."""
    uid, _colon, token = link.partition(":")
    try:
        pk = int(urlsafe_base64_decode(uid))
        person = User.objects.get(pk=pk, is_active=True)
    except (ValueError, OverflowError, User.DoesNotExist):
        return None
    return person if default_token_generator.check_token(person, token) else None


@public
@require_safe
def link_follow(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Take the token out of the address and go on without it."""
    request.session[_LINK] = f"{uid}:{token}"
    return redirect("accounts:set_password")


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest) -> HttpResponse:
    person = _person_of(request.session.get(_LINK, ""))
    if person is None:
        return render(request, "accounts/link_spent.html", status=410)
    form = NewPasswordForm(person, posted(request))
    if request.method == "POST" and form.is_valid():
        actions.set_password(person=person, password=form.cleaned_data["new_password1"])
        # Whoever is signed in here may be the person whose sessions have just ended.
        logout(request)
        messages.success(request, _("Your password is set. Sign in with it now."))
        return redirect("account_login")
    status = 422 if form.errors else 200
    return render(request, "accounts/set_password.html", {"form": form, "person": person}, status=status)


@public
@require_safe
def setup_follow(request: HttpRequest, token: str) -> HttpResponse:
    """Take the setup token out of the address and go on without it."""
    request.session[_SETUP] = token
    return redirect("accounts:setup")


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Make the first administrator, who is signed in at once."""
    if not setup_token_holds(request.session.get(_SETUP, "")):
        return render(request, "accounts/link_spent.html", {"is_setup": True}, status=410)
    form = SetupForm(posted(request), initial={"zone": settings.DEFAULT_ZONE})
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.open_house(**form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem.sentence))
        else:
            login(request, person, BACKEND)
            return redirect("today")
    return render(request, "accounts/setup.html", {"form": form}, status=422 if form.errors else 200)


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 a view's signature
    """200 "ok" while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
