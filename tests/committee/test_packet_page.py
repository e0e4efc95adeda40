import re

import pytest
from django.urls import reverse

from accounts.models import User
from committee.gathering import gather_packet
from foundation.templatetags.kit import short_digest
from interviews.models import Interview
from printing.document import document_html
from tests.committee.panels import held, seal
from tests.factories import MembershipFactory, ScorecardFactory, UserFactory

pytestmark = pytest.mark.django_db


def page(panel):
    return reverse("committee:packet_detail", args=[panel.application.pk])


def pdf(panel):
    return reverse("committee:packet_pdf", args=[panel.application.pk])


@pytest.mark.parametrize("who", ["manager", "recruiter", "member", "decider"])
def test_everyone_who_reads_for_the_role_opens_a_complete_packet(signed_in, who):
    panel = held(2)
    answer = signed_in(getattr(panel, who)).get(page(panel))
    assert answer.status_code == 200
    assert panel.application.candidate.code in answer.text


@pytest.mark.parametrize("address", [page, pdf])
def test_others_get_the_same_404_as_for_no_packet_at_all(signed_in, address):
    panel = held(1)
    strangers = [
        UserFactory(),
        UserFactory(administrator=True),
        MembershipFactory(role=panel.application.role, duty="interviewer").user,
        MembershipFactory(hiring_manager=True).user,
        panel.cards[0].interviewer,
    ]
    for stranger in strangers:
        client = signed_in(stranger)
        assert client.get(address(panel)).status_code == 404
    nothing = client.get(address(panel).replace(str(panel.application.pk), "999999"))
    assert nothing.status_code == 404


@pytest.mark.parametrize("address", [page, pdf])
def test_until_every_card_is_in_only_the_recruiter_reads(signed_in, address):
    panel = held(1)
    ScorecardFactory(interview=panel.cards[0].interview)
    assert signed_in(panel.manager).get(address(panel)).status_code == 404
    assert signed_in(panel.member).get(address(panel)).status_code == 404
    assert signed_in(panel.recruiter).get(address(panel)).status_code == 200


@pytest.mark.parametrize("address", [page, pdf])
def test_an_open_seat_of_ones_own_closes_the_packet_whatever_the_duty(signed_in, address):
    panel = held(1)
    own = ScorecardFactory(interview=panel.cards[0].interview, interviewer=panel.recruiter)
    assert signed_in(panel.recruiter).get(address(panel)).status_code == 404
    seal(own)
    assert signed_in(panel.recruiter).get(address(panel)).status_code == 200


@pytest.mark.parametrize("address", [page, pdf])
def test_a_packet_is_only_read_at_its_address(signed_in, address):
    panel = held(1)
    assert signed_in(panel.manager).post(address(panel)).status_code == 405


def test_the_page_shows_the_digest_of_the_packet_and_no_private_note(signed_in):
    panel = held(1)
    other = ScorecardFactory(interview=panel.cards[0].interview)
    seal(other, private_note="between me and me")
    answer = signed_in(panel.manager).get(page(panel))
    assert short_digest(gather_packet(panel.application).digest) in answer.text
    assert "between me and me" not in answer.text


def test_evidence_is_shown_as_text_whatever_it_says(signed_in):
    panel = held(1)
    hostile = "<script>alert(1)</script> ![x](http://example.org/x.png) <img src=x onerror=alert(1)>"
    seal(ScorecardFactory(interview=panel.cards[0].interview), [5, 5], evidence=hostile, summary=hostile)
    text = signed_in(panel.manager).get(page(panel)).text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_three_interviewers_cost_no_query_more_than_one(signed_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for panel in (held(1), held(3, stages=2)):
        client = signed_in(panel.manager)
        client.get(page(panel))
        with CaptureQueriesContext(connection) as spent:
            client.get(page(panel))
        counts.append(len(spent))
    assert counts[0] == counts[1]


def test_the_decision_form_stands_only_before_those_who_may_decide(signed_in):
    panel = held(1)
    label = "Record the decision"
    assert label in signed_in(panel.manager).get(page(panel)).text
    assert label in signed_in(panel.decider).get(page(panel)).text
    assert label not in signed_in(panel.member).get(page(panel)).text
    assert label not in signed_in(panel.recruiter).get(page(panel)).text


def test_the_page_tells_times_in_the_readers_zone_and_the_pdf_in_that_of_the_interview(signed_in):
    panel = held(1)
    Interview.objects.filter(application=panel.application).update(zone="America/New_York")
    User.objects.filter(pk=panel.manager.pk).update(zone="Asia/Tokyo")
    panel.manager.refresh_from_db()
    text = signed_in(panel.manager).get(page(panel)).text
    packet = gather_packet(panel.application)
    printed = document_html("committee/packet_document.html", {"packet": packet}, zone=packet.zone)
    assert ("Mon 9 Nov 2026, 18:00 (Asia/Tokyo)" in text, "(UTC)" in text, "New_York" in text) == (True, False, False)
    assert "9 Nov 2026, 06:00" in printed
    assert "times in America/New_York" in printed
    assert "Mon 9 Nov 2026, 04:00 (America/New_York)" in printed
    assert "(UTC)" not in printed


def test_the_composite_has_a_row_of_its_own_that_says_so(signed_in):
    panel = held(1, levels={0: [4, 5]})
    text = re.sub(r"\s+", " ", signed_in(panel.manager).get(page(panel)).text)
    assert re.search(r'<th scope="row">Composite</th> <td colspan="1"></td> <td class="n">4.50</td>', text)
    assert re.search(r'<th scope="row">Recommendation</th> <td class="level">Yes</td> <td class="n"></td>', text)


def test_the_grid_scrolls_in_a_region_that_the_keyboard_reaches(signed_in):
    panel = held(1)
    text = signed_in(panel.manager).get(page(panel)).text
    assert 'class="table-scroll" tabindex="0" role="region" aria-label="What each interviewer found"' in text


def test_a_warm_up_with_a_note_says_that_it_was_not_scored(signed_in):
    panel = held(1)
    card = ScorecardFactory(interview=panel.cards[0].interview)
    card.scores.filter(item__scored=False).update(evidence="Price alerts for flights.", version=1)
    seal(card)
    for address in (page(panel), reverse("interviews:scorecard_detail", args=[card.pk])):
        text = signed_in(panel.manager).get(address).text
        assert "Price alerts for flights." in text
        assert "Not scored" in text
        assert "pending" not in text
