"""Forms about a question as it stands in the bank: its review, its neighbours, and whether it is in use."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.fields import WordsField
from questions.models import Question, Review


class OtherForm(forms.Form):
    """Another question, named by the slug of its address."""

    other = WordsField(
        max_length=60, widget=forms.HiddenInput, error_messages={"required": _("Choose the other question.")}
    )


class ReviewForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no parameter at run time
    """The answer of a second person, to the words with this stamp."""

    stamp = WordsField(max_length=16, required=False, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        choices=[("approve", ""), ("send_back", "")],
        error_messages={
            "required": _("Approve it, or send it back."),
            "invalid_choice": _("Approve it, or send it back."),
        },
    )

    class Meta:
        model = Review
        fields = ["note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"note": _("For the author. Needed to send it back.")}


class AwayForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """Out of use: for how long, and why."""

    how = forms.ChoiceField(
        label=_("How"),
        choices=[("rest", _("Let it rest; it comes back by itself")), ("retire", _("Retire it for good"))],
        widget=forms.RadioSelect,
        initial="rest",
    )
    until = forms.DateField(
        label=_("Rests until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("On this day it is back. Not needed to retire it."),
    )

    class Meta:
        model = Question
        fields = ["away_reason"]
        help_texts = {"away_reason": _("For whoever looks for it: “leaked on a forum”, “out of date since the move”.")}

    def __init__(self, posted: Mapping[str, Any] | None = None) -> None:
        super().__init__(posted)
        self.fields["away_reason"].required = True
        self.order_fields(["how", "until", "away_reason"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("how") == "rest" and not said.get("until") and "until" not in self.errors:
            self.add_error("until", _("Name the day on which it is back."))
        return said
