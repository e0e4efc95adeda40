"""Formulas in rubric text: `$…$` in a line, `$$…$$` on its own. Dollars of money stay text, as Pandoc tells them apart."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.html import escape, format_html
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from formulas.drawing import EM, SCALE, Drawing, draw
from formulas.reading import WrongFormula, read

# Each takes long the first time it is drawn; what a text has beyond is shown as it was written.
MOST = 30
# Together they come to at most about this, in characters of markup.
MOST_DRAWN = 200_000
# No blank inside the dollars, no letter or figure outside them: "$5 and $10" and "$HOME/$PATH" are none.
_FORMULA = re.compile(r"\$\$(?P<block>(?:\\.|[^$\\])+)\$\$|\$(?=\S)(?P<line>(?:\\.|[^$\\\n])+)(?<!\s)\$(?!\w)")


def add_formulas(markdown: MarkdownIt) -> None:
    """Let `markdown` find formulas. Each becomes `<var>` with its place in the list `env["formulas"]`."""
    markdown.inline.ruler.push("formula", _find)
    markdown.add_render_rule("formula", _leave_place)


def formulas_in(tokens: Sequence[Token]) -> list[Token]:
    """Those of a parsed text in their order: `content` is TeX, `info` all of the source, `block` whether it stands alone."""
    return [part for token in tokens for part in token.children or [] if part.type == "formula"]


def drawn(formula: Token) -> Drawing:
    return draw(formula.content, is_block=formula.block)


def said(formula: Token) -> str:
    """Its plain words, or the source of a wrong one. Draws nothing."""
    try:
        return read(formula.content, is_block=formula.block).said
    except WrongFormula:
        return formula.info


def _find(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$" or re.fullmatch(r"[\w$]", state.src[state.pos - 1 : state.pos]):
        return False
    if not (found := _FORMULA.match(state.src, state.pos, state.posMax)):
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content, token.info = found["block"] or found["line"], found[0]
        token.block = found["block"] is not None
    state.pos = found.end()
    return True


def _leave_place(
    _own: RendererProtocol, tokens: Sequence[Token], place: int, _options: OptionsDict, env: EnvType
) -> str:
    formulas: list[Any] = env["formulas"]
    has_room = len(formulas) < MOST and sum(map(len, formulas)) < MOST_DRAWN
    formulas.append(_shown(tokens[place]) if has_room else escape(tokens[place].info))
    return f"<var>{len(formulas) - 1}</var>"


def _shown(formula: Token) -> str:
    """The picture with its words, or the source of what is none."""
    try:
        drawing = drawn(formula)
    except WrongFormula:
        return escape(formula.info)
    return format_html(
        '<svg class="formula{} d{}" role="img" width="{}em" height="{}em" viewBox="{}" fill="currentColor">'
        '<title>{}</title><path d="{}"/></svg>',
        " alone" if formula.block else "",
        drawing.steps,
        *(f"{length * SCALE / EM:.3f}" for length in (drawing.width, drawing.height)),
        f"{drawing.left} {drawing.top} {drawing.width} {drawing.height}",
        drawing.said,
        drawing.path,
    )
