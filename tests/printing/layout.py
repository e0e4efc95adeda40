"""Where WeasyPrint puts what a document says: lines and boxes by page, with the product's own styles and faces."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from printing.typesetting import BASE, STYLES, assets

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
our_assets = cache(assets)


@dataclass
class Line:
    """A stretch of text with the elements around it, the innermost last."""

    box: Any
    around: tuple[Any, ...]

    @property
    def bottom(self) -> float:
        return self.box.position_y + self.box.height

    @property
    def right(self) -> float:
        return self.box.position_x + self.box.width

    def within(self, *names: str) -> Any:
        """The innermost box around it that comes from one of these elements."""
        found = [box for box in self.around if box.element_tag in names]
        return found[-1] if found else None

    @property
    def is_heading(self) -> bool:
        return any(
            box.element_tag in HEADINGS or "label" in (box.element.get("class") or "").split()
            for box in self.around
            if box.element is not None
        )


@dataclass
class Sheet:
    box: Any
    lines: list[Line]

    @property
    def top(self) -> float:
        return self.box.content_box_y()

    @property
    def empty(self) -> float:
        """The share of its height that stands empty below the last line or rule."""
        inked = [line.bottom for line in self.lines] + [
            box.position_y + box.border_height() for box in self.box.descendants() if _is_rule(box)
        ]
        return 1 - (max(inked, default=self.top) - self.top) / self.box.height

    def rows(self) -> set[Any]:
        """The rows of tables' bodies that have a part here."""
        return {
            line.within("tr").element
            for line in self.lines
            if line.within("tr") is not None and line.within("thead") is None
        }


def _is_rule(box: Any) -> bool:
    return bool(box.element is not None and box.element.get("class") == "kit-line")


def laid_out(html: str) -> list[Sheet]:
    return sheets_of(rendered(html))


def sheets_of(document: Any) -> list[Sheet]:
    return [Sheet(page._page_box, list(_lines(page._page_box))) for page in document.pages]


def rendered(html: str) -> Any:
    """WeasyPrint's own document."""
    return setter(STYLES)(html)


def setter(styles: tuple[str, ...], extra: str = "") -> Callable[[str], Any]:
    """With styles and faces loaded once: HTML → WeasyPrint's document."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    faces, fetcher = FontConfiguration(), _fetcher()
    sheets = [our_assets()[f"{BASE}/{name}"].decode() for name in styles] + ([extra] if extra else [])
    read = [CSS(string=text, base_url=f"{BASE}/css/", url_fetcher=fetcher, font_config=faces) for text in sheets]

    def set_one(html: str) -> Any:
        source = HTML(string=html, base_url=f"{BASE}/document", url_fetcher=fetcher)
        return source.render(stylesheets=read, font_config=faces, pdf_variant="pdf/ua-1")

    return set_one


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Ours(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            return URLFetcherResponse(url, body=our_assets()[url], headers={"Content-Type": "font/ttf"})

    return Ours(fail_on_errors=True)


def _lines(box: Any, around: tuple[Any, ...] = ()) -> Any:
    from weasyprint.formatting_structure import boxes

    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.MarginBox):
            continue
        if isinstance(child, boxes.TextBox):
            if child.text.strip():
                yield Line(child, (*around, box))
        else:
            yield from _lines(child, (*around, box))
