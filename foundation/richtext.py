"""Rubric text: markdown with tables and code, on screen and paper alike; no images, no HTML, no scripts."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_markdown = MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")
_TAGS = set("p br strong em s code pre ul ol li blockquote hr h3 h4 h5 h6 a table thead tbody tr th td".split())  # noqa: SIM905


def render_markdown(text: str) -> SafeString:
    """`text` as HTML of the allowed tags alone, whatever was typed (CommonMark with GFM tables)."""
    # A heading in a rubric stands below the page's own two levels.
    lowered = re.sub(r"(?m)^#{1,2}(?=\s)", "###", text)
    clean = nh3.clean(
        _markdown.render(lowered),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"https", "mailto"},
    )
    return mark_safe(clean.replace("<th>", '<th scope="col">'))  # noqa: S308 cleaned the line before


def fill_placeholders(text: str, values: dict[str, str]) -> str:
    """`text` with each {name} that `values` knows replaced; other braces stay as typed."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


def lines_of(text: str) -> list[str]:
    """The non-empty lines of a one-per-line field."""
    return [line.strip() for line in text.splitlines() if line.strip()]
