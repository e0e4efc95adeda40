"""Reading a formula: a small part of TeX in, MathML to draw and plain words to read out.

What is not known here is refused by name, so the engine that draws meets nothing but what was built here, of a bounded
size. Pure.
"""

import re
from collections.abc import Callable, Sequence
from html import escape

from django.utils.translation import gettext as _

from formulas.saying import Part, scripts_said, sentence
from formulas.symbols import ACCENTS, ARRAYS, BOUNDED, FENCES, NAMED, NAMED_WITH_BOUND, SIGNS, SPACES

LONGEST, DEEPEST = 300, 8
_END = ""
_TOKEN = re.compile(
    r"\\(?:text|mathrm|operatorname|mathbf|mathbb|mathcal)\s*\{[^{}\\$]*\}|\\(?:begin|end)\s*\{[a-z]*\}|\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|\S",
    re.DOTALL,
)
# The engine takes the size of an empty row for endless, and of a blank for what it is.
_NOTHING = Part('<mspace width="0em"/>', "", "space")
_STYLES = {"mathbf": "bold", "mathbb": "double", "mathcal": "script"}


class WrongFormula(ValueError):
    """Says in a sentence why a formula cannot be drawn."""


def read(tex: str, *, is_block: bool) -> Part:
    """The formula `tex`, fractions as large as on a line of their own. A block has its bounds above and below the signs."""
    if len(tex) > LONGEST:
        raise WrongFormula(_("A formula has at most %(most)s characters.") % {"most": LONGEST})
    whole = _Reader(_TOKEN.findall(tex), is_block=is_block).row({_END}, 0)
    return Part(f'<math display="block">{whole.drawn}</math>', whole.said)


class _Reader:
    """Goes through the tokens once; every method takes what belongs to it and leaves the rest."""

    def __init__(self, tokens: Sequence[str], *, is_block: bool) -> None:
        self.tokens, self.is_block = list(reversed(tokens)), is_block
        # What ended the last row.
        self.closed_by = _END

    def row(self, ends: set[str], depth: int) -> Part:
        """Everything up to one of `ends`, which is taken along."""
        if depth > DEEPEST:
            raise WrongFormula(_("The formula is nested too deeply."))
        parts: list[Part] = []
        while (written := self._next()) not in ends:
            if written == _END:
                raise WrongFormula(_("“%(mark)s” is missing in the formula.") % {"mark": " ".join(sorted(ends))})
            part = self._part(written, depth)
            parts.append(self._scripted(part, written, depth))
        self.closed_by = written
        if len(parts) < 2:
            return parts[0] if parts else _NOTHING
        return Part(f"<mrow>{''.join(part.drawn for part in parts)}</mrow>", sentence(parts), "row")

    def _next(self) -> str:
        return self.tokens.pop() if self.tokens else _END

    def _argument(self, name: str, depth: int) -> Part:
        written = self._next()
        if written == "{":
            return self.row({"}"}, depth + 1)
        if written[:1].isdigit() and len(written) > 1:
            self.tokens.append(written[1:])
            written = written[0]
        if written in {_END, "}", "^", "_", "&"}:
            raise WrongFormula(_("Something is missing after “%(name)s”.") % {"name": name})
        return self._part(written, depth)

    def _part(self, written: str, depth: int) -> Part:
        if depth > DEEPEST:
            raise WrongFormula(_("The formula is nested too deeply."))
        if build := _BUILT.get(written.partition("{")[0] or written):
            return build(self, written, depth + 1)
        if written in SPACES:
            return Part(f'<mspace width="{SPACES[written]}em"/>', "", "space")
        if written in SIGNS:
            sign = SIGNS[written]
            tag = "mi" if sign.kind == "word" and sign.drawn.isalpha() else "mo"
            return Part(f'<{tag} stretchy="false">{escape(sign.drawn)}</{tag}>', sign.said, sign.kind)
        if written in NAMED:
            return Part(f"<mi>{NAMED[written]}</mi>", NAMED[written])
        if written.isascii() and written.isalpha():
            return Part(f"<mi>{written}</mi>", written, "letter")
        if written.isascii() and written[0].isdigit():
            return Part(f"<mn>{written}</mn>", written, "letter")
        raise WrongFormula(_("“%(name)s” is not known in a formula.") % {"name": written})

    def _scripted(self, base: Part, name: str, depth: int) -> Part:
        """`base` with what is written after it below, above and as primes."""
        bounds: dict[str, Part] = {}
        primes = 0
        while self.tokens and self.tokens[-1] in {"^", "_", "'"}:
            if (mark := self._next()) == "'":
                primes += 1
            elif mark in bounds:
                raise WrongFormula(_("“%(mark)s” stands twice after one sign: use braces.") % {"mark": mark})
            else:
                bounds[mark] = self._argument(mark, depth + 1)
        said, kind = scripts_said(base, name, bounds.get("_"), bounds.get("^"), primes)
        if primes:
            above = f"<mo>{'′' * primes}</mo>{bounds['^'].drawn if '^' in bounds else ''}"
            bounds["^"] = Part(f"<mrow>{above}</mrow>", "")
        is_around = self.is_block and (name in BOUNDED.keys() - {r"\int"} or name in NAMED_WITH_BOUND)
        tags = ("munder", "mover", "munderover") if is_around else ("msub", "msup", "msubsup")
        if not bounds:
            return Part(base.drawn, said, kind)
        tag = tags[2] if len(bounds) > 1 else tags[0 if "_" in bounds else 1]
        drawn = base.drawn + "".join(bounds[mark].drawn for mark in "_^" if mark in bounds)
        return Part(f"<{tag}>{drawn}</{tag}>", said, kind)

    def _group(self, _written: str, depth: int) -> Part:
        return self.row({"}"}, depth)

    def _out_of_place(self, written: str, _depth: int) -> Part:
        raise WrongFormula(_("“%(mark)s” stands there without anything before it.") % {"mark": written})

    def _fraction(self, written: str, depth: int) -> Part:
        above, below = self._argument(written, depth), self._argument(written, depth)
        drawn = f"{above.drawn}{below.drawn}"
        if written == r"\binom":
            drawn = f'<mo>(</mo><mfrac linethickness="0">{drawn}</mfrac><mo>)</mo>'
            return Part(f"<mrow>{drawn}</mrow>", f"({above.grouped} choose {below.grouped})", "whole")
        return Part(f"<mfrac>{drawn}</mfrac>", f"{above.grouped} over {below.grouped}", "composite")

    def _root(self, written: str, depth: int) -> Part:
        order = None
        if self.tokens and self.tokens[-1] == "[":
            self._next()
            order = self.row({"]"}, depth)
        inside = self._argument(written, depth)
        if order:
            said = _("root of order %(order)s of %(inside)s") % {"order": order.grouped, "inside": inside.grouped}
            return Part(f"<mroot>{inside.drawn}{order.drawn}</mroot>", said, "composite")
        said = _("square root of %(inside)s") % {"inside": inside.grouped}
        return Part(f"<msqrt>{inside.drawn}</msqrt>", said, "composite")

    def _accented(self, written: str, depth: int) -> Part:
        mark, name = ACCENTS[written]
        inside = self._argument(written, depth)
        return Part(f'<mover accent="true">{inside.drawn}<mo>{mark}</mo></mover>', f"{inside.grouped} {name}")

    def _bounded(self, written: str, _depth: int) -> Part:
        if written in NAMED_WITH_BOUND:
            return Part(f"<mi>{NAMED_WITH_BOUND[written]}</mi>", NAMED_WITH_BOUND[written])
        sign, name = BOUNDED[written]
        return Part(f"<mo>{sign}</mo>", name)

    def _fenced(self, _written: str, depth: int) -> Part:
        first = self._fence(r"\left")
        inside = self.row({r"\right"}, depth)
        last = self._fence(r"\right")
        said = f"{first.said}{inside.said}{last.said}"
        kind = "whole" if first.said and last.said else "word"
        return Part(f"<mrow>{first.drawn}{inside.drawn}{last.drawn}</mrow>", said, kind)

    def _fence(self, side: str) -> Part:
        if (written := self._next()) not in FENCES:
            raise WrongFormula(_("“%(name)s” needs a bracket after it, or a dot for none.") % {"name": side})
        sign = "" if written == "." else SIGNS[written].drawn
        form = "prefix" if side == r"\left" else "postfix"
        drawn = f'<mo stretchy="true" fence="true" form="{form}">{escape(sign)}</mo>' if sign else ""
        return Part(drawn, SIGNS[written].said if sign else "")

    def _words(self, written: str, _depth: int) -> Part:
        """Upright words, or letters of another face."""
        name, _brace, words = written.removeprefix("\\").removesuffix("}").partition("{")
        name = name.strip()
        if not (words.isprintable() and words.strip()) or (name in _STYLES and not words.isalnum()):
            raise WrongFormula(_("“%(name)s” needs plain words in braces after it.") % {"name": f"\\{name}"})
        shown = escape(words).replace(" ", "\xa0")
        if name in _STYLES:
            return Part(f'<mi mathvariant="{_STYLES[name]}">{shown}</mi>', words, "letter")
        return Part(f"<mtext>{shown}</mtext>", " ".join(words.split()))

    def _array(self, written: str, depth: int) -> Part:
        name = written[written.index("{") + 1 : -1]
        if name not in ARRAYS:
            raise WrongFormula(_("“%(name)s” is not known in a formula.") % {"name": written})
        first, last = ARRAYS[name]
        rows: list[list[Part]] = [[]]
        end = f"\\end{{{name}}}"
        self.closed_by = _END
        while self.closed_by != end:
            rows[-1].append(self.row({"&", r"\\", end}, depth))
            if self.closed_by == r"\\":
                rows.append([])
        if len(rows) > 1 and rows[-1] == [_NOTHING]:
            rows.pop()  # many end the last row like the others
        cells = (
            "".join(f'<mtd columnalign="{"left" if name == "cases" else "center"}">{cell.drawn}</mtd>' for cell in row)
            for row in rows
        )
        drawn = "".join(f"<mtr>{row}</mtr>" for row in cells)
        fences = [f'<mo stretchy="true" fence="true">{mark}</mo>' if mark else "" for mark in (first, last)]
        said = "; ".join(", ".join(cell.said for cell in row) for row in rows)
        said = f"{first or '('}{said}{last or ')'}" if name != "cases" else f"{{{said}}}"
        return Part(f"<mrow>{fences[0]}<mtable>{drawn}</mtable>{fences[1]}</mrow>", said, "whole")


_BUILT: dict[str, Callable[[_Reader, str, int], Part]] = {
    "{": _Reader._group,
    r"\frac": _Reader._fraction,
    r"\binom": _Reader._fraction,
    r"\sqrt": _Reader._root,
    r"\left": _Reader._fenced,
    r"\begin": _Reader._array,
    **dict.fromkeys("^_'", _Reader._out_of_place),
    **dict.fromkeys(ACCENTS, _Reader._accented),
    **dict.fromkeys([*BOUNDED, *NAMED_WITH_BOUND], _Reader._bounded),
    **dict.fromkeys([r"\text", r"\mathrm", r"\operatorname", *(f"\\{name}" for name in _STYLES)], _Reader._words),
}
