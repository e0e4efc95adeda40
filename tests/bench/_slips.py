"""Figures that are no measure: for the test that the bench can fail. A name with a line before it is run only when asked."""

from tests.bench.figures import Figure


def figures():
    yield Figure("missed", 21, 20, "requests")
    yield Figure("held", 200, 250, "KB")
    yield Figure("told", 9, None)
    yield Figure("of nothing", float("nan"), 1)
