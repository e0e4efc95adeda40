"""Nothing lost, nothing doubled, and a line that never lies: seeded schedules of bad weather."""

import pytest

from tests.browser.schedules import FAULTS, draw, play
from tests.factories import ScorecardFactory

WEATHER = ("ERR_", "500", "502", "503", "401", "409", "Failed to fetch")


def _play(house, seeds, prepare=lambda context: None):
    open_page, findings = house
    findings.expected.update(WEATHER)
    for seed in seeds:
        play(open_page, ScorecardFactory(), seed, prepare)


@pytest.mark.parametrize("first", range(0, 25, 5))
def test_nothing_is_lost_or_doubled_and_the_line_never_lies(house, first):
    _play(house, range(first, first + 5))


@pytest.mark.long
@pytest.mark.parametrize("first", range(25, 500, 25))
def test_the_same_in_much_more_weather(house, first):
    _play(house, range(first, first + 25))


def test_the_schedules_meet_every_kind_of_trouble():
    steps = [step for seed in range(25) for step in draw(seed)]
    assert {step[1] for step in steps if step[0] == "fault"} >= set(FAULTS)
    assert {"reload", "kill", "submit"} <= {step[0] for step in steps}
    assert any(step[0] == "type" and step[1] == 1 for step in steps)
