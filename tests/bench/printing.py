"""What printing costs those who save scores, and what a warm printer saves over a process per document.

Printed meanwhile are as many documents as the house prints at once, none of which would ever end.
"""

import logging
import threading
import time
from contextlib import contextmanager
from statistics import median, quantiles

from printing import pdf
from tests.bench.figures import Figure, side_by_side

SAVES = 30


def figures():
    logging.getLogger("printing.pdf").setLevel(logging.ERROR)  # each hostile document is logged
    with _tab() as save:
        taken = {"quiet": [], "printing": []}
        cpu = side_by_side(
            {
                "quiet": lambda: taken["quiet"].extend(_saves(save)),
                "printing": lambda: taken["printing"].extend(_beside(save)),
            }
        )
    late = {name: quantiles(seconds, n=20)[-1] for name, seconds in taken.items()}
    beside = f"while {pdf.AT_ONCE} endless documents are printed"
    yield Figure(f"CPU of a save {beside}", cpu["printing"] / cpu["quiet"], 1.5, how="to none")
    said = f"{late['printing'] * 1000:.1f} ms against {late['quiet'] * 1000:.1f}"
    yield Figure(f"Time of a save {beside}, p95", late["printing"] / late["quiet"], 1.5, how=said)
    yield Figure("Time of a short PDF from a warm printer", _short([]) / _short(["--cold"]), 0.5, how="to a cold one")


@contextmanager
def _tab():
    """A function that saves one score through the whole of the web app, on a database made for this."""
    from django.test import Client
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from accounts.running import gather_static
    from tests.factories import ScorecardFactory
    from tests.interviews.saving import Tab, scored

    gather_static()
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    card = ScorecardFactory()
    client = Client()
    client.force_login(card.interviewer)
    tab, score = Tab(client, card), scored(card)
    done = iter(range(1_000_000))

    def save():
        version = next(done)
        answer = tab.save(score, expected=version, level=version % 5 + 1)
        assert answer.status_code == 200, answer.content

    try:
        yield save
    finally:
        teardown_databases(made, verbosity=0)


def _saves(save):
    """Seconds by the clock for each of some saves."""
    taken = []
    for _ in range(SAVES):
        start = time.perf_counter()
        save()
        taken.append(time.perf_counter() - start)
    return taken


def _beside(save):
    """The same, while documents that would never end are being printed; they are stopped when the saves are done."""
    from tests.printing.runs import ENDLESS

    def print_one():
        try:
            pdf.render_pdf(ENDLESS)
        except pdf.NotPrinted:
            return

    pdf.available()  # a printer is started here, not during the saves
    printing = [threading.Thread(target=print_one) for _place in range(pdf.AT_ONCE)]
    for one in printing:
        one.start()
    time.sleep(0.2)
    taken = _saves(save)
    assert all(one.is_alive() for one in printing), "A document ended before the saves did."
    pdf.close()
    for one in printing:
        one.join()
    return taken


def _short(arguments):
    """Seconds by the clock for a short document, from a printer started with `arguments` and once used."""
    from tests.printing.runs import SHORT

    pdf._printer.stop()
    pdf.COMMAND[3:] = arguments
    pdf.render_pdf(SHORT)
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        pdf.render_pdf(SHORT)
        taken.append(time.perf_counter() - start)
    return median(taken)
