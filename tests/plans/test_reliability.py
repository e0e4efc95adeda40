"""Expected reliability, against the figures that are worked out from the published single-rater values."""

import pytest

from plans.reliability import PANEL, SEPARATE, Expected, raters_for, stepped_up


@pytest.mark.parametrize(
    ("single", "raters", "worked_out"),
    [(SEPARATE, 1, 0.44), (SEPARATE, 2, 0.61), (SEPARATE, 3, 0.70), (SEPARATE, 4, 0.76), (SEPARATE, 5, 0.80),
     (SEPARATE, 6, 0.83), (PANEL, 1, 0.74), (PANEL, 2, 0.85), (PANEL, 3, 0.90), (PANEL, 4, 0.92)],
)  # fmt: skip
def test_a_mean_of_several_ratings_is_stepped_up(single, raters, worked_out):
    assert abs(stepped_up(single, raters) - worked_out) < 0.0051


def test_no_rating_is_worth_nothing():
    assert stepped_up(SEPARATE, 0) == 0


@pytest.mark.parametrize(("wanted", "raters"), [(0.70, 3), (0.80, 6), (0.44, 1)])
def test_so_many_separate_interviewers_reach_a_wanted_reliability(wanted, raters):
    assert raters_for(SEPARATE, wanted) == raters


def test_panels_are_told_apart_from_the_loop():
    expected = Expected(interviews=2, panels=(("System design", 2),))
    assert round(expected.of_loop, 2) == 0.61
    [(stage, people, value)] = expected.of_panels
    assert (stage, people, round(value, 2)) == ("System design", 2, 0.85)
    assert expected.enough == 6
