"""One door for whatever people bring: a file, or what they pasted."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from questions.intake.articles import questions_of
from questions.intake.blocks import Block, Kind
from questions.intake.columns import Columns, Sheet, guessed_columns, likeliest, not_read, questions_in
from questions.intake.found import Haul, Unreadable
from questions.intake.lines import blocks_of_text
from questions.intake.objects import objects_in, questions_of_objects
from questions.intake.pages import blocks_of_page
from questions.intake.plain import is_ours, questions_of_ours
from questions.intake.sheets import sheet_in, sheets_in_workbook
from questions.intake.sniffing import is_zip, refuse_too_large, text_of

_PAGE = re.compile(
    r"</?(!doctype|html|body|article|main|section|h[1-6]|ol|ul|li|p|div|dl|dt|table)\b[^>]*>", re.IGNORECASE
)

MOST_BLOCKS = 20_000
# Beyond these it is no article, and reading it would take minutes.
MOST_TAGS = 200_000
MOST_LINES = 100_000
LONGEST_PARAGRAPH = 20_000


@dataclass(frozen=True)
class Read:
    """What was read: a haul at once, or the sheets of which one is chosen, and its columns told, first."""

    haul: Haul | None = None
    sheets: tuple[Sheet, ...] = ()


def read(told: bytes, name: str = "", columns: Columns | None = None, sheet: str = "") -> Haul:
    """Every question in `told`. Columns of a sheet are guessed where none are given, and so is which `sheet` of a workbook.

    Unreadable says what is wrong.
    """
    opened = open_up(told, name)
    if opened.haul:
        return opened.haul
    chosen = _place_of(sheet, opened.sheets) if sheet else likeliest(opened.sheets)
    haul = read_sheet(opened.sheets[chosen], columns)
    return replace(haul, left_out=[*not_read(opened.sheets, chosen), *haul.left_out])


def _place_of(name: str, sheets: Sequence[Sheet]) -> int:
    names = [sheet.name for sheet in sheets]
    if name not in names:
        sentence = _("There is no sheet “%(name)s” with anything in it. Choose one of: %(names)s.")
        raise Unreadable(sentence % {"name": name, "names": ", ".join(filter(None, names)) or "–"})
    return names.index(name)


def read_sheet(sheet: Sheet, columns: Columns | None = None) -> Haul:
    columns = guessed_columns(sheet) if columns is None else columns
    if "prompt" not in columns.values():
        raise Unreadable(
            _("No column with the questions was found. Put “Question” over it, and “Guidance” over what to look for.")
        )
    return questions_in(sheet, columns)


def open_up(told: bytes, name: str = "") -> Read:
    """What `told` is, by what stands in it first and by its name second."""
    refuse_too_large(len(told))
    if is_zip(told):
        return Read(sheets=tuple(sheets_in_workbook(told)))
    text, low = text_of(told), name.lower()
    begins = text.lstrip()[:1]
    if begins in {"[", "{"} and (objects := objects_in(text)) is not None:
        return Read(haul=questions_of_objects(objects))
    if low.endswith(".json"):
        raise Unreadable(_("This is not sound JSON: it breaks off, or a mark is missing. Export it again."))
    if is_ours(text):
        return Read(haul=questions_of_ours(text))
    is_page = low.endswith((".html", ".htm", ".xhtml")) or (begins == "<" and len(_PAGE.findall(text)) >= 3)
    may_be_sheet = not is_page and not low.endswith((".md", ".markdown"))
    if may_be_sheet and (sheet := sheet_in(text, is_named=low.endswith((".csv", ".tsv", ".tab")))):
        return Read(sheets=(sheet,))
    haul = questions_of(_blocks(text, is_page=is_page))
    if not haul.found:
        raise Unreadable(_("No question was found in this. A question needs a number, a heading or a line of its own."))
    return Read(haul=haul)


def _blocks(text: str, *, is_page: bool) -> list[Block]:
    """The blocks of an article. Unreadable where they are too many or too long, before much is made of them."""
    too_many = _("This article has more than %(most)s paragraphs. Take the part with the questions.")
    if is_page and text.count("<") > MOST_TAGS:
        sentence = _("This page has more than %(most)s tags. Copy the part with the questions and paste it.")
        raise Unreadable(sentence % {"most": MOST_TAGS})
    if not is_page:
        lines = text.split("\n", MOST_LINES)
        if len(lines) > MOST_LINES:
            raise Unreadable(too_many % {"most": MOST_BLOCKS})
        _refuse_long(lines)
    blocks = blocks_of_page(text) if is_page else blocks_of_text(text)
    if len(blocks) > MOST_BLOCKS:
        raise Unreadable(too_many % {"most": MOST_BLOCKS})
    _refuse_long(block.text for block in blocks if block.kind not in {Kind.TABLE, Kind.CODE})
    return blocks


def _refuse_long(paragraphs: Iterable[str]) -> None:
    if any(len(text) > LONGEST_PARAGRAPH for text in paragraphs):
        sentence = _("A paragraph of this has more than %(most)s letters. Break it where the questions begin.")
        raise Unreadable(sentence % {"most": LONGEST_PARAGRAPH})
