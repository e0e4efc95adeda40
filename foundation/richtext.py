"""Rubric text: markdown with tables, code and formulas, on screen and paper alike; no images, no HTML, no scripts."""

import re
from collections.abc import Iterator
from functools import lru_cache

import nh3
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from formulas.inline import MOST, add_formulas, drawn, formulas_in, said
from formulas.reading import WrongFormula


def _mark_figures(state: StateCore) -> None:
    """Give the cells of a table's columns of figures the class n, so that units stand under units."""
    column, columns = 0, dict[int, list[tuple[Token, str]]]()
    for place, token in enumerate(state.tokens):
        if token.type == "table_open":
            columns = {}
        elif token.type == "tr_open":
            column = 0
        elif token.type in {"th_open", "td_open"}:
            token.attrs.pop("style", None)
            columns.setdefault(column, []).append((token, state.tokens[place + 1].content))
            column += 1
        elif token.type == "table_close":
            for cells in columns.values():
                body = [text for token, text in cells if token.type == "td_open" and text]
                if body and all(_FIGURE.fullmatch(text) for text in body):
                    for cell, _text in cells:
                        cell.attrSet("class", "n")


def _lower_headings(state: StateCore) -> None:
    """Let a heading of the rubric stand below the page's own two levels."""
    for token in state.tokens:
        token.tag = "h3" if token.tag in {"h1", "h2"} else token.tag


_FIGURE = re.compile(r"[−–+-]?[£€$]?\d[\d,. ]*(%| ?[a-zA-Z]{1,4})?|[–-]")
_markdown = MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")
_markdown.core.ruler.push("figures", _mark_figures)
_markdown.core.ruler.push("headings", _lower_headings)
add_formulas(_markdown)
_TAGS = set("p br strong em s code pre ul ol li blockquote hr h3 h4 h5 h6 a table thead tbody tr th td var".split())  # noqa: SIM905


# Elements in one another: twenty lists. Far beyond, the parser loses text and no page can be laid out.
_DEEPEST = 40


# Both are kept for a while, since a published text is read far more often than it is written.
@lru_cache(maxsize=512)
def render_markdown(text: str) -> SafeString:
    """`text` as HTML of the allowed tags alone, whatever was typed (CommonMark with GFM tables).

    What is nested too deeply to be read is shown as it was typed.
    """
    tokens = _markdown.parse(text)
    return format_html("<pre>{}</pre>", text) if _is_too_deep(tokens) else _html(tokens)


@lru_cache(maxsize=4096)
def render_line(text: str) -> SafeString:
    """One line of rubric text with its inline code and emphasis, without a paragraph around it."""
    tokens = _markdown.parseInline(text)
    return format_html("{}", text) if _is_too_deep(tokens) else _html(tokens)


def render_lines(text: str) -> SafeString:
    """Text for a place that takes no paragraphs: line by line, each on a line of its own; a formula over several is one."""
    whole = "".join(" ".join(piece.split()) if formula else piece for piece, formula in _cut(text))
    return format_html_join(mark_safe("<br>"), "{}", ((render_line(line),) for line in whole.splitlines()))


def _is_too_deep(tokens: list[Token]) -> bool:
    return any(part.level > _DEEPEST for token in tokens for part in [token, *(token.children or [])])


def _html(tokens: list[Token]) -> SafeString:
    formulas: list[str] = []
    clean = _cleaned(_markdown.renderer.render(tokens, _markdown.options, {"formulas": formulas}))
    # No text brings a <var> of its own: without HTML in markdown there is none but ours.
    return mark_safe(re.sub(r"<var>(\d+)</var>", lambda found: formulas[int(found[1])], clean))  # noqa: S308 ours


def _cleaned(html: str) -> str:
    clean = nh3.clean(
        html,
        tags=_TAGS,
        # "*" for none elsewhere: else title and lang would be let through.
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        allowed_classes={"th": {"n"}, "td": {"n"}},
        url_schemes={"https", "mailto"},
        # A link of one's own site is a request in the reader's name, and on paper leads nowhere.
        url_relative="deny",
    )
    # The corner of a table of two ways heads nothing.
    clean = re.sub(r"<th(?: [^>]*)?></th>", "<td></td>", clean)
    return re.sub(r"<th(?=[ >])", '<th scope="col"', clean)


def in_words(text: str) -> str:
    """`text` with its formulas in plain words, for lists, the index and the rules; a wrong one stays as it was typed."""
    return "".join(said(formula) if formula else piece for piece, formula in _cut(text))


def faults_in(text: str, *, is_list: bool = False) -> list[str]:
    """What is wrong with the formulas of `text`, in sentences. Each line of a list is shown by itself."""
    formulas = [formula for _piece, formula in _cut(text) if formula]
    faults = [_("A text holds at most %(most)s formulas.") % {"most": MOST}] if len(formulas) > MOST else []
    for formula in formulas[:MOST]:
        if is_list and "\n" in formula.info:
            faults.append(_("A formula in a list stands on one line: %(formula)s") % {"formula": formula.info})
        try:
            drawn(formula)
        except WrongFormula as problem:
            faults.append(f"{formula.info} – {problem}")
    return faults


def _cut(text: str) -> Iterator[tuple[str, Token | None]]:
    """`text` cut at its formulas: each piece, and the formula that it is."""
    start = 0
    for formula in formulas_in(_markdown.parse(text)) if "$" in text else []:
        if (at := text.find(formula.info, start)) >= 0:
            yield text[start:at], None
            start = at + len(formula.info)
            yield formula.info, formula
    yield text[start:], None


def fill_placeholders(text: str, values: dict[str, str]) -> str:
    """`text` with each {name} that `values` knows replaced; other braces stay as typed, and so do those of formulas."""
    return "".join(
        piece if formula else re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), piece)
        for piece, formula in _cut(text)
    )


def lines_of(text: str) -> list[str]:
    """The non-empty lines of a one-per-line field."""
    return [line.strip() for line in text.splitlines() if line.strip()]
