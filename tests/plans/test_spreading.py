"""Competencies asked about in two stages where that is possible, before the values count: held against trying everything."""

import json
import random
from collections import Counter
from itertools import product

import pytest

from plans.assembly.choosing import assemble
from plans.assembly.reading import SpecError, spec_from
from plans.assembly.spec import Candidate, Part, Spec, Status
from plans.assembly.writing import spec_written
from tests.plans.test_assemble_plan import QUESTION


def problem(seed):
    """Two or three short stages, some of which ask about something already, and seven questions."""
    chance = random.Random(seed)  # noqa: S311 reproducible, not secret
    questions = [Candidate(f"Q{n}", chance.choice("ABC"), chance.randint(3, 9), chance.randint(0, 9)) for n in range(7)]
    some = [frozenset(), frozenset(), frozenset(), frozenset("A"), frozenset("AB")]
    stages = [
        Part(chance.randint(5, 18), competencies=chance.choice(some), heard=chance.choice(some))
        for _stage in range(chance.choice([2, 2, 3]))
    ]
    return Spec(
        minutes=0,
        questions=tuple(questions),
        at_least={"A": chance.choice([0, 0, 1])},
        at_most={"B": chance.choice([1, 2])},
        enemies=frozenset({("Q0", "Q1")}),
        stages=tuple(stages),
        spread={"A": 1, "B": 2, "C": 1},
    )


def everything(spec):
    """(what is asked about in two stages, value) of every choice that keeps the limits."""
    for choice in product(range(len(spec.stages) + 1), repeat=len(spec.questions)):
        plan = [[] for _stage in spec.stages]
        for question, place in zip(spec.questions, choice, strict=True):
            if place < len(plan):
                plan[place].append(question)
        if _holds(spec, plan):
            yield twice_in(spec, plan), sum(question.value for asked in plan for question in asked)


def _holds(spec, plan):
    counts = Counter(question.competency for asked in plan for question in asked)
    ids = {question.id for asked in plan for question in asked}
    return (
        all(sum(q.minutes for q in asked) <= stage.minutes for stage, asked in zip(spec.stages, plan, strict=True))
        and all(not s.competencies or {q.competency for q in asked} <= s.competencies for s, asked in zip(spec.stages, plan, strict=True))
        and all(counts[name] >= least for name, least in spec.at_least.items())
        and all(counts[name] <= most for name, most in spec.at_most.items())
        and not {"Q0", "Q1"} <= ids
    )  # fmt: skip


def twice_in(spec, plan):
    return frozenset(name for name in spec.spread if len(spec.stages_about(name, plan)) > 1)


@pytest.mark.parametrize("seed", [*range(12), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(12, 60))])
def test_as_much_as_can_be_is_asked_about_in_two_stages_and_then_the_value_is_large(seed):
    spec = problem(seed)
    known, answer = list(everything(spec)), assemble(spec)
    if not known:
        assert answer.status is Status.INFEASIBLE
        return
    named = {question.id: question for question in spec.questions}
    twice = twice_in(spec, [[named[id_] for id_ in form.ids] for form in answer.forms])
    assert answer.status is Status.OPTIMAL
    assert worth(spec, twice) == max(worth(spec, others) for others, _value in known)
    assert sum(form.value for form in answer.forms) == max(value for others, value in known if others >= twice)


def worth(spec, twice):
    return sum(spec.spread[name] for name in twice)


def test_what_cannot_be_spread_makes_nothing_impossible():
    one = Spec(
        minutes=0,
        questions=(Candidate("Q1", "A", 9, 5), Candidate("Q2", "A", 9, 1)),
        stages=(Part(9), Part(8)),
        spread={"A": 1, "none": 3},
    )
    assert [form.ids for form in assemble(one).forms] == [("Q1",), ()]


def test_a_spec_with_a_spread_reads_back_as_it_is_written():
    spec = problem(3)
    assert spec_from(json.dumps(spec_written(spec))) == spec


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"minutes": 9}, "spread needs stages"),
        ({"stages": [{"minutes": 9}], "spread": {"A": 0}}, "spread: A must be more than 0"),
        ({"stages": [{"minutes": 9, "heard": [1]}]}, "heard must be a list of texts"),
    ],
)
def test_a_spread_that_makes_no_sense_is_said_in_a_sentence(changed, sentence):
    with pytest.raises(SpecError, match=sentence):
        spec_from(json.dumps({"questions": [QUESTION], "spread": {"A": 1}, **changed}))
