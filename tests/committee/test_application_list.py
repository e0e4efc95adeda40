import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee.actions import record_decision
from tests.committee.panels import held, seal
from tests.factories import ApplicationFactory, MembershipFactory, ScorecardFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "committee:application_list"


def shown(client, show):
    return client.get(reverse(LIST), {"show": show}).text


def test_a_complete_packet_is_to_read_and_a_decided_one_is_decided(signed_in):
    panel = held(1)
    code = panel.application.candidate.code
    client = signed_in(panel.member)
    assert code in shown(client, "ready")
    record_decision(application=panel.application, outcome="hold", rationale="Headcount.", by=panel.manager)
    assert code not in shown(client, "ready")
    assert code in shown(client, "decided")
    assert "Hold" in shown(client, "decided")


def test_while_cards_are_out_committee_sees_that_and_no_count(signed_in):
    panel = held(1)
    ScorecardFactory.create_batch(3, interview=panel.cards[0].interview)
    ScorecardFactory(interview=panel.cards[0].interview, seat="shadow")
    client = signed_in(panel.member)
    assert panel.application.candidate.code not in shown(client, "ready")
    assert "Not ready: not every card is in" in shown(client, "waiting")
    recruiting = shown(signed_in(panel.recruiter), "ready")
    assert "3 cards still out" in recruiting
    assert "still out" not in shown(client, "ready") + shown(client, "waiting")


def test_a_blind_person_learns_neither_state_nor_decision(signed_in):
    panel = held(1)
    client = signed_in(panel.recruiter)
    record_decision(application=panel.application, outcome="hire", rationale="Strong.", by=panel.manager)
    own = ScorecardFactory(interview=panel.cards[0].interview, interviewer=panel.recruiter)
    code = panel.application.candidate.code
    assert code not in shown(client, "ready") + shown(client, "decided")
    waiting = shown(client, "waiting")
    assert code in waiting
    assert "Your own card comes first" in waiting
    assert "Hire" not in waiting
    seal(own)
    assert code in shown(client, "decided")


def test_other_roles_and_people_without_a_duty_see_nothing(signed_in):
    code = held(1).application.candidate.code
    strangers = (UserFactory(), UserFactory(administrator=True), MembershipFactory(hiring_manager=True).user)
    for stranger in strangers:
        client = signed_in(stranger)
        assert code not in "".join(shown(client, word) for word in ("ready", "waiting", "decided"))


def test_a_withdrawn_application_with_nothing_to_read_leaves_the_list(signed_in):
    manager = MembershipFactory(hiring_manager=True)
    withdrawn = ApplicationFactory(plan__role=manager.role, status="withdrawn")
    client = signed_in(manager.user)
    assert withdrawn.candidate.code not in "".join(shown(client, word) for word in ("ready", "waiting", "decided"))


@pytest.mark.parametrize("show", ["ready", "waiting", "decided", "", "nonsense"])
def test_three_rows_cost_no_query_more_than_one(signed_in, show):
    first = held(1)
    client = signed_in(first.manager)
    counts = []
    for rows in (1, 3):
        while first.application.role.applications.count() < rows * 3:
            fill(first)
        client.get(reverse(LIST), {"show": show})
        with CaptureQueriesContext(connection) as spent:
            assert client.get(reverse(LIST), {"show": show}).status_code == 200
        counts.append(len(spent))
    assert counts[0] == counts[1]


def fill(panel):
    """One more of each kind for the panel's role: waiting, ready, decided."""
    from tests.factories import InterviewFactory

    for kind in ("waiting", "ready", "decided"):
        application = ApplicationFactory(plan=panel.application.plan)
        card = ScorecardFactory(interview=InterviewFactory(application=application))
        if kind != "waiting":
            seal(card)
        if kind == "decided":
            record_decision(application=application, outcome="hire", rationale="Strong.", by=panel.manager)


def test_the_list_is_only_read(signed_in):
    assert signed_in(UserFactory()).post(reverse(LIST)).status_code == 405
