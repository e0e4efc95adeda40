"""Is the plan fair and does it fit."""

import pytest

from plans.board import board_of
from plans.models import Stage
from tests.factories import CompetencyFactory, MembershipFactory, PlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return PlanFactory(stages=2)


def test_coverage_counts_scored_questions_and_leaves_warm_ups_out(draft):
    coverage = board_of(draft).coverage
    assert [(cell.questions, cell.minutes) for cell in coverage.rows[0].cells] == [(1, 8), (1, 8)]
    assert (coverage.total.questions, coverage.total.minutes, coverage.total_weight) == (4, 32, 2)
    assert coverage.uncovered == ()


def test_minutes_are_held_against_the_slot_less_ten(draft):
    Stage.objects.filter(pk=draft.stages.first().pk).update(minutes=28)
    time = board_of(draft).stages[0].time
    assert (time.used, time.slot, time.budget, time.over, time.left) == (20, 28, 18, 2, 0)
    time = board_of(draft).stages[1].time
    assert (time.budget, time.over, time.left) == (35, 0, 15)


def test_the_outline_costs_the_same_for_one_stage_and_three(queries_of, django_assert_num_queries):
    one, three = PlanFactory(stages=1), PlanFactory(stages=3)
    with django_assert_num_queries(queries_of(lambda: board_of(one))):
        board_of(three)


def test_a_gap_is_named_in_words_on_the_page(draft, signed_in):
    draft.competencies.create(competency=CompetencyFactory(name="Responsible AI"))
    reader = signed_in(MembershipFactory(role=draft.role).user)
    assert "Responsible AI has no question yet." in reader.get(f"/plans/{draft.pk}/").content.decode()
