"""The list of faces, and the two style sheets that are written from it: `python -m tests.faces`.

Paper takes whole faces (css/faces.css, WOFF, which unpacks ten times as fast as WOFF2); it must have one file for each
family, weight and style, because WeasyPrint mixes up the letters of several. Screens take the maker's own pieces by
script (css/fonts.css, WOFF2), so that a page loads what its text needs, and a whole face only for a rare sign.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

STATIC = Path(__file__).resolve().parent.parent / "static"
# Family, weight, style, file without its ending.
FACES = [
    ("IBM Plex Sans", 400, "normal", "ibm-plex/IBMPlexSans-Regular"),
    ("IBM Plex Sans", 400, "italic", "ibm-plex/IBMPlexSans-Italic"),
    ("IBM Plex Sans", 500, "normal", "ibm-plex/IBMPlexSans-Medium"),
    ("IBM Plex Sans", 600, "normal", "ibm-plex/IBMPlexSans-SemiBold"),
    ("IBM Plex Serif", 400, "normal", "ibm-plex/IBMPlexSerif-Regular"),
    ("IBM Plex Serif", 500, "normal", "ibm-plex/IBMPlexSerif-Medium"),
    ("IBM Plex Mono", 400, "normal", "ibm-plex/IBMPlexMono-Regular"),
    ("IBM Plex Sans Arabic", 400, "normal", "ibm-plex/IBMPlexSansArabic-Regular"),
    ("IBM Plex Sans Arabic", 500, "normal", "ibm-plex/IBMPlexSansArabic-Medium"),
    ("IBM Plex Sans Arabic", 600, "normal", "ibm-plex/IBMPlexSansArabic-SemiBold"),
    ("IBM Plex Sans Hebrew", 400, "normal", "ibm-plex/IBMPlexSansHebrew-Regular"),
    ("IBM Plex Sans Hebrew", 500, "normal", "ibm-plex/IBMPlexSansHebrew-Medium"),
    ("IBM Plex Sans Hebrew", 600, "normal", "ibm-plex/IBMPlexSansHebrew-SemiBold"),
    # Pango asks for emoji under this name, so that a coloured face of the machine never takes its place. On screens
    # emoji are the reader's own.
    ("emoji", 400, "normal", "noto-emoji/NotoEmoji-Regular"),
]
# In the order in which they are asked for a sign that several hold.
PIECES = ["Latin1", "Latin2", "Latin3", "Greek", "Cyrillic", "Pi"]
# A face of another script is loaded for that script alone: its Latin is not ours.
SCRIPTS = {
    "Arabic": "U+600-6FF,U+750-77F,U+8A0-8FF,U+FB50-FDFF,U+FE70-FEFC",
    "Hebrew": "U+590-5FF,U+20AA,U+FB1D-FB4F",
}
PAPER = "/* Every face whole, for paper. Written by tests/faces.py. Open licences beside the files. */\n"
SCREEN = "/* Faces for screens, cut by script and loaded when used. Written by tests/faces.py. Open licences beside the files. */\n"


def signs(path: Path) -> set[int]:
    """The code points for which a face has a glyph; its maker's private ones do not count."""
    return {code for code in TTFont(path).getBestCmap() if not 0xE000 <= code <= 0xF8FF and code >= 0x20}


def paper_sheet() -> str:
    return PAPER + "".join(_rule(family, weight, style, f"{file}.woff", "") for family, weight, style, file in FACES)


def screen_sheet() -> str:
    return SCREEN + "".join(
        _rule(family, weight, style, file, span) for family, weight, style, stem in FACES for file, span in _parts(stem)
    )


def _parts(stem: str) -> list[tuple[str, str]]:
    """(file, unicode-range) of what a screen loads for one face: its pieces, then what only the whole holds."""
    for script, span in SCRIPTS.items():
        if script in stem:
            return [(f"{stem}.woff2", span)]
    if "Emoji" in stem:
        return []
    whole = left = signs(STATIC / "vendor" / f"{stem}.woff")
    parts = []
    for name in PIECES:
        file = f"{stem}-{name}.woff2"
        if (STATIC / "vendor" / file).exists():
            mine = signs(STATIC / "vendor" / file) & left
            left = left - mine
            parts.append((file, _span(mine, whole - mine)))
    return [*parts, (f"{stem}.woff", _span(left, whole - left))]


def _span(mine: set[int], others: set[int]) -> str:
    """`mine` as a unicode-range, in as few runs as can be without one of `others`."""
    runs: list[list[int]] = []
    for code in sorted(mine):
        if runs and not any(between in others for between in range(runs[-1][1] + 1, code)) and code - runs[-1][1] < 64:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def _rule(family: str, weight: int, style: str, file: str, span: str) -> str:
    said = {
        "font-family": f'"{family}"',
        "font-weight": "" if weight == 400 else str(weight),
        "font-style": "" if style == "normal" else style,
        "font-display": "swap",
        "src": f'url("../vendor/{file}")',
        "unicode-range": span,
    }
    return f"@font-face {{ {'; '.join(f'{name}: {value}' for name, value in said.items() if value)} }}\n"


SHEETS = {"css/faces.css": paper_sheet, "css/fonts.css": screen_sheet}

if __name__ == "__main__":
    for name, sheet in SHEETS.items():
        (STATIC / name).write_text(sheet())
        sys.stdout.write(f"{name}: {(STATIC / name).stat().st_size} bytes\n")
