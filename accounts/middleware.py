"""What goes with somebody through every request: the zone of their times, and a sign-in that outlives a late answer."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone


def in_own_zone(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Times are kept in UTC and shown in the zone of the person who reads them."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        zone = getattr(request.user, "zone", "UTC")
        with timezone.override(zoneinfo.ZoneInfo(zone)):
            return get_response(request)

    return answer


def leave_newer_sign_in(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware around that of the sessions: a script that is told that it is signed out loses no cookie by it.

    Django throws the cookie of an ended session away. Such an answer may come in after its reader has signed in again,
    and would throw away the new session's cookie, which has the same name.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code == 401:
            response.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        return response

    return answer
