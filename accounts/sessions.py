"""The sessions of one person, ended at once when what they may do has changed."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from accounts.models import User
from foundation import clock


def end_sessions(person: User) -> None:
    """Sign `person` out everywhere. Reads every running session: its owner stands only inside it."""
    running = Session.objects.filter(expire_date__gt=clock.now()).iterator()
    theirs = [session.pk for session in running if session.get_decoded().get(SESSION_KEY) == str(person.pk)]
    Session.objects.filter(pk__in=theirs).delete()
