"""Numbered leads: which are the questions of an article, and which the steps of a list inside an answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from questions.intake.leads import Lead

_GAP = 5


def in_sequence(leads: Sequence[Lead], has_break: Callable[[int, int], bool]) -> list[Lead]:
    """Those that are questions. `has_break(first, last)` says whether a section begins between two blocks."""
    if _counts_down(leads):
        return _turned(in_sequence(_turned(leads), has_break))
    kept: list[Lead] = []
    resumed = _resumed(leads, has_break)
    last = {lead.number: place for place, lead in enumerate(leads)}
    place = part_ends = 0
    while place < len(leads):
        lead = leads[place]
        before = kept[-1] if kept else None
        is_restart = before is not None and lead.number is not None and lead.number <= (before.number or 0)
        if before and is_restart and place >= part_ends and not has_break(before.at, lead.at):
            inside = _inside(leads, place, before, resumed[place], last)
            if inside:
                place += inside
                continue
            part_ends = place + _counted(leads, place)
        if lead.asks or (_follows(before, lead) and _is_short(lead)):
            kept.append(lead)
        place += 1
    return kept


def _counts_down(leads: Sequence[Lead]) -> bool:
    numbers = [lead.number or 0 for lead in leads]
    return len(numbers) > _GAP and all(before == after + 1 for before, after in pairwise(numbers))


def _turned(leads: Sequence[Lead]) -> list[Lead]:
    """With the numbers of a countdown from the other end."""
    top = max((lead.number or 0 for lead in leads), default=0) + 1
    return [replace(lead, number=top - (lead.number or 0)) for lead in leads]


def _resumed(leads: Sequence[Lead], has_break: Callable[[int, int], bool]) -> list[int]:
    """For each lead, where behind it a count goes on that did not begin at 1, or begins in a new section."""
    found = [len(leads)] * (len(leads) + 1)
    for place in range(len(leads) - 1, -1, -1):
        lead, before = leads[place], leads[place - 1] if place else None
        found[place] = found[place + 1]
        if before is None or lead.number != (before.number or 0) + 1:
            is_inner = lead.number == 1 and not (before and has_break(before.at, lead.at))
            found[place] = found[place] if is_inner else place
    return found


def _inside(leads: Sequence[Lead], start: int, before: Lead, resumed: int, last: Mapping[int | None, int]) -> int:
    """How many leads from `start` on, where a count starts over, are lists inside the answer to `before`."""
    awaited = (before.number or 0) + 1
    following = leads[resumed] if start < resumed < len(leads) else None
    if following and following.number == awaited and (following.asks or _is_short(following)):
        return resumed - start
    run = _run(leads, start, before, last)
    return run if _is_inside(leads, start, run, before) else 0


def _run(leads: Sequence[Lead], start: int, before: Lead, last: Mapping[int | None, int]) -> int:
    """How many leads from `start` on count upwards by one, up to where the question after `before` comes."""
    counted, awaited = _counted(leads, start), (before.number or 0) + 1
    length = awaited - (leads[start].number or 0)
    if not 0 < length < counted:
        return counted
    lead, steps = leads[start + length], leads[start : start + length]
    # Bare steps behind the words of one answer, then a lead with an answer of its own: that is the next question.
    is_bare = all(one.at + 1 == other.at for one, other in pairwise(steps)) and steps[0].at > before.at + 1
    is_answered = is_bare and start + length + 1 < len(leads) and leads[start + length + 1].at > lead.at + 1
    if is_answered and lead.asks:
        return length
    if all(one.asks_outright for one in steps):
        return counted
    is_told = lead.asks and last.get(awaited + 1, 0) >= start + length + 2
    return length if lead.asks_outright or is_told else counted


def _counted(leads: Sequence[Lead], start: int) -> int:
    """How many leads from `start` on count upwards by one."""
    end = start + 1
    while end < len(leads) and leads[end].number == (leads[end - 1].number or 0) + 1:
        end += 1
    return end - start


def _is_inside(leads: Sequence[Lead], start: int, length: int, before: Lead) -> bool:
    """Whether the run that starts over is a list inside the answer to `before`."""
    run = leads[start : start + length]
    following = leads[start + length].number if start + length < len(leads) else None
    # Steps are told in imperatives, and so are some questions: a long list of them that leads nowhere is a new part.
    is_told = (
        len(run) >= 5 and sum(lead.asks for lead in run) > len(run) * 0.8 and following != (before.number or 0) + 1
    )
    if sum(lead.asks_outright for lead in run) < len(run) * 0.5 and not is_told:
        return True
    # One that asks throughout may be a new part of the article; but then its numbers do not lead back to where they left.
    return run[0].number == 1 and following == (before.number or 0) + 1


def _follows(before: Lead | None, lead: Lead) -> bool:
    if lead.number is None:
        return False
    if before is None or before.number is None:
        return lead.number == 1
    return before.number < lead.number <= before.number + _GAP


def _is_short(lead: Lead) -> bool:
    return 1 < len(lead.prompt.split()) <= 40 and not lead.rest
