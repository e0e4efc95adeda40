"""The figures of the questions on data handling, recomputed from first principles."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import sqrt
from zoneinfo import ZoneInfo

import pytest

from tests.questions.figures.sums import wilson
from tests.questions.records import ENTRIES, code, says, texts


@pytest.fixture
def memory():
    """An empty database that is closed in the end."""
    with closing(sqlite3.connect(":memory:")) as database:
        yield database


def material_of(slug):
    """What the candidate sees."""
    return next(entry for entry in ENTRIES if entry.slug == slug).content.fields["material"]


def test_sources_for_a_leaf_app():
    slug = "sources-for-a-leaf-app"
    low, high = wilson(18, 100)
    says(slug, f"about {low:.0%} to {high:.0%}", f"about {8000 * 18 // 100:,} of 8,000")
    says(slug, f"about {8000 * 22 // 100:,} of 8,000", f"{900 / 1500:.0%} with blight")
    says(slug, f"cost {3000 * 2:,} euros", f"about {3000 // 10} with blight", f"right {1 - 0.1:.0%} of the time")


def test_keys_of_a_tool_library(memory):
    slug = "keys-of-a-tool-library"
    tables, statements = code(slug)
    db = memory
    db.execute("PRAGMA foreign_keys = ON")
    db.executescript(tables)
    refused, rows = [], []
    for line in statements.strip().splitlines():
        try:
            rows = db.execute(line).fetchall()
        except sqlite3.IntegrityError:
            refused.append(line[3])
    assert refused == ["B", "E", "F"]
    assert sorted(rows) == [(1, "Drill"), (1, "Saw"), (3, "Drill"), (3, "Saw")]
    both = db.execute("SELECT 1 FROM loan l JOIN tool t ON t.shelf_no = l.shelf_no AND t.branch = l.branch").fetchall()
    says(slug, f"G gives {len(rows)} rows", f"branch and shelf gives {len(both)} rows", "Accepted: A, C, D")


def test_nested_records_every_night():
    slug = "nested-records-every-night"
    says(slug, f"{20 * 730:,} GB", f"{8 * 730:,} GB", f"{30 * 8 * 0.05:.0f} GB", f"{30 * 12} GB", f"{30 * 200:,} GB")
    says(slug, f"{200 / 60:.1f} times", f"{20 / 12:.1f} times", f"{8000 / 32:.0f} MB", f"{8000 / 1440:.1f} MB")
    (sample,) = code(slug)
    says(slug, f"{sample.count('<scan')} scans", f"{sample.count('<scan') * 12.5:.2f}", f"{24 * 60:,} files")


def test_objects_on_tram_rails():
    slug = "objects-on-tram-rails"
    clips = {"A": 10_000, "B": 20_000, "C": 1_970_000}
    assert sum(clips.values()) == 2_000_000
    readings = 500 * 3600 // 30
    objects = clips["A"] * 6 // 500, clips["B"] * 2 // 500
    says(slug, f"{readings:,} readings", f"about {objects[0]} + {objects[1]} = {sum(objects)}")
    says(slug, f"about {readings * sum(objects) // 2_000_000} of them", f"{6 / 500:.1%}", f"{2 / 500:.1%}")
    assert f"{1 - (1 - 3 / 2000) ** 2000:.2f}" == "0.95"
    says(slug, f"{3 / 2000:.2%}", f"{clips['C'] * 3 // 2000:,} clips", f"{3 / 20000:.3%}")
    says(slug, f"about {clips['C'] * 3 / 20000:.0f} clips", f"{clips['C'] / 20000} times")
    assert 2 * clips["A"] + clips["B"] + 20_000 == readings
    trial = 500 + 500 + 2000
    says(slug, f"{6 + 2} of the {trial:,} trial clips", f"{1 - 8 / trial:.1%}", f"0.2% is {trial * 2 // 1000} disputed")
    low, high = wilson(6, 500)
    assert round(clips["A"] * low, -1) in (50, 60)
    says(slug, f"{low:.1%} to {high:.1%}", f"{clips['A'] * low:.0f} to {clips['A'] * high:.0f} objects")
    says(slug, f"{6 * 6 / 5} in all")


def kappa(both, first, second, neither):
    """Observed agreement, agreement by chance, Cohen's kappa and the agreement on the first mark."""
    n = both + first + second + neither
    observed = (both + neither) / n
    chance = ((both + first) * (both + second) + (neither + first) * (neither + second)) / n**2
    return observed, chance, (observed - chance) / (1 - chance), 2 * both / (2 * both + first + second)


def test_two_readers_of_repair_reports():
    slug = "two-readers-of-repair-reports"
    observed, chance, value, urgent = kappa(10, 10, 10, 170)
    says(slug, f"180/200 = {observed:.0%}", f"{chance:.0%} is expected", f"0.08/0.18 = {value:.2f}", f"{urgent:.0%}")
    spread = sqrt(observed * (1 - observed) / 200) / (1 - chance)
    says(slug, f"about {value - 1.96 * spread:.2f} to {value + 1.96 * spread:.2f}")
    wrong = (1 - sqrt(1 - 2 * 0.10)) / 2
    says(slug, f"e = {wrong:.1%}", f"{1 - wrong:.1%}", "7 + 5 = 12", "5 + 3 = 8", f"192/200 = {1 - 8 / 200:.0%}")
    # Of the ten that A alone called urgent 7 were; of the ten that B alone called urgent 5 were, so 5 were not.
    assert (7 + (10 - 5), (10 - 7) + 5) == (12, 8)
    observed, chance, value, urgent = kappa(16, 3, 3, 178)
    says(slug, f"194/200 = {observed:.0%}", f"(0.97 − {chance:.3f})/(1 − {chance:.3f}) = {value:.2f}", f"{urgent:.0%}")


def test_pump_failures_too_good():
    slug = "pump-failures-too-good"
    assert 600 * 50 == 30_000
    says(slug, f"({600 / 30_000:.0%})", f"about {600 // 3} failures", f"in about {600 - 600 // 3}")


def rows_of(text, table):
    """The cells of a markdown table in a text: the first one, or the one under the name `table`."""
    lines = text[text.index(f"`{table}`") if table else 0 :].splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("|"))
    found = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def test_temperature_as_it_was_known(memory):
    slug = "temperature-as-it-was-known"
    material = material_of(slug)
    db = memory
    db.execute("CREATE TABLE checks (check_id INT, store, checked_at)")
    db.execute("CREATE TABLE readings (reading_id INT, store, measured_at, arrived_at, temp REAL)")
    db.executemany("INSERT INTO checks VALUES (?, ?, ?)", rows_of(material, "checks"))
    db.executemany("INSERT INTO readings VALUES (?, ?, ?, ?, ?)", rows_of(material, "readings"))
    (query,) = code(slug)
    found = db.execute(query).fetchall()
    assert found == [(1, 4.0), (2, 5.0), (3, 3.0), (4, None)]
    says(slug, "; ".join(f"{check}, {'null' if temp is None else temp}" for check, temp in found))
    looks_ahead = db.execute(query.replace("AND x.arrived_at <= c.checked_at", "")).fetchall()
    assert looks_ahead == [(1, 7.5), (2, 6.0), (3, 3.0), (4, None)]
    db.execute("UPDATE readings SET arrived_at = '2027-03-02 00:00'")
    assert {temp for _, temp in db.execute(query)} == {None}


def test_a_bus_file_before_seven():
    slug = "a-bus-file-before-seven"
    assert (3600 / 60, -300 / 60) == (60, -5)
    says(slug, f"95/60 = {95 / 60:.1f}", f"({61_300 / 120_000:.0%})", f"({14 / 61_300:.2%})")
    assert {f"{second / 60:.1f}" for second in range(94, 99)} == {"1.6"}


def test_heat_forecasts_alike_all_year():
    slug = "heat-forecasts-alike-all-year"
    (block,) = code(slug)
    names: dict = {}
    exec(block[: block.index("# Training")], names)  # noqa: S102 - our own record
    evenings = [-4, -2, 0, 2, 4], [16, 18, 20, 22, 24]
    as_text = [", ".join(f"{value:.2f}" for value in names["scale"](evening)) for evening in evenings]
    assert as_text == ["-1.41, -0.71, 0.00, 0.71, 1.41"] * 2
    says(slug, "−1.41, −0.71, 0, 0.71, 1.41", f"{names['pstdev'](evenings[0]):.2f}")
    january, july = ([(value - 10) / 8 for value in evening] for evening in evenings)
    says(slug, f"−{-january[0]} to −{-january[-1]}", f"−{-january[2]}", f"{july[0]} to {july[-1]}", f"{july[2]}")
    with pytest.raises(ZeroDivisionError):
        names["scale"]([7])
    assert [f"{value:.1f}" for value in names["scale"]([16, 18, 20, 22, 999])[:-1]] == ["-0.5"] * 4


def test_rides_on_the_night_of_the_clocks():
    slug = "rides-on-the-night-of-the-clocks"
    town = ZoneInfo("Europe/Paris")
    found = {}
    for ride, start, end in rows_of(material_of(slug), None):
        lengths = set()
        for first in instants(start, town):
            lengths |= {
                int((last - first).total_seconds() // 60) for last in instants(end, town) if timedelta() < last - first
            }
        found[ride] = sorted(lengths)
    assert found == {"1": [180], "2": [40], "3": [20, 80], "4": [30], "5": []}
    says(slug, "180 minutes, not 120", "20 or 80 minutes", "30 minutes, not 90")
    for local in ["2025-10-26 01:30", "2025-10-26 03:30", "2025-03-30 01:40", "2025-03-30 03:10"]:
        (instant,) = instants(local, town)
        says(slug, f"{instant:%H:%M}")
    assert [f"{instants(local, town)[fold]:%H:%M}" for local, fold in [("2025-10-26 02:40", 0), ("2025-10-26 02:20", 1)]] == [
        "00:40",
        "01:20",
    ]  # fmt: skip
    for day, hours in [((2025, 10, 26), 25), ((2025, 3, 30), 23)]:
        midnight = datetime(*day, tzinfo=town)
        following = datetime(*day[:2], day[2] + 1, tzinfo=town)
        assert (following.astimezone(UTC) - midnight.astimezone(UTC)) == timedelta(hours=hours)


def instants(local, zone):
    """The moments in UTC at which clocks of a zone showed a local time: one, two or none."""
    read = datetime.fromisoformat(local).replace(tzinfo=zone)
    both = {read.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(
        moment for moment in both if moment.astimezone(zone).replace(tzinfo=None) == read.replace(tzinfo=None)
    )


def test_two_farm_registers():
    slug = "two-farm-registers"
    assert 40_000 * 25_000 == 10**9
    assert 500 * (40_000 // 500) * (25_000 // 500) == 2_000_000 == 18_000 + 3_000 + 6_000 + 1_973_000
    bands = [(18_000, 198), (3_000, 140), (6_000, 30)]
    true = [pairs * same // 200 for pairs, same in bands]
    says(slug, *(f"{number:,}" for number in true), f"{sum(true):,} in the three")
    compared = 372 / 400
    for cut, recall_said in [(1, True), (2, True), (3, False)]:
        links, right = sum(pairs for pairs, _ in bands[:cut]), sum(true[:cut])
        says(slug, f"{right / links:.1%}")
        if recall_said:
            says(slug, f"{right / sum(true):.1%}", f"{right / sum(true) * compared:.1%}")
    by_clerk = true[0] + true[1], bands[0][0] + true[1]
    says(slug, f"{by_clerk[0]:,} true of {by_clerk[1]:,}", f"{by_clerk[0] / by_clerk[1]:.1%}")
    says(slug, f"{28 / 400:.0%}", f"{3 / 400:.2%}", f"{1_973_000 * 3 / 400:,.0f} pairs", f"{100 * 60:,} pairs")
    says(slug, f"25,000 − {sum(true):,} = {25_000 - sum(true):,}", f"19,920/25,000 = {sum(true[:2]) / 25_000:.1%}")
    low, high = wilson(140, 200)
    says(slug, f"{low:.0%} to {high:.0%}")
    assert (round(3_000 * low, -1), round(3_000 * high, -1)) == (1_900, 2_280)
    says(slug, "1,900 to 2,280")


def test_blanks_and_impossible_values():
    slug = "blanks-and-impossible-values"
    blank, filled = 6_000 * 0.12, 1_600 - 6_000 * 0.12
    says(slug, f"{blank:.0f} defaults in 6,000", f"{filled:.0f} in 14,000 ({filled / 14_000:.1%})")
    error = sqrt(0.08 * 0.92 * (1 / 6_000 + 1 / 14_000))
    says(slug, f"about {(blank / 6_000 - filled / 14_000) / error:.1f} standard errors")
    kept = 1_600 - 13_000 * 0.05
    says(slug, f"7,000 of 20,000 ({7_000 / 20_000:.0%})", f"{kept / 7_000:.1%} against {1_600 / 20_000:.1%}")
    says(slug, f"{(400 * 999 + 19_600 * 7.0) / 20_000}", f"{200 * 0.08:.0f} of 200 against {1_600 - 16:,} of 19,800")


def test_json_ids_and_dates():
    slug = "json-ids-and-dates"
    (text,) = code(slug)
    first, second = json.loads(text)
    assert (first["order_id"], second["order_id"]) == (2**53, 2**53 + 1)
    assert float(second["order_id"]) == first["order_id"]
    assert [key in second["customer"] for key in ("id", "email")] == [True, False]
    assert sum(Decimal(str(line["price"])) * line["qty"] for line in first["lines"]) == Decimal("44.85")
    says(slug, f"{2**53}", f"{2**53 + 1}", f"{2 * 44.85:.2f}")
    says(slug, f"{datetime.fromisoformat(second['placed']).astimezone(UTC):%H:%M} UTC")


def test_sql_monthly_ad_views(memory):
    slug = "sql-monthly-ad-views"
    material = material_of(slug)
    db = memory
    db.execute("CREATE TABLE ads (ad_id INT, name)")
    db.execute("CREATE TABLE views (view_id INT, ad_id INT, user_id, viewed_at)")
    db.executemany("INSERT INTO ads VALUES (?, ?)", rows_of(material, "ads"))
    views = [[None if cell == "NULL" else cell for cell in row] for row in rows_of(material, "views")]
    db.executemany("INSERT INTO views VALUES (?, ?, ?, ?)", views)
    (query,) = (found for text in texts(slug) for found in re.findall(r"`(SELECT [^`]+;)`", text))
    found = [(ad, seen, people) for ad, _, seen, people in db.execute(query)]
    assert found == [(1, 3, 2), (2, 2, 1), (3, 0, 0), (4, 0, 0)]
    says(slug, "; ".join(", ".join(map(str, row)) for row in found))
    in_where = db.execute(query.replace("AND v.viewed_at >=", "WHERE v.viewed_at >=")).fetchall()
    assert [row[0] for row in in_where] == [1, 2]
    counted = db.execute(query.replace("COUNT(DISTINCT v.view_id)", "COUNT(*)")).fetchall()
    assert [row[2] for row in counted] == [4, 2, 1, 1]
    to_the_31st = db.execute(query.replace("< '2025-04-01'", "<= '2025-03-31'")).fetchall()
    assert to_the_31st[1][2] == 1
