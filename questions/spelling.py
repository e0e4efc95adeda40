"""What mistyped words may have been meant for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import User
from foundation.paging import Figure, counted
from questions.index import SHORTEST
from questions.models import Word
from questions.search import Wanted
from questions.sought import Sought, words_of

# At most so many readings of the words are tried.
TRIED = 3
# One slip in a short word, two in a longer one.
_TWO_SLIPS_FROM = 6


@dataclass(frozen=True)
class Meant:
    """Other words, which do find something."""

    wanted: Wanted
    found: Figure


def meant(wanted: Wanted, user: User) -> Meant | None:
    """What was meant where `wanted` finds nothing: words put right that find the most for `user` under its choices."""
    sought = Sought.of(wanted.words)
    typed = {word for term in sought.terms for word in term.words}
    unknown = typed - _known(typed) if typed else set()
    best: Meant | None = None
    for words in _readings(wanted.words, unknown):
        other = wanted.but(words=words)
        figure = counted(other.found(user))
        if figure.number > (best.found.number if best else 0):
            best = Meant(other, figure)
    return best


def slips(one: str, other: str, most: int) -> int:
    """How many letters were dropped, added, changed or swapped with their neighbour; `most` + 1 where it is more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        last, before, row = before, row, [place]
        for at, sought in enumerate(other, start=1):
            row.append(min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != sought)))
            if place > 1 < at and letter == other[at - 2] and one[place - 2] == sought:
                row[at] = min(row[at], last[at - 2] + 1)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _known(words: set[str]) -> set[str]:
    return set(Word.objects.filter(text__in=words).values_list("text", flat=True))


def _readings(text: str, unknown: set[str]) -> Iterator[str]:
    """`text` with every unknown word put right, in up to TRIED ways; none where there is one for which no word is known."""
    likely = {word: _likely(word) for word in sorted(unknown)}
    if not likely or not all(likely.values()):
        return
    for turn in range(min(TRIED, max(map(len, likely.values())))):
        right = {word: choices[min(turn, len(choices) - 1)] for word, choices in likely.items()}
        pieces = re.split(r"(\w[\w'’+#]*)", text)
        yield "".join(right.get(words[0], piece) if len(words := words_of(piece)) == 1 else piece for piece in pieces)


def _likely(word: str) -> list[str]:
    """The known words with the fewest slips, those that begin alike first."""
    if len(word) < SHORTEST:
        return []
    most = 1 if len(word) < _TWO_SLIPS_FROM else 2
    near = Word.objects.filter(length__range=(len(word) - most, len(word) + most)).values_list("text", flat=True)
    letters = set(word)
    # Each slip adds one letter and takes one at most: a look at the letters spares most of the counting.
    counted = ((slips(word, text, most), text) for text in near if len(letters ^ set(text)) <= 2 * most)
    found = [(number, text[0] != word[0], abs(len(text) - len(word)), text) for number, text in counted]
    least = min((number for number, *_rest in found), default=most + 1)
    return [text for number, *_rest, text in sorted(found) if number == least <= most]
