"""What people type, and the file they bring, when a plan is kept as a template of the house."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.fields import LineField
from plans.blueprint_files import MOST_BYTES, BlueprintFault, read_toml
from plans.blueprints import Blueprint
from plans.kept import PlanTemplate

_NAME = PlanTemplate._meta.get_field("name")


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    class Meta:
        model = PlanTemplate
        fields = ["name", "about"]
        help_texts = {"about": _("One or two sentences for whoever looks for a plan to start from.")}
        widgets = {"about": forms.Textarea({"rows": 3})}


class TemplateFileForm(forms.Form):
    """A plan file, and a name for it; `blueprint` is what the file holds, under that name."""

    file = forms.FileField(
        label=_("Plan file"),
        allow_empty_file=True,
        max_length=200,
        widget=forms.FileInput({"accept": ".toml"}),
        help_text=_("TOML, as “Download as a file” on the page of a plan gives it."),
    )
    name = LineField(
        label=_("Name"),
        required=False,
        max_length=_NAME.max_length,
        help_text=_("Left empty: the name that stands in the file."),
    )

    def clean_file(self) -> Blueprint:
        try:
            return read_toml(self.cleaned_data["file"].read(MOST_BYTES + 1))
        except BlueprintFault as problem:
            raise ValidationError(_("Not taken, because of %(problem)s"), params={"problem": problem}) from problem

    def blueprint(self) -> Blueprint:
        found: Blueprint = self.cleaned_data["file"]
        return replace(found, name=self.cleaned_data["name"] or found.name)
