"""A seeded bank of prompts of any size, and rewordings of some of them: what a search for near-duplicates must find."""

import random
import re
from collections.abc import Callable, Sequence

from foundation.richtext import lines_of
from tests.questions.records import ENTRIES

# Ways to ask for the same; one stands in for another.
STEMS = (
    "Tell me about a time when you",
    "Describe a situation in which you",
    "Can you give an example of when you",
    "Walk me through an occasion where you",
)
ASKS = ("How would you explain", "What can you tell me about", "Please describe", "Talk me through", "Explain")


def prompts(size: int, seed: int) -> list[str]:
    """`size` prompts of eight to forty words: a stock stem, and clauses of words as often as the shipped rubrics use them."""
    rng = random.Random(seed)  # noqa: S311 repeatable, not secret
    lines = (
        line for entry in ENTRIES for name in ("look_for", "must_have") for line in lines_of(entry.content.fields[name])
    )
    said = [word for line in lines for word in re.findall(r"[a-z][a-z-]+", line.lower())]
    return [f"{rng.choice(STEMS + ASKS)} {', '.join(_clauses(said, rng))}?" for _prompt in range(size)]


def _clauses(said: Sequence[str], rng: random.Random) -> list[str]:
    return [" ".join(rng.choices(said, k=rng.randint(7, 14))) for _clause in range(rng.randint(1, 3))]


def reworded(prompt: str, rng: random.Random) -> str:
    """`prompt` as another writer may put it: one or two changes out of HANDS."""
    for hand in rng.sample(HANDS, rng.randint(1, 2)):
        prompt = hand(prompt, rng)
    return prompt


def _other_order(prompt: str, rng: random.Random) -> str:
    stem, clauses = _parts(prompt)
    if len(clauses) == 1:
        [clause] = clauses
        cut = rng.randrange(1, len(clause.split()))
        clauses = [" ".join(clause.split()[cut:]), " ".join(clause.split()[:cut])]
    return f"{stem} {', '.join(reversed(clauses))}?"


def _other_stem(prompt: str, rng: random.Random) -> str:
    stem, clauses = _parts(prompt)
    others = [other for other in (STEMS if stem in STEMS else ASKS) if other != stem]
    return f"{rng.choice(others)} {', '.join(clauses)}?"


def _typos(prompt: str, rng: random.Random) -> str:
    said = prompt.split()
    long = [place for place, word in enumerate(said) if len(word) > 4]
    for place in rng.sample(long, min(len(long), 1 + len(said) // 12)):
        word, at = said[place], rng.randrange(1, len(said[place]) - 2)
        said[place] = rng.choice(
            [
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
            ]
        )
    return " ".join(said)


def _added(prompt: str, rng: random.Random) -> str:
    tails = ("and what came of it in the end", "so that the whole team can follow", "with the tools that you know best")
    return f"{prompt.rstrip('?')}, {rng.choice(tails)}?"


def _removed(prompt: str, rng: random.Random) -> str:
    stem, clauses = _parts(prompt)
    said = ", ".join(clauses).split()
    drop = max(1, len(said) // 4)
    start = rng.choice([0, len(said) - drop])
    return f"{stem} {' '.join(said[:start] + said[start + drop :])}?"


def _other_marks(prompt: str, rng: random.Random) -> str:
    return rng.choice(
        [prompt.upper(), prompt.lower().replace(",", " –").replace("?", " ?"), f"“{prompt.replace(',', ';')}”"]
    )


HANDS: Sequence[Callable[[str, random.Random], str]] = (
    _other_order,
    _other_stem,
    _typos,
    _added,
    _removed,
    _other_marks,
)


def _parts(prompt: str) -> tuple[str, list[str]]:
    plain = prompt.strip("“”")
    stem = next((stem for stem in (*STEMS, *ASKS) if plain.casefold().startswith(stem.casefold())), "")
    return stem, re.split(r"[,;–] ?", plain[len(stem) :].rstrip("? ").strip())
