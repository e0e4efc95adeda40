"""The append-only record: each entry carries the digest of the one before, so a change in the middle shows."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from django.db import models, transaction

from accounts.models import Entry, House, User
from foundation import clock

FIRST = "0" * 64


def _digest(entry: Entry) -> str:
    facts = [
        entry.previous,
        entry.actor_id,
        entry.verb,
        entry.subject_type,
        entry.subject_id,
        entry.note,
        entry.at.astimezone(UTC).isoformat(),
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def hold_record() -> None:
    """Let whoever else writes to the record wait until this transaction ends.

    `record` does it at the end of an action. An action that before its end writes rows which every other one may write
    holds the record first: of two such, one waits, instead of each for the other.
    """
    # On PostgreSQL this lock orders writers; on SQLite the IMMEDIATE transaction already has.
    House.objects.select_for_update().filter(pk=1).first()


def record(verb: str, subject: models.Model, *, by: User | None, note: str = "") -> None:
    """Append that `by` did `verb` to `subject`; `by` is None for the house itself. Part of the caller's transaction."""
    record_each([(verb, subject)], by=by, note=note)


@transaction.atomic
def record_each(done: Iterable[tuple[str, models.Model]], *, by: User | None, note: str = "") -> None:
    """Append one entry for each (verb, subject), in this order, as `record` does; at once, however many there are."""
    hold_record()
    previous = Entry.objects.order_by("-pk").values_list("digest", flat=True).first() or FIRST
    entries = []
    for verb, subject in done:
        entry = Entry(
            actor=by,
            verb=verb,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            note=note,
            at=clock.now(),
            previous=previous,
        )
        previous = entry.digest = _digest(entry)
        entries.append(entry)
    Entry.objects.bulk_create(entries)
    for listener in _listeners:
        listener(entries)


def newest_entry() -> int:
    """The key of the newest entry, 0 for none. While it stays the same, no action has changed anything in the house."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


Listener = Callable[[Sequence[Entry]], None]
_listeners: list[Listener] = []


def follow_record(listener: Listener) -> None:
    """Let an app above hear of what was done, once it is on record and within the same transaction."""
    _listeners.append(listener)


def first_broken_entry() -> Entry | None:
    """The first entry that does not follow from the one before it; None when the record is whole."""
    previous = FIRST
    for entry in Entry.objects.order_by("pk").iterator():
        if entry.previous != previous or entry.digest != _digest(entry):
            return entry
        previous = entry.digest
    return None


Limit = Callable[[User], datetime | None]
_limits: list[Limit] = []


def limit_reading(limit: Limit) -> None:
    """Let an app above say up to when the record is open to a person; None is all of it.

    The record names who did what, and its numbers count: so what must stay hidden closes all that came after it.
    """
    _limits.append(limit)


def open_until(user: User) -> datetime | None:
    """The moment from which on `user` may not read the record yet; None when there is none."""
    return min((moment for limit in _limits if (moment := limit(user))), default=None)
