"""Text that people type: form fields that refuse and tidy it, and columns whose limits hold on every path.

The same on SQLite as on PostgreSQL, through a form, the ORM or raw SQL.
"""

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    # Only the stubs can be parametrised; at run time Django's own classes stand here.
    class CharField(models.CharField[str, str]): ...

    class TextField(models.TextField[str, str]): ...

else:
    CharField, TextField = models.CharField, models.TextField

# Controls that a database refuses or a reader cannot see, and what Unicode says is no character; tab and line feed are
# text.
_NO_CHARACTERS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
UNPRINTABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_NO_CHARACTERS}]")
_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Marks that reorder what stands beside them: a name must not rewrite the line it is printed in.
REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
# Letters to Unicode, blank to the eye.
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"


def refuse_unprintable(text: str) -> None:
    """ValidationError for NUL, other control characters and lone surrogates."""
    if UNPRINTABLE.search(text):
        raise ValidationError(_("This text has an invisible character that cannot be kept. Please type it again."))


def refuse_reordering(text: str) -> None:
    """ValidationError for line breaks and for marks that turn the direction of writing."""
    if REORDERING.search(text) or "\n" in text or _LINE_BREAK.search(text):
        raise ValidationError(_("This must be one line, without marks that change the direction of writing."))


def refuse_blank(text: str) -> None:
    """ValidationError for a line of which nothing can be seen: nobody could click it or call it by name."""
    if text and all(unicodedata.category(mark)[0] in "CMZ" or mark in _FILLERS for mark in text):
        raise ValidationError(_("Nothing of this text can be seen. Please type something."))


def tidy(text: str) -> str:
    """The same text in Unicode's composed form (NFC), with plain line feeds."""
    return unicodedata.normalize("NFC", _LINE_BREAK.sub("\n", text))


class WordsField(forms.CharField):
    """Words as they are typed, tidied; refused where a database or a reader would stumble over them."""

    default_validators = [refuse_unprintable]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # Django's own says the same of NUL alone, and beside ours would say it twice.
        self.validators = [one for one in self.validators if not isinstance(one, ProhibitNullCharactersValidator)]

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class LineField(WordsField):
    """The form's side of `Line`."""

    default_validators = [refuse_unprintable, refuse_reordering, refuse_blank]


class ProseField(WordsField):
    """The form's side of `Prose`."""

    widget = forms.Textarea


def _length_check(field: Any, connection: BaseDatabaseWrapper) -> str:
    return f"length({connection.ops.quote_name(field.column)}) <= {field.max_length}"


class Line(CharField):
    """One line of at most `max_length` characters."""

    default_validators = [refuse_unprintable, refuse_reordering, refuse_blank]

    def to_python(self, value: Any) -> Any:
        return tidy(value) if isinstance(value, str) else value

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": LineField, **options})

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        return _length_check(self, connection)


class Prose(TextField):
    """Text of any lines, at most `max_length` characters."""

    default_validators = [refuse_unprintable]

    @property
    def validators(self) -> Any:
        return [*super().validators, MaxLengthValidator(self.max_length)]

    def to_python(self, value: Any) -> Any:
        return tidy(value) if isinstance(value, str) else value

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": ProseField, **options})

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        return _length_check(self, connection)
