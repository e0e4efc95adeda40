"""What is typed into each field on a walk: plain words, or payloads in turn, so that each field meets each one."""

from functools import cache

from tests.walls.payloads import XSS
from tests.walls.strings import KEPT

ONE_LINE = tuple(text.strip() for text in XSS if "\n" not in text)
MANY_LINES = "\n\n".join(text for text in XSS if "\n" in text)
# No field of a walk is shorter; longer texts would be laid out otherwise than plain words, and spare no walk.
SHORTEST, LONGEST = 55, 90


class Plain:
    """Ordinary words, never the same twice; with `more` after them where several lines may stand."""

    def __init__(self, text="Ordinary words, as people write them,", more=""):
        self.text, self.more, self.calls = text, more, 0

    def of(self, longest, *, email=False, lines=False):
        self.calls += 1
        if email:
            return f"person{self.calls}@plain.example"
        return f"{self.text} {self.calls}{self.more if lines else ''}"


class Hostile:
    """The payloads in turn, beginning at `start`: as many side by side as the field holds.

    Over the walks from 0 to STARTS each field meets every payload that fits it: for of any two walks, the one that
    begins a turn later has a turn more at every field.
    """

    def __init__(self, start):
        self.turn = start

    def of(self, longest, *, email=False, lines=False):
        self.turn += 1
        if email:
            return as_email(_ADDRESSES[self.turn % len(_ADDRESSES)], self.turn)
        texts = side_by_side(min(longest or LONGEST, LONGEST))
        return texts[self.turn % len(texts)]


class ManyLines(Hostile):
    """All payloads of several lines wherever several lines may stand; else the payloads in turn."""

    def of(self, longest, *, email=False, lines=False):
        return MANY_LINES if lines and longest >= len(MANY_LINES) else super().of(longest, email=email)


class Kept:
    """The strings that Unicode makes hard and every field keeps, in turn."""

    def __init__(self):
        self.turn, self.used = 0, set()

    def of(self, longest, *, email=False, lines=False):
        # Numbered, since some names may stand only once.
        self.turn += 1
        if email:
            return f"person{self.turn}@plain.example"
        texts = list(KEPT.values())
        self.used.add(text := f"{self.turn} {texts[self.turn % len(texts)]}")
        return text


@cache
def side_by_side(longest, payloads=ONE_LINE):
    """Texts of at most `longest` characters that together hold each of `payloads` which is no longer itself."""
    texts = []
    for payload in sorted((text for text in payloads if len(text) <= longest), key=len, reverse=True):
        place = next((n for n, text in enumerate(texts) if len(text) + 1 + len(payload) <= longest), None)
        if place is None:
            texts.append(payload)
        else:
            texts[place] += f" {payload}"
    return texts


def as_email(text, number):
    """`text` as the quoted part of an address that is valid, if it can be one."""
    quoted = text.replace(" ", "/")
    ok = quoted.isascii() and quoted.isprintable() and not set(quoted) & set('"\\') and len(quoted) < 60
    return f'"{quoted}{number}"@evil.example'.lower() if ok else ""


_ADDRESSES = side_by_side(59, tuple(text for text in ONE_LINE if as_email(text, 0)))
STARTS = len(side_by_side(SHORTEST))
