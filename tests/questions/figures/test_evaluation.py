"""Every figure that the records on model evaluation give, worked out again from their tables."""

from itertools import pairwise
from math import comb, erf, exp, log, log2, pi, sqrt
from statistics import mean, median, stdev

from tests.questions.figures.sums import Z, wilson
from tests.questions.records import code, says


def pct(share: float, digits: int = 0) -> str:
    return f"{100 * share:.{digits}f}%"


def normal_below(z: float) -> float:
    return (1 + erf(z / sqrt(2))) / 2


def two_sided_sign_test(less: int, more: int) -> float:
    """The chance of a split at least this uneven under a fair coin."""
    n = less + more
    return min(1.0, 2 * sum(comb(n, k) for k in range(min(less, more) + 1)) / 2**n)


def f_score(hits: int, false: int, missed: int, beta: float = 1) -> float:
    return (1 + beta**2) * hits / ((1 + beta**2) * hits + beta**2 * missed + false)


def test_the_two_screening_models_and_their_costs():
    slug = "two-screening-models"
    cells = {"P": (100, 300, 60, 9540), "Q": (320, 80, 480, 9120)}
    cost = {}
    for name, (tp, fn, fp, tn) in cells.items():
        assert (tp + fn, tp + fn + fp + tn) == (400, 10_000)
        says(slug, f"| {name} | {tp} | {fn} | {fp} | {tn:,} |", f"{name}: accuracy {pct((tp + tn) / 10_000, 1)}")
        says(slug, f"recall {pct(tp / 400)}", f"{100 * tp / (tp + fp):g}%", f"F1 {f_score(tp, fp, fn):.3f}")
        says(slug, f"specificity {100 * tn / 9600:.3g}%")
        cost[name] = 50 * fn + fp
    says(slug, pct(9600 / 10_000, 1), f"{50 * 400:,} for never", f"{cost['P']:,} for P", f"{cost['Q']:,} for Q")
    fewer_missed, more_alarms = 300 - 80, 480 - 60
    says(slug, f"{more_alarms}/{fewer_missed} = {more_alarms / fewer_missed:.1f}", f"1/51 = {1 / (1 + 50):.4f}")
    says(slug, "{} to {}".format(*map(pct, wilson(320, 400))))
    rare = 0.01 * 0.8, 0.99 * 0.05
    says(slug, f"{rare[0]:.3f}/({rare[0]:.3f} + {rare[1]:.4f}) = {pct(rare[0] / sum(rare), 1)}")


def test_the_folds_over_36_months():
    slug = "splitting-36-months"
    folds = [(test - 2, test) for test in range(1, 37) if test - 2 >= 24]
    first, last = folds[0], folds[-1]
    says(slug, f"train 1-{first[0]}, skip {first[0] + 1}, test {first[1]}")
    says(slug, f"trains on 1-{last[0]}, skips {last[0] + 1} and tests {last[1]}")
    says(slug, f"{first[1]} to {last[1]}, that is {len(folds)} folds")
    tuning = [test for _, test in folds if test < 34]
    says(slug, f"{len(tuning)} tuning folds (tests {tuning[0]} to {tuning[-1]})")
    says(slug, f"{pct(1 - 4.1 / 7.9)} below the live 7.9")
    # On the last evening of a month of 30 days the newest final day is the last one of the month before.
    ages = [30 + day for day in range(1, 31)]
    says(slug, f"{ages[0]} to {ages[-1]} days old")


def test_the_hundred_urgent_tickets():
    slug = "urgent-tickets-table"
    tp, fn, fp, tn = 10, 40, 35, 15
    says(slug, f"25/100 = {pct((tp + tn) / 100)}", f"10/50 = {pct(tp / 50)}", f"10/45 = {pct(tp / 45, 1)}")
    says(slug, f"15/50 = {pct(tn / 50)}", f"35/50 = {pct(fp / 50)}", f"F1 20/95 = {f_score(tp, fp, fn):.3f}")
    swapped = (fn, tp, tn, fp)
    hits, missed, false, rest = swapped
    says(slug, f"accuracy would be {pct((hits + rest) / 100)}", f"recall 40/50 = {pct(hits / 50)}")
    says(slug, f"specificity 35/50 = {pct(rest / 50)}", f"precision 40/55 = {pct(hits / 55, 1)}")
    says(slug, f"F1 80/105 = {f_score(hits, false, missed):.3f}")
    matthews = (tp * tn - fp * fn) / sqrt(45 * 55 * 50 * 50)
    says(slug, f"−{-matthews:.2f}", f"+{-matthews:.2f} after")
    says(slug, f"about {1e7 * sum(comb(100, k) for k in range(26)) / 2**100:.0f} in 10 million")
    says(slug, "{} to {}".format(*map(pct, wilson(40, 50))))
    assert sqrt(100 * 0.5 * 0.5) == 5


def test_the_two_curves_at_500_checks():
    slug = "two-curves-500-checks"
    rates = [0, 0.001, 0.004, 0.05, 0.20, 1]
    curves = {"A": [0, 0.10, 0.25, 0.80, 0.97, 1], "B": [0, 0.30, 0.50, 0.66, 0.85, 1]}

    def height(name, rate):
        for (x, u), (y, v) in pairwise(zip(rates, curves[name], strict=True)):
            if x <= rate <= y:
                return u + (v - u) * (rate - x) / (y - x)
        raise ValueError(rate)

    def root(climbs):
        low, high = 0.0, 0.2
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (low, middle) if climbs(middle) > 0 else (middle, high)
        return low

    def caught(name, checks, genuine):
        return 200 * height(name, root(lambda rate: genuine * rate + 200 * height(name, rate) - checks))

    for name, area in [("A", 0.945), ("B", 0.881)]:
        curve = curves[name]
        strips = [(y - x) * (u + v) / 2 for (x, y), (u, v) in zip(pairwise(rates), pairwise(curve), strict=True)]
        assert round(sum(strips), 3) == area
    says(slug, f"(450 alerts, precision {pct(50 / 450, 1)})", f"(500 alerts, precision {pct(100 / 500, 1)})")
    says(slug, f"so {caught('A', 500, 100_000):.0f} against {caught('B', 500, 100_000):.0f}")
    says(slug, f"(A {200 * 0.8:.0f} frauds in 5,160 alerts, {pct(160 / 5160, 1)})")
    crossing = root(lambda rate: (rate > 0.004) * (height("A", rate) - height("B", rate)))
    says(slug, f"{crossing:.4f}", f"{round(100_000 * crossing + 200 * height('A', crossing), -1):,.0f} alerts a day")
    says(slug, f"precision {pct(100 / 900, 1)}")
    says(
        slug, *(f"{caught(name, 500, 200_000):.0f} {rest}" for name, rest in [("B", "frauds with B"), ("A", "with A")])
    )
    says(
        slug, "{} to {} for A".format(*map(pct, wilson(50, 200))), "{} to {} for B".format(*map(pct, wilson(100, 200)))
    )


def test_the_recall_report_and_its_two_settings():
    tp, fn, fp, tn = 40, 10, 20, 930
    assert (tp + fn, fp + tn, tp + fp, fn + tn) == (50, 950, 60, 940)
    slug = "recall-of-120-percent"
    says(slug, pct((tp + fp) / (tp + fn)), pct(tp / (tp + fn)), pct(tp / (tp + fp), 1), pct((tp + tn) / 1000))
    says(slug, pct((fp + tn) / 1000), pct((tp + fn) / 1000))
    found, marked = 30, 36
    says(slug, pct(found / 50), pct(found / marked, 1))
    assert (50 - found, marked - found) == (20, 6)
    fewer_missed, more_lost = tp - found, fp - (marked - found)
    assert (fewer_missed, more_lost) == (10, 14)
    says(slug, f"{more_lost / fewer_missed:.1f} good pieces", *map(pct, wilson(tp, tp + fn)))


def test_four_photo_checkers_and_the_cost_that_overrules_f1():
    slug = "four-photo-checkers-by-f1"
    cells = {"A": (45, 5, 405), "B": (225, 225, 225), "C": (450, 9550, 0), "D": (270, 480, 180)}
    assert all(tp + fn == 450 for tp, _, fn in cells.values())
    assert sum(cells["C"]) == 10_000
    plain = {name: (tp / (tp + fp) + tp / (tp + fn)) / 2 for name, (tp, fp, fn) in cells.items()}
    score = {name: f_score(*numbers) for name, numbers in cells.items()}
    for name, (tp, fp, fn) in cells.items():
        says(slug, f"| {name} | {tp} | {fp:,} | {fn} |")
        precision, recall = tp / (tp + fp), tp / (tp + fn)
        says(slug, f"{recall:.2f} | {plain[name]:.2f} |")
        assert abs(score[name] - 2 * precision * recall / (precision + recall)) < 1e-12
        assert score[name] <= 2 * min(precision, recall)
    says(slug, f"{cells['C'][0] / 10_000:.3f}", f"{score['A']:.2f} for A", f"{score['B']:.2f} for B")
    says(slug, f"{score['C']:.3f} for C", f"{score['D']:.2f} for D")
    assert sorted(score, key=score.__getitem__, reverse=True) == ["B", "D", "A", "C"]
    assert max(plain, key=plain.__getitem__) == "C"
    cost = {name: 10 * fn + fp for name, (_, fp, fn) in cells.items()}
    says(slug, *(f"{total:,} for {name}" for name, total in cost.items()))
    assert min(cost, key=cost.__getitem__) == "D"
    says(slug, f"255/45 = {(480 - 225) / (225 - 180):.1f}")
    says(slug, f"B {f_score(*cells['B'], beta=2):.2f}", f"D {f_score(*cells['D'], beta=2):.2f}")


def best_of_normals(count: int) -> float:
    """The expected largest of `count` independent standard normal values, by the trapezoid rule."""
    step = 0.001
    grid = [-8 + step * i for i in range(16_001)]
    density = (exp(-(x**2) / 2) / sqrt(2 * pi) for x in grid)
    return step * sum(x * count * d * normal_below(x) ** (count - 1) for x, d in zip(grid, density, strict=True))


def test_the_street_light_report():
    slug = "street-light-report-review"
    tp, fp, fn, tn = 64, 40, 256, 3640
    n = tp + fp + fn + tn
    assert n == 4000
    assert (tp + fn) / n == 0.08
    assert round(n / 38, 1) == 105.3
    assert round(n / (tp + fp), 1) == 38.5
    accuracy = (tp + tn) / n
    error = sqrt(accuracy * (1 - accuracy) / n)
    says(slug, pct(accuracy, 1), pct((fp + tn) / n, 1), pct(tp / (tp + fn)), pct(tp / (tp + fp), 1), pct(60 / 104, 1))
    says(slug, f"{100 * error:.2f} points", pct(accuracy - Z * error, 1), pct(accuracy + Z * error, 1))
    assert round((0.926 - 0.921) * n) == 20
    says(slug, f"{100 * error * best_of_normals(24):.1f} points")


def test_the_boiler_coefficients_and_the_joint_test():
    slug = "judging-a-logistic-regression"
    for coefficient, error in [(0.69, 0.10), (-0.51, 0.12)]:
        low, high = exp(coefficient - Z * error), exp(coefficient + Z * error)
        says(slug, f"{exp(coefficient):.2f}", f"{low:.2f} to {high:.2f}")
    says(slug, f"0.44/0.40 = {0.44 / 0.40:.1f}", f"0.10/0.38 = {0.10 / 0.38:.2f}")
    none, two, four = -2600.7, -2510.0, -2498.0
    assert round(8000 * (0.1 * log(0.1) + 0.9 * log(0.9)), 1) == none
    statistic = 2 * (four - two)
    says(slug, f"statistic {statistic:.0f} on 2", f"p = {1e6 * exp(-statistic / 2):.0f} in a million")
    says(slug, f"from {2 * 3 - 2 * two:,.0f} to {2 * 5 - 2 * four:,.0f}", f"{1 - four / none:.3f}")
    says(slug, f"{1 / (1 - 0.96**2):.1f}")
    # The joint Wald statistic of the two inputs comes near the likelihood ratio: the table could be a real fit.
    hours, gas, together = 0.44 / 0.40, 0.10 / 0.38, -0.96
    wald = (hours**2 + gas**2 - 2 * together * hours * gas) / (1 - together**2)
    assert abs(wald - statistic) < 1


def test_the_boiler_bands_next_winter():
    slug = "judging-a-logistic-regression"
    bands = [(1000, 0.04, 40), (600, 0.10, 60), (300, 0.20, 60), (100, 0.60, 40)]
    assert sum(n for n, _, _ in bands) == 2000
    broke = sum(hits for _, _, hits in bands)
    says(slug, f"{sum(n * p for n, p, _ in bands):.0f} forecast, {broke} seen")
    says(slug, f"{(0.60 * 100 - 40) / sqrt(100 * 0.6 * 0.4):.1f} standard errors")
    loss = -sum(hits * log(p) + (n - hits) * log(1 - p) for n, p, hits in bands) / 2000
    base = -(0.1 * log(0.1) + 0.9 * log(0.9))
    says(slug, f"{loss:.3f} against {base:.3f}")
    won = sum(
        hits * ((below < at) + (below == at) / 2) * (m - h)
        for at, (_, _, hits) in enumerate(bands)
        for below, (m, _, h) in enumerate(bands)
    )
    says(slug, f"{won / (broke * (2000 - broke)):.3f}", f"50/200 = {50 / 200}", pct(40 / 100), pct(40 / broke))
    gain = {share: hits * 200 - n * 50 for n, share, hits in bands}
    says(slug, f"= {gain[0.60]:,}", f"a gain of {60 * 200 - 100 * 50:,}")
    assert gain[0.20] == -3000


def test_the_judge_its_order_and_its_agreement_with_staff():
    slug = "judge-for-a-reply-drafter"
    first_run, second_run, both_n, both_p = (130, 70), (90, 110), 80, 60
    assert sum(first_run) == sum(second_run) == 200
    assert first_run[0] - both_n + second_run[0] - both_n == 200 - both_n - both_p
    first_read = first_run[0] + second_run[1]
    says(slug, f"= {first_read} of 400 verdicts, {pct(first_read / 400)}", f"220 of 400, {pct((130 + 90) / 400)}")
    changed = 200 - both_n - both_p
    says(slug, f"{changed} of 200 letters ({pct(changed / 200)})", pct(both_n / (both_n + both_p), 1))
    says(slug, "{} to {}".format(*map(pct, wilson(both_n, both_n + both_p))))
    agree, chance = (40 + 30) / 100, 0.6 * 0.5 + 0.4 * 0.5
    says(slug, pct(agree), pct(chance), f"{(agree - chance) / (1 - chance):.2f}")
    staff = 84 / 100
    assert f"{(staff - 0.5) / 0.5:.2f}" == "0.68"
    says(slug, f"9 of 200 ({pct(9 / 200, 1)})", f"4 of 200 ({pct(4 / 200, 1)})")
    assert 0.99**300 < 0.05 < 0.99**298


def test_the_assistant_that_declines():
    slug = "when-the-assistant-declines"
    rows = {
        "None": (720, 280, 0, 0),
        "0.60": (690, 90, 70, 150),
        "0.80": (640, 40, 140, 180),
        "0.95": (480, 10, 314, 196),
    }
    net = {}
    for cut, (right, wrong, lost, proper) in rows.items():
        assert right + wrong + lost + proper == 1000
        assert 0 <= 200 - proper <= wrong
        assert right + lost <= 800
        says(slug, pct(wrong / (right + wrong), 1), pct((right + wrong) / 1000))
        net[cut] = 10 * right - 60 * wrong - 5 * (lost + proper)
    says(slug, f"−{-net['None']:,} with none, {net['0.60']} at 0.60, {net['0.80']:,} at 0.80, {net['0.95']:,} at 0.95")
    assert max(net, key=net.__getitem__) == "0.80"
    says(slug, f"= {(160 * 10 + 190 * 5) / 30:.0f} minutes")
    says(slug, f"rate of {pct(1 - 0.05 ** (1 / 150))}", "{} to {}".format(*(pct(end, 1) for end in wilson(40, 680))))
    # The alarm of the sample answer: over 14 wrong of 150 is unlikely at the rate that was accepted.
    rate = 40 / 680
    assert sum(comb(150, k) * rate**k * (1 - rate) ** (150 - k) for k in range(15, 151)) < 0.05


def test_the_old_benchmark_and_the_private_items():
    slug = "high-score-on-an-old-benchmark"
    assert (564 + 316, 498 + 322) == (880, 820)
    v, w = (564 / 600, 316 / 400), (498 / 600, 322 / 400)
    says(slug, *(pct(share, 1) for share in (*v, *w)))
    fall_v, fall_w = 100 * (v[0] - v[1]), 100 * (w[0] - w[1])
    says(slug, f"{fall_v:.1f} points", f"W {fall_w:.1f}", f"{fall_v - fall_w:.1f} points more")
    says(slug, f"{100 * (178 - 146) / 200:.0f} points ({pct(178 / 200)} to {pct(146 / 200)})")
    says(slug, f"W {100 * (164 - 160) / 200:.0f} ({pct(164 / 200)} to {pct(160 / 200)})")
    alone_w, alone_v, n = 30, 18, 200
    assert alone_w - alone_v == 156 - 144
    difference = (alone_w - alone_v) / n
    error = sqrt(alone_w + alone_v - (alone_w - alone_v) ** 2 / n) / n
    low, high = difference - Z * error, difference + Z * error
    says(slug, f"= {100 * difference:.0f} points", f"−{-100 * low:.0f} to {100 * high:.0f}")
    says(slug, f"p = {two_sided_sign_test(alone_v, alone_w):.2f}")
    wordings = {"V": (66, 70, 72, 75, 77), "W": (76, 77, 78, 79, 80)}
    says(slug, f"V averages {mean(wordings['V'])}% (standard deviation {stdev(wordings['V']):.1f}")
    says(slug, f"W {mean(wordings['W'])}% ({stdev(wordings['W']):.1f})")
    apart = (alone_w + alone_v) / n
    needed = (Z * sqrt(apart) + 0.841621 * sqrt(apart - difference**2)) ** 2 / difference**2
    says(slug, pct(apart), f"About {round(needed, -1):.0f} private items")


def test_the_chances_of_missed_appointments():
    slug = "adding-up-no-show-chances"
    rows = [(0.05, 400, 40), (0.20, 300, 60), (0.50, 200, 80), (0.90, 100, 60)]
    n, missed = sum(row[1] for row in rows), sum(row[2] for row in rows)
    assert n == 1000
    base = missed / n
    says(slug, *(pct(m / k) for _, k, m in rows), f"sum is {sum(p * k for p, k, _ in rows):.0f} against {missed}")
    brier = sum(m * (1 - p) ** 2 + (k - m) * p**2 for p, k, m in rows) / n
    reliability = sum(k * (p - m / k) ** 2 for p, k, m in rows) / n
    resolution = sum(k * (m / k - base) ** 2 for _, k, m in rows) / n
    uncertainty = base * (1 - base)
    assert abs(brier - (reliability - resolution + uncertainty)) < 1e-12
    says(slug, f"is {brier:.3f}", pct(base), f"0.24 × 0.76 = {uncertainty:.3f}", f"{brier - reliability:.3f}")
    says(slug, f"reliability {reliability:.3f} − resolution {resolution:.4f} + uncertainty {uncertainty:.4f}")
    won, came_below = 0.0, 0
    for _, k, m in rows:
        won += m * (came_below + (k - m) / 2)
        came_below += k - m
    says(slug, f"{won / (missed * (n - missed)):.2f} here")
    says(slug, f"{sum(abs(p * k - m) for p, k, m in rows) / n:.2f}")
    says(slug, f"{(90 - 60) / sqrt(100 * 0.9 * 0.1):.0f} standard errors")
    assert round(100 * Z * sqrt(0.6 * 0.4 / 100)) == 10


def test_the_tremor_detector_counts_wearers_and_clinics():
    slug = "tremor-sensor-new-wearers"
    assert 600 * 40 == 24_000
    says(slug, f"{600 * 4 // 5} windows", f"= {5 * 4 * 6} fits and 5 refits, {5 * 4 * 6 + 5} in all")
    by_clinic = 18 + (14 - 2)
    says(slug, f"= {by_clinic} of 40, {pct(by_clinic / 40)}")
    error = 30 / sqrt(40)
    says(slug, f"= {error:.1f} points", f"{71 - Z * error:.0f}% to {71 + Z * error:.0f}%")
    says(slug, f"{100 * sqrt(0.71 * 0.29 / 24_000):.1f} points")


def test_the_two_rankings_and_the_clicks():
    slug = "spare-part-search-rankings"
    present, new = [0, 3, 2, 0, 1], [2, 0, 3, 1, 0]
    says(slug, *(f"{1 / log2(place + 1):.2f}" for place in range(1, 6)))

    def dcg(grades, gain=lambda grade: grade):
        return sum(gain(grade) / log2(place + 1) for place, grade in enumerate(grades, 1))

    best = sorted(present, reverse=True)
    assert best == sorted(new, reverse=True)
    says(slug, f"= {dcg(present):.2f}", f"= {dcg(new):.2f}", f"gives {dcg(best):.2f}")
    says(slug, f"{dcg(present) / dcg(best):.2f} against {dcg(new) / dcg(best):.2f}")
    says(
        slug,
        "{:.2f} against {:.2f}".format(
            *(dcg(g, lambda x: 2**x - 1) / dcg(best, lambda x: 2**x - 1) for g in (present, new))
        ),
    )
    says(slug, f"present 1/{present.index(3) + 1}, new 1/{new.index(3) + 1}")
    assert [sum(grade >= 2 for grade in grades[:3]) for grades in (present, new)] == [2, 2]
    says(slug, f"{round(1200 * (0.48 - 0.41))} searches")
    says(slug, pct(500 / 2000), pct(300 / 2000), pct(300 / 2000 / 0.4, 1))


def test_the_two_inspectors_are_compared_in_pairs():
    slug = "two-inspectors-same-castings"
    only_a, only_b, n = 40, 60, 1000
    assert 860 + only_a == 900
    assert 860 + only_b == 920
    for right in (900, 920):
        share = right / n
        half = Z * sqrt(share * (1 - share) / n)
        says(slug, f"{pct(share, 1)}, 95% interval {pct(share - half, 1)} to {pct(share + half, 1)}")
    statistic = (only_b - only_a) ** 2 / (only_a + only_b)
    says(slug, f"= {statistic:.1f} on 1", f"p = {2 * (1 - normal_below(sqrt(statistic))):.3f}")
    says(slug, f"p = {two_sided_sign_test(only_a, only_b):.3f}")
    difference = (only_b - only_a) / n
    paired = sqrt(only_a + only_b - (only_b - only_a) ** 2 / n) / n
    says(slug, f"{100 * difference:.1f} points", f"= {100 * paired:.1f} point")
    says(slug, f"{100 * (difference - Z * paired):.1f} to {100 * (difference + Z * paired):.1f}")
    apart = sqrt(0.9 * 0.1 / n + 0.92 * 0.08 / n)
    says(slug, f"−{100 * (Z * apart - difference):.1f} to {100 * (difference + Z * apart):.1f}")
    larger = paired / 2
    says(slug, f"{100 * (difference - Z * larger):.1f} to {100 * (difference + Z * larger):.1f}")


def night(*batches: tuple[int, int, int]) -> list[list[tuple[bool, bool]]]:
    """Batches as pairs of truth and verdict, from (comments, spam, spam found)."""
    return [
        [(True, True)] * found + [(True, False)] * (spam - found) + [(False, False)] * (size - spam)
        for size, spam, found in batches
    ]


def defined(block: str):
    """The function that a block of the record defines."""
    names: dict = {}
    exec(block, names)  # noqa: S102 (the record's own code)
    return names["nightly_recall"]


def test_the_nightly_recall_before_and_after():
    slug = "nightly-recall-of-one-half"
    shown, mended = map(defined, code(slug))
    batches = night((1000, 80, 72), (1000, 10, 5), (1000, 10, 6), (200, 0, 0))
    says(slug, f"= {shown(batches):.2f}", f"recall {mended(batches):.2f}", f"2.00/3 = {shown(batches[:3]):.2f}")
    says(slug, f"give {(0.9 + 0.5 + 0.6 + 1.0) / 4:.2f}", "{} to {}".format(*map(pct, wilson(83, 100))))
    assert mended(night((200, 0, 0))) is None
    assert mended([[]]) is None
    assert mended([]) is None


def test_the_measures_and_the_money_of_the_bread_rolls():
    slug = "three-forecasts-of-bread-rolls"
    days = [20, 30, 40, 50, 110]

    def loss(rolls: int, left: float, short: float) -> float:
        return mean(left * max(rolls - day, 0) + short * max(day - rolls, 0) for day in days)

    measures = {
        rolls: (
            mean(abs(rolls - day) for day in days),
            sqrt(mean((rolls - day) ** 2 for day in days)),
            mean(abs(rolls - day) / day for day in days),
        )
        for rolls in (30, 40, 50)
    }
    for rolls, (absolute, squared, share) in measures.items():
        says(slug, f"| {rolls} | {absolute:.1f} | {squared:.1f} | {pct(share, 1)} |")
    assert [min(measures, key=lambda rolls, at=at: measures[rolls][at]) for at in range(3)] == [40, 50, 30]
    assert (median(days), mean(days), mean(days[:4]), median(days[:4])) == (40, 50, 35, 35)
    says(slug, ", ".join(f"{loss(rolls, 0.2, 0.6):.2f} at {rolls}" for rolls in (30, 40, 50)))
    says(slug, f"loses {loss(110, 0.2, 0.6):.2f} a day", f"0.60/0.80 = {0.6 / 0.8:.2f}")
    assert min(range(151), key=lambda rolls: loss(rolls, 0.2, 0.6)) == 50
    assert min(range(151), key=lambda rolls: loss(rolls, 0.6, 0.2)) == 30
    says(slug, *(f"{loss(rolls, 0.6, 0.2):.2f}" for rolls in (30, 40, 50)))
    says(slug, f"40 rolls suffice on {pct(3 / 5)} of days, 50 on {pct(4 / 5)}")


def test_the_form_reader_by_kind_of_form():
    slug = "form-reader-by-slice"
    typed, written = (760 / 800, 485 / 500), (140 / 200, 375 / 500)
    says(
        slug,
        f"Typed {pct(typed[0], 1)} to {pct(typed[1], 1)}, handwritten {pct(written[0], 1)} to {pct(written[1], 1)}",
    )
    says(slug, f"= {pct(0.8 * typed[1] + 0.2 * written[1], 1)}", f"= {pct(0.5 * typed[0] + 0.5 * written[0], 1)}")

    def gain(before, n_before, after, n_after):
        half = Z * sqrt(before * (1 - before) / n_before + after * (1 - after) / n_after)
        return [round(100 * (after - before + sign * half)) for sign in (-1, 1)]

    assert gain(typed[0], 800, typed[1], 500) == [0, 4]
    assert gain(written[0], 200, written[1], 500) == [-2, 12]
    says(slug, "about 0 to 4", "about −2 to 12")
    chance = sum(comb(25, k) * 0.14**k * 0.86 ** (25 - k) for k in range(8, 26))
    says(
        slug,
        f"chance of {pct(chance, 1)}",
        f"about {40 * chance:.1f} are",
        f"about {pct(1 - (1 - chance) ** 40)} there",
    )
    assert (70 + 30 + 25, 15) == (500 - 375, 500 - 485)
    says(slug, f"lift 86% to {pct((860 + 70) / 1000)}", f"add {100 * 15 / 1000} points")


def test_the_flat_live_test_and_its_explanations():
    slug = "offline-gain-flat-live-test"
    difference, error, now = 2.004 - 2.000, 0.008, 2.000
    says(slug, f"{difference:.3f} ± {Z * error:.3f}")
    low, high = (difference - Z * error) / now, (difference + Z * error) / now
    says(slug, f"−{pct(-low, 1)} to +{pct(high, 1)}", f"+{pct(high / 0.88, 1)}")
    assert high < 0.02
    assert round((0.06 - 0.01) / 0.06, 4) == round(5 / 6, 4)
    says(slug, f"about {pct(normal_below(0.01 * now / error - Z))}")
    assert normal_below(0.02 * now / error - Z) > 0.99
