"""A wall-clock time at a place as a moment in UTC, around the two nights a year when that is not plain."""

import zoneinfo
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext_lazy as _

from foundation.lifecycle import Refused


def happens_twice(day: date, hour: time, zone: str) -> bool:
    """Whether the clocks go back over this time, so that it comes twice."""
    first, second = _both(day, hour, zone)
    return second > first and _is_real(first, day, hour, zone)


def moment_of(day: date, hour: time, zone: str, *, second: bool = False) -> datetime:
    """The UTC moment of a local time; of one that comes twice the first, or the `second`. Refused if it never comes."""
    moments = _both(day, hour, zone)
    if not _is_real(moments[0], day, hour, zone):
        raise Refused(
            _("On that day the clocks in %(zone)s go forward over %(hour)s: that time does not exist. Choose another.")
            % {"zone": zone, "hour": f"{hour:%H:%M}"},
            "hour",
        )
    return moments[1] if second else moments[0]


def _both(day: date, hour: time, zone: str) -> tuple[datetime, datetime]:
    local = datetime.combine(day, hour, zoneinfo.ZoneInfo(zone))
    return local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC)


def _is_real(moment: datetime, day: date, hour: time, zone: str) -> bool:
    back = moment.astimezone(zoneinfo.ZoneInfo(zone))
    return (back.date(), back.time()) == (day, hour)
