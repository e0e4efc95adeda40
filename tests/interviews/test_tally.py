from fractions import Fraction as F

from interviews.tally import (
    Composite,
    Mark,
    competency_means,
    composite,
    disagrees,
    interviewer_means,
    item_levels,
    mean,
    spread,
)

ANN, BEN, CID = 1, 2, 3
DATA, SYSTEMS, TALK = 10, 20, 30


def marks():
    """Data: item 1 with 4, 5, 4; item 2 with 2. Systems: item 3 with 3, 4. Nothing on Talk."""
    return [
        Mark(ANN, 1, DATA, 4),
        Mark(BEN, 1, DATA, 5),
        Mark(CID, 1, DATA, 4),
        Mark(CID, 2, DATA, 2),
        Mark(ANN, 3, SYSTEMS, 3),
        Mark(BEN, 3, SYSTEMS, 4),
    ]


def test_nothing_has_no_mean_and_no_spread():
    assert mean([]) is None
    assert spread([]) is None
    assert competency_means([]) == {}
    assert composite({}, {}) == Composite(None, 0, 0, ())
    assert composite({DATA: 2}, {}) == Composite(None, 0, 2, (DATA,))


def test_one_level_is_its_own_mean_and_nobody_to_differ_from():
    assert mean([3]) == F(3)
    assert spread([3]) is None
    assert not disagrees(spread([3]))


def test_a_competency_is_the_mean_of_its_item_means_not_of_all_levels():
    # By hand: item 1 is (4 + 5 + 4) / 3 = 13/3, item 2 is 2; the mean of these is 19/6, of all four levels 15/4.
    assert item_levels(marks()) == {1: [4, 5, 4], 2: [2], 3: [3, 4]}
    assert competency_means(marks()) == {DATA: F(19, 6), SYSTEMS: F(7, 2)}


def test_the_composite_weighs_competencies_and_names_the_ones_without_a_score():
    # By hand: (2 × 19/6 + 1 × 7/2) / 3 = (38/6 + 21/6) / 3 = 59/18; the 4 of Talk stay out.
    found = composite({DATA: 2, SYSTEMS: 1, TALK: 4}, competency_means(marks()))
    assert found == Composite(F(59, 18), 3, 7, (TALK,))


def test_a_scored_competency_without_weight_stays_outside_the_composite():
    assert composite({SYSTEMS: 1}, competency_means(marks())) == Composite(F(7, 2), 1, 1, ())


def test_the_five_rows_of_the_sketch_come_out_by_hand():
    # (2 × 13/3 + 1 × 3 + 2 × 4 + 1 × 7/2 + 1 × 9/2) / 7 = (26/3 + 19) / 7 = 83/21, shown as 3.95.
    means = {1: F(13, 3), 2: F(3), 3: F(4), 4: F(7, 2), 5: F(9, 2)}
    assert composite({1: 2, 2: 1, 3: 2, 4: 1, 5: 1}, means).value == F(83, 21)


def test_each_interviewer_has_a_mean_of_their_own_per_competency():
    assert interviewer_means(marks()) == {
        (ANN, DATA): F(4),
        (BEN, DATA): F(5),
        (CID, DATA): F(3),
        (ANN, SYSTEMS): F(3),
        (BEN, SYSTEMS): F(4),
    }


def test_more_than_one_point_apart_is_a_disagreement_and_one_point_is_not():
    assert spread([4, 5, 3]) == F(2)
    assert disagrees(spread([4, 5, 3]))
    assert not disagrees(spread([3, 4]))
    assert disagrees(spread([F(7, 2), F(23, 10)]))


def test_thirds_stay_exact():
    assert mean([1, 1, 2]) * 3 == 4
