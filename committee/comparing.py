"""Reading what a packet is compared with: 3 queries, whatever the number of candidates.

Only candidates at whom no seat is open are read, a learner's neither: about them nobody is blind, so that no figure here
tells anyone of an application of which they may know nothing yet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from committee.comparison import APART, TIED, Comparison, Peer, Uncertainty
from interviews import tally, uncertainty
from interviews.models import Application, Score, Scorecard
from interviews.tally import Mark
from interviews.uncertainty import NEEDED
from plans.models import Item


@dataclass
class Sat:
    """One application's interviews as numbers: the marks that count, and question → version of what was put."""

    application: int
    code: str
    plan: int
    plan_number: int
    is_through: bool
    marks: list[Mark] = field(default_factory=list)
    put: dict[int, int] = field(default_factory=dict)
    interviewers: set[int] = field(default_factory=set)

    @property
    def pairs(self) -> set[tuple[int, int]]:
        """Who gave a level on what."""
        return {(mark.interviewer, mark.item) for mark in self.marks}


@dataclass(frozen=True)
class Others:
    """One application and its peers; `weights` are those of its plan."""

    own: Sat
    peers: tuple[Sat, ...]
    weights: Mapping[int, int]

    def usual(self, interviewer: int) -> list[int]:
        """Every level that this person gave on the plan to others who are through."""
        others = [sat for sat in self._pool if sat is not self.own]
        return [mark.level for sat in others for mark in sat.marks if mark.interviewer == interviewer]

    def comparison(self) -> Comparison:
        return Comparison(
            uncertainty=self._uncertainty(),
            interviewers=len(self.own.interviewers),
            plan=self.own.plan_number,
            peers=tuple(self._peer(sat) for sat in self.peers),
        )

    @cached_property
    def _pool(self) -> list[Sat]:
        """Everybody of this plan who is through, with at least one level."""
        return [sat for sat in (self.own, *self.peers) if sat.is_through and sat.plan == self.own.plan and sat.marks]

    @cached_property
    def _components(self) -> uncertainty.Components | None:
        return uncertainty.components({sat.application: sat.marks for sat in self._pool})

    @cached_property
    def _obstacle(self) -> str:
        """Why no error can be told; "" where it can."""
        if len(self._pool) < NEEDED:
            return "few"
        if self._whole_composite(self.own) is None:
            return "incomplete"
        if self._components is None:
            return "confounded"
        return "" if self._own_errors.relative else "no variance"

    def _uncertainty(self) -> Uncertainty:
        if self._obstacle:
            return Uncertainty(NEEDED, len(self._pool), self._obstacle, None, None, ())
        assert self._components is not None  # that would have been the obstacle
        roots = uncertainty.root(self._own_errors.relative), uncertainty.root(self._own_errors.absolute)
        return Uncertainty(NEEDED, len(self._pool), "", *roots, self._components.set_to_zero)

    def _whole_composite(self, sat: Sat) -> Fraction | None:
        """The composite, if `sat` is through and has a score on all that this plan weighs."""
        if not sat.is_through or sat.plan != self.own.plan:
            return None
        total = tally.composite(self.weights, tally.competency_means(sat.marks))
        return total.value if total.weight_counted == total.weight else None

    @cached_property
    def _own_errors(self) -> uncertainty.ErrorVariance:
        return self._errors(self.own)

    def _errors(self, sat: Sat) -> uncertainty.ErrorVariance:
        assert self._components is not None  # asked only where there is no obstacle
        return uncertainty.error_variance(tally.shares(self.weights, sat.marks), self._components)

    def _peer(self, sat: Sat) -> Peer:
        both = self.own.put.keys() & sat.put.keys()
        composite = None if self._obstacle else self._whole_composite(sat)
        return Peer(
            code=sat.code,
            plan=sat.plan_number,
            interviewers=len(sat.interviewers),
            only_one=len(self.own.put.keys() ^ sat.put.keys()),
            versions=sum(self.own.put[question] != sat.put[question] for question in both),
            composite=composite,
            verdict="" if composite is None else self._verdict(sat, composite),
        )

    def _verdict(self, sat: Sat, composite: Fraction) -> str:
        """By the relative error where the same people put the same questions to both, else by the absolute one."""
        errors = (self._own_errors, self._errors(sat))
        alike = self.own.pairs == sat.pairs
        own = self._whole_composite(self.own) or Fraction(0)
        beyond = uncertainty.is_beyond_error(
            own - composite, *(error.relative if alike else error.absolute for error in errors)
        )
        return APART if beyond else TIED


def read_others(application: Application, weights: Mapping[int, int], *, as_of: datetime | None) -> Others:
    """With `as_of`, without candidates of whom something came in later. `application` has its plan at hand."""
    sats = {sat.application: sat for sat in _sats(application, as_of)}
    items = _placed(application)
    scores = Score.objects.filter(
        scorecard__in=Scorecard.objects.counted().filter(interview__application__in=list(sats)), item__scored=True
    )
    for key, interviewer, item, outcome, level in scores.values_list(
        "scorecard__interview__application", "scorecard__interviewer", "item", "outcome", "level"
    ):
        placed = items[item]
        sats[key].interviewers.add(interviewer)
        if outcome in Score.PUT:
            sats[key].put[placed.question] = placed.version
        if level is not None and placed.counts:
            sats[key].marks.append(Mark(interviewer, item, placed.competency, level))
    own = sats.pop(application.pk)
    return Others(own, tuple(sorted(sats.values(), key=lambda sat: (len(sat.code), sat.code))), weights)


def _sats(application: Application, as_of: datetime | None) -> Iterable[Sat]:
    """Of the role: this application, at which a learner's open card is no obstacle, and those that are through."""
    cards = Scorecard.objects.filter(interview__application=OuterRef("pk"))
    later = cards.filter(submitted_at__gt=as_of) if as_of else cards.none()
    own = Q(pk=application.pk)
    through = Q(Exists(cards.counted())) & ~Q(Exists(cards.open())) & ~Q(Exists(later))
    waiting = Exists(cards.waited_for())
    found = Application.objects.filter(own | through, role=application.role_id, plan__isnull=False)
    for key, code, plan, number, is_waiting in found.annotate(is_waiting=waiting).values_list(
        "pk", "candidate__code", "plan", "plan__number", "is_waiting"
    ):
        yield Sat(key, code, plan, number, not is_waiting)


class _Placed(NamedTuple):
    question: int
    version: int
    competency: int
    counts: bool


def _placed(application: Application) -> dict[int, _Placed]:
    """Each item ever placed for the role, by its key."""
    placed = Item.objects.filter(section__stage__plan__role=application.role_id)
    # Without the rubric: a role may have placed hundreds, and only keys are compared.
    keys = placed.select_related("version", "section", "voided").only(
        "scored", "version__question", "section__competency", "voided__item"
    )
    return {
        item.pk: _Placed(item.version.question_id, item.version_id, item.section.competency_id, item.counts)
        for item in keys
    }
