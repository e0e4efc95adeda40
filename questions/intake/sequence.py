"""Numbered leads: which are the questions of an article, and which the steps of a list inside an answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from questions.intake.leads import Form, Lead

_GAP = 5


def in_sequence(leads: Sequence[Lead], has_break: Callable[[int, int], bool]) -> list[Lead]:
    """Those that are questions. `has_break(first, last)` says whether a section begins between two blocks."""
    return _counted_down(leads) or _questions(_Numbering(leads, has_break))


def is_numbering(leads: Sequence[Lead]) -> bool:
    """Whether the numbers tell something: in some lists each item is the first. Then none goes on behind an inner list."""
    numbers = [_number(lead) for lead in leads]
    going_on = sum(after not in {1, before + 1} for before, after in pairwise(numbers))
    return len(set(numbers)) > len(numbers) * 0.3 or going_on > 1


def _questions(numbering: "_Numbering") -> list[Lead]:
    kept: list[Lead] = []
    leads, place, part_ends = numbering.leads, 0, 0
    longest_inside = 0
    while place < len(leads):
        lead = leads[place]
        before = kept[-1] if kept else None
        is_restart = before is not None and _number(lead) <= _number(before)
        if before and is_restart and place >= part_ends and not numbering.has_break(before.at, lead.at):
            counted = numbering.counted(place)
            inside = numbering.inside(place, before, longest_inside)
            if inside:
                longest_inside = max(longest_inside, min(counted, inside))
                place += inside
                continue
            part_ends = place + counted
        if lead.asks or (_follows(before, lead) and _is_short(lead) and not numbering.is_grade(place)):
            kept.append(lead)
        place += 1
    return kept


@dataclass(frozen=True)
class _Numbering:
    leads: Sequence[Lead]
    has_break: Callable[[int, int], bool]

    @cached_property
    def ends(self) -> list[int]:
        """For each lead, where behind it the next count begins."""
        found = [len(self.leads)] * (len(self.leads) + 1)
        for place in range(len(self.leads) - 2, -1, -1):
            goes_on = _number(self.leads[place + 1]) == _number(self.leads[place]) + 1
            found[place] = found[place + 1] if goes_on else place + 1
        return found

    @cached_property
    def resumed(self) -> list[int]:
        """For each lead, where behind it a count begins that is no new list: not at 1, or in a new section."""
        found = [len(self.leads)] * (len(self.leads) + 1)
        for place in range(len(self.leads) - 1, -1, -1):
            end = self.ends[place]
            is_list = end < len(self.leads) and _number(self.leads[end]) == 1
            is_new = is_list and not self.has_break(self.leads[end - 1].at, self.leads[end].at)
            found[place] = found[end] if is_new else end
        return found

    @cached_property
    def last(self) -> dict[int, int]:
        """Where each number stands for the last time."""
        return {_number(lead): place for place, lead in enumerate(self.leads)}

    def is_grade(self, place: int) -> bool:
        """Whether it is one of "3 – good, 2 – fair, 1 – poor"."""
        lead, after = self.leads[place], self.leads[place + 1 : place + 2]
        return any(one.at == lead.at + 1 and _number(one) == _number(lead) - 1 for one in after)

    def counted(self, start: int) -> int:
        """How many leads from `start` on count upwards by one."""
        return self.ends[start] - start

    def inside(self, start: int, before: Lead, longest: int) -> int:
        """How many leads from `start` on, where a count begins, are lists inside the answer to `before`.

        `longest` is how many items a list had that stood inside an answer further up.
        """
        resumed = self.resumed[start]
        if _number(self.leads[start]) == 1 and resumed < len(self.leads) and self.goes_on(start, resumed, before):
            return resumed - start
        if self.holds_lists(start, resumed, before):
            return 0
        length = self.up_to_awaited(start, before)
        is_like_others = length == self.counted(start) <= longest and self.is_bare(start, length, before)
        return length if is_like_others or _is_inside(self.leads, start, length, before) else 0

    def holds_lists(self, start: int, resumed: int, before: Lead) -> bool:
        """Whether the count from `start` on goes on behind inner lists of its own: then it is a new part, and no list."""
        end = self.ends[start]
        if _number(self.leads[start]) != 1 or not end < resumed < len(self.leads):
            return False
        return _number(self.leads[resumed]) == self.counted(start) + 1 <= _number(before)

    def is_bare(self, start: int, length: int, before: Lead) -> bool:
        """Whether the leads follow closely upon one another, and not upon the question."""
        first, last = self.leads[start], self.leads[start + length - 1]
        return last.at - first.at == length - 1 and first.at > before.at + 1

    def goes_on(self, start: int, resumed: int, before: Lead) -> bool:
        """Whether the questions go on at `resumed`, behind the lists from `start` on; a number may be missing there."""
        following, awaited = self.leads[resumed], _number(before) + 1
        is_gap = resumed == self.ends[start] and _number(self.leads[resumed - 1]) < awaited
        is_near = awaited <= _number(following) < awaited + _GAP if is_gap else _number(following) == awaited
        return is_near and (following.asks or _is_short(following))

    def up_to_awaited(self, start: int, before: Lead) -> int:
        """How long the count from `start` on is, up to where the question after `before` comes."""
        counted, awaited = self.counted(start), _number(before) + 1
        length = awaited - _number(self.leads[start])
        if not 0 < length < counted:
            return counted
        lead, steps = self.leads[start + length], self.leads[start : start + length]
        is_answered = length + 1 == counted or self.leads[start + length + 1].at > lead.at + 1
        if not lead.asks or not is_answered:
            return counted
        # Bare steps behind the words of an answer, then a lead with an answer of its own: that is the next question.
        if self.is_bare(start, length, before):
            return length
        # A count that asks throughout, or nearly so with an answer to each, goes on as it began.
        asking = sum(one.asks for one in steps)
        is_answered_all = steps[-1].at - steps[0].at > length and asking > length * 0.8
        if is_answered_all or all(one.asks_outright for one in steps):
            return counted
        is_told = self.last.get(awaited + 1, 0) >= start + length + 2
        return length if lead.asks_outright or is_told else counted


def _counted_down(leads: Sequence[Lead]) -> list[Lead]:
    """Those of a countdown, from the highest number on; empty where it is none."""
    found = list(leads[:1])
    if not leads or _number(leads[0]) < max(map(_number, leads)):
        return []
    for lead, after in pairwise([*leads[1:], replace(leads[0], number=0)]):
        counts_up = _number(after) == _number(lead) + 1
        if _number(lead) == _number(found[-1]) - 1 and not counts_up and (lead.asks or _is_short(lead)):
            found.append(lead)
    return found if len(found) > _GAP else []


def _is_inside(leads: Sequence[Lead], start: int, length: int, before: Lead) -> bool:
    """Whether the run that starts over is a list inside the answer to `before`."""
    run = leads[start : start + length]
    following = _number(leads[start + length]) if start + length < len(leads) else None
    # Steps are told in imperatives, and so are some questions: a long list of them that leads nowhere is a new part.
    is_told = len(run) >= 5 and sum(lead.asks for lead in run) > len(run) * 0.8 and following != _number(before) + 1
    if sum(lead.asks_outright for lead in run) < len(run) * 0.5 and not is_told:
        return True
    # One that asks throughout may be a new part of the article; but then its numbers do not lead back to where they left.
    return run[0].number == 1 and following == _number(before) + 1


def _follows(before: Lead | None, lead: Lead) -> bool:
    if before is None:
        return lead.number == 1
    return _number(before) < _number(lead) <= _number(before) + _GAP


def _is_short(lead: Lead) -> bool:
    least = 1 if lead.form is Form.NUMBERED_HEADING else 2
    return least <= len(lead.prompt.split()) <= 40 and not lead.rest


def _number(lead: Lead) -> int:
    return lead.number or 0
