"""Plain text and Markdown as blocks. One reader for both: people mix them, and a mark that means nothing does no harm."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from questions.intake.blocks import Block, Kind

_FENCE = re.compile(r"^\s*(```+|~~~+)")
_HEADING = re.compile(r"^ {0,3}(?!#\d)(#{1,6})[ \t]*(?=\S)(.*?)[ \t]*#*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{3,})\s*$")
_RULE = re.compile(r"^\s*([-*_=~])(\s*\1){2,}\s*$")
_ITEM = re.compile(
    r"^(?P<indent>[ \t]*)(?:[-*+•‣▪◦·–●○■➢➤✓✔§]|o(?=  )|(?P<number>\d{1,4})\\?[.)])[ \t]+(?P<text>\S.*)$"
)
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_RULED = re.compile(r"^[\s|:-]+$")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\](\([^)\s]{0,300}(?:\s+\"[^\"]{0,300}\")?\)|\[[^\]]{0,300}\])")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>|<!--.*?-->")
_SUMMARY = re.compile(r"<summary[^>]*>(.*?)</summary>", re.IGNORECASE)
_BOLD = re.compile(r"^(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_WHOLE_LINE = 60
_SENTENCE_ENDS = (".", "?", "!", ":", ";", "”", '"')


@dataclass(frozen=True)
class _Line:
    number: int
    text: str


def blocks_of_text(text: str) -> list[Block]:
    """The blocks in the order of the lines. Code between fences stays as it stands."""
    lines = [_Line(number, line.expandtabs(4)) for number, line in enumerate(text.split("\n"), start=1)]
    return list(_Reader(lines).blocks())


class _Reader:
    def __init__(self, lines: list[_Line]) -> None:
        self.lines = lines
        self.at = 0
        lengths = sorted(len(line.text) for line in lines if line.text.strip())
        # Where nearly all lines are short, they were broken at a margin and not by their writer.
        margin = lengths[int(len(lengths) * 0.97)] if lengths and lengths[-1] <= 110 else 0
        full = [line.text.rstrip() for line in lines if len(line.text) > max(margin - 12, 1)]
        broken = sum(not text.endswith(_SENTENCE_ENDS) for text in full)
        self.margin = margin if len(full) > len(lengths) * 0.35 and broken * 2 > len(full) else 0

    def blocks(self) -> Iterator[Block]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if _FENCE.match(line.text):
                yield self._code(line)
            elif _ROW.match(line.text) and self._next_is(_ROW):
                yield self._table(line)
            elif not line.text.strip() or (_RULE.match(line.text)):
                self.at += 1
            else:
                yield from self._words(line)

    def _code(self, opening: _Line) -> Block:
        found = _FENCE.match(opening.text)
        fence = found[1] if found else "```"
        self.at += 1
        inside = []
        while self.at < len(self.lines) and not self.lines[self.at].text.strip().startswith(fence):
            inside.append(self.lines[self.at].text)
            self.at += 1
        self.at += 1
        indent = min((len(text) - len(text.lstrip()) for text in inside if text.strip()), default=0)
        return Block(Kind.CODE, "\n".join(text[indent:] for text in inside).strip("\n"), opening.number)

    def _table(self, first: _Line) -> Block:
        rows = []
        while self.at < len(self.lines) and _ROW.match(self.lines[self.at].text):
            text = self.lines[self.at].text.strip()
            if not _RULED.match(text):
                cells = re.split(r"(?<!\\)\|", text.strip("|"))
                rows.append(tuple(_plain(cell.replace("\\|", "|")) for cell in cells))
            self.at += 1
        return Block(Kind.TABLE, "\n".join(" | ".join(row) for row in rows), first.number, rows=tuple(rows))

    def _words(self, line: _Line) -> Iterator[Block]:
        text = _SUMMARY.sub(lambda found: f"###### {found[1]}", line.text)
        if heading := _HEADING.match(text):
            self.at += 1
            yield from _heading(heading[2], len(heading[1]), line.number)
        elif item := _ITEM.match(text):
            self.at += 1
            depth = 1 + len(item["indent"]) // 2 if len(item["indent"]) < 8 else 4
            number = int(item["number"]) if item["number"] else None
            yield from _words_block(Kind.ITEM, self._joined(item["text"]), line.number, depth, number)
        elif self._next_is(_UNDERLINE) and len(text.strip()) <= 120:
            underline = self.lines[self.at + 1].text.strip()
            self.at += 2
            yield from _heading(text, 1 if underline.startswith("=") else 2, line.number)
        else:
            self.at += 1
            quoted = re.sub(r"^\s*(>\s?)+", "", text)
            yield from _words_block(Kind.TEXT, self._joined(quoted), line.number)

    def _joined(self, text: str) -> str:
        """`text` with the lines that go on with it."""
        last = text
        while self.at < len(self.lines):
            following = self.lines[self.at].text
            if not self._goes_on(last, following):
                break
            text = f"{text.rstrip()} {following.strip()}"
            last = following
            self.at += 1
        return text

    def _goes_on(self, last: str, following: str) -> bool:
        words = following.strip()
        if (
            not words
            or last.rstrip().endswith("  ")
            or any(pattern.match(following) for pattern in (_FENCE, _HEADING, _ITEM, _ROW, _RULE))
        ):
            return False
        is_rest = words[0].islower() and words.endswith("?") and not last.rstrip().endswith(_SENTENCE_ENDS)
        if is_rest:
            return True
        if len(last.strip()) < _WHOLE_LINE * 0.6 or last.rstrip().endswith(("?", ":")):
            return False
        if words[0].islower() and not last.rstrip().endswith(_SENTENCE_ENDS):
            return True
        # Broken at the margin: the next word would not have fitted.
        return bool(self.margin) and len(last.rstrip()) + 1 + len(words.split()[0]) > self.margin - 6

    def _next_is(self, pattern: re.Pattern[str]) -> bool:
        return self.at + 1 < len(self.lines) and bool(pattern.match(self.lines[self.at + 1].text))


def _heading(text: str, level: int, line: int) -> Iterator[Block]:
    words = _plain(text).strip("*_ ")
    if words:
        yield Block(Kind.HEADING, words, line, level)


def _words_block(kind: Kind, text: str, line: int, level: int = 0, number: int | None = None) -> Iterator[Block]:
    words = _plain(text)
    words = re.sub(r"^\[[ xX]\]\s+", "", words)
    bold = ""
    if found := _BOLD.match(words):
        bold = found[2].strip()
        words = (bold + words[found.end() :]).strip()
    if words.strip("*_ "):
        yield Block(kind, words, line, level, number, bold)


def _plain(text: str) -> str:
    """Without links, tags and pictures; words, code and emphasis stay."""
    pieces = re.split(r"(`[^`]+`)", text)
    for place in range(0, len(pieces), 2):
        bare = _TAG.sub(" ", _LINK.sub(lambda found: "" if found[0].startswith("!") else found[1], pieces[place]))
        pieces[place] = re.sub(r"\\([.)#*_\[\]-])", r"\1", html.unescape(bare))
    return " ".join("".join(pieces).split())
