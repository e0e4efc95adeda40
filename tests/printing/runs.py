"""Documents for the printer, and how its processes are watched from outside."""

import fcntl
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

from printing import pdf

SHORT = '<html lang="en"><head><title>x</title></head><body><p>A few words.</p></body></html>'
# Shapes in shapes, a million of them.
ENDLESS = "".join(f'<g id="g{n + 1}">' + f'<use href="#g{n}"/>' * 10 + "</g>" for n in range(6))
ENDLESS = f'<html lang="en"><svg><g id="g0"><rect width="1" height="1"/></g>{ENDLESS}<use href="#g6"/></svg></html>'
PAGES = '<html lang="en"><p style="break-after: page">x</p>' + '<p style="break-after: page">x</p>' * 9
LARGE = f'<html lang="en"><!--{"x" * 30_000_000}--><p>x</p></html>'


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def until(claim, seconds=20):
    """Whether `claim()` comes true before anyone would give up waiting."""
    end = time.monotonic() + seconds
    while not (found := claim()) and time.monotonic() < end:
        time.sleep(0.02)
    return found


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


@contextmanager
def printing(own):
    """An endless document in `own` printer's hands: (pid of its child, what became of it so far)."""
    outcome = []

    def ask():
        try:
            outcome.append(pdf.render_pdf(ENDLESS))
        except pdf.NotPrinted as problem:
            outcome.append(problem)

    own.is_able()
    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield until(lambda: children(own.process.pid))[0], outcome
    finally:
        own.process.kill()
        thread.join()


@contextmanager
def places_held(folder):
    """Every place at the printer taken, as if other documents were being printed."""
    with ExitStack() as held:
        places = [held.enter_context(Path(folder, f"printing-{n}").open("ab")) for n in range(pdf.AT_ONCE)]
        for place in places:
            fcntl.flock(place, fcntl.LOCK_EX)
        yield places
