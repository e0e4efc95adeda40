"""Small problems of assembly and their answers by trying everything: what the solver is held against."""

import random
from dataclasses import replace
from itertools import combinations, product

from plans.assembly.spec import Candidate, Limit, Relaxation, Spec

A11 = Spec(
    minutes=45,
    questions=(
        Candidate("Q01", "A", 10, 9), Candidate("Q02", "A", 8, 6), Candidate("Q03", "A", 5, 4), Candidate("Q04", "B", 12, 10),
        Candidate("Q05", "B", 8, 7), Candidate("Q06", "B", 6, 5), Candidate("Q07", "C", 15, 11), Candidate("Q08", "C", 9, 6),
        Candidate("Q09", "C", 5, 4), Candidate("Q10", "D", 7, 6), Candidate("Q11", "D", 6, 4), Candidate("Q12", "D", 4, 3),
    ),
    at_least=dict.fromkeys("ABCD", 1),
    enemies=frozenset({("Q01", "Q04"), ("Q05", "Q10")}),
)  # fmt: skip


def problem(seed):
    """A small spec of any kind: fractions and losses among its values, some of them without a solution."""
    chance = random.Random(seed)  # noqa: S311 reproducible, not secret
    forms, count = chance.choice([(1, 10), (1, 10), (2, 7), (3, 5)])
    competencies, ids = "ABC", [f"Q{place:02}" for place in range(count)]
    value = chance.choice([lambda: chance.randint(0, 9), lambda: round(chance.uniform(-2, 9), 2)])
    questions = [Candidate(id_, chance.choice(competencies), chance.choice([3, 4, 5, 7.5, 10]), value()) for id_ in ids]
    chance.shuffle(questions)
    pairs = list(combinations(ids, 2))
    return Spec(
        minutes=chance.choice([0, 6, 12, 20, 30]),
        questions=tuple(questions),
        at_least={name: chance.randint(0, 2) for name in chance.sample(competencies, chance.randint(0, 2))},
        at_most={name: chance.randint(0, 2) for name in chance.sample(competencies, chance.randint(0, 2))},
        enemies=frozenset(chance.sample(pairs, chance.randint(0, 4))),
        pinned=frozenset(chance.sample(ids, chance.choice([0, 0, 1, 2]))),
        banned=frozenset(chance.sample(ids, chance.choice([0, 0, 1, 2]))),
        forms=forms,
    )


def large(seed, count):
    """A spec as a large bank would make it: twelve competencies, families of near-duplicates, some banned, one pinned."""
    chance = random.Random(seed)  # noqa: S311 reproducible, not secret
    competencies = [f"C{number}" for number in range(12)]
    weights = {name: chance.randint(1, 5) for name in competencies}
    questions = []
    for place in range(count):
        competency, minutes = chance.choice(competencies), chance.randint(3, 20)
        worth = weights[competency] * minutes / 10 * chance.uniform(0.5, 1)
        questions.append(Candidate(f"Q{place:05}", competency, minutes, round(worth, 2)))
    ids = [question.id for question in questions]
    chance.shuffle(ids)
    families = [sorted(ids[place : place + 3]) for place in range(0, count // 3, 3)]
    return Spec(
        minutes=chance.choice([60, 80, 100]),
        questions=tuple(questions),
        at_least=dict.fromkeys(competencies, 1),
        at_most=dict.fromkeys(competencies, 3),
        enemies=frozenset(pair for family in families for pair in combinations(family, 2)),
        pinned=frozenset({"Q00001"}),
        banned=frozenset(chance.sample(ids[count // 2 :], count // 50)) - {"Q00001"},
    )


def best(spec):
    """The value of the poorest form and of all together in the best choice, which is found by trying each; None if none."""
    return max(_worths(spec), default=None)


def fits(spec):
    return next(_worths(spec), None) is not None


def _worths(spec):
    choices = product(range(spec.forms + 1), repeat=len(spec.questions))
    return (worth for choice in choices if (worth := _worth(spec, choice)) is not None)


def _worth(spec, choice):
    """Of a choice: for each question the number of its form, or that of no form."""
    forms = [
        [q for q, form in zip(spec.questions, choice, strict=True) if form == place] for place in range(spec.forms)
    ]
    asked = {question.id for form in forms for question in form}
    if asked & spec.banned or not spec.pinned <= asked or not all(_holds(spec, form) for form in forms):
        return None
    sums = [sum(question.value for question in form) for form in forms]
    return round(min(sums), 6), round(sum(sums), 6)


def _holds(spec, form):
    ids, counts = {question.id for question in form}, [question.competency for question in form]
    return (
        sum(question.minutes for question in form) <= spec.minutes
        and all(counts.count(name) >= count for name, count in spec.at_least.items())
        and all(counts.count(name) <= count for name, count in spec.at_most.items())
        and not any(first in ids and second in ids for first, second in spec.enemies)
    )


def given(spec, relax):
    """`spec` with the one limit relaxed as `relax` says."""
    about = relax.about[0] if relax.about else ""
    changed = {
        Limit.MINUTES: lambda: {"minutes": relax.to},
        Limit.AT_LEAST: lambda: {"at_least": {**spec.at_least, about: relax.to}},
        Limit.AT_MOST: lambda: {"at_most": {**spec.at_most, about: relax.to}},
        Limit.ENEMIES: lambda: {"enemies": spec.enemies - {relax.about}},
        Limit.PINNED: lambda: {"pinned": spec.pinned - {about}},
        Limit.BANNED: lambda: {"banned": spec.banned - {about}},
        Limit.FORMS: lambda: {"forms": relax.to},
    }
    return replace(spec, **changed[relax.limit]())


def ways_out(spec):
    """Every relaxation of one limit that is enough, each by no more than is needed, the least first."""
    minutes = sorted({sum(form) for form in _sums(spec)} - {0})
    steps = [
        [Relaxation(Limit.MINUTES, (), to - spec.minutes, to) for to in minutes if to > spec.minutes],
        *(
            [Relaxation(Limit.AT_LEAST, (c,), n - to, to) for to in range(n - 1, -1, -1)]
            for c, n in spec.at_least.items()
        ),
        *([Relaxation(Limit.AT_MOST, (c,), to - n, to) for to in range(n + 1, 11)] for c, n in spec.at_most.items()),
        *([Relaxation(Limit.ENEMIES, pair, 1)] for pair in spec.enemies),
        *([Relaxation(Limit.PINNED, (id_,), 1)] for id_ in spec.pinned),
        *([Relaxation(Limit.BANNED, (id_,), 1)] for id_ in spec.banned),
    ]
    found = [next((way for way in ways if fits(given(spec, way))), None) for ways in steps]
    return [way for way in found if way]


def _sums(spec):
    minutes = [question.minutes for question in spec.questions]
    return [taken for count in range(len(minutes) + 1) for taken in combinations(minutes, count)]


def share(relax):
    """The change as a share of the larger of before and after; 1 for what is given up whole."""
    if relax.to is None:
        return 1
    before = relax.to + relax.by if relax.limit is Limit.AT_LEAST else relax.to - relax.by
    return relax.by / max(before, relax.to)
