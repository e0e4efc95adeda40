"""The house as served, but its processes end themselves at the worst moments of a save.

Before a commit reaches the database, and after it, before the answer goes out: CRASH_SHARE of the commits each. How often
each happened stands in DATA_DIR/crashes, a letter for each.
"""

import os
import random
import signal

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from interviewkit.wsgi import application

__all__ = ["application"]

SHARE = float(os.environ["CRASH_SHARE"])
CRASHES = settings.DATA_DIR / "crashes"
_commit = BaseDatabaseWrapper._commit


def _crash_now_and_then(moment):
    if random.random() < SHARE:  # noqa: S311 dice, not secrets
        with CRASHES.open("a") as crashes:
            crashes.write(moment)
        os.kill(os.getpid(), signal.SIGKILL)


def _commit_or_crash(connection):
    _crash_now_and_then("b")
    _commit(connection)
    _crash_now_and_then("a")


BaseDatabaseWrapper._commit = _commit_or_crash
