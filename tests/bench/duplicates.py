"""Near-duplicates with 1,000 and 10,000 questions: how many planted rewordings are found, how fast, and a batch for import."""

import random
import time
from collections.abc import Iterator
from statistics import quantiles
from types import SimpleNamespace

from accounts.models import User
from foundation import clock
from questions.duplicates import keep_fingerprints, known, near_duplicates, twins
from questions.models import Competency, Listing, Question, QuestionVersion
from tests.bench._houses import House, houses
from tests.bench.figures import Figure
from tests.questions import planted

SIZES = (1_000, 10_000)
PLANTED = 1_000
MOST_MISSED = 10
MOST_MS = 100


def fill(size: int) -> SimpleNamespace:
    """A recruiter, and `size` published questions with the prompts of `planted`."""
    competency = Competency.objects.create(slug="one", name="One")
    questions = Question.objects.bulk_create(
        (Question(competency=competency, slug=f"question-{n}") for n in range(size)), batch_size=5000
    )
    versions = [
        QuestionVersion(
            question=question,
            number=1,
            title=question.slug,
            kind="scenario",
            level="advanced",
            prompt=prompt,
            published_at=clock.now(),
        )
        for question, prompt in zip(questions, planted.prompts(size, seed=1), strict=True)
    ]
    QuestionVersion.objects.bulk_create(versions, batch_size=1000)
    keep_fingerprints((version, version.prompt) for version in versions)
    Listing.objects.bulk_create(
        (
            Listing(question=v.question, version=v, competency=competency, title=v.title, level=v.level, kind=v.kind)
            for v in versions
        ),
        batch_size=5000,
    )
    recruiter = User.objects.create(email="recruiter@example.org", name="Recruiter", password="!", is_recruiter=True)
    return SimpleNamespace(recruiter=recruiter)


def figures() -> Iterator[Figure]:
    with houses(fill, SIZES) as made:
        slow = {}
        for size, house in made.items():
            missed, taken = _looked_for(house)
            slow[size] = quantiles(taken, n=20)[-1]
            yield Figure(f"missed of {PLANTED:,} rewordings among {size:,}", missed, MOST_MISSED, "questions")
            yield Figure(f"a look among {size:,}, p95", slow[size], MOST_MS, "ms", "processor time, with the reading")
        least, most = min(made), max(made)
        yield Figure(f"a look among {most:,} against {least:,}", slow[most] / slow[least], None)
        with made[most]:
            start = time.process_time()
            twins(planted.prompts(most, seed=2), known())
            yield Figure(f"{most:,} prompts against {most:,}", time.process_time() - start, None, "s")


def _looked_for(house: House) -> tuple[int, list[float]]:
    """How many of PLANTED rewordings are not among what is shown, and the milliseconds of each look."""
    dice, taken, missed = random.Random(24), [], 0  # noqa: S311 repeatable, not secret
    with house:
        prompts = list(QuestionVersion.objects.order_by("pk").values_list("pk", "prompt"))
        for _pair in range(PLANTED):
            key, prompt = dice.choice(prompts)
            again = planted.reworded(prompt, dice)
            start = time.process_time()
            found = near_duplicates(again)
            taken.append((time.process_time() - start) * 1000)
            missed += key not in {one.version.pk for one in found}
    return missed, taken
