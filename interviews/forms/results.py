from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from interviews.models import StageResult
from interviews.models.results import MOST_POINTS


class ResultForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """What came of a test or a take-home."""

    class Meta:
        model = StageResult
        fields = ["stage", "verdict", "points", "out_of", "words"]
        widgets = {"words": forms.Textarea({"rows": 5})}
        help_texts = {
            "points": _("Where there are any; both fields or neither."),
            "words": _(
                "What was done well and what was missing. Read by whoever decides, never by interviewers before."
            ),
        }

    def __init__(self, *args: Any, stages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage: Any = self.fields["stage"]
        stage.queryset, stage.empty_label = stages, _("Choose a stage")
        verdict: Any = self.fields["verdict"]
        verdict.choices = [("", _("Choose a result")), *StageResult.Verdict.choices]
        for name in ("points", "out_of"):
            self.fields[name].validators.append(MaxValueValidator(MOST_POINTS, _("This is more than can be kept.")))

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        points, out_of = typed.get("points"), typed.get("out_of")
        if (points is None) != (out_of is None) and not self.errors:
            self.add_error("out_of" if out_of is None else "points", _("Give both, or neither."))
        elif points is not None and out_of is not None and not 1 <= out_of >= points:
            self.add_error("out_of", _("At least 1, and not fewer than the points."))
        if typed.get("verdict") == StageResult.Verdict.NONE and not typed.get("words"):
            self.add_error("words", _("Say in words what came of it."))
        return typed
