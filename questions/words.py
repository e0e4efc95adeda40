"""The words of a text, as the rubric rules and the search for near-duplicates compare them."""

import re

# Words that carry no content of their own.
SMALL = frozenset(
    """
    a about above after all an and any are as at be because been before being below between both but by can
    could did do does each either every few for from had has have how if in into is it its may might more most
    much must neither no nor not of off on one only onto or other our out over own per same she should since so
    some such than that the their them then there these they this those through to too two under until up upon
    very was were what when where whether which while who whose why will with within without would yet you your
    """.split()  # noqa: SIM905
)
# Those with which prompts open and turn, whichever of them a writer happens to prefer.
_ASKING = frozenset(
    """
    i me my us we tell talk walk take describe explain give share discuss outline say please briefly imagine suppose
    consider think recall time times occasion situation instance example case moment approach handle go going deal
    work worked experience own own's ever recently last
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words and figures of `text`, in lower case, without punctuation."""
    return [word for raw in text.casefold().split() if (word := raw.strip(".,;:!?()[]“”‘’\"'`*|–—-"))]


def telling(text: str) -> set[str]:
    """Its words without those that carry no content."""
    return {word for word in words(text) if word not in SMALL and len(word) > 2}


def asked(prompt: str) -> set[str]:
    """The words of a prompt without those of its stem: what it asks about, however it asks."""
    return set(_WORD.findall(prompt.casefold())) - _ASKING


def stem(word: str) -> str:
    """`word` without the endings of number and tense."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending)
    return word
