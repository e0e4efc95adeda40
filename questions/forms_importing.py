"""The forms of an import."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation.fields import UNPRINTABLE, ProseField, tidy
from questions.forms import ANCHOR, SAMPLE
from questions.intake.columns import CHOICES, Columns, Sheet
from questions.intake.found import Found
from questions.intake.sniffing import MOST_BYTES
from questions.models import Competency, ImportRow, Kind, Level, QuestionVersion
from questions.parts import heading_of
from questions.wordings import OWN, Strange, Wordings

LONGEST_PASTE = 2_000_000
_PROMPT = QuestionVersion._meta.get_field("prompt")


class PasteField(forms.CharField):
    """Whatever is pasted, without what cannot be kept: it is read, and only what is found in it stays."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return tidy(UNPRINTABLE.sub("", super().to_python(value) or ""))


class BringForm(forms.Form):
    """Something pasted, or a file."""

    text = PasteField(
        label=_("Paste here"),
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Cells out of a spreadsheet, or an article with its questions: menus, adverts and comments are told apart."
        ),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        allow_empty_file=True,
        max_length=200,
        help_text=_(
            "CSV, XLSX, Markdown, JSON, a saved web page or plain text, up to 10 MB. Ten thousand rows take about half a minute."
        ),
    )

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        if not self.errors and not fields.get("file") and not fields.get("text", "").strip():
            self.add_error("text", _("Paste something, or choose a file below."))
        return fields

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            size = -(-file.size // 1024 // 1024)
            raise ValidationError(
                _("This file has %(size)s MB; at most %(most)s MB are read at once. Split it and try again."),
                params={"size": size, "most": MOST_BYTES // 1024 // 1024},
            )
        return file

    def given(self) -> tuple[bytes, str]:
        """(bytes, name): the file, if there is one."""
        file = self.cleaned_data["file"]
        return (file.read(), file.name) if file else (self.cleaned_data["text"].encode(), "")


class SheetForm(forms.Form):
    """Which sheet of a workbook holds the questions."""

    sheet = forms.TypedChoiceField(
        label=_("Which sheet holds the questions"),
        coerce=int,
        help_text=_("Reading another undoes what you have mended below."),
    )

    def __init__(self, *args: Any, sheets: Sequence[Sheet], **options: Any) -> None:
        super().__init__(*args, **options)
        named = _("%(name)s, %(rows)s rows")
        self.fields["sheet"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (place, named % {"name": sheet.name, "rows": len(sheet.rows)}) for place, sheet in enumerate(sheets)
        ]


class ColumnsForm(forms.Form):
    """What each column of a sheet holds."""

    def __init__(self, *args: Any, sheet: Sheet, columns: Columns, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("Nothing we keep")), *((part, _named(part)) for part in CHOICES)]
        for place, heading in enumerate(sheet.headings[:60]):
            example = next(
                (cells[place] for _line, cells in sheet.rows[:20] if place < len(cells) and cells[place]), ""
            )
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading[:60] or _("Column %(number)s") % {"number": place + 1},
                choices=choices,
                required=False,
                initial=columns.get(place, ""),
                help_text=example[:80],
            )

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        told = [part for part in fields.values() if part]
        if "prompt" not in told:
            raise ValidationError(_("Say which column holds the question."))
        if twice := next((part for part in told if told.count(part) > 1), ""):
            raise ValidationError(_("Two columns are called “%(part)s”. Choose one."), params={"part": _named(twice)})
        return fields

    def columns(self) -> Columns:
        return {int(name.removeprefix("column_")): part for name, part in self.cleaned_data.items() if part}


class WordingsForm(forms.Form):
    """What each label means that the bank does not know."""

    def __init__(self, *args: Any, strange: Sequence[Strange], told: Wordings, **options: Any) -> None:
        super().__init__(*args, **options)
        self.strange, self.told = strange, told
        known = [*Competency.objects.in_use().values_list("slug", "name")]
        leave = ("", _("Not told: these rows cannot be kept"))
        choices: dict[str, list[tuple[Any, Any]]] = {
            "competency": [("", _("Not told: guessed for each row")), (OWN, _("A competency of its own")), *known],
            "level": [leave, *Level.choices],
            "type": [leave, *Kind.choices],
        }
        for one in strange:
            count = ngettext("%(part)s, in %(rows)s row", "%(part)s, in %(rows)s rows", one.rows)
            self.fields[one.key] = forms.ChoiceField(
                label=one.label,
                choices=choices[one.part],
                required=False,
                initial=told.get(one.part, {}).get(one.label.casefold(), ""),
                help_text=count % {"part": _named(one.part), "rows": one.rows},
            )

    @property
    def is_all_told(self) -> bool:
        """Whether none is left that means nothing yet."""
        return all(self.fields[one.key].initial for one in self.strange)

    def wordings(self) -> Wordings:
        """With what had been told before of labels that do not stand here."""
        wordings = {part: dict(labels) for part, labels in self.told.items()}
        for one in self.strange:
            wordings.setdefault(one.part, {})[one.label.casefold()] = self.cleaned_data[one.key]
        return wordings


class RowForm(forms.Form):
    """One row of an import, to be mended before it is written."""

    prompt = ProseField(label=_("Question"), max_length=_PROMPT.max_length, widget=forms.Textarea(attrs={"rows": 3}))
    guidance = ProseField(
        label=_("Guidance"), max_length=SAMPLE.max_length, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    competency = forms.ChoiceField(label=_("Competency"))
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    type = forms.ChoiceField(label=_("Type"), choices=Kind.choices)
    good = ProseField(
        label=_("Good answer (anchor for level 5)"),
        max_length=ANCHOR.max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    bad = ProseField(
        label=_("Bad answer (anchor for level 1)"),
        max_length=ANCHOR.max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, row: ImportRow, **options: Any) -> None:
        self.row = row
        anchors = row.said.get("anchors", {})
        options.setdefault("initial", {
            "prompt": row.found["prompt"], "guidance": row.found["guidance"], "competency": row.told["competency"],
            "level": row.told["level"] or Level.INTERMEDIATE, "type": row.told["kind"] or Kind.KNOWLEDGE,
            "good": anchors.get("5", ""), "bad": anchors.get("1", ""),
        })  # fmt: skip
        super().__init__(*args, **options)
        known = dict(Competency.objects.in_use().values_list("slug", "name"))
        # One that is made with the row, or was retired meanwhile, stays what it is until another is chosen.
        known.setdefault(row.told["competency"], row.told["competency_name"])
        self.fields["competency"].choices = known.items()  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def labels(self) -> list[forms.BoundField]:
        """What stands side by side."""
        return [self[name] for name in ("competency", "level", "type")]

    def found(self) -> Found:
        """The row with what was typed in place of what was read."""
        typed, found = self.cleaned_data, Found(**self.row.found)
        anchors = {**found.said.get("anchors", {}), "5": typed["good"], "1": typed["bad"]}
        said = {
            **found.said,
            "competency": typed["competency"],
            "level": typed["level"],
            "type": typed["type"],
            "anchors": {level: text for level, text in anchors.items() if text.strip()},
        }
        if typed["competency"] != self.row.told["competency"]:
            said.pop("new_competency", None)
        elif said.get("new_competency"):
            said["competency"] = ""
        if typed["guidance"] != found.guidance:
            said.pop("look_for", None)
        return replace(found, prompt=typed["prompt"], guidance=typed["guidance"], said=said)


def _named(part: str) -> str:
    names = {
        "prompt": _("Question"),
        "guidance": _("Guidance: what to look for"),
        "anchor_5": _("Good answer (anchor 5)"),
        "anchor_1": _("Bad answer (anchor 1)"),
    }
    return str(names.get(part) or heading_of(part))
