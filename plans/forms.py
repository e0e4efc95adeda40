"""What people type about roles and plans. Limits on text come from the models' own columns."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.fields import LineField, WordsField
from plans.models import (
    LONGEST_ITEM,
    LONGEST_STAGE,
    MOST_INTERVIEWERS,
    SHORTEST_STAGE,
    Duty,
    InterviewPlan,
    Item,
    Role,
    RoleCompetency,
    Stage,
)
from plans.patterns import patterns_offered
from plans.placeholders import PLACEHOLDER_LIMIT
from plans.voided import VoidedItem
from plans.weights import HIGHEST
from questions.models import Competency, Kind, Level

_REASON = RoleCompetency._meta.get_field("reason")


def _between(lowest: int, highest: int) -> list[Any]:
    sentence = _("Give a whole number from %(lowest)s to %(highest)s.") % {"lowest": lowest, "highest": highest}
    return [MinValueValidator(lowest, sentence), MaxValueValidator(highest, sentence)]


class SeenForm(forms.Form):
    """A form about a draft: it carries the revision at which the person saw the draft."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def see(self, revision: int) -> None:
        """Let the form, which was sent and refused, be sent again by somebody who now knows this revision."""
        self.data = {**dict(self.data.items()), "seen": str(revision)}


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    class Meta:
        model = Role
        fields = ["title", "team", "level"]
        help_texts = {"title": _("As in the advertisement: “Senior Machine Learning Engineer”.")}


class RoleNewForm(RoleForm):
    """A new role, empty or with a first draft out of an example or a template."""

    start_from = forms.ChoiceField(
        label=_("Start from"),
        required=False,
        help_text=_("The role then judges what it weighs, and has a first draft that you change as you like."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["start_from"]
        field.choices = [("", _("nothing: an empty role")), *patterns_offered()]  # type: ignore[attr-defined]  # a ChoiceField


class StartForm(forms.Form):
    """The role for which a draft is started."""

    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.none(), empty_label=_("Choose a role"))

    def __init__(self, *args: Any, roles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = roles  # type: ignore[attr-defined]  # a ModelChoiceField


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes no parameter at run time
    """A person by name and address: two may share a name."""

    def label_from_instance(self, person: User) -> str:
        return f"{person.name} ({person.email})"


class DutyForm(forms.Form):
    """Somebody gets a duty for a role."""

    user = PersonField(
        label=_("Person"), queryset=User.objects.filter(is_active=True), empty_label=_("Choose a person")
    )
    duty = forms.ChoiceField(label=_("Duty"), choices=Duty.choices, initial=Duty.INTERVIEWER)
    may_decide = forms.BooleanField(
        label=_("May record the decision"), required=False, help_text=_("For committee members only.")
    )


class PersonDutyForm(DutyForm):
    """A person who is known gets a duty for one of `roles`."""

    field_order = ["role", "duty", "may_decide"]

    def __init__(self, *args: Any, roles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["user"]
        self.fields["role"] = forms.ModelChoiceField(label=_("Role"), queryset=roles, empty_label=_("Choose a role"))
        self.order_fields(self.field_order)


class WeightForm(forms.Form):
    """A competency's share in the composite; for a role and for a plan alike."""

    competency = forms.ModelChoiceField(
        label=_("Competency"), queryset=Competency.objects.none(), empty_label=_("Choose a competency")
    )
    weight = forms.IntegerField(
        label=_("Weight"),
        initial=1,
        validators=_between(1, HIGHEST),
        help_text=_("1 counts like the others; 2 counts twice."),
    )
    reason = _REASON.formfield(
        help_text=_("Needed when the weight is more than 1, and read by everyone who reads the plan."),
    )

    def __init__(self, *args: Any, competencies: Any, fixed: bool = False, **kwargs: Any) -> None:
        """`competencies` to choose from; none to choose when the one is `fixed`."""
        super().__init__(*args, **kwargs)
        if fixed:
            del self.fields["competency"]
        else:
            self.fields["competency"].queryset = competencies  # type: ignore[attr-defined]  # a ModelChoiceField


class PlanWeightForm(SeenForm, WeightForm):
    """The same for a plan, which somebody else may be changing."""


class StageForm(SeenForm, forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    minutes = forms.IntegerField(
        label=_("Minutes"),
        initial=45,
        validators=_between(SHORTEST_STAGE, LONGEST_STAGE),
        help_text=_("The whole slot. Ten of them are kept for the welcome and the candidate’s questions."),
    )

    interviewers = forms.IntegerField(
        label=_("Interviewers"),
        required=False,
        validators=_between(1, MOST_INTERVIEWERS),
        help_text=_(
            "How many people ask and score together in this interview; left empty, one. Learners do not count."
        ),
    )

    class Meta:
        model = Stage
        fields = ["name", "kind", "minutes", "interviewers", "opening", "closing"]
        help_texts = {
            "opening": _("What every candidate is told at the start, word for word."),
            "closing": _("What every candidate is told at the end."),
        }
        widgets = {"opening": forms.Textarea({"rows": 4}), "closing": forms.Textarea({"rows": 4})}

    def clean_interviewers(self) -> int:
        return self.cleaned_data["interviewers"] or 1


class SectionForm(SeenForm):
    """A competency for a new section: the plan's own first."""

    competency = forms.ChoiceField(label=_("Competency"))

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = stage.sections.values("competency")
        self.choosable = {row.pk: row for row in Competency.objects.in_use().exclude(pk__in=taken)}
        weighted = set(stage.plan.competencies.values_list("competency", flat=True))
        groups = {True: [], False: []}  # type: dict[bool, list[tuple[int, str]]]
        for key, competency in self.choosable.items():
            groups[key in weighted].append((key, competency.name))
        labels = {True: _("In this plan"), False: _("Not in this plan yet")}
        field = self.fields["competency"]
        field.choices = [("", _("Choose a competency"))] + [(labels[own], rows) for own, rows in groups.items() if rows]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_competency(self) -> Competency:
        return self.choosable[int(self.cleaned_data["competency"])]


class ItemForm(SeenForm, forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    minutes = forms.IntegerField(label=_("Minutes"), validators=_between(1, LONGEST_ITEM))

    class Meta:
        model = Item
        fields = ["minutes", "scored"]
        help_texts = {"scored": _("A question that is not scored is a warm-up: asked first, outside all totals.")}


class VoidForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """Why a question is out of every candidate's totals."""

    class Meta:
        model = VoidedItem
        fields = ["reason"]
        widgets = {"reason": forms.Textarea({"rows": 4})}
        help_texts = {
            "reason": _(
                "What is wrong with the question itself, and nothing of anybody’s answer to it: everybody on the role reads "
                "this, interviewers too. It prints in every packet and scorecard of this plan, with your name and the date."
            )
        }


class MoveForm(SeenForm):
    """A spot of the plan for one of its parts, out of those that can hold it."""

    to = forms.ChoiceField(label=_("Move to"), widget=forms.Select({"class": "form-select"}))

    def __init__(self, *args: Any, spots: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Choose a place")), *spots]  # type: ignore[attr-defined]  # a ChoiceField


class SearchForm(forms.Form):
    """Words and facets with which a question is looked for in the bank; what makes no sense is left out."""

    q = WordsField(label=_("Words"), required=False, max_length=200)
    competency = forms.ModelChoiceField(
        label=_("Competency"), queryset=Competency.objects.in_use(), required=False, empty_label=_("any")
    )
    level = forms.ChoiceField(label=_("Level"), choices=[("", _("any")), *Level.choices], required=False)
    type = forms.ChoiceField(label=_("Type"), choices=[("", _("any")), *Kind.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if chosen else "form-control"


class PlaceholderForm(SeenForm):
    """One line for every placeholder that the plan's questions use."""

    def __init__(self, *args: Any, plan: InterviewPlan, defaults: dict[str, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in defaults.items():
            said = [default for default in dict.fromkeys(offered) if default]
            self.fields[f"value_{name}"] = LineField(
                label=name,
                initial=plan.placeholder_values.get(name, ""),
                required=False,
                max_length=PLACEHOLDER_LIMIT,
                help_text=_("Left empty: %(defaults)s") % {"defaults": " / ".join(said)}
                if all(offered)
                else _("Needed."),
            )

    def values(self) -> dict[str, str]:
        given = self.cleaned_data.items()
        return {key.removeprefix("value_"): value for key, value in given if key.startswith("value_")}
