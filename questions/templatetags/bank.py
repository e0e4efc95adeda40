"""Words for the pages of the bank."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.richtext import fill_placeholders
from questions.sought import Sought

register = template.Library()


@register.filter
def marked(text: str, words: str) -> SafeString:
    """`text`, escaped, with every word marked that `words` ask for."""
    pieces = Sought.of(words).pieces(text)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", piece) if is_sought else piece,) for piece, is_sought in pieces)
    )


@register.filter
def filled(text: str, values: dict[str, str]) -> str:
    """`text` with its placeholders filled from `values`."""
    return fill_placeholders(text, values)
