"""The figures of the questions on statistics and probability, recomputed from first principles."""

from itertools import pairwise
from math import comb, erf, exp, log, pi, sqrt

import pytest

from tests.questions.records import says


def below(z):
    """The share of the normal curve below z."""
    return (1 + erf(z / sqrt(2))) / 2


def inverse(matrix):
    """The inverse of a small matrix, by elimination."""
    n = len(matrix)
    rows = [[*map(float, row), *(float(i == j) for j in range(n))] for i, row in enumerate(matrix)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for k in range(n):
            if k != i:
                rows[k] = [a - rows[k][i] * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [row[n:] for row in rows]


def test_a_promise_about_lift_repairs():
    slug = "a-promise-about-lift-repairs"
    counts = [393, 239, 233, 86, 49]
    assert sum(counts) == 1000
    # An exponential curve with mean 8, and so with SD 8, gives these counts.
    edges = [0, 4, 8, 16, 24]
    curve = [exp(-low / 8) - exp(-high / 8) for low, high in pairwise(edges)]
    assert [round(1000 * share) for share in curve] == counts[:-1]
    within = [sum(counts[:n]) / 1000 for n in (2, 3, 4)]
    says(slug, *(f"{share:.1%}" for share in within), f"= {sum(counts[:3])} of 1,000", f"{49 / 1000:.1%}")
    says(slug, f"{1 - below(2):.1%}", f"{below(-1):.1%}", f"{2 * below(1) - 1:.1%}")
    says(slug, f"{1 / sqrt(3):.1%}", f"{1 - exp(-sqrt(2)):.1%}", f"{1 - exp(-2):.1%}", f"{1 - 1 / 2**2:.0%}")
    median = 4 + 4 * (500 - 393) / 239
    ninth = 16 + 8 * (900 - 865) / 86
    says(slug, f"median {median:.1f}", f"about {ninth:.0f} hours")
    error = 8 / sqrt(1000)
    says(slug, f"{error:.2f}", f"{8 - 1.96 * error:.1f} to {8 + 1.96 * error:.1f}")


def test_a_greenhouse_with_four_meters():
    slug = "a-greenhouse-with-four-meters"
    # Main meter = heat + lamps + pumps + small loads with a variance of one eighth.
    rho = 1 / sqrt(3 + 1 / 8)
    says(slug, f"{rho:.2f}", "3.125")
    factors = [inverse([[1, 0, 0, rho], [0, 1, 0, rho], [0, 0, 1, rho], [rho, rho, rho, 1]])[n][n] for n in range(4)]
    assert factors == pytest.approx([9, 9, 9, 25])
    assert [1 - 1 / factor for factor in factors] == pytest.approx([8 / 9, 8 / 9, 8 / 9, 0.96])
    says(slug, *(f"{0.30 * sqrt(factor):.2f}" for factor in factors), f"{1 / 25:.2f}", f"{1 / 9:.2f}")
    alone = [coefficient + 0.60 * rho for coefficient in (1.40, 0.90, -0.20)]
    says(slug, *(f"{value:.2f} (0.30)" for value in alone))
    says(slug, *(f"{round(value, 2) / 0.30:.1f}" for value in alone))
    assert [f"{1 / (1 - r2):.0f}" for r2 in (0.80, 0.90)] == ["5", "10"]


def test_two_of_ten_batteries():
    slug = "two-of-ten-batteries"
    rates = (0.1, 0.2, 0.3, 0.4)
    for rate in rates:
        row = [comb(10, k) * rate**k * (1 - rate) ** (10 - k) for k in range(11)]
        cells = " | ".join(f"{value:.3f}" for value in [*row[:5], sum(row[5:])])
        says(slug, f"| {rate:.0%} | {cells} |")
    two = {rate: comb(10, 2) * rate**2 * (1 - rate) ** 8 for rate in rates}
    says(slug, f"{sum(two.values()):.3f}", f"{two[0.2] / two[0.1]:.2f}", f"{(two[0.2] / two[0.1]) ** 2:.2f}")
    before = {0.1: 0.7, 0.2: 0.2, 0.3: 0.1}
    for times, said in [(1, "0.62, 0.28 and 0.11"), (2, "0.53, 0.37 and 0.11")]:
        joint = {rate: before[rate] * two[rate] ** times for rate in before}
        shares = [joint[rate] / sum(joint.values()) for rate in before]
        first, second, third = (f"{share:.2f}" for share in shares)
        assert said == f"{first}, {second} and {third}"
        says(slug, said)
        if times == 1:
            says(slug, *(f"{value:.3f}" for value in joint.values()), f"{sum(joint.values()):.3f}")
    steps = 100_000
    area = sum(comb(10, 2) * (n / steps) ** 2 * (1 - n / steps) ** 8 for n in range(steps)) / steps
    assert area == pytest.approx(1 / 11, abs=1e-6)
    says(slug, f"1/11 = {1 / 11:.3f}")


def test_three_series_three_scatters():
    slug = "three-series-three-scatters"
    levels = (16, 64, 256)
    assert [sd / level for sd, level in zip((4, 16, 64), levels, strict=True)] == [0.25] * 3
    assert [sd / (2 * sqrt(level)) for sd, level in zip((4, 8, 16), levels, strict=True)] == [0.5] * 3
    median, mean = exp(4), exp(4 + 0.25**2 / 2)
    says(slug, f"{median:.1f} litres", f"= {mean:.1f}", f"{mean / median - 1:.1%}")
    assert [sd * sd for sd in (4, 8, 16)] == list(levels)
    assert log(median) == 4


def test_r_squared_at_two_plants():
    slug = "r-squared-at-two-plants"
    for r2, inputs in [(0.60, 3), (0.76, 15)]:
        says(slug, f"{1 - (1 - r2) * 39 / (40 - inputs - 1):.3f}")
    for error, spread in [(13, 20), (17, 20)]:
        says(slug, f"1 − {error**2}/{spread**2} = {1 - error**2 / spread**2:.2f}")
    for error in (13, 19):
        says(slug, f"1 − {error**2}/64 = −{error**2 / 64 - 1:.2f}")
    says(slug, f"1/0.08 = {1 / 0.08}", f"{sqrt(1 / 0.08):.1f} times", f"{40 - 15 - 1} degrees")
    assert 40 / 15 < 3


def test_photos_from_thirty_shops():
    slug = "photos-from-thirty-shops"
    effects, effective, stronger = [], [], []
    for shops, each in [(20, 50), (30, 20), (40, 5)]:
        assert shops * (40 + each) == 1800
        effects.append(1 + (each - 1) * 0.05)
        effective.append(shops * each / effects[-1])
        stronger.append(shops * each / (1 + (each - 1) * 0.20))
    a, b, c = effects
    says(slug, f"A {a:.2f}, B {b:.2f}, C {c:.2f}", *(f"{value:.0f}" for value in effective))
    says(slug, "A {:.0f}, B {:.0f}, C {:.0f}".format(*stronger))
    plain = 100 * sqrt(0.20 * 0.80 / 600)
    right = plain * sqrt(b)
    says(slug, f"{plain:.2f} × √1.95 = {right:.2f}", f"{20 - 1.96 * plain:.1f}% to {20 + 1.96 * plain:.1f}%")
    says(slug, f"{20 - 1.96 * right:.1f}% to {20 + 1.96 * right:.1f}%")
    says(slug, f"{20 - 2.045 * right:.1f}% to {20 + 2.045 * right:.1f}%")
    says(slug, f"1/ρ = {1 / 0.05:.0f}", f"{sqrt(40 * 0.95 / 0.05):.1f} photos")


def false_alarms(looks, limit=1.96, step=0.05):
    """How often an effect of nil passes the limit at one of several evenly spaced looks."""
    bell = [exp(-((n * step) ** 2) / 2) / sqrt(2 * pi) for n in range(int(6 / step) + 1)]
    inside = {n: bell[abs(n)] for n in range(-int(limit / step), int(limit / step) + 1)}
    for look in range(2, looks + 1):
        edge = int(limit * sqrt(look) / step)
        inside = {
            n: step * sum(was * bell[abs(n - m)] for m, was in inside.items() if abs(n - m) < len(bell))
            for n in range(-edge, edge + 1)
        }
    return 1 - step * sum(inside.values())


def test_dispatch_rule_called_a_win():
    slug = "dispatch-rule-called-a-win"
    new, old = 50_000, 48_500
    half = (new + old) / 2
    square = (new - half) ** 2 / half + (old - half) ** 2 / half
    says(slug, f"{half:,.0f} each", f"2 × {new - half:.0f}²/{half:,.0f} = {square:.1f}", f"about {sqrt(square):.1f}")
    assert round(2e6 * (1 - below(sqrt(square)))) == 2  # the two-sided p, in millionths
    says(slug, f"= {(new * 28.5 + old * 31.4) / (new + old):.1f} against 30.0", f"{31.4 - 28.5:.1f} minutes")
    says(slug, f"about {false_alarms(14):.0%}", f"{1 - 0.95**20:.0%}", f"{0.05 / 20:.4f}")


def test_visits_that_save_gas():
    slug = "visits-that-save-gas"
    visited = [(100, 300), (300, 900), (600, 1700), (200, 2400)]
    others = [(900, 200), (700, 700), (400, 1400)]
    means = [sum(n * saving for n, saving in rows) / sum(n for n, _ in rows) for rows in (visited, others)]
    says(slug, f"| All | 1,200 | {means[0]:,.0f} | 2,000 | {means[1]:,.0f} |", f"{means[0] - means[1]:.0f}")
    effects = [saving - without for (_, saving), (_, without) in zip(visited[:3], others, strict=True)]
    assert effects == [100, 200, 300]
    assert {n + m for (n, _), (m, _) in zip(visited[:3], others, strict=True)} == {1000}
    of_all = sum(effects) / 3
    of_visited = sum(n * effect for (n, _), effect in zip(visited[:3], effects, strict=True)) / 1000
    says(slug, f"(1,000 each): {of_all:.0f}", f"/1,000 = {of_visited:.0f}", f"× 500 = {(0.60 - 0.20) * 500:.0f}")


def test_reminders_drawn_by_chance():
    slug = "reminders-drawn-by-chance"
    # Probability, number sent and number back, for frequent and then occasional readers.
    sent = {"A": [(0.5, 2000, 1200), (0.9, 5400, 1080)], "B": [(0.5, 2000, 1300), (0.1, 600, 180)]}
    for text, rows in sent.items():
        weighted = sum(back / chance for chance, _, back in rows) / 10_000
        assert weighted == pytest.approx({"A": 0.36, "B": 0.44}[text])
        says(slug, f"= {weighted:.1%}")
        all_sent, all_back = sum(n for _, n, _ in rows), sum(back for _, _, back in rows)
        says(slug, f"| {all_sent:,} | {all_back:,}", f"{all_back / all_sent:.1%}")
        assert all(n / chance == total for (chance, n, _), total in zip(rows, (4000, 6000), strict=True))
    squares = sum(back / chance**2 for chance, _, back in sent["B"]) / 10_000
    error = sqrt((squares - 0.44**2) / 10_000)
    says(slug, f"Standard error {100 * error:.1f} points", f"{2000 / 2600:.0%} of cases")
    weights = [(1 / chance, n) for chance, n, _ in sent["B"]]
    total, square = sum(w * n for w, n in weights), sum(w * w * n for w, n in weights)
    says(slug, f"{total:,.0f}²/{square:,.0f} = {total**2 / square:,.0f}")
    by_group = sqrt(0.4**2 * 0.65 * 0.35 / 2000 + 0.6**2 * 0.30 * 0.70 / 600)
    says(
        slug,
        f"standard error {100 * by_group:.1f} points",
        f"= {0.4 * 65 + 0.6 * 30:.0f}%",
        f"about {6000 // 100} cases",
    )


def test_the_forty_worst_depots():
    slug = "the-forty-worst-depots"
    depots, before, after = [40, 40, 240, 40, 40], [9.0, 7.5, 5.0, 2.5, 1.0], [7.4, 6.5, 5.0, 3.5, 2.6]
    for year in (before, after):
        assert sum(n * figure for n, figure in zip(depots, year, strict=True)) / 400 == pytest.approx(5.0)
    assert [5 + 0.6 * (figure - 5) for figure in before] == pytest.approx(after)
    # The middle 240 carry the rest of a spread of 2.3 over all depots.
    apart = sum(n * (figure - 5) ** 2 for n, figure in zip(depots, before, strict=True))
    assert 0 < (400 * 2.3**2 - apart) / 240 < 2.5**2 / 3
    left = 2.3 * sqrt(1 - 0.6**2)
    says(
        slug,
        f"√(1 − 0.6²) = {left:.2f}",
        f"√(2/20) = {left * sqrt(2 / 20):.2f}",
        f"{left * sqrt(2 / 40):.2f}",
        f"above about {1.96 * left * sqrt(2 / 20):.1f}",
    )
    says(slug, f"= {40 * (9.0 - 7.4) / 400:.2f}", f"about {100 * 1.6 / 9:.0f} per cent")


def test_how_long_soil_sensors_last():
    slug = "how-long-soil-sensors-last"
    years = [(1000, 100, 100), (800, 80, 320), (400, 80, 320)]
    for (start, failed, left), (later, _, _) in pairwise(years):
        assert start - failed - left == later
    assert sum(left for _, _, left in years) == 1000 - 260
    failed = [number for _, number, _ in years]
    mean = sum(n * (year + 0.5) for year, n in enumerate(failed)) / sum(failed)
    says(slug, f"/260 = {mean:.2f} years", f"{1 - 260 / 1000:.0%}")
    lasting, spread = 1.0, 0.0
    for start, number, _ in years:
        lasting *= 1 - number / start
        spread += number / (start * (start - number))
        says(slug, f"= {number / start:.0%}")
    error = lasting * sqrt(spread)
    says(slug, f"{lasting:.3f}", f"{100 * error:.1f} points")
    says(slug, f"{100 * (lasting - 1.96 * error):.0f}% to {100 * (lasting + 1.96 * error):.0f}%")


def test_five_readings_of_an_interval():
    slug = "five-readings-of-an-interval"
    new, old = 12 / sqrt(144), 12 / sqrt(36)
    says(slug, f"{42 - 1.96 * new:.1f} to {42 + 1.96 * new:.1f}", f"{45 - 1.96 * old:.1f} to {45 + 1.96 * old:.1f}")
    both = sqrt(new**2 + old**2)
    says(slug, f"{both:.2f}", f"−{1.96 * both - 3:.1f} to {3 + 1.96 * both:.1f}")
    says(slug, f"12/24 = {12 / sqrt(576)}", f"{42 - 1.96 * 0.5:.1f} to {42 + 1.96 * 0.5:.1f}")
    says(slug, f"about {42 - 2 * 12} to {42 + 2 * 12} minutes", f"about {2 * below(1.96 / sqrt(2)) - 1:.0%}")


def test_size_a_checkout_test():
    slug = "size-a-checkout-test"

    def needed(to, a=1.96, b=0.84):
        return (a + b) ** 2 * (0.05 * 0.95 + to * (1 - to)) / (to - 0.05) ** 2

    says(
        slug,
        f"{needed(0.055):,.0f}",
        f"{needed(0.055, 1.959964, 0.841621):,.0f}",
        f"about {round(needed(0.0525), -3):,.0f} per arm",
    )
    assert 3.8 < needed(0.0525) / needed(0.055) < 4
    says(
        slug,
        f"62,400 ÷ 6,000 = {62_400 / 6_000}",
        f"{14 * 6_000 // 2:,} per arm",
        f"{16 * 0.05 * 0.95 / 0.005**2:,.0f}",
    )
    power = below(0.005 / sqrt((0.05 * 0.95 + 0.055 * 0.945) / 42_000) - 1.96)
    says(slug, f"about {power:.0%} at 5.5%", f"five evenly spaced looks give about {false_alarms(5):.0%}")
    square = 2 * 900**2 / 42_000
    assert 2 * (1 - below(sqrt(square))) < 1e-6
    says(slug, f"chi-square {square:.1f}", f"about {sqrt(84_000) / 2:.0f}")


def test_release_gate_errors():
    slug = "release-gate-errors"
    cost = {}
    for threshold, power in [(0.01, 0.56), (0.05, 0.80), (0.10, 0.89)]:
        wrong, missed = 80 * threshold, 20 * (1 - power)
        cost[threshold] = 10 * wrong + 30 * missed
        says(slug, f"At {threshold:.0%}: {wrong:.3g} wrong releases and {missed:.3g} missed")
        says(slug, f"{10 * wrong:.0f} + {30 * missed:.0f} = {cost[threshold]:.0f} thousand")
        # All three powers belong to one test: the better model lies 2.49 standard errors above nil.
        limit = {0.01: 2.3263, 0.05: 1.6449, 0.10: 1.2816}[threshold]
        assert f"{below(1.6449 + 0.8416 - limit):.0%}" == f"{power:.0%}"
    assert min(cost, key=cost.__getitem__) == 0.10
    says(slug, f"4 + 16 = {4 + 16} models of which 4, or {4 / 20:.0%}", f"8 of {8 + 20 * 0.89:.1f}, or {8 / 25.8:.0%}")
    says(slug, f"40 ÷ 1.8 = {40 / 1.8:.1f} thousand")


def test_flagged_account_base_rate():
    slug = "flagged-account-base-rate"
    abusive, honest = 200_000 * 0.005, 200_000 * 0.995
    caught, bothered = abusive * 0.90, honest * 0.03
    flagged = caught + bothered
    says(
        slug,
        f"{bothered:,.0f} flagged",
        f"{caught:.0f} ÷ {flagged:,.0f} = {caught / flagged:.1%}",
        f"{bothered / flagged:.0%}",
    )
    says(slug, rf"\frac{{0.90 \times 0.005}}{{{flagged / 200_000:.5f}}} = {caught / flagged:.3f}")
    both = caught * 0.60, bothered * 0.02
    says(slug, f"{both[0]:.0f} abusive and {both[1]:.1f} honest", f"{both[0] / sum(both):.1%}")
    assert abusive * 30 * 30 / honest == pytest.approx(both[0] / both[1])
    says(
        slug, f"{abusive - caught:.0f} ÷ {200_000 - flagged:,.0f}, about {(abusive - caught) / (200_000 - flagged):.2%}"
    )
    says(slug, f"would give {0.01 * 0.90 / (0.01 * 0.90 + 0.99 * 0.03):.0%}")
