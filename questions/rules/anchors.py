"""What anchors and red flags may say: what was said or done, each level in words of its own."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from django.utils.translation import gettext_lazy as _

from foundation.richtext import lines_of
from questions.content import Content
from questions.findings import Finding
from questions.models import LEVELS
from questions.rules.phrases import PHRASES
from questions.rules.verbs import names_an_act
from questions.words import stem, words

REQUIRED = (1, 3, 5)
LONGEST_RATIO = 3
# Over text in lower case, which is faster than letting the pattern look past case.
_JUDGES = re.compile(rf"\b(?:{PHRASES['traits'].pattern}|{PHRASES['manner'].pattern})")
# What is written beside words; between figures, and as a sign, a point, a comma or a dash means something.
_MARKS = re.compile(r"[*_`“”\"()\[\]]|‘|(?<!\S)[–—-]+(?!\S)|[:;]")
# Words that only say how much or how well: two anchors that differ in nothing else do not tell two answers apart.
INTENSITY = frozenset(
    """
    very somewhat quite rather fairly really highly extremely slightly mostly mainly partly partially fully completely
    thoroughly clearly deeply well better best good excellent outstanding strong stronger strongly weak weaker weakly poor
    poorly more most less least some much many little few several all every basic basically detailed deep deeper great
    greater solid solidly limited adequate adequately sufficient sufficiently thorough clear unclear superficial
    superficially vague vaguely brief briefly partial full complete incomplete often always sometimes rarely
    occasionally usually exceptionally exceptional perfectly perfect reasonably reasonable moderately moderate
    satisfactorily satisfactory confidently nicely badly effectively effective a an the in with and of to detail depth
    slowly quickly fast barely hardly excellently brilliantly expertly simply easily carefully carelessly correctly incorrectly
    accurately inaccurately precisely imprecisely competently skilfully clumsily neatly sloppily broadly loosely strongly
    level degree extent ease difficulty way manner amount number majority minority part minor major large small big basis
    advanced expert intermediate average acceptable exemplary mediocre masterly decent fine superb brilliant plenty lot lots any
    one single multiple numerous couple handful at on by
    """.split()  # noqa: SIM905
)


def check(content: Content) -> Iterator[Finding]:
    """E2, E3, E4, W4 and W6, in the order of the form."""
    yield from _missing_or_same(content)
    for level, anchor in content.anchors.items():
        if not names_an_act(anchor):
            yield Finding(
                "E3",
                f"anchor_{level}",
                _(
                    "The anchor for level %(level)s names nothing that can be heard or seen. Write what the candidate says or does: states, computes, asks, compares."
                )
                % {"level": level},
            )
        yield from _judgements(f"anchor_{level}", anchor)
    for line in lines_of(content.fields.get("red_flags", "")):
        yield from _judgements("red_flags", line)
    yield from _only_intensity(content)
    yield from _lengths(content)


def plain(text: str) -> str:
    """The words, figures and signs alone: neither case nor spaces, punctuation, kinds of quotes or emphasis tell two apart."""
    return " ".join(
        word for raw in _MARKS.sub(" ", text.casefold().replace("’", "'")).split() if (word := raw.strip(".,!?…'"))
    )


def _missing_or_same(content: Content) -> Iterator[Finding]:
    for level in reversed(REQUIRED):
        if level not in content.anchors:
            sentence = _("Write the anchor for level %(level)s: levels 1, 3 and 5 are needed.") % {"level": level}
            yield Finding("E2", f"anchor_{level}", sentence)
    said = {level: plain(text) for level, text in sorted(content.anchors.items())}
    for low, high in combinations(said, 2):
        if said[low] == said[high]:
            sentence = _("The anchors for levels %(low)s and %(high)s say the same.") % {"low": low, "high": high}
            yield Finding("E2", f"anchor_{low}", sentence)


def _judgements(field: str, text: str) -> Iterator[Finding]:
    if found := PHRASES["at_once"].match(text) or _JUDGES.search(text.lower()):
        sentence = _("“%(words)s” judges the person or their manner. Write what was said or done instead.")
        yield Finding("E4", field, sentence % {"words": found[0].strip()})


def _only_intensity(content: Content) -> Iterator[Finding]:
    telling = {
        level: Counter(stem(word) for word in words(text) if word not in INTENSITY)
        for level, text in content.anchors.items()
    }
    for low, high in combinations(sorted(telling), 2):
        if telling[low] == telling[high] and plain(content.anchors[low]) != plain(content.anchors[high]):
            sentence = _(
                "Anchors %(low)s and %(high)s differ only in how much or how well. Name something that is said at one level and not at the other."
            )
            yield Finding("W4", f"anchor_{high}", sentence % {"low": low, "high": high})


def _lengths(content: Content) -> Iterator[Finding]:
    for level in sorted(set(LEVELS) - content.anchors.keys() - set(REQUIRED)):
        sentence = _("Level %(level)s has no anchor. Describing it makes scores agree more.") % {"level": level}
        yield Finding("W6", f"anchor_{level}", sentence)
    low, high = content.anchors.get(1, ""), content.anchors.get(5, "")
    if low and len(high) > LONGEST_RATIO * len(low):
        yield Finding(
            "W6",
            "anchor_5",
            _(
                "Anchor 5 is over three times as long as anchor 1. Cut it to what decides, or say more of what level 1 looks like."
            ),
        )
