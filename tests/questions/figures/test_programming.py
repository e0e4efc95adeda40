"""The code and the figures of the questions on programming: every block is run, the faulty ones for their fault."""

import ast
import heapq
import itertools
import random
from collections.abc import Callable
from math import log, log2
from statistics import fmean, pvariance
from typing import Any

import pytest

from tests.questions.records import code, says


def run(block: str) -> dict[str, Any]:
    """The names that a block of a record defines."""
    names: dict[str, Any] = {}
    exec(block, names)  # noqa: S102 - our own record
    return names


# ---- Array or linked list, distinct users ----


def test_positions_take_more_room_in_lists():
    million_bytes = 40 * 8
    says("array-or-linked-list-jobs", f"{million_bytes} MB", f"{2 * million_bytes} MB", f"{3 * million_bytes} MB")
    shifts = 50_000 * (100_000 - 1)
    assert round(shifts / 1e9) == 5
    says("array-or-linked-list-jobs", "99,999", "5 billion")


def test_ids_of_a_day_outgrow_the_machine():
    ids, slots = 200_000_000, 400_000_000
    assert (ids * 8 / 1e9, slots * 8 / 1e9, (ids + slots) * 8 / 1e9) == (1.6, 3.2, 4.8)
    says("count-distinct-users", "1.6 GB", "3.2 GB", "4.8 GB", f"{1.04 / 16_384**0.5:.2%}", f"{16_384 * 6 // 8:,}")


# ---- Mean and variance from eight workers ----


def test_parts_of_the_noise_readings_merge_to_the_whole():
    names = run(code("noise-readings-eight-workers")[0])

    def part(values):
        state = (0, 0.0, 0.0)
        for x in values:
            state = names["add"](state, x)
        return state

    one, two = part([8, 10, 12]), part([18])
    assert (one, two) == ((3, 10, 8), (1, 18, 0))
    n, mean, squares = names["merge"](one, two)
    assert (n, mean, squares, squares / n) == (4, 12, 56, 14)
    assert (fmean([8, 10, 12, 18]), pvariance([8, 10, 12, 18])) == (12, 14)
    says("noise-readings-eight-workers", "(3, 10, 8) and (1, 18, 0)", "10 + 8 × 1/4 = 12", "64 × 3/4 = 56")
    says("noise-readings-eight-workers", f"{8 / 3:.2f}", f"{(8 / 3 + 0) / 2:.2f}")
    assert fmean([10, 18]) == 14
    assert sum(x * x for x in (8, 10, 12)) == 308
    assert 632 / 4 - 12**2 == 14


def test_merging_takes_any_cut_and_empty_parts():
    names, chance = run(code("noise-readings-eight-workers")[0]), random.Random(7)
    for _ in range(200):
        values = [chance.gauss(1_000_000, 1) for _ in range(chance.randint(1, 40))]
        cuts = sorted(chance.randint(0, len(values)) for _ in range(7))
        whole = (0, 0.0, 0.0)
        for start, stop in itertools.pairwise([0, *cuts, len(values)]):
            state = (0, 0.0, 0.0)
            for x in values[start:stop]:
                state = names["add"](state, x)
            whole = names["merge"](whole, state)
        assert whole[0] == len(values)
        assert whole[1] == pytest.approx(fmean(values), rel=1e-12)
        assert whole[2] / whole[0] == pytest.approx(pvariance(values), abs=1e-8)


def test_eight_workers_gain_six_and_a_quarter_or_less_than_two_and_a_half():
    slug = "noise-readings-eight-workers"
    even, largest = 4 + 96 / 8, 0.40 * 96
    says(slug, f"{even:.0f} minutes", f"{100 / even} times", f"{100 / 4:.0f} times", f"{largest:.1f} minutes")
    assert f"{4 + largest:.1f}" == "42.4"
    says(slug, "42.4", f"{100 / (4 + largest):.2f} times", f"{3 * 8} in all")


# ---- A loop rewritten with NumPy ----


def function_of(block: str, name: str) -> Callable[..., Any]:
    """One function of a block of which the rest is not run."""
    found = next(node for node in ast.parse(block).body if isinstance(node, ast.FunctionDef) and node.name == name)
    return run(ast.unparse(found))[name]


def test_every_prediction_meets_every_arrival_in_the_rewritten_loop():
    slug = "error-loop-rewritten"
    predicted, actual = [10.0, 20.0, 30.0], [(12.0,), (18.0,), (33.0,)]
    loop = function_of(code(slug)[0], "error_loop")(predicted, actual)
    rows = [[abs(p - a) for p in predicted] for (a,) in actual]
    assert rows == [[2, 8, 18], [8, 2, 12], [23, 13, 3]]
    flat = list(itertools.chain.from_iterable(rows))
    says(slug, "2, 8, 18; 8, 2, 12; 23, 13, 3", f"sum to {sum(flat):.0f}", f"{sum(flat):.0f}/9 = {fmean(flat):.2f}")
    says(slug, f"7/3 = {loop:.2f}")
    assert sum(rows[n][n] for n in range(3)) == 7
    says(slug, f"{60_000**2 * 8 / 1e9:.1f} GB", f"{60_000 * 8:,} bytes", f"gives {(10 - 12) % 256}")
    with pytest.raises(ZeroDivisionError):
        function_of(code(slug)[0], "error_loop")([], [])


def test_numpy_itself_says_so_where_it_is_at_hand(capsys):
    numpy = pytest.importorskip("numpy")
    names = run(code("error-loop-rewritten")[0])
    assert capsys.readouterr().out.split() == ["2.33", "9.89"]
    predicted, actual = names["predicted"], names["actual"]
    assert (predicted - actual).shape == (3, 3)
    for mended in (actual[:, 0], actual.reshape(-1)):
        assert names["error_fast"](predicted, mended) == pytest.approx(names["error_loop"](predicted, actual))
    assert numpy.array([10], "uint8") - numpy.array([12], "uint8") == 254


# ---- Water standing on a field ----


def test_the_fast_water_is_the_slow_water():
    slow_block, fast_block = code("water-standing-on-a-field")
    slow, fast = run(slow_block)["standing_water"], run(fast_block)["standing_water"]
    assert slow([3, 0, 2, 0, 4, 1, 2]) == 8
    for length in range(7):
        for heights in itertools.product((-2, 0, 1, 3), repeat=length):
            assert fast(list(heights)) == slow(list(heights))
    assert slow([-1, -3, -1]) == 2
    heights = [-1, -3, -1]
    left = list(itertools.accumulate(heights, max, initial=0))[1:]
    right = list(itertools.accumulate(reversed(heights), max, initial=0))[:0:-1]
    assert sum(min(high) - height for *high, height in zip(left, right, heights, strict=True)) == 5
    says("water-standing-on-a-field", "−1, −3, −1 the answer is 2", "give 5")


def test_the_night_of_profiles_takes_eleven_hours_or_seconds():
    slug = "water-standing-on-a-field"
    n, profiles, look = 20_000, 5_000, 20e-9
    seconds = n * (n + 1) * look
    assert round(seconds) == 8
    assert round(n * (n + 1) / 1e6) == 400
    assert (round(seconds * profiles, -3), round(seconds * profiles / 3600)) == (40_000, 11)
    says(slug, "400 million", "40,000 seconds", "about 11 hours", f"about {seconds * profiles / 3600 / 8:.1f} hours")
    says(slug, f"{3 * n:,} looks", f"{3 * n * look * 1000:.1f} milliseconds", f"{3 * n * look * profiles:.0f} seconds")


# ---- Joining two windows of recognised speech ----


def test_windows_join_at_their_longest_overlap():
    slug = "joining-two-windows-of-speech"
    names = run(code(slug)[0])
    plain, linear = names["joined"], names["joined_in_linear_time"]
    for first, second, whole in [
        ("turn left at the mill", "at the mill then stop", "turn left at the mill then stop"),
        ("the road is closed", "use the bridge", "the road is closed use the bridge"),
        ("no no no", "no no yes", "no no no yes"),
    ]:
        says(slug, f"| {first} | {second} | {whole} |")
        assert plain(first.split(), second.split()) == linear(first.split(), second.split()) == whole.split()
    short = [list(row) for size in range(6) for row in itertools.product("ab", repeat=size)]
    assert all(plain(first, second) == linear(first, second) for first in short for second in short)
    first, second = ["no"] * 3, ["no", "no", "yes"]
    smallest = next(k for k in range(1, 4) if first[-k:] == second[:k])
    assert " ".join(first + second[smallest:]) == "no no no no yes"
    assert first[-0:] == first


def test_the_plain_join_is_enough_for_captions_only():
    slug = "joining-two-windows-of-speech"
    says(slug, f"{75 * 76 // 2:,}", "about 5 billion", f"{2 * 100_000 + 1:,} entries", "about 400,000")
    assert round(100_000 * 100_001 / 2 / 1e9) == 5


# ---- Another language for a slow job ----


def test_the_rewrite_gains_less_than_the_better_search():
    slug = "another-language-for-a-slow-job"
    parts = {"read": 12, "parse": 4, "match": 36, "predict": 8}
    assert sum(parts.values()) == 60
    rest = 60 - parts["match"]
    trial = rest + parts["match"] / 30
    says(slug, f"{rest} + {parts['match'] / 30:.1f} = {trial:.1f} minutes", f"{60 / trial:.1f} times", f"{60 / rest} times")
    says(slug, f"{36 * 60 / 18e6 * 1e6:.0f} microseconds", f"{18e6 * 1e-6:.0f} seconds", f"{36 / 30 * 60:.0f} seconds")
    assert (2_000 - 1).bit_length() == 11
    says(slug, f"{rest + 18 / 60:.1f} minutes", f"{12 * 60 / 240_000 * 1000:.0f} milliseconds", f"{240_000 // 1_000} queries")
    both = rest + 18 / 60 - 12 + 1
    says(slug, f"{both:.1f} minutes", f"{60 / both:.1f} times")


# ---- The riskiest pipes in a stream ----


def test_the_heap_keeps_the_highest_scores():
    slug = "riskiest-pipes-in-a-stream"
    top = run(code(slug)[0])["top"]
    example = [(0.2, "a"), (0.9, "b"), (0.5, "c"), (0.9, "d"), (0.1, "e")]
    assert top(example, 3) == ["b", "d", "c"]
    assert top(example, 9) == ["b", "d", "c", "a", "e"]
    assert (top([], 3), top(example, 0)) == ([], [])
    assert top([(float("nan"), "x"), *example], 3) == ["b", "d", "c"]
    assert [record["id"] for record in top([(1, {"id": 1}), (1, {"id": 2}), (1, {"id": 3})], 2)] == [1, 2]
    chance = random.Random(3)
    for _ in range(200):
        stream = [(chance.randint(0, 9), n) for n in range(chance.randint(0, 30))]
        parts = [stream[at::4] for at in range(4)]
        whole = [dict(map(reversed, stream))[n] for n in top(stream, 5)]
        merged = [(dict(map(reversed, part))[n], n) for part in parts for n in top(part, 5)]
        assert whole == sorted((score for score, _ in stream), reverse=True)[:5]
        assert whole == sorted((score for score, _ in merged), reverse=True)[:5]


def test_a_score_that_is_no_number_spoils_a_careless_heap():
    nan, kept = float("nan"), []
    for score in [nan, 0.2, 0.9, 0.5, 0.7]:
        if len(kept) < 3:
            heapq.heappush(kept, score)
        elif score > kept[0]:
            heapq.heapreplace(kept, score)
    assert kept != sorted([0.5, 0.7, 0.9])


def test_the_heap_takes_kilobytes_where_sorting_takes_gigabytes():
    slug = "riskiest-pipes-in-a-stream"
    n, k = 200_000_000, 1_000
    says(slug, f"{k * 16 // 1000} kB", f"{n * 16 / 1e9} GB", f"{log2(n):.1f}", f"{n * log2(n) / 1e9:.1f} billion")
    assert round(log2(k)) == 10
    assert (f"{log(n / k):.1f}", round(k * (1 + log(n / k)), -2)) == ("12.2", 13_200)
    says(slug, "13,200")
