"""What the questions on choosing and setting classical models say, worked again from the card the candidate sees."""

from itertools import pairwise, product, takewhile
from math import comb, erf, exp, log2, prod, sqrt

from tests.questions.records import ENTRIES, says

MATERIAL = {entry.slug: entry.content.fields["material"] for entry in ENTRIES}


def table(slug, *header):
    """The rows of the first table of a card whose heading starts with the cells of `header`."""
    lines = [[cell.strip() for cell in line.strip(" |").split("|")] for line in MATERIAL[slug].splitlines()]
    start = next(at for at, cells in enumerate(lines) if cells[: len(header)] == list(header))
    return list(takewhile(lambda cells: len(cells) > 1, lines[start + 2 :]))


def number(text):
    return float(text.replace(",", "").replace("−", "-").replace("+", "").rstrip("%"))


def percent(share, digits=1):
    return f"{100 * share:.{digits}f}%"


def test_the_rent_models_err_as_is_said():
    slug = "three-rent-models"
    truth, noise, fits = 1000, 50, 20
    parts, total = {}, {}
    for name, _training, validation, mean, sd in table(slug, "Model", "Training RMSE"):
        short, spread = number(mean) - truth, number(sd)
        parts[name[0]] = short**2, spread**2, noise**2
        total[name[0]] = sum(parts[name[0]])
        assert abs(sqrt(total[name[0]]) - number(validation)) < 1
    for name, (bias, variance, floor) in parts.items():
        says(slug, f"{bias:,.0f} + {variance:,.0f} + {floor:,} = {total[name]:,.0f} (RMSE {sqrt(total[name]):.1f})")
    a, b, c = parts.values()
    assert a[0] > a[1] + a[2]
    assert c[1] > c[0] + c[2]
    assert b[0] < b[1] == b[2]
    assert min(total, key=total.get) == "B"
    says(slug, f"√{a[0] + a[2]:,.0f} = {sqrt(a[0] + a[2]):.0f}", f"√{c[0] + c[2]:,.0f} = {sqrt(c[0] + c[2]):.0f}")
    says(slug, f"110/√20 = {sqrt(c[1] / fits):.1f}", f"20/√20 = {sqrt(a[1] / fits):.1f}")


def test_averaging_trees_takes_away_what_is_said():
    slug = "which-ensemble-for-which-tree"
    bias, variance, noise, whole = (
        [number(cell) for cell in row[1:]] for row in table(slug, "Part of the expected squared error")
    )
    alike = [number(cell) for cell in table(slug, "Other measurement")[0][1:]]
    assert whole == [sum(parts) for parts in zip(bias, variance, noise, strict=True)]
    says(slug, f"100/129 = {percent(variance[0] / whole[0], 0)}", f"90/121 = {percent(bias[1] / whole[1], 0)}")

    def averaged(at, trees, likeness):
        return likeness * variance[at] + (1 - likeness) * variance[at] / trees

    deep, shallow = averaged(0, 200, alike[0]), averaged(1, 200, alike[1])
    left = [bias[0] + deep + noise[0], bias[1] + shallow + noise[1]]
    says(slug, f"25 + 75/200 = {deep:.1f}, total {left[0]:.1f}, RMSE {sqrt(left[0]):.1f} instead of {sqrt(129):.1f}")
    says(
        slug, f"3.6 + 2.4/200 = {shallow:.2f}, total {left[1]:.1f}, RMSE {sqrt(left[1]):.1f} instead of {sqrt(121):.1f}"
    )
    says(slug, f"a floor of {alike[0] * variance[0]:.0f}", "about 54 against about 119")
    assert [round(total) for total in left] == [54, 119]
    forest = averaged(0, 200, 0.10)
    says(slug, f"variance {forest:.2f}, total {forest + 29:.2f}, RMSE {sqrt(forest + 29):.1f}")
    says(slug, f"about {percent(exp(-1), 0)} of the rows")
    # The variance of an average, from the table of covariances of so many trees.
    trees = 40
    cells = product(range(trees), repeat=2)
    summed = sum(variance[0] * (1 if i == j else alike[0]) for i, j in cells) / trees**2
    assert abs(summed - averaged(0, trees, alike[0])) < 1e-9


def test_the_two_penalties_shrink_as_the_table_shows():
    slug = "lasso-or-ridge-monthly-refit"
    inputs = {name: [number(cell) for cell in cells] for name, *cells in table(slug, "Input")}
    names, near = list(inputs), 0.99
    for month in (0, 3):
        plain, p, q = ({name: inputs[name][month + at] for name in names} for at in range(3))
        pair = [plain["Thermometer 1"], plain["Thermometer 2"]]
        assert sum(pair) == 2
        # How each input goes with the target; the two thermometers lend each other nearly all of theirs.
        pull = {name: plain[name] for name in names[:3]}
        pull |= {"Thermometer 1": pair[0] + near * pair[1], "Thermometer 2": pair[1] + near * pair[0]}
        lasso, ridge = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
        other = {"Thermometer 1": "Thermometer 2", "Thermometer 2": "Thermometer 1"}
        for _ in range(3000):
            for name in names:
                for fit in (lasso, ridge):
                    rest = pull[name] - (near * fit[other[name]] if name in other else 0)
                    fit[name] = max(abs(rest) - 1, 0) * (1 if rest > 0 else -1) if fit is lasso else rest / 2
        assert {name: f"{value:.2f}" for name, value in lasso.items()} == {name: f"{p[name]:.2f}" for name in names}
        assert {name: f"{value:.2f}" for name, value in ridge.items()} == {name: f"{q[name]:.2f}" for name in names}
        sums = [fit["Thermometer 1"] + fit["Thermometer 2"] for fit in (lasso, ridge)]
        says(slug, f"P has {sums[0]:.2f} in all, Q {sums[1]:.2f}")


def test_the_six_tasks_hold_the_counts_that_are_said():
    slug = "six-tasks-six-signals"
    says(
        slug,
        f"300 of 60,000, or {percent(300 / 60_000)}",
        f"{60_000 - 300:,} unmarked",
        f"{24 * 60 // 10} choices a day",
    )


def test_the_van_goes_to_the_delivery_that_is_likelier_to_pass_the_limit():
    slug, limit = "late-or-how-late", 30
    beyond = {}
    for name, mean, sd in table(slug, "Delivery"):
        steps = (limit - number(mean)) / number(sd)
        beyond[name] = (1 - erf(steps / sqrt(2))) / 2
        says(slug, f"({limit} − {mean})/{sd} = {steps:g} SD")
    assert beyond["Y"] > beyond["X"]
    says(slug, percent(beyond["X"], 0), percent(beyond["Y"], 0))
    says(slug, f"1 SD, so about {percent(beyond['X'], 0)}. Y:", f"0.5 SD, so about {percent(beyond['Y'], 0)}. The van")
    for steps, share in table(slug, "Distance above the mean of a bell shape"):
        assert share == percent((1 - erf(number(steps.split()[0]) / sqrt(2))) / 2, 0)
    says(
        slug, "60,000", "2,400", f"{percent(2400 / 60000, 0)} late", f"never firing is right in {percent(1 - 0.04, 0)}"
    )


def test_pruning_from_the_bottom_up_takes_out_two_nodes():
    slug = "mildew-tree-pruning"
    leaves = {row[0]: (row[1], *map(int, row[2:])) for row in table(slug, "Leaf")}
    assert [sum(leaf[at] for leaf in leaves.values()) for at in (1, 2)] == [117, 283]
    assert sum(sum(leaf[1:3]) for leaf in leaves.values()) == 400
    assert sum(sum(leaf[3:5]) for leaf in leaves.values()) == 200
    tree = ("N1", ("N2", ("N4", "a", "b"), "c"), ("N3", "d", "e"))
    seen = {}

    def counts(node):
        if isinstance(node, str):
            return leaves[node][1:]
        return tuple(sum(pair) for pair in zip(*map(counts, node[1:]), strict=True))

    def as_leaf(node):
        """Errors on training and pruning rows when the node says what most of its training rows are."""
        mildew, clear, fresh_mildew, fresh_clear = counts(node)
        return (clear, fresh_clear) if mildew > clear else (mildew, fresh_mildew)

    def grown(node):
        if isinstance(node, str):
            assert leaves[node][0] == ("mildew" if leaves[node][1] > leaves[node][2] else "clear")
            return as_leaf(node)
        return tuple(sum(pair) for pair in zip(*map(grown, node[1:]), strict=True))

    def pruned(node):
        if isinstance(node, str):
            return (*as_leaf(node), 1)
        branch = tuple(sum(three) for three in zip(*map(pruned, node[1:]), strict=True))
        leaf = as_leaf(node)
        seen[node[0]] = (branch[1], leaf[1])
        return (*leaf, 1) if leaf[1] <= branch[1] else branch

    before, after = grown(tree), pruned(tree)
    assert seen == {"N4": (20, 14), "N3": (19, 13), "N2": (26, 46), "N1": (39, 59)}
    assert (before, after) == ((68, 51), (77, 39, 3))
    says(slug, f"from {before[1]} errors ({percent(before[1] / 200)}) to {after[1]} ({percent(after[1] / 200)})")
    says(slug, f"from {before[0]} errors ({percent(before[0] / 400)}) to {after[0]} ({percent(after[0] / 400, 2)})")
    wrong = {name: as_leaf(name)[1] for name in "abcde"}
    says(slug, f"{wrong['a']} + {wrong['b']} = 20 as a branch, 14 as a leaf")
    says(slug, f"{wrong['d']} + {wrong['e']} = 19 as a branch, 13 as a leaf")
    says(slug, f"with N4 pruned it makes 14 + {wrong['c']} = 26 errors", "26 + 13 = 39 errors")
    says(slug, "26 errors, as a leaf that says clear 46", "39 errors, as a leaf 59")
    n4, n3 = tree[1][1], tree[2]
    prices = {node[0]: (as_leaf(node)[0] - grown(node)[0]) / 400 for node in (n3, n4)}
    says(slug, f"(32 − 28)/400 = {prices['N3']:.4f}", f"(25 − 20)/400 = {prices['N4']:.4f}")
    full = {"N2": (as_leaf(tree[1])[0] - grown(tree[1])[0]) / 400 / 2, "N1": (as_leaf(tree)[0] - before[0]) / 400 / 4}
    assert min(prices.values()) < max(prices.values()) < min(full.values())
    # With N3 and N4 gone: the root has two splits left, N2 has one.
    root = (as_leaf(tree)[0] - after[0]) / 400 / 2
    n2 = (as_leaf(tree[1])[0] - as_leaf(n4)[0] - as_leaf("c")[0]) / 400
    assert root < n2
    says(slug, f"until α = {root:.2f}")
    labels_of_n2 = counts(tree[1])
    says(slug, f"{labels_of_n2[3]} in place of {labels_of_n2[2]}", "65 to 25", "32 to 188")


def gini(*counts):
    return 1 - sum((n / sum(counts)) ** 2 for n in counts)


def bits(*counts):
    """Entropy in bits."""
    return sum(-n / sum(counts) * log2(n / sum(counts)) for n in counts if n)


def test_the_splits_of_a_node_are_worth_what_is_said():
    slug = "three-splits-of-a-node"
    rows = table(slug, "Split")
    splits = {
        name: [(int(f), int(s)) for split, _, f, s in rows if split.startswith(name + ":")] for name in ("P", "Q")
    }
    splits["R"] = [(1, 0)] * 60 + [(0, 1)] * 60
    drop, gain, ratio = {}, {}, {}
    for name, branches in splits.items():
        assert [sum(side) for side in zip(*branches, strict=True)] == [60, 60]
        sizes = [sum(branch) for branch in branches]
        drop[name] = gini(60, 60) - sum(size / 120 * gini(*b) for size, b in zip(sizes, branches, strict=True))
        gain[name] = bits(60, 60) - sum(size / 120 * bits(*b) for size, b in zip(sizes, branches, strict=True))
        ratio[name] = gain[name] / bits(*sizes)
    assert [sum(min(b) for b in splits[name]) for name in ("P", "Q")] == [30, 30]
    assert max(drop, key=drop.get) == "R" == min(ratio, key=ratio.get)
    assert drop["Q"] > drop["P"]
    says(slug, f"a drop of {drop['P']:.3f}", f"a drop of {drop['Q']:.3f}", f"a drop of {drop['R']:.1f}")
    # Two branches hold a column of names back no more than 120 do: the faulty names here, the sound ones there.
    in_two = gini(60, 60) - (60 * gini(60, 0) + 60 * gini(0, 60)) / 120
    says(slug, f"again with a drop of {in_two:.1f}")
    says(slug, f"1 − 0.25 − 0.25 = {gini(60, 60):.1f}", f"1 − 0.75² − 0.25² = {gini(45, 15):.3f}")
    says(slug, f"1 − (1/3)² − (2/3)² = {gini(30, 60):.3f}", "30 of 120 either way")
    says(slug, f"{gini(45, 15):.3f}", f"{gini(30, 60):.3f}", f"90/120 × 0.444 = {90 / 120 * gini(30, 60):.3f}")
    says(slug, f"{gain['P']:.3f} for P and {gain['Q']:.3f} for Q")
    says(slug, f"P {gain['P']:.3f}/1 = {ratio['P']:.3f}")
    says(slug, f"Q {gain['Q']:.3f}/{bits(30, 90):.3f} = {ratio['Q']:.3f}", f"R 1/{log2(120):.3f} = {ratio['R']:.3f}")


def test_the_card_and_the_list_cost_what_is_said():
    slug = "card-or-nightly-list"
    found = [(int(row[1]), int(row[2])) for row in table(slug, "Model")]
    (short, short_sd), (deep, deep_sd), (points, points_sd), (boosted, boosted_sd) = found
    assert deep < short < points < boosted
    assert deep_sd == max(sd for _, sd in found)
    says(slug, f"{boosted - short} more unsafe homes a month, {percent(boosted / short - 1, 0)} more")
    spread = sqrt(short_sd**2 + boosted_sd**2)
    says(slug, f"√(12² + 9²) = {spread:.0f}", f"{boosted - short} homes, or {boosted - points} with points")
    assert round((boosted - short) / spread) == 5
    says(slug, f"by {points - short} against √(12² + 8²) = {sqrt(short_sd**2 + points_sd**2):.1f}")
    says(
        slug, f"{boosted} against {short} is {boosted - short} more", f"the tree finds {short} and the points {points}"
    )
    says(slug, f"{deep} found, SD {deep_sd}, the same first question in only 4 of 10")
    says(slug, f"The gap of {boosted - short} is about 5 times")
    says(slug, f"2³ = {2**3} leaves", f"2¹² = {2**12:,} leaves")


def test_the_whole_table_answers_what_the_answer_alone_cannot():
    slug = "whole-table-or-answer-only"
    faulty, sound = ([int(cell) for cell in row[1:]] for row in table(slug, "State"))
    assert (sum(faulty[:4]), sum(sound[:4])) == (faulty[4], sound[4]) == (100, 900)
    chances = [f / (f + s) for f, s in zip(faulty[:4], sound[:4], strict=True)]
    says(slug, f"50/75 = {percent(chances[0])}", f"30/105 = {percent(chances[1])}")
    says(slug, f"10/100 = {percent(chances[2])}", f"10/720 = {percent(chances[3])}")
    hot_faulty, hot = sum(faulty[:2]), sum(faulty[:2]) + sum(sound[:2])
    says(slug, f"{hot_faulty}/{hot} = {percent(hot_faulty / hot)}", percent((chances[0] + chances[1]) / 2))
    says(slug, f"averaging {percent(chances[0])} and {percent(chances[1])} evenly gives")
    factor = (0.02 / 0.98) / (0.10 / 0.90)
    says(slug, "(0.02/0.98) ÷ (0.10/0.90)")
    odds = chances[0] / (1 - chances[0]) * factor
    says(slug, f"2 × {factor:.3f} = {odds:.3f}, that is {percent(odds / (1 + odds))}")
    hot_odds = hot_faulty / (hot - hot_faulty) * factor
    says(slug, f"{percent(hot_odds / (1 + hot_odds))} at 2%")
    # The joint model comes to the same figure by swapping its prior.
    joint = 0.02 * faulty[0] / 100, 0.98 * sound[0] / 900
    assert abs(joint[0] / sum(joint) - odds / (1 + odds)) < 1e-12
    errors = {row[0]: [number(cell) for cell in row[1:]] for row in table(slug, "Checks used")}
    # On few checks D loses even to never reporting a fault; what is installed beats it.
    silent = 100 * sum(faulty[:4]) / 1000
    assert errors["G"][0] < silent < errors["D"][0]
    assert errors["D"][-1] < errors["G"][-1] < silent
    says(slug, f"never reporting a fault errs in {silent:.0f}%")
    says(slug, f"North: G, {errors['G'][0]:.0f}% against {errors['D'][0]:.0f}%")
    says(slug, f"South: D, {errors['D'][-1]:.0f}% against {errors['G'][-1]:.0f}%")


def test_the_mail_sorter_prints_what_is_said():
    slug = "council-mail-sorter"
    counts = {row[0]: (int(row[1]), int(row[2])) for row in table(slug, "Word")}
    letters = (60, 40)

    def score(*words, smooth=0):
        return [0.5 * prod((counts[w][f] + smooth) / (letters[f] + 2 * smooth) for w in words) for f in (0, 1)]

    plain, doubled = score("bin", "lorry"), score("bin", "lorry", "truck")
    says(slug, f"0.5 × 0.1 × 0.2 = {plain[0]:.2f}", f"0.5 × 0.6 × 0.4 = {plain[1]:.2f}", percent(plain[1] / sum(plain)))
    says(slug, f"Roads {doubled[0]:.3f}, Waste {doubled[1]:.3f}", percent(doubled[1] / sum(doubled)))
    odds = [s[1] / s[0] for s in (plain, doubled)]
    says(slug, f"{odds[0]:.0f} to 1, {odds[1]:.0f} to 1, {odds[1] * 2:.0f} to 1")
    hard, soft = score("pothole", "bin"), score("pothole", "bin", smooth=1)
    assert hard[1] == 0 < hard[0]
    says(slug, "31/62 and 1/42", "7/62 and 25/42", percent(soft[0] / sum(soft)))
    assert [counts[w][1] * 60 / (counts[w][0] * 40) for w in ("bin", "lorry")] == [6, 2]
    says(slug, "bin favours Waste 6 to 1, lorry 2 to 1", f"so Waste with {percent(plain[1] / sum(plain))}")
    says(slug, f"so Waste with {percent(doubled[1] / sum(doubled))}", "0.5 × 0 × 0.6 = 0, so Roads with 100%")


def test_the_controller_holds_what_is_said():
    slug = "models-on-a-valve-controller"
    says(slug, f"{25 + 1} numbers, {(25 + 1) * 4} bytes")
    net = 25 * 40 + 40 + 40 + 1
    says(slug, f"25 × 40 + 40 + 40 + 1 = {net:,} numbers, {net * 4:,} bytes")
    row = 25 * 4
    says(slug, f"{row} bytes a row, so {row * 10_000 / 1e6:g} MB at 10,000 rows and {row * 1_000_000 / 1e6:g} MB")

    def nodes(leaves):
        return 2 * leaves - 1

    says(slug, f"{nodes(900):,} nodes or {nodes(900) * 16:,} bytes")
    says(slug, f"{900 * 100:,} leaves, {nodes(90_000):,} nodes and {nodes(90_000) * 16 / 1e6:.2f} MB")
    says(slug, f"{nodes(64)} nodes, {nodes(64) * 16:,} bytes", "25 million differences")
    assert nodes(90_000) * 16 < 4e6 < row * 1_000_000
    most = 125_000
    assert nodes(most) * 16 <= 4e6 < nodes(most + 1) * 16
    says(slug, f"at most {most:,} leaves, one for every {1_000_000 // most} rows; now there is one for every 11")
    assert round(10_000 / 900) == 11
    says(slug, f"{nodes(1_000_000):,} nodes, {nodes(1_000_000) * 16 / 1e6:.0f} MB")


def test_the_learning_curves_cross_and_meet_as_said():
    slug = "clinic-and-maker-rows"
    curves = {}
    for rows, *cells in table(slug, "Training rows"):
        for name, cell in zip(("bayes", "logistic", "trees"), cells, strict=True):
            errors, spread = cell.split(", SD ")
            curves.setdefault(name, {})[rows] = (*map(number, errors.split(" / ")), float(spread))
    for curve in curves.values():
        training, held_out, _ = zip(*curve.values(), strict=True)
        assert all(a <= b for a, b in pairwise(training))
        assert all(a >= b for a, b in pairwise(held_out))
    few, many = "200", "20,000"
    assert abs(curves["bayes"][few][1] - curves["logistic"][few][1]) < curves["logistic"][few][2]
    assert curves["bayes"][many][0] == curves["bayes"][many][1] == 18
    assert curves["logistic"][many][0] == curves["logistic"][many][1] == 15
    says(slug, "18% and 19%, SD 2", "0% against 26%", "they lead from 20,000 rows on (9% against 15% and 18%)")
    assert [curves[name][few][1] for name in ("logistic", "bayes", "trees")] == [18, 19, 26]
    assert curves["trees"][few][0] == 0
    says(slug, "At 2,000 rows 14% against 15% with SD 1")
    assert [curves[name]["2,000"][1:] for name in ("trees", "logistic")] == [(14, 1), (15, 1)]
    low, high, _ = curves["trees"][many]
    says(slug, f"between {low:.0f}% and {high:.0f}%", "near 18%", "near 15%")
    assert abs(curves["trees"]["2,000"][1] - curves["logistic"]["2,000"][1]) <= 1
    says(slug, f"a standard error of {100 * sqrt(0.18 * 0.82 / 50):.1f} points")


def test_averaged_lines_stay_a_line_and_the_bend_hides_in_the_mean():
    slug = "town-load-next-models"
    bands = table(slug, "Temperature")
    parts = [number(share) / 100 * number(error) for _, share, error, _ in bands]
    assert all(single == bagged for _, _, single, bagged in bands)
    assert sum(number(share) for _, share, _, _ in bands) == 100
    assert abs(sum(parts)) < 1e-9
    says(slug, "(" + f"{parts[0]:g} − {-parts[1]:.1f} − {-parts[2]:.1f} + {parts[3]:.1f}" + ")")
    scores = {row[0]: number(row[1]) for row in table(slug, "Model")}
    week, line = scores["Same hour a week before"], scores["Linear regression"]
    assert sum(abs(part) for part in parts) < line
    says(slug, f"{percent(1 - line / week, 0)} better than last week's figure ({line:.1f} against {week:.1f})")
    for x in (-3, 0, 7):
        assert ((2 + 3 * x) + (4 + 5 * x)) / 2 == 3 + 4 * x
    says(slug, "2 + 3x and 4 + 5x average to 3 + 4x", f"2/(2 + 1) = {percent(2 / 3, 0)}", f"{3 * 365 * 24:,} rows")
    # The forecast that costs least when too low costs double, found by search over a plain spread of outcomes.
    outcomes = range(300)

    def cost(forecast):
        return sum(2 * (real - forecast) if real > forecast else forecast - real for real in outcomes)

    assert min(outcomes, key=cost) in (199, 200)


def test_the_kernel_matrix_and_the_paired_samples_are_what_is_said():
    slug = "grain-spectra-and-claims"
    pairs = table(slug, "Samples")
    both, svm_only, trees_only, neither = (int(cell) for row in pairs for cell in row[1:])
    assert both + svm_only + trees_only + neither == 90
    says(slug, f"{both + svm_only} of 90 against {both + trees_only} of 90", f"{svm_only} against {trees_only} samples")
    once = svm_only + trees_only
    chance = 2 * sum(comb(once, k) for k in range(trees_only + 1)) / 2**once
    says(slug, f"p = {chance:.3f}")
    says(slug, f"200,000² × 8 bytes = {200_000**2 * 8 / 1e9:.0f} GB ({10_000**2 * 8 / 1e9:.1f} GB for 10,000)")
    square, cube = (200_000 // 10_000) ** 2, (200_000 // 10_000) ** 3
    says(
        slug, f"{square} to {cube:,} times 8 minutes, that is {square * 8 / 60:.0f} hours to {cube * 8 / 1440:.0f} days"
    )
    says(slug, f"{0.04 * 20_000:.0f} of 20,000")


def test_the_kernel_by_hand_is_the_widest_margin_of_its_feature_space():
    slug = "kernel-worked-by-hand"
    rows = {row[0]: [number(cell) for cell in row[1:] if "/" not in cell] for row in table(slug, "Bottle")}
    xs, ys = rows["x"], rows["Mark y (1 sound, −1 rejected)"]
    alpha, b = 1 / 9, 5 / 3

    def kernel(u, v):
        return (1 + u * v) ** 2

    def phi(x):
        return 1, sqrt(2) * x, x * x

    def score(x):
        return b + sum(alpha * y * kernel(at, x) for at, y in zip(xs, ys, strict=True))

    for u, v in product([-2, -1, 0.5, 1, 2], repeat=2):
        assert abs(kernel(u, v) - sum(p * q for p, q in zip(phi(u), phi(v), strict=True))) < 1e-9
    for x in (-3.0, -1.2, 0.0, 0.7, 2.5):
        assert abs(score(x) - (5 / 3 - 2 / 3 * x * x)) < 1e-9
    # The conditions of the best hard margin: weights balance, and every bottle with a weight scores exactly its mark.
    assert sum(alpha * y for y in ys) == 0
    assert all(abs(score(x) - y) < 1e-9 for x, y in zip(xs, ys, strict=True))
    says(slug, "f(x) = 5/3 − (2/3) x²", "φ(x) = (1, √2 x, x²)", "(1 + uv)² = 1 + 2uv + u²v²", "x² = 2.5")
    says(slug, f"f(0) = {score(0):.3f}", f"f(1.5) = {score(1.5):.3f}", f"f(3) = −{-score(3):.3f}")
    says(slug, f"−{sqrt(2.5):.2f} and {sqrt(2.5):.2f}", f"k(1, 2) = {kernel(1, 2)} = 1 + 4 + 4", "2 ÷ (2/3) = 3")
    says(slug, f"{50_000**2 / 1e9:.1f} billion entries, {50_000**2 * 8 / 1e9:.0f} GB")
    # −(u − v)² on two points: trace 0 and a negative determinant, so one eigenvalue is below zero.
    other = -((1 - 2) ** 2)
    assert 0 * 0 - other * other < 0


def test_each_cut_is_best_for_the_prices_of_slack_that_are_said():
    slug = "what-c-and-kernel-control"
    rows = {row[0]: [number(cell) for cell in row[1:]] for row in table(slug, "Tram")}
    xs, ys = rows["Reading x"], rows["Mark y (1 worn, −1 sound)"]
    cuts = {row[0]: tuple(map(number, row[1:3])) for row in table(slug, "Cut")}

    def objective(c, w, b):
        return w * w / 2 + c * sum(max(0.0, 1 - y * (w * x + b)) for x, y in zip(xs, ys, strict=True))

    for name, (w, b) in cuts.items():
        assert -b / w == number(next(row[3] for row in table(slug, "Cut") if row[0] == name))
    assert objective(0.2, *cuts["N"]) == objective(10, *cuts["N"]) == 2
    says(slug, f"W {objective(0.2, *cuts['W']):.3f} against 2", f"W {objective(10, *cuts['W']):.3f} against 2")
    tie = (2 - 0.125) / 1.5
    assert abs(objective(tie, *cuts["W"]) - 2) < 1e-9
    w, b = cuts["W"]
    slacks = [max(0.0, 1 - y * (w * x + b)) for x, y in zip(xs, ys, strict=True)]
    assert slacks == [0, 0, 0, 0, 1.5, 0, 0]
    says(slug, "only tram 5 has slack, 1 + 0.5 = 1.5 (f = −0.5, on the wrong side)")
    for name, reach in [("N", "from 2 to 3 (width 2/w = 1)"), ("W", "from 2 to 6 (width 4)")]:
        w, b = cuts[name]
        ends = [(side - b) / w for side in (-1, 1)]
        assert reach.startswith(f"from {ends[0]:g} to {ends[1]:g} (width ")
        assert reach.endswith(f"{ends[1] - ends[0]:g})")
        says(slug, f"margin {reach}")
    says(slug, "N is the best of all cuts for C of 2 or more, W for C from 0.1 to 0.5")
    says(slug, f"C = 1.875/1.5 = {tie:.2f}", f"{objective(0, *cuts['W']):.3f} + 1.5 C")
    # No cut on a fine grid is better where the record says that N or W is best; between, some cut beats both.
    grid = [(w / 20, b / 20) for w in range(61) for b in range(-150, 21)]
    for c, name in [(0.1, "W"), (0.2, "W"), (0.5, "W"), (2, "N"), (10, "N")]:
        assert min(objective(c, *cut) for cut in grid) >= objective(c, *cuts[name]) - 1e-9
    assert min(objective(1, *cut) for cut in grid) < min(objective(1, *cut) for cut in cuts.values()) - 1e-3
    for c, name in [(0.05, "W"), (0.7, "W"), (1.8, "N")]:
        assert min(objective(c, *cut) for cut in grid) < objective(c, *cuts[name]) - 1e-6


def test_a_change_of_unit_swaps_the_nearest_parcel():
    slug = "metres-become-millimetres"
    rows = {row[0]: tuple(map(number, row[1:])) for row in table(slug, "Parcel")}
    new, sd = rows["New"], rows["Standard deviation over all past parcels"]

    def distances(length, weight):
        return [
            sqrt(((rows[past][0] - new[0]) * length) ** 2 + ((rows[past][1] - new[1]) * weight) ** 2)
            for past in ("Past 1", "Past 2")
        ]

    metres, millimetres, scaled = distances(1, 1), distances(1000, 1), distances(1 / sd[0], 1 / sd[1])
    assert metres[0] > metres[1]
    assert millimetres[0] < millimetres[1]
    assert scaled[0] < scaled[1]
    says(slug, f"{metres[0]:.2f} to past 1 and {metres[1]:.2f} to past 2")
    says(slug, f"{millimetres[0]:.1f} and {millimetres[1]:.1f}", f"{scaled[0]:.2f} and {scaled[1]:.2f} in either unit")
    says(slug, "so past 2 is nearest; in millimetres", "so past 1: length drowns weight", "so past 1 is nearest")
    says(slug, f"6.0 per metre becomes {6.0 / 1000:.3f} per millimetre", f"over {1.5 * 1000:,.0f} mm")
    says(slug, f"10 × 6.0² = {10 * 6.0**2:.0f}", f"10 × 0.006² = {10 * 0.006**2:.5f}")


def test_rate_and_rounds_of_boosting_trade_off_as_said():
    slug = "six-boosting-runs"
    runs = {row[0]: [number(cell) for cell in row[1:]] for row in table(slug, "Run")}
    steps = {run: runs[run][0] * runs[run][2] for run in ("1", "2", "3")}
    says(slug, f"0.30 × 60 = {steps['1']:.0f}", f"0.10 × 210 = {steps['2']:.0f}", f"0.03 × 720 = {steps['3']:.1f}")
    assert 2_050 < steps["2"] / 0.01 < 2_200
    says(slug, f"{runs['3'][2]:.0f} trees in place of {runs['2'][2]:.0f} ({720 / 210:.1f} times)")
    says(slug, f"at depth 6: {', '.join(f'{runs[run][4]:.3f}' for run in '123')}", "at 0.01 about 2,100 rounds")
    gap = {run: values[4] - values[3] for run, values in runs.items()}
    says(slug, f"0.412 − 0.201 = {gap['6']:.3f} against {gap['2']:.3f}", f"a gap of {gap['5']:.3f}")
    says(slug, f"the last step of {runs['2'][4] - runs['3'][4]:.3f}")
    assert [run for run, values in runs.items() if values[2] == 1000] == ["4", "5"]
    assert all(values[2] + 100 <= 1000 for run, values in runs.items() if run in "1236")
