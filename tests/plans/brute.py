"""Small problems of assembly and their answers by trying everything: what the solver is held against."""

import random
from dataclasses import replace
from itertools import combinations, product

from plans.assembly.spec import Candidate, Limit, Relaxation, Spec

A11 = Spec(
    minutes=45,
    questions=tuple(
        Candidate(id_, competency, int(minutes), int(value))
        for id_, competency, minutes, value in (
            row.split()
            for row in """Q01 A 10 9; Q02 A 8 6; Q03 A 5 4; Q04 B 12 10; Q05 B 8 7; Q06 B 6 5; Q07 C 15 11; Q08 C 9 6; Q09 C 5 4;
            Q10 D 7 6; Q11 D 6 4; Q12 D 4 3""".split(";")
        )
    ),
    at_least=dict.fromkeys("ABCD", 1),
    enemies=frozenset({("Q01", "Q04"), ("Q05", "Q10")}),
)


def problem(seed):
    """A small spec of any kind: fractions and losses among its values, some of them without a solution."""
    chance = random.Random(seed)
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
    forms = [[q for q, form in zip(spec.questions, choice, strict=True) if form == place] for place in range(spec.forms)]
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
    match relax.limit:
        case Limit.MINUTES:
            return replace(spec, minutes=relax.to)
        case Limit.AT_LEAST:
            return replace(spec, at_least={**spec.at_least, about: relax.to})
        case Limit.AT_MOST:
            return replace(spec, at_most={**spec.at_most, about: relax.to})
        case Limit.ENEMIES:
            return replace(spec, enemies=spec.enemies - {relax.about})
        case Limit.PINNED:
            return replace(spec, pinned=spec.pinned - {about})
        case Limit.BANNED:
            return replace(spec, banned=spec.banned - {about})
    return replace(spec, forms=relax.to)


def ways_out(spec):
    """Every relaxation of one limit that is enough, each by no more than is needed, the least first."""
    minutes = sorted({sum(form) for form in _sums(spec)} - {0})
    steps = [
        [Relaxation(Limit.MINUTES, (), to - spec.minutes, to) for to in minutes if to > spec.minutes],
        *([Relaxation(Limit.AT_LEAST, (c,), n - to, to) for to in range(n - 1, -1, -1)] for c, n in spec.at_least.items()),
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
