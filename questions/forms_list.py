"""Forms beside the bank's list: for what a person keeps of it, and for what is done to many of its questions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.fields import WordsField
from questions.forms import SearchForm
from questions.forms_keeping import AwayForm
from questions.models import Question, SavedFilter


class FilterForm(SearchForm):
    """The same, with the name under which it is kept."""

    name = SavedFilter._meta.get_field("name").formfield()

    def __init__(self, posted: Mapping[str, Any] | None = None, *, initial: Mapping[str, str] | None = None) -> None:
        super().__init__(posted, initial=dict(initial or {}))
        for field in SearchForm.base_fields:
            self.fields[field].widget = forms.HiddenInput()


class BulkForm(AwayForm):
    """The same for each of several questions, or that they come back. `back` is what the list asked for."""

    question = forms.ModelMultipleChoiceField(Question.objects.none(), widget=forms.MultipleHiddenInput)
    back = WordsField(required=False, max_length=3000, widget=forms.HiddenInput)

    def __init__(
        self, posted: Mapping[str, Any] | None, *, questions: QuerySet[Question], initial: Mapping[str, Any]
    ) -> None:
        super().__init__(posted)
        self.initial = {**self.initial, **initial}
        self.fields["question"].queryset = questions  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        self.fields["how"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("rest", _("Let them rest; they come back by themselves")),
            ("retire", _("Retire them for good")),
            ("back", _("Bring them back")),
        ]
        self.fields["until"].help_text = _("On this day they are back. Needed to let them rest.")
        self.fields["away_reason"].required = False
        self.fields["away_reason"].help_text = _("Needed to let them rest and to retire them.")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("until") and said["until"] <= clock.today():
            self.add_error("until", _("Name a day to come: on it they are back."))
        if said.get("how") in {"rest", "retire"} and not said.get("away_reason") and "away_reason" not in self.errors:
            self.add_error("away_reason", _("Say why, for whoever looks for them."))
        return said
