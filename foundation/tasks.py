"""Background work: Django's tasks API, which Django 6 has built in and Django 5.2 takes from a package.

A task is queued in the database by the transaction that makes it due, and run by the one worker (accounts/working.py).
"""

try:
    from django.tasks import task
except ImportError:
    from django_tasks import task  # type: ignore[no-redef,unused-ignore]

__all__ = ["task"]
