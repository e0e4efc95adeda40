"""Bytes of unknown origin: what they are, and the text in them."""

import codecs
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.fields import UNPRINTABLE
from questions.intake.found import Unreadable

MOST_BYTES = 10 * 1024 * 1024
_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
# How other kinds of file begin.
_OTHERS = [
    (
        b"%PDF",
        gettext_lazy(
            "This is a PDF, whose text cannot be read reliably. Open it, copy the questions and paste them instead."
        ),
    ),
    (b"\xd0\xcf\x11\xe0", gettext_lazy("This is a file of an old Office. Save it as .xlsx or .csv and try again.")),
    (b"\x89PNG", gettext_lazy("This is a picture, so there is no text to read in it. Paste the questions instead.")),
    (
        b"\xff\xd8\xff",
        gettext_lazy("This is a picture, so there is no text to read in it. Paste the questions instead."),
    ),
    (b"GIF8", gettext_lazy("This is a picture, so there is no text to read in it. Paste the questions instead.")),
    (b"\x1f\x8b", gettext_lazy("This is a compressed archive. Unpack it and give the file inside.")),
    (b"Rar!", gettext_lazy("This is a compressed archive. Unpack it and give the file inside.")),
    (b"7z\xbc\xaf", gettext_lazy("This is a compressed archive. Unpack it and give the file inside.")),
    (b"{\\rtf", gettext_lazy("This is a rich text file. Save it as plain text, or copy the questions and paste them.")),
]
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([a-zA-Z0-9_-]{2,30})", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x80-\x9f]")


def refuse_too_large(size: int) -> None:
    """Unreadable for more bytes than are taken at once."""
    if size > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        sentence = _("This file has %(size)s MB; at most %(most)s MB are read at once. Split it and try again.")
        raise Unreadable(sentence % {"size": -(-size // 1024 // 1024), "most": most})


def is_zip(told: bytes) -> bool:
    return told.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def text_of(told: bytes) -> str:
    """The text in `told`, whatever its encoding, with line feeds alone. Unreadable where there is none."""
    refuse_too_large(len(told))
    for beginning, sentence in _OTHERS:
        if told.lstrip()[:8].startswith(beginning):
            raise Unreadable(str(sentence))
    not_text = _("This is not text: it looks like a program's own file. Save it as .csv, .xlsx or text.")
    if b"\x00" in told and not _wide(told) and not told.startswith(tuple(mark for mark, _encoding in _MARKS)):
        raise Unreadable(not_text)
    text = _decoded(told)
    if not text.strip("\ufeff \t\r\n\x0b\x0c\xa0"):
        raise Unreadable(_("There is nothing in this: not one word. Choose another file, or paste the questions."))
    if len(_CONTROLS.findall(text)) > len(text) // 100:
        raise Unreadable(not_text)
    lines = re.sub("\r\n|[\r\x85\u2028\u2029]", "\n", text).replace("\x0b", "\n").replace("\ufeff", "")
    return UNPRINTABLE.sub("", lines)


def _decoded(told: bytes) -> str:
    for mark, encoding in _MARKS:
        if told.startswith(mark):
            return _in(told, encoding)
    if encoding := _wide(told):
        return _in(told, encoding)
    try:
        return told.decode("utf-8")
    except UnicodeDecodeError:
        return _in(told, _named(told) or "cp1252")


def _wide(told: bytes) -> str:
    """UTF-16 without a mark shows itself by a NUL in every other place."""
    head = told[:4000]
    if len(head) < 4 or b"\x00" not in head:
        return ""
    even, odd = head[::2].count(0) / len(head[::2]), head[1::2].count(0) / max(1, len(head[1::2]))
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else ""


def _named(told: bytes) -> str:
    """The encoding that a web page names itself, where Python knows it."""
    found = _CHARSET.search(told[:4096])
    name = found[1].decode("ascii") if found else ""
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        return ""


def _in(told: bytes, encoding: str) -> str:
    try:
        return told.decode(encoding)
    except (UnicodeDecodeError, LookupError) as problem:
        raise Unreadable(
            _("The letters of this file are written in a way that is not known here. Save it as UTF-8 and try again.")
        ) from problem
