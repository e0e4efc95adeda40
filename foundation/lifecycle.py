"""State moves: a table of what may follow what, and one conditional UPDATE that makes the move."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A rule of the house says no. Nothing was written; `sentence` tells the person why, `field` where it belongs."""

    def __init__(self, sentence: str | Promise, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


class MoveRefused(Refused):
    """The row is no longer in a state from which this move leads: somebody was first, or the page is old."""

    def __init__(self) -> None:
        super().__init__(_("This was changed meanwhile, so nothing was done. Look at how it stands now, then decide."))


@dataclass(frozen=True)
class Lifecycle:
    """The states of one column and the moves between them."""

    moves: Mapping[str, frozenset[str]] = field(hash=False)
    column: str = "status"

    def move(self, row: Model, to: str, **also: Any) -> None:
        """Move `row` to state `to`, writing the columns `also` with it; of two callers at most one succeeds.

        Raises MoveRefused, with nothing written, when the stored row is in no state that leads there.
        """
        if not self.move_if_due(row, to, **also):
            raise MoveRefused
        setattr(row, self.column, str(to))
        # Read back, since a column may keep a text in another form than it was given in; nothing to read, no statement.
        row.refresh_from_db(fields=[*also])

    def move_if_due(self, row: Model, to: str, **also: Any) -> bool:
        """The same in one statement that is nobody's mistake when it comes too late; `row` is left as it was read."""
        sources = [state for state, targets in self.moves.items() if to in targets]
        here = type(row)._default_manager.filter(pk=row.pk, **{f"{self.column}__in": sources})
        return bool(here.update(**{self.column: to}, **also))
