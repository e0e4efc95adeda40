"""What a decision and its taking back must say, and the number on a paper."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.models import Decision


class DecisionForm(forms.ModelForm):  # type: ignore[type-arg]  # the stub's parameter is not there at run time
    """`digest_read` says which packet stood on the page when this form was filled in."""

    digest_read = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

    class Meta:
        model = Decision
        fields = ["outcome", "rationale", "override_reason"]
        widgets = {
            "outcome": forms.RadioSelect,
            "rationale": forms.Textarea(attrs={"rows": 5}),
            "override_reason": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "rationale": _("What the evidence shows for this role, so that a reader in a year understands it."),
            "override_reason": _(
                "Needed where the decision goes against what the composite says; such decisions are counted. Otherwise leave it empty."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A radio for "nothing chosen" is no choice.
        self.fields["outcome"].choices = Decision.Outcome.choices  # type: ignore[attr-defined]  # a ChoiceField here

    def clean(self) -> dict[str, Any]:
        if self.errors.pop("digest_read", None):
            self.add_error(
                None, _("This page does not say which packet you read. It is up to date now: read it, then decide.")
            )
        return self.cleaned_data

    def name_packet(self, digest: str) -> None:
        """After a refusal the page shows the packet as it stands now, so that is the one that the next try is about."""
        if self.is_bound and self.non_field_errors():
            self.data = {name: self.data.get(name, "") for name in self.fields} | {"digest_read": digest}


class NumberForm(forms.Form):
    """A packet number as printed: the candidate's code, then twelve characters of the digest. Signs between them are free."""

    number = forms.CharField(
        label=_("Packet number"),
        max_length=60,
        help_text=_("As at the foot of each page, the candidate’s code first: C-0417 7F3A 91C2 04BE"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> tuple[str, str]:
        typed = re.sub(r"\s", "", self.cleaned_data["number"])
        found = re.fullmatch(r"(?i)(?:packet)?(C-?\d{1,9})-?((?:[0-9a-f]-?){12})", typed)
        if not found:
            raise forms.ValidationError(
                _(
                    "A packet number is the candidate’s code and twelve characters, 0–9 and A–F, like C-0417 7F3A 91C2 04BE."
                )
            )
        return found[1].upper(), found[2].replace("-", "").lower()


class SupersedeForm(forms.Form):
    """For `decision`; None on a page where none stands, which shows no such form."""

    reason = Decision._meta.get_field("supersede_reason").formfield(
        required=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the decision for good."),
    )

    def __init__(self, decision: Decision | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision
