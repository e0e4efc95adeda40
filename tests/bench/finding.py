"""Finding questions by words in banks of 1,000, 10,000 and 100,000: whole requests, of the list and of what narrows it."""

import re
import time
from collections.abc import Iterator
from itertools import chain
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
from questions.models import Competency, Kind, Level, Question, QuestionVersion, Rank, Usage
from questions.search import BY_TITLE, Wanted
from questions.sought import Sought, words_of
from tests.bench._bank import put_in_list
from tests.bench._houses import House, houses
from tests.bench.figures import Figure

SIZES = (1_000, 10_000, 100_000)
QUERIES, ROUNDS = 200, 1
# In a bank ten times as large. In one a hundred times as large it is only told.
GOAL = 4


class Speech:
    """Sentences of the starter bank, put together anew: words are as common in a large bank as they are in a small one."""

    def __init__(self, shelves: list[Shelf]) -> None:
        told = [entry.content.fields for shelf in shelves for entry in shelf.entries]
        self.asked = list(chain.from_iterable(re.findall(r"[^.?!]+[.?!]", each["prompt"]) for each in told))
        self.heard = list(
            chain.from_iterable(lines_of(each[name]) for each in told for name in ("look_for", "must_have"))
        )
        self.words = [word for text in (*self.asked, *self.heard) for word in words_of(text)]
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


def fill(size: int) -> SimpleNamespace:
    """A recruiter, and `size` published questions."""
    dice = Random(size)  # noqa: S311 a course of events, not a secret
    shelves = read_bank(Path(settings.BASE_DIR, "fixtures/bank"))
    speech = Speech(shelves)
    recruiter = User.objects.create(email="recruiter@example.org", name="Recruiter", password="!", is_recruiter=True)
    competencies = Competency.objects.bulk_create(Competency(slug=each.slug, name=each.name) for each in shelves)
    questions = Question.objects.bulk_create(
        (Question(competency=dice.choice(competencies), slug=f"question-{n}") for n in range(size)), batch_size=5000
    )
    versions = [speech.version(dice, question, n) for n, question in enumerate(questions)]
    put_in_list(QuestionVersion.objects.bulk_create(versions, batch_size=1000))
    Usage.objects.bulk_create(
        (Usage(question=question, times_asked=3, last_asked_at=clock.now()) for question in questions[::3]),
        batch_size=5000,
    )
    return SimpleNamespace(recruiter=recruiter, speech=speech)


def figures() -> Iterator[Figure]:
    with houses(fill, SIZES) as made:
        dice = Random(8)  # noqa: S311 as above
        speech = made[min(SIZES)].people.speech
        queries = [speech.query(dice) for _n in range(QUERIES)]
        lists, parts = (
            _taken(made, [f"/questions/{part}?q={quote_plus(words)}" for words in queries]) for part in ("", "facets/")
        )
        least = min(SIZES)
        for size in SIZES[1:]:
            goal = GOAL if size == SIZES[1] else None
            yield _growth(f"search: {size:,} rows against {least:,}", lists[size], lists[least], goal)
        for size in SIZES:
            yield _growth(
                f"facets against the search at {size:,}", parts[size], lists[size], 1 if size < max(SIZES) else None
            )
        yield from _statements(made, queries)
        overlap = mean(_overlap(made[SIZES[1]], words) for words in queries)
        yield Figure("best ten that are not those of a full ranking", 1 - overlap, 0.1, "of ten", f"{QUERIES} queries")


def _taken(made: dict[int, House], paths: list[str]) -> dict[int, list[float]]:
    """Size → CPU seconds of each path, the median of ROUNDS; every house in turn, so that a busy machine slows all alike."""
    taken: dict[int, list[float]] = {size: [] for size in made}
    for path in paths:
        calls = {size: house.asks(house.people.recruiter, path) for size, house in made.items()}
        spent: dict[int, list[float]] = {size: [] for size in made}
        for _round in range(ROUNDS):
            for size, call in calls.items():
                start = time.process_time()
                call()
                spent[size].append(time.process_time() - start)
        for size, seconds in spent.items():
            taken[size].append(median(seconds))
    return taken


def _growth(name: str, own: list[float], other: list[float], goal: float | None) -> Figure:
    late, base = (quantiles(seconds, n=20)[-1] for seconds in (own, other))
    middle = f"p50 {median(own) * 1000:.1f} and {median(other) * 1000:.1f}"
    return Figure(f"{name}, p95", late / base, goal, "×", f"{late * 1000:.1f} ms against {base * 1000:.1f}; {middle}")


def _statements(made: dict[int, House], queries: list[str]) -> Iterator[Figure]:
    for part in ("", "facets/"):
        path = f"/questions/{part}?q={quote_plus(queries[0])}"
        counts = {}
        for size, house in made.items():
            call = house.asks(house.people.recruiter, path)
            call()
            counts[size] = house.statements(call)
        yield Figure(f"search, {part or 'list'}: statements", max(counts.values()), min(counts.values()), "statements")


def _overlap(house: House, words: str) -> float:
    """Which share of the ten that are shown first stands first when all that has the words is ranked."""
    with house:
        user = house.people.recruiter
        shown = [row.pk for row in Wanted(words=words).look(user, {}, 10).page]
        rank = Rank("version__indexed__words", Sought.of(words).terms)
        full = list(Wanted(words=words).listed(user).order_by(rank, *BY_TITLE).values_list("pk", flat=True))[:10]
    return len({*shown} & {*full}) / len(full) if full else 1
