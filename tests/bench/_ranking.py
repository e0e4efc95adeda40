"""All that has the words of a search, ranked once more and whole: what the first page is held against."""

import math
from collections.abc import Iterable
from statistics import mean

from django.db import connection

from questions.index import Texts
from questions.models import IndexedVersion, Rank
from questions.models.words import FTS5_WEIGHTS
from questions.sought import Sought, Term, stems_of

# The constants of FTS5's own ranking.
K1, B, LEAST = 1.2, 0.75, 1e-6
WEIGHTS = [float(weight) for weight in FTS5_WEIGHTS.split(",")]


class Ranking:
    """On SQLite everything is computed here out of the texts, without index or database: Okapi BM25 over four columns.

    PostgreSQL's `ts_rank` is its own affair: there every version with the words is ranked by it, and sorted here.
    """

    def __init__(self, told: Iterable[tuple[str, Texts]]) -> None:
        stems = {slug: [stems_of(text) for text in texts] for slug, texts in told}
        # Two blanks between words, so that each brings its own to be looked for with.
        self.columns = {slug: [f" {'  '.join(column)} " for column in columns] for slug, columns in stems.items()}
        self.lengths = {slug: sum(map(len, columns)) for slug, columns in stems.items()}
        self.usual = mean(self.lengths.values())
        self._seen: dict[str, dict[str, float]] = {}

    def scores(self, words: str) -> dict[str, float]:
        """Slug of each question with all the words → how well it answers; the greatest is the best."""
        terms = Sought.of(words).terms
        if connection.vendor == "postgresql":
            found = IndexedVersion.objects.filter(words__has_all=terms).annotate(rank=Rank("words", terms))
            return {slug: -rank for slug, rank in found.values_list("version__question__slug", "rank")}
        phrases = [[self._weighed(spelling) for spelling in _spellings(term)] for term in terms]
        having = [set().union(*each) for each in phrases]
        flat = [each for term in phrases for each in term]
        return {slug: sum(self._part(each, slug) for each in flat) for slug in set.intersection(*having)}

    def _weighed(self, phrase: str) -> dict[str, float]:
        """Slug of each question with the phrase → how often it stands there, by the weights of the columns."""
        if phrase not in self._seen:
            counts = {
                slug: sum(weight * column.count(phrase) for weight, column in zip(WEIGHTS, columns, strict=True))
                for slug, columns in self.columns.items()
            }
            self._seen[phrase] = {slug: count for slug, count in counts.items() if count}
        return self._seen[phrase]

    def _part(self, weighed: dict[str, float], slug: str) -> float:
        often, rest = weighed.get(slug, 0.0), len(self.columns) - len(weighed)
        rarity = max(math.log((rest + 0.5) / (len(weighed) + 0.5)), LEAST)
        return rarity * often * (K1 + 1) / (often + K1 * (1 - B + B * self.lengths[slug] / self.usual))


def _spellings(term: Term) -> list[str]:
    """The words as they stand and, where the last is half typed, as the beginning of longer ones."""
    whole = f" {'  '.join(term.stems)} "
    return [whole, f" {'  '.join((*term.stems[:-1], term.beginning))}"] if term.beginning else [whole]
