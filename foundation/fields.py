"""Text columns whose limits hold on every path: form, ORM and raw SQL, on SQLite as on PostgreSQL."""

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    # Only the stubs can be parametrised; at run time Django's own classes stand here.
    class CharField(models.CharField[str, str]): ...

    class TextField(models.TextField[str, str]): ...

else:
    CharField, TextField = models.CharField, models.TextField

# Controls that a database refuses or a reader cannot see; tab and line feed are text.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Marks that reorder what stands beside them: a name must not rewrite the line it is printed in.
REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


def refuse_unprintable(text: str) -> None:
    """ValidationError for NUL, other control characters and lone surrogates."""
    if UNPRINTABLE.search(text):
        raise ValidationError(_("This text has an invisible character that cannot be kept. Please type it again."))


def refuse_reordering(text: str) -> None:
    """ValidationError for line breaks and for marks that turn the direction of writing."""
    if REORDERING.search(text) or "\n" in text or "\r" in text:
        raise ValidationError(_("This must be one line, without marks that change the direction of writing."))


def tidy(text: str) -> str:
    """The same text in Unicode's composed form (NFC), with plain line feeds."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _length_check(field: Any, connection: BaseDatabaseWrapper) -> str:
    return f"length({connection.ops.quote_name(field.column)}) <= {field.max_length}"


class Line(CharField):
    """One line of at most `max_length` characters."""

    default_validators = [refuse_unprintable, refuse_reordering]

    def to_python(self, value: Any) -> Any:
        return tidy(value) if isinstance(value, str) else value

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

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        return _length_check(self, connection)
