"""Times are kept in UTC and shown in the zone of the person who reads them."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone


def in_own_zone(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def answer(request: HttpRequest) -> HttpResponseBase:
        zone = getattr(request.user, "zone", "UTC")
        with timezone.override(zoneinfo.ZoneInfo(zone)):
            return get_response(request)

    return answer
