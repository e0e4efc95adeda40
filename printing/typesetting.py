"""What a PDF is set with: our styles, our faces, and what WeasyPrint leaves out of an accessible file. No Django here."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

STATIC = Path(__file__).resolve().parent.parent / "static"
# An address that nothing answers: a base against which relative references in the styles are resolved.
BASE = "https://kit.invalid"
STYLES = ("css/tokens.css", "css/faces.css", "css/print.css")
FACES = ("vendor/ibm-plex", "vendor/noto-emoji")
# A sign without shape or meaning of its own.
JOINER = b"<034f>"


def assets() -> dict[str, bytes]:
    """Address → content of all that a document may use."""
    faces = [path for folder in FACES for path in sorted((STATIC / folder).glob("*.woff"))]
    return {f"{BASE}/{name}": style.encode() for name, style in _styles().items()} | {
        f"{BASE}/{path.relative_to(STATIC).as_posix()}": _unpacked(path) for path in faces
    }


def _styles() -> dict[str, str]:
    """Name → style, with the value in the place of each variable: looked up once, and not at every element."""
    written = {name: (STATIC / name).read_text(encoding="utf-8") for name in STYLES}
    # Those of one's own at the start of a line; within a media query stand those of the screen alone.
    roots = [
        root for style in written.values() for root in re.findall(r"^:root \{.*?\}", style, re.MULTILINE | re.DOTALL)
    ]
    values = {name: value for root in roots for name, value in re.findall(r"(--[\w-]+): ([^;]+);", root)}

    def settled(style: str) -> str:
        return re.sub(r"var\((--[\w-]+)\)", lambda found: settled(values[found[1]]), style)

    return {name: settled(style) for name, style in written.items()}


def _unpacked(path: Path) -> bytes:
    """A face as WeasyPrint would unpack it, but once for all documents, and without the time of day written into it."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 comes with WeasyPrint: only where PDFs are made

    face, plain = TTFont(path, recalcTimestamp=False), BytesIO()
    face.flavor = None
    face.save(plain)
    return plain.getvalue()


def complete_tags(_document: Any, pdf: Any) -> None:
    """A finisher for WeasyPrint's `write_pdf`: header cells with their scope, list items of label and body, text for all."""
    for stream in pdf.objects:
        if b"begincmap" in getattr(stream, "stream", ()):
            # Of several glyphs that stand for one sign (a letter with its points) all but the first would have no text.
            stream.stream = [line.replace(b"<>", JOINER) for line in stream.stream]
    parts = {part.reference: part for part in pdf.objects if hasattr(part, "keys")}
    for part in list(parts.values()):
        if part.get("S") == "/TH":
            group = parts[parts[part["P"]]["P"]]
            part["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
        elif part.get("S") == "/LI":
            _wrap_bodies(part, parts, pdf)


def _wrap_bodies(item: Any, parts: dict[bytes, Any], pdf: Any) -> None:
    """Put what stands in a list item beside its label and body into a body."""
    kids, body = list(item["K"]), None
    item["K"].clear()
    for kid in kids:
        if parts[kid]["S"] in {"/Lbl", "/LBody"}:
            item["K"].append(kid)
            body = None
            continue
        if body is None:
            body = type(item)({key: item[key] for key in ("Type", "Pg")} | {"S": "/LBody", "P": item.reference})
            body["K"] = type(item["K"])()
            pdf.add_object(body)
            item["K"].append(body.reference)
        body["K"].append(kid)
        parts[kid]["P"] = body.reference
