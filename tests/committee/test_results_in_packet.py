"""What came of tests and take-homes stands in the packet, beside the interviews and in no mean."""

import pytest
from django.urls import reverse

from committee.gathering import gather_packet
from interviews.models import Application, StageResult
from tests.committee.panels import held
from tests.factories import ApplicationFactory, ScorecardFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel():
    return held(2, take_homes=1)


def came_of_it(panel, **said):
    fields = {"verdict": "passed", "points": 17, "out_of": 20, "words": "Clean code."} | said
    stage = panel.application.plan.stages.get(kind="take-home")
    return StageResult.objects.create(
        **{"application": panel.application, "stage": stage, "by": panel.recruiter} | fields
    )


def results(panel):
    return gather_packet(panel.application).results


def test_the_standing_result_is_told_with_who_recorded_it_and_when(panel):
    came_of_it(panel, verdict="not_passed", words="A first look.")
    later = came_of_it(panel)
    (result,) = results(panel)
    assert (result.stage, result.kind_label, result.figures) == ("Take-home 1", "take-home", "Passed, 17 of 20 points")
    assert result.words == "Clean code."
    assert (result.by, result.at) == (panel.recruiter.name, later.at)


def test_a_result_changes_no_mean_and_makes_no_stage_missing(panel):
    before = gather_packet(panel.application)
    assert [result.stage for result in before.results_missing] == ["Take-home 1"]
    came_of_it(panel, verdict="not_passed", points=1)
    after = gather_packet(panel.application)
    assert after.results_missing == []
    assert after.stages_without == ()
    assert (after.composite, after.rows, after.comparison) == (before.composite, before.rows, before.comparison)
    assert after.digest != before.digest


def test_the_result_of_another_candidate_is_not_told(panel):
    other = ApplicationFactory(plan=panel.application.plan)
    came_of_it(panel, application=other)
    assert [result.verdict for result in results(panel)] == [""]


def test_a_result_in_words_alone_is_called_that(signed_in, panel):
    came_of_it(panel, verdict="none", points=None, out_of=None, words="Half of it, very well.")
    page = reverse("committee:packet_detail", args=[panel.application.pk])
    text = signed_in(panel.manager).get(page).text
    assert "<bdi>Take-home 1</bdi></b>, take-home: <b>in words</b>" in text
    assert "Half of it, very well." in text
    assert "not part of the composite" in text


def test_a_plan_without_tests_has_no_such_part(signed_in):
    panel = held(1)
    page = reverse("committee:packet_detail", args=[panel.application.pk])
    assert 'id="results"' not in signed_in(panel.manager).get(page).text


def test_whoever_reads_the_packet_may_read_its_results_and_nobody_with_an_open_seat_reads_either(panel):
    result = came_of_it(panel)
    for person in (panel.manager, panel.recruiter, panel.member, panel.decider):
        assert Application.objects.packet_readable_by(person).filter(pk=panel.application.pk).exists()
        assert result in StageResult.objects.readable_by(person)
    ScorecardFactory(interview=panel.cards[0].interview, interviewer=panel.recruiter)
    for person in (panel.recruiter, panel.cards[0].interviewer, UserFactory()):
        assert not Application.objects.packet_readable_by(person).exists()
        assert result not in StageResult.objects.readable_by(person)
