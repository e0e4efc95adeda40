"""Review and submit: gaps first, sealed once, counted once."""

import threading
from importlib import import_module
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Entry, House
from interviews.actions.scheduling import cancel_interview, waive_card
from interviews.actions.scoring import submit_card
from interviews.models import Interview, Score, Scorecard
from interviews.score_sheet import Sheet
from plans.models import VoidedItem
from questions.models import Usage
from tests.factories import InterviewFactory, ScorecardFactory, UserFactory, submit
from tests.interviews.saving import Tab, scored, warm_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    """An open card with nothing left to say."""
    return ready(ScorecardFactory(interview__application__plan__stages=2))


def at_the_next_stage(card):
    """An open card of somebody else for the same candidate."""
    application = card.interview.application
    return ScorecardFactory(interview=InterviewFactory(application=application, stage=application.plan.stages.last()))


def ready(card):
    card.scores.filter(item__scored=True).update(outcome="scored", level=4, evidence="Weighed both.", version=1)
    return card


def send(client, card, **fields):
    url = reverse("interviews:interview_submit", args=[card.interview_id])
    return client.post(url, {"recommendation": "yes", "seen": Sheet.of(card).seen, **fields})


def status_of(row):
    row.refresh_from_db()
    return row.status


def test_a_submitted_card_holds_what_was_said_and_leads_to_itself(mine, card):
    answer = send(mine, card, recommendation="strong_yes", summary="Clear.", private_note="Tall.")
    assert answer["Location"] == reverse("interviews:scorecard_detail", args=[card.pk])
    assert status_of(card) == "submitted"
    assert (card.recommendation, card.summary, card.private_note) == ("strong_yes", "Clear.", "Tall.")
    assert card.submitted_at
    verbs = list(Entry.objects.values_list("verb", flat=True))
    assert verbs.count("scorecard.submitted") == 1
    assert not Entry.objects.filter(note__contains="Tall").exists()


def test_a_second_click_lands_on_the_card_and_changes_nothing(mine, card):
    send(mine, card)
    entries = Entry.objects.count()
    answer = send(mine, card, recommendation="no")
    assert answer["Location"] == reverse("interviews:scorecard_detail", args=[card.pk])
    assert (status_of(card), card.recommendation, Entry.objects.count()) == ("submitted", "yes", entries)
    assert set(Usage.objects.values_list("times_asked", flat=True)) == {1}
    submit_card(card=Scorecard.objects.get(pk=card.pk), recommendation="no", by=card.interviewer)
    assert (status_of(card), card.recommendation, Entry.objects.count()) == ("submitted", "yes", entries)


GAPS = [
    {"outcome": "pending", "level": None},
    {"outcome": "not_asked", "level": None},
    {"outcome": "declined", "level": None, "reason": "  "},
    {"level": 1, "evidence": ""},
    {"level": 5, "evidence": " \n"},
]


@pytest.mark.parametrize("gap", GAPS)
def test_a_gap_is_named_first_and_keeps_the_card_open(mine, card, gap):
    score = scored(card)
    Score.objects.filter(pk=score.pk).update(**gap)
    page = mine.get(reverse("interviews:interview_review", args=[card.interview_id])).content.decode()
    others = [f'id="question-{each.item_id}"' for each in card.scores.exclude(pk=score.pk)]
    assert page.index("Still open") < page.index(f'id="question-{score.item_id}"') < min(map(page.index, others))
    answer = send(mine, card, summary="Typed so far")
    assert answer.status_code == 422
    assert "Typed so far" in answer.content.decode()
    assert status_of(card) == "open"
    assert not Usage.objects.exists()


@pytest.mark.parametrize(
    "fine",
    [
        {"outcome": "no_evidence", "level": None, "evidence": ""},
        {"outcome": "not_asked", "level": None, "reason": "No time"},
        {"level": 3, "evidence": ""},
    ],
)
def test_what_needs_no_more_words_is_no_gap(mine, card, fine):
    Score.objects.filter(pk=scored(card).pk).update(**fine)
    assert send(mine, card).status_code == 302


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"recommendation": ""}, "Choose a recommendation"),
        ({"recommendation": "maybe"}, "Select a valid choice"),
        ({"recommendation": "not_enough"}, "Say what was missing"),
        ({"recommendation": "not_enough", "recommendation_reason": "  "}, "Say what was missing"),
        ({"summary": "w" * 4001}, "at most 4000"),
        ({"summary": "w" * 3_000_000}, "at most 4000"),
        ({"summary": "nul \x00"}, "invisible character"),
        ({"private_note": "bell \x07"}, "invisible character"),
        ({"seen": "nonsense"}, "not one of ours"),
        ({"seen": "9" * 5000 + ":1"}, "not one of ours"),
        ({"sent": "1:2:3"}, "not one of ours"),
        ({"sent": f"1:{UUID(int=1)}:{'9' * 5000}"}, "not one of ours"),
    ],
)  # fmt: skip
def test_a_bad_value_gets_a_sentence_and_keeps_the_card_open(mine, card, fields, sentence):
    answer = send(mine, card, **{"private_note": "kept <script>", **fields})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "<script>" not in page.split("<main")[1]
    assert status_of(card) == "open"


def test_a_submit_from_a_page_that_is_behind_is_refused(mine, card):
    seen = Sheet.of(card).seen
    Tab(mine, card).save(scored(card), expected=1, level=2)
    answer = send(mine, card, seen=seen)
    assert answer.status_code == 422
    assert "Something changed" in answer.content.decode()
    assert status_of(card) == "open"
    assert send(mine, card).status_code == 302


def last(tab, score, sequence=None):
    """What a script says of the edits of one item that it has made."""
    return f"{score.item_id}:{tab.client}:{sequence or tab.sequences[score]}"


def test_a_submit_waits_until_the_last_edit_of_every_score_has_arrived(mine, card):
    tab, other = Tab(mine, card), Tab(mine, card)
    first, second = card.scores.filter(item__scored=True)
    tab.save(first, expected=1, level=2)
    other.save(second, expected=1, level=3)
    waiting = tab.edit(second, expected=2, evidence="Still on the device.")
    sent = " ".join([last(tab, first), last(tab, second), last(other, second)])
    answer = send(mine, card, sent=sent)
    assert answer.status_code == 422
    assert "still on their way" in answer.content.decode()
    assert status_of(card) == "open"
    assert tab.send(second, waiting).status_code == 200
    assert send(mine, card, sent=sent).status_code == 302
    assert card.scores.get(pk=second.pk).evidence == "Still on the device."


def test_a_submit_waits_for_what_is_written_on_the_card_itself(mine, card):
    tab = Tab(mine, card)
    waiting = tab.edit(card, summary="Still on the device.")
    sent = f"0:{tab.client}:1"
    assert send(mine, card, sent=sent).status_code == 422
    assert tab.send(card, waiting).status_code == 200
    card.refresh_from_db()
    assert send(mine, card, sent=sent).status_code == 302


def test_a_disputed_edit_has_arrived_and_a_refused_one_has_not(mine, card):
    tab, other = Tab(mine, card), Tab(mine, card)
    score = scored(card)
    other.save(score, expected=1, level=2)
    assert tab.save(score, expected=0, level=3).status_code == 409
    refused = tab.edit(score, expected=2, level=9)
    assert tab.send(score, refused).status_code == 422
    assert send(mine, card, sent=last(tab, score)).status_code == 422
    assert send(mine, card, sent=last(tab, score, 1)).status_code == 302


@pytest.mark.parametrize("claim", ["another client", "another item", "another card"])
def test_what_arrived_elsewhere_has_not_arrived_here(mine, card, claim):
    tab, score = Tab(mine, card), scored(card)
    foreign = ScorecardFactory(interviewer=card.interviewer)
    tab.save(score, expected=1, level=3)
    Tab(mine, foreign).save(scored(foreign), level=3)
    claims = {
        "another client": last(Tab(mine, card), score, 1),
        "another item": last(tab, warm_up(card), 1),
        "another card": last(tab, scored(foreign), 1),
    }
    assert send(mine, card, sent=claims[claim]).status_code == 422
    assert status_of(card) == "open"


def test_a_later_submit_with_other_words_is_told_that_they_are_not_kept(mine, card):
    address = send(mine, card, summary="First.")["Location"]
    assert "From now on" in mine.get(address).content.decode()
    assert send(mine, card, summary="First.")["Location"] == address
    assert "From now on" in mine.get(address).content.decode()
    for fields in (
        {"summary": "Second."},
        {"recommendation": "maybe"},
        {"sent": last(Tab(mine, card), scored(card), 1)},
    ):
        assert send(mine, card, **fields)["Location"] == address
        assert "What was sent now is not in it" in mine.get(address).content.decode()
    assert (status_of(card), card.summary) == ("submitted", "First.")


def test_a_script_gets_its_answers_as_json(mine, card, client):
    score = scored(card)

    def ask(http, **fields):
        url = reverse("interviews:interview_submit", args=[card.interview_id])
        sent = {"recommendation": "yes", "seen": Sheet.of(card).seen, **fields}
        answer = http.post(url, sent, headers={"Accept": "application/json"})
        assert answer["Content-Type"] == "application/json"
        return answer.status_code, answer.json()

    assert ask(client)[0] == 401
    assert ask(mine, recommendation="")[1] == {"message": "Choose a recommendation.", "field": "recommendation"}
    status, body = ask(mine, sent=f"{score.item_id}:{uuid4()}:1")
    assert (status, body["field"]) == (422, "sent")
    status, body = ask(mine, seen=f"{score.item_id}:7")
    assert (status, body["field"]) == (422, "seen")
    page = reverse("interviews:scorecard_detail", args=[card.pk])
    assert ask(mine) == (200, {"page": page, "as_sent": True})
    assert ask(mine) == (200, {"page": page, "as_sent": True})
    assert ask(mine, recommendation="no") == (200, {"page": page, "as_sent": False})


def test_twenty_submits_at_once_seal_the_card_once(lifted):
    House.objects.get_or_create(pk=1, defaults={"kind": House.Kind.REAL})
    card, start, answers = ready(ScorecardFactory()), threading.Barrier(20), []

    def seal(number):
        http = Client()
        http.force_login(card.interviewer)
        start.wait()
        try:
            answers.append(send(http, card, summary=f"Words {number % 2}"))
        finally:
            connection.close()

    threads = [threading.Thread(target=seal, args=[number]) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [302] * 20
    assert len({answer["Location"] for answer in answers}) == 1
    assert status_of(card) == "submitted"
    assert Entry.objects.filter(verb="scorecard.submitted").count() == 1
    assert list(Usage.objects.values_list("times_asked", flat=True)) == [1, 1]


def test_what_was_asked_is_counted_and_what_was_not_is_left_out(mine, card):
    first, second = card.scores.filter(item__scored=True)
    Score.objects.filter(pk=first.pk).update(outcome="not_asked", level=None, reason="No time")
    send(mine, card)
    assert list(Usage.objects.values_list("question", "times_asked")) == [(second.item.version.question_id, 1)]


def test_the_levels_given_are_summed_with_what_was_asked(mine, card):
    first, second = card.scores.filter(item__scored=True)
    Score.objects.filter(pk=first.pk).update(outcome="no_evidence", level=None, reason="Nothing to rate")
    send(mine, card)
    level = Score.objects.get(pk=second.pk).level
    figures = Usage.objects.values_list("question", "times_asked", "times_scored", "levels_total")
    assert set(figures) == {(first.item.version.question_id, 1, 0, 0), (second.item.version.question_id, 1, 1, level)}


def test_how_answers_went_with_the_rest_is_kept_when_nobody_is_blind_and_without_what_does_not_count(
    mine, card, signed_in
):
    peer = ready(ScorecardFactory(interview=card.interview))
    first, second = card.scores.filter(item__scored=True)
    Score.objects.filter(scorecard=peer, item__scored=True).update(level=2)
    Score.objects.filter(pk=first.pk).update(level=5)
    Score.objects.filter(pk=second.pk).update(level=3)
    send(mine, card)
    assert not Usage.objects.exists()
    send(signed_in(peer.interviewer), peer)
    kept = dict(Usage.objects.values_list("question", "own_total"))
    rest = dict(Usage.objects.values_list("question", "rest_total"))
    one, other = first.item.version.question_id, second.item.version.question_id
    assert (kept[one], kept[other], rest[one], rest[other]) == (3500, 2500, 2500, 3500)
    assert Usage.objects.get(question=one).products == 3500 * 2500


def test_a_voided_item_is_no_part_of_the_rest(mine, card):
    first, _second = card.scores.filter(item__scored=True)
    VoidedItem.objects.create(item=first.item, reason="It was misread.", by=UserFactory())
    send(mine, card)
    assert set(Usage.objects.values_list("times_asked", "pairs")) == {(1, 0)}


def test_what_was_asked_is_counted_when_nobody_is_blind_to_it_any_more(mine, card, signed_in):
    """Everybody reads the counts; one that moved with each card would tell who has submitted."""
    peer = ready(ScorecardFactory(interview=card.interview))
    elsewhere = at_the_next_stage(card)
    send(mine, card)
    send(signed_in(peer.interviewer), peer)
    assert status_of(card.interview) == "completed"
    assert not Usage.objects.exists()
    waive_card(card=elsewhere, reason="Ill.", by=UserFactory())
    assert set(Usage.objects.values_list("times_asked", flat=True)) == {1}
    assert Usage.objects.count() == 2


def test_an_interview_that_is_called_off_ends_the_wait_for_the_counts(mine, card):
    ahead = at_the_next_stage(card).interview
    send(mine, card)
    assert not Usage.objects.exists()
    cancel_interview(interview=ahead, reason="Not needed.", by=UserFactory())
    assert set(Usage.objects.values_list("times_asked", flat=True)) == {1}


def test_what_was_counted_once_is_not_counted_again_with_the_next_interview(mine, card, signed_in):
    send(mine, card)
    later = ready(at_the_next_stage(card))
    send(signed_in(later.interviewer), later)
    assert set(Usage.objects.values_list("times_asked", flat=True)) == {1}
    assert Usage.objects.count() == 4


def test_what_was_counted_card_by_card_before_is_marked_by_the_migration(card):
    peer = at_the_next_stage(card)
    submit(ready(card))
    import_module("interviews.migrations.0003_interview_counted_at").mark_counted(apps, None)
    marked = Interview.objects.exclude(counted_at=None)
    assert list(marked) == [card.interview]
    waive_card(card=peer, reason="Ill.", by=UserFactory())
    assert not Usage.objects.exists()


def test_a_shadows_card_counts_no_question(signed_in):
    card = ready(ScorecardFactory(seat="shadow"))
    assert send(signed_in(card.interviewer), card).status_code == 302
    assert not Usage.objects.exists()


def test_the_interview_is_completed_by_the_last_card(card, mine, signed_in):
    peer = ready(ScorecardFactory(interview=card.interview))
    Tab(mine, card).save(warm_up(card), outcome="no_evidence")
    send(mine, card)
    assert status_of(card.interview) == "running"
    send(signed_in(peer.interviewer), peer)
    assert status_of(card.interview) == "completed"


def test_only_ones_own_card_is_submitted(card, signed_in):
    for user in (UserFactory(), UserFactory(administrator=True)):
        assert send(signed_in(user), card).status_code == 404
    assert status_of(card) == "open"


def test_submit_is_a_post_for_the_signed_in(card, mine, client):
    url = reverse("interviews:interview_submit", args=[card.interview_id])
    assert mine.get(url).status_code == 405
    assert client.post(url).status_code == 302
    assert status_of(card) == "open"


def test_a_waived_card_is_not_submitted(mine, card):
    waive_card(card=card, reason="Ill", by=UserFactory())
    answer = send(mine, card)
    assert answer.status_code == 409
    assert status_of(card) == "waived"


def test_a_save_after_the_submit_is_refused(mine, card):
    send(mine, card)
    assert Tab(mine, card).save(scored(card), level=1).status_code == 403


def test_the_review_costs_the_same_with_more_rows(card, signed_in):
    def cost(card):
        client = signed_in(card.interviewer)
        with CaptureQueriesContext(connection) as spent:
            client.get(reverse("interviews:interview_review", args=[card.interview_id]))
        return len(spent)

    fewer = ScorecardFactory()
    fewer.scores.exclude(pk=scored(fewer).pk).delete()
    assert (fewer.scores.count(), card.scores.count()) == (1, 3)
    assert cost(fewer) == cost(card)


def test_the_last_cards_of_an_application_at_once_complete_its_interviews_and_are_counted_once(lifted):
    House.objects.get_or_create(pk=1, defaults={"kind": House.Kind.REAL})
    first = ready(ScorecardFactory(interview__application__plan__stages=2))
    second, third = ready(ScorecardFactory(interview=first.interview)), ready(at_the_next_stage(first))
    start = threading.Barrier(3)

    def seal(card):
        client = Client()
        client.force_login(card.interviewer)
        start.wait()
        try:
            assert send(client, card).status_code == 302
        finally:
            connection.close()

    threads = [threading.Thread(target=seal, args=[card]) for card in (first, second, third)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status_of(card) for card in (first, second, third)} == {"submitted"}
    assert {status_of(card.interview) for card in (first, third)} == {"completed"}
    assert list(Usage.objects.values_list("times_asked", flat=True)) == [1, 1, 1, 1]
