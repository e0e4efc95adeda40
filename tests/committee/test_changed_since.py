"""A decision keeps what was read, and the packet says when it is something else by now."""

import hashlib
import json

import pytest
from django.urls import reverse

from committee.actions import record_decision
from committee.checking import has_changed_since
from committee.gathering import gather_packet
from committee.models import Decision
from foundation.frozen import ERASED
from plans.actions import void_item
from plans.models import Item
from tests.committee.panels import as_form_1, crowd, held, peers_of, seal
from tests.factories import ScorecardFactory, UserFactory

pytestmark = pytest.mark.django_db
CHANGED = "The packet has changed since"


def decided(panel, **fields):
    said = {"outcome": "hold", "rationale": "Wait.", "by": panel.decider}
    return record_decision(application=panel.application, **said | fields)


def void(panel, *, every=False):
    items = Item.objects.filter(section__stage__plan=panel.application.plan, scored=True)
    for item in items if every else items[:1]:
        void_item(item=item, reason="The table on the sheet was wrong.", by=panel.recruiter)


def page(panel):
    return reverse("committee:packet_detail", args=[panel.application.pk])


def test_voiding_leaves_a_decision_and_its_facts_and_the_packet_says_that_it_changed(signed_in):
    panel = held(2, levels={0: [1, 5], 1: [1, 5]})
    decision = decided(panel)
    client = signed_in(panel.member)
    assert CHANGED not in client.get(page(panel)).text
    void(panel)
    text = client.get(page(panel)).text
    assert CHANGED in text
    assert "The table on the sheet was wrong." in text
    kept = Decision.objects.get(pk=decision.pk)
    assert (kept.status, kept.facts, kept.facts_digest) == ("standing", decision.facts, decision.facts_digest)
    assert gather_packet(panel.application).composite == 5


def test_voiding_changes_everybody_of_the_plan_alike():
    panel = crowd(2, 4, competencies=2, level=lambda _person, place: 1 if not place else 4)
    (peer,) = peers_of(panel, [[[2, 4, 4, 4]] * 2])
    void(panel)
    for application in (panel.application, peer):
        packet = gather_packet(application)
        assert packet.composite == 4
        assert [entry.asked.voided_by for entry in packet.voided] == [panel.recruiter.name]


def test_a_plan_whose_every_question_is_voided_still_has_packets(signed_in):
    panel = crowd(2, 4, competencies=2)
    peers_of(panel, [[[1 + (p * 7 + q * 3 + r) % 5 for q in range(4)] for r in range(2)] for p in range(20)])
    void(panel, every=True)
    packet = gather_packet(panel.application)
    assert packet.composite is None
    assert len(packet.voided) == 4
    assert packet.comparison.uncertainty.obstacle == "few"
    assert "No composite: nothing was scored" in signed_in(panel.manager).get(page(panel)).text


def test_a_decision_on_an_older_form_is_not_called_changed_for_what_that_form_lacked():
    panel = held(1, take_homes=1)
    packet = gather_packet(panel.application)
    facts = json.dumps(as_form_1(json.loads(packet.facts)))
    old = Decision(facts=facts, facts_digest=hashlib.sha256(facts.encode()).hexdigest())
    assert not has_changed_since(old, packet)
    void(panel)
    assert has_changed_since(old, gather_packet(panel.application))


def test_erased_facts_tell_nothing():
    panel = held(1)
    assert not has_changed_since(Decision(facts=ERASED, facts_digest="0" * 64), gather_packet(panel.application))
    assert not has_changed_since(None, gather_packet(panel.application))


def test_what_was_read_then_can_be_produced_again_by_whoever_reads_the_packet(signed_in):
    panel = held(2)
    decision = decided(panel)
    void(panel)
    kept = reverse("committee:decision_facts", args=[decision.pk])
    client = signed_in(panel.member)
    assert kept in client.get(page(panel)).text
    answer = client.get(kept)
    assert hashlib.sha256(answer.content).hexdigest() == decision.facts_digest
    assert answer.headers["Content-Disposition"].startswith("attachment")
    for stranger in (UserFactory(), UserFactory(administrator=True), panel.cards[0].interviewer):
        assert signed_in(stranger).get(kept).status_code == 404


def test_facts_of_then_are_closed_to_whoever_is_blind_at_another_candidate_of_the_role(signed_in):
    """They may tell of that candidate, who was through when this was decided and is met again now."""
    panel = held(2)
    kept = reverse("committee:decision_facts", args=[decided(panel).pk])
    seat = ScorecardFactory(interview__application__plan=panel.application.plan, interviewer=panel.member)
    client = signed_in(panel.member)
    assert kept not in client.get(page(panel)).text
    assert client.get(kept).status_code == 404
    seal(seat)
    assert client.get(kept).status_code == 200
