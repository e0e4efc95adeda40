"""A whole hire told in payloads: every page holds exactly the elements that it holds for plain words."""

from functools import cache

import pytest
from django.db import transaction

from tests.walls.reading import Page, strange
from tests.walls.walk import Walk, too_long
from tests.walls.words import STARTS, Hostile, ManyLines, Plain

pytestmark = pytest.mark.django_db


def walked(words):
    """The walk's pages; what it wrote is taken back."""
    with transaction.atomic():
        walk = Walk(words, too_long).all()
        transaction.set_rollback(True)
    return walk


@cache
def plain():
    """The pages in long words and in short ones: where names fit, a packet's grid is laid out otherwise."""
    return [{label: Page(html) for label, html in walked(words).seen.items()} for words in (Plain(), Plain("Word"))]


# Beginning at each turn, every field meets every payload of one line that fits it: see test_words.py.
# The short run does one such walk in a browser: tests/browser/test_hostile.py.
@pytest.mark.long
@pytest.mark.parametrize("start", range(STARTS))
def test_no_page_holds_an_element_more_for_hostile_words(start):
    walk = walked(Hostile(start))
    found = [
        f"{label}: {wrong}"
        for label, html in walk.seen.items()
        for wrong in min((list(strange(Page(html), pages[label])) for pages in plain()), key=len)
    ]
    assert not found, "\n".join(found)


@pytest.mark.long
def test_payloads_of_many_lines_bring_about_lines_and_nothing_else():
    found, lines = [], walked(Plain(more="\n\nAnd a line more.\nAnd another.")).seen
    for label, html in walked(ManyLines(0)).seen.items():
        page = Page(html)
        found += [f"{label}: {wrong}" for wrong in page.wrong]
        found += [f"{label}: {' '.join(path)}" for path in page.elements.keys() - Page(lines[label]).elements.keys()]
    assert not found, "\n".join(found)
