"""An article without what a page puts around it: menus, adverts, comments, trackbacks, links to other articles."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from questions.intake import furniture
from questions.intake.blocks import Block, Kind
from questions.intake.leads import Form, form_of, leads_of

_LABEL_ALONE = re.compile(
    r"^(?:q|ques|question)\s*(?:no\.?|#)?\s*(\d{1,3})(?:\s*(?:of|/)\s*\d{1,3})?\s*[.:)–—-]*$", re.IGNORECASE
)
_NUMBER_ALONE = re.compile(r"^[#(\[]?(\d{1,3})\s*[.:)\]]*$")
_SHORT = 120


@dataclass(frozen=True)
class Cleared:
    blocks: list[Block]
    left_out: list[tuple[Block, str]]


def cleared(blocks: Sequence[Block]) -> Cleared:
    """The article's own blocks, and the rest with the reason why it was left out."""
    left_out = [(block, block.furniture) for block in blocks if block.furniture]
    kept = _joined([block for block in blocks if not block.furniture])
    end = _end_of_article(kept)
    left_out += [(block, _why_behind(block)) for block in kept[end:]]
    kept = kept[:end]
    article: list[Block] = []
    sweeping = ""
    for block in kept:
        why = _swept(block, sweeping)
        if not why:
            sweeping = ""
            why = _around(block)
            if why in {str(furniture.RELATED), str(furniture.CONTENTS)} and ": " not in block.text:
                sweeping = why
        if why:
            left_out.append((block, why))
        else:
            article.append(block)
    return Cleared(article, left_out)


def _around(block: Block) -> str:
    if block.kind in {Kind.CODE, Kind.TABLE}:
        return ""
    if furniture.is_trackback(block.text):
        return str(furniture.TRACKBACK)
    if furniture.heads_contents(block.text):
        return str(furniture.CONTENTS)
    return furniture.around(block.text)


def _swept(block: Block, sweeping: str) -> str:
    """Short items right behind a heading of links belong to it."""
    is_link = block.kind is Kind.ITEM and len(block.text) <= _SHORT
    is_loose = sweeping == str(furniture.RELATED) and block.kind is Kind.TEXT and len(block.text) <= _SHORT
    return sweeping if sweeping and (is_link or (is_loose and not block.text.endswith("."))) else ""


def _why_behind(block: Block) -> str:
    return str(furniture.TRACKBACK if furniture.is_trackback(block.text) else furniture.COMMENT)


def _end_of_article(blocks: Sequence[Block]) -> int:
    """Where readers begin to speak. Not before the questions are over: an article may have the word in a heading."""
    leads = leads_of(blocks)
    form = form_of(leads)
    is_firm = form is not None and form[0] <= Form.HEADING
    asked = sorted(lead.at for lead in leads if lead.place == form and lead.asks)
    for at, block in enumerate(blocks):
        is_short = block.kind in {Kind.HEADING, Kind.TEXT, Kind.ITEM}
        if not is_short or not at:
            continue
        opens = furniture.opens_comments(block.text)
        speaks = furniture.is_voice(block.text) or furniture.is_trackback(block.text)
        after = len(asked) - bisect_right(asked, at)
        if (opens or speaks) and (after < 3 if is_firm else after * 2 < len(asked)):
            return at if opens else _with_name(blocks, at)
    return len(blocks)


def _with_name(blocks: Sequence[Block], at: int) -> int:
    """Who wrote it, or the title of the site, stands on a short line above it."""
    above = blocks[at - 1]
    is_name = above.kind in {Kind.TEXT, Kind.HEADING, Kind.ITEM} and len(above.text) <= 80
    return at - 1 if is_name and not above.text.rstrip().endswith((".", "?", ":", ";", ")")) and at > 1 else at


def _joined(blocks: list[Block]) -> list[Block]:
    """With a number that stands alone on its line put in front of the words below it."""
    joined: list[Block] = []
    for block in blocks:
        above = joined[-1] if joined else None
        if above and block.kind in {Kind.TEXT, Kind.HEADING} and above.kind in {Kind.TEXT, Kind.HEADING}:
            if found := _LABEL_ALONE.match(above.text):
                joined[-1] = replace(block, kind=Kind.TEXT, text=f"Q{found[1]}: {block.text}", bold="", line=above.line)
                continue
            if found := _NUMBER_ALONE.match(above.text):
                joined[-1] = replace(block, text=f"{found[1]}. {block.text}", bold="", line=above.line)
                continue
        joined.append(block)
    return joined
