"""Reading a packet out of the database: 12 queries, whatever the number of interviewers and questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property

from django.conf import settings
from django.db.models import FilteredRelation, Q

from committee.comparing import Others, read_others
from committee.models import Decision
from committee.packet import FORM, Packet
from committee.packet_parts import Answer, Card, Cell, Entry, Interviewer, Meeting, Result, Row
from interviews import tally
from interviews.models import Application, Interview, Score, Scorecard, StageResult
from interviews.policies import tests_of
from interviews.record import amended, asked, given, items_with_rubric
from plans.models import InterviewPlan, Item, PlanCompetency, Stage

COUNTING = Scorecard.Status.SUBMITTED
# Levels that a person must have given on a plan before their usual mean is told.
USUAL_NEEDED = 30


@dataclass(frozen=True)
class _Read:
    """The rows as they came: items in order of asking, seats without shadows, and each person's letter."""

    items: list[Item]
    cards: list[Scorecard]
    letters: dict[int, str]

    @cached_property
    def submitted(self) -> list[Scorecard]:
        return [card for card in self.cards if card.status == COUNTING]

    @cached_property
    def marks(self) -> list[tally.Mark]:
        """Every level that counts: scored items that nobody voided, on submitted cards."""
        items = {item.pk: item for item in self.items if item.counts}
        return [
            tally.Mark(card.interviewer_id, score.item_id, items[score.item_id].section.competency_id, score.level)
            for card in self.submitted
            for score in card.scores.all()
            if score.level is not None and score.item_id in items
        ]

    def answers(self, item: Item) -> list[tuple[Scorecard, Score]]:
        """What was put down on `item`, by letter; one that does not count and was left alone is nothing."""
        found = [(card, score) for card in self.submitted for score in card.scores.all() if score.item_id == item.pk]
        said = [
            (card, score)
            for card, score in found
            if item.counts or score.evidence or score.outcome != Score.Outcome.PENDING
        ]
        return sorted(said, key=lambda pair: self.letters[pair[0].interviewer_id])


def gather_packet(application: Application) -> Packet:
    """The packet, beside others as they stood at its decision. `application` has candidate, role and a plan at hand."""
    plan = application.plan
    assert plan is not None and plan.activated_at is not None  # noqa: PT018 a card exists only on a plan in force
    read = _read(application, plan)
    weights = list(plan.competencies.select_related("competency"))
    rows = _rows(read, weights)
    weight_of = {weight.competency_id: weight.weight for weight in weights}
    total = tally.composite(weight_of, {key: row.mean for key, row in rows.items() if row.mean is not None})
    others = read_others(application, weight_of, as_of=_decided_at(application))
    return Packet(
        form=FORM,
        code=application.candidate.code,
        candidate=application.candidate.name if settings.PACKET_NAMES else "",
        role=application.role.title,
        plan=plan.number,
        in_force_since=plan.activated_at,
        meetings=tuple(_meetings(read.cards)),
        stages_without=tuple(_stages_without(read)),
        interviewers=tuple(_interviewers(read, others)),
        rows=tuple(rows.values()),
        composite=total.value,
        weight_counted=total.weight_counted,
        weight=total.weight,
        missing=tuple(rows[key].competency for key in total.missing),
        results=tuple(_results(application)),
        comparison=others.comparison(),
        keep_until=application.candidate.keep_until,
    )


def _read(application: Application, plan: InterviewPlan) -> _Read:
    seats = Scorecard.objects.filter(interview__application=application).exclude(seat=Scorecard.Seat.SHADOW)
    cards = list(
        seats.exclude(interview__status=Interview.Status.CANCELLED)
        .select_related("interview__stage", "interviewer")
        .prefetch_related("scores", "amendments")
        .order_by("interview__starts_at", "interview", "pk")
    )
    # Lettered in the order of the interviews, lead first; those with nothing in yet come last.
    order = sorted(cards, key=lambda c: (c.interview.starts_at, c.interview_id, c.seat != Scorecard.Seat.LEAD, c.pk))
    ready = {card.interviewer_id for card in cards if card.status == COUNTING}
    people = dict.fromkeys(card.interviewer_id for card in sorted(order, key=lambda c: c.interviewer_id not in ready))
    letters = {person: _letter(place) for place, person in enumerate(people)}
    return _Read(list(items_with_rubric(plan=plan)), cards, letters)


def _decided_at(application: Application) -> datetime | None:
    return Decision.objects.standing().filter(application=application).values_list("decided_at", flat=True).first()


def _letter(place: int) -> str:
    return chr(ord("A") + place % 26) + (str(place // 26 + 1) if place >= 26 else "")


def _stages_without(read: _Read) -> Iterable[str]:
    held = {card.interview.stage_id for card in read.submitted}
    stages = (item.section.stage for item in read.items)
    return dict.fromkeys(stage.name for stage in stages if stage.kind == Stage.Kind.INTERVIEW and stage.pk not in held)


def _meetings(cards: list[Scorecard]) -> Iterable[Meeting]:
    for interview in dict.fromkeys(card.interview for card in cards):
        yield Meeting(interview.stage.name, interview.starts_at, interview.zone)


def _results(application: Application) -> Iterable[Result]:
    """Of each test and take-home of the plan what stands of `application`, or that there is nothing yet."""
    here = FilteredRelation("results", condition=Q(results__application=application))
    standing = Q(here=None) | Q(here__in=StageResult.objects.standing())
    found = tests_of(application).annotate(here=here).filter(standing).order_by("position")
    columns = ("verdict", "points", "out_of", "words", "by__name", "at")
    for stage, kind, *said in found.values_list("name", "kind", *(f"here__{name}" for name in columns)):
        verdict, points, out_of, words, by, at = said
        yield Result(stage, kind, verdict or "", points, out_of, words or "", by or "", at)


def _interviewers(read: _Read, others: Others) -> Iterable[Interviewer]:
    for person, letter in read.letters.items():
        own = [card for card in read.cards if card.interviewer_id == person]
        mean = tally.mean([mark.level for mark in read.marks if mark.interviewer == person])
        levels = others.usual(person)
        usual = tally.mean(levels) if len(levels) >= USUAL_NEEDED else None
        cards = tuple(_card(card, letter, read) for card in own)
        yield Interviewer(letter, own[0].interviewer.name, mean, usual, len(levels) if usual else 0, cards)


def _card(card: Scorecard, letter: str, read: _Read) -> Card:
    in_order = sorted(read.submitted, key=lambda c: (c.submitted_at, c.pk))
    before = [c for c in in_order if c.submitted_at and c.submitted_at < card.created_at]
    others = [c for c in before if c.interviewer_id != card.interviewer_id]
    scored = {c.interview_id for c in before if c.interviewer_id == card.interviewer_id}
    # What is drafted on a card is its author's alone until they submit it.
    said = card if card.status == COUNTING else Scorecard()
    return Card(
        letter=letter,
        stage=card.interview.stage.name,
        seat=card.seat,
        status=card.status,
        recommendation=said.recommendation,
        recommendation_reason=said.recommendation_reason,
        summary=said.summary,
        waive_reason=card.waive_reason,
        given_at=card.created_at,
        submitted_at=card.submitted_at,
        amendments=amended(card.amendments.all()),
        place=in_order.index(card) + 1 if card in in_order else None,
        in_before=len(others),
        opened_before=sum(c.interview_id in scored for c in others),
    )


def _rows(read: _Read, weights: list[PlanCompetency]) -> dict[int, Row]:
    """Competency → its row, in the plan's order, then those that are asked without a weight; questions numbered through."""
    weighed = {weight.competency_id: weight for weight in weights}
    names = {weight.competency_id: weight.competency.name for weight in weights}
    held = {card.interview.stage_id for card in read.submitted}
    asked_here = [item for item in read.items if item.section.stage_id in held]
    names |= {item.section.competency_id: item.section.competency.name for item in asked_here}
    means, own = tally.competency_means(read.marks), tally.interviewer_means(read.marks)
    rows, number = {}, 1
    for key, name in names.items():
        entries = [_entry(item, n, read) for n, item in enumerate(_of(asked_here, key), start=number)]
        number += len(entries)
        theirs = {person: mean for (person, competency), mean in own.items() if competency == key}
        rows[key] = Row(
            competency=name,
            weight=weighed[key].weight if key in weighed else 0,
            reason=weighed[key].reason if key in weighed else "",
            mean=means.get(key),
            spread=tally.spread(list(theirs.values())),
            cells=tuple(_cells(read, theirs, entries)),
            entries=tuple(entries),
        )
    return rows


def _of(items: list[Item], competency: int) -> list[Item]:
    return [item for item in items if item.section.competency_id == competency]


def _entry(item: Item, number: int, read: _Read) -> Entry:
    answers = read.answers(item)
    levels = [mark.level for mark in read.marks if mark.item == item.pk]
    return Entry(
        number=number,
        asked=asked(item),
        answers=tuple(
            Answer(read.letters[card.interviewer_id], card.interviewer.name, given(score, item, card.amendments.all()))
            for card, score in answers
        ),
        mean=tally.mean(levels),
        spread=tally.spread(levels),
    )


def _cells(read: _Read, means: dict[int, Fraction], entries: list[Entry]) -> Iterable[Cell]:
    submitted = {card.interviewer_id for card in read.submitted}
    for person, letter in read.letters.items():
        if person not in submitted:
            continue
        own = [(entry, answer) for entry in entries for answer in entry.answers if answer.letter == letter]
        counting = [pair for pair in own if pair[0].counts]
        outcomes = {answer.given.outcome for _, answer in counting}
        empty = "" if person in means or not own else outcomes.pop() if len(outcomes) == 1 else "mixed"
        target = f"q{(counting or own)[0][0].number}-{letter}" if own else ""
        yield Cell(letter, means.get(person), empty, target)
