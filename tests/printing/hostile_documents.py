"""Documents of a few bytes or megabytes that ask a layout engine for more than anyone may have. Name → HTML."""

import base64
import zlib
from collections.abc import Callable


def _page(body, css="", head=""):
    return f'<html lang="en"><head><title>x</title>{head}<style>{css}</style></head><body>{body}</body></html>'


def _svg(inner, size=100):
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{size}" height="{size}">{inner}</svg>'
    )


def _uses(deep):
    """10 to the power of `deep` squares, by groups that use groups."""
    groups = '<g id="g0"><rect width="1" height="1"/></g>'
    for level in range(deep):
        groups += f'<g id="g{level + 1}">' + f'<use xlink:href="#g{level}"/>' * 10 + "</g>"
    return _page(_svg(f'<defs>{groups}</defs><use xlink:href="#g{deep}"/>'))


def _laughs():
    entities = '<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n} "{10 * ("&e%d;" % (n - 1))}">' for n in range(1, 10))  # noqa: UP031
    picture = f"<!DOCTYPE svg [{entities}]>" + _svg('<text y="20">&e9;</text>')
    return _page(f'<img alt="x" src="data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}">')


def _large_picture(side=20_000):
    def chunk(kind, content):
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    rows = zlib.compressobj(9)
    pixels = b"".join(rows.compress(b"\0" * (side // 8 + 1)) for _row in range(side)) + rows.flush()
    size = side.to_bytes(4, "big")
    picture = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size + size + b"\x01\0\0\0\0") + chunk(b"IDAT", pixels)
    picture += chunk(b"IEND", b"")
    return _page(f'<img alt="x" src="data:image/png;base64,{base64.b64encode(picture).decode()}">')


def _nested(tag, deep, inner="x"):
    opening, closing = f"<{tag}>", f"</{tag.split(' ')[0]}>"
    return _page(opening * deep + inner + closing * deep)


DOCUMENTS: dict[str, Callable[[], str]] = {
    "a word of a megabyte": lambda: _page("x" * 1_000_000, "body { overflow-wrap: anywhere }"),
    "a table of 10,000 rows": lambda: _page(f"<table>{'<tr><td>a<td>b<td>c</tr>' * 10_000}</table>"),
    "a table of 2,000 columns": lambda: _page(f"<table>{('<tr>' + '<td>a' * 2_000 + '</tr>') * 5}</table>"),
    "a cell over a million columns": lambda: _page('<table><tr><td colspan="1000000">x</td></tr></table>'),
    "a cell over a million rows": lambda: _page('<table><tr><td rowspan="1000000">x</td></tr><tr><td>y</table>'),
    "100,000 paths": lambda: _page(_svg('<path d="M0 0 L9 9 Q1 2 3 4 Z"/>' * 100_000)),
    "a path of a million points": lambda: _page(_svg('<path d="M0 0' + " L9 9" * 1_000_000 + '"/>')),
    "10^6 uses": lambda: _uses(6),
    "10^9 uses": lambda: _uses(9),
    "a use of itself": lambda: _page(_svg('<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g>')),
    "a pattern of itself": lambda: _page(
        _svg('<pattern id="p" width=".1" height=".1"><rect fill="url(#p)" width="9" height="9"/></pattern>')
    ),
    "20,000 page breaks": lambda: _page('<p style="break-after: page">x</p>' * 20_000),
    "20,000 floats": lambda: _page('<div style="float: left; width: 3px">x</div>' * 20_000),
    "200 flex boxes deep": lambda: _nested('div style="display: flex"', 200),
    "100 grids deep": lambda: _nested('div style="display: grid"', 100),
    "100 floats deep": lambda: _nested('div style="float: left"', 100),
    "5 MB of text": lambda: _page("<p>" + "many words of text " * 263_000),
    "5,000 rules for 5,000 elements": lambda: _page(
        "<i>x</i>" * 5_000, "".join(f"i:nth-child({n}n+{n}) i ~ i, .c{n} i {{ color: #{n:06x} }}" for n in range(5_000))
    ),
    "50,000 counters": lambda: _page(
        "<p>x</p>" * 50_000, "p { counter-increment: c } p::before { content: counters(c, '.') counter(pages) }"
    ),
    "divs 5,000 deep": lambda: _nested("div", 5_000),
    "lists 2,000 deep": lambda: _page("<ul><li>" * 2_000 + "x" + "</ul>" * 2_000),
    "tables 500 deep": lambda: _nested("table><tr><td", 500),
    "spans 5,000 deep": lambda: _nested("span", 5_000),
    "letters of a billion pixels": lambda: _page("<p>x</p>", "p { font-size: 1e9px }"),
    "a page of a billion pixels": lambda: _page("<p>x</p>" * 100, "@page { size: 1e9px 1e9px }"),
    "a page of one pixel": lambda: _page("<p>many words</p>" * 2_000, "@page { size: 1px; margin: 0 }"),
    "a billion laughs": _laughs,
    "a picture of 20,000 by 20,000": _large_picture,
    "a million entities": lambda: _page("&amp;&lt;&#x1F600;" * 350_000),
    "10,000 columns": lambda: _page("<p>many words of text</p>" * 500, "body { columns: 10000; column-gap: 0 }"),
    "a variable of variables": lambda: _page(
        "<p>x</p>", ":root { --v0: ha ha; " + "".join(f"--v{n + 1}: " + f"var(--v{n}) " * 10 + "; " for n in range(9)) + "} p { font-family: var(--v9) }"
    ),
}  # fmt: skip
