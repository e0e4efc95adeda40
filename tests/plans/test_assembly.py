"""Assembly as an integer program, held against trying everything."""

import subprocess
import sys
from dataclasses import replace

import pytest

from plans.assembly import choosing
from plans.assembly.choosing import assemble
from plans.assembly.spec import Answer, Candidate, Limit, Part, Relaxation, Spec, Status
from plans.assembly.writing import answer_from, sentences, written
from tests.plans.brute import A11, best, fits, given, problem, share, ways_out

SEEDS = [*range(60), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(60, 200))]


def worth(answer):
    sums = [form.value for form in answer.forms]
    return round(min(sums), 6), round(sum(sums), 6)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_is_what_trying_everything_finds(seed):
    spec = problem(seed)
    answer, known = assemble(spec), best(spec)
    if known is None:
        assert (answer.status, answer.forms, answer.bound, answer.gap) == (Status.INFEASIBLE, (), None, None)
        _is_least(spec, answer.relax)
    else:
        assert answer.status is Status.OPTIMAL
        assert worth(answer) == pytest.approx(known)
        assert (answer.bound, answer.gap) == (pytest.approx(known[0]), 0)


def _is_least(spec, relax):
    """It is enough, less of it is not, and no other single limit gives by a smaller share of itself."""
    ways = ways_out(spec)
    if not ways and relax:
        assert relax.limit is Limit.FORMS
    if relax:
        assert fits(given(spec, relax))
    if ways:
        assert relax.by == pytest.approx(next(way.by for way in ways if (way.limit, way.about) == (relax.limit, relax.about)))
        assert share(relax) == pytest.approx(min(map(share, ways)))


def test_the_worked_example_comes_out_exactly():
    answer = assemble(A11)
    assert written(answer) == {
        "status": "optimal",
        "bound": 37,
        "gap": 0,
        "forms": [{"ids": ["Q01", "Q02", "Q03", "Q06", "Q09", "Q10", "Q12"], "minutes": 45, "value": 37}],
    }


def test_of_two_forms_the_poorer_is_as_good_as_it_can_be():
    answer = assemble(replace(A11, minutes=32, forms=2))
    first, second = answer.forms
    assert (answer.status, min(first.value, second.value), answer.bound) == (Status.OPTIMAL, 25, 25)
    assert not set(first.ids) & set(second.ids)


def test_the_order_in_which_questions_are_named_changes_nothing():
    backwards = replace(A11, minutes=32, forms=2, questions=A11.questions[::-1])
    assert assemble(backwards) == assemble(replace(A11, minutes=32, forms=2))


@pytest.mark.parametrize(
    ("spec", "relax"),
    [
        (replace(A11, minutes=15), Relaxation(Limit.MINUTES, (), 5, 20)),
        (replace(A11, minutes=0), Relaxation(Limit.MINUTES, (), 20, 20)),
        (replace(A11, at_least={"A": 5}), Relaxation(Limit.AT_LEAST, ("A",), 2, 3)),
        (replace(A11, at_least={"Z": 1}), Relaxation(Limit.AT_LEAST, ("Z",), 1, 0)),
        (replace(A11, at_most={"A": 0}), Relaxation(Limit.AT_MOST, ("A",), 1, 1)),
        (replace(A11, pinned=frozenset({"Q01", "Q04"})), Relaxation(Limit.ENEMIES, ("Q01", "Q04"), 1)),
        (replace(A11, pinned=frozenset({"Q03"}), banned=frozenset({"Q03"})), Relaxation(Limit.PINNED, ("Q03",), 1)),
        (replace(A11, questions=A11.questions[:3], at_least={"A": 1}, enemies=frozenset(), banned=frozenset({"Q01", "Q02", "Q03"})), Relaxation(Limit.AT_LEAST, ("A",), 1, 0)),
        (replace(A11, at_least={"A": 5, "B": 5}), None),
    ],
)  # fmt: skip
def test_it_says_which_one_limit_to_relax_and_by_how_much(spec, relax):
    if "A" in spec.at_most:
        spec = replace(spec, at_least={})
        spec = replace(spec, pinned=frozenset({"Q01"}), enemies=frozenset())
    answer = assemble(spec)
    assert (answer.status, answer.relax) == (Status.INFEASIBLE, relax)
