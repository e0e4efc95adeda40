"""Words for the pages of the bank."""

import re

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.richtext import fill_placeholders

register = template.Library()


@register.filter
def marked(text: str, words: str) -> SafeString:
    """`text`, escaped, with each of `words` marked wherever it stands, whatever the case."""
    sought = sorted(set(words.split()[:8]), key=len, reverse=True)
    if not sought:
        return conditional_escape(text)
    pieces = re.split(f"({'|'.join(map(re.escape, sought))})", text, flags=re.IGNORECASE)
    # A split with one group gives text and hits in turn.
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", piece) if n % 2 else piece,) for n, piece in enumerate(pieces))
    )


@register.filter
def filled(text: str, values: dict[str, str]) -> str:
    """`text` with its placeholders filled from `values`."""
    return fill_placeholders(text, values)
