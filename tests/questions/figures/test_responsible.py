"""Every figure that the records on responsible AI give, worked out again; the code they show is run."""

from contextlib import redirect_stdout
from fractions import Fraction
from io import StringIO
from math import e, exp, log, pi, sqrt

import pytest

from tests.questions.figures.sums import wilson
from tests.questions.records import code, says


def pct(share: float, digits: int = 0) -> str:
    return f"{100 * share:.{digits}f}%"


def test_the_rates_of_the_two_groups():
    slug = "fairness-measures-in-conflict"
    groups = {"A": (2800, 1200, 1200, 4800), "B": (1400, 600, 600, 7400)}
    false, odds = {}, {}
    for tp, fp, fn, tn in groups.values():
        assert sum((tp, fp, fn, tn)) == 10_000
        assert tp / (tp + fp) == tp / (tp + fn) == 0.7
        says(slug, f"{tp:,} of {tp + fp:,}", f"{tp + fn:,} of 10,000 ({pct((tp + fn) / 10_000)})")
    for name, (tp, fp, fn, tn) in groups.items():
        false[name], odds[name] = fp / (fp + tn), (tp + fn) / (fp + tn)
        says(slug, f"{fp:,} of {fp + tn:,} = {100 * false[name]:g}% in {name}")
        assert false[name] == pytest.approx(odds[name] * 0.3 / 0.7 * 0.7)
        assert fn / (fn + tn) == pytest.approx(false[name])
    says(slug, f"{false['A'] / false['B']:.2f} times as high", f"{odds['A']:.3f} to {odds['B']:g}")
    wrong = 0.075 * 6000
    found = wrong * 0.7 / 0.3
    says(slug, f"({wrong:.0f} people)", f"only {found:,.0f} missed", f"recall {pct(found / 4000, 2)}")
    says(slug, f"2,800 of {2800 + wrong:,.0f} = {pct(2800 / (2800 + wrong), 1)}")
    (low, high), (bottom, top) = wilson(1200, 6000), wilson(600, 8000)
    says(slug, f"about {pct(low, 1)} to {pct(high, 1)} and {pct(bottom, 1)} to {pct(top, 1)}")


def test_the_hidden_orders_that_got_through():
    slug = "freight-mail-assistant"
    says(slug, f"from {pct(41 / 200, 1)} to {pct(3 / 200, 1)}")
    says(slug, f"1 − 0.985^100 = {pct(1 - (1 - 3 / 200) ** 100)}")
    says(slug, "from about {} to {}".format(*(pct(end, 1) for end in wilson(3, 200))))


def test_the_attack_on_the_clinics_model():
    slug = "attack-on-clinic-model"
    members, others = 2_000, 18_000
    false = others // 1000
    named = {version: members * share for version, share in [(1, 0.03), (2, 0.005), (3, 0.001)]}
    right = {version: hits / (hits + false) for version, hits in named.items()}
    says(slug, f"{named[1]:.0f} of 2,000 members and {false} of 18,000 others", f"60 of {60 + false} ({pct(right[1])})")
    says(slug, f"against {pct(members / (members + others))} by guessing")
    says(slug, f"{named[2]:.0f} and {false} named, {pct(right[2])} right")
    says(slug, f"{named[3]:.0f} and {false} named, {pct(right[3])} right", "at 5 points less")
    bound = e * 0.001 + 1e-6
    says(slug, f"{e:.3f} × 0.001 + 0.000001 = {pct(bound, 2)}")
    assert 5 < members * bound < 6
    assert exp(8) * 0.001 > 1


def test_the_retraining_after_deletions():
    slug = "delete-me-everywhere"
    says(slug, f"120 × 900 = {120 * 900:,}", f"12 × 900 = {12 * 900:,}", f"about {900 // 10} ({120 * 90:,} a year)")
    says(slug, f"touch {10 * (1 - 0.9**37):.1f} of 10 parts")


def test_the_refused_grants_and_their_audit():
    slug = "refused-heating-grants"
    says(slug, f"{pct(30 / 5000, 1)} is 30 of 5,000", f"the other {5000 - 50:,}", f"won in {pct(30 / 50)}")
    low, high = wilson(24, 200)
    says(slug, f"24 of 200 = {pct(24 / 200)} (95% interval about {pct(low)} to {pct(high)})")
    wrong = 5000 * 24 // 200
    says(slug, f"about {wrong} of 5,000", f"about {pct(30 / wrong)} of these, 30 of {wrong}")
    says(slug, f"15 of 5,015, {pct(15 / 5015, 1)}", f"{5000 * 15 // 60:,} hours")
    assert 5015 - 15 == 5000


def test_the_alarms_of_the_fall_detector():
    slug = "fall-detector-sheet"
    daily = 24 * 60 * Fraction(5, 10_000)
    says(
        slug,
        f"A day has {24 * 60:,} minutes",
        f"{float(daily):.2f} false",
        f"{float(120 * daily):.0f} a day in the home",
    )
    says(slug, f"about {float(120 * daily / 24):.1f} an hour", f"120 × 1.5 = {120 * 1.5:.0f} a year")
    falls = 180 / 365
    assert 1.9 < 1 / falls < 2.1
    assert float(120 * daily) / (float(120 * daily) + falls) > 0.99
    assert round((float(120 * daily) + falls) / falls) in range(170, 180)
    says(slug, f"{pct(48 / 50)} of falls (48 of 50)", "about {} to {}".format(*map(pct, wilson(48, 50))))


def test_twenty_one_calls_give_a_logistic_regression_away():
    slug = "four-keys-at-an-endpoint"
    intercept, weights = log(0.2 / 0.8), [log(0.5 / 0.5) - log(0.2 / 0.8), *(0.1 * n - 1 for n in range(19))]

    def answer(inputs):
        return round(1 / (1 + exp(-intercept - sum(w * x for w, x in zip(weights, inputs, strict=True)))), 6)

    def logit(p):
        return log(p / (1 - p))

    calls = [[0] * 20, *([int(i == j) for j in range(20)] for i in range(20))]
    first, *rest = (answer(call) for call in calls)
    assert len(calls) == 21
    says(slug, f"-> {first:.6f}", f"-> {rest[0]:.6f}")
    copied = [logit(p) - logit(first) for p in rest]
    assert logit(first) == pytest.approx(intercept, abs=1e-4)
    assert copied == pytest.approx(weights, abs=1e-4)
    says(slug, f"log(0.2/0.8) = −{-intercept:.3f}", f"− b = {weights[0]:.3f}", f"odds by {exp(weights[0]):.0f}")


def test_the_bookings_by_voice():
    slug = "assistance-booking-by-voice"
    rows = {"All": (20_000, 18_600, 18_800), "speech": (400, 368, 232), "hearing": (600, 546, 468)}
    calls, before, after = (
        rows["All"][n] - rows["speech"][n] - rows["hearing"][n] for n in range(3)
    )  # fmt: skip
    says(slug, f"{calls:,} | {before:,} ({pct(before / calls, 1)}) | {after:,} ({pct(after / calls, 1)})")
    for n, was, now in rows.values():
        says(slug, f"{n:,} | {was:,} ({pct(was / n)}) | {now:,} ({pct(now / n)})")
    lost = [rows[name][1] - rows[name][2] for name in ("speech", "hearing")]
    says(slug, f"{lost[0]} bookings fewer", f"{lost[1]} fewer; together {sum(lost)}", f"others gained {after - before}")
    says(slug, f"rose by {18_800 - 18_600}", f"two groups are {pct(1000 / 20_000)}")
    assert after - before - sum(lost) == 200
    says(slug, "about {} to {}".format(*map(pct, wilson(232, 400))))


def test_the_places_on_the_nest_map():
    slug = "nests-on-a-public-map"
    says(slug, f"12 of 400 nests, {pct(12 / 400)}", f"11 of the 12 robbed nests ({pct(11 / 12)})")
    says(slug, f"about {round(1e6 / (pi * 10**2), -2):,.0f} times the ground", f"{500 / sqrt(100):.0f} metres")


def test_the_code_a_service_loads_is_python_and_a_pickle_runs_what_it_holds():
    slug = "weights-from-a-hub"
    blocks = [block for block in code(slug) if "import pickle" in block]
    shown = next(block for block in blocks if "torch" in block)
    compile(shown, slug, "exec")
    harmless = next(block for block in blocks if "class Note" in block)
    out = StringIO()
    with redirect_stdout(out):
        exec(harmless, {"__name__": "shown"})  # noqa: S102 - the code of our own record
    assert out.getvalue() == "ran while loading\n"
