"""What stands where on the pages of a finished PDF."""

from dataclasses import dataclass
from typing import Any

POINTS_PER_MM = 72 / 25.4
# The margins of static/css/print.css, in millimetres.
HEAD, FOOT = 17, 16


@dataclass
class Read:
    """The words of one page: above its text, its text, and below it."""

    header: str = ""
    text: str = ""
    footer: str = ""


def read(sheet: Any) -> Read:
    """The words of one of pypdf's pages, by where they stand."""
    found = Read()

    def take(text: str, outer: list[float], own: list[float], *_font: Any) -> None:
        height = own[5] * outer[3] + outer[5]
        if height > sheet.mediabox.height - HEAD * POINTS_PER_MM:
            found.header += text
        elif height < FOOT * POINTS_PER_MM:
            found.footer += text
        else:
            found.text += text

    sheet.extract_text(visitor_text=take)
    return found
