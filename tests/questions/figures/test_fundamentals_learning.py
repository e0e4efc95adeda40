"""The worked figures of the questions on learning from data: methods, recommenders, distances, clusters and losses."""

import math
import random
import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from statistics import fmean, geometric_mean, median, pvariance
from typing import Any

import pytest

from tests.questions.figures.sums import wilson
from tests.questions.records import ENTRIES, code, says


def rows_of(slug: str) -> list[list[str]]:
    """The table rows of a record's material, cells trimmed, heads included."""
    material = next(entry.content.fields["material"] for entry in ENTRIES if entry.slug == slug)
    lines = [line for line in material.splitlines() if line.startswith("|") and not re.match(r"\|[-|]+$", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-").rstrip("%"))


def test_three_of_six_changes_lower_the_untouched_error_of_the_crop_model():
    slug = "six-changes-to-a-crop-model"
    table = {row[0]: [number(cell) for cell in row[2:]] for row in rows_of(slug)[1:]}
    gains = {key: round(table["0"][2] - errors[2], 2) for key, errors in table.items()}
    assert gains == {"0": 0, "1": 0, "2": 0.20, "3": 0.16, "4": 0.13, "5": -0.20, "6": 0}
    assert all(table[key][0] > table["0"][0] for key in "234")
    assert min(table, key=lambda key: table[key][2] - table[key][0]) == "5"
    gap = table["5"][2] - table["5"][0]
    error = table["3"][2] / math.sqrt(2 * 300)
    says(slug, "0.20", "0.16", "0.13", f"{gap:.2f}", f"0.75/√{2 * 300} = {error:.2f}", "1.11")


def test_a_whistle_above_half_the_sampling_rate_folds_back():
    slug = "ten-seconds-of-vibration"
    rate, seconds, whistle = 2_000, 10, 1_300
    folded = rate - whistle
    for n in range(50):
        assert math.cos(2 * math.pi * whistle * n / rate) == pytest.approx(math.cos(2 * math.pi * folded * n / rate))
    values = rate * seconds
    says(slug, f"{rate // 2:,} Hz", f"2,000 − 1,300 = {folded}", f"{1 / seconds} Hz", f"{values // 2 + 1:,}")
    assert rate * 10 / 1000 == 20  # values in ten milliseconds
    says(slug, "(20 values)", f"{1 / 0.010:.0f} Hz", f"every {1000 / 25:.0f} milliseconds")
    says(
        slug,
        f"{math.log2(values):.1f}",
        f"{round(values * round(math.log2(values), 1)):,}",
        f"{values**2 // 10**6} million",
    )


def strength(values: list[float], k: int) -> float:
    """The size of the Fourier transform at k cycles over all values."""
    turn = 2 * math.pi * k / len(values)
    real = sum(v * math.cos(turn * n) for n, v in enumerate(values))
    imaginary = sum(v * math.sin(turn * n) for n, v in enumerate(values))
    return math.hypot(real, imaginary)


def test_the_strength_of_a_frequency_does_not_depend_on_the_start():
    size, shift = 64, 13
    signal = [math.sin(2 * math.pi * 5 * n / size) + 0.3 * math.cos(2 * math.pi * 11 * n / size) for n in range(size)]
    later = signal[shift:] + signal[:shift]
    assert all(strength(signal, k) == pytest.approx(strength(later, k), abs=1e-9) for k in range(size // 2))


def test_knocks_show_as_lines_25_hz_apart_around_their_ringing():
    rate = 2_000
    since = [n % (rate // 25) / rate for n in range(rate)]  # seconds since the last knock
    signal = [math.exp(-600 * s) * math.sin(2 * math.pi * 600 * s) for s in since]
    lines = {k: strength(signal, k) for k in range(500, 701, 5)}
    assert all((size > 1) == (k % 25 == 0) for k, size in lines.items())
    assert lines[600] > lines[500]
    says("ten-seconds-of-vibration", "lines 25 Hz apart around 600 Hz")


def test_a_cautious_rate_orders_the_programmes():
    slug = "listeners-without-a-history"
    counts = {row[0]: (number(row[2]), number(row[1])) for row in rows_of(slug) if row[0] in "PQR"}
    plain = {name: done / begun for name, (done, begun) in counts.items()}
    cautious = {name: (done + 10) / (begun + 20) for name, (done, begun) in counts.items()}
    assert sorted(plain, key=plain.__getitem__, reverse=True) == ["R", "Q", "P"]
    assert sorted(cautious, key=cautious.__getitem__, reverse=True) == ["Q", "R", "P"]
    says(slug, "order Q, R, P", *(f"{share:.0%}" for share in plain.values()))
    says(slug, *(f"{share:.1%}" for share in cautious.values()))
    lower_end = 0.025 ** (1 / 4)  # of the exact interval for four of four
    assert lower_end == pytest.approx(0.40, abs=0.005)
    says(slug, "about 40%")


CASTINGS = {"A": (1, 1), "B": (1, 4), "C": (4, 1), "D": (7, 7), "E": (7, 10), "F": (10, 7)}


def squared(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return sum((a - b) ** 2 for a, b in zip(p, q, strict=True))


def test_three_neighbours_vote_on_the_casting():
    slug = "two-methods-with-a-k"
    table = {row[0]: row for row in rows_of(slug)[1:]}
    assert all((number(table[name][1]), number(table[name][2])) == point for name, point in CASTINGS.items())
    new = (number(table["N"][1]), number(table["N"][2]))
    distances = {name: squared(point, new) for name, point in CASTINGS.items()}
    says(slug, ", ".join(f"{name} {distance:.0f}" for name, distance in distances.items()))
    nearest = sorted(CASTINGS, key=distances.__getitem__)
    assert set(nearest[:3]) == {"A", "B", "C"}
    assert Counter(table[name][3] for name in nearest[:3]) == {"cracked": 2, "sound": 1}
    assert Counter(table[name][3] for name in nearest) == {"sound": 4, "cracked": 2}
    says(slug, f"(36 + 42 + 30)/3 = {fmean(number(table[name][4]) for name in nearest[:3]):.0f}", "4 to 2")


def test_k_means_settles_after_one_round_on_the_castings():
    slug = "two-methods-with-a-k"
    centres: list[tuple[float, ...]] = [CASTINGS["A"], CASTINGS["D"]]
    history = []
    for _ in range(3):
        groups: list[list[tuple[float, ...]]] = [[], []]
        for point in CASTINGS.values():
            groups[min((0, 1), key=lambda i, point=point: squared(point, centres[i]))].append(point)
        centres = [tuple(fmean(axis) for axis in zip(*group, strict=True)) for group in groups]
        history.append(centres)
    assert history == [[(2, 2), (8, 8)]] * 3
    joined = [*groups[0], (3, 3)]
    says(slug, str(tuple(fmean(axis) for axis in zip(*joined, strict=True))))
    within = [sum(squared(p, c) for p in g) for g, c in zip(groups, centres, strict=True)]
    says(slug, "(2, 2)", "(8, 8)", f"{within[0]:.0f} + {within[1]:.0f} = {sum(within):.0f}")
    says(slug, f"squared distance {squared((3, 3), centres[0]):.0f} against {squared((3, 3), centres[1]):.0f}")


def test_shrunk_offsets_keep_a_rating_on_the_scale():
    slug = "filling-a-table-of-ratings"
    readers, books, ratings, mean = 40_000, 5_000, 2_000_000, 3.60
    says(slug, f"{readers * books // 10**6} million cells", f"{ratings / (readers * books):.0%}")
    reader, book = 4 * 0.80, 6 * 1.00
    says(slug, f"{mean + 0.80 + 1.00:.2f}", f"{reader:.1f}/8 = {reader / 8:.2f}", f"{book:.0f}/10 = {book / 10:.2f}")
    says(slug, f"prediction {mean + reader / (4 + 4) + book / (6 + 4):.2f}")
    says(slug, f"40 × 45,000 = {40 * (readers + books) / 1e6} million")


def test_most_of_the_gain_in_rating_error_comes_early():
    slug = "filling-a-table-of-ratings"
    table = [[number(cell) for cell in row[2:]] for row in rows_of(slug)[1:]]
    errors = [row[0] for row in table]
    whole = errors[0] - errors[4]
    steps = (errors[0] - errors[1], errors[1] - errors[2], errors[2] - errors[4])
    says(slug, f"{whole:.3f}", *(f"{step:.3f} ({step / whole:.0%})" for step in steps))
    says(slug, f"{1 - errors[4] / errors[2]:.1%}", f"{table[4][1] / table[2][1]:.0f} times the wait")
    says(slug, f"{table[4][2] - table[2][2]:.0f} more days")


def test_belonging_together_is_measured_against_chance():
    slug = "also-bought-for-a-camping-stove"
    buyers, stove = 100_000, 900
    counts = {row[0]: (number(row[1]), number(row[2])) for row in rows_of(slug)[1:]}
    lift = {name: (both / stove) / (one / buyers) for name, (one, both) in counts.items()}
    cosine = {name: both / math.sqrt(stove * one) for name, (one, both) in counts.items()}
    cartridge, bottle, shield, knob, other = counts
    says(slug, f"bottle {432 / stove:.0%}", f"cartridge {360 / stove:.0%}", f"{90 / stove:.0%}")
    says(slug, f"{15 / stove:.1%}", f"{3 / stove:.1%}", "0.625%", "0.004%", f"900 × 40% = {stove * 0.4:.0f}")
    assert (625 / buyers, 4 / buyers) == (0.00625, 0.00004)
    says(slug, f"{lift[bottle]:.1f}", f"{lift[cartridge]:.0f}", f"{lift[shield]:.0f}", f"{lift[knob]:.0f}")
    says(slug, f"360/1,200 = {cosine[cartridge]:.2f}", f"90/600 = {cosine[shield]:.2f}")
    says(slug, f"432/6,000 = {cosine[bottle]:.3f}", f"3/60 = {cosine[knob]:.2f}", f"15/750 = {cosine[other]:.2f}")
    assert sorted(cosine, key=cosine.__getitem__, reverse=True) == [cartridge, shield, bottle, knob, other]


def test_counting_baskets_is_cheaper_than_comparing_all_items():
    slug = "also-bought-for-a-camping-stove"
    pairs = math.comb(8, 2)
    says(slug, f"8 × 7/2 = {pairs}", f"{pairs * 100_000 / 1e6} million", f"{math.comb(30_000, 2):,}")
    says(slug, f"{math.comb(1_000, 2):,}")


def test_the_two_methods_called_lda_follow_different_figures():
    slug = "two-reports-that-say-lda"
    word = 0.6 * 0.05 + 0.3 * 0.01 + 0.1 * 0
    says(slug, f"{word:.3f}", f"{200 * word:.1f} of 200")
    between = [pvariance([10, 12, 14]), pvariance([50, 51, 52])]
    within = [1**2, 10**2]
    says(slug, f"P {between[0]:.2f}/1 = {between[0] / within[0]:.2f}")
    says(slug, f"Q {between[1]:.2f}/100 = {between[1] / within[1]:.4f}")
    says(slug, f"{between[1] + within[1]:.2f} against {between[0] + within[0]:.2f}")
    assert round(6_000 * 6_001 / 2 / 1e6) == 18
    says(slug, "18 million")


def test_a_penalty_cannot_be_chosen_by_the_training_error():
    slug = "numbers-in-a-training-log"
    xx, xy, yy = 100, 200, 500

    def fit(penalty: float) -> tuple[float, float]:
        w = xy / (xx + penalty)
        return w, yy - 2 * w * xy + w * w * xx

    assert fit(0) == (2, 100)
    assert fit(100) == (1, 200)
    says(slug, "200/100 = 2 and squared error 100", "200/200 = 1 and squared error 200")
    errors = [fit(penalty)[1] for penalty in range(200)]
    assert errors == sorted(errors)
    table = [
        [number(cell) for cell in row] for row in rows_of(slug) if re.fullmatch(r"[\d.]+", row[0]) and len(row) == 4
    ]
    training = [row[1] for row in table]
    assert training == sorted(training)
    chosen = min(table, key=lambda row: row[2])
    assert min(table, key=lambda row: row[3])[0] == 100
    says(slug, f"λ = {chosen[0]:.0f} ({chosen[2]})", f"test error is {chosen[3]}")
    says(slug, f"{3 * 4} settings", f"{3 * 4 * 5} fits")


def test_two_ages_are_worth_little_apart_and_much_together():
    slug = "which-inputs-when-two-move-together"
    heads, values = rows_of(slug)[-2:]
    error = dict(zip(heads, map(number, values), strict=True))
    assert error["Without both ages"] - error["All five"] == 60
    assert error["Without pipe age"] - error["All five"] == 1
    inflation = 1 / (1 - 0.97**2)
    says(slug, "60 pounds", f"{inflation:.1f} times", f"{math.sqrt(inflation):.1f} times")
    deviation = 250 * round(math.sqrt(inflation), 1) / math.sqrt(3_000)
    says(slug, f"250 × 4.1/√3,000 = {deviation:.0f} pounds")
    assert 200 * math.sqrt(math.pi / 2) == pytest.approx(250, rel=0.01)  # the spread of normal errors of mean size 200
    assert sum(number(row[4]) for row in rows_of(slug)[1:6]) == pytest.approx(1)


def test_full_grown_trees_outvote_the_rest_on_a_training_record():
    slug = "forest-with-zero-training-error"
    n = 5_000
    held = 1 - (1 - 1 / n) ** n
    says(slug, f"{held:.1%}", f"{1_000 * held:.0f} of 1,000")
    assert held > 0.5
    assert 600 * 12 == 7_200
    assert n + 1_000 == 500 * 12
    assert 100 * 12 == 1_200
    others = n // 500 - 1
    assert (1 - 1 / n) ** (n * others) == pytest.approx(math.exp(-9), rel=0.01)
    says(slug, f"{others} other records", f"{math.exp(-others):.2%}")
    error = math.sqrt(0.2 * 0.8 / 1_200)
    says(slug, f"{100 * error:.1f} points")
    assert 1 < (0.20 - 0.188) / error < 1.1
    assert (0.20 - 0.161) / error > 3


def test_days_thin_out_and_distances_grow_alike():
    slug = "looking-up-similar-days"
    says(slug, f"{1_000 / 10**2:.0f} days a cell", f"{10**5:,}", f"{1_000 / 10**5} days a cell", "a million days")
    assert 10 * 10**5 == 1_000_000
    says(slug, *(f"{0.01 ** (1 / d):.2f} for {d}" for d in (2, 5)), *(f"{0.01 ** (1 / d):.2f}" for d in (20, 100)))
    for inputs, said in ((2, 0.01), (5, 0.12), (20, 0.43), (100, 0.69)):
        assert nearest_over_farthest(inputs, towns=False) == pytest.approx(said, abs=0.03)
    says(slug, "0.01, 0.12, 0.43 and 0.69")


def test_temperatures_that_move_together_keep_near_days_near():
    slug = "looking-up-similar-days"
    for row in rows_of(slug)[1:]:
        ratio = nearest_over_farthest(int(row[0]), towns=True)
        assert ratio == pytest.approx(number(row[3]), abs=0.03)
    says(slug, "0.21 only", "from 0.02 to 0.66")


def nearest_over_farthest(inputs: int, *, towns: bool) -> float:
    """The mean ratio over days of inputs from 0 to 1; with towns, inputs 6 to 20 follow the first and one front."""
    chance = random.Random(1)  # noqa: S311 - a simulation
    pulls = [chance.uniform(0.2, 1) for _ in range(15)]

    def day() -> list[float]:
        values = [chance.random() for _ in range(100)]
        if towns:
            front = chance.random()
            follow = [0.7 * (values[0] + pull * front) / (1 + pull) + 0.3 * chance.random() for pull in pulls]
            values[5:20] = follow
        return values[:inputs]

    days = [day() for _ in range(1_000)]
    ends = [(min(column), max(column)) for column in zip(*days, strict=True)]

    def scaled(values: list[float]) -> list[float]:
        return [(value - low) / (high - low) for value, (low, high) in zip(values, ends, strict=True)]

    days = [scaled(values) for values in days]
    ratios = []
    for _ in range(12):
        today = scaled(day())
        far = [math.dist(today, other) for other in days]
        ratios.append(min(far) / max(far))
    return fmean(ratios)


def test_scale_and_distance_decide_which_van_is_nearest():
    slug = "the-most-similar-van"
    vans = {row[0]: (number(row[1]), number(row[2])) for row in rows_of(slug)[1:]}
    sale = vans.pop("For sale")
    raw = {name: (abs(age - sale[0]), abs(km - sale[1])) for name, (age, km) in vans.items()}
    scaled = {name: (age / 2, km / 20_000) for name, (age, km) in raw.items()}
    assert scaled == {"A": (3, 3), "B": (0, 5), "C": (6, 0.2)}

    def nearest(gaps: dict[str, tuple[float, float]], power: int) -> str:
        return min(gaps, key=lambda name: sum(gap**power for gap in gaps[name]))

    assert (nearest(raw, 1), nearest(raw, 2), nearest(scaled, 1), nearest(scaled, 2)) == ("C", "C", "B", "A")
    says(slug, f"({sum(raw['C']):,.0f} and {math.hypot(*raw['C']):,.2f})")
    says(slug, f"A {sum(scaled['A']):.0f}, B {sum(scaled['B']):.0f}, C {sum(scaled['C']):.1f}")
    says(slug, f"√18 = {math.hypot(*scaled['A']):.2f}, B 5, C {math.hypot(*scaled['C']):.2f}")


def test_the_mean_minimises_squares_and_the_median_absolute_differences():
    slug = "the-most-similar-van"
    values = (1, 2, 9)
    squares = [sum((v - centre) ** 2 for v in values) for centre in (fmean(values), median(values))]
    absolutes = [sum(abs(v - centre) for v in values) for centre in (median(values), fmean(values))]
    says(slug, f"the mean 4 gives {squares[0]:.0f} and the median 2 gives {squares[1]:.0f}")
    says(slug, f"({absolutes[0]:.0f} against {absolutes[1]:.0f})")


def test_a_model_that_marks_for_itself_forgets_the_rare_class():
    slug = "a-model-that-marks-its-own-clips"
    table = [[number(cell) for cell in row] for row in rows_of(slug)[1:]]
    for _, _, _, _, found, missed, false, none in table:
        assert (found + missed, false + none) == (80, 320)
        says(slug, f"{found / 80:.0%}", f"{100 * found / (found + false):.1f}%".replace(".0%", "%"))
        says(slug, f"{100 * (found + none) / 400:.2f}%".replace(".00%", "%"))
    added = [(b[3] - a[3], b[2] - a[2]) for a, b in pairwise(table)]
    assert added == [(900, 6_000), (60, 6_000), (40, 8_000)]
    says(slug, f"60 of 6,000 ({60 / 6_000:.0%})", f"40 of 8,000 ({40 / 8_000:.1%})")
    says(slug, *(f"{row[3] / row[2]:.0%}" for row in table[1:]), f"{20_000 / 500:.0f} to 1")
    low, high = wilson(52, 80)
    says(slug, f"{low:.0%} to {high:.0%} around 65%")


def test_the_fourth_group_of_stops_gains_less_than_in_shuffled_data():
    slug = "how-many-kinds-of-bus-stop"
    table = rows_of(slug)[1:]
    real, shuffled = ([number(row[column]) for row in table] for column in (1, 2))
    gains, chance = ([a - b for a, b in pairwise(sums)] for sums in (real, shuffled))
    says(slug, ", ".join(f"{gain:.0f}" for gain in gains), ", ".join(f"{gain:.0f}" for gain in chance))
    assert [gain > luck for gain, luck in zip(gains, chance, strict=True)] == [True, True, False, False, False]
    says(slug, ", ".join(f"{a / b:.2f}" for a, b in list(zip(real, shuffled, strict=True))[1:]))
    assert max(table[1:], key=lambda row: number(row[3]))[0] == "3"


def test_the_components_follow_from_the_correlations():
    slug = "two-of-four-components"
    half = 1 / math.sqrt(2)
    matrix = [[1, 0.8, 0, 0], [0.8, 1, 0, 0], [0, 0, 1, 0.6], [0, 0, 0.6, 1]]
    vectors = [[half, half, 0, 0], [0, 0, half, half], [0, 0, half, -half], [half, -half, 0, 0]]
    variances = [1.8, 1.6, 0.4, 0.2]
    for vector, variance in zip(vectors, variances, strict=True):
        image = [sum(a * b for a, b in zip(line, vector, strict=True)) for line in matrix]
        assert image == pytest.approx([variance * part for part in vector])
    says(slug, ", ".join(map(str, variances)), ", ".join(f"{v / 4:.0%}" for v in variances))
    says(slug, f"{sum(variances[:2]) / 4:.0%}", f"{half:.2f} is 1/√2")
    reading = [1, -1, 0, 0]
    scores = [sum(a * b for a, b in zip(reading, vector, strict=True)) for vector in vectors]
    assert scores[:3] == pytest.approx([0, 0, 0])
    says(slug, f"{scores[3]:.2f}/√0.2 = {scores[3] / math.sqrt(0.2):.1f}", f"squared error left, {scores[3] ** 2:.0f}")
    raw = [900 * 1.6, 900 * 0.4, 4 * 1.8, 4 * 0.2]
    says(slug, f"{raw[0]:,.0f}, {raw[1]:.0f}, {raw[2]:.1f} and {raw[3]:.1f} of {sum(raw):,.0f}")
    says(slug, f"{sum(raw[:2]) / sum(raw):.1%}")


VISITS = (10, 10, 11, 11, 12, 12, 13, 13, 14, 27, 54)


def pinball(forecast: float, share: float, visits: tuple[int, ...] = VISITS) -> float:
    return sum(share * (v - forecast) if v >= forecast else (1 - share) * (forecast - v) for v in visits)


def best(loss: Callable[[float], float]) -> float:
    """The forecast in hundredths of a minute that a loss likes best."""
    return min((step / 100 for step in range(500, 6_000)), key=loss)


def test_each_loss_has_its_own_best_visit_length():
    slug = "one-forecast-three-losses"
    says(slug, ", ".join(map(str, VISITS)))
    mean = best(lambda f: sum((v - f) ** 2 for v in VISITS))
    middle = best(lambda f: sum(abs(v - f) for v in VISITS))
    high = best(lambda f: pinball(f, 0.9))
    assert (mean, middle, high) == (17, 12, 27)
    says(slug, f"187/11 = {mean:.1f}", f"11 × 12 = {11 * 12} would fall {sum(VISITS) - 11 * 12} minutes short of 187")
    repaired = tuple(sorted((*VISITS[:-1], 14)))
    says(slug, f"{sum(repaired)}/11 = {fmean(repaired):.1f}")
    assert median(repaired) == 12
    assert best(lambda f: pinball(f, 0.9, repaired)) == 14


def test_a_robust_loss_or_a_logarithm_falls_short_of_the_mean():
    slug = "one-forecast-three-losses"

    def huber(forecast: float) -> float:
        gaps = [abs(v - forecast) for v in VISITS]
        return sum(gap**2 / 2 if gap <= 5 else 5 * (gap - 2.5) for gap in gaps)

    says(slug, f"gives {best(huber):.1f} here", f"geometric mean, {geometric_mean(VISITS):.1f}")


class Replay:
    """A model that replays the losses of the question; its weights are the number of its epoch."""

    def __init__(self, losses: list[float]) -> None:
        self.losses = losses
        self.weights = 0
        self.asked: set[str] = set()

    def fit_one_epoch(self) -> None:
        self.weights += 1

    def loss_on(self, part: str) -> float:
        self.asked.add(part)
        return self.losses[self.weights - 1]


def test_the_stopping_rule_is_wrong_as_told_and_its_repair_right():
    slug = "early-stopping-that-keeps-the-wrong-weights"
    losses = [number(cell) for cell in rows_of(slug)[1][1:]]
    faulty, repaired = code(slug)
    ends = []
    for block in (faulty, repaired):
        space: dict[str, Any] = {}
        exec(block, space)  # noqa: S102 - the code of our own record
        model = Replay(losses)
        kept, best_loss = space["train"](model, 20, 3)
        ends.append((model.weights, kept.weights, best_loss, losses[kept.weights - 1], model.asked))
    assert ends == [(7, 7, 0.50, 0.52, {"test"}), (12, 9, 0.40, 0.40, {"validation"})]
    says(slug, "after epoch 7", "0.52", "`best` = 0.50 from epoch 6", "epoch 12", "9 with 0.40")


def test_a_plain_rule_turns_the_order_of_two_detectors():
    slug = "odd-charging-points"
    rule, forest, distance = ([number(cell) for cell in row[1:]] for row in rows_of(slug)[1:])
    for picked, found, *kinds in (rule, forest, distance):
        assert sum(kinds) == found
        says(slug, f"{found:.0f}/{picked:.0f} = {found / picked:.0%}")
    rates = [(found - frozen) / (picked - frozen) for picked, found, frozen, *_ in (forest, distance)]
    assert forest[1] > distance[1]
    assert rates[0] < rates[1]
    says(slug, "20 + 12 = 32", f"142 picks ({rates[0]:.1%})", "30 + 18 = 48", f"188 ({rates[1]:.1%})")
    left = 200 - rule[0]
    added = [left * rate for rate in rates]
    says(slug, f"the {left:.0f} left", f"{added[1]:.0f} with the distance and {added[0]:.0f} with the forest")
    says(slug, f"about {rule[1] + added[1]:.0f} or {rule[1] + added[0]:.0f} against {forest[1]:.0f}")
    low, high = wilson(4, 400)
    says(slug, "4/400 = 1%", f"{low:.1%} to {high:.1%}", f"{round(50_000 * low, -1):.0f} to", "1,270 faults")
    assert round(50_000 * high, -1) == 1_270
