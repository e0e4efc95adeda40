"""A printed packet's number, typed in: current, out of date, or nothing that one may know of."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from committee.actions import record_decision
from committee.gathering import gather_packet
from foundation import clock
from foundation.templatetags.kit import short_digest
from interviews.models import Application
from tests.answers import plain
from tests.committee.panels import START, held, seal
from tests.factories import ScorecardFactory, UserFactory

pytestmark = pytest.mark.django_db
UNKNOWN = "No packet that you may read has this number."


def number_of(panel):
    application = Application.objects.select_related("candidate", "role", "plan").get(pk=panel.application.pk)
    packet = gather_packet(application)
    return f"{packet.code} {short_digest(packet.digest)}"


def checked(client, number):
    answer = client.get(reverse("committee:packet_check"), {"number": number})
    return answer.status_code, re.sub(r"\s+", " ", answer.text)


@pytest.mark.parametrize(
    "written", [str, str.lower, lambda text: f"Packet {text}", lambda text: text.replace(" ", "-")]
)
def test_the_number_as_printed_says_that_the_paper_is_current_however_it_is_typed(signed_in, written):
    panel = held(2, code="C-0417")
    status, text = checked(signed_in(panel.manager), written(number_of(panel)))
    assert status == 200
    assert "This paper is current" in text
    assert reverse("committee:packet_detail", args=[panel.application.pk]) in text


def test_once_a_fact_has_changed_the_paper_is_out_of_date_and_the_new_number_is_told(signed_in):
    panel = held(2)
    old = number_of(panel)
    seal(ScorecardFactory(interview=panel.cards[0].interview), [1, 1])
    status, text = checked(signed_in(panel.manager), old)
    assert status == 200
    assert "This paper is out of date" in text
    assert number_of(panel).split(" ", 1)[1] in text


def test_the_paper_on_which_a_decision_was_made_is_known_even_when_it_is_out_of_date(signed_in):
    panel = held(2)
    old = number_of(panel)
    with clock.at(START + timedelta(days=1)):
        record_decision(application=panel.application, outcome="hold", rationale="Wait.", by=panel.decider)
    seal(ScorecardFactory(interview=panel.cards[0].interview), [1, 1])
    _status, text = checked(signed_in(panel.manager), old)
    assert "This paper is out of date" in text
    assert f"It is the one on which <bdi>{panel.decider.name}</bdi> decided" in text


def test_whoever_may_not_read_the_packet_hears_what_they_hear_of_a_number_that_nobody_has(signed_in):
    panel = held(1)
    nobodys = "C-99999 0123 4567 89AB"
    blind = held(1)
    ScorecardFactory(interview=blind.cards[0].interview, interviewer=blind.recruiter)
    for person, one_of in ((UserFactory(), panel), (panel.cards[0].interviewer, panel), (blind.recruiter, blind)):
        client, number, told = signed_in(person), number_of(one_of), []
        for one in (number, nobodys):
            answer = client.get(reverse("committee:packet_check"), {"number": one})
            told.append(str(plain(answer)).replace(one, ""))
        assert UNKNOWN in told[0]
        assert told[0] == told[1]


def test_what_is_no_number_is_refused_with_how_one_looks_and_stays_in_the_field(signed_in):
    client = signed_in(UserFactory())
    for typed in ("7F3A 91C2 04BE", "C-0417", "C-0417 7F3A 91C2 04BG", " "):
        status, text = checked(client, typed)
        assert status == 422
        assert 'id="id_number_error"' in text
    assert 'value="C-0417 7F3A"' in checked(client, "C-0417 7F3A")[1]


def test_the_page_asks_for_a_number_and_the_list_of_packets_leads_to_it(signed_in):
    panel = held(1)
    client = signed_in(panel.manager)
    assert reverse("committee:packet_check") in client.get(reverse("committee:application_list")).text
    assert 'name="number"' in client.get(reverse("committee:packet_check")).text
