"""What is typed into each field on a walk: plain words, or payloads in turn, so that each field meets each one."""

from tests.walls.payloads import XSS
from tests.walls.strings import KEPT

ONE_LINE = [text for text in XSS if "\n" not in text]


class Plain:
    """Ordinary words, never the same twice."""

    def __init__(self, text="Ordinary words, as people write them,"):
        self.text, self.calls = text, 0

    def of(self, longest, *, email=False):
        self.calls += 1
        if email:
            return f"person{self.calls}@plain.example"
        return f"{self.text} {self.calls}"


class Hostile:
    """The payloads in turn, beginning at `start`; one that a field is too short for leaves it to the next."""

    def __init__(self, start, payloads=ONE_LINE):
        self.turn, self.payloads = start, payloads
        self.used = set()

    def of(self, longest, *, email=False):
        while True:
            self.turn += 1
            text = self.payloads[self.turn % len(self.payloads)].strip()
            if email and not (text := as_email(text, self.turn)):
                continue
            if longest is None or len(text) <= longest:
                self.used.add(text)
                return text


def as_email(text, number):
    """`text` as the quoted part of an address that is valid, if it can be one."""
    quoted = text.replace(" ", "/")
    ok = quoted.isascii() and quoted.isprintable() and not set(quoted) & set('"\\') and len(quoted) < 60
    return f'"{quoted}{number}"@evil.example'.lower() if ok else ""


class Kept(Hostile):
    """The strings that Unicode makes hard and every field keeps, in turn."""

    def __init__(self, start=0):
        super().__init__(start, list(KEPT.values()))

    def of(self, longest, *, email=False):
        # Numbered, since some names may stand only once.
        self.turn += 1
        if email:
            return f"person{self.turn}@plain.example"
        self.used.add(text := f"{self.turn} {self.payloads[self.turn % len(self.payloads)]}")
        return text
