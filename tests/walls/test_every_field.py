"""Every text field of the house, taken from its forms and models: what it keeps, what it refuses, and that none is left out."""

import unicodedata
from functools import cache
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse

from foundation.fields import Line, LineField, Prose, WordsField, tidy
from interviews.models import Score
from plans.models import Role
from tests.factories import ScorecardFactory, UserFactory
from tests.interviews.saving import Tab, scored
from tests.test_house import APPS, ROOT, sources
from tests.walls.reading import Page
from tests.walls.strings import BLANK, KEPT, NEVER, NOT_IN_ONE_LINE, SURROGATES
from tests.walls.walk import Walk, is_text
from tests.walls.words import Kept

pytestmark = pytest.mark.django_db

# Forms that are sent with a page's address or from outside the house: tests/walls/test_hostile_requests.py.
ASKED = {
    *(
        ("questions.forms.SearchForm", name)
        for name in ("q", "competency", "level", "type", "minutes", "used", "state")
    ),
    # Whatever is pasted is read and never kept: what cannot be kept of it goes.
    ("questions.forms_importing.BringForm", "text"),
    ("plans.forms.SearchForm", "q"),
    ("interviews.forms.candidates.CandidateFilterForm", "q"),
    ("accounts.forms.SignInForm", "login"),
    ("committee.forms.NumberForm", "number"),
}
# Columns into which nobody types: written by the house itself, or read from the bank's files, or awaiting their page.
NOT_TYPED = {
    "accounts.Entry.verb", "accounts.Entry.subject_type", "accounts.Entry.note", "interviews.Candidate.code",
    "plans.PlanEdit.what", "plans.PlanEdit.place", "questions.Import.name", "questions.Word.text", "questions.Override.sentence",
    "interviews.Amendment.old", "interviews.Amendment.new", "interviews.Amendment.reason",
}  # fmt: skip


def columns():
    """(model, column) of every text that a model keeps."""
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            yield from ((model, column) for column in model._meta.fields if isinstance(column, Line | Prose))


def refuses_in_turn(walk, filled):
    """A string of each kind that cannot be kept, in every field of the form at once: each field says so."""
    fields, turn = filled.form.fields, len(walk.tried)
    lines = {name for name in filled.texts if isinstance(fields[name], LineField)}
    # What all of these refuse is told string by string below.
    assert all(isinstance(fields[name], WordsField | forms.EmailField) for name in filled.texts), filled.label
    for kind, names in ((NEVER, set(filled.texts)), (NOT_IN_ONE_LINE, lines), (BLANK, lines)):
        if names:
            text = list(kind.values())[turn % len(kind)]
            answer = filled.refused(walk, dict.fromkeys(names, f"{text}\u0301"))
            assert wrong_in(answer) >= names, (filled.label, text)


def wrong_in(answer):
    """The names of the fields beside which the page says something."""
    found = [context.get("form") for context in answer.context]
    found += [answer.context.get(name) for name in ("about", "decision_form", "supersede_form", "overrule")]
    return {name for form in found if isinstance(form, forms.BaseForm) for name in form.errors}


@cache
def told():
    """The walk in hard strings: (walk, column → the texts it holds)."""
    with transaction.atomic():
        walk = Walk(Kept(), refuses_in_turn).all()
        held = {
            (model, column): set(model._default_manager.values_list(column.name, flat=True))
            for model, column in columns()
        }
        transaction.set_rollback(True)
    return walk, held


def form_classes():
    """Every class of form of our own, wherever it stands."""
    for path in sources():
        if path.relative_to(ROOT).parts[0] in APPS and path.name != "__main__.py":
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    found, rest = set(), [forms.BaseForm]
    while rest:
        each = rest.pop()
        rest += each.__subclasses__()
        if each.__module__.partition(".")[0] in APPS:
            found.add(each)
    return found


def test_no_field_of_a_form_is_left_out_of_the_walk():
    met = told()[0].met | ASKED
    left_out = {
        f"{each.__module__}.{each.__qualname__}: {name}"
        for each in form_classes()
        for name, field in each.base_fields.items()
        if is_text(field)
        and not any(
            (f"{one.__module__}.{one.__qualname__}", name) in met for one in [*each.__mro__, *each.__subclasses__()]
        )
    }
    assert left_out == set()
    assert len(met) > 60


def test_no_column_of_text_is_left_out_of_the_walk():
    typed = {unicodedata.normalize("NFC", text) for text in told()[0].words.used}
    left_out = {
        f"{model._meta.label}.{column.name}"
        for (model, column), texts in told()[1].items()
        if not any(word in text for text in texts for word in typed)
    }
    assert left_out - NOT_TYPED == set()


def test_text_is_kept_in_line_and_prose_alone():
    others = {
        f"{model._meta.label}.{column.name}"
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for column in model._meta.fields
        if isinstance(column, models.CharField | models.TextField)
        and not isinstance(column, Line | Prose | models.EmailField | models.SlugField)
        and not column.choices
    }
    assert others == {
        "accounts.User.password", "accounts.User.zone", "interviews.Interview.zone",
        "questions.ImportRow.stamp", "questions.ColumnMemory.signature", "plans.PlanEdit.verb",
        "accounts.Entry.previous", "accounts.Entry.digest", "committee.Decision.facts_digest", "committee.PacketPrint.digest", "committee.PacketPrint.edition", "questions.Review.stamp",
        "questions.IndexedVersion.words", "questions.Override.rule", "questions.Override.field",
    }  # fmt: skip


def test_what_is_kept_is_composed_and_shown_as_typed():
    walk, held = told()
    assert [text for texts in held.values() for text in texts if not unicodedata.is_normalized("NFC", text)] == []
    shown = "\n".join(Page(html).text for html in walk.seen.values())
    # What lost to another's words is given back as it was typed; everything else as it is kept.
    forms_of = {text: {text.strip(), unicodedata.normalize("NFC", text).strip()} for text in walk.words.used}
    assert [text for text, either in forms_of.items() if not any(each in shown for each in either)] == []


@pytest.mark.parametrize("text", [*NEVER.values(), *SURROGATES])
def test_no_field_takes_what_cannot_be_stored(text):
    for field in (Line(max_length=80), Prose(max_length=80)):
        with pytest.raises(ValidationError):
            field.clean(text, None)
        with pytest.raises(ValidationError):
            field.formfield().clean(text)


@pytest.mark.parametrize("text", [*NOT_IN_ONE_LINE.values(), *BLANK.values()])
def test_text_of_many_lines_takes_what_one_line_does_not(text):
    with pytest.raises(ValidationError):
        Line(max_length=80).clean(text, None)
    kept = Prose(max_length=80).clean(text, None)
    assert kept == tidy(text)
    assert not set(kept) & set("\r\x85\u2028\u2029")


@pytest.mark.parametrize("text", KEPT.values())
def test_a_line_and_its_form_keep_the_same(text):
    kept = Line(max_length=80).clean(text, None)
    assert kept == unicodedata.normalize("NFC", text) == Line(max_length=80).formfield().clean(text)


def test_a_limit_counts_characters_whatever_their_bytes(signed_in):
    recruiter = signed_in(UserFactory(recruiter=True))
    for title, status in (("\U0001f600" * 81, 422), ("\U0001f600" * 80, 302), ("e\u0301" * 80, 302)):
        answer = recruiter.post(reverse("plans:role_new"), {"title": title, "level": "mid"})
        assert answer.status_code == status
    assert {len(title) for title in Role.objects.values_list("title", flat=True)} == {80}


def test_a_note_of_full_length_in_four_bytes_is_kept_and_one_more_is_not(signed_in):
    card = ScorecardFactory()
    tab, score = Tab(signed_in(card.interviewer), card), scored(card)
    assert tab.save(score, evidence="\U0001f600" * 8001).status_code == 422
    assert tab.save(score, evidence="\U0001f600" * 8000).status_code == 200
    assert len(Score.objects.get(pk=score.pk).evidence) == 8000


@pytest.mark.parametrize("text", [*NEVER.values(), *SURROGATES])
@pytest.mark.parametrize("part", [{}, {"outcome": "not_asked"}])
def test_a_script_that_sends_what_cannot_be_stored_gets_a_sentence(signed_in, text, part):
    card = ScorecardFactory()
    tab, score = Tab(signed_in(card.interviewer), card), scored(card)
    answer = tab.save(score, **part, **({"reason": text} if part else {"evidence": text}))
    assert answer.status_code == 422
    assert answer.json()["message"]
    assert not score.edits.exists()
