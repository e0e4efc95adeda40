"""What a reader types to find a question, and how a text and what is sought in it come to the same words.

Both databases are given words that were made here, so that they find the same: letters and figures alone, without case,
accents and the endings of plurals.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

# Beyond these nothing more is looked for, and no word is longer.
MOST_TERMS, LONGEST = 16, 60
_WORD = re.compile(r"[^\W_]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
# Names that would lose what tells them apart.
_SIGNS = (
    (re.compile(r"\b(c)\+\+", re.IGNORECASE), r"\1plusplus"),
    (re.compile(r"\b([cf])#", re.IGNORECASE), r"\1sharp"),
)
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
# A minus, then words in quotes (the closing ones may be still to come) or one word.
_TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)(?P<end>"?)|(?P<word>[^\s"]+))')


def words_of(text: str) -> list[str]:
    """The words of `text` in their order."""
    for sign, name in _SIGNS:
        text = sign.sub(name, text)
    text = _APOSTROPHE.sub("", text).casefold()
    if not text.isascii():
        text = _BEYOND_ASCII.sub(_without_marks, unicodedata.normalize("NFKD", text))
    return [word[:LONGEST] for word in _WORD.findall(text)]


def _without_marks(found: re.Match[str]) -> str:
    return "".join(mark for mark in found[0] if not unicodedata.combining(mark))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What singular and plural of an English word share."""
    if len(word) > 4 and word.endswith("es"):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and word[-2] not in "aisu":
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        return word[:-1]
    return f"{word[:-1]}i" if len(word) > 3 and word.endswith("y") else word


def stems_of(text: str) -> list[str]:
    """The words of `text` as they stand in the index."""
    return [stem(word) for word in words_of(text)]


@dataclass(frozen=True)
class Term:
    """Words that stand in a row; where `beginning` is said, the last of them may also be a longer word that begins so."""

    words: tuple[str, ...]
    beginning: str = ""

    @property
    def stems(self) -> tuple[str, ...]:
        return tuple(stem(word) for word in self.words)

    def places(self, words: Sequence[tuple[int, str]]) -> Iterator[int]:
        """Where the words of the term stand in a row among `words`, each with its place in a text."""
        for start in range(len(words) - len(self.words) + 1):
            row = words[start : start + len(self.words)]
            if self._is(tuple(word for _place, word in row)):
                yield from (place for place, _word in row)

    def _is(self, row: tuple[str, ...]) -> bool:
        *before, last = row
        ends = stem(last) == self.stems[-1] or bool(self.beginning and last.startswith(self.beginning))
        return ends and tuple(map(stem, before)) == self.stems[:-1]


@dataclass(frozen=True)
class Sought:
    """Every one of `terms` must stand in a text and none of `without`; the empty text seeks nothing."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, text: str) -> Self:
        """What `text` asks for: words, "words in a row" and -words that must not stand there.

        The word at the end may still be half typed. Whatever has no letter or figure in it is passed over.
        """
        terms: dict[bool, list[Term]] = {False: [], True: []}
        for found in _TERM.finditer(text := text.translate(_QUOTES)):
            words = tuple(words_of(found["phrase"] if found["word"] is None else found["word"]))
            is_open = found.end() == len(text) and not found["end"]
            term = Term(words, words[-1] if words and is_open and len(words[-1]) > 1 else "")
            if words and term not in terms[bool(found["minus"])]:
                terms[bool(found["minus"])].append(term)
        return cls(text.strip(), tuple(terms[False][:MOST_TERMS]), tuple(terms[True][:MOST_TERMS]))

    def __bool__(self) -> bool:
        return bool(self.text)

    def pieces(self, text: str) -> Iterator[tuple[str, bool]]:
        """`text` cut up, each piece with whether it is a word that is sought; of words in a row, only where they are."""
        if not self.terms:
            yield text, False
            return
        pieces = re.split(r"(\w[\w'’+#]*)", text)
        words = [(place, word) for place, piece in enumerate(pieces) for word in words_of(piece)]
        sought = {place for term in self.terms for place in term.places(words)}
        yield from ((piece, place in sought) for place, piece in enumerate(pieces))

    def stands_in(self, text: str) -> bool:
        return any(is_sought for _piece, is_sought in self.pieces(text))
