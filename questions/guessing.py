"""What a question that comes without labels is probably about: its competency, level and type, for a person to correct."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from typing import Self

from questions.models import Competency, Kind, Level, Listing
from questions.words import telling

_LEVELS = [
    (Level.BEGINNER, r"\b(basics?|beginners?|easy|entry|junior|fresher|fundamental|introductory|simple)\b"),
    (Level.ADVANCED, r"\b(advanced|hard|difficult|expert|senior|staff|principal|experienced)\b"),
    (Level.INTERMEDIATE, r"\b(intermediate|medium|mid|moderate)\b"),
]
_KINDS = [
    (Kind.BEHAVIOURAL, r"\b(a time (when|you|that|your|a|where)|an occasion|an example of (when|how|a time) you|have you ever|did you (last|ever)|last time|tell (me|us) about (a|an|your|one)|behaviou?ral|your last|you (were|had|have) (asked|worked|led|built|made|been|handled))\b"),
    (Kind.SYSTEM_DESIGN, r"\b(design an? (system|service|pipeline|platform|architecture)|how would you (design|architect)|system.design|architecture)\b"),
    (Kind.CODING, r"\b(write (an? |some |the )?(\w+ )?(function|code|query|programme?|sql|script|class|method)|implement an?|pseudo-?code|coding|sql query)\b"),
    (Kind.WORK_SAMPLE, r"\b(work.sample|take.home|review this|here is an? (notebook|report|log))\b"),
    (Kind.SITUATIONAL, r"\b(what would you do|how would you (react|respond|handle|tell)|imagine|your (manager|boss|colleague|team ?mate|stakeholder)|situational)\b"),
    (Kind.SCENARIO, r"\b(suppose|given (a|an|that|the)|you (are|have|find|notice|see|get|were given)|a (model|team|customer|client|company)\b.*\?|how would you|scenario|case)\b"),
]  # fmt: skip
# The name and definition of a competency say more of it than one question does.
_NAMED, _HEADED = 8, 4


def level_in(text: str) -> str:
    """The level that `text` names in whatever words; empty where it names none."""
    low = text.casefold().strip()
    return next((level.value for level, pattern in _LEVELS if low == level or re.search(pattern, low)), "")


def kind_in(text: str) -> str:
    """The type that `text`, a label or a prompt, seems to be; empty where nothing shows."""
    low = text.casefold().strip()
    if low in Kind.values or low.replace(" ", "-") in Kind.values:
        return low.replace(" ", "-")
    return next((kind.value for kind, pattern in _KINDS if re.search(pattern, low)), "")


class Guesser:
    """Guesses competencies by the words of those that exist and of what they hold."""

    def __init__(self, texts: Iterable[tuple[str, str, int]]) -> None:
        """`texts` are (slug, words, weight)."""
        self.counts: dict[str, Counter[str]] = {}
        for slug, text, weight in texts:
            counted = self.counts.setdefault(slug, Counter())
            for word in telling(text):
                counted[word] += weight
        self.totals = {slug: counted.total() for slug, counted in self.counts.items()}
        self.vocabulary = len({word for counted in self.counts.values() for word in counted}) or 1

    @classmethod
    def of_the_bank(cls) -> Self:
        """Two statements."""
        named = Competency.objects.in_use().values_list("slug", "name", "definition")
        texts = [(slug, f"{name} {definition}", _NAMED) for slug, name, definition in named]
        known = {slug for slug, _text, _weight in texts}
        listed = Listing.objects.in_bank().order_by().values_list("competency__slug", "title", "version__prompt")
        return cls([*texts, *((slug, f"{title} {prompt}", 1) for slug, title, prompt in listed if slug in known)])

    def competency(self, prompt: str, heading: str = "", guidance: str = "") -> str:
        """The slug of the likeliest; empty only where there is none to choose from."""
        said = Counter(dict.fromkeys(telling(prompt), 1))
        for word in telling(heading):
            said[word] += _HEADED
        for word in telling(guidance[:600]) - said.keys():
            said[word] = 1
        return max(sorted(self.counts), key=lambda slug: self._likelihood(slug, said), default="")

    def _likelihood(self, slug: str, said: Counter[str]) -> float:
        counted, total = self.counts[slug], self.totals[slug]
        return sum(
            times * math.log((counted[word] + 0.5) / (total + 0.5 * self.vocabulary)) for word, times in said.items()
        )
