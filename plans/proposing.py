"""A proposal for a draft: the wishes as an integer program, and its answer as stages, questions and reasons."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.lifecycle import Refused
from plans.assembly.apart import Busy, Stopped, assemble_apart
from plans.assembly.spec import Answer, Candidate, Limit, Part, Relaxation, Spec, Status, Undecided
from plans.models import LONGEST_STAGE, Item, Stage
from plans.offers import Offer, Table
from plans.outline import OutlinedStage
from plans.wishes import MAY, Wishes
from questions.duplicates import Known, twins
from questions.models import Enemy, QuestionVersion


@dataclass(frozen=True)
class Pick:
    """A chosen question, what it is worth, and why it was chosen."""

    offer: Offer
    competency: str
    worth: float
    reason: str


@dataclass(frozen=True)
class StageProposal:
    """`kept` are the questions that stay, warm-ups among them; `minutes` counts both, `budget` what was asked for."""

    stage: Stage
    kept: tuple[Item, ...]
    picks: tuple[Pick, ...]
    minutes: int
    budget: int


class Mend(NamedTuple):
    """The one field of the form that would have to say something else, what it would say, and why in a sentence."""

    field: str
    value: str
    sentence: str


class Heard(NamedTuple):
    """The competencies of a whole loop by the number of interviews that ask about them."""

    twice: tuple[str, ...]
    once: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """What came of it. `mend` where nothing keeps all limits and one of them is enough to relax."""

    status: Status
    stages: tuple[StageProposal, ...] = ()
    considered: int = 0
    worth: float = 0
    bound: float = 0
    gap: float = 0
    mend: Mend | None = None
    heard: Heard | None = None

    @property
    def is_best(self) -> bool:
        return self.status is Status.OPTIMAL

    @property
    def gap_percent(self) -> float:
        return self.gap * 100

    @property
    def count(self) -> int:
        return sum(len(stage.picks) for stage in self.stages)


def proposal_for(table: Table, wishes: Wishes) -> Proposal:
    """The best choice for `wishes`, found in a process apart. Refused when time ran out or others are assembling."""
    task = _Task(table, wishes)
    try:
        answer = assemble_apart(task.spec())
    except Undecided:
        raise Refused(
            _("No choice was found in time. Narrow it down: fewer stages, or more that must or must never be asked.")
        ) from None
    except Busy:
        raise Refused(_("Other plans are being assembled just now. Try again in a moment.")) from None
    except Stopped:
        raise Refused(_("No proposal could be made just now. Try again in a moment.")) from None
    return task.proposal(answer)


class _Task:
    """`wishes` less what stays: its minutes and its questions are taken off the limits, and nothing may repeat it."""

    def __init__(self, table: Table, wishes: Wishes) -> None:
        self.table, self.wishes = table, wishes
        self.standing = {stage.stage.pk: tuple(table.standing(stage, is_kept=wishes.is_kept)) for stage in table.stages}
        self.counted = Counter(
            item.section.competency_id for items in self.standing.values() for item in items if item.scored
        )
        staying = table.staying(is_kept=wishes.is_kept)
        asked = {item.version.question_id for item in staying}
        weighed = {row.competency_id: row.competency.name for row in table.weights}
        self.names = weighed
        offers = {offer.key: offer for offer in table.offers if offer.competency in weighed}
        self.pairs = _kept_apart(offers, staying)
        unfit = asked.union(*(pair for pair in self.pairs if asked & set(pair)))
        self.offers = {key: offer for key, offer in offers.items() if key not in unfit}

    def spec(self) -> Spec:
        wishes, here = self.wishes, self.offers.keys()
        return Spec(
            minutes=0,
            questions=tuple(
                Candidate(str(offer.key), str(offer.competency), offer.minutes, wishes.value(offer))
                for offer in self.offers.values()
            ),
            at_least={key: count for key, count in self._left(wishes.at_least).items() if count},
            at_most=self._left(wishes.at_most),
            enemies=frozenset(_named(pair) for pair in self.pairs if here >= set(pair)),
            pinned=frozenset(str(key) for key in wishes.must & here),
            banned=frozenset(str(key) for key in wishes.never & here),
            stages=tuple(self._part(stage) for stage in self.table.stages),
            spread={str(row.competency_id): row.weight for row in self.table.weights} if wishes.is_spread else {},
        )

    def _left(self, counts: Mapping[int, int]) -> dict[str, int]:
        return {str(key): max(count - self.counted[key], 0) for key, count in counts.items()}

    def _part(self, stage: OutlinedStage) -> Part:
        pk = stage.stage.pk
        competencies = frozenset(str(section.section.competency_id) for section in stage.sections)
        heard = frozenset(str(key) for key in self._asked(pk))
        return Part(max(self.wishes.minutes[pk] - self._kept_minutes(pk), 0), competencies, heard=heard)

    def _asked(self, stage: int) -> set[int]:
        """The competencies about which what stays in a stage asks."""
        return {item.section.competency_id for item in self.standing[stage] if item.scored}

    def _kept_minutes(self, stage: int) -> int:
        return sum(item.minutes for item in self.standing[stage])

    def proposal(self, answer: Answer) -> Proposal:
        considered = len(self.offers)
        if answer.status is Status.INFEASIBLE:
            mend = self._mend(answer.relax) if answer.relax else None
            return Proposal(answer.status, considered=considered, mend=mend)
        chosen = [[self.offers[int(key)] for key in form.ids] for form in answer.forms]
        count = Counter(offer.competency for offers in chosen for offer in offers)
        stages = tuple(
            self._stage(stage.stage, offers, count) for stage, offers in zip(self.table.stages, chosen, strict=True)
        )
        worth = sum(form.value for form in answer.forms)
        heard = self._heard(chosen) if len(stages) > 1 else None
        return Proposal(answer.status, stages, considered, worth, answer.bound or 0, answer.gap or 0, heard=heard)

    def _heard(self, chosen: list[list[Offer]]) -> Heard:
        often = Counter(
            key
            for stage, offers in zip(self.table.stages, chosen, strict=True)
            for key in self._asked(stage.stage.pk) | {offer.competency for offer in offers}
        )
        told = [[name for key, name in self.names.items() if min(often[key], 2) == count] for count in (2, 1, 0)]
        return Heard(*map(tuple, told))

    def _stage(self, stage: Stage, offers: list[Offer], count: Counter[int]) -> StageProposal:
        order = list(self.names)
        picks = [
            Pick(offer, self.names[offer.competency], self.wishes.value(offer), self._reason(offer, count))
            for offer in sorted(offers, key=lambda offer: (order.index(offer.competency), offer.title, offer.key))
        ]
        minutes = sum(offer.minutes for offer in offers) + self._kept_minutes(stage.pk)
        return StageProposal(stage, self.standing[stage.pk], tuple(picks), minutes, self.wishes.minutes[stage.pk])

    def _reason(self, offer: Offer, count: Counter[int]) -> str:
        least = self.wishes.at_least[offer.competency]
        own = [other for other in self.offers.values() if other.competency == offer.competency]
        worth = self.wishes.value(offer) / offer.minutes
        rank = 1 + sum(self.wishes.value(other) / other.minutes > worth for other in own)
        place = _("Number %(rank)s of %(all)s on %(competency)s by value a minute.") % {
            "rank": rank,
            "all": len(own),
            "competency": self.names[offer.competency],
        }
        if offer.key in self.wishes.must:
            return _("You said that it must be asked.")
        if count[offer.competency] + self.counted[offer.competency] <= least:
            needed = ngettext("At least %(n)s was asked for.", "At least %(n)s were asked for.", least) % {"n": least}
            return f"{needed} {place}"
        return _("It adds most to the minutes that were left. %(place)s") % {"place": place}

    def _mend(self, relax: Relaxation) -> Mend | None:
        key = int(relax.about[-1])
        if relax.limit is Limit.MINUTES:
            stage = self.table.stages[key - 1].stage
            return _more_minutes(stage, ceil((relax.to or 0) + self._kept_minutes(stage.pk)))
        if relax.limit in {Limit.AT_LEAST, Limit.AT_MOST}:
            return _other_count(relax.limit, key, self.names[key], int(relax.to or 0) + self.counted[key])
        return _given_up(relax, [self.offers[int(about)].title for about in relax.about], key)


def _more_minutes(stage: Stage, minutes: int) -> Mend | None:
    sentence = _("“%(stage)s” would need %(minutes)s minutes for questions.") % {
        "stage": stage.name,
        "minutes": minutes,
    }
    return Mend(f"minutes_{stage.pk}", str(minutes), sentence) if minutes <= LONGEST_STAGE else None


def _other_count(limit: Limit, key: int, competency: str, count: int) -> Mend:
    if limit is Limit.AT_LEAST:
        sentence, field = _("It is possible with at least %(count)s on %(competency)s."), f"least_{key}"
    else:
        sentence, field = _("It is possible with at most %(count)s on %(competency)s."), f"most_{key}"
    return Mend(field, str(count), sentence % {"count": count, "competency": competency})


def _given_up(relax: Relaxation, titles: list[str], key: int) -> Mend:
    told = {
        Limit.ENEMIES: _("“%(first)s” and “%(last)s” must both be asked, but stand too near to each other."),
        Limit.PINNED: _("“%(last)s” must be asked, and nothing else that you ask for leaves room for it."),
        Limit.BANNED: _("It is possible if “%(last)s” may be asked."),
    }
    return Mend(f"choice_{key}", MAY, told[relax.limit] % {"first": titles[0], "last": titles[-1]})


def _named(pair: tuple[int, int]) -> tuple[str, str]:
    """Two keys as the program names them, in the order of their names."""
    first, second = sorted(map(str, pair))
    return first, second


def _kept_apart(offers: Mapping[int, Offer], staying: Iterable[Item]) -> set[tuple[int, int]]:
    """Pairs of questions, on offer or in the plan, of which one gives the other away or nearly repeats it."""
    prompts = {item.version.question_id: item.version.prompt for item in staying}
    versions = QuestionVersion.objects.filter(pk__in=[offer.version for offer in offers.values()])
    prompts |= dict(versions.order_by("question").values_list("question", "prompt"))
    keys = list(prompts)
    nearest = twins(list(prompts.values()), Known([], Known.rows_of([])), limit=len(keys))
    near = {
        (keys[twin.place], key)
        for key, found in zip(keys, nearest, strict=True)
        for twin in found
        if twin.place is not None
    }
    return near | set(Enemy.objects.filter(first__in=keys, second__in=keys).values_list("first", "second"))
