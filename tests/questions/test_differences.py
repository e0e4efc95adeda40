"""What changed between two texts, in words."""

from itertools import pairwise
from random import Random

import pytest

from questions.differences import words_changed

WORDS = ["the", "model", "costs", "4.5", "a", "rate", "don’t", "say-so", ",", ".", "\n", "|", "(x)", "ß", "—"]


def told(old, new):
    """`new` with what went in [-brackets-] and what came in {+brackets+}."""
    marks = {(True, True): "{}", (True, False): "[-{}-]", (False, True): "{{+{}+}}"}
    return "".join(marks[piece.in_old, piece.in_new].format(piece.text) for piece in words_changed(old, new))


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("Ask why.", "Ask why.", "Ask why."),
        ("", "", ""),
        ("", "Ask.", "{+Ask.+}"),
        ("Ask.", "", "[-Ask.-]"),
        ("Names the cost of each error", "Names the price of each error", "Names the[- cost-]{+ price+} of each error"),
        ("one\ntwo\nthree", "one\nthree", "one\n[-two\n-]three"),
        ("Two models, one budget", "Three models, one budget", "[-Two-]{+Three+} models, one budget"),
        ("4%", "14%", "[-4-]{+14+}%"),
        ("It is, so ask", "It was. So ask", "It[- is, so-]{+ was. So+} ask"),
        (
            "Why is it so, and who says it?",
            "Count it, then say by how much.",
            "[-Why is it so, and who says it?-]{+Count it, then say by how much.+}",
        ),
        (
            "Ask why.",
            "Ask why. Then ask who bears the cost of each error.",
            "Ask why.{+ Then ask who bears the cost of each error.+}",
        ),
        ("spaces  do not\tcount", "spaces do not count", "spaces do not count"),
        ("don’t", "do", "[-don’t-]{+do+}"),
    ],
)
def test_a_change_is_told_in_words(old, new, change):
    assert told(old, new) == change


def without_blanks(text):
    return "".join(text.split())


@pytest.mark.parametrize("seed", range(30))
def test_the_pieces_give_both_texts_again(seed):
    dice = Random(seed)  # noqa: S311 words by chance, not a secret
    old, new = (" ".join(dice.choices(WORDS, k=dice.choice([0, 3, 40, 400]))) for _ in range(2))
    pieces = words_changed(old, new)
    assert without_blanks("".join(piece.text for piece in pieces if piece.in_old)) == without_blanks(old)
    assert "".join(piece.text for piece in pieces if piece.in_new) == new
    assert all(piece.text for piece in pieces)
    assert not any(one.is_same and other.is_same for one, other in pairwise(pieces))


def test_one_cell_of_a_long_table_is_one_change():
    table = "| 1 | 2 |\n" * 300
    new = table[:1500] + table[1500:].replace("2", "3", 1)
    assert [piece.text for piece in words_changed(table, new) if not piece.is_same] == [" 2", " 3"]
