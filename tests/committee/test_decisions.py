import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Entry
from committee.actions import record_decision, supersede_decision
from committee.gathering import gather_packet
from committee.models import Decision
from foundation.lifecycle import Refused
from interviews.lifecycles import APPLICATION
from interviews.models import Application
from plans.voided import VoidedItem
from printing.document import digest_of
from tests.committee.panels import held
from tests.factories import ApplicationFactory, ScorecardFactory, UserFactory

pytestmark = pytest.mark.django_db


def decide(panel, outcome="hire", **fields):
    against = {"override_reason": "Too narrow for the role."} if outcome == "no_hire" else {}
    said = {"outcome": outcome, "rationale": "Strong on measurement."}
    return record_decision(application=panel.application, by=panel.manager, **said | against | fields)


def posted(panel, **fields):
    digest = gather_packet(panel.application).digest
    return {
        "outcome": "hire",
        "rationale": "Strong on measurement.",
        "override_reason": "",
        "digest_read": digest,
    } | fields


def address(panel):
    return reverse("committee:decision_record", args=[panel.application.pk])


@pytest.mark.parametrize(("outcome", "status"), [("hire", "hired"), ("no_hire", "rejected"), ("hold", "on_hold")])
def test_a_decision_moves_the_application_and_keeps_the_facts_that_were_read(outcome, status):
    panel = held(2)
    digest = gather_packet(panel.application).digest
    decision = decide(panel, outcome, digest_read=digest)
    assert Application.objects.get(pk=panel.application.pk).status == status
    assert decision.facts_digest == digest == digest_of(decision.facts)
    assert json.loads(decision.facts)["code"] == panel.application.candidate.code
    entry = Entry.objects.get(verb="decision.recorded")
    assert (entry.actor, entry.subject_id, entry.note) == (panel.manager, decision.pk, "")


def test_the_hiring_manager_decides_on_the_page_and_lands_on_the_packet(signed_in):
    panel = held(1)
    answer = signed_in(panel.manager).post(address(panel), posted(panel), follow=True)
    assert answer.redirect_chain == [(reverse("committee:packet_detail", args=[panel.application.pk]), 302)]
    assert "Decided: Hire" in answer.text
    assert "Strong on measurement." in answer.text


def test_a_committee_member_decides_only_with_that_power(signed_in):
    panel = held(1)
    assert signed_in(panel.member).post(address(panel), posted(panel)).status_code == 404
    assert signed_in(panel.recruiter).post(address(panel), posted(panel)).status_code == 404
    assert signed_in(UserFactory()).post(address(panel), posted(panel)).status_code == 404
    assert not Decision.objects.exists()
    assert signed_in(panel.decider).post(address(panel), posted(panel)).status_code == 302
    assert Decision.objects.get().decided_by == panel.decider


def test_nobody_decides_while_a_card_is_out():
    panel = held(1)
    ScorecardFactory(interview=panel.cards[0].interview)
    with pytest.raises(Refused, match="not every scorecard is in"):
        decide(panel)
    assert not Decision.objects.exists()


def test_a_packet_that_changed_since_it_was_opened_is_not_decided_on(signed_in):
    panel = held(1)
    sent = posted(panel)
    item = panel.cards[0].scores.filter(item__scored=True).first().item
    VoidedItem.objects.create(item=item, reason="Unclear.", by=panel.recruiter)
    client = signed_in(panel.manager)
    answer = client.post(address(panel), sent)
    assert answer.status_code == 422
    assert "The packet changed since you opened it" in answer.text
    assert "Strong on measurement." in answer.text
    assert not Decision.objects.exists()
    # The page that says so shows the new packet, and the next try is about that one.
    assert gather_packet(panel.application).digest in answer.text
    assert sent["digest_read"] not in answer.text


def test_a_form_that_does_not_say_what_was_read_is_refused(signed_in):
    panel = held(1)
    for digest in ("", "x", "0" * 65):
        answer = signed_in(panel.manager).post(address(panel), posted(panel, digest_read=digest))
        assert answer.status_code == 422
        assert "does not say which packet you read" in answer.text
    assert not Decision.objects.exists()


def test_a_second_click_or_tab_gets_a_sentence_and_one_decision_stands(signed_in):
    panel = held(1)
    sent = posted(panel)
    client = signed_in(panel.manager)
    assert client.post(address(panel), sent).status_code == 302
    again = client.post(address(panel), sent | {"outcome": "no_hire"})
    assert again.status_code == 422
    assert "A decision already stands here" in again.text
    assert Decision.objects.get().outcome == "hire"


def test_of_two_holds_one_stands_though_the_application_may_move_from_hold_to_hold():
    panel = held(1)
    decide(panel, "hold")
    with pytest.raises(Refused, match="A decision already stands"):
        decide(panel, "hold")
    assert Decision.objects.count() == 1


def test_a_withdrawn_application_is_not_decided():
    panel = held(1)
    APPLICATION.move(panel.application, "withdrawn")
    with pytest.raises(Refused):
        decide(panel)
    assert not Decision.objects.exists()


def test_a_superseded_decision_stays_on_record_and_the_application_is_active_again(signed_in):
    panel = held(1)
    first = decide(panel)
    client = signed_in(panel.decider)
    take_back = reverse("committee:decision_supersede", args=[first.pk])
    answer = client.post(take_back, {"reason": "A reference changed the picture."}, follow=True)
    assert answer.status_code == 200
    assert "A reference changed the picture." in answer.text
    first.refresh_from_db()
    assert (first.status, first.superseded_by) == ("superseded", panel.decider)
    assert Application.objects.get(pk=panel.application.pk).status == "active"
    assert Entry.objects.filter(verb="decision.superseded", subject_id=first.pk).count() == 1
    again = client.post(take_back, {"reason": "Once more."})
    assert again.status_code == 422
    assert "changed meanwhile" in again.text
    assert decide(panel, "no_hire").status == "standing"


def test_a_hold_that_is_superseded_becomes_active():
    panel = held(1)
    supersede_decision(decision=decide(panel, "hold"), reason="Headcount is back.", by=panel.manager)
    assert Application.objects.get(pk=panel.application.pk).status == "active"


def test_a_decision_is_not_taken_back_over_another_open_application():
    panel = held(1)
    decision = decide(panel, "no_hire")
    ApplicationFactory(candidate=panel.application.candidate, role=panel.application.role, plan=panel.application.plan)
    with pytest.raises(Refused, match="another open application"):
        supersede_decision(decision=decision, reason="Wrong.", by=panel.manager)
    decision.refresh_from_db()
    assert decision.status == "standing"


def test_only_deciders_supersede_and_only_with_a_reason(signed_in):
    panel = held(1)
    take_back = reverse("committee:decision_supersede", args=[decide(panel).pk])
    for stranger in (panel.member, panel.recruiter, UserFactory(), UserFactory(administrator=True)):
        assert signed_in(stranger).post(take_back, {"reason": "No."}).status_code == 404
    assert signed_in(panel.manager).post(take_back, {"reason": " "}).status_code == 422
    assert Decision.objects.standing().count() == 1


def test_addresses_that_change_something_take_no_get(signed_in):
    panel = held(1)
    client = signed_in(panel.manager)
    assert client.get(address(panel)).status_code == 405
    assert client.get(reverse("committee:decision_supersede", args=[decide(panel).pk])).status_code == 405


@pytest.mark.parametrize("field", ["rationale", "override_reason"])
@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "x" * 3_000_000])
def test_text_that_cannot_be_kept_is_said_beside_its_field_and_nothing_is_written(signed_in, field, text):
    panel = held(1)
    answer = signed_in(panel.manager).post(address(panel), posted(panel, **{field: text}))
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.text
    assert not Decision.objects.exists()
    assert Application.objects.get(pk=panel.application.pk).status == "active"


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "x" * 3_000_000, ""])
def test_a_reason_that_cannot_be_kept_supersedes_nothing(signed_in, text):
    panel = held(1)
    take_back = reverse("committee:decision_supersede", args=[decide(panel).pk])
    answer = signed_in(panel.manager).post(take_back, {"reason": text})
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.text
    assert Decision.objects.standing().count() == 1


@pytest.mark.parametrize(("field", "value"), [("outcome", ""), ("outcome", "maybe"), ("rationale", "")])
def test_an_unfinished_decision_keeps_what_was_typed(signed_in, field, value):
    panel = held(1)
    sent = posted(panel, override_reason="The composite misses the depth.") | {field: value}
    answer = signed_in(panel.manager).post(address(panel), sent)
    assert answer.status_code == 422
    assert "The composite misses the depth." in answer.text
    assert not Decision.objects.exists()


def test_markup_in_a_rationale_is_shown_as_text(signed_in):
    panel = held(1)
    sent = posted(panel, rationale="<script>alert(1)</script> ![x](http://example.org/x) [y](javascript:alert(1))")
    text = signed_in(panel.manager).post(address(panel), sent, follow=True).text
    assert "<script>alert" not in text
    assert "javascript:alert(1)" in text
    assert 'href="javascript' not in text


def test_the_database_refuses_a_changed_rationale():
    panel = held(1)
    decision = decide(panel)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE committee_decision SET rationale = 'other' WHERE id = %s", [decision.pk])
