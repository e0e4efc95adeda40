"""Numbered leads: which are the questions of an article, and which the steps of a list inside an answer."""

from collections.abc import Callable, Sequence

from questions.intake.leads import Lead

_GAP = 5


def in_sequence(leads: Sequence[Lead], has_break: Callable[[int, int], bool]) -> list[Lead]:
    """Those that are questions. `has_break(first, last)` says whether a section begins between two blocks."""
    kept: list[Lead] = []
    place = 0
    while place < len(leads):
        lead = leads[place]
        before = kept[-1] if kept else None
        is_restart = before is not None and lead.number is not None and lead.number <= (before.number or 0)
        if before and is_restart and not has_break(before.at, lead.at):
            run = _run(leads, place, (before.number or 0) + 1)
            if _is_inside(leads, place, run, before):
                place += run
                continue
        if lead.asks or (_follows(before, lead) and _is_short(lead)):
            kept.append(lead)
        place += 1
    return kept


def _run(leads: Sequence[Lead], start: int, awaited: int) -> int:
    """How many leads from `start` on count upwards by one, up to where the awaited question comes."""
    length = 1
    while start + length < len(leads):
        before, lead = leads[start + length - 1], leads[start + length]
        if lead.number != (before.number or 0) + 1:
            break
        is_awaited = lead.number == awaited and not all(one.asks_outright for one in leads[start : start + length])
        if is_awaited and (lead.asks_outright or (lead.asks and _has(leads, start + length + 2, awaited + 1))):
            break
        length += 1
    return length


def _has(leads: Sequence[Lead], start: int, number: int) -> bool:
    return any(lead.number == number for lead in leads[start:])


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
