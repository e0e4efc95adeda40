"""The code and the figures of the questions on programming: every block is run, the faulty ones for their fault."""

import ast
import functools
import gc
import heapq
import itertools
import operator
import random
import re
import sqlite3
import struct
import subprocess
import sys
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from math import fsum, log, log2, sqrt, ulp
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
    assert ids / 250_000_000 == 0.8
    says("count-distinct-users", f"takes {250_000_000 * 8 / 1e9} GB at {ids / 250_000_000:.0%} full")
    # A set of CPython 3.11 grows at three fifths to a power of two over twice its size.
    assert 2**28 * 0.6 < ids < 2**29 * 0.6
    says("count-distinct-users", f"{2**29 * 16 / 1e9:.1f} GB", f"{ids * 32 / 1e9} GB", "about 15 GB")
    assert round((2**29 * 16 + ids * 32) / 1e9) == 15


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
    names, chance = run(code("noise-readings-eight-workers")[0]), random.Random(7)  # noqa: S311
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
    says(slug, f"prints {loop:.2f}", f"prints {fmean(flat):.2f}")
    assert sum(rows[n][n] for n in range(3)) == 7
    says(slug, f"{60_000**2 * 8 / 1e9:.1f} GB", f"{60_000 * 8:,} bytes", f"gives {(10 - 12) % 256}")
    with pytest.raises(ZeroDivisionError):
        function_of(code(slug)[0], "error_loop")([], [])


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
    says(
        slug,
        f"{rest} + {parts['match'] / 30:.1f} = {trial:.1f} minutes",
        f"{60 / trial:.1f} times",
        f"{60 / rest} times",
    )
    says(slug, f"{36 * 60 / 18e6 * 1e6:.0f} microseconds", f"{18e6 * 1e-6:.0f} seconds", f"{36 / 30 * 60:.0f} seconds")
    assert (2_000 - 1).bit_length() == 11
    says(
        slug,
        f"{rest + 18 / 60:.1f} minutes",
        f"{12 * 60 / 240_000 * 1000:.0f} milliseconds",
        f"{240_000 // 1_000} queries",
    )
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
    chance = random.Random(3)  # noqa: S311
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
    assert 0.7 not in kept


def test_the_heap_takes_kilobytes_where_sorting_takes_gigabytes():
    slug = "riskiest-pipes-in-a-stream"
    n, k = 200_000_000, 1_000
    says(slug, f"{k * 16 // 1000} kB", f"{n * 16 / 1e9} GB", f"{log2(n):.1f}", f"{n * log2(n) / 1e9:.1f} billion")
    assert round(log2(k)) == 10
    assert (f"{log(n / k):.1f}", round(k * (1 + log(n / k)), -2)) == ("12.2", 13_200)
    says(slug, "13,200")


# ---- Totals that will not repeat ----


def single(value: float) -> float:
    """The nearest number of 32 bits."""
    return struct.unpack("f", struct.pack("f", value))[0]


def test_totals_depend_on_the_order_of_adding():
    slug, big = "totals-that-will-not-repeat", 1e16
    runs = {"Monday": [big, 1, 1, -big], "Tuesday": [1, 1, big, -big], "Wednesday": [1, big, -big, 1]}
    totals = {day: functools.reduce(operator.add, entries, 0.0) for day, entries in runs.items()}
    assert totals == {"Monday": 0, "Tuesday": 2, "Wednesday": 1}
    assert {fsum(entries) for entries in itertools.permutations(runs["Monday"])} == {2}
    assert functools.reduce(operator.add, sorted(runs["Monday"])) == 0  # sorting repeats, and repeats a wrong total
    assert ulp(big) == 2
    assert f"{2**53:.3e}" == "9.007e+15"
    assert 1e-12 * 2 * big == 20_000  # the tolerance of the sample answer
    says(slug, "Wednesday gives 1", "9.007", f"{(2**63 - 1) / 1e18:.1f} × 10^18")


def test_compensated_summing_misses_the_right_total_on_wednesday():
    def kahan(entries):
        total = lost = 0.0
        for entry in entries:
            corrected = entry - lost
            new = total + corrected
            total, lost = new, (new - total) - corrected
        return total

    assert kahan([1e16, 1.0, 1.0, -1e16]) == kahan([1.0, 1.0, 1e16, -1e16]) == 2
    assert kahan([1.0, 1e16, -1e16, 1.0]) == 1
    says("totals-that-will-not-repeat", "plain Kahan summing gives 2 for Monday but 1 for Wednesday")


def test_a_counter_stands_still_when_its_digits_run_out():
    slug, stop = "totals-that-will-not-repeat", 2**24
    assert single(stop - 1) == stop - 1
    assert single(single(stop) + 1) == stop
    says(slug, f"{stop:,}", f"{stop + 1:,}", f"{stop // 1000:,} s", f"{stop / 1000 / 3600:.1f} hours")
    years = 2**53 / 1000 / (365.25 * 24 * 3600)
    says(slug, f"{round(years, -3):,.0f} years")
    assert float(2**53) + 1 == 2**53
    for digits, last in [(8, 256), (24, stop), (53, 2**53)]:
        assert (last + 1).bit_length() == digits + 1
        assert all(n.bit_length() <= digits for n in (last - 1, last // 2))


# ---- A pattern that hangs ----

MENDED = r"^([a-z]+( [a-z]+)* ?)?$"
POSSESSIVE = r"^(?:[a-z]++ ?)*$"


def test_the_mended_patterns_accept_the_same_lines_and_come_back_from_a_long_one():
    slug = "a-pattern-that-hangs"
    names = run(code(slug)[0])
    says(slug, f"`{MENDED}`", f"`{POSSESSIVE}`")
    for length in range(7):
        for signs in itertools.product("ab A!\n", repeat=length):
            line = "".join(signs)
            fits = names["is_tag_line"](line)
            assert (re.match(MENDED, line) is not None) == (re.match(POSSESSIVE, line) is not None) == fits
    long = "a" * 5_000 + "!"  # the faulty pattern would not come back
    assert re.match(MENDED, long) is re.match(POSSESSIVE, long) is None
    assert re.match(MENDED, "a\n")
    assert not re.fullmatch(MENDED, "a\n")


def test_an_alarm_ends_a_match_that_hangs():
    script = """
import re, signal
def stop(*_):
    raise TimeoutError
signal.signal(signal.SIGALRM, stop)
signal.setitimer(signal.ITIMER_REAL, 0.05)
try:
    re.match(r"^([a-z]+ ?)*$", "a" * 60 + "!")
except TimeoutError:
    print("ended")
"""
    # In a process of its own, so that a match without an end would cost a minute and not the whole run.
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.split() == ["ended"]


def test_a_run_of_letters_is_cut_in_a_doubling_number_of_ways():
    def cuts(n):
        return 1 if n == 0 else sum(cuts(n - first) for first in range(1, n + 1))

    assert [cuts(n) for n in range(1, 11)] == [2 ** (n - 1) for n in range(1, 11)]
    slug = "a-pattern-that-hangs"
    assert 0.5 * 2**2 == 2
    assert 2 * 2**2 == 8
    seconds = 8 * 2 ** (40 - 26)
    says(slug, f"{2**25 / 1e6:.1f} million", f"{seconds:,} s", f"about {seconds / 3600:.0f} hours")


# ---- Tests for a date reader ----

CASES = {
    "5/3/2026": (2026, 3, 5), "25/3/2026": (2026, 3, 25), "4/4/2026": (2026, 4, 4), "31/4/2026": None,
    "2026-13-01": None, "29/2/1900": None, "29/2/2000": (2000, 2, 29), "29/2/2024": (2024, 2, 29), "29/2/2026": None,
    "2026-03-055": None, "x2026-03-05": None, "2026-03-05 12:00": None, "5/3/26": None, "1/1/1900": (1900, 1, 1),
    "31/12/2099": (2099, 12, 31), "31/12/1899": None, "1/1/2100": None, " 2026-03-05 ": (2026, 3, 5), "": None,
    "  ": None, "2026/03/05": None, "5-3-2026": None, "2026-3-5": None, "05/03/2026": (2026, 3, 5),
    "2026-00-10": None, "2026-03-05": (2026, 3, 5),
}  # fmt: skip
FAULTS = {
    "month first": ("day, month, year = map", "month, day, year = map", {"5/3/2026", "25/3/2026"}),
    "any day": ("date(year, month, day)", "date(2024, 1, 1)", {"31/4/2026", "2026-13-01", "29/2/2026"}),
    "every fourth year": (
        "date(year, month, day)",
        "date(2024 if year % 4 == 0 else 2025, month, day)",
        {"29/2/1900"},
    ),
    "start only": ("text.strip()", "text.strip()[:10]", {"2026-03-055", "2026-03-05 12:00"}),
    "end only": ('re.fullmatch("', 're.search("', {"x2026-03-05"}),
    "two digits": ("/[0-9][0-9][0-9][0-9]", "/[0-9][0-9][0-9]?[0-9]?", {"5/3/26"}),
    "first year out": ("1900 <= year", "1900 < year", {"1/1/1900"}),
    "last year out": ("year <= 2099", "year < 2099", {"31/12/2099"}),
    "before the first": ("1900 <= year", "1899 <= year", {"31/12/1899"}),
    "after the last": ("year <= 2099", "year <= 2100", {"1/1/2100"}),
    "blanks kept": ("text.strip()", "text", {" 2026-03-05 "}),
}


def failed(block: str) -> set[str]:
    """The inputs on which a date reader breaks the promise."""
    names, found = run(block), set()
    for text, expected in CASES.items():
        try:
            if names["read_date"](text) != expected:
                found.add(text)
        except ValueError:
            found.add(text)
    return found


def test_the_date_reader_keeps_its_promise_on_every_day():
    block = code("tests-for-a-date-reader")[1]
    assert failed(block) == set()
    read, day, days = run(block)["read_date"], date(1900, 1, 1), 0
    while day < date(2100, 1, 1):
        found = (day.year, day.month, day.day)
        assert read(day.isoformat()) == read("/".join(map(str, found[::-1]))) == found
        day, days = day + timedelta(1), days + 1
    says("tests-for-a-date-reader", f"all {days:,} days")


@pytest.mark.parametrize("fault", FAULTS)
def test_the_named_inputs_show_each_fault_of_a_date_reader(fault):
    block = code("tests-for-a-date-reader")[1]
    good, bad, shown = FAULTS[fault]
    faulty = block.replace(good, bad)
    if fault == "two digits":
        faulty = faulty.replace("    try:\n", "    year += 2000 if year < 100 else 0\n    try:\n")
    assert faulty != block
    assert shown <= failed(faulty)
    assert "4/4/2026" not in failed(faulty)


# ---- A quota that is overrun ----


@pytest.fixture
def quota(tmp_path):
    """Two connections to one database in which a team has used 88 of 100 pages."""
    one, other = (sqlite3.connect(tmp_path / "quota.sqlite3", timeout=5) for _ in range(2))
    one.execute("CREATE TABLE quota (team TEXT, used INTEGER, cap INTEGER)")
    one.execute("INSERT INTO quota VALUES ('roads', 88, 100)")
    one.commit()
    yield one, other
    one.close()
    other.close()


def used(db: sqlite3.Connection) -> int:
    return db.execute("SELECT used FROM quota").fetchone()[0]


class Delayed:
    """A connection that lets somebody else act between its first statement and its second."""

    def __init__(self, db: sqlite3.Connection, between: Callable[[], Any]) -> None:
        self.db, self.between, self.statements = db, between, 0

    def execute(self, *statement: Any) -> sqlite3.Cursor:
        self.statements += 1
        if self.statements == 2:
            self.between()
        return self.db.execute(*statement)

    def commit(self) -> None:
        self.db.commit()


def test_two_requests_overrun_the_quota_and_lose_a_count(quota):
    one, other = quota
    take, said = run(code("a-quota-that-is-overrun")[0])["take"], []
    late = Delayed(other, lambda: said.append(take(one, "roads", 10)))
    said.append(take(late, "roads", 5))
    assert said == [True, True]
    assert used(one) == 93
    granted = 88 + 10 + 5
    says("a-quota-that-is-overrun", f"88 + 10 + 5 = {granted}", f"{granted + 100 - 93} in all")


def test_one_after_the_other_the_quota_holds(quota):
    take = run(code("a-quota-that-is-overrun")[0])["take"]
    assert [take(quota[0], "roads", pages) for pages in (10, 5, 2)] == [True, False, True]
    assert used(quota[0]) == 100


def test_the_single_statement_keeps_the_quota_under_threads(quota, tmp_path):
    take = run(code("a-quota-that-is-overrun")[1])["take"]
    assert [take(quota[0], "roads", pages) for pages in (10, 5)] == [True, False]
    assert used(quota[0]) == 98

    def request(_):
        db = sqlite3.connect(tmp_path / "quota.sqlite3", timeout=30)
        try:
            return take(db, "roads", 1)
        finally:
            db.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(request, range(16))) == 2
    assert used(quota[1]) == 100


def test_four_of_six_orders_lose_an_update():
    orders = set(itertools.permutations(["a", "a", "b", "b"]))
    lost = [order for order in orders if order[:2] not in {("a", "a"), ("b", "b")}]
    assert (len(orders), len(lost)) == (6, 4)
    says("a-quota-that-is-overrun", "Of the six orders of two reads and two writes, four lose an update")


# ---- A generated change whose tests all pass ----

CHANGE = "a-change-whose-tests-pass"


def arms_in_a_process(block: str, seed: int) -> list[str]:
    """The arms of a thousand readers, in a process of its own."""
    script = block + "\nprint(*[arm('r' + str(n)) for n in range(1000)])"
    found = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONHASHSEED": str(seed)}, capture_output=True, text=True, check=True
    )
    return found.stdout.split()


def test_the_tests_of_the_change_pass_on_the_faulty_and_on_the_mended_version():
    faulty, tests, mended = code(CHANGE)
    for version in (faulty, mended):
        names = run(version + tests)
        for name in ("test_same_reader_same_arm", "test_share", "test_arms"):
            names[name]()


def test_arms_differ_between_processes_until_mended():
    faulty, _tests, mended = code(CHANGE)
    one, other = arms_in_a_process(faulty, 1), arms_in_a_process(faulty, 2)
    apart = sum(a != b for a, b in zip(one, other, strict=True)) / 1000
    assert abs(apart - 0.32) < 0.06
    says(CHANGE, f"2 × 0.2 × 0.8 = {2 * 0.2 * 0.8:.0%}", f"about {1 - 2 * 0.2 * 0.8:.0%}")
    assert arms_in_a_process(mended, 1) == arms_in_a_process(mended, 2)


def test_a_second_call_returns_the_readers_of_the_first_until_mended():
    faulty, _tests, mended = code(CHANGE)
    for version, readers in [(faulty, {"r1", "r2"}), (mended, {"r2"})]:
        names = run(version)
        names["arms"](["r1"])
        assert names["arms"](["r2"]).keys() == readers


def test_shares_are_coarse_until_mended():
    faulty, _tests, mended = code(CHANGE)

    def remainders(share):
        return sum(n % 100 < share * 100 for n in range(100))

    assert "% 100 < share * 100" in faulty
    assert (remainders(0.005), remainders(0.07), remainders(0.2)) == (1, 8, 20)
    says(CHANGE, str(0.07 * 100), "0.005 gives 1%", "8%")
    arm = run(mended)["arm"]
    for share in (0.005, 0.07, 0.2):
        found = sum(arm(f"r{n}", share) == "new" for n in range(20_000))
        assert abs(found - 20_000 * share) < 3.5 * sqrt(20_000 * share * (1 - share))
    assert {arm(f"r{n}", 0.0) for n in range(100)} == {"old"}
    assert {arm(f"r{n}", 1.0) for n in range(100)} == {"new"}
    says(CHANGE, f"{20_000 * 0.2:,.0f} on average", f"deviation of {sqrt(20_000 * 0.2 * 0.8):.0f}")
    agree = sum(arm(f"r{n}", 0.2) == arm(f"r{n}", 0.2, "search-page") for n in range(20_000)) / 20_000
    assert abs(agree - 0.68) < 0.015
    raised = [n for n in range(2_000) if arm(f"r{n}", 0.2) == "new" != arm(f"r{n}", 0.3)]
    assert raised == []


# ---- Memory that climbs ----


def test_the_cache_keeps_every_text_and_every_old_scorer_until_mended():
    faulty, mended = code("memory-that-climbs")
    for version, alive in [(faulty, True), (mended, False)]:
        names = run(version)
        scorer = names["Scorer"](sum)
        assert [scorer.score(text) for text in ("ab", "c", "ab")] == [195, 99, 195]
        if alive:
            info = names["Scorer"].features.cache_info()
            assert (info.hits, info.misses, info.currsize) == (1, 2, 2)
        watched = weakref.ref(scorer)
        del scorer
        gc.collect()
        assert (watched() is not None) == alive
        names["LATEST"].extend(str(n) for n in range(2_000))
        assert len(names["LATEST"]) == 1_000


def test_the_cache_of_the_worker_costs_more_than_it_saves():
    slug = "memory-that-climbs"
    hits, misses = 3_600, 176_400
    assert hits + misses == 6 * 30_000
    grown, new_texts = 1_129 - 600, misses / 6
    entry = grown * 1e6 / misses
    says(slug, f"{grown} MB", f"{entry / 1e3:.1f} kB an entry", f"{new_texts:,.0f} new texts", f"{hits / 180_000:.0%}")
    hourly = new_texts * 3_000 / 1e6
    assert [round(600 + hourly * hours) for hours in (1, 2, 6)] == [688, 776, 1_129]
    says(slug, f"{hourly:.0f} MB an hour", f"/ {hourly:.1f} = {(1_600 - 600) / hourly:.1f} hours")
    says(slug, f"{(1_600 - 600 - 400) / hourly:.1f} hours", f"600 + {grown} + 400 = {600 + grown + 400:,} MB")
    assert 600 + 6 * hourly + 400 < 1_600 < 600 + 8 * hourly + 400  # six hours between restarts hold, eight do not
    says(slug, f"{hits // 6} × 4 ms = {hits / 6 * 4e-3:.1f} s", f"about {10_000 * 3_000 / 1e6:.0f} MB")
