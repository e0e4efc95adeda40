"""A formula in plain words, for those who listen, for the index and wherever else there is no room to draw."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from formulas.symbols import BOUNDED, NAMED_WITH_BOUND

# Beside these a fraction, a root or a power can be told from the rest without brackets.
_APART = {"between", "open", "close", "sign"}


@dataclass(frozen=True)
class Part:
    """A piece of a formula: MathML of one element, its words, and how they stand among others (`symbols.Sign`).

    "composite" takes brackets among letters and words; "whole" never needs any; "space" and "row" say nothing of their own.
    """

    drawn: str
    said: str
    kind: str = "word"

    @property
    def grouped(self) -> str:
        """The words, in brackets where they are more than one."""
        is_one = self.kind == "whole" or re.fullmatch(r"[\w.]*", self.said)
        return self.said if is_one else f"({self.said})"


def sentence(parts: Sequence[Part]) -> str:
    """What stands in a row, with blanks only where they help."""
    parts = [part for part in parts if part.said]
    said, before = "", ""
    for place, part in enumerate(parts):
        after = parts[place + 1].kind if place + 1 < len(parts) else "close"
        kind, words = part.kind, part.said
        if kind == "composite" and not {before or "open", after} <= _APART:
            words = f"({words})"
        if kind == "between" and words in "+−±∓" and before in {"", "open", "between"}:
            kind = "sign"
        is_close = (
            before in {"", "open", "sign", "tight"}
            or kind in {"close", "tight"}
            or (before == "letter" and kind in {"letter", "open"})
        )
        said += words if is_close else f" {words}"
        before = kind
    return said


def scripts_said(base: Part, name: str, low: Part | None, high: Part | None, primes: int) -> tuple[str, str]:
    """What `base`, written as `name`, is with its scripts, and of which kind that is."""
    if name in BOUNDED:
        return _bounds_said(base.said, low, high), "word"
    said, kind = base.grouped if low or high or primes else base.said, base.kind
    if is_closing := kind == "close" or base.said in {"|", "‖"}:
        said = base.said
    if low and base.said in NAMED_WITH_BOUND.values():
        said = _("%(name)s over %(low)s of") % {"name": base.said, "low": low.said}
    elif low:
        said = _("%(base)s sub %(low)s") % {"base": said, "low": low.grouped}
    said += _(" prime") * primes
    if high:
        said = f"{said} {_power(high)}"
    if not (low or high or primes) or is_closing:
        return said, kind
    return said, "composite" if high else "word"


def _bounds_said(name: str, low: Part | None, high: Part | None) -> str:
    words = {"name": name, "low": low.said if low else "", "high": high.said if high else ""}
    if low and high:
        return _("%(name)s from %(low)s to %(high)s of") % words
    if low:
        return _("%(name)s over %(low)s of") % words
    return (_("%(name)s to %(high)s of") if high else _("%(name)s of")) % words


def _power(high: Part) -> str:
    known = {"2": _("squared"), "3": _("cubed"), "top": _("transposed"), "×": _("star"), "star": _("star")}
    return known.get(high.said) or _("to the power %(high)s") % {"high": high.grouped}
