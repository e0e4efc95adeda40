"""Every figure that the records on communication, learning and working with others give, worked out again."""

import re
from math import sqrt
from statistics import mean

from tests.questions.records import code, says


def table(text: str) -> list[list[str]]:
    """The cells of the rows that hold figures."""
    return [
        [cell.strip() for cell in row.strip("| \n").split("|")] for row in text.splitlines() if re.search(r"\d", row)
    ]


def test_the_forecast_for_dana():
    slug = "an-idea-for-dana"
    says(slug, "| Forecast was right | 1,900 | 390 |", f"{100 * 1900 // 2000} in 100", f"{100 * 390 // 500} in 100")
    assert 1600 / 2000 == 400 / 500 == 0.8
    half = 1.96 * sqrt(0.78 * 0.22 / 500)
    says(slug, f"about {100 * (0.78 - half):.0f} to {100 * (0.78 + half):.0f}")
    # However the 110 errors fall, of those called no-shows ten more came than stayed away.
    for came_after_all in range(10, 111):
        missed = (500 - 390) - came_after_all
        assert came_after_all - (100 - missed) == 400 - 390 == 10
    says(slug, "ten more came than stayed away")


NORTH = {
    "January": (20, 98),
    "February": (20, 102),
    "March": (20, 100),
    "April": (30, 118),
    "May": (30, 122),
    "June": (30, 120),
}
SOUTH = {
    "January": (40, 158),
    "February": (40, 162),
    "March": (40, 160),
    "April": (30, 121),
    "May": (30, 119),
    "June": (30, 120),
}


def test_the_chart_of_missed_collections():
    slug = "missed-collections-chart"
    bars = {line[:3]: line.count("#") for line in code(slug)[0].splitlines() if "#" in line}
    for month, (homes, missed) in NORTH.items():
        others = SOUTH[month]
        says(slug, f"| {month} | {homes},000 | {missed} | {others[0]},000 | {others[1]} |")
        assert bars[month[:3]] == missed - 90
        assert f"{others[1] / others[0]:.1f}" == "4.0" or month == "February"
    assert bars["Jun"] == 3 * bars["Mar"] == 30
    says(slug, f"{120 / 100 - 1:.0%} more", f"by {30 / 20 - 1:.0%}")
    rates = [f"{missed / homes:.1f}" for homes, missed in NORTH.values()]
    says(slug, f"{', '.join(rates[:3])}, then {', '.join(rates[3:])}")
    for months in (list(SOUTH)[:3], list(SOUTH)[3:]):
        assert sum(SOUTH[m][1] for m in months) / sum(SOUTH[m][0] for m in months) == 4.0
    mixed = (20 * 5 + 10 * 4) / 30
    says(slug, f"(20 × 5 + 10 × 4)/30 = {mixed:.2f}")
    assert round((5 - mixed) / (5 - 4), 2) == 0.33
    says(slug, f"about {sqrt(120):.0f} by chance")


def test_the_worth_of_the_warning_kit():
    slug = "two-minutes-with-the-plant-manager"
    warned, stops, warnings = 15, 24, 30
    saved, lost = warned * (40 - 10), warnings * 6
    net = saved - lost
    says(slug, f"15 stops × 30 minutes = {saved} minutes", f"30 checks × 6 = {lost} minutes", f"net {net} minutes")
    says(slug, f"270 × 50 = {net * 50:,}", f"8 × 9,000/13,500 = {8 * 9000 / (net * 50):.1f} weeks")
    says(
        slug, f"{warned / stops:.1%}", f"about {warned / (stops - 5):.0%}", f"{3 * 9000:,}", f"{9000 // 50} minutes net"
    )
    assert (warnings - warned) / warnings == 0.5


def test_the_order_of_salt():
    slug = "one-number-for-the-salt-order"
    card = """
| 1 to 10 | −14 | 3 | −6 | 9 | 0 | 21 | −9 | 5 | −3 | 12 |
| 11 to 20 | −11 | 7 | 1 | −5 | 16 | −2 | 4 | −8 | 10 | 28 |
"""
    says(slug, *card.strip().splitlines())
    errors = [int(cell.replace("−", "-")) for row in table(card) for cell in row[1:]]

    def short(order: int) -> int:
        return sum(60 + error > order for error in errors)

    assert len(errors) == 20
    says(slug, f"{short(60)} of the last 20 weeks", f"in {short(76)} of 20 weeks", f"with 72 in {short(72)} of 20")
    assert short(88) == 0 < short(87)
    low, *_middle, high = sorted(errors)[2:-2]
    says(slug, f"−{-low} to {high}", f"{60 + low} to {60 + high} tonnes", f"{mean(errors):.1f} on average")
    ups = [str(error) for error in errors if error > 0]
    says(slug, ", ".join(ups))


def test_the_members_of_a_library():
    slug = "are-active-members-up"
    for name, before, after in [("A", 12_000, 12_600), ("B", 6_000, 5_700), ("C", 7_200, 7_560)]:
        change = after - before
        word = ("down", "fewer") if change < 0 else ("up", "more")
        says(
            slug,
            f"| {before:,} | {after:,} |",
            f"{name} {word[0]} {abs(change) / before:.1%} ({abs(change)} {word[1]})",
        )
    # Cards valid at the end of a year, by the year of issue: two years of validity, three from 2023 on.
    years = {end: [y for y in range(2015, end + 1) if y + (3 if y >= 2023 else 2) > end] for end in (2024, 2025)}
    assert years == {2024: [2023, 2024], 2025: [2023, 2024, 2025]}


def test_the_solver_on_new_hardware():
    slug = "solver-on-new-hardware"
    service, exact, waiting, library = 0.8, 96, 25, 0.05
    says(slug, f"96/0.8 = {exact / service:.0f}", f"96/25.8 = {exact / (service + waiting):.1f}")
    says(slug, f"{service / library:.0f} times on the hardware's own time")
    says(slug, f"{20 * 20} variables", f"140 stops {140 * 140:,}", "5,000 hold at most 70 stops")
    assert 70 * 70 <= 5000 < 71 * 71
    today, offered = 50 * 12 / 4, 50 * (service + waiting)
    says(
        slug,
        f"50 × 12/4 = {today:.0f} s, {today / 60:g} minutes",
        f"50 × 25.8 = {offered:,.0f} s, {offered / 60:g} minutes",
    )
    assert 30 - today / 60 > 27


def test_the_round_of_training_runs():
    slug = "sizing-training-runs"
    epoch = 640_000 // 64
    run = 12 * epoch
    steady = 6 * 60 / 400
    hours = run * steady / 3600
    says(
        slug,
        f"640,000/64 = {epoch:,} steps",
        f"{run:,} steps a run",
        f"{steady:g} s a step",
        f"= {hours:.0f} hours a run",
    )
    whole = 10 * 60 / 500
    says(slug, f"{whole:g} s a step", f"gives {run * whole / 3600:.0f} hours")
    says(slug, f"4 × 3 = 12 runs of 30 hours = {12 * hours:.0f}", f"{12 * hours * 2:.0f} in price against {120 * 2}")
    short = 3 * (160_000 // 64) * steady / 3600
    says(slug, f"{160_000 // 64:,} steps an epoch, {short:.1f} hours a run, {4 * short:g} in all")
    spent = 4 * short + 2 * hours + hours
    says(slug, f"{spent:g}, with {120 - spent:g} kept back")
    says(slug, f"30 × 0.45 = {hours * 0.45:g} hours, and 12 runs {12 * hours * 0.45:.0f}")
    # The middling answer: half of the photos for four settings, then all of them once.
    full = run * whole / 3600
    assert 4 * full / 2 + full == 120


def test_the_three_uses_of_a_language_model():
    slug = "three-language-model-features"
    assert 70 + 22 + 8 == 84 + 6 + 4 + 6 == 10 + 90 == 100
    urgent = 30_000 // 10
    says(
        slug,
        f"{urgent:,} urgent calls a year",
        f"{urgent * 2 // 10} against {urgent // 10}",
        f"8 + 85 = {8 + 90 - 5} of 100",
    )
    share, n, z = 0.8, 10, 1.959964
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    says(slug, f"about {middle - half:.0%} to {middle + half:.0%}", f"about {100 * 0.7**8:.0f} of 100 such trials")


def test_the_yoghurts_of_two_approaches():
    # Two tuned rules: the gap that is left when both have had the same effort.
    assert round(5.3 - 5.1, 1) == 0.2
    says("two-approaches-one-dropped", "5.1", "5.6", "5.3", "0.2", f"With {8 * 7} days")


def test_the_afternoon_of_three_messages():
    slug = "three-messages-one-afternoon"
    asked = 180 + 60 + 30
    there = 4 * 60
    says(slug, f"All three take {asked / 60:g} hours and there are {there // 60}")
    left = there - 30 - 10
    says(slug, f"{left // 60} hours and {left % 60} minutes are left")
    assert left > 180


def test_the_queue_of_the_repair_cafe():
    assert 30 - 11 == 19
    says("more-asked-than-possible", "30 people", "We did 19", "eight came again, three")
