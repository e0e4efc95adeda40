"""The bank's list with 100, 10,000 and 100,000 questions: as many statements, and about as fast, at any page and choice."""

from collections.abc import Iterator
from types import SimpleNamespace

from accounts.models import User
from foundation import clock
from foundation.paging import page_of
from questions.models import Competency, Kind, Level, Listing, Question, QuestionVersion, Usage
from questions.search import BY_TITLE
from tests.bench._bank import put_in_list
from tests.bench._houses import House, compared, houses
from tests.bench.figures import Figure

SIZES = (100, 10_000, 100_000)
GOAL = 1.3
# Words that stand in every question have every question ranked; what people look for has its goal in `finding`.
GOALS = {"common words": None}
# Two of each, so that every choice below finds a full page in the smallest bank as well.
COMPETENCIES = 2
# Statements for a list of 50, measured 2026-11; Kiwi TCMS takes 5 for its page and 3 for the rows that this asks for.
PEERS = {"pretalx 2026.2.1": 36, "Kiwi TCMS 16.2": 8, "Horilla": 576}
TEXT = (
    "Two models screen the same orders; one finds more, the other is right more often. Which would you ship, and why?"
)
RUBRIC = "Names the cost of each error\nAsks who bears it\nChecks the base rate before comparing rates"


def fill(size: int) -> SimpleNamespace:
    """A recruiter, and `size` published questions, a tenth of them in a second version; drafts for a tenth more."""
    recruiter = User.objects.create(email="recruiter@example.org", name="Recruiter", password="!", is_recruiter=True)
    competencies = Competency.objects.bulk_create(
        Competency(slug=f"competency-{n}", name=f"Competency {n}") for n in range(COMPETENCIES)
    )
    questions = Question.objects.bulk_create(
        (Question(competency=competencies[n % COMPETENCIES], slug=f"question-{n}") for n in range(size + size // 10)),
        batch_size=5000,
    )
    versions = [
        *(_version(question, 1, n, published_at=clock.now()) for n, question in enumerate(questions[:size])),
        *(_version(question, 2, n, published_at=clock.now()) for n, question in enumerate(questions[: size // 10])),
        *(_version(question, 1, n, author=recruiter) for n, question in enumerate(questions[size:])),
    ]
    QuestionVersion.objects.bulk_create(versions, batch_size=1000)
    newest = {version.question_id: version for version in versions if version.is_published}
    put_in_list(newest.values())
    Usage.objects.bulk_create(
        (Usage(question=question, times_asked=3, last_asked_at=clock.now()) for question in questions[:size:3]),
        batch_size=5000,
    )
    return SimpleNamespace(recruiter=recruiter)


def _version(question: Question, number: int, n: int, **more: object) -> QuestionVersion:
    level, kind = (Level.INTERMEDIATE, Level.ADVANCED)[n // 2 % 2], (Kind.SCENARIO, Kind.CODING)[n // 4 % 2]
    # The order of the titles is not the order in which they came, and every twentieth title is shared by two.
    title = f"{'Screening' if n % 2 else 'Ranking'} {n * 7919 % 100_003 // (2 if n % 20 == 0 else 1)}"
    return QuestionVersion(
        question=question,
        number=number,
        title=title,
        kind=kind,
        level=level,
        prompt=f"{n}: {TEXT}",
        material="| a | b |\n|---|---|\n| 1 | 2 |",
        purpose="To see how a choice is weighed.",
        look_for=RUBRIC,
        must_have="Two and two are four",
        **more,
    )


def figures() -> Iterator[Figure]:
    with houses(fill, SIZES) as made:
        for name, paths in _pages(made).items():
            yield from compared(name, made, paths, who="recruiter", goal=GOALS.get(name, GOAL))
        largest = made[max(SIZES)]
        spent = largest.statements(largest.asks(largest.people.recruiter, "/questions/"))
        beside = ", ".join(f"{name} {number}" for name, number in PEERS.items())
        yield Figure("the bank's list ahead of peers", spent, min(PEERS.values()) - 1, "statements", beside)


def _pages(made: dict[int, House]) -> dict[str, dict[int, str]]:
    """What is asked for → its address in each house; deep pages lie half-way through the list."""
    bank = "/questions/"
    deep = {size: _middle(house) for size, house in made.items()}
    same = {
        "the bank's list": bank,
        "one competency": f"{bank}?competency=competency-1",
        "one level": f"{bank}?level=advanced",
        "one type": f"{bank}?type=coding",
        "two choices": f"{bank}?competency=competency-1&level=advanced",
        "common words": f"{bank}?q=models+orders",
    }
    pages = {name: dict.fromkeys(made, path) for name, path in same.items()}
    pages["half-way, on"] = {size: f"{bank}?after={cursor}" for size, cursor in deep.items()}
    pages["half-way, back"] = {size: f"{bank}?before={cursor}" for size, cursor in deep.items()}
    pages["rare words"] = dict.fromkeys(made, f"{bank}?q=zebra")
    return pages


def _middle(house: House) -> str:
    """The cursor of the row half-way."""
    with house:
        two = Listing.objects.order_by(*BY_TITLE).values_list("pk", flat=True)[house.size // 2 :][:2]
        return page_of(Listing.objects.filter(pk__in=list(two)), BY_TITLE, {}, 1).later
