"""An article as a plain row of blocks, whatever it was written in: the common ground of all its readers."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"
    CODE = "code"
    TABLE = "table"


@dataclass(frozen=True)
class Block:
    """One heading, item of a list, paragraph, piece of code or table, with its place.

    `level` is that of a heading (1 to 6), or how deep an item stands (from 1). `number` is what an ordered list gives it.
    `bold` is the part, from the beginning, that was set in bold. `furniture` says why a page shows it beside the article.
    """

    kind: Kind
    text: str
    line: int
    level: int = 0
    number: int | None = None
    bold: str = ""
    furniture: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def markdown_of(blocks: list[Block]) -> str:
    """The same as Markdown, as rubric text is written."""
    pieces: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        is_list_going_on = before is not None and before.kind is block.kind is Kind.ITEM
        pieces.append(("\n" if is_list_going_on else "\n\n") + _markdown(block))
    return "".join(pieces).strip()


def _markdown(block: Block) -> str:
    if block.kind is Kind.HEADING:
        return f"**{block.text}**"
    if block.kind is Kind.ITEM:
        mark = f"{block.number}." if block.number is not None else "-"
        return f"{'   ' * (block.level - 1)}{mark} {block.text}"
    if block.kind is Kind.CODE:
        fence = "````" if "```" in block.text else "```"
        return f"{fence}\n{block.text}\n{fence}"
    return table_of(block.rows) if block.kind is Kind.TABLE else block.text


def table_of(rows: tuple[tuple[str, ...], ...]) -> str:
    """`rows` as a table with the first for its head; short rows are filled up."""
    width = max((len(row) for row in rows), default=0)
    filled = [
        [cell.replace("|", "\\|").replace("\n", " ") for cell in (*row, *[""] * (width - len(row)))] for row in rows
    ]
    lines = [f"| {' | '.join(row)} |" for row in filled]
    return "\n".join([*lines[:1], f"|{'---|' * width}", *lines[1:]])
