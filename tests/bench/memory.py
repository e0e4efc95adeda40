"""What one web worker holds after 200 pages, PDFs among them, and what it has loaded by then."""

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from tests.bench._demo import Demo, demo
from tests.bench.figures import Figure

KILOBYTES = 1024
MOST, PAGES, DOCUMENTS = 130, 200, 10
PEERS = {"Kiwi TCMS 16.2": 115, "pretalx 2026.2.1": 187, "Horilla": 312}
# Libraries that a web worker needs for no page: assembling belongs to a process of its own, and so do PDFs.
# (NumPy, which near-duplicates are looked for with, has a file of its own with scipy in its name.)
ELSEWHERE = ("/scipy/", "libpango")


def figures() -> Iterator[Figure]:
    if not Path("/proc/self/smaps_rollup").exists():
        sys.stdout.write("memory is read from /proc, which this system lacks\n")
        return
    with demo() as house:
        worker = _worker(house.server)
        people = {email: _signed_in(house, email) for email in {page[1] for page in house.pages}}
        _read(house, people, islice(cycle(house.pages), PAGES - DOCUMENTS))
        before = _held(worker)
        _read(house, people, islice(cycle(_documents(house)), DOCUMENTS))
        after, loaded = _held(worker), _loaded(worker)
        other = _beside(house.server)
        queue, heavy = _held(other), _loaded(other)
    yield Figure(
        f"worker after {PAGES - DOCUMENTS} pages", before["Rss"], MOST, "MB", f"its own: {before['Pss']:.0f} MB"
    )
    both = f"worker after {PAGES} pages, {DOCUMENTS} of them PDFs"
    yield Figure(both, after["Rss"], MOST, "MB", f"its own: {after['Pss']:.0f} MB")
    beside = ", ".join(f"{name} {size}" for name, size in PEERS.items())
    yield Figure("the same, ahead of peers", after["Rss"], min(PEERS.values()) - 1, "MB", f"measured 2026-11: {beside}")
    yield Figure("libraries in the worker that belong elsewhere", len(loaded), 0, "", ", ".join(loaded))
    yield Figure("process that does what is queued", queue["Rss"], MOST, "MB", f"its own: {queue['Pss']:.0f} MB")
    yield Figure("libraries in it that belong elsewhere", len(heavy), 0, "", ", ".join(heavy))


def _worker(server: int) -> int:
    """The process that answers."""
    return next(pid for pid, line in _children(server) if "gunicorn" in line)


def _beside(server: int) -> int:
    """The process that does what is queued; a small one keeps it."""
    keeper = next(pid for pid, line in _children(server) if "accounts.keeper" in line)
    return next(pid for pid, line in _children(keeper) if "manage.py" in line)


def _children(process: int) -> Iterable[tuple[int, str]]:
    for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
        yield int(child), Path(f"/proc/{child}/cmdline").read_text()


def _held(process: int) -> dict[str, float]:
    """Megabytes by kind: Rss is all that is resident, Pss counts what is shared with the keeper by halves."""
    found = re.findall(r"^(Rss|Pss):\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
    return {kind: int(size) / KILOBYTES for kind, size in found}


def _loaded(process: int) -> list[str]:
    maps = Path(f"/proc/{process}/maps").read_text()
    return [library for library in ELSEWHERE if library in maps]


def _signed_in(house: Demo, email: str | None) -> OpenerDirector:
    browser = build_opener(HTTPCookieProcessor())
    if email:
        door = browser.open(f"{house.address}/sign-in/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', door)[1]
        sent = urlencode({"csrfmiddlewaretoken": token, "person": email.split("@")[0]}).encode()
        browser.open(f"{house.address}/demo/sign-in/", sent).close()
    return browser


def _documents(house: Demo) -> Iterable[tuple[str, str | None, str]]:
    for name, email, path in house.pages:
        if "packet_detail" in name:
            yield name, email, f"{path}packet.pdf"
        elif "scorecard_detail" in name:
            yield name, email, f"{path.rstrip('/')}.pdf"


def _read(house: Demo, people: dict[str | None, OpenerDirector], pages: Iterable[tuple[str, str | None, str]]) -> None:
    for name, email, path in pages:
        try:
            people[email].open(f"{house.address}{path}").read()
        except HTTPError as problem:
            if name not in {"not-found", "forbidden"}:
                raise
            problem.close()
