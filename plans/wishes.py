"""What a person asks for when a plan is assembled: every number that the program works with, shown and to be changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import BoundField
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plans.models import LONGEST_STAGE, PlanCompetency
from plans.offers import Offer, Table
from plans.outline import OutlinedStage
from plans.valuing import limits
from questions.models import Level

# So many questions of each competency are shown with their value, the best first, beside those that somebody marked.
SHOWN = 6
MOST_QUESTIONS, MOST_WORTH = 50, 1000
MAY, MUST, NEVER = "may", "must", "never"
SHAPES: dict[type, str] = {forms.Select: "form-select", forms.NumberInput: "form-control"}
CHOICES = ((MAY, _("may be asked")), (MUST, _("must be asked")), (NEVER, _("never")))


@dataclass(frozen=True)
class Wishes:
    """What was asked for, by the keys of stages, competencies and questions. `worth` is what somebody set by hand."""

    is_kept: bool
    is_spread: bool
    minutes: Mapping[int, int]
    at_least: Mapping[int, int]
    at_most: Mapping[int, int]
    fit: Mapping[str, int]
    worth: Mapping[int, float]
    must: frozenset[int]
    never: frozenset[int]

    def value(self, offer: Offer) -> float:
        return self.worth.get(offer.key, offer.value(self.fit).worth)


@dataclass(frozen=True)
class LimitRow:
    weighted: PlanCompetency
    on_offer: int
    at_least: BoundField
    at_most: BoundField


@dataclass(frozen=True)
class OfferRow:
    offer: Offer
    level: str
    is_placed: bool
    fit: int
    worth: float
    value: BoundField
    choice: BoundField


@dataclass(frozen=True)
class OfferGroup:
    competency: str
    on_offer: int
    rows: tuple[OfferRow, ...]
    is_open: bool


class WishesForm(forms.Form):
    """Filled with what the plan itself suggests; what was typed for a question that is on offer no more is let go."""

    is_kept = forms.BooleanField(
        label=_("Keep the scored questions that stand there"),
        required=False,
        initial=True,
        help_text=_("Otherwise the proposal takes their place. Warm-ups stay in any case."),
    )
    is_spread = forms.BooleanField(
        label=_("Ask about each competency in two interviews where that is possible"),
        required=False,
        initial=True,
        help_text=_(
            "Comes before the values, what weighs more first: one interview alone is thin ground for a judgement."
        ),
    )

    def __init__(self, data: QueryDict | dict[str, Any] | None, *, table: Table) -> None:
        super().__init__(data)
        self.table = table
        if len(table.stages) < 2:
            del self.fields["is_spread"]
        for stage in table.stages:
            self.fields[f"minutes_{stage.stage.pk}"] = _number(0, LONGEST_STAGE, table.budget(stage), stage.stage.name)
        room = self._room()
        total = sum(row.weight for row in table.weights)
        for row in table.weights:
            least, most = limits(row.weight, total, room, len(table.by_competency[row.competency_id]))
            name = row.competency.name
            self.fields[f"least_{row.competency_id}"] = _number(0, MOST_QUESTIONS, least, _("At least, %s") % name)
            self.fields[f"most_{row.competency_id}"] = _number(0, MOST_QUESTIONS, most, _("At most, %s") % name)
        for level, label in Level.choices:
            self.fields[f"fit_{level}"] = _number(0, 100, table.fit[level], capfirst(label))
        self.shown = [offer for row in table.weights for offer in self._shown(row)]
        for offer in self.shown:
            self._add(offer)
        for field in self.fields.values():
            field.widget.attrs["class"] = SHAPES.get(type(field.widget), "form-check-input")

    def _room(self) -> float:
        """How many questions of middling length the budgets hold."""
        minutes = sorted(offer.minutes for offer in self.table.offers) or [1]
        return sum(map(self.table.budget, self.table.stages)) / minutes[len(minutes) // 2]

    def _shown(self, row: PlanCompetency) -> list[Offer]:
        offers = self.table.by_competency[row.competency_id]
        return [offer for place, offer in enumerate(offers) if place < SHOWN or self._is_marked(offer)]

    def _is_marked(self, offer: Offer) -> bool:
        return bool(self.data.get(f"value_{offer.key}")) or self.data.get(f"choice_{offer.key}", MAY) != MAY

    def _add(self, offer: Offer) -> None:
        worth = forms.FloatField(
            label=_("Own value, %s") % offer.title,
            required=False,
            min_value=0,
            max_value=MOST_WORTH,
            widget=forms.NumberInput({"step": "any", "placeholder": f"{offer.value(self._fit_typed()).worth:g}"}),
        )
        choice = forms.ChoiceField(label=_("Choice, %s") % offer.title, choices=CHOICES, required=False, initial=MAY)
        self.fields |= {f"value_{offer.key}": worth, f"choice_{offer.key}": choice}

    def _fit_typed(self) -> dict[str, int]:
        """How well each level fits, as typed as far as it makes sense."""
        typed = {level: self.data.get(f"fit_{level}", "") for level in self.table.fit}
        return {
            level: int(typed[level]) if typed[level].isdecimal() and len(typed[level]) < 4 else fit
            for level, fit in self.table.fit.items()
        }

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for row in self.table.weights:
            least, most = found.get(f"least_{row.competency_id}"), found.get(f"most_{row.competency_id}")
            if least is not None and most is not None and least > most:
                self.add_error(f"most_{row.competency_id}", _("This must not be less than “at least”."))
        return found

    def wishes(self) -> Wishes:
        """What was asked for, of a form that holds."""
        return Wishes(
            is_kept=self.cleaned_data["is_kept"],
            is_spread=self.cleaned_data.get("is_spread", False),
            minutes=self._by_key("minutes"),
            at_least=self._by_key("least"),
            at_most=self._by_key("most"),
            fit={level: self.cleaned_data[f"fit_{level}"] for level in self.table.fit},
            worth={key: worth for key, worth in self._by_key("value").items() if worth is not None},
            must=frozenset(key for key, choice in self._by_key("choice").items() if choice == MUST),
            never=frozenset(key for key, choice in self._by_key("choice").items() if choice == NEVER),
        )

    def _by_key(self, kind: str) -> dict[int, Any]:
        named = (name.partition("_") for name in self.cleaned_data)
        return {int(key): self.cleaned_data[f"{kind}_{key}"] for start, _line, key in named if start == kind}

    def stage_rows(self) -> Iterator[tuple[OutlinedStage, BoundField]]:
        return ((stage, self[f"minutes_{stage.stage.pk}"]) for stage in self.table.stages)

    def limit_rows(self) -> Iterator[LimitRow]:
        for row in self.table.weights:
            key = row.competency_id
            yield LimitRow(row, len(self.table.by_competency[key]), self[f"least_{key}"], self[f"most_{key}"])

    def fit_rows(self) -> list[BoundField]:
        return [self[f"fit_{level}"] for level in self.table.fit]

    def offer_groups(self) -> Iterator[OfferGroup]:
        fit, labels = self._fit_typed(), dict(Level.choices)
        placed = {item.version.question_id for item in self.table.outline.items}
        for row in self.table.weights:
            rows = tuple(
                OfferRow(
                    offer,
                    str(labels[offer.level]),
                    offer.key in placed,
                    fit[offer.level],
                    offer.value(fit).worth,
                    self[f"value_{offer.key}"],
                    self[f"choice_{offer.key}"],
                )
                for offer in self.shown
                if offer.competency == row.competency_id
            )
            is_open = any(self._is_marked(each.offer) or each.value.errors for each in rows)
            yield OfferGroup(row.competency.name, len(self.table.by_competency[row.competency_id]), rows, is_open)


def _number(least: int, most: int, initial: int, label: Any) -> forms.IntegerField:
    sentence = _("Give a whole number from %(lowest)s to %(highest)s.") % {"lowest": least, "highest": most}
    limits = [MinValueValidator(least, sentence), MaxValueValidator(most, sentence)]
    return forms.IntegerField(label=label, initial=initial, validators=limits)
