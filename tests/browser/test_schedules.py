"""Nothing lost, nothing doubled, and a line that never lies: seeded schedules of bad weather."""

import pytest

from tests.browser.schedules import FAULTS, Stage, draw
from tests.factories import ScorecardFactory, UserFactory

WEATHER = ("ERR_", "500", "502", "503", "401", "409", "Failed to fetch")


def _play(house, seeds):
    open_page, findings = house
    findings.expected.update(WEATHER)
    stage = Stage(open_page, UserFactory())
    for seed in seeds:
        stage.play(ScorecardFactory(interviewer=stage.interviewer), seed)


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
