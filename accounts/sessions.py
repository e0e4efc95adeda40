"""Sessions: which keys are any, and those of one person, ended at once when what they may do has changed."""

import re

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session

from accounts.models import User
from foundation import clock


class SessionStore(DatabaseStore):
    """Django's own; only, a cookie of another shape than a key's is no session, before a database stumbles over it."""

    def _validate_session_key(self, key: str | None) -> bool:
        return re.fullmatch("[a-z0-9]{32}", key or "") is not None


def end_sessions(person: User) -> None:
    """Sign `person` out everywhere. Reads every running session: its owner stands only inside it."""
    running = Session.objects.filter(expire_date__gt=clock.now()).iterator()
    theirs = [session.pk for session in running if session.get_decoded().get(SESSION_KEY) == str(person.pk)]
    Session.objects.filter(pk__in=theirs).delete()
