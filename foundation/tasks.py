"""Background work: `task` of Django's tasks API, built into Django 6; queued in the database, run by accounts/working.py."""

try:
    from django.tasks import task
except ImportError:
    from django_tasks import task  # type: ignore[no-redef,unused-ignore]

__all__ = ["task"]
