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
