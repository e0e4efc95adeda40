"""Assembly as an integer program, held against trying everything."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from plans.assembly import choosing
from plans.assembly.apart import ENVIRONMENT, assemble_apart
from plans.assembly.choosing import assemble
from plans.assembly.reading import spec_from
from plans.assembly.spec import Limit, Part, Relaxation, Status, Undecided
from plans.assembly.writing import answer_from, sentences, spec_written, written
from tests.plans.brute import A11, best, fits, given, large, problem, share, ways_out

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
        assert relax.by == pytest.approx(
            next(way.by for way in ways if (way.limit, way.about) == (relax.limit, relax.about))
        )
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
    ("changed", "relax"),
    [
        ({"minutes": 15}, Relaxation(Limit.MINUTES, (), 5, 20)),
        ({"minutes": 0}, Relaxation(Limit.MINUTES, (), 20, 20)),
        ({"minutes": 0.5}, Relaxation(Limit.MINUTES, (), 19.5, 20)),
        ({"at_least": {"A": 5}}, Relaxation(Limit.AT_LEAST, ("A",), 2, 3)),
        ({"at_least": {"Z": 1}}, Relaxation(Limit.AT_LEAST, ("Z",), 1, 0)),
        ({"at_least": {"A": 2}, "at_most": {"A": 1}}, Relaxation(Limit.AT_LEAST, ("A",), 1, 1)),
        ({"at_most": {"A": 0}, "at_least": {}, "pinned": frozenset({"Q01"})}, Relaxation(Limit.AT_MOST, ("A",), 1, 1)),
        ({"pinned": frozenset({"Q01", "Q04"})}, Relaxation(Limit.ENEMIES, ("Q01", "Q04"), 1)),
        ({"pinned": frozenset({"Q03"}), "banned": frozenset({"Q03"})}, Relaxation(Limit.PINNED, ("Q03",), 1)),
        ({"at_least": {"A": 3}, "banned": frozenset({"Q02"}), "pinned": frozenset({"Q02"})}, Relaxation(Limit.BANNED, ("Q02",), 1)),
        ({"at_least": {"A": 5, "B": 5}}, None),
        # In three disjoint forms there would have to be six on D, of which there are three.
        ({"forms": 3, "minutes": 90, "at_least": {"D": 2}}, Relaxation(Limit.AT_LEAST, ("D",), 1, 1)),
        ({"forms": 2, "minutes": 90, "at_least": {}, "pinned": frozenset({"Q01", "Q04", "Q05"}), "enemies": frozenset({("Q01", "Q04"), ("Q04", "Q05"), ("Q01", "Q05")})}, Relaxation(Limit.ENEMIES, ("Q01", "Q04"), 1)),
    ],
)  # fmt: skip
def test_it_says_which_one_limit_to_relax_and_by_how_much(changed, relax):
    answer = assemble(replace(A11, **changed))
    assert (answer.status, answer.relax) == (Status.INFEASIBLE, relax)
    assert written(answer)["bound"] is None


@pytest.mark.parametrize(
    "changed", [{"questions": (), "at_least": {}, "enemies": frozenset()}, {"minutes": 0, "at_least": {}}]
)
def test_nothing_is_chosen_where_nothing_is_asked_for_and_nothing_fits(changed):
    answer = assemble(replace(A11, **changed))
    assert written(answer) == {
        "status": "optimal",
        "bound": 0,
        "gap": 0,
        "forms": [{"ids": [], "minutes": 0, "value": 0}],
    }


def test_what_loses_is_chosen_only_where_it_is_needed():
    losing = tuple(replace(question, value=-question.value) for question in A11.questions)
    answer = assemble(replace(A11, questions=losing))
    assert (answer.status, answer.forms[0].value, answer.gap) == (Status.OPTIMAL, -16, 0)
    assert assemble(replace(A11, questions=losing, at_least={})).forms[0].ids == ()


def test_a_pinned_question_stands_in_exactly_one_of_several_forms():
    answer = assemble(replace(A11, minutes=32, forms=2, pinned=frozenset({"Q11"})))
    assert [("Q11" in form.ids) for form in answer.forms].count(True) == 1


def test_a_loop_keeps_minutes_by_stage_and_limits_over_all_of_it():
    stages = (Part(20, frozenset("AB")), Part(25, pinned=frozenset({"Q03"})))
    answer = assemble(replace(A11, minutes=0, stages=stages, at_most={"A": 2}))
    screen, talk = answer.forms
    assert answer.status is Status.OPTIMAL
    assert screen.minutes <= 20
    assert talk.minutes <= 25
    assert {id_ for id_ in screen.ids if id_ > "Q06"} == set()
    assert "Q03" in talk.ids
    asked = {*screen.ids, *talk.ids}
    assert len(asked & {"Q01", "Q02", "Q03"}) <= 2
    assert not {"Q01", "Q04"} <= asked
    short = assemble(replace(A11, minutes=0, stages=(Part(3), Part(13)), at_least={"A": 1, "C": 1, "D": 1}))
    assert short.relax == Relaxation(Limit.MINUTES, ("2",), 1, 14)


def test_a_large_problem_comes_within_half_a_percent_of_the_bound_and_says_so():
    spec = large(seed=1, count=2500)
    answer = assemble(spec)
    assert 0 <= answer.gap <= choosing.NEAR
    assert answer.bound >= answer.forms[0].value
    assert assemble(replace(spec, questions=spec.questions[::-1])) == answer


def test_when_time_is_over_the_best_so_far_is_told_with_an_honest_gap():
    spec = replace(large(seed=2, count=300), forms=4, at_least={}, minutes=60)
    answer = assemble(spec, seconds=0.01)
    assert answer.status is Status.FEASIBLE
    assert answer.gap == pytest.approx(1 - min(form.value for form in answer.forms) / answer.bound)


def test_when_time_is_over_before_anything_was_found_that_is_said():
    with pytest.raises(Undecided):
        assemble(replace(large(seed=0, count=300), forms=4, minutes=50), seconds=0)


def test_an_answer_reads_back_from_what_is_printed():
    for changed in [{}, {"minutes": 15}, {"pinned": frozenset({"Q01", "Q04"})}, {"at_least": {"A": 5, "B": 5}}]:
        answer = assemble(replace(A11, **changed))
        assert answer_from(json.loads(json.dumps(written(answer)))) == answer
        assert all(sentences(answer))


def test_a_spec_reads_back_from_what_is_written():
    loop = replace(
        A11,
        minutes=0,
        pinned=frozenset({"Q02"}),
        stages=(Part(20, frozenset("AB")), Part(25, pinned=frozenset({"Q03"}))),
    )
    for spec in [replace(A11, forms=2, banned=frozenset({"Q07"}), at_most={"A": 2}), loop]:
        assert spec_from(json.dumps(spec_written(spec))) == spec


def test_the_process_apart_answers_the_same():
    spec = replace(A11, minutes=0, stages=(Part(45),))
    assert assemble_apart(spec) == assemble(spec)


def test_the_process_apart_is_told_nothing_of_our_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    assert "SECRET_KEY" not in ENVIRONMENT
    assert assemble_apart(replace(A11, minutes=0, stages=(Part(45),))).status is Status.OPTIMAL


def test_only_the_process_that_assembles_loads_scipy():
    told = "import sys, django; django.setup(); import interviewkit.wsgi, interviewkit.urls, plans.assembly.apart, plans.assembly.reading; print('scipy' in sys.modules)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "interviewkit.settings"}
    done = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
