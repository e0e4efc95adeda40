"""HTML to PDF. Makes no request and reads no file: what a document may use is handed to it."""

import logging
from functools import cache
from typing import Any

from foundation.typesetting import BASE, STYLES, assets, complete_tags

ONLY_OURS = "A document may use only the project's own styles and faces."
INSTALL = "Debian, Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango"

_assets = cache(assets)


@cache
def available() -> bool:
    """Whether PDFs can be made here. WeasyPrint needs Pango, which only importing tells for certain."""
    try:
        import weasyprint  # noqa: F401, PLC0415 only where PDFs are made: the rest runs without Pango
    except OSError:
        return False
    return True


def render_pdf(html: str) -> bytes:
    """`html` as a tagged PDF (PDF/UA-1), the same bytes for the same text.

    Raises OSError where Pango is missing, and ValueError for a reference to anything but our own styles and faces.
    """
    from weasyprint import CSS, HTML  # noqa: PLC0415 see `available`
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    # It warns at every document of what is meant for screens alone in the styles that both share.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    fetcher = _only_ours()
    # Shared between styles and document, or the faces that the styles name are not found.
    faces = FontConfiguration()
    styles = [
        CSS(
            string=_assets()[f"{BASE}/{name}"].decode(), base_url=f"{BASE}/css/", url_fetcher=fetcher, font_config=faces
        )
        for name in STYLES
    ]
    document = HTML(string=html, base_url=f"{BASE}/document", url_fetcher=fetcher)
    try:
        return document.write_pdf(  # type: ignore[no-any-return]  # WeasyPrint has no types
            stylesheets=styles, font_config=faces, pdf_variant="pdf/ua-1", finisher=complete_tags
        )
    except FatalURLFetchingError as problem:  # not an Exception to Python, and so past every handler of ours
        raise ValueError(ONLY_OURS) from problem


def _only_ours() -> Any:
    """A fetcher that serves the styles and faces above from memory and refuses every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class OnlyOurs(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002
            if url not in _assets():
                raise ValueError(ONLY_OURS)
            kind = "font/ttf" if url.endswith(".woff") else "text/css"
            return URLFetcherResponse(url, body=_assets()[url], headers={"Content-Type": kind})

    return OnlyOurs(timeout=1, allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
