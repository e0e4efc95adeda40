"""An open card, its interviewer at the browser, and a tab of theirs."""

import pytest

from tests.factories import ScorecardFactory
from tests.interviews.saving import Tab


@pytest.fixture
def card():
    return ScorecardFactory()


@pytest.fixture
def mine(card, signed_in):
    return signed_in(card.interviewer)


@pytest.fixture
def tab(mine, card):
    return Tab(mine, card)
