"""What a save and a submit may say: the same limits for JSON and for a form without JavaScript."""

import json
import re
from typing import Any, ClassVar
from uuid import UUID, uuid5

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.lifecycle import Refused
from interviews.models import CardEdit, Score, Scorecard
from questions.models import LEVELS

_LARGEST = 2_147_483_647  # the column's own limit
_SHAPES: dict[str, tuple[type, ...]] = {
    "operation": (str,),
    "client": (str,),
    "sequence": (int,),
    "expected_version": (int,),
    "outcome": (str,),
    "level": (int, type(None)),
    "reason": (str,),
    "evidence": (str,),
    "probes_used": (list,),
    "hint": (bool,),
    "followups": (str,),
    **dict.fromkeys(CardEdit.names(), (str,)),
}


def read_json(body: bytes) -> dict[str, Any]:
    """The object that a script sent, each known key of its type. Raises Refused for anything else."""
    try:
        sent = json.loads(body, object_pairs_hook=_each_once)
        # Half a surrogate pair is JSON, but no text: nothing could store it, or say it in an answer.
        json.dumps(sent, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refused(_("This could not be read as JSON.")) from None
    if not isinstance(sent, dict):
        raise Refused(_("This must be one JSON object."))
    for name, kinds in _SHAPES.items():
        # By exact type, because to Python True is also the number 1.
        if name in sent and type(sent[name]) not in kinds:
            raise Refused(_("This value is of the wrong kind."), name)
    return {name: sent[name] for name in _SHAPES if name in sent}


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs of one object; ValueError for a name that stands twice, since readers differ on which one holds."""
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError
    return found


def read_post(post: QueryDict) -> dict[str, Any]:
    """The same out of a form's fields, where one choice, `answer`, stands for outcome and level.

    A page without JavaScript sends the id of the page instead of operation, client and sequence: it is then a client of
    its own for this one save. Sent twice as it was, it counts once; sent again changed, it is measured against what
    stands by then.
    """
    sent: dict[str, Any] = {name: post[name] for name in _SHAPES if name in post}
    if page := page_id(post.get("page", "")):
        own = str(uuid5(page, post.urlencode()))
        sent = {"operation": own, "client": own, "sequence": 1, **sent}
    if answer := post.get("answer"):
        sent |= {"level": answer} if answer.isdecimal() else {"outcome": answer}
        if answer not in {Score.Outcome.NOT_ASKED, Score.Outcome.DECLINED}:
            sent["reason"] = ""
    if "probes_used" in post:
        # An empty one stands in the page beside the boxes, since unticked boxes send nothing.
        sent["probes_used"] = [position for position in post.getlist("probes_used") if position]
    return sent


def typed_in(post: QueryDict) -> dict[str, Any]:
    """What stood in a question's fields when its form was sent, valid or not, to be shown again."""
    sent = read_post(post)
    level, reason = str(sent.get("level", "")), post.get("reason", "")
    return {
        "outcome": Score.Outcome.SCORED if level else sent.get("outcome", Score.Outcome.PENDING),
        "level": int(level) if re.fullmatch("[0-9]", level) else None,
        "reason": reason,
        "evidence": sent.get("evidence", ""),
        "followups": sent.get("followups", ""),
        "probes_used": [
            int(position) for position in sent.get("probes_used", ()) if re.fullmatch("[0-9]{1,4}", position)
        ],
        "hint": bool(sent.get("hint")),
        **{name: sent[name] for name in CardEdit.names() if name in sent},
    }


def page_id(text: str) -> UUID | None:
    """The id that a page gave itself, if `text` is one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _positions() -> list[tuple[int, int]]:
    """More probes than any question has; which of them are its own, the action knows."""
    return [(position, position) for position in range(1, 100)]


class ColumnField(forms.CharField):
    """Text under the rules of the column that keeps it, spaces at its ends included."""

    def __init__(self, model: type[Score | Scorecard], name: str) -> None:
        super().__init__(required=False, strip=False)
        self.column: Any = model._meta.get_field(name)

    def clean(self, value: Any) -> str:
        return str(self.column.clean(super().clean(value), None))


class SaveForm(forms.Form):
    """One save. `touched` are the values of the parts that were sent, and no others."""

    operation = forms.UUIDField()
    client = forms.UUIDField()
    sequence = forms.IntegerField(min_value=1, max_value=_LARGEST)
    expected_version = forms.IntegerField(min_value=0, max_value=_LARGEST)

    STAMP: ClassVar = ("operation", "client", "sequence", "expected_version")

    @property
    def values(self) -> list[str]:
        """The names of what is saved."""
        return [name for name in self.fields if name not in self.STAMP]

    def clean(self) -> None:
        if not any(name in self.data for name in self.values):
            raise forms.ValidationError(_("Nothing was sent to save."))
        self.touched = {name: self.cleaned_data.get(name) for name in self.values if name in self.data}

    @property
    def edit(self) -> dict[str, Any]:
        """The arguments of an action that saves. Raises Refused for the first thing that is wrong, with its field."""
        if self.errors:
            field, sentence = first_error(self)
            raise Refused(sentence, field)
        return {"fields": self.touched, **{name: self.cleaned_data[name] for name in self.STAMP}}


class ScoreForm(SaveForm):
    """What is saved of one score."""

    outcome = forms.ChoiceField(required=False, choices=Score.Outcome)
    level = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, choices=[(n, n) for n in LEVELS])
    reason = ColumnField(Score, "reason")
    evidence = ColumnField(Score, "evidence")
    probes_used = forms.TypedMultipleChoiceField(required=False, coerce=int, choices=_positions)
    hint = forms.BooleanField(required=False)
    followups = ColumnField(Score, "followups")

    def clean_probes_used(self) -> list[int]:
        return sorted(set(self.cleaned_data["probes_used"]))

    def clean(self) -> None:
        super().clean()
        if not self.touched.get("outcome", True):
            self.add_error("outcome", _("Choose an outcome."))


class NotesForm(SaveForm):
    """What is saved of the card itself."""

    candidate_questions = ColumnField(Scorecard, "candidate_questions")
    recommendation = forms.ChoiceField(required=False, choices=[("", ""), *Scorecard.Recommendation.choices])
    recommendation_reason = ColumnField(Scorecard, "recommendation_reason")
    summary = ColumnField(Scorecard, "summary")
    private_note = ColumnField(Scorecard, "private_note")


def first_error(form: forms.BaseForm) -> tuple[str, str]:
    """(field, sentence) of the first thing that is wrong; the field is empty where it is the whole."""
    field, problems = next(iter(form.errors.items()))
    return "" if field == "__all__" else field, str(problems[0])


class SubmitForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no parameter at run time
    """What is said once, at the end, about the whole interview.

    `seen` is written by the page, "item:version" for every score; `sent` by its script, "item:client:sequence" for the
    last edit that each client made of an item, and stays empty without one.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    sent = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Scorecard
        fields: ClassVar = ["recommendation", "recommendation_reason", "summary", "private_note"]
        widgets: ClassVar = {"recommendation": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recommendation"] = forms.ChoiceField(
            label=_("Recommendation"),
            choices=Scorecard.Recommendation,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose a recommendation.")},
        )

    def says(self, card: Scorecard) -> bool:
        """Whether `card` holds the words of this form."""
        return all(getattr(card, name) == self.cleaned_data[name] for name in self.Meta.fields)

    def clean_seen(self) -> dict[int, int] | None:
        """Item → version, out of "12:3 13:0"; None when the page did not say."""
        found = _matches(r"([0-9]{1,18}):([0-9]{1,10})", self.cleaned_data["seen"])
        return {int(each[1]): int(each[2]) for each in found} or None

    def clean_sent(self) -> dict[tuple[int, UUID], int]:
        """(item, client) → last sequence, out of "12:0b5e8a5e-…:4 13:0b5e8a5e-…:1"."""
        found = _matches(
            r"([0-9]{1,18}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([0-9]{1,10})", self.cleaned_data["sent"]
        )
        return {(int(each[1]), UUID(each[2])): int(each[3]) for each in found}


def _matches(pattern: str, words: str) -> list[re.Match[str]]:
    """What `pattern` finds in each word. Raises ValidationError for a word of another shape: a page wrote them."""
    found = [re.fullmatch(pattern, word) for word in words.split()]
    if None in found:
        raise forms.ValidationError(_("This page is not one of ours. Load it again."))
    return [each for each in found if each]
