"""Answers: one page or its part, the headers that every answer carries, and a closed door that says so plainly."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from foundation.lifecycle import Refused

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
# All of them here: Django's own middleware adds some, but not to what it refuses itself, like an unknown host.
GUARDS = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def page_or_part(
    request: HttpRequest, page: str, part: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """`part` alone for an htmx request that swaps it, the whole `page` for everything else."""
    htmx = getattr(request, "htmx", None)
    partial = htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request
    answer = render(request, part if partial else page, dict(context), status=status)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def guard_headers(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: nothing from elsewhere runs or loads, and no page of ours stays in a shared machine's cache."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in GUARDS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


class RefusalPage:
    """Middleware: what no view has said itself still reaches the person as a page with a sentence.

    That is a rule's refusal (409), and an address of a button that is opened by hand (405).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if (
            not isinstance(answer, HttpResponseNotAllowed)
            or request.method not in {"GET", "HEAD"}
            or wants_json(request)
        ):
            return answer
        page = render(request, "405.html", status=answer.status_code)
        page.headers["Allow"] = answer.headers["Allow"]
        return page

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, Refused):
            return None
        if wants_json(request):
            return JsonResponse({"message": str(problem.sentence)}, status=409)
        came_from = request.headers.get("Referer", "")
        back = came_from if came_from.startswith(f"{request.scheme}://{request.get_host()}/") else "/"
        return render(request, "refused.html", {"sentence": problem.sentence, "back": back}, status=409)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: what could not be read (400), or was too much to read at once (413), in a sentence."""
    is_too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    status = 413 if is_too_much else 400
    if is_too_much:
        _hear_out(request)
    if wants_json(request) or request.content_type == "application/json":
        sentence = _("This is more than can be sent at once.") if is_too_much else _("This could not be read.")
        return JsonResponse({"message": sentence}, status=status)
    return render(request, "413.html" if is_too_much else "400.html", status=status)


def _hear_out(request: HttpRequest) -> None:
    """Read on, up to 64 MB: a browser that is cut off while it sends shows its own error and never reads our answer."""
    with suppress(OSError):
        for _chunk in range(1024):
            if not request.read(64 * 1024):
                return


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, were it nothing at all; None where the page is only read."""
    return request.POST if request.method == "POST" else None


def wants_json(request: HttpRequest) -> bool:
    """True for our own scripts, which ask for JSON by name; a browser's page load never does."""
    return request.headers.get("Accept", "").startswith("application/json")


class RequireSignIn(LoginRequiredMiddleware):
    """Closes the house. A script gets 401 without a redirect, so that a save is never taken for done.

    A script that sends what waited in a browser names the person who wrote it: nobody else's session takes it.
    """

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        if request.headers.get("X-Person", str(request.user.pk)) != str(request.user.pk):
            return self.handle_no_permission(request, view_func)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if wants_json(request):
            return JsonResponse(
                {"message": _("You are signed out. Sign in again; what you typed is still here.")}, status=401
            )
        closed = super().handle_no_permission(request, view_func)
        return HttpResponseClientRedirect(closed.url) if getattr(request, "htmx", False) else closed
