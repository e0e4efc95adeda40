"""A decision against the composite says why, and is counted for those who may read it."""

from fractions import Fraction

import pytest
from django.urls import reverse

from committee.actions import record_decision
from committee.gathering import gather_packet
from committee.models import Decision
from committee.overriding import leaning, overrides_known_to
from foundation.lifecycle import Refused
from tests.committee.panels import held, seal
from tests.factories import ApplicationFactory, InterviewFactory, ScorecardFactory

pytestmark = pytest.mark.django_db
WHY = {"override_reason": "The one weak answer was about a tool that we no longer use."}


def decide(panel, outcome, application=None, **fields):
    said = {"outcome": outcome, "rationale": "Read and weighed."} | fields
    return record_decision(application=application or panel.application, by=panel.manager, **said)


def another(panel, levels):
    """One more candidate of the role with every card in."""
    application = ApplicationFactory(plan=panel.application.plan)
    seal(ScorecardFactory(interview=InterviewFactory(application=application), seat="lead"), levels)
    return application


@pytest.mark.parametrize(
    ("composite", "says"),
    [(None, ""), ("299/100", "no_hire"), ("3", ""), ("399/100", ""), ("4", "hire"), ("5", "hire")],
)
def test_a_composite_speaks_below_three_and_from_four_on_and_leaves_it_open_between(composite, says):
    assert leaning(composite and Fraction(composite)) == says


@pytest.mark.parametrize(("levels", "outcome"), [([2, 2], "hire"), ([4, 4], "no_hire")])
def test_a_decision_against_the_composite_needs_a_reason(levels, outcome):
    panel = held(1, levels={0: levels})
    with pytest.raises(Refused, match="against what the composite says") as refusal:
        decide(panel, outcome)
    assert refusal.value.field == "override_reason"
    assert decide(panel, outcome, **WHY).override_reason == WHY["override_reason"]


@pytest.mark.parametrize(
    ("levels", "outcome"),
    [([2, 2], "no_hire"), ([4, 4], "hire"), ([2, 2], "hold"), ([4, 4], "hold"), ([3, 4], "hire"), ([3, 4], "no_hire")],
)
def test_a_decision_that_goes_with_it_or_that_it_leaves_open_needs_none(levels, outcome):
    assert decide(held(1, levels={0: levels}), outcome).override_reason == ""


@pytest.mark.parametrize(
    ("levels", "outcome"), [([4, 4], "hire"), ([4, 4], "hold"), ([3, 4], "hold"), (["no_evidence"] * 2, "hire")]
)
def test_what_cannot_be_against_the_composite_is_not_counted_as_going_against_it(levels, outcome):
    panel = held(1, levels={0: levels})
    with pytest.raises(Refused, match="not against the composite"):
        decide(panel, outcome, **WHY)
    assert not Decision.objects.exists()


def test_a_missing_reason_is_told_beside_its_field_with_what_was_typed(signed_in):
    panel = held(1, levels={0: [2, 2]})
    client, page = signed_in(panel.manager), reverse("committee:packet_detail", args=[panel.application.pk])
    assert "below 3, so it speaks against hiring" in client.get(page).text
    digest = gather_packet(panel.application).digest
    sent = {"outcome": "hire", "rationale": "Strong.", "override_reason": "", "digest_read": digest}
    answer = client.post(reverse("committee:decision_record", args=[panel.application.pk]), sent)
    assert answer.status_code == 422
    assert set(answer.context["decision_form"].errors) == {"override_reason"}
    assert "Strong." in answer.text


def test_overrides_of_a_role_are_counted_among_the_decisions_that_one_may_read(signed_in):
    panel = held(1, levels={0: [2, 2]})
    decide(panel, "hire", **WHY)
    decide(panel, "no_hire", another(panel, [2, 2]))
    decide(panel, "no_hire", hidden := another(panel, [4, 4]), **WHY)
    elsewhere = held(1, levels={0: [2, 2]})
    decide(elsewhere, "hire", **WHY)
    page = reverse("committee:packet_detail", args=[panel.application.pk])
    assert "2 of 3 decisions on this role that you may read" in signed_in(panel.member).get(page).text
    ScorecardFactory(interview=hidden.interviews.get(), seat="shadow", interviewer=panel.member)
    assert "1 of 2 decisions on this role that you may read" in signed_in(panel.member).get(page).text


def test_a_decision_that_was_taken_back_is_not_counted():
    panel = held(1, levels={0: [2, 2]})
    decision = decide(panel, "hire", **WHY)
    assert overrides_known_to(panel.manager, panel.application).against == 1
    Decision.objects.filter(pk=decision.pk).update(
        status="superseded", superseded_by=panel.manager, superseded_at=decision.decided_at, supersede_reason="Wrong."
    )
    assert overrides_known_to(panel.manager, panel.application).decisions == 0
