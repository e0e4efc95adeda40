"""What changed between two texts, told in words. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

# A word or a single mark with the blanks before it, a line break, blanks at the end of a line.
_TOKEN = re.compile(r"[^\S\n]*(?:\w+(?:[-'’]\w+)*|[^\w\s])|\n|[^\S\n]+")
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Piece:
    """A run of text that stands in both (`in_old` and `in_new`), or in one of the two only."""

    text: str
    in_old: bool = True
    in_new: bool = True

    @property
    def is_same(self) -> bool:
        return self.in_old and self.in_new

    @property
    def blanks(self) -> str:
        """What stands before the first word: nobody wants that underlined."""
        return self.text[: len(self.text) - len(self.words)]

    @property
    def words(self) -> str:
        return self.text.lstrip()


def words_changed(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in order, what went before what came in its place; one piece where nothing changed.

    Where less than a third of the shorter one is left in the other, they share little but small words: all is changed.

    Those of `in_old` give `old` again, those of `in_new` give `new`; but blanks between words do not count: where
    nothing else changed, they stand as in `new`.
    """
    pieces = []
    for was, now, is_same in _joined(_runs(_TOKEN.findall(old), _TOKEN.findall(new))):
        found = [Piece(now)] if is_same else [Piece(was, in_new=False), Piece(now, in_old=False)]
        pieces += [piece for piece in found if piece.text]
    return pieces


_Run = tuple[str, str, bool]


def _runs(old: list[str], new: list[str]) -> Iterator[_Run]:
    """What both say by turns the same and differently: old text, new text, whether they are the same."""
    before, after = _keys(old), _keys(new)
    # The matcher passes over words that are frequent in a long text, so a change in a table would take all of it along.
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    matcher = SequenceMatcher(None, before[head : ends[0]], after[head : ends[1]])
    left = head + tail + sum(block.size for block in matcher.get_matching_blocks())
    if left * 3 < min(len(old), len(new)):
        yield "".join(old), "".join(new), False
        return
    yield "".join(old[:head]), "".join(new[:head]), True
    for kind, *places in matcher.get_opcodes():
        start, end, other_start, other_end = (head + place for place in places)
        yield "".join(old[start:end]), "".join(new[other_start:other_end]), kind == "equal"
    yield "".join(old[ends[0] :]), "".join(new[ends[1] :]), True


def _keys(tokens: Sequence[str]) -> list[str]:
    """Tokens as they are compared: without the blanks before them."""
    return [token.strip(" \t") for token in tokens]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many equal tokens both begin."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _joined(runs: Iterator[_Run]) -> list[_Run]:
    """The runs without empty ones, and with what is the same counted to the changes on both sides where it has no word."""
    found = [run for run in runs if run[0] or run[1]]
    joined: list[_Run] = []
    for place, (was, now, is_same) in enumerate(found):
        is_kept = is_same and not (0 < place < len(found) - 1 and not _WORD.search(now))
        if joined and joined[-1][2] == is_kept:
            before, after, _is_kept = joined.pop()
            joined.append((before + was, after + now, is_kept))
        else:
            joined.append((was, now, is_kept))
    return joined
