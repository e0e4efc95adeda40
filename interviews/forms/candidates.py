from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.fields import ProseField, WordsField
from interviews.models import Application, Candidate
from interviews.pasting import MOST_LINES, PastedLine, email_of, name_of, read_lines
from interviews.policies import roles_recruited_by
from plans.models import Role

# Room for 200 lines of the longest name and address that the house takes.
PASTE_LIMIT = 70_000
_SELECT = forms.Select(attrs={"class": "form-select"})


class RoleForm(forms.Form):
    """A choice among the open roles that a person recruits for."""

    role = forms.ModelChoiceField(Role.objects.none(), label=_("Role"), empty_label=_("Choose a role"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        field = self.fields["role"]
        assert isinstance(field, forms.ModelChoiceField)
        # A role closed since the page was loaded is still understood, so that the action can say why not.
        field.queryset = roles_recruited_by(user)
        choices = [(str(role.pk), str(role)) for role in roles_recruited_by(user).open()]
        field.choices = [("", field.empty_label), *choices]
        if len(choices) == 1:
            field.initial = choices[0][0]


class CandidateForm(RoleForm):
    name = Candidate._meta.get_field("name").formfield(label=_("Name"))
    email = Candidate._meta.get_field("email").formfield(
        label=_("Email"),
        required=True,
        help_text=_("Whoever is known by this email is not entered twice; the name stays as it is stored."),
    )

    field_order = ["role", "name", "email"]

    def clean_name(self) -> str:
        return name_of(self.cleaned_data["name"])

    def clean_email(self) -> str:
        return email_of(self.cleaned_data["email"])


class PasteForm(RoleForm):
    text = ProseField(
        label=_("Names and emails"),
        max_length=PASTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("One person a line: “Name, email” or “Name <email>”, or two columns of a sheet. At most 200."),
    )

    lines: list[PastedLine]

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if len([line for line in text.splitlines() if line.strip()]) > MOST_LINES:
            raise ValidationError(_("These are more than 200 lines. Add them in parts."))
        return text

    def clean(self) -> dict[str, Any]:
        """Reads the lines into `lines`, once role and text are there."""
        fields = super().clean() or self.cleaned_data
        self.lines = read_lines(fields["text"], fields["role"], self.user) if {"text", "role"} <= fields.keys() else []
        return fields


class CandidateFilterForm(forms.Form):
    """The words of the list's address. Nothing is required; what cannot be read is said and not applied."""

    q = WordsField(label=_("Name, code or email"), required=False, max_length=100)
    role = forms.ModelChoiceField(
        Role.objects.none(), label=_("Role"), required=False, empty_label=_("All roles"), widget=_SELECT
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("Any status")), *Application.Status.choices], widget=_SELECT
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Role.objects.filter(pk__in=Application.objects.readable_by(user).order_by().values("role"))
