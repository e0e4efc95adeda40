from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from foundation.fields import Prose, ProseField, WordsField
from foundation.richtext import lines_of, render_line
from questions.content import FIELDS, LISTS, MINUTES, Content
from questions.findings import Finding
from questions.models import (
    LEVELS,
    Anchor,
    Competency,
    Override,
    Probe,
    QuestionVersion,
    SampleAnswer,
)

ANCHOR: Prose = Anchor._meta.get_field("behaviour")
PROBE: Prose = Probe._meta.get_field("text")
SAMPLE: Prose = SampleAnswer._meta.get_field("text")
# The levels at which calibration needs an answer.
SAMPLED = (1, 3, 5)
# Shown in the editor as it is written and as it is drawn.
FORMULA = r"$F_1 = \frac{2PR}{P + R}$"
MOST_PROBES = 12
MOST_PLACEHOLDERS = 20


def _box(rows: int, **attrs: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


# One entry a line: where scripts run, each line becomes a box of its own.
def _lines(rows: int) -> forms.Textarea:
    return _box(rows, **{"data-lines": ""})


class SearchForm(forms.Form):
    """What the address of the list may say. The values are only looked up, so an unknown one finds nothing."""

    q = WordsField(required=False, max_length=200, label=_("Search questions"))
    competency = WordsField(required=False, max_length=60)
    level = WordsField(required=False, max_length=20)
    type = WordsField(required=False, max_length=20)
    minutes = WordsField(required=False, max_length=20)
    used = WordsField(required=False, max_length=20)
    state = WordsField(required=False, max_length=20)


class CompetencyForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no parameter at run time
    class Meta:
        model = Competency
        fields = ["name", "definition"]
        widgets = {"definition": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"name": {"unique": _("There is already a competency of this name.")}}


@dataclass(frozen=True)
class Group:
    """Fields of a form under one heading; those of one row stand side by side."""

    heading: str | Promise
    hint: str | Promise
    rows: list[list[forms.BoundField]]
    is_folded: bool

    @property
    def is_open(self) -> bool:
        """Whether a folded one has something to say at once."""
        return any(field.errors for row in self.rows for field in row)


class DraftForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """All that a version says. Checks what can be stored; what publishing needs besides is the lint's business."""

    as_of = WordsField(required=False, max_length=16, widget=forms.HiddenInput)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=MINUTES[0], max_value=MINUTES[-1], initial=8)
    probes = ProseField(
        label=_("Probes"),
        widget=_lines(5),
        required=False,
        max_length=MOST_PROBES * (PROBE.max_length or 0),
        help_text=_(
            "Two to four neutral follow-ups in the order they are used, one a line. None gives the answer away."
        ),
    )
    placeholders = ProseField(
        label=_("Placeholders"),
        widget=_box(2),
        required=False,
        max_length=2000,
        help_text=_("One a line, as name = default; written {name} in the texts. A plan may give another value."),
    )

    class Meta:
        model = QuestionVersion
        fields = [name for name in FIELDS if name not in {"minutes", "placeholders"}]
        widgets = {
            **{name: _lines(6) for name in LISTS},
            "prompt": forms.Textarea(attrs={"rows": 3}),
            "material": forms.Textarea(attrs={"rows": 10}),
            "purpose": forms.Textarea(attrs={"rows": 2}),
            "scoring_note": forms.Textarea(attrs={"rows": 3}),
            "change_note": forms.Textarea(attrs={"rows": 3}),
            "review_by": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, posted: Mapping[str, Any] | None = None, *, content: Content | None = None) -> None:
        # Never bound to a stored row: what is typed touches none before an action says so.
        super().__init__(posted, initial=typed(content) if content else None)
        for level in LEVELS:
            label = _("Anchor for level %(level)s") % {"level": level}
            self.fields[f"anchor_{level}"] = ProseField(
                label=label, widget=_box(3, **{"data-swaps": ""}), required=False, max_length=ANCHOR.max_length
            )
        for level in LEVELS:
            label = _("Sample answer at level %(level)s") % {"level": level}
            self.fields[f"sample_{level}"] = ProseField(
                label=label, widget=_box(6), required=False, max_length=SAMPLE.max_length
            )
        for name in ("kind", "level"):
            [_nothing, *choices] = self.fields[name].choices  # type: ignore[attr-defined]  # a TypedChoiceField
            self.fields[name].choices = [("", _("Choose one")), *choices]  # type: ignore[attr-defined]  # as above
        self.fields["material"].help_text = format_html(
            "{} {} <code>{}</code> {}",
            _("What the candidate is shown: a brief, tables, code. Markdown, without pictures."),
            _("In every text here, TeX between dollars becomes a formula:"),
            FORMULA,
            render_line(FORMULA),
        )

    def groups(self) -> list[Group]:
        """The fields in the order of the page."""
        scale = [[f"anchor_{level}"] for level in reversed(LEVELS)]
        hint = _("What the candidate said or did at each level. 1, 3 and 5 are needed; 2 and 4 help.")
        # A file of the bank may bring answers at the levels between: shown, so that saving keeps them.
        shown = [level for level in reversed(LEVELS) if level in SAMPLED or self[f"sample_{level}"].value()]
        samples = [[f"sample_{level}"] for level in shown]
        spoken = _(
            "Answers as candidates would speak them, each at home at its level, for interviewers to practise on."
        )
        listed: list[tuple[str | Promise, str | Promise, list[list[str]]]] = [
            (_("The question"), "", [["competency"], ["title"], ["kind", "level", "minutes"], ["tags"]]),
            (_("What is asked"), "", [["prompt"], ["material"], ["placeholders"]]),
            (_("What to look for"), "", [["purpose"], ["look_for"], ["must_have"], ["nice_to_have"], ["red_flags"]]),
            (_("Anchors"), hint, scale),
            (_("While asking and scoring"), "", [["probes"], ["scoring_note"]]),
            (_("Sample answers"), spoken, samples),
            (_("For the record"), "", [["references"], ["review_by"], ["change_note"]]),
        ]
        return [
            Group(heading, note, [[self[name] for name in row if name in self.fields] for row in rows], rows is samples)
            for heading, note, rows in listed
        ]

    def clean_probes(self) -> list[str]:
        return _each_fits(self.cleaned_data["probes"], MOST_PROBES, PROBE.max_length or 0)

    def clean_placeholders(self) -> dict[str, str]:
        pairs = {}
        for line in _each_fits(self.cleaned_data["placeholders"], MOST_PLACEHOLDERS, 200):
            name, equals, default = (part.strip() for part in line.partition("="))
            if not equals or not default or not name.isidentifier():
                raise ValidationError(_("“%(line)s” is not of the form name = default."), params={"line": line})
            pairs[name] = default
        return pairs

    def content(self) -> Content:
        """What was typed, as far as it is valid."""
        fields = {name: getattr(self.instance, name) for name in FIELDS}
        fields |= {
            "minutes": self.cleaned_data.get("minutes"),
            "placeholders": self.cleaned_data.get("placeholders", {}),
        }
        anchors, samples = (
            {level: self.cleaned_data.get(f"{name}_{level}", "") for level in LEVELS} for name in ("anchor", "sample")
        )
        return Content.made_of(fields, anchors, self.cleaned_data.get("probes", []), samples)

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Put each finding beside its field."""
        for finding in findings:
            self.add_error(finding.field, ValidationError(str(finding.sentence)))

    def take_stamp(self, stamp: str) -> None:
        """From here on the writer knows what stands in the draft: the next save is made on top of it."""
        self.data = {**self.data, "as_of": stamp}


class OverruleForm(forms.Form):
    """Why a version is published although a rule speaks against it."""

    reason = ProseField(
        label=_("Why it may be published all the same"),
        required=False,
        max_length=Override._meta.get_field("reason").max_length,
        widget=_box(3),
        help_text=_("Kept with the version. A protected topic needs it; for warnings it helps whoever reads them."),
    )


class FirstDraftForm(DraftForm):
    """The draft of a question of which nothing is published yet, with the competency it measures."""

    competency = forms.ModelChoiceField(
        Competency.objects.none(), label=_("Competency"), empty_label=None, required=False
    )

    def __init__(
        self,
        posted: Mapping[str, Any] | None = None,
        *,
        content: Content | None = None,
        competency: Competency | None = None,
    ) -> None:
        super().__init__(posted, content=content)
        usable = Competency.objects.in_use()
        if competency:
            usable |= Competency.objects.filter(pk=competency.pk)
        self.fields["competency"].queryset = usable  # type: ignore[attr-defined]  # a ModelChoiceField
        self.initial["competency"] = competency


class QuestionForm(FirstDraftForm):
    """A new question. `form_key` tells this form from all others, so that what is sent twice is made once."""

    competency = forms.ModelChoiceField(Competency.objects.none(), label=_("Competency"), empty_label=_("Choose one"))
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)


def typed(content: Content) -> dict[str, Any]:
    """`content` as the fields of the form show it."""
    names = content.fields.get("placeholders", {})
    return {
        **content.fields,
        **{f"anchor_{level}": text for level, text in content.scale},
        **{f"sample_{level}": content.samples.get(level, "") for level in LEVELS},
        "probes": "\n".join(content.probes),
        "placeholders": "\n".join(f"{name} = {default}" for name, default in names.items()),
        "as_of": content.stamp,
    }


def _each_fits(text: str, most: int, longest: int) -> list[str]:
    """The lines of `text`; ValidationError when there are too many, or one is too long."""
    lines = lines_of(text)
    if len(lines) > most:
        raise ValidationError(
            _("At most %(most)s lines, please; these are %(count)s."), params={"most": most, "count": len(lines)}
        )
    for number, line in enumerate(lines, start=1):
        if len(line) > longest:
            raise ValidationError(
                _("Line %(number)s is longer than %(longest)s characters."),
                params={"number": number, "longest": longest},
            )
    return lines
