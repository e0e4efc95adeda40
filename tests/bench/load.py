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
# Long enough for 50 saves of the few, and for a queue to show itself with the many.
LENGTHS = {(CALM, FEW): 36, (CALM, MANY): 18, (CALM, MOST): 18, (BUSY, MANY): 14, (BUSY, MOST): 14}
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
    people, days, wrong, acknowledged = house.fill(MOST), {}, [], []
    house.start()
    asyncio.run(_spent(people[:FEW], 1, 5))  # every process has its rules and statements at hand
    for (period, number), length in LENGTHS.items():
        days[period, number] = day = asyncio.run(_spent(people[:number], period, length))
        acknowledged += day.tally.acknowledged
        count = house.count(acknowledged)
        wrong.append(count.lost + count.doubled + count.stale)
    few, many, most = (days[CALM, number] for number in (FEW, MANY, MOST))
    for day, number, goal in ((many, MANY, 2), (most, MOST, 5)):
        shown = f"p95 {day.p95:.0f} ms against {few.p95:.0f} ms, {len(day.tally.acknowledged)} saves"
        yield Figure(
            f"{name}, a save every {CALM} s: {number} people against {FEW}", day.p95 / few.p95, goal, "×", shown
        )
    calm, rush = days[BUSY, MANY], days[BUSY, MOST]
    shown = (
        f"{rush.throughput:.0f} saves/s against {calm.throughput:.0f}, p95 {rush.p95:.0f} ms against {calm.p95:.0f} ms"
    )
    shown += f"; natural code, measured 2026-11: {NATURAL[name]}"
    yield Figure(
        f"{name}, a save every {BUSY} s: {MANY} people's throughput against {MOST}'s",
        calm.throughput / rush.throughput,
        1 / 0.9,
        "×",
        shown,
    )
    failed = [status for day in days.values() for status in day.tally.failed]
    kept = f"{len(acknowledged)} acknowledged, rows counted after each of {len(days)} loads"
    yield Figure(f"{name}: saves not answered with 200", len(failed), 0, "saves", str(sorted(set(failed)) or ""))
    yield Figure(f"{name}: acknowledged and lost, doubled or overwritten", sum(wrong), 0, "saves", kept)


async def _spent(people: list[Person], period: float, length: float) -> Day:
    tally, start = Tally(), time.monotonic()
    await asyncio.gather(*(person.save_every(period, start + length, tally) for person in people))
    return Day(tally, time.monotonic() - start)
