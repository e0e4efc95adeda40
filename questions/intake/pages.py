"""A web page as blocks. What stands around the article is marked as furniture, never silently dropped."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from questions.intake import furniture
from questions.intake.asking import opening_of
from questions.intake.blocks import Block, Kind

_VOID = set("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
_BLOCKS = set("address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split())  # fmt: skip  # noqa: SIM905
_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"summary": 6, "dt": 6}
# An element of this kind ends one of the same kind that nobody closed, up to the border named with it.
_ENDS = {"li": ({"li"}, {"ul", "ol"}), "dt": ({"dt", "dd"}, {"dl"}), "dd": ({"dt", "dd"}, {"dl"}), "tr": ({"tr"}, {"table"}), "td": ({"td", "th"}, {"tr", "table"}), "th": ({"td", "th"}, {"tr", "table"})}  # fmt: skip
_Piece = tuple[str, bool]
_LINE_BREAK: _Piece = ("\x00", False)
_DEEPEST = 300
_LARGE_PART = 0.4


@dataclass
class _Open:
    """An element that is not closed yet."""

    tag: str
    why: str = ""
    root: int = 0
    number: int | None = None
    is_new: bool = True


@dataclass
class _Table:
    rows: list[list[list[str]]] = field(default_factory=list)


def blocks_of_page(html: str) -> list[Block]:
    """The blocks in the order of the page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.freed()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[Block, int, bool]] = []
        self.open: list[_Open] = []
        self.run: list[_Piece] = []
        self.tables: list[_Table] = []
        self.roots = 0
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.silent or tag in furniture.SILENT:
            self.silent += tag in furniture.SILENT
            return
        if tag in _VOID:
            self._void(tag)
            return
        if len(self.open) >= _DEEPEST:
            if tag in _BLOCKS:
                self.flush()
            return
        if tag in _BLOCKS:
            if any(one.tag == "p" for one in self.open[-1:]):
                self._close_last()
            self._end_unclosed(tag)
            self.flush()
        self.open.append(self._opened(tag, {name: value or "" for name, value in attrs}))
        if tag == "code" and not self._within("pre"):
            self.run.append(("`", False))
        self._start_part_of_table(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            self.silent -= tag in furniture.SILENT
            return
        if tag in _VOID or not any(one.tag == tag for one in self.open):
            return
        if tag == "code" and not self._within("pre"):
            self.run.append(("`", False))
        if tag in _BLOCKS:
            self.flush()
        while self._close_last() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.silent:
            is_bold = any(one.tag in {"b", "strong"} for one in self.open)
            self.run.append((data, is_bold))

    def flush(self) -> None:
        """Whatever was read since the last border becomes a block, or part of a table's cell."""
        run, self.run = self.run, []
        if not run:
            return
        if self._within("pre"):
            self._flush_run(run, "".join(piece for piece, _bold in run).strip("\n"))
            return
        is_whole = bool(self.tables) or self._within("li", "dd", *_HEADINGS)
        for part in [run] if is_whole else _paragraphs(run):
            self._flush_run(part, _tidied("".join(piece for piece, _bold in part)))

    def _flush_run(self, run: list[_Piece], text: str) -> None:
        if not text.strip(" `\n"):
            return
        if self.tables:
            if self.tables[-1].rows and self.tables[-1].rows[-1]:
                self.tables[-1].rows[-1][-1].append(text)
            return
        self._add(self._block(text, _bold_start(run)))

    def freed(self) -> list[Block]:
        """What was read; a part of the page that holds much of it is no furniture, whatever its class says."""
        total = sum(len(block.text) for block, _root, _inside in self.blocks) or 1
        sizes: dict[int, int] = {}
        for block, root, _inside in self.blocks:
            sizes[root] = sizes.get(root, 0) + len(block.text)
        large = {root for root, size in sizes.items() if root and size > _LARGE_PART * total}
        spared = {str(furniture.COMMENT), str(furniture.TRACKBACK)}
        found = [
            (replace(block, furniture="") if root in large and block.furniture not in spared else block, inside)
            for block, root, inside in self.blocks
        ]
        kept = [(len(block.text), inside) for block, inside in found if not block.furniture]
        article = sum(size for size, inside in kept if inside)
        if article * 2 < sum(size for size, _inside in kept):
            return [block for block, _inside in found]
        why = str(furniture.MENU)
        return [block if inside or block.furniture else replace(block, furniture=why) for block, inside in found]

    def _start_part_of_table(self, tag: str) -> None:
        if tag == "table":
            self.tables.append(_Table())
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in {"td", "th"} and self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1].append([])

    def _void(self, tag: str) -> None:
        if tag == "hr":
            self.flush()
        elif tag == "br":
            self.run.append(("\n", False) if self._within("pre") else _LINE_BREAK)

    def _opened(self, tag: str, attrs: dict[str, str]) -> _Open:
        above = self.open[-1] if self.open else _Open("")
        why, root = above.why, above.root
        if not why and tag not in {"html", "body", "main", "article"}:
            why = str(furniture.TAGS.get(tag, "")) if tag != "header" or not self._within("article", "main") else ""
            why = why or furniture.by_classes(
                [*attrs.get("class", "").split(), attrs.get("id", ""), attrs.get("role", "")]
            )
            if not why and (attrs.get("aria-hidden") == "true" or "hidden" in attrs) and tag in _BLOCKS:
                why = str(furniture.MENU)
            self.roots += bool(why)
            root = self.roots if why else 0
        opened = _Open(tag, why, root)
        if tag == "ol":
            opened.number = _whole(attrs.get("start", "")) or 1
        elif tag == "li" and above.tag == "ol":
            opened.number = _whole(attrs.get("value", "")) or above.number or 1
            above.number = opened.number + 1
        return opened

    def _end_unclosed(self, tag: str) -> None:
        kinds, borders = _ENDS.get(tag, (set(), set()))
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place].tag in borders:
                return
            if self.open[place].tag in kinds:
                self.flush()
                while len(self.open) > place:
                    self._close_last()
                return

    def _close_last(self) -> str:
        if self.open[-1].tag in _BLOCKS:
            self.flush()
        closed = self.open.pop()
        if closed.tag == "table" and self.tables:
            self._end_table(self.tables.pop(), closed)
        return closed.tag

    def _end_table(self, table: _Table, closed: _Open) -> None:
        rows = tuple(tuple(" ".join(cell) for cell in row) for row in table.rows if any(row))
        if self.tables:  # a table in a table is read as words
            if self.tables[-1].rows and self.tables[-1].rows[-1]:
                self.tables[-1].rows[-1][-1].extend(cell for row in rows for cell in row)
        elif len(rows) > 1 and max(map(len, rows)) > 1:
            text = "\n".join(" | ".join(row) for row in rows)
            line = self.getpos()[0]
            self._add(Block(Kind.TABLE, text, line, furniture=closed.why, rows=rows), closed)
        else:  # one that only lays the page out
            for row in table.rows:
                for text in (text for cell in row for text in cell):
                    self._add(Block(Kind.TEXT, text, self.getpos()[0], furniture=closed.why), closed)

    def _block(self, text: str, bold: str) -> Block:
        line, why = self.getpos()[0], self.open[-1].why if self.open else ""
        if self._within("pre"):
            return Block(Kind.CODE, text, line, furniture=why)
        level = next((_HEADINGS[one.tag] for one in reversed(self.open) if one.tag in _HEADINGS), 0)
        if level:
            return Block(Kind.HEADING, text.replace("\n", " "), line, level, furniture=why)
        item = next((one for one in reversed(self.open) if one.tag in {"li", "dd"}), None)
        if item and item.tag == "li" and item.is_new:
            item.is_new = False
            depth = sum(one.tag == "li" for one in self.open)
            return Block(Kind.ITEM, text, line, depth, item.number, bold, why)
        return Block(Kind.TEXT, text, line, bold=bold, furniture=why)

    def _add(self, block: Block, closed: _Open | None = None) -> None:
        root = closed.root if closed else self.open[-1].root if self.open else 0
        self.blocks.append((block, root, self._within("article", "main")))

    def _within(self, *tags: str) -> bool:
        return any(one.tag in tags for one in self.open)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _tidied(text: str) -> str:
    """White space as a browser shows it; only where a line was broken on purpose it stays broken."""
    return "\n".join(" ".join(line.split()) for line in text.split("\x00")).strip()


def _paragraphs(run: list[_Piece]) -> Iterator[list[_Piece]]:
    """The run where it is broken on purpose: at an empty line, and before one that begins with a number or a label."""
    lines: list[list[_Piece]] = [[]]
    for piece in run:
        lines.append([]) if piece == _LINE_BREAK else lines[-1].append(piece)
    part: list[_Piece] = []
    for line in lines:
        text = "".join(piece for piece, _bold in line).strip()
        opening = opening_of(text)
        if part and (not text or opening.number is not None or opening.is_labelled):
            yield part
            part = []
        if text:
            part += [_LINE_BREAK, *line] if part else line
    yield part


def _bold_start(run: list[_Piece]) -> str:
    bold: list[str] = []
    for piece, is_bold in run:
        if not is_bold and piece.strip(" \n\t\xa0"):
            break
        bold.append(piece)
    return _tidied("".join(bold))
