"""Strengths and concerns: evidence picked for the brief, in the interviewers' own words."""

import re
from dataclasses import dataclass

from committee.packet_parts import Answer, Entry, Row

QUOTES = 3
QUOTE_LENGTH = 150
SENTENCE_END = re.compile(r"[.!?]['\"”’)]*(?= )")


@dataclass(frozen=True)
class Quote:
    """Evidence in an interviewer's own words, shortened to a few lines; the whole stands in the record."""

    text: str
    level: int
    letter: str
    name: str
    competency: str
    number: int

    @property
    def target(self) -> str:
        return f"q{self.number}-{self.letter}"


def pick_quotes(rows: tuple[Row, ...], *, levels: tuple[int, ...]) -> list[Quote]:
    """At most QUOTES pieces of evidence for `levels`, one for each question: the first level first.

    Of the same level, what is on another competency than those picked, then in another voice, then the heavier one.
    """
    found = [
        (_quote(row, entry, answer), row.weight)
        for row in rows
        for entry in row.entries
        for answer in entry.answers
        if entry.counts and _is_evidence(answer, levels)
    ]
    picked: list[Quote] = []
    while found and len(picked) < QUOTES:
        best, _weight = min(found, key=lambda one: _rank(one[0], one[1], picked, levels))
        picked.append(best)
        found = [(quote, weight) for quote, weight in found if quote.number != best.number]
    return picked


def _rank(quote: Quote, weight: int, picked: list[Quote], levels: tuple[int, ...]) -> tuple[int, ...]:
    same_competency = sum(one.competency == quote.competency for one in picked)
    same_voice = sum(one.letter == quote.letter for one in picked)
    return levels.index(quote.level), same_competency, same_voice, -weight


def _is_evidence(answer: Answer, levels: tuple[int, ...]) -> bool:
    return answer.given.level in levels and bool(answer.given.evidence)


def _quote(row: Row, entry: Entry, answer: Answer) -> Quote:
    text = _shortened(" ".join(answer.given.evidence.split()))
    return Quote(text, answer.given.level or 0, answer.letter, answer.name, row.competency, entry.number)


def _shortened(line: str) -> str:
    """`line` up to the last whole sentence within QUOTE_LENGTH, or the last whole word where that would leave too little."""
    if len(line) <= QUOTE_LENGTH:
        return line
    start = line[: QUOTE_LENGTH + 1]
    sentence = max((found.end() for found in SENTENCE_END.finditer(start)), default=0)
    word = start.rfind(" ") if " " in start else QUOTE_LENGTH
    return f"{start[: sentence if sentence > QUOTE_LENGTH // 2 else word]}\N{NO-BREAK SPACE}…"
