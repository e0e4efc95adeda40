"""A page as its elements alone: what markup there is, whatever the texts say."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urlsplit

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905 one line to read
ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "srcset",
    "hx-get",
    "hx-post",
    "hx-delete",
    "hx-put",
}
# What rubric text may become, attribute by attribute.
RICH = {
    "svg": {"class", "role", "width", "height", "viewbox", "fill"}, "title": set(), "path": {"d"},
    "a": {"href", "rel"}, "ol": {"start"}, "th": {"scope", "class"}, "td": {"class"},
    **{tag: set() for tag in ["p", "br", "strong", "em", "s", "code", "pre", "ul", "li", "blockquote", "hr", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr"]},
}  # fmt: skip
# What the house says of words comes and goes with them, but is made of these alone.
FOUND = {
    "section": {"class", "aria-labelledby"}, "h2": {"class", "id"}, "ul": {"class"}, "li": {"class"}, "span": {"class"}, "p": {"class"},
    "q": set(), "b": set(), "bdi": set(), "a": {"href", "target", "rel", "hx-get", "hx-target", "hx-swap", "hx-sync"},
    "button": {"id", "class", "form", "formaction", "hx-post", "name", "value"},
}  # fmt: skip


class Page(HTMLParser):
    """`elements` counts every element outside rubric text by where it stands and which attributes it has.

    Those inside an element of the class "found" are not counted: they must be FOUND.

    `wrong` lists what no text may bring about anywhere: in rubric text (inside an element with hx-disable) a tag or an
    attribute that is not RICH; elsewhere an address that does not begin on this site.
    """

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.wrong, self.controls, self.words = Counter(), [], {}, []
        self.path, self.rich_from, self.found_from, self.textarea = [], None, None, None
        self.feed(html)
        self.close()

    @property
    def text(self):
        return "".join(self.words)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if self.rich_from is None:
            if self.found_from is None:
                self.elements[(*self.path, tag, *sorted(attributes))] += 1
            elif tag not in FOUND or not attributes.keys() <= FOUND[tag]:
                self.wrong.append(f"in what was found: <{tag} {attributes}>")
            self.wrong += [
                f"<{tag} {name}={value!r}>"
                for name, value in attributes.items()
                if name in ADDRESSES and not stays_here(value or "")
            ]
        else:
            self._rich(tag, attributes)
        self._control(tag, attributes)
        if tag not in VOID:
            self.path.append(tag)
            if "hx-disable" in attributes and self.rich_from is None:
                self.rich_from = len(self.path)
            if "found" in (attributes.get("class") or "").split() and self.found_from is None:
                self.found_from = len(self.path)

    def _rich(self, tag, attributes):
        if tag not in RICH or not attributes.keys() <= RICH[tag]:
            self.wrong.append(f"in rubric text: <{tag} {attributes}>")
        if urlsplit(attributes.get("href", "https:")).scheme not in {"https", "mailto"}:
            self.wrong.append(f"in rubric text: a link to {attributes['href']!r}")

    def _control(self, tag, attributes):
        self.textarea = attributes.get("name") if tag == "textarea" else None
        if tag == "textarea":
            self.controls.setdefault(self.textarea, []).append("")
        elif tag == "input":
            self.controls.setdefault(attributes.get("name"), []).append(attributes.get("value") or "")

    def handle_data(self, data):
        self.words.append(data)
        if self.textarea:
            self.controls[self.textarea][-1] += data

    def handle_endtag(self, tag):
        self.textarea = None
        if tag not in self.path:
            return
        while self.path:
            left = self.path.pop()
            if self.rich_from is not None and len(self.path) < self.rich_from:
                self.rich_from = None
            if self.found_from is not None and len(self.path) < self.found_from:
                self.found_from = None
            if left == tag:
                return

    def handle_comment(self, data):
        self.wrong.append(f"a comment: {data[:80]!r}")

    unknown_decl = handle_pi = handle_comment

    def shows_in(self, name, typed):
        """Whether a control called `name` holds `typed`, as a browser would send it back."""
        return any(value.removeprefix("\n") == typed for value in self.controls.get(name, ()))


def stays_here(address):
    """Whether a browser on this site would stay on it: a path, a query or a fragment, and no trick with slashes."""
    return address == "" or (address[0] in "/?#" and not address.startswith(("//", "/\\")))


def strange(page, plain):
    """What `page` holds beyond `plain`, which differs from it in its texts alone."""
    return [
        *page.wrong,
        *(f"an element more: {' '.join(path)}" for path in _laid_out(page) - _laid_out(plain)),
        *(f"an element less: {' '.join(path)}" for path in _laid_out(plain) - _laid_out(page)),
    ]


def _laid_out(page):
    """The elements of `page` but for the marks on words that differ between two texts: how many is up to the texts."""
    return Counter({path: n for path, n in page.elements.items() if not {"del", "ins"} & set(path)})
