"""Every figure that the records on product and business sense give, worked out again from their tables."""

from math import sqrt

from tests.questions.figures.sums import Z, wilson
from tests.questions.records import says


def pct(share: float, digits: int = 0) -> str:
    return f"{100 * share:.{digits}f}%"


def signed(value: float, digits: int = 2) -> str:
    return f"{'+' if value > 0 else '−'}{abs(value):,.{digits}f}"


def spread(p: float, n: int, q: float, m: int) -> float:
    """Half the 95% interval of the difference of two shares."""
    return Z * sqrt(p * (1 - p) / n + q * (1 - q) / m)


def test_the_offers_of_the_renewal_pilot():
    slug = "subscription-renewals"
    bands = [(2000, 700, 200), (2000, 900, 700), (4000, 3520, 3480)]
    says(slug, f"Base rate {pct(300 / 400)}")
    total, gains = 0.0, []
    for n, offered, plain in bands:
        says(slug, f"| {n:,} | {offered:,} | {n:,} | {plain:,} |", pct(offered / n), pct(plain / n))
        gain = offered / n * (40 - 12) - 3 - plain / n * 40
        says(slug, f"{offered / n:.2f} × 28 − 3 − {plain / n:.2f} × 40 = {signed(gain)}")
        gains.append(gain)
        total += 2 * n * gain
    assert [gain > 0 for gain in gains] == [True, False, False]
    says(slug, "25, 10 and 1 points", "{:.1f}, {:.1f} and {:.1f} points".format(*(
        100 * (3 + 12 * plain / n) / 28 for n, _, plain in bands)))  # fmt: skip
    says(slug, f"all {sum(2 * n for n, _, _ in bands):,} in", f"about {-total / 16_000:.2f} a person")
    half = Z * sqrt(28**2 * 0.35 * 0.65 / 2000 + 40**2 * 0.1 * 0.9 / 2000)
    says(slug, f"about {gains[0] - half:.1f} to {gains[0] + half:.1f} per person")


def test_the_six_sources_of_the_grocery_chain():
    slug = "which-data-source-first"
    waste, refunds, calls = 2_400_000, 900_000, 400_000
    sources = {
        "A": (10, 2_000, 0.01 * waste), "B": (60, 24_000, 0.06 * waste), "C": (45, 12_000, 0.10 * refunds),
        "D": (40, 10_000, 0.05 * calls), "E": (8, 50_000, 0.02 * waste),
    }  # fmt: skip
    cost = {name: 500 * days + upkeep for name, (days, upkeep, _) in sources.items()}
    claimed = {name: saving for name, (_, _, saving) in sources.items()}
    net = {name: claimed[name] - cost[name] for name in sources}
    says(slug, *(f"{name} {claimed[name]:,.0f}" for name in sources), *(f"{name} {cost[name]:,}" for name in sources))
    says(slug, *(f"{name} {signed(net[name], 0)}" for name in sources), f"F {25 * 500 + 5_000:,}")
    halved = {name: claimed[name] / 2 - cost[name] for name in sources}
    says(slug, *(f"{name} {signed(halved[name], 0)}" for name in sources))
    assert max(net, key=net.__getitem__) == max(halved, key=halved.__getitem__) == "B"
    says(slug, f"net up to {net['A'] + net['B']:,.0f}", f"{pct(cost['B'] / waste, 2)} ({cost['B']:,} of {waste:,})")
    says(slug, f"{100 * cost['B'] / claimed['B']:.1f}% of the guess")
    says(slug, f"{pct((cost['A'] + cost['B']) / waste, 2)} ({cost['A'] + cost['B']:,})")
    says(slug, f"nets {claimed['B'] - 24_000:,.0f} a year", f"loses {50_000 - claimed['E']:,.0f}")


def test_the_business_case_for_lifts():
    slug = "lift-savings-case"
    failures, call_out, visit, running, prevents = 20_000, 300, 80, 100_000, 0.5
    says(slug, f"Call-outs cost {failures * call_out:,}", f"saves {0.6 * failures * call_out:,.0f}")
    nets = {}
    for name, recall, precision in [("loose", 0.6, 0.25), ("strict", 0.2, 0.8)]:
        warned = recall * failures
        warnings = warned / precision
        visits, reached = 0.8 * warnings, 0.8 * warned
        nets[name] = reached * prevents * call_out - visits * visit - running
        says(slug, f"{warned:,.0f} {'failures ' if name == 'loose' else ''}warned of, {warnings:,.0f} warnings")
        says(slug, f"{visits:,.0f} visits", f"{reached * prevents:,.0f} prevented", f"{visits * visit:,.0f}")
        says(slug, f"{reached * prevents * call_out:,.0f} saved")
    says(slug, "9,600 failures reached", f"a loss of {-nets['loose']:,.0f}", f"= {signed(nets['strict'], 0)} a year")
    says(slug, f"{signed(nets['loose'], 0)} and {signed(nets['strict'], 0)}", "factor of 60")
    assert round(3_600_000 / nets["strict"]) == 60
    spent, stake = 4_000 * visit + running, 3_200 * call_out
    says(slug, f"{pct(spent / stake, 2)} ({spent:,} of {stake:,})", f"nets {0.6 * stake - spent:,.0f} at 60%")
    says(slug, f"above {pct(visit / (prevents * call_out), 1)}")


def test_the_cut_offs_at_the_ferry_line():
    slug = "ferry-label-and-errors"
    says(slug, f"150/190 = {pct(150 / (150 + 40), 1)}", f"1,500/20,000 = {100 * 1_500 / 20_000:.1f}%")
    says(slug, f"9/60 = {pct(9 / 60)}")


def test_the_light_of_the_coffee_machines():
    slug = "three-products-one-without"
    says(slug, f"27 of 31 breakdowns ({pct(27 / 31)})", f"27 of 36 lights were right ({pct(27 / 36)})")
    says(slug, f"80 × 36 = {80 * 36:,} machine-months ({pct(31 / 2880, 1)})", f"{31 - 27} missed and {36 - 27} false")
    says(slug, "from about {} to {}".format(*map(pct, wilson(27, 31))))


def test_the_claims_rule_against_the_model():
    slug = "claims-rule-or-model"

    def costs(settled, paid, refused):
        return 4 * (50_000 - settled), 30 * paid, 50 * refused

    rule, model = costs(30_000, 300, 60), costs(38_000, 250, 230)
    fixed = 30_000 + 60_000 // 3
    says(slug, "{:,} for clerks, {:,} paid wrongly, {:,} refused wrongly, 2,000 running".format(*rule))
    says(slug, "{:,} for clerks, {:,} paid wrongly, {:,} refused wrongly, 30,000 running".format(*model))
    says(slug, f"{sum(rule) + 2_000:,} a year", f"{sum(model) + fixed:,} a year")
    says(slug, f"{sum(model) + fixed - sum(rule) - 2_000:,} more than the rule", f"{rule[0] - model[0]:,}")
    says(slug, f"{pct(1 - 360 / 30_000, 1)} against {pct(1 - 480 / 38_000, 1)}", f"{pct(38 / 50)} of claims")
    each = sum(rule) / 50_000, sum(model) / 50_000
    says(slug, "{:.2f} a claim for the rule, {:.2f} for the model".format(*each))
    says(slug, f"{fixed - 2_000:,}/{each[0] - each[1]:.2f} = {(fixed - 2_000) / (each[0] - each[1]):,.0f} claims")
    says(slug, f"{sum(model) + 30_000:,} against {sum(rule) + 2_000:,}")


def test_the_calls_to_past_donors():
    slug = "donor-calls-trial"
    response = [(0.40, 0.38), (0.24, 0.20), (0.14, 0.08), (0.06, 0.06)]
    effect = [(0.22, 0.12), (0.23, 0.19), (0.19, 0.18), (0.20, 0.23)]
    for n, (one, other) in enumerate(zip(response, effect, strict=True), start=1):
        says(slug, f"| {n} | {' | '.join(pct(share) for share in (*one, *other))} |")
    points = {name: [round(100 * (a - b)) for a, b in rows] for name, rows in [("r", response), ("e", effect)]}
    says(slug, "response score {}, {}, {}, {}".format(*points["r"]))
    says(slug, "effect score {}, {}, {}, −{}".format(*points["e"][:3], -points["e"][3]))
    for rows in (response, effect):
        called, left = (sum(row[side] for row in rows) / 4 for side in (0, 1))
        says(slug, f"({pct(called)} called, {pct(left)} not)")
    says(slug, f"add {100 * points['r'][0]} donations", f"adds {100 * points['e'][0]:,}", "than the 300 of")
    assert sum(points["r"]) / 4 == sum(points["e"]) / 4 == 3
    says(slug, f"3/60 = {100 * 3 / 60:.0f} points")
    worth = [60 * (a - b) - 3 for a, b in effect]
    assert [value > 0 for value in worth] == [True, False, False, False]
    says(slug, f"{signed(worth[0])} a call and {10_000 * worth[0]:,.0f} for", f"loses {-worth[1]:.2f} a call")
    everyone = 60 * 0.03 - 3
    says(slug, f"lose {-everyone:.2f} a call, {-40_000 * everyone:,.0f} in all")
    half = spread(0.20, 5000, 0.23, 5000)
    says(slug, f"about −{100 * (0.03 + half):.1f} to −{100 * (0.03 - half):.1f}")
    gains = [60 * (a - b) - 3 for a, b in response]
    assert [value > 0 for value in gains] == [False, False, True, False]
    says(slug, f"only the third pays, {signed(gains[2])} a call")
    says(slug, f"gains {points['r'][2]} points and quarter 1 only {points['r'][0]}")
    says(slug, f"about ±{100 * spread(0.12, 1000, 0.22, 9000):.1f} points")


def test_the_minutes_per_contact_and_their_mix():
    slug = "shorter-contacts-claim"
    june, july = [(5000, 4), (5000, 16)], [(6000, 5), (2000, 17)]

    def total(month):
        return sum(n * minutes for n, minutes in month)

    mean = [total(month) / sum(n for n, _ in month) for month in (june, july)]
    says(slug, "| All | 10,000 | {:.1f} | 8,000 | {:.1f} |".format(*mean), f"from {pct(5 / 10)} to {pct(2 / 8)}")
    kept = total([(n, minutes) for (n, _), (_, minutes) in zip(june, july, strict=True)]) / 10_000
    says(slug, f"average {kept:.1f} minutes, {pct(kept / mean[0] - 1)} more")
    says(slug, f"took off {kept - mean[1]:.1f}", f"added {kept - mean[0]:.1f}")
    says(slug, f"{total(june):,} minutes in June, {total(july):,} in July", f"× 16 explain {3000 * 16:,} fewer")
    rest = total(july) - total(june) + 3000 * 16
    says(slug, f"the rest took {rest:,} more")
    assert rest == 1000 * 5 + 5000 * 1 + 2000 * 1
    assert july[1][0] == 5000 - 3000
    left = total([june[0], july[1][:1] + june[1][1:]])
    says(
        slug, f"{left:,} minutes for {5000 + 2000:,} contacts, {left / 7000:.1f} each", f"against {mean[1]:.1f} in July"
    )
    says(slug, f"{kept:.1f} at June's mix, {left / 7000:.1f} for June without permits")
