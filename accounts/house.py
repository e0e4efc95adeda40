"""What this database is, demo or real, and the one link with which its first administrator is made."""

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

from accounts.models import House
from foundation.lifecycle import Refused

SETUP_SECONDS = 72 * 3600
_SALT = "accounts.setup"


def settle(kind: str) -> House:
    """Mark the database as `kind` ("demo" or "real") once and for all; the same answer every time after.

    Raises Refused when it is marked otherwise: invented people never stand beside real ones.
    """
    house, _new = House.objects.get_or_create(pk=1, defaults={"kind": kind})
    if house.kind == kind:
        return house
    if house.kind == House.Kind.DEMO:
        raise Refused(
            _("This database holds the demo; real work needs one of its own: DATA_DIR=/some/folder ./run serve")
        )
    raise Refused(_("This database holds real work; the demo needs one of its own: DATA_DIR=/some/folder ./run"))


def is_demo() -> bool:
    """True only when the settings and the database both say so; each alone opens nothing."""
    return settings.HOUSE == "demo" and House.objects.filter(pk=1, kind=House.Kind.DEMO).exists()


def reviews_questions() -> bool:
    """Whether a second person approves every draft before it is published. Off until an administrator says so."""
    return House.objects.filter(pk=1, reviews_questions=True).exists()


def awaits_first() -> bool:
    """Whether this is a real house in which nobody has been made administrator yet."""
    return House.objects.filter(pk=1, kind=House.Kind.REAL, opened_at=None).exists()


def setup_token() -> str:
    """A token that makes the first administrator, good for 72 hours and only while there is none."""
    return signing.dumps("first administrator", salt=_SALT)


def setup_token_holds(token: str) -> bool:
    """Whether `token` was made here less than 72 hours ago and there is still nobody in the house."""
    try:
        signing.loads(token, salt=_SALT, max_age=SETUP_SECONDS)
    except signing.BadSignature:
        return False
    return awaits_first()
