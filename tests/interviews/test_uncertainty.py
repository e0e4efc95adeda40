"""Errors of composites against published and worked numbers."""

import random
from fractions import Fraction as F

import numpy as np
import pytest

from interviews import tally
from interviews.tally import Mark
from interviews.uncertainty import components, error_variance, is_beyond_error, root

# Brennan (2001), synthetic data set 1: ten persons × twelve items, one rater.
BRENNAN = [
    "101000000000", "111001000000", "111110000000", "110110010000", "111110100000",
    "111011100000", "111111100000", "111101111100", "111111111110", "111111111111",
]  # fmt: skip


def crossed(cube):
    """candidate → marks of a full table candidate × question × interviewer."""
    return {
        p: [Mark(r, q, q, int(level)) for q, row in enumerate(plane) for r, level in enumerate(row)]
        for p, plane in enumerate(cube)
    }


def rounded(found):
    return {effect: round(float(variance), 4) for effect, variance in found.variance.items() if variance}


def equal_shares(marks):
    return {mark: F(1, len(marks)) for mark in marks}


def mean_squares(cube):
    """The classical estimates of a full table, from mean squares: written apart from the product's own way."""
    x = np.asarray(cube, dtype=float)
    n = dict(zip("pqr", x.shape, strict=True))
    effects = ["p", "q", "r", "pq", "pr", "qr", "pqr"]

    def deviations(effect):
        found = np.zeros_like(x)
        for chosen in ["", *(e for e in effects if set(e) <= set(effect))]:
            axes = tuple(place for place, facet in enumerate("pqr") if facet not in chosen)
            found += (-1) ** (len(effect) - len(chosen)) * x.mean(axis=axes, keepdims=True)
        return found

    ms = {e: (deviations(e) ** 2).sum() / np.prod([n[f] - 1 for f in e]) for e in effects}
    v = {"pqr": ms["pqr"]}
    for two in ("pq", "pr", "qr"):
        left = next(f for f in "pqr" if f not in two)
        v[two] = (ms[two] - ms["pqr"]) / n[left]
    for one in "pqr":
        a, b = (f for f in "pqr" if f != one)
        pairs = [next(t for t in ("pq", "pr", "qr") if set(t) == {one, f}) for f in (a, b)]
        v[one] = (ms[one] - ms[pairs[0]] - ms[pairs[1]] + ms["pqr"]) / (n[a] * n[b])
    return v


def test_published_components_and_errors_of_persons_by_items():
    marks = crossed([[[level] for level in row] for row in BRENNAN])
    found = components(marks)
    assert rounded(found) == {"p": 0.0574, "q": 0.0754, "pq": 0.1269}
    errors = error_variance(equal_shares(marks[0]), found)
    assert (root(errors.relative), root(errors.absolute)) == (F(103, 1000), F(130, 1000))


@pytest.mark.parametrize(("items", "relative", "phi"), [(5, 0.693, 0.586), (10, 0.819, 0.740), (20, 0.901, 0.850)])
def test_published_coefficients_for_other_numbers_of_items(items, relative, phi):
    found = components(crossed([[[level] for level in row] for row in BRENNAN]))
    errors = error_variance({Mark(0, q, q, 1): F(1, items) for q in range(items)}, found)
    p = found.variance["p"]
    assert float(p / (p + errors.relative)) == pytest.approx(relative, abs=0.001)
    assert float(p / (p + errors.absolute)) == pytest.approx(phi, abs=0.001)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_full_table_gives_what_mean_squares_give(seed):
    dice = random.Random(seed)  # noqa: S311 made-up levels
    able = [dice.choice([-1, 0, 1]) for _ in range(20)]
    hard = [dice.choice([-1, 0]) for _ in range(6)]
    cube = [
        [[min(5, max(1, 3 + a + h + r - 1 + dice.choice([-1, 0, 1]))) for r in range(3)] for h in hard] for a in able
    ]
    expected, found = mean_squares(cube), components(crossed(cube))
    for effect, variance in expected.items():
        assert float(found.variance[effect]) == pytest.approx(max(variance, 0), abs=1e-9)
    assert set(found.set_to_zero) == {effect for effect, variance in expected.items() if variance < 0}


def test_each_question_put_by_another_interviewer_leaves_question_and_interviewer_one_effect():
    """Persons × (questions in interviewers): the classical nested estimates, worked out apart."""
    dice = random.Random(7)  # noqa: S311 made-up levels
    x = np.array([[[dice.randint(1, 5) for _q in range(3)] for _r in range(2)] for _p in range(20)], dtype=float)
    marks = {p: [Mark(r, r * 3 + q, 1, int(x[p, r, q])) for r in range(2) for q in range(3)] for p in range(20)}
    found = components(marks)
    within = x - x.mean(axis=2, keepdims=True) - x.mean(axis=0, keepdims=True) + x.mean(axis=(0, 2), keepdims=True)
    ms_rest = (within**2).sum() / (19 * 2 * 2)
    between = x.mean(axis=2)
    between = between - between.mean(axis=1, keepdims=True) - between.mean(axis=0) + between.mean()
    ms_pr = 3 * (between**2).sum() / 19
    assert found.variance["pqr"] == found.variance["qr"] == 0
    assert float(found.variance["pq"]) == pytest.approx(ms_rest)
    assert float(found.variance["pr"]) == pytest.approx(max((ms_pr - ms_rest) / 3, 0))


def test_equal_shares_give_the_formula_of_the_textbook():
    cube = [[[(p * q + r) % 5 + 1 for r in range(4)] for q in range(3)] for p in range(5)]
    marks = crossed(cube)
    found = components(marks)
    v = found.variance
    errors = error_variance(equal_shares(marks[0]), found)
    assert errors.relative == v["pq"] / 3 + v["pr"] / 4 + v["pqr"] / 12
    assert errors.absolute == errors.relative + v["q"] / 3 + v["r"] / 4 + v["qr"] / 12


def test_two_composites_differ_from_196_hundredths_of_their_joint_error_on():
    assert is_beyond_error(F(278, 100), F(1), F(1))
    assert not is_beyond_error(F(277, 100), F(1), F(1))
    assert not is_beyond_error(F(-277, 100), F(1), F(1))
    assert is_beyond_error(F(-278, 100), F(1), F(1))


@pytest.mark.parametrize("marks", [{}, {1: [Mark(1, 1, 1, 3)]}, {1: [Mark(1, 1, 1, 3)], 2: [Mark(2, 2, 2, 5)]}])
def test_what_cannot_be_told_apart_has_no_components_or_no_error(marks):
    found = components(marks)
    assert found is None or not error_variance(equal_shares(marks[1]), found).relative


def test_a_root_is_given_to_the_nearest_thousandth():
    assert [root(v) for v in (F(0), F(2), F(1, 4), F(3))] == [0, F(1414, 1000), F(1, 2), F(1732, 1000)]


def test_shares_of_the_composite_add_up_to_it():
    marks = [Mark(1, 1, 10, 5), Mark(2, 1, 10, 2), Mark(1, 2, 10, 4), Mark(1, 3, 20, 1), Mark(2, 4, 30, 5)]
    weights = {10: 2, 20: 1, 40: 7}
    shares = tally.shares(weights, marks)
    assert sum(shares.values()) == 1
    assert shares[marks[0]] == F(2, 3) / 2 / 2
    whole = tally.composite(weights, tally.competency_means(marks))
    assert sum(share * mark.level for mark, share in shares.items()) == whole.value
