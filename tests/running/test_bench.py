"""The bench can fail: one missed goal is enough, and everything is measured and printed all the same."""

import pytest

from tests.bench.__main__ import main
from tests.bench.figures import Figure


def test_a_missed_goal_is_a_failure_and_the_rest_is_still_printed(capfd):
    assert main(["_slips"]) == 1
    said = capfd.readouterr().out.splitlines()
    assert [line.split()[0] for line in said[:-1]] == ["MISSED", "holds", "told", "MISSED"]
    assert said[-1] == "3 figures, 2 missed"


def test_a_measure_that_breaks_is_named_and_a_failure(capfd):
    assert main(["none_such"]) == 1
    assert capfd.readouterr().out.splitlines()[-1] == "0 figures, 0 missed; not measured to the end: none_such"


@pytest.mark.parametrize(
    ("value", "goal", "holds"), [(1, 1, True), (1.01, 1, False), (9, None, True), (float("nan"), 1, False)]
)
def test_a_figure_holds_up_to_its_goal(value, goal, holds):
    assert Figure("x", value, goal).holds is holds
