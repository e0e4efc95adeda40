"""The figures of the questions on systems and pipelines, recomputed from first principles."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import exp, sqrt
from statistics import mean, stdev

import pytest

from tests.questions.figures.sums import wilson
from tests.questions.records import code, says


def pounds(amount):
    """An amount as the records print it: whole pounds, or pence if there are any."""
    return f"£{amount:,.0f}" if amount == round(amount) else f"£{amount:,.2f}"


def true_chance(forecast, kept):
    """What a forecast means whose training kept a share of the negatives."""
    return forecast / (forecast + (1 - forecast) / kept)


def test_parcel_scan_pipeline():
    slug = "parcel-scan-pipeline"
    events = 60_000_000
    a_second = events / 86_400
    busiest = events * 0.12
    says(slug, f"{a_second:.0f} events", f"{busiest / 1e6:.1f} million", f"{busiest / 3600:,.0f} a second")
    says(slug, f"{events * 500 / 1e9:.0f} GB", f"{events * 500 * 90 / 1e12:.1f} TB", f"{events * 0.005:,.0f} a day")
    says(slug, f"{events * 0.02 / 1e6:.1f} million a day", f"{events * 0.001:,.0f} after 24 hours")
    checks = 30 * 24 * 12
    assert int(checks * 0.005) == 43
    says(slug, f"{checks:,}", "43 may fail", f"{43 * 5 / 60:.1f} hours", f"{events / 40 / 1e6:.1f} million a day")
    backlog = 6 * 3600 * a_second
    clears = backlog / (2_500 - a_second) / 3600
    says(slug, f"{backlog / 1e6:.0f} million events", f"{clears:.1f} hours", f"about {6 + clears:.0f} hours")


def test_recommender_from_a_brief():
    slug = "recommender-from-a-brief"
    all_items = 2_000_000 * 20e-6
    says(slug, f"{all_items:.0f} seconds", f"{all_items * 600:,.0f} busy cores")
    says(slug, f"{500 * 20e-6 * 1000:.0f} ms", f"{500 * 20e-6 * 600:.0f} cores")
    shown = 12_000_000 * 10
    taken = shown * 0.012
    says(
        slug,
        f"{shown / 1e6:.0f} million displays",
        f"{taken / 1e6:.2f} million",
        f"{(shown - taken) / taken:.0f} displays",
    )
    says(slug, f"{5_000_000 // 5:,} visitors")
    sampled = 0.012 / (0.012 + 0.988 * 0.1)
    assert abs(true_chance(sampled, 0.1) - 0.012) < 1e-12
    says(slug, f"{100 * sampled:.1f}%")


def test_a_data_job_too_large():
    slug = "a-data-job-too-large"
    says(slug, f"{Fraction(30, 100) / Fraction(1, 100)} times", f"factor of {24 * 4}")


def test_weak_points_of_a_weekly_forecast():
    slug = "weak-points-of-a-weekly-forecast"
    due, rows, ids = 30 * 30 * 1_000, 930_000, 888_000
    again, old_files, missing = 30 * 1_000, 12 * 1_000, due - ids
    assert rows - ids == again + old_files == 42_000
    assert missing == old_files
    says(slug, f"{rows - ids:,}", f"{again:,}", f"{old_files:,}", f"{due:,}", f"{100 * (rows / due - 1):.1f}%")


def test_a_plan_with_three_stages():
    slug = "a-plan-with-three-stages"
    share = Fraction(180, 6_000)
    says(slug, f"{float(share):.0%}", f"{float(1 - share):.0%}", f"{40 * 7}", f"about {round(280 * share)} a week")


def test_a_spam_filter_that_may_lose_mail():
    slug = "a-spam-filter-that-may-lose-mail"
    spam, good = 90_000, 110_000
    assert spam == 200_000 * 45 // 100
    assert spam + good == 200_000
    costs = {"none": spam * 2 // 100}
    for name, caught, lost in (("P", 8_820, 110), ("Q", 8_100, 2)):
        says(slug, f"{100 * (caught + 11_000 - lost) / 20_000:.2f}%")
        missed, diverted = spam * (9_000 - caught) // 9_000, good * lost // 11_000
        says(slug, f"{missed:,}", f"{diverted:,}")
        costs[name] = missed * 2 / 100 + diverted * 8
    assert good // 5_000 == 22
    says(slug, "22", *(pounds(cost) for cost in costs.values()), f"{100 * 8 / 8.02:.2f}%")
    assert costs["Q"] < costs["none"] < costs["P"]
    # The exact interval of two events: that many or fewer, that many or more, with 2.5% each.
    low, high = 0.242, 7.225
    assert abs(1 - exp(-low) * (1 + low) - 0.025) < 5e-4
    assert abs(exp(-high) * (1 + high + high**2 / 2) - 0.025) < 5e-4
    says(
        slug,
        f"{low:.1f} to {high:.1f} events",
        f"{low * 10:.0f} to {high * 10:.0f} diverted",
        f"{3 * 5_000:,} good mails",
    )


def test_road_damage_from_bus_cameras():
    slug = "road-damage-from-bus-cameras"
    found = {"new": 90, "known": 60, "wet": 140, "repair": 105, "cover": 70, "other": 35}
    flags = sum(found.values())
    worth = found["new"] * 90
    assert flags == 500
    says(slug, f"{20 / 90:.1%}", f"{150 / flags:.0%}", f"{90 / flags:.0%}", f"{240 / 400:.0%}")
    says(
        slug,
        pounds(worth),
        pounds(flags * 20),
        f"−{pounds(flags * 20 - worth)}",
        f"−{pounds(flags * 20 - worth + 300)}",
    )
    left = flags - found["cover"] - found["known"]
    says(
        slug,
        f"{left} visits",
        pounds(left * 20),
        f"+{pounds(worth - left * 20)}",
        f"+{pounds(worth - left * 20 - 300)}",
    )
    false = flags - 150
    says(slug, f"{90 / left:.1%}", f"{found['wet'] + found['repair']} of the {false} false flags", f"{245 / false:.0%}")
    says(
        slug,
        "{:.0%} to {:.0%}".format(*wilson(90, flags)),
        "{:.0%} to {:.0%}".format(*wilson(90, left)),
        f"{10 * left:,} visits",
    )


def test_choosing_an_ad_for_one_place():
    slug = "choosing-an-ad-for-one-place"
    ads = {"A": (0.80, 0.015), "B": (2.00, 0.007), "C": (0.50, 0.020), "D": (4.00, 0.005)}
    worth = {name: 1_000 * bid * chance for name, (bid, chance) in ads.items()}
    says(slug, *(f"{name} £{value:.2f}" for name, value in worth.items()))
    assert max(worth, key=worth.__getitem__) == "D"
    corrected = worth | {"D": worth["D"] * 0.5}
    assert max(corrected, key=corrected.__getitem__) == "B"
    assert sorted(corrected.values())[-2] == corrected["A"]
    price, wrong = corrected["A"] / 7, worth["B"] / 5
    says(slug, f"£{corrected['D']:.2f}", f"£{price:.2f}", f"£{wrong:.2f}", f"£{2.5 * wrong:.2f}", f"£{7 * price:.2f}")
    says(slug, f"{300 * 50e-6 * 1000:.0f} ms", f"{60_000 * 50e-6:.0f} s", f"{300 * 50e-6 * 1500:.1f} cores")
    says(slug, f"{2.0 * 0.6:.1f}%", f"{1.2 / 0.6:.1f}%", f"{8 + 600 // 100}:00", f"{40 * 0.005:.1f} clicks")


def test_ranking_a_feed_of_posts():
    slug = "ranking-a-feed-of-posts"
    raw, fair = {}, {}
    for post, tap, reply, hide in (("X", 0.50, 0.01, 0.002), ("Y", 0.25, 0.04, 0.002)):
        chance = true_chance(tap, 0.1)
        raw[post], fair[post] = (share + 5 * reply - 10 * hide for share in (tap, chance))
        says(
            slug, f"{chance:.3f}", f"{post} {raw[post]:.3f}", f"{5 * reply:.2f}", f"{10 * hide:.2f} = {fair[post]:.3f}"
        )
    assert raw["X"] > raw["Y"]
    assert fair["X"] < fair["Y"]
    today, random_order = 12.0 / 1.5, 10.0 / 2.5
    says(slug, f"{today:.0f} times", f"{random_order:.0f} times", f"({today / random_order:.0f})")
    says(slug, f"{1500 * 30e-6 * 1000:.0f} ms", f"{900 * 1500 * 30e-6:.1f} cores")
    says(slug, f"+{100 * (8.7 / 8.0 - 1):.2f}%", f"+{100 * (5.0 / 4.0 - 1):.0f}%")
    error = sqrt((0.61 * 0.39 + 0.604 * 0.396) / 200_000)
    says(slug, f"{100 * error:.2f} points", f"z is about {0.006 / error:.1f}")


def rounded(weights):
    """The weights as they come back from one group, and its scale."""
    scale = max(map(abs, weights)) / 7
    return [round(weight / scale) * scale for weight in weights], scale


def test_four_bits_for_a_field_device():
    slug = "four-bits-for-a-field-device"
    weights = 7e9
    bits = 4 + 16 / 64
    sizes = [weights * width / 8 / 1e9 for width in (16, 8, bits)]
    says(
        slug,
        f"{bits:.2f} bits",
        f"{sizes[0]:.0f} GB",
        f"{sizes[1]:.0f} GB",
        f"{sizes[2]:.2f} GB",
        f"{weights / 2 / 1e9} GB",
    )
    says(slug, *(f"{50 / size:.1f}" for size in sizes))
    row = [0.7, -0.3, 0.2, 0.1, -0.6, 0.4, -0.1, 7.0]
    one, scale = rounded(row)
    assert one == [1, 0, 0, 0, -1, 0, 0, 7]
    first, small = rounded(row[:4])
    two = first + rounded(row[4:])[0]
    assert max(abs(a - b) for a, b in zip(first, row[:4], strict=True)) < 1e-12
    says(slug, f"s = {scale:.1f}", f"s = {small:.1f}", "1, 0, 0, 0, −1, 0, 0, 7")
    for back in (one, two):
        says(slug, f"{mean(abs(a - b) for a, b in zip(back, row, strict=True)):.4f}".rstrip("0"))
    says(slug, f"{100 * (6.25 / 6.10 - 1):.1f}%", f"{410 - 402} of 500", f"{198 - 184} of 200", "99% to 92%")
    assert (198 / 200, 184 / 200) == (0.99, 0.92)
    spare = (4 - sizes[2]) * 1e9 / ((16 - bits) / 8)
    says(slug, f"{4 - sizes[2]:.2f} GB", f"{spare / weights:.1%}")
    assert round(spare / 1e7) == 19


def test_four_machines_one_model():
    slug = "four-machines-one-model"
    count = 10e9
    state, array = count * 16 / 1e9, count * 2 / 1e9
    fast, slow = 250, 12.5
    plain = 2 * 31 / 32 * array
    says(slug, f"{state:.0f} GB", f"{array:.0f} GB", f"{plain:.2f} GB", f"{plain / slow:.1f} s")
    inside, across = 3 * 7 / 8 * array, 2 * 3 / 4 * array / 8
    says(slug, f"{state / 8:.0f} GB", f"{state / 8 + 25:.0f} GB", f"{inside:.1f} GB", f"{inside / fast:.2f} s")
    says(slug, f"{array / 8:.1f} GB", f"{across:.2f} GB", f"{across / slow:.2f} s")
    says(slug, f"{2 + inside / fast + across / slow:.1f} s a step")
    everywhere = 3 * 31 / 32 * array
    says(
        slug,
        f"{state / 32:.0f} GB of state",
        f"{everywhere:.1f} GB",
        f"{everywhere / slow:.2f} s",
        f"{2 + everywhere / slow:.2f} s",
    )
    two_levels = 3 * 3 / 4 * array / 8
    says(slug, f"{two_levels:.1f} GB a card cross", f"{two_levels / slow:.2f} s, beside {inside / fast:.2f} s")
    says(slug, f"m = 12 micro-batches {3 / (12 + 3):.0%}", f"m = 4 {3 / (4 + 3):.0%}")
    says(slug, f"{count * 12 / 1e9:.0f} GB, {count * 12 / 1e9 / 2:.0f} s")


def test_a_letter_service_that_stalls_at_nine():
    slug = "a-letter-service-that-stalls-at-nine"
    rates = {}
    for batch, step in ((16, 0.040), (32, 0.050), (64, 0.080)):
        tokens = batch / step
        rates[batch] = tokens / 200
        says(slug, f"{batch} / {step:.3f} = {tokens:.0f}", f"{rates[batch]:.1f}", f"{1 / step:.1f}".removesuffix(".0"))
    assert 1 / 0.080 < 15 < 1 / 0.050
    capacity = 4 * rates[32]
    says(slug, f"{capacity:.1f} replies", f"{4 * rates[64]:.0f} a second", f"{15 - capacity:.1f} a second too many")
    waiting = (15 - capacity) * 1200
    says(slug, f"{waiting:,.0f} waiting", f"{waiting / capacity:.0f} s", f"{capacity - 8:.1f} a second")
    says(slug, f"{waiting / (capacity - 8):.0f} s, about {waiting / (capacity - 8) / 60:.0f} minutes")
    assert int(2 * capacity) == 25
    says(slug, "25 requests", f"{5 * rates[32]:.0f} a second", f"{6 * rates[32]:.1f}")
    says(slug, f"{15 / 16:.0%}", f"{15 / 19.2:.0%}", f"{capacity * 10:.0f}", f"{capacity * 10 / 4:.0f} in each of four")
    step = 1 / 15
    assert round(32 + (step - 0.050) / 0.030 * 32) == 50
    says(slug, f"about 50 at {1000 * step:.0f} ms gives {4 * 50 / step / 200:.0f} replies a second")


def test_the_bill_of_a_housing_assistant():
    slug = "the-bill-of-a-housing-assistant"
    month = 300_000
    assert 10 + 3_000 + 2_000 + 90 == 5_100
    asked, told = 5_100 * 2 / 1e6, 400 * 8 / 1e6
    large = asked + told
    small, saved = large / 10, 0.9 * 3_000 * (2.00 - 0.20) / 1e6
    cached = large - saved
    says(slug, f"£{asked:.4f}", f"£{told:.4f}", f"£{large:.4f}", f"{asked / large:.0%}", f"£{month * large:,.0f}")
    says(slug, f"£{saved:.5f}", f"£{cached:.5f}", f"£{month * cached:,.0f}", f"−{saved / large:.0%}")
    says(slug, f"£{small:.5f}", f"£{month * small:,.0f}", f"£{month * (large - small):,.0f}")
    right, all_small, routed = (0.96 + 0.91) / 2, (0.95 + 0.78) / 2, (0.95 + 0.91) / 2
    says(slug, f"{100 * right:.1f}%", f"{100 * all_small:.1f}%", f"{month * (right - all_small):,.0f} more wrong")
    says(slug, f"£{month * (right - all_small) / 2:,.0f}", f"{100 * (right - routed):.1f} points")
    says(slug, f"{month * (right - routed):,.0f} answers", f"£{month * (right - routed) / 2:,.0f}")
    route = (large + small) / 2
    says(slug, f"£{route:.5f}", f"£{month * route:,.0f}", f"£{month * (large - route):,.0f}")
    both = (cached + cached / 10) / 2
    says(slug, f"£{both:.6f}", f"£{month * both:,.0f}", f"£{month * (cached - both):,.0f} more")
    says(slug, f"less than {100 * (cached - cached / 10) / 0.50:.1f} points worse")
    astray = month / 2 * 0.05
    says(slug, f"{astray:,.0f} a month", f"{astray * 0.13:,.0f} more wrong", f"£{astray * 0.13 / 2:.2f}")
    says(slug, f"£{month * 1_000 * 2 / 1e6:,.0f} a month")
    assert round(196 * sqrt(0.955 * 0.045 / 500)) == 2


def test_vector_search_in_a_picture_archive():
    slug = "vector-search-in-a-picture-archive"
    query, one, other = (0.6, 0.8), (0.6, 0.8), (3.0, 0.0)

    def dot(a, b):
        return sum(x * y for x, y in zip(a, b, strict=True))

    def cosine(a, b):
        return dot(a, b) / sqrt(dot(a, a) * dot(b, b))

    assert dot(query, one) < dot(query, other)
    assert cosine(query, one) > cosine(query, other)
    says(slug, f"{dot(query, one):.1f}", f"{dot(query, other):.1f}", f"{cosine(query, other):.1f}")
    pictures = 20_000_000
    says(
        slug,
        f"{pictures * 512 * 4 / 1e9:.2f} GB",
        f"{pictures * 64 / 1e9:.2f} GB",
        f"{pictures * 0.95 / 1e6:.0f} million",
    )
    seconds = pictures * 0.95 / 500
    says(slug, f"{seconds:,.0f} s", f"{seconds / 3600:.1f} hours")


def test_where_a_handbook_assistant_fails():
    slug = "where-a-handbook-assistant-fails"
    right, wrong, lucky, lost = 112, 28, 9, 51
    assert right + wrong + lucky + lost == 200
    assert lucky + lost == 24 + 18 + 12 + 6
    assert wrong == 15 + 8 + 5
    says(
        slug, f"{(right + lucky) / 200:.1%}", f"{(right + wrong) / 200:.0%}", f"{right / 140:.0%}", f"{lucky / 60:.0%}"
    )
    says(slug, f"{200 * right / 140:.0f} right", f"or {194 * right / 140:.0f} if", f"= {right + wrong + lucky}")
    says(slug, *(f"{missing * (0.80 - 0.15):.1f} more" for missing in (24, 18, 12)))
    says(slug, "{:.0%} to {:.0%}".format(*wilson(121, 200)))


def test_an_agent_with_ten_steps():
    slug = "an-agent-with-ten-steps"
    independent, sticky = 1 - 0.05**2, 1 - 0.05 * 0.5
    says(slug, f"{0.95**10:.3f}", f"{0.95**0.1:.4f}", f"{independent:.4f}", f"{independent**10:.3f}")
    says(slug, f"{sticky:.3f} a step", f"{sticky**10:.3f} a run", f"{0.95**5:.3f}")
    checked = 1 - 0.025 * 0.1
    says(slug, f"{checked:.4f} and a run {checked**10:.3f}")
    says(slug, pounds(20 * 2_000), pounds(40 * 6_000), pounds(100 * 0.02))


def test_one_feature_two_functions():
    slug = "one-feature-two-functions"
    names: dict = {}
    exec(code(slug)[0], names)  # noqa: S102 - our own record
    values = [10, 12, None, 14, 12, 10, 16, 30]
    readings = [{"at": datetime(2026, 11, day, 23, tzinfo=UTC), "kwh": kwh} for day, kwh in enumerate(values, 1)]
    morning = datetime(2026, 11, 8, 6, tzinfo=UTC)
    train = names["train_row"](readings, morning.date())
    serve = names["serve_row"](readings, morning)
    known = names["train_row"]([r for r in readings if r["at"] <= morning], morning.date())
    assert (train["latest"], serve["latest"], known["latest"]) == (30, 16, 16)
    says(slug, f"sum {12 + 14 + 12 + 10 + 16 + 30}", f"sum {10 + 12 + 0 + 14 + 12 + 10 + 16}")
    says(slug, *(f"{row['mean_7']:.2f}" for row in (train, serve, known)))
    says(slug, f"{81 - 52} points", f"{52 - 34} (52 to 34)", f"{0.95**7:.3f}")
    lost = [{"at": morning - timedelta(hours=7 + 24 * n), "kwh": None} for n in range(7)]
    assert names["serve_row"](lost, morning)["mean_7"] == 0
    with pytest.raises(ZeroDivisionError):
        names["train_row"](lost, morning.date())


def test_one_alarm_four_warehouses():
    slug = "one-alarm-four-warehouses"
    cases = {"before": (525, 300, 210), "A": (1_400, 300, 225), "B": (725, 600, 420), "C": (525, 300, 105)}
    for flagged, damaged, caught in cases.values():
        says(slug, f"{caught / damaged:.0%}", f"{caught / flagged:.0%}")
    says(slug, f"{525 - 210} of {10_000 - 300:,}", f"{725 - 420} of {10_000 - 600:,}", "3.2%")
    says(slug, f"{1_400 - 225:,} of 9,700 ({(1_400 - 225) / 9_700:.1%})")
    assert f"{315 / 9_700:.1%}" == f"{305 / 9_400:.1%}" == "3.2%"
    # The same goods at another share of damage: the mean forecast of each kind stays.
    of_damaged = 0.40
    of_sound = (0.03 - 0.03 * of_damaged) / 0.97
    says(slug, f"{100 * (0.06 * of_damaged + 0.94 * of_sound):.1f}%")
    # On 1 October the returns of 1 to 3 September are 28 days old; the rest is damage found or complained of.
    old = 10_000 * 3 // 30
    sound, damaged = old - old * 3 // 100, 210 + 40
    says(slug, f"{sound + damaged:,}", f"{damaged}/{sound + damaged:,} = {damaged / (sound + damaged):.0%}")
    says(slug, f"{210 / damaged:.0%}", "{:.0%} to {:.0%}".format(*wilson(105, 300)))


def test_a_result_nobody_can_repeat():
    slug = "a-result-nobody-can-repeat"
    names: dict = {}
    exec(code(slug)[0], names)  # noqa: S102 - our own record
    split = names["split"]
    assert split(list("abcde"))[1] == ["a"]
    assert split(list("edcba"))[1] == ["e"]
    once = list("abcde")
    assert [split(once)[1], split(once)[1]] == [["a"], ["d"]]
    runs = [84.6, 85.1, 84.3, 84.8, 84.7]
    gap = 87.1 - mean(runs)
    says(
        slug, f"{mean(runs):.1f}%", f"{stdev(runs):.2f} points", f"{gap:.1f} to 87.1", f"about {gap / stdev(runs):.0f}"
    )


def test_a_new_model_on_tuesday_at_ten():
    slug = "a-new-model-on-tuesday-at-ten"
    rest = (3.1 - 0.07 * 6.2) / 0.93
    says(slug, f"{rest:.2f}", f"{0.93 * rest + 0.07 * 3.5:.2f}", f"{1.609344:.3f} times")
    hourly = 200 * 3600 // 100
    says(
        slug,
        f"{hourly:,} an hour",
        f"{hourly * 0.002:.1f} an hour",
        f"{hourly * 0.006:.1f}",
        f"{hourly * 0.004:.0f} in an hour",
    )


def test_a_nightly_job_that_ran_twice():
    slug = "a-nightly-job-that-ran-twice"
    names: dict = {}
    exec(code(slug)[0], names)  # noqa: S102 - our own record
    before = {"count": {"M1": 2, "M2": 1}, "letters": [], "last_day": 8}
    events = [{"id": f"e{n}", "meter": meter, "day": 9} for n, meter in enumerate(("M1", "M2", "M2", "M1"), 1)]
    clean = deepcopy(before)
    names["nightly"](clean, events, 9)
    assert (clean["count"], clean["letters"]) == ({"M1": 4, "M2": 3}, ["M1", "M2"])
    store = deepcopy(before)
    names["nightly"](store, events[:2], 9)
    store["last_day"] = 8  # the stop came before it was written
    assert (store["count"], store["letters"]) == ({"M1": 3, "M2": 2}, ["M1"])
    names["nightly"](store, events, 9)
    assert (store["count"], store["letters"]) == ({"M1": 5, "M2": 4}, ["M1", "M2"])
    says(slug, "M1 4, M2 3, letters M1 and M2", "M1 3, M2 2, letters M1", "M1 5, M2 4, letters M1 and M2")
    names["nightly"](store, events, 9)
    assert store["count"] == {"M1": 7, "M2": 6}
    says(slug, "two more to each")
