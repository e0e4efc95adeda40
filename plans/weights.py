"""The rule for a weight, the same for a role's default and a plan's own."""

from django.utils.translation import gettext as _

from foundation.lifecycle import Refused

HIGHEST = 9


def refuse_weight(weight: int, reason: str) -> None:
    """Refused for a weight off the scale of 1 to 9, and for one above 1 without a reason."""
    if not 1 <= weight <= HIGHEST:
        raise Refused(_("A weight is a whole number from 1 to %(highest)s.") % {"highest": HIGHEST}, field="weight")
    if weight > 1 and not reason:
        raise Refused(_("Say in a few words why this counts more than the others."), field="reason")
