"""HTML to PDF. Makes no request and reads no file: what a document may use is handed to it."""

import logging
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

STYLES = ("css/tokens.css", "css/fonts.css", "css/print.css")
# An address that nothing answers: a base against which relative references in the styles are resolved.
BASE = "https://kit.invalid"
ONLY_OURS = "A document may use only the project's own styles and faces."
INSTALL = "Debian, Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango"


@cache
def available() -> bool:
    """Whether PDFs can be made here. WeasyPrint needs Pango, which only importing tells for certain."""
    try:
        import weasyprint  # noqa: F401, PLC0415 only where PDFs are made: the rest runs without Pango
    except OSError:
        return False
    return True


@cache
def _assets() -> dict[str, bytes]:
    found = [Path(str(finders.find(name))) for name in STYLES]
    fonts = sorted(Path(settings.BASE_DIR, "static/vendor/ibm-plex").glob("*.woff2"))
    return {f"{BASE}/css/{p.name}": p.read_bytes() for p in found} | {
        f"{BASE}/vendor/ibm-plex/{p.name}": p.read_bytes() for p in fonts
    }


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
        return document.write_pdf(stylesheets=styles, font_config=faces, pdf_variant="pdf/ua-1")  # type: ignore[no-any-return]
    except FatalURLFetchingError as problem:  # not an Exception to Python, and so past every handler of ours
        raise ValueError(ONLY_OURS) from problem


def _only_ours() -> Any:
    """A fetcher that serves the styles and faces above from memory and refuses every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class OnlyOurs(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002
            if url not in _assets():
                raise ValueError(ONLY_OURS)
            kind = "font/woff2" if url.endswith(".woff2") else "text/css"
            return URLFetcherResponse(url, body=_assets()[url], headers={"Content-Type": kind})

    return OnlyOurs(timeout=1, allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
