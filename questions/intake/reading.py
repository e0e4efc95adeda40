"""One door for whatever people bring: a file, or what they pasted."""

import re

from django.utils.translation import gettext as _

from questions.intake.articles import questions_of
from questions.intake.found import Haul, Unreadable
from questions.intake.lines import blocks_of_text
from questions.intake.pages import blocks_of_page
from questions.intake.sniffing import text_of

_PAGE = re.compile(r"<(!doctype|html|body|article|h[1-6]|ol|ul|p|div|table)\b[^>]*>", re.IGNORECASE)


def read(told: bytes, name: str = "") -> Haul:
    text = text_of(told)
    return read_article(text, name)


def read_article(text: str, name: str) -> Haul:
    is_page = name.lower().endswith((".html", ".htm", ".xhtml")) or len(_PAGE.findall(text)) >= 3 and text.lstrip().startswith("<")
    haul = questions_of(blocks_of_page(text) if is_page else blocks_of_text(text))
    if not haul.found:
        raise Unreadable(_("No question was found in this. Questions need a number, a heading or a line of their own."))
    return haul
