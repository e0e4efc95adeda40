"""Documents that ask for what is not theirs, and what to look for afterwards.

`python -m tests.printing.references FOLDER PORT WALL [NAME ...]` prints what each of them, or the named ones, gets when
the printer has one wall alone: "fetcher", "hook", "network", or "none".
"""

import base64
import io
import json
import re
import socketserver
import sys
import threading
import zlib
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from pypdf import PdfReader

CANARY = "CANARY5b1e"
PAGE = '<html lang="en"><head><title>x</title>{head}</head><body><p>x</p>{body}</body></html>'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="90">{}</svg>'
)


def _data(kind, text):
    return f"data:{kind};base64,{base64.b64encode(text.encode()).decode()}"


def _style(css):
    return lambda css_at, svg_at: PAGE.format(
        head="<style>" + css.replace("CSS", css_at).replace("SVG", svg_at) + "</style>", body="<ul><li>y</li></ul>"
    )


def _head(html):
    return lambda css_at, svg_at: PAGE.format(head=html.replace("CSS", css_at).replace("SVG", svg_at), body="")


def _body(html):
    return lambda css_at, svg_at: PAGE.format(head="", body=html.replace("CSS", css_at).replace("SVG", svg_at))


def _drawn(svg, before=""):
    """An SVG inside the page, and the same as a picture of its own in a data: address."""
    inside = lambda css_at, svg_at: svg.replace("CSS", css_at).replace("SVG", svg_at)  # noqa: E731
    return {
        "inside": lambda *at: PAGE.format(head="", body=SVG.format(inside(*at))),
        "data": lambda *at: PAGE.format(
            head="",
            body=f'<img alt="x" src="{_data("image/svg+xml", before.replace("SVG", at[1]) + SVG.format(inside(*at)))}">',
        ),
    }


# Where an address can stand. CSS and SVG are the addresses of a style sheet and of a picture.
PLACES = {
    "link attachment": _head('<link rel="attachment" href="CSS">'),
    "a attachment": _body('<a rel="attachment" href="CSS">x</a>'),
    "link stylesheet": _head('<link rel="stylesheet" href="CSS">'),
    "alternate stylesheet": _head('<link rel="alternate stylesheet" title="x" href="CSS">'),
    "link icon": _head('<link rel="icon" href="SVG">'),
    "link metadata": _head('<link rel="metadata" href="CSS"><link rel="schema.DC" href="CSS">'),
    "meta refresh": _head('<meta http-equiv="refresh" content="0; url=CSS">'),
    "import": _style('@import "CSS";'),
    "import url": _style("@import url(CSS) print;"),
    "import from data": _head(
        '<style>@import url("data:text/css,@import%20url(CSS)");</style><link rel="stylesheet" href="data:text/css,@import%20url(CSS)">'
    ),
    "background": _style("body { background: url(SVG) }"),
    "background of a page": _style("@page { background-image: url(SVG) }"),
    "margin box": _style("@page { @top-center { content: url(SVG) } }"),
    "content": _style("p::before { content: url(SVG) }"),
    "content replaced": _style("p { content: url(SVG) }"),
    "list-style-image": _style("li { list-style-image: url(SVG) }"),
    "border-image": _style("p { border: 9px solid; border-image: url(SVG) 9 }"),
    "mask": _style("p { mask: url(SVG); -webkit-mask-image: url(SVG); clip-path: url(SVG); filter: url(SVG) }"),
    "image-set": _style('p { background-image: image-set("SVG" 1x); cursor: url(SVG), auto; shape-outside: url(SVG) }'),
    "font-face": _style("@font-face { font-family: z; src: url(CSS) } p { font-family: z }"),
    "font-face local": _style("@font-face { font-family: z; src: local(CSS), url(SVG) format('woff2') }"),
    "color-profile": _style("@color-profile --z { src: url(CSS) } p { color: color(--z 0 0 0 1) }"),
    "counter-style": _style("@counter-style z { system: cyclic; symbols: url(SVG) } li { list-style: z }"),
    "string-set": _style("p { string-set: z url(SVG) } @page { @top-left { content: string(z) } }"),
    "variable": _style(":root { --z: url(SVG) } p { background: var(--z) }"),
    "escaped": lambda css_at, svg_at: PAGE.format(
        head="", body=f'<p style="background: \\75 rl({svg_at.replace("f", chr(92) + "66 ", 1)})">z</p>'
    ),
    "attr": _body('<style>p.z::before { content: attr(data-z url) }</style><p class="z" data-z="SVG">z</p>'),
    "link of a style": _body('<style>p { -weasy-link: url(CSS); bookmark-level: 1; bookmark-label: "z" }</style>'),
    "img": _body('<img alt="x" src="SVG">'),
    "srcset": _body('<img alt="x" srcset="SVG 1x"><picture><source srcset="SVG"><img alt="x" src="SVG"></picture>'),
    "object": _body('<object data="SVG" type="image/svg+xml">z</object>'),
    "embed": _body('<embed src="SVG" type="image/svg+xml">'),
    "frames": _body('<iframe src="SVG"></iframe><frame src="SVG"><portal src="SVG"></portal>'),
    "media": _body('<video src="SVG" poster="SVG"></video><audio src="SVG"></audio><track src="SVG">'),
    "script": _body('<script src="CSS"></script>'),
    "form": _body('<form action="CSS"><input type="image" alt="x" src="SVG"><button formaction="CSS">z</button></form>'),
    "background attribute": _body('<table background="SVG"><tr><td background="SVG">z</td></tr></table>'),
    "link": _body('<a href="CSS">z</a><map><area href="CSS" alt="z"></map>'),
    "base": lambda css_at, svg_at: PAGE.format(
        head=f'<base href="{svg_at.rpartition("/")[0]}/">', body='<img alt="x" src="secret.svg"><a href="secret.css">z</a>'
    ),
    **{
        f"{what} in an SVG, {where}": document
        for what, svg, before in [
            ("image", '<image xlink:href="SVG" width="90" height="90"/><image href="SVG" width="9" height="9"/>', ""),
            ("use", '<use xlink:href="SVG#z"/><use href="SVG#z"/>', ""),
            ("import", "<style>@import url(CSS);</style><text y='9'>z</text>", ""),
            ("style", '<rect style="fill: url(SVG#z)" mask="url(SVG#z)" filter="url(SVG#z)" width="9" height="9"/>', ""),
            ("foreign object", '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="SVG"/></foreignObject>', ""),
            ("entity", "<text y='9'>&z;</text>", '<!DOCTYPE svg [<!ENTITY z SYSTEM "SVG">]>'),
            ("stylesheet", "<text y='9'>z</text>", '<?xml-stylesheet href="SVG" type="text/css"?>'),
        ]
        for where, document in _drawn(svg, before).items()
    },
}  # fmt: skip


def documents(folder, port):
    """Name → document: every place with a file's and a server's address, and one place with the odd spellings."""
    found = {}
    for scheme, base in {"file": f"file://{folder}", "http": f"http://127.0.0.1:{port}"}.items():
        for name, place in PLACES.items():
            found[f"{name}, {scheme}"] = place(f"{base}/secret.css", f"{base}/secret.svg")
    host = f"127.0.0.1:{port}"
    for odd in [
        f"FILE://{folder}/secret.css", f"File:{folder}/secret.css", f"file://localhost{folder}/secret.css",
        f" file://{folder}/secret.css", f"fi&#10;le://{folder}/secret.css", f"file:////{folder}/secret.css",
        f"{folder}/secret.css", f"..{folder}/secret.css", f"url:file://{folder}/secret.css", f"local_file://{folder}/secret.css",
        f"//{host}/secret.css", f"HTTP://{host}/secret.css", f"https://{host}/secret.css", f"ftp://{host}/secret.css",
        f"http://kit.invalid@{host}/secret.css", f"https://kit.invalid/css/../../../../..{folder}/secret.css",
        f"jar:http://{host}/secret.css!/", f"gopher://{host}/secret.css", "data:text/css,p::before{content:'CANARY5b1e'}",
    ]:  # fmt: skip
        for name in ("link stylesheet", "img", "a attachment"):
            found[f"{name}, {odd.replace(folder, '…').replace(str(port), '…')}"] = PLACES[name](odd, odd)
    return found


def lay_secrets(folder):
    (folder / "secret.css").write_text(f'body::before {{ content: "{CANARY}" }}')
    (folder / "secret.svg").write_text(SVG.format(f'<g id="z"><text y="20">{CANARY}</text></g>'))


def traces(printed):
    """What a PDF must not hold: the secret anywhere in it, or a link that leads elsewhere than to https and mail."""
    if printed is None:
        return []
    reader = PdfReader(io.BytesIO(printed))
    everything = [printed, *(page.extract_text().encode() for page in reader.pages)]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", printed, re.DOTALL):
        try:
            everything.append(zlib.decompress(stream))
        except zlib.error:
            everything.append(stream)
    found = ["the secret"] if any(CANARY.encode() in part for part in everything) else []
    found += (
        ["an attachment"] if reader.attachments or "/EmbeddedFiles" in reader.trailer["/Root"].get("/Names", {}) else []
    )
    for page in reader.pages:
        for note in page.get("/Annots", []):
            target = str(note.get_object().get("/A", {}).get("/URI", ""))
            found += [f"a link to {target}"] if target and not target.startswith(("https:", "mailto:")) else []
            found += ["a file"] if note.get_object().get("/FS") else []
    return found


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def verify_request(self, request, client_address):
        self.visits += 1  # whatever it came to say
        return True


@contextmanager
def canary(folder):
    """A server on this machine that counts who comes, and gives the secret to everyone."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            body = (folder / self.path.strip("/")).read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if self.path.endswith("css") else "image/svg+xml")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with _Server(("127.0.0.1", 0), Answer) as server:
        server.visits = 0
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def main(folder, port, wall, *names):
    import logging

    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    from printing import printer

    logging.disable()
    if wall == "network" and not printer.leave_network():
        return 3
    closed = printer.load()
    opened = URLFetcher(timeout=0.5)
    if wall == "hook":
        printer.shut_in(printer.Limits(wall=500))
    found = {}
    for name, html in documents(folder, int(port)).items():
        if names and name not in names:
            continue
        try:
            printed = (
                closed(html, 200)
                if wall == "fetcher"
                else HTML(string=html, base_url=printer.BASE, url_fetcher=opened).write_pdf()
            )
        except printer.Spoiled:
            printed = None
        found[name] = traces(printed)
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
