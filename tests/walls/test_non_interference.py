"""Blind is blind: what somebody may not read of a candidate changes nothing that they are told.

Two databases differ in the cards of one peer alone: untouched, half scored, submitted with the lowest or the highest of
everything, waived. Whoever may not read those cards asks every address of the house on both and must get the same bytes
in the same number of statements, once the token of a form, the id that a scoring page gives itself and the Date header
are taken out. Who may know what, as this battery takes it:

- With an open seat on any interview of the application, whatever one's rights and duties (panel, shadow, administrator,
  recruiter, hiring manager, committee): nothing of another's card, not that it is begun, submitted or waived.
- Hiring manager and committee without a seat, before everything is in: likewise nothing, for the packet opens at once.
- A stranger, the recruiter of another role, somebody whose seat was waived, a visitor: likewise nothing.
- The recruiter without a seat, an administrator (whose record of actions names who submitted and when) and a peer whose
  card is in may know how far a card is, and of an open one not what it says: for them only the content differs.
- A learner whose practice card is still open when the application is decided: not that it is.
"""

import pytest

from tests.walls.asking import (
    HTMX,
    JSON,
    additions,
    arrangements,
    documents,
    empty_writes,
    learned_pages,
    other_reads,
    printed,
    reads,
    saves,
)
from tests.walls.comparing import compare

pytestmark = pytest.mark.django_db

SEATED = (
    "panel", "elsewhere", "returning", "shadow", "sitting_administrator", "sitting_recruiter", "recruiter_elsewhere",
    "sitting_manager", "sitting_committee",
)  # fmt: skip
UNSEATED = ("manager", "committee", "stranger", "other_recruiter", "excused", "anonymous")
KNOWING = ("recruiter", "administrator", "done")
STATES = ("untouched", "begun low", "begun high", "submitted low", "submitted high", "waived")
# The two that lie farthest apart stand for all in the short form.
FAR_APART = ("untouched", "submitted low")
SHORT = {"panel", "recruiter_elsewhere"}
# Whoever may export and print lays every kind of file side by side.
FILES = {"text/html", "text/csv", "text/markdown", "application/json", "application/toml", "application/pdf"}
RECRUITERS = {"sitting_recruiter", "recruiter_elsewhere", "other_recruiter"}


def _some_long(names):
    return [name if name in SHORT else pytest.param(name, marks=pytest.mark.long) for name in names]


@pytest.mark.parametrize("name", _some_long([*SEATED, *UNSEATED]))
def test_every_page_is_the_same_whether_a_hidden_card_is_untouched_or_in(world, client_of, name):
    found = compare(world, client_of(name), reads(world), *FAR_APART)
    assert found.different == []
    assert found.pairs > 120
    assert found.kinds >= (FILES if name in RECRUITERS else {"text/html"})


@pytest.mark.parametrize("headers", [HTMX, pytest.param(JSON, marks=pytest.mark.long)])
def test_fragments_and_answers_for_scripts_are_the_same(world, client_of, headers):
    scripts = [script for script in other_reads(world) if script[0].headers == headers]
    found = compare(world, client_of("recruiter_elsewhere"), scripts, *FAR_APART)
    assert found.different == []


@pytest.mark.parametrize("name", ["panel", "recruiter_elsewhere"])
def test_ones_own_scoring_is_answered_the_same(world, client_of, name):
    found = compare(world, client_of(name), saves(world), *FAR_APART, "waived")
    assert found.different == []
    assert found.kinds >= {"text/html", "application/json"}


@pytest.mark.parametrize("name", _some_long(["sitting_recruiter", "recruiter_elsewhere"]))
def test_what_a_blind_recruiter_arranges_is_answered_the_same(world, client_of, name):
    arranged = [*arrangements(world, world.application, world.its_meetings), *additions(world.application)]
    found = compare(world, client_of(name), arranged, *FAR_APART, "waived")
    assert found.different == []
    assert found.pairs > 120


def test_ones_own_sealed_card_is_the_same_on_paper_to_the_byte(world, client_of):
    found = compare(world, client_of("returning"), documents(world, world.people["returning"]), *FAR_APART)
    assert found.different == []
    assert found.kinds == {"text/html", "application/pdf"}


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "sides"), [*((name, FAR_APART) for name in SEATED), ("recruiter", ("begun low", "begun high"))]
)
def test_kits_sheet_and_packet_are_the_same_on_paper_to_the_byte(world, client_of, name, sides):
    found = compare(world, client_of(name), printed(world), *sides)
    assert found.different == []
    assert "application/pdf" in found.kinds


@pytest.mark.parametrize("name", [KNOWING[0], *(pytest.param(name, marks=pytest.mark.long) for name in KNOWING[1:])])
def test_of_an_open_card_its_author_alone_reads_what_it_says(world, client_of, name):
    found = compare(world, client_of(name), reads(world), "begun low", "begun high")
    assert found.different == []
    assert found.pairs > 120


def test_a_learner_is_not_told_of_a_decision_before_the_practice_card_is_in(world, client_of):
    found = compare(world, client_of("learner"), learned_pages(world), "untouched", "decided")
    assert found.different == []


def test_a_recruiter_who_learns_is_not_told_of_a_decision_by_what_may_be_arranged(world, client_of):
    arranged = arrangements(world, world.learned, [world.meetings["learned"]])
    scripts = [*learned_pages(world), *arranged, *additions(world.learned)]
    found = compare(world, client_of("learning_recruiter"), scripts, "untouched", "decided")
    assert found.different == []


def test_a_decision_is_told_to_whoever_reads_it(world, client_of):
    """The battery sees what may be seen: else its silence would prove nothing."""
    decided = [script for script in learned_pages(world) if "?show=" in script[0].path]
    assert len(compare(world, client_of("manager"), decided, "untouched", "decided").different) == 2


@pytest.mark.long
@pytest.mark.parametrize("name", [*SEATED, *UNSEATED])
def test_every_answer_to_everything_is_the_same_however_the_hidden_cards_stand(world, client_of, name):
    arranged = [*arrangements(world, world.application, world.its_meetings), *additions(world.application)]
    states = compare(world, client_of(name), [*reads(world), *saves(world), *arranged], *STATES)
    asked = compare(world, client_of(name), [*other_reads(world), *empty_writes(world)], *FAR_APART)
    assert states.different + asked.different == []
    assert states.pairs + asked.pairs > 1000


@pytest.mark.long
@pytest.mark.parametrize("name", KNOWING)
def test_every_answer_to_everything_is_the_same_whatever_an_open_card_says(world, client_of, name):
    asked = [*reads(world), *other_reads(world), *empty_writes(world), *saves(world)]
    found = compare(world, client_of(name), asked, "begun low", "begun high")
    assert found.different == []
