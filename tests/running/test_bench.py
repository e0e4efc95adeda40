"""The bench can fail: one missed goal is enough, and everything is measured and printed all the same."""

import sys
from types import SimpleNamespace

import pytest

from tests.bench.__main__ import one
from tests.bench.figures import Figure

HELD, MISSED = Figure("weight", 200, 250, "KB"), Figure("requests", 21, 20, "requests")


@pytest.mark.parametrize(
    ("figures", "code"), [([HELD], 0), ([MISSED, HELD], 1), ([HELD, Figure("none", float("nan"), 1)], 1)]
)
def test_a_missed_goal_is_a_failure_and_the_rest_is_still_printed(monkeypatch, capsys, figures, code):
    monkeypatch.setitem(sys.modules, "tests.bench.sample", SimpleNamespace(figures=lambda: iter(figures)))
    assert one("sample") == code
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] == "holds" for line in said] == [figure.holds for figure in figures]
