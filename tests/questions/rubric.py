"""What no program tells a writer, but holds for the questions that ship: no two say the same twelve words."""

from collections.abc import Iterable

from questions.words import words

# What many prompts may begin with; a run of shared words ends here.
STOCK_STEMS = (
    "tell me about a time when you",
    "take me from the task through how you",
    "what would you do first and what would you need to know",
)
LONGEST_SHARED_RUN = 11


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of twelve words in `text`; stock stems break it."""
    said = " ".join(words(text))
    for stem in STOCK_STEMS:
        said = said.replace(stem, " | ")
    found = set()
    for piece in said.split("|"):
        row = piece.split()
        found |= {tuple(row[n : n + LONGEST_SHARED_RUN + 1]) for n in range(len(row) - LONGEST_SHARED_RUN)}
    return found


def shared_runs(texts: Iterable[tuple[str, str]]) -> list[str]:
    """What two owners of `(owner, text)` say alike for twelve words or more."""
    seen: dict[tuple[str, ...], str] = {}
    return [
        f"{owner} and {seen[run]}: {' '.join(run)}"
        for owner, text in texts
        for run in sorted(runs(text))
        if seen.setdefault(run, owner) != owner
    ]
