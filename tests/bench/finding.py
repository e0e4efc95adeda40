"""Finding questions by words in banks of 1,000, 10,000 and 100,000: whole requests, of the list and of what narrows it.

On SQLite, or on the PostgreSQL that DATABASE_URL names.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, compress
from pathlib import Path
from random import Random
from statistics import mean, median, quantiles
from types import SimpleNamespace
from urllib.parse import quote_plus

from django.conf import settings

from accounts.models import User
from foundation import clock
from foundation.richtext import lines_of
from questions.bank import Shelf, read_bank
from questions.index import texts_of
from questions.models import Competency, Kind, Level, Question, QuestionVersion, Usage
from questions.sought import words_of
from tests.bench._bank import put_in_list
from tests.bench._houses import House, houses
from tests.bench._ranking import Ranking
from tests.bench.figures import Figure

SIZES = (1_000, 10_000, 100_000)
QUERIES, BEST = 200, 10
# In a bank ten times as large. In one a hundred times as large it is only told.
GOAL = 4


class Speech:
    """Sentences of the starter bank, put together anew: words are as common in a large bank as they are in a small one."""

    def __init__(self, shelves: list[Shelf]) -> None:
        self.shelves = shelves
        told = [entry.content.fields for shelf in shelves for entry in shelf.entries]
        self.asked = list(chain.from_iterable(re.findall(r"[^.?!]+[.?!]", each["prompt"]) for each in told))
        self.heard = list(
            chain.from_iterable(lines_of(each[name]) for each in told for name in ("look_for", "must_have"))
        )
        self.words = [word for text in (*self.asked, *self.heard) for word in words_of(text)]
        self.whole = QuestionVersion(
            prompt=" ".join(self.asked), look_for="\n".join(self.heard), title=" ".join(self.words)
        )
        self.tags = [tag.strip() for each in told for tag in each["tags"].split(",")]

    def version(self, dice: Random, question: Question, n: int) -> QuestionVersion:
        return QuestionVersion(
            question=question,
            number=1,
            title=f"{' '.join(dice.choices(self.words, k=4))} {n}"[:60],
            kind=dice.choice(Kind.values),
            level=dice.choice(Level.values),
            minutes=dice.choice([5, 8, 8, 10, 15, 25]),
            tags=", ".join(dice.choices(self.tags, k=3))[:200],
            prompt=" ".join(dice.choices(self.asked, k=3))[:1200],
            look_for="\n".join(dice.choices(self.heard, k=4)),
            must_have="\n".join(dice.choices(self.heard, k=3)),
            red_flags="\n".join(dice.choices(self.heard, k=2)),
            published_at=clock.now(),
        )

    def query(self, dice: Random) -> str:
        """One to three words, the last of which may be half typed, or two that follow on each other."""
        start = dice.randrange(len(self.words) - 1)
        match dice.choice(["word", "word", "words", "words", "half", "phrase"]):
            case "word":
                return dice.choice(self.words)
            case "words":
                return " ".join(dice.choices(self.words, k=dice.choice([2, 2, 3])))
            case "half":
                return dice.choice([word for word in dice.choices(self.words, k=40) if len(word) > 4])[:-2]
        return f'"{" ".join(self.words[start : start + 2])}"'


@cache
def starter_speech() -> Speech:
    return Speech(read_bank(Path(settings.BASE_DIR, "fixtures/bank")))


def fill(size: int) -> SimpleNamespace:
    """A recruiter, and `size` published questions."""
    dice = Random(size)  # noqa: S311 a course of events, not a secret
    speech = starter_speech()
    recruiter = User.objects.create(email="recruiter@example.org", name="Recruiter", password="!", is_recruiter=True)
    competencies = Competency.objects.bulk_create(Competency(slug=each.slug, name=each.name) for each in speech.shelves)
    questions = Question.objects.bulk_create(
        (Question(competency=dice.choice(competencies), slug=f"question-{n}") for n in range(size)), batch_size=5000
    )
    versions = [speech.version(dice, question, n) for n, question in enumerate(questions)]
    put_in_list(QuestionVersion.objects.bulk_create(versions, batch_size=1000), [speech.whole])
    Usage.objects.bulk_create(
        (Usage(question=question, times_asked=3, last_asked_at=clock.now()) for question in questions[::3]),
        batch_size=5000,
    )
    return SimpleNamespace(recruiter=recruiter)


def figures() -> Iterator[Figure]:
    start = time.process_time()
    with houses(fill, SIZES) as made:
        yield Figure("banks filled", time.process_time() - start, None, "s")
        dice = Random(8)  # noqa: S311 as above
        queries = [starter_speech().query(dice) for _n in range(QUERIES)]
        least, largest = min(SIZES), max(SIZES)
        lists = _answered(made, "", queries)
        for size in SIZES[1:]:
            goal = GOAL if size == SIZES[1] else None
            yield _growth(f"search: {size:,} rows against {least:,}", lists[size], lists[least], goal)
        is_found = [all(one.first for one in each) for each in zip(*lists.values(), strict=True)]
        yield from _statements("search, list", lists, is_found)
        yield _overlap(made[SIZES[1]], queries, lists[SIZES[1]])
        parts = _answered(made, "facets/", queries)
        for size in SIZES:
            goal = 1 if size < largest else None
            yield _growth(f"facets against the search at {size:,}", parts[size], lists[size], goal)
        yield from _statements("search, facets", parts, is_found)


@dataclass(frozen=True)
class Answer:
    """What one request cost, and the slugs of the questions that stand first on its page."""

    seconds: float
    statements: int
    first: list[str]


def _answered(made: dict[int, House], part: str, queries: list[str]) -> dict[int, list[Answer]]:
    """Size → the answer to each query; every house in turn, so that a busy machine slows all alike."""
    answers: dict[int, list[Answer]] = {size: [] for size in made}
    for words in queries:
        for size, house in made.items():
            call = house.asks(house.people.recruiter, f"/questions/{part}?q={quote_plus(words)}")
            with house.counting() as spent:
                start = time.process_time()
                answer = call()
                seconds = time.process_time() - start
            shown = dict.fromkeys(re.findall(r'href="/questions/(question-\d+)/"', answer.decode()))
            answers[size].append(Answer(seconds, spent(), [*shown][:BEST]))
    return answers


def _growth(name: str, own: list[Answer], other: list[Answer], goal: float | None) -> Figure:
    late, base = (quantiles((one.seconds for one in each), n=20)[-1] for each in (own, other))
    middle, beside = (median(one.seconds for one in each) for each in (own, other))
    shown = f"{late * 1000:.1f} ms against {base * 1000:.1f}; p50 {middle * 1000:.1f} and {beside * 1000:.1f}"
    return Figure(f"{name}, p95", late / base, goal, "×", shown)


def _statements(name: str, answers: dict[int, list[Answer]], is_found: list[bool]) -> Iterator[Figure]:
    """The most that any query takes, and the fewest that one takes which finds something at every size, are the same there."""
    found = {size: [*compress(each, is_found)] for size, each in answers.items()}
    for which, of, over, number in (("most", max, answers, QUERIES), ("fewest", min, found, sum(is_found))):
        counts = {size: of(one.statements for one in each) for size, each in over.items()}
        shown = f"over {number} queries, the same at every size"
        yield Figure(f"{name}: {which} statements", max(counts.values()), min(counts.values()), "statements", shown)


def _overlap(house: House, queries: list[str], answers: list[Answer]) -> Figure:
    """How many of the best of all that has the words do not stand first on the page. Whoever is as good counts as one."""
    missing = []
    with house:
        versions = QuestionVersion.objects.select_related("question")
        ranking = Ranking((version.question.slug, texts_of(vars(version), ())) for version in versions)
        for words, answer in zip(queries, answers, strict=True):
            scores = ranking.scores(words)
            if best := sorted(scores.values(), reverse=True)[:BEST]:
                good = sum(scores.get(key, 0) >= best[-1] * (1 - 1e-6) for key in answer.first)
                missing.append(1 - good / len(best))
    shown = f"the mean of {len(missing)} queries that find something; the worst {max(missing):.0%}"
    return Figure("best ten of a full ranking that are not shown first", mean(missing), 0.1, "of ten", shown)
