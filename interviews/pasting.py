"""Names and emails pasted out of a mail or a sheet, read line by line before anything is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.fields import refuse_reordering, tidy
from interviews.models import Candidate
from interviews.policies import standing_for
from plans.models import Role

MOST_LINES = 200
_BRACKETED = re.compile(r"^(?P<name>.*?)[\s,;]*<(?P<email>[^<>]*)>[\s,;]*$")


class Fate(StrEnum):
    """What adding the line would do."""

    NEW = "new"
    KNOWN = "known"
    ACTIVE = "active"
    TWICE = "twice"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class PastedLine:
    """One line as it was read. `remark` says in a sentence what is wrong with it or worth knowing."""

    number: int
    text: str
    name: str
    email: str
    fate: Fate
    remark: str | Promise = ""

    @property
    def will_be_added(self) -> bool:
        return self.fate in {Fate.NEW, Fate.KNOWN}


def read_lines(text: str, role: Role, user: User) -> list[PastedLine]:
    """Every non-empty line of `text` with what adding it to `role` would do, as far as `user` may know, in two queries."""
    read = [_read(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    emails = [line.email for line in read if line.fate is not Fate.UNREADABLE]
    known = {candidate.email.lower(): candidate for candidate in Candidate.objects.filter(email__in=emails)}
    here = standing_for(user).filter(role=role, candidate__in=known.values())
    active = set(here.values_list("candidate_id", flat=True))
    first: dict[str, int] = {}
    return [_compared(line, known.get(line.email), active, first) for line in read]


def people_in(lines: Sequence[PastedLine]) -> list[tuple[str, str]]:
    """(name, email) of the lines that would be added."""
    return [(line.name, line.email) for line in lines if line.will_be_added]


def email_of(text: str) -> str:
    """A checked address in lower case; ValidationError says what is wrong with it."""
    address = tidy(text).strip().lower()
    refuse_reordering(address)
    return str(Candidate._meta.get_field("email").clean(address, None))


def name_of(text: str) -> str:
    """A checked name; ValidationError says what is wrong with it."""
    return str(Candidate._meta.get_field("name").clean(text.strip(), None))


def _split(line: str) -> tuple[str, str]:
    """(name, email) as they stand in the line; email is empty where there is none."""
    if found := _BRACKETED.match(line):
        return found["name"].strip(" \"'"), found["email"]
    place = max(line.rfind(mark) for mark in "\t,;")
    if place < 0:
        return line, ""
    name, email = (part.strip(" \t\"'") for part in (line[:place], line[place + 1 :]))
    if "@" in name and "@" not in email:
        name, email = email, name
    # The cells of a sheet are put in words; what else stands in a name is as it was typed.
    return (", ".join(cell.strip() for cell in name.split("\t")), email) if "@" in email else (line, "")


def _read(number: int, line: str) -> PastedLine:
    name, email = _split(line)
    if not email:
        return PastedLine(
            number, line, "", "", Fate.UNREADABLE, _("No email address after a comma or in angle brackets.")
        )
    if not name:
        return PastedLine(number, line, "", email, Fate.UNREADABLE, _("No name before the email address."))
    try:
        return PastedLine(number, line, name_of(name), email_of(email), Fate.NEW)
    except ValidationError as problem:
        return PastedLine(number, line, name, email, Fate.UNREADABLE, " ".join(problem.messages))


def _compared(line: PastedLine, known: Candidate | None, active: set[int], first: dict[str, int]) -> PastedLine:
    if line.fate is Fate.UNREADABLE:
        return line
    fate = Fate.NEW
    remark: str | Promise = ""
    if line.email in first:
        fate, remark = Fate.TWICE, _("The same email as line %(number)s.") % {"number": first[line.email]}
    elif known and known.pk in active:
        fate, remark = Fate.ACTIVE, _("Already a candidate for this role.")
    elif known:
        fate = Fate.KNOWN
        if known.name != line.name:
            remark = _("Known as %(name)s; that name stays.") % {"name": known.name}
    first.setdefault(line.email, line.number)
    return PastedLine(
        line.number, line.text, known.name if fate is Fate.KNOWN and known else line.name, line.email, fate, remark
    )
