"""Nothing lost, nothing doubled, and a line that never lies: seeded schedules of bad weather."""

import pytest

from tests.browser.schedules import FAULTS, Lie, Stage, draw
from tests.factories import ScorecardFactory, UserFactory

WEATHER = ("ERR_", "500", "502", "503", "401", "403", "409", "Failed to fetch")
# (script, what stands there, what stands there instead): each takes one protection out.
PLANTED = {
    "nothing lies on the disk": ("shelf", "if (!isProtected()) return null;", "return null;"),
    "each try is another operation": (
        "outbox",
        "post(edit.url, body,",
        "post(edit.url, body.replace(operation, newId()),",
    ),
    "every edit has the same number": ("outbox", "?? 0) + 1;", "?? 0) * 0 + 1;"),
    "a page that a redirect led to is an answer": (
        "courier",
        'redirect: "manual",',
        'redirect: "follow",',
        "|| (response.status === 200 && !json)",
        "",
    ),
    "the line does not wait for the answer": ("score", 'if (count) return say("saving", "saving");', ""),
    "what is offline is not said": ("score", "if (count && outbox.trouble) {", "if (false) {"),
}
# The shortest weather in which each is found.
SHORTEST = {
    "nothing lies on the disk": [("fault", "offline"), ("type", 0, 0, "evidence", "Words"), ("kill", 0)],
    "each try is another operation": [("fault", "lost"), ("type", 0, 0, "answer", "4"), ("wait", 0.3)],
    "every edit has the same number": [
        ("type", 0, 0, "answer", "4"),
        ("wait", 0.4),
        ("type", 0, 0, "answer", "2"),
        ("wait", 0.4),
    ],
    "a page that a redirect led to is an answer": [
        ("fault", "redirect"),
        ("type", 0, 0, "answer", "4"),
        ("wait", 0.4),
    ],
    "the line does not wait for the answer": [
        ("type", 0, 0, "answer", "4"),
        ("wait", 0.4),
        ("type", 0, 1, "evidence", "Words"),
    ],
    "what is offline is not said": [
        ("type", 0, 0, "answer", "4"),
        ("wait", 0.4),
        ("fault", "offline"),
        ("type", 0, 1, "answer", "2"),
        ("wait", 0.4),
    ],
}


def _stage(house):
    open_page, findings = house
    findings.expected.update(WEATHER)
    return Stage(open_page, UserFactory())


def _play(stage, seed, steps=None):
    stage.play(ScorecardFactory(interviewer=stage.interviewer), seed, steps)


def _play_all(stage, seeds):
    for seed in seeds:
        _play(stage, seed)


def _plant(context, script, *changes):
    def alter(route):
        answer = route.fetch()
        text = answer.text()
        for there, instead in zip(changes[::2], changes[1::2], strict=True):
            assert there in text, f"{script} no longer says {there}"
            text = text.replace(there, instead)
        route.fulfill(response=answer, body=text)

    context.route(f"**/static/js/{script}.*.js", alter)


@pytest.mark.parametrize("first", [0, *(pytest.param(first, marks=pytest.mark.long) for first in (5, 10, 15, 20))])
def test_nothing_is_lost_or_doubled_and_the_line_never_lies(house, first):
    stage = _stage(house)
    _play_all(stage, range(first, first + 5))


@pytest.mark.long
@pytest.mark.parametrize("first", range(25, 500, 25))
def test_the_same_in_much_more_weather(house, first):
    stage = _stage(house)
    _play_all(stage, range(first, first + 25))


def test_the_schedules_meet_every_kind_of_trouble():
    steps = [step for seed in range(25) for step in draw(seed)]
    assert {step[1] for step in steps if step[0] == "fault"} >= set(FAULTS)
    assert {"reload", "kill", "submit"} <= {step[0] for step in steps}
    assert any(step[0] == "type" and step[1] == 1 for step in steps)


@pytest.mark.parametrize(
    "planted", [next(iter(PLANTED)), *(pytest.param(planted, marks=pytest.mark.long) for planted in [*PLANTED][1:])]
)
def test_each_protection_is_missed_in_the_weather_it_is_for(house, planted):
    stage = _stage(house)
    _play(stage, 0, SHORTEST[planted])
    bare = _stage(house)
    _plant(bare.context, *PLANTED[planted])
    with pytest.raises(Lie):
        _play(bare, 0, SHORTEST[planted])


@pytest.mark.long
@pytest.mark.parametrize("planted", PLANTED)
def test_the_seeded_schedules_miss_each_protection(house, planted):
    stage = _stage(house)
    house[1].expected.add("422")  # without a protection the server refuses what it would never have met
    _plant(stage.context, *PLANTED[planted])
    with pytest.raises(Lie):
        _play_all(stage, range(25))
