"""Words of our own for templates."""

import re
import zoneinfo
from datetime import datetime
from fractions import Fraction

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from foundation import richtext
from foundation.richtext import lines_of, render_line, render_lines, render_markdown

register = template.Library()


@register.filter
def rich(text: str) -> SafeString:
    """Markdown as safe HTML."""
    return render_markdown(text)


@register.filter
def rich_line(text: str) -> SafeString:
    """One line of markdown as safe HTML, without a paragraph."""
    return render_line(text)


@register.filter
def rich_lines(text: str) -> SafeString:
    """Markdown line by line as safe HTML, for a heading or a single paragraph."""
    return render_lines(text)


@register.filter
def in_words(text: str) -> str:
    """`text` with its formulas read out, where none can be drawn."""
    return richtext.in_words(text)


@register.filter
def lines(text: str) -> list[str]:
    """The lines of a one-per-line field."""
    return lines_of(text)


@register.filter
def without_stop(text: str) -> str:
    """A sentence as a part of another one."""
    return text.rstrip(".")


@register.filter
def is_address(text: str) -> bool:
    """Whether `text` is an https address and nothing else."""
    return bool(re.fullmatch(r"https://[^\s\"'<>`\\]+", text))


@register.filter
def two_places(value: Fraction | int | None) -> str:
    """An exact fraction rounded half up to two places, for show only; an en dash for nothing."""
    if value is None:
        return "–"
    hundredths = (abs(Fraction(value)) * 200 + 1) // 2
    return f"{'−' if value < 0 else ''}{hundredths // 100}.{hundredths % 100:02d}"


@register.filter
def moment(value: datetime | None, zone: str = "") -> str:
    """A time with its zone: in `zone`, else in the reader's own; an en dash for none."""
    if value is None:
        return "–"
    info = zoneinfo.ZoneInfo(zone) if zone else timezone.get_current_timezone()
    return f"{date_format(timezone.localtime(value, info), 'D j M Y, H:i')} ({info})"


@register.filter
def short_digest(digest: str) -> str:
    """The first twelve characters of a digest, in groups of four, as they are printed."""
    return " ".join(digest[start : start + 4] for start in (0, 4, 8)).upper()
