"""What a packet says beside other candidates: nothing below twenty, and nothing of whom somebody may be blind to."""

import re
from datetime import timedelta
from fractions import Fraction as F

import numpy as np
import pytest
from django.urls import reverse

from committee.actions import record_decision
from committee.gathering import gather_packet
from foundation import clock
from interviews.models import Application
from plans.voided import VoidedItem
from tests.committee.panels import START, crowd, held, peers_of, seal
from tests.factories import ApplicationFactory, InterviewFactory, PlanFactory, ScorecardFactory, put_in_force

pytestmark = pytest.mark.django_db


def levels_of(candidate):
    """Two interviewers on four questions: candidates lie far apart, people and questions a little."""
    return [[2 + candidate % 3 + ((candidate * 7 + q * 3 + r * 2) % 5 == 0) for q in range(4)] for r in range(2)]


def compared(number, **fields):
    """A candidate with `number` - 1 others on the plan, all through, and the packet."""
    panel = crowd(2, 4, competencies=2, level=lambda person, place: levels_of(0)[person][place], **fields)
    peers = peers_of(panel, [levels_of(candidate) for candidate in range(1, number)])
    return panel, peers


def packet_of(panel):
    return gather_packet(Application.objects.select_related("candidate", "role", "plan").get(pk=panel.application.pk))


def text_of(client, panel):
    return re.sub(r"\s+", " ", client.get(reverse("committee:packet_detail", args=[panel.application.pk])).text)


def test_below_twenty_candidates_nothing_is_claimed_and_the_page_says_how_many_are_needed(signed_in):
    panel, _peers = compared(8)
    about = packet_of(panel).comparison
    assert (about.uncertainty.obstacle, about.uncertainty.so_far, about.uncertainty.relative) == ("few", 8, None)
    assert {(peer.composite, peer.verdict) for peer in about.peers} == {(None, "")}
    text = text_of(signed_in(panel.manager), panel)
    assert "Uncertainty not computable: 20 candidates on this plan needed, 8 so far." in text
    assert re.search(r"The interviewers’ own means here run from \d\.\d\d to \d\.\d\d\.", text)
    assert "No difference between candidates is claimed" in text


def test_from_twenty_on_the_standard_error_is_the_one_of_a_full_table(signed_in):
    panel, _peers = compared(20)
    x = np.array([levels_of(candidate) for candidate in range(20)], dtype=float).transpose(0, 2, 1)
    p, q, r = (x.mean(axis=axes, keepdims=True) for axes in ((1, 2), (0, 2), (0, 1)))
    pq, pr, qr = (x.mean(axis=axis, keepdims=True) for axis in (2, 1, 0))
    rest = ((x - pq - pr - qr + p + q + r - x.mean()) ** 2).sum() / (19 * 3 * 1)
    v_pq = max((2 * ((pq - p - q + x.mean()) ** 2).sum() / (19 * 3) - rest) / 2, 0)
    v_pr = max((4 * ((pr - p - r + x.mean()) ** 2).sum() / 19 - rest) / 4, 0)
    expected = (v_pq / 4 + v_pr / 2 + rest / 8) ** 0.5
    about = packet_of(panel).comparison.uncertainty
    assert about.is_known
    assert float(about.relative) == pytest.approx(expected, abs=0.0006)
    assert about.absolute >= about.relative > 0
    text = text_of(signed_in(panel.manager), panel)
    assert "Standard error" in text
    assert "worked out from 20 candidates on this plan" in text
    assert "Each pair was looked at by itself, without a correction for many pairs." in text


def test_whoever_does_not_differ_beyond_the_error_is_not_distinguishable_and_codes_alone_give_the_order():
    panel, _peers = compared(20)
    packet = packet_of(panel)
    about = packet.comparison
    assert [peer.code for peer in about.peers] == sorted(peer.code for peer in about.peers)
    assert about.tied
    assert about.apart
    assert len(about.tied) + len(about.apart) == 19
    limit = 1.96 * 2**0.5 * float(about.uncertainty.relative)
    for peer in about.peers:
        # To the thousandth to which the error is told.
        gap = abs(float(packet.composite - peer.composite))
        assert abs(gap - limit) < 0.003 or (peer.verdict == "apart") == (gap > limit)


def test_other_interviewers_are_compared_by_the_larger_error():
    panel, _peers = compared(20)
    near = next(peer for peer in packet_of(panel).comparison.peers if peer.composite == packet_of(panel).composite)
    assert near.verdict == "tied"
    stranger = crowd(2, 4, plan=panel.application.plan, level=lambda person, place: levels_of(1)[person][place])
    packet = packet_of(panel)
    found = {peer.code: peer for peer in packet.comparison.peers}[stranger.application.candidate.code]
    error = packet.comparison.uncertainty
    assert error.absolute >= error.relative
    gap = abs(packet.composite - found.composite)
    assert (found.verdict == "apart") == (gap**2 > F(196, 100) ** 2 * 2 * error.absolute**2)


def test_a_candidate_at_whom_a_seat_is_open_even_a_learners_is_not_there_at_all():
    panel, peers = compared(20)
    assert packet_of(panel).comparison.uncertainty.is_known
    shadow = ScorecardFactory(interview=peers[0].interviews.get(), seat="shadow")
    hidden = packet_of(panel).comparison
    assert (hidden.uncertainty.obstacle, hidden.uncertainty.so_far) == ("few", 19)
    assert peers[0].candidate.code not in {peer.code for peer in hidden.peers}
    seal(shadow)
    assert packet_of(panel).comparison.uncertainty.so_far == 20


def test_of_the_packet_itself_a_learners_open_card_is_no_obstacle():
    panel, _peers = compared(20)
    ScorecardFactory(interview=panel.cards[0].interview, seat="shadow")
    assert packet_of(panel).comparison.uncertainty.so_far == 20


def test_once_decided_a_packet_stays_as_it_was_whoever_comes_later():
    panel, _peers = compared(3)
    with clock.at(START + timedelta(days=1)):
        decision = record_decision(
            application=panel.application, outcome="hold", rationale="Wait for more.", by=panel.decider
        )
    peers_of(panel, [levels_of(1)], at=START + timedelta(days=2))
    assert packet_of(panel).digest == decision.facts_digest
    assert len(packet_of(panel).comparison.peers) == 2


def test_a_composite_that_lacks_a_competency_is_compared_with_nobody():
    panel, _peers = compared(20)
    bare = crowd(2, 4, plan=panel.application.plan, level=lambda _person, place: 4 if place < 2 else "not_asked")
    packet = packet_of(bare)
    assert packet.comparison.uncertainty.obstacle == "incomplete"
    found = {peer.code: peer for peer in packet_of(panel).comparison.peers}[bare.application.candidate.code]
    assert (found.composite, found.verdict, found.only_one) == (None, "", 2)


def test_levels_that_never_vary_have_no_error_to_tell():
    panel = crowd(2, 4, competencies=2, level=lambda _person, _place: 4)
    peers_of(panel, [[[4] * 4] * 2] * 19)
    assert packet_of(panel).comparison.uncertainty.obstacle == "no variance"


def test_a_voided_question_leaves_everybodys_numbers():
    panel, _peers = compared(20)
    before = packet_of(panel).comparison
    VoidedItem.objects.create(
        item=panel.cards[0].scores.order_by("item__position").last().item, reason="Leaked.", by=panel.recruiter
    )
    after = packet_of(panel).comparison
    assert after.uncertainty.is_known
    assert [peer.composite for peer in after.peers] != [peer.composite for peer in before.peers]


def test_the_record_names_who_had_other_questions_other_versions_or_fewer_interviewers(signed_in):
    panel = held(2)
    role = panel.application.role
    same = peers_of(panel, [[[4, 4], [4, 4]]])[0]
    with clock.at(START):
        other_plan = put_in_force(PlanFactory(role=role))
        meeting = InterviewFactory(application=ApplicationFactory(plan=other_plan))
    seal(ScorecardFactory(interview=meeting))
    about = packet_of(panel).comparison
    assert [peer.code for peer in about.alike] == [same.candidate.code]
    (group,) = about.unlike
    assert (group.plan, group.interviewers, group.only_one, group.versions) == (2, 1, 4, 0)
    text = text_of(signed_in(panel.manager), panel)
    assert (
        f"Plan 2, 1 interviewer, 4 questions put to one of the two alone: {meeting.application.candidate.code}" in text
    )


def test_an_interviewers_usual_mean_stands_beside_their_scores_once_there_is_enough_of_it(signed_in):
    panel, _peers = compared(8)
    assert {(person.usual, person.usual_of) for person in packet_of(panel).panel} == {(None, 0)}
    panel, _peers = compared(9)
    usual = {person.usual_of: person.usual for person in packet_of(panel).panel}
    given = [level for candidate in range(1, 9) for level in levels_of(candidate)[0]]
    assert usual[32] is not None
    assert F(sum(given), len(given)) in [person.usual for person in packet_of(panel).panel]
    assert "usually" in text_of(signed_in(panel.manager), panel)
