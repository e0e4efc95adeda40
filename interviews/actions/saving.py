"""The contract of one save, the same for a score and for what is written on the card itself."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from django.db import connection
from django.db.models import UUIDField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import clock
from foundation.lifecycle import Refused
from interviews.models import CardEdit, Scorecard, ScoreEdit

AnyEdit = ScoreEdit | CardEdit


def as_json(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class SaveReply:
    """What a save is answered with: an HTTP status and a JSON text, the same bytes for the same operation."""

    status: int
    body: str

    @classmethod
    def saying(cls, status: int, **facts: Any) -> Self:
        return cls(status, as_json(facts))

    @property
    def facts(self) -> dict[str, Any]:
        return dict(json.loads(self.body))


def settle_edit(
    edit: AnyEdit, fields: Mapping[str, Any], card: Scorecard, apply: Callable[[Mapping[str, Any]], None]
) -> SaveReply:
    """Answer `edit` of a row of `card`, both held: with its stored reply, a refusal, a conflict, or by `apply`.

    What 200 acknowledges is written, in the caller's transaction; whatever was not known before becomes history.
    """
    before = _history(edit)
    if before["same"]:
        return _stored(before["same"], edit)
    if closed := why_closed(card):
        return SaveReply.saying(403, message=closed)
    return _judge(edit, fields, before, apply)


def why_closed(card: Scorecard) -> str:
    """Why nothing more is written on `card`; empty while it is open."""
    if card.status == Scorecard.Status.SUBMITTED:
        return _("This scorecard has been submitted, so it can no longer change.")
    if card.status == Scorecard.Status.WAIVED:
        return _("This seat has been waived, so nothing more is saved on its scorecard.")
    return ""


def _history(edit: AnyEdit) -> dict[str, int]:
    """`same`: the key of the edit that came with this operation; `last`: the sequence that this client last applied;
    and for each part the version that another client last brought about. 0 where there is none.
    """
    stored = UUIDField().get_db_prep_value
    stamp = {name: stored(getattr(edit, name), connection) for name in ("operation", "client")}
    with connection.cursor() as cursor:
        cursor.execute(_history_of(type(edit)), {**stamp, "row": edit.row.pk})
        found = cursor.fetchone()
    return {name: value or 0 for name, value in zip(("same", "last", *edit.PARTS), found, strict=True)}


@cache
def _history_of(model: type[AnyEdit]) -> str:
    """Written out, since a save spends a third of its time on having this made anew, while others wait for the lock."""
    here = f"applied AND {model.ROW}_id = %(row)s"
    columns = [
        "CASE WHEN operation = %(operation)s THEN id END",
        f"CASE WHEN {here} AND client = %(client)s THEN sequence END",
        *(
            f"CASE WHEN {here} AND client <> %(client)s AND touches_{part} THEN resulting_version END"
            for part in model.PARTS
        ),
    ]
    selected = ", ".join(f"MAX({column})" for column in columns)
    table = model._meta.db_table
    return f"SELECT {selected} FROM {table} WHERE operation = %(operation)s OR {model.ROW}_id = %(row)s"  # noqa: S608 own names


def _stored(pk: int, edit: AnyEdit) -> SaveReply:
    earlier: AnyEdit | None = type(edit).objects.filter(**{edit.ROW: edit.row}, pk=pk).first()
    if earlier is None:
        raise Refused(gettext_lazy("This operation belongs to another score. Load the page again."), "operation")
    return SaveReply(earlier.status, earlier.reply)


def _judge(
    edit: AnyEdit, fields: Mapping[str, Any], before: Mapping[str, int], apply: Callable[[Mapping[str, Any]], None]
) -> SaveReply:
    """Apply a new edit of an open card, or find it old or disputed; in each case it becomes history."""
    touched = [part for part, names in edit.PARTS.items() if any(name in fields for name in names)]
    for part in touched:
        setattr(edit, f"touches_{part}", True)
    edit.fields, edit.at = as_json(fields), clock.now()
    if edit.sequence <= before["last"]:
        return _settle(edit, 200, {"applied": False, **_said(edit), "current": _values(edit, edit.PARTS)})
    disputed = [part for part in touched if before[part] > edit.expected_version]
    if disputed:
        return _settle(edit, 409, _both(edit, fields, disputed))
    apply(fields)
    return _settle(edit, 200, {"applied": True, **_said(edit)})


def _values(edit: AnyEdit, parts: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(edit.row, name) for part in parts for name in edit.PARTS[part]}


def _said(edit: AnyEdit) -> dict[str, Any]:
    return {"version": edit.row.version, "saved_at": edit.at.isoformat()}


def _both(edit: AnyEdit, fields: Mapping[str, Any], disputed: list[str]) -> dict[str, Any]:
    return {
        "message": _("This was changed elsewhere since you opened it. Choose which to keep."),
        "version": edit.row.version,
        "parts": disputed,
        "yours": dict(fields),
        "theirs": _values(edit, disputed),
    }


def _settle(edit: AnyEdit, status: int, body: dict[str, Any]) -> SaveReply:
    """Write the edit with its reply, so that a repeat finds both."""
    reply = SaveReply(status, as_json(body))
    edit.status, edit.reply = reply.status, reply.body
    edit.applied, edit.resulting_version = body.get("applied", False), body["version"]
    edit.save(force_insert=True)
    return reply
