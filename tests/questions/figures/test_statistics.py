"""The figures of the questions on statistics and probability, recomputed from first principles."""

from math import comb, erf, exp, log, sqrt

import pytest

from tests.questions.records import says


def below(z):
    """The share of the normal curve below z."""
    return (1 + erf(z / sqrt(2))) / 2


def wilson(count, of):
    """The 95% score interval of a share, in percent."""
    z, p = 1.96, count / of
    middle, half = p + z * z / (2 * of), z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return [100 * (middle + side * half) / (1 + z * z / of) for side in (-1, 1)]


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
    curve = [exp(-low / 8) - exp(-high / 8) for low, high in zip(edges, edges[1:], strict=False)]
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
    factors = [
        inverse([[1, 0, 0, rho], [0, 1, 0, rho], [0, 0, 1, rho], [rho, rho, rho, 1]])[n][n] for n in range(4)
    ]
    assert factors == pytest.approx([9, 9, 9, 25])
    assert [1 - 1 / factor for factor in factors] == pytest.approx([8 / 9, 8 / 9, 8 / 9, 0.96])
    says(slug, *(f"{0.30 * sqrt(factor):.2f}" for factor in factors), f"{1 / 25:.2f}", f"{1 / 9:.2f}")
    alone = [coefficient + 0.60 * rho for coefficient in (1.40, 0.90, -0.20)]
    says(slug, *(f"{value:.2f} (0.30)" for value in alone))
    says(slug, *(f"{round(value, 2) / 0.30:.1f}" for value in alone))
    assert (1 / (1 - 0.80), 1 / (1 - 0.90)) == pytest.approx((5, 10))


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
