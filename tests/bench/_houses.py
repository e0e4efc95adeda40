"""Several houses at once, each in a scratch database of its own, so that they are measured side by side in one process."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Self

from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext

from accounts.running import gather_static
from tests.bench._straight import asks
from tests.bench.figures import Figure, side_by_side

ALIAS = "default"


@contextmanager
def houses(fill: Callable[[int], object], sizes: tuple[int, ...]) -> Iterator[dict[int, "House"]]:
    """Size → a house that `fill(size)` has filled, in one transaction each; all are gone afterwards."""
    gather_static()
    before, made = connections[ALIAS], {}
    folder = Path(tempfile.mkdtemp(prefix="kit-bench-"))
    try:
        for size in sizes:
            made[size] = House(folder, size)
            with made[size]:
                made[size].made_of(fill)
        yield made
    finally:
        for house in made.values():
            house.tear_down()
        connections[ALIAS] = before
        shutil.rmtree(folder)


def compared(
    name: str, made: "dict[int, House]", paths: dict[int, str], *, who: str, goal: float | None
) -> Iterator[Figure]:
    """As many statements in every house, and at most `goal` times the time of the smallest, for the page at `paths`."""
    calls = {size: house.asks(getattr(house.people, who), paths[size]) for size, house in made.items()}
    counts = {size: made[size].statements(call) for size, call in calls.items()}
    least = min(made)
    yield Figure(f"{name}: statements", max(counts.values()), counts[least], "statements")
    spent = side_by_side({str(size): call for size, call in calls.items()})
    base = spent[str(least)]
    for size in sorted(set(made) - {least}):
        own = spent[str(size)]
        shown = f"{own * 1000:.1f} ms against {base * 1000:.1f}"
        yield Figure(f"{name}: {size:,} rows against {least:,}", own / base, goal, "×", shown)


class House:
    """One scratch database. Within `with house`, or while it answers, it is the one that everything reads and writes."""

    def __init__(self, folder: Path, size: int) -> None:
        self.size = size
        self.connection = connections.create_connection(ALIAS)
        own = self.connection.settings_dict = deepcopy(self.connection.settings_dict)
        is_file = self.connection.vendor == "sqlite"
        own["TEST"]["NAME"] = str(folder / f"{size}.sqlite3") if is_file else f"kit_bench_{size}"
        with self:
            self.connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)

    def __enter__(self) -> Self:
        connections[ALIAS] = self.connection
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def made_of(self, fill: Callable[[int], object]) -> None:
        with transaction.atomic():
            self.people = fill(self.size)
        if self.connection.vendor == "postgresql":
            # What its own housekeeping does within a minute; SQLite plans without figures, here as in a real house.
            with self.connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def asks(self, user: object, path: str) -> Callable[[], bytes]:
        """A call that opens `path` here as `user` does, and fails unless it is answered; it returns the page."""
        with self:
            straight = asks(user, path)

        def call() -> bytes:
            with self:
                return straight()

        return call

    def statements(self, call: Callable[[], object]) -> int:
        with self, CaptureQueriesContext(self.connection) as spent:
            call()
        return len(spent)

    @contextmanager
    def counting(self) -> Iterator[Callable[[], int]]:
        """How many statements there were so far, counted so lightly that they may be timed meanwhile."""
        sent = []

        def execute(go: Callable[..., object], sql: str, *rest: object) -> object:
            sent.append(sql)
            return go(sql, *rest)

        with self, self.connection.execute_wrapper(execute):
            yield lambda: len(sent)

    def tear_down(self) -> None:
        with self:
            self.connection.creation.destroy_test_db("", verbosity=0)
