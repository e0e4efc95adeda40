"""The contract of a save: what 200 acknowledges is written, once, and nothing is overwritten unseen."""

import json
import threading
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Entry
from interviews.actions.scheduling import cancel_interview
from interviews.lifecycles import SCORECARD
from interviews.models import ScoreEdit
from tests.factories import MembershipFactory, ScorecardFactory, UserFactory, submit
from tests.interviews.saving import Tab, scored, warm_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_tab(card, signed_in):
    return Tab(signed_in(card.interviewer), card)


def stored(score):
    score.refresh_from_db()
    return (score.outcome, score.level, score.reason, score.evidence, score.probes_used, score.hint)


def test_a_level_is_saved_and_answered_with_the_new_version(tab, card):
    score = scored(card)
    answer = tab.save(score, level=4)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {"applied": True, "version": 1, "saved_at": ScoreEdit.objects.get().at.isoformat()}
    assert stored(score)[:2] == ("scored", 4)


def test_each_part_is_saved_by_itself(tab, card):
    score = scored(card)
    tab.save(score, evidence="Asked what a miss costs.")
    tab.save(score, probes_used=[2, 1, 2], hint=True)
    tab.save(score, outcome="not_asked", level=None, reason="No time")
    assert stored(score) == ("not_asked", None, "No time", "Asked what a miss costs.", [1, 2], True)
    assert score.version == 3


def test_an_outcome_without_a_level_takes_the_level_away_and_a_level_takes_the_reason_away(tab, card):
    score = scored(card)
    tab.save(score, level=2)
    tab.save(score, outcome="declined")
    assert stored(score)[:3] == ("declined", None, "")
    tab.save(score, reason="Rather not say")
    assert stored(score)[:3] == ("declined", None, "Rather not say")
    tab.save(score, level=5)
    assert stored(score)[:3] == ("scored", 5, "")
    tab.save(score, outcome="pending")
    assert stored(score)[:3] == ("pending", None, "")


def test_a_repeated_operation_gets_the_same_bytes_and_has_no_second_effect(tab, card):
    score = scored(card)
    edit = tab.edit(score, level=3)
    first, second = tab.send(score, edit), tab.send(score, edit)
    assert (second.status_code, second.content) == (200, first.content)
    score.refresh_from_db()
    assert score.version == 1
    assert ScoreEdit.objects.count() == 1


def test_a_repeat_is_answered_even_after_the_card_is_sealed(tab, card):
    score = scored(card)
    edit = tab.edit(score, level=3)
    first = tab.send(score, edit)
    submit(card)
    assert tab.send(score, edit).content == first.content


def test_an_operation_of_another_score_is_refused_without_its_reply(tab, card):
    score, other = scored(card), warm_up(card)
    edit = tab.edit(score, evidence="Only here.")
    tab.send(score, edit)
    answer = tab.send(other, edit)
    assert answer.status_code == 422
    assert "Only here" not in answer.content.decode()


def test_an_older_edit_of_the_same_tab_is_acknowledged_and_not_applied(tab, card):
    score = scored(card)
    older = tab.edit(score, level=2)
    tab.save(score, level=4)
    answer = tab.send(score, older)
    assert answer.status_code == 200
    assert answer.json()["applied"] is False
    assert answer.json()["current"]["level"] == 4
    assert stored(score)[1] == 4


def test_two_tabs_on_one_part_get_both_values_and_nothing_changes(tab, other_tab, card):
    score = scored(card)
    tab.save(score, evidence="First words")
    answer = other_tab.save(score, evidence="Other words")
    assert answer.status_code == 409
    assert answer.json()["yours"] == {"evidence": "Other words"}
    assert answer.json()["theirs"] == {"evidence": "First words"}
    assert answer.json()["version"] == 1
    assert stored(score)[3] == "First words"
    assert ScoreEdit.objects.get(applied=False).status == 409
    assert other_tab.save(score, expected=1, evidence="Other words").status_code == 200


def test_two_tabs_on_different_parts_do_not_meet(tab, other_tab, card):
    score = scored(card)
    assert tab.save(score, evidence="Words").status_code == 200
    assert other_tab.save(score, level=4).status_code == 200
    assert tab.save(score, hint=True).status_code == 200
    assert stored(score) == ("scored", 4, "", "Words", [], True)


def test_a_tab_is_never_in_conflict_with_itself(tab, card):
    score = scored(card)
    for level in (1, 2, 3):
        assert tab.save(score, expected=0, level=level).status_code == 200
    assert stored(score)[1] == 3


BAD = [
    ({"level": 0}, "level"),
    ({"level": 6}, "level"),
    ({"level": "4"}, "level"),
    ({"level": True}, "level"),
    ({"level": 4.5}, "level"),
    ({"level": 10**400}, "level"),
    ({"outcome": "scored"}, "level"),
    ({"outcome": "brilliant"}, "outcome"),
    ({"outcome": ""}, "outcome"),
    ({"outcome": None}, "outcome"),
    ({"outcome": "declined", "level": 4}, "level"),
    ({"level": 4, "reason": "No time"}, "reason"),
    ({"outcome": "not_asked", "reason": "x" * 301}, "reason"),
    ({"outcome": "not_asked", "reason": "turned \u202e round"}, "reason"),
    ({"outcome": "not_asked", "reason": "two\nlines"}, "reason"),
    ({"evidence": "x" * 8001}, "evidence"),
    ({"evidence": "x" * 3_000_000}, "evidence"),
    ({"evidence": "nul \x00"}, "evidence"),
    ({"evidence": "lone \ud800"}, ""),
    ({"evidence": ["a"]}, "evidence"),
    ({"evidence": None}, "evidence"),
    ({"probes_used": [3]}, "probes_used"),
    ({"probes_used": [True]}, "probes_used"),
    ({"probes_used": [[1]]}, "probes_used"),
    ({"probes_used": "1"}, "probes_used"),
    ({"hint": "no"}, "hint"),
    ({}, ""),
    ({"scorecard": 1, "version": 9}, ""),
    ({"level": 4, "sequence": 0}, "sequence"),
    ({"level": 4, "sequence": 10**12}, "sequence"),
    ({"level": 4, "expected_version": -1}, "expected_version"),
    ({"level": 4, "operation": "abc"}, "operation"),
    ({"level": 4, "client": "\ud800"}, ""),
]


@pytest.mark.parametrize(("fields", "field"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_a_value_that_no_score_may_have_gets_a_sentence_and_nothing_is_written(tab, card, fields, field):
    score = scored(card)
    answer = tab.save(score, **fields)
    assert answer.status_code == 422
    assert answer.json()["field"] == field
    assert answer.json()["message"].endswith((".", ")", "?"))
    assert ScoreEdit.objects.count() == 0
    assert stored(score) == ("pending", None, "", "", [], False)


@pytest.mark.parametrize("body", ["", "[", "[]", "3", '"x"', "null", b"\xff\xfe", "[" * 100_000, '{"level": 4}'])
def test_a_body_that_is_not_a_save_gets_a_sentence(tab, card, body):
    answer = tab.send(scored(card), body)
    assert answer.status_code == 422
    assert answer.json()["message"]


@pytest.mark.parametrize("missing", ["operation", "client", "sequence", "expected_version"])
def test_a_save_without_its_stamp_is_refused(tab, card, missing):
    score = scored(card)
    edit = tab.edit(score, level=4)
    del edit[missing]
    answer = tab.send(score, edit)
    assert (answer.status_code, answer.json()["field"]) == (422, missing)


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "![x](http://evil.example/x.png)", "[x](javascript:alert(1))", "e\u0301", "a\r\nb"],
)
def test_hostile_but_printable_evidence_is_kept_as_text(tab, card, text):
    score = scored(card)
    assert tab.save(score, evidence=text).status_code == 200
    page = tab.http.get(reverse("interviews:interview_score", args=[card.interview_id])).content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert stored(score)[3] in {text, "é", "a\nb"}


def test_a_warm_up_takes_a_note_and_no_level(tab, card):
    score = warm_up(card)
    assert tab.save(score, evidence="Told of a school project.").status_code == 200
    assert tab.save(score, level=3).status_code == 422


@pytest.mark.parametrize("closing", ["submitted", "waived", "cancelled"])
def test_a_closed_card_takes_no_more_and_says_so(tab, card, closing):
    score = scored(card)
    if closing == "submitted":
        submit(card)
    elif closing == "waived":
        SCORECARD.move(card, "waived", waive_reason="Ill")
    else:
        cancel_interview(interview=card.interview, reason="Moved on", by=UserFactory())
    before = stored(score)
    answer = tab.save(score, level=1)
    assert answer.status_code == 403
    assert answer.json()["message"]
    assert stored(score) == before
    assert ScoreEdit.objects.count() == 0


def test_another_persons_score_is_not_found(card, signed_in):
    peer = ScorecardFactory(interview=card.interview)
    recruiter = MembershipFactory(role=card.interview.application.role, recruiter=True).user
    score = scored(card)
    theirs = Tab(signed_in(peer.interviewer), card)
    assert theirs.save(score, level=1).status_code == 200, "the same address is the peer's own score"
    assert stored(score)[0] == "pending"
    for person in (recruiter, UserFactory(administrator=True)):
        assert Tab(signed_in(person), card).save(score, level=1).status_code == 404
    assert ScoreEdit.objects.get().score.scorecard == peer


def test_an_item_of_another_interview_is_not_found(tab, card):
    foreign = scored(ScorecardFactory(interviewer=card.interviewer))
    assert tab.save(foreign, level=1).status_code == 404


def test_signed_out_gets_401_without_a_redirect(card):
    answer = Tab(Client(), card).save(scored(card), level=1)
    assert answer.status_code == 401
    assert answer.json()["message"]


def test_an_ended_session_is_told_so_and_keeps_its_cookie_which_may_be_newer_by_then(tab, card):
    Session.objects.all().delete()
    answer = tab.save(scored(card), level=1)
    assert answer.status_code == 401
    assert "sessionid" not in answer.cookies


def test_a_forged_save_gets_403_without_a_redirect(card):
    http = Client(enforce_csrf_checks=True)
    http.force_login(card.interviewer)
    assert Tab(http, card).save(scored(card), level=1).status_code == 403


def test_only_post_saves(tab, card):
    address = reverse("interviews:score_save", args=[card.interview_id, scored(card).item_id])
    assert [tab.http.get(address).status_code, tab.http.put(address).status_code] == [405, 405]


def test_the_first_saved_outcome_starts_the_interview_and_a_note_does_not(tab, card):
    score = scored(card)
    tab.save(score, evidence="Settling in.")
    tab.save(score, outcome="pending")
    card.interview.refresh_from_db()
    assert card.interview.status == "scheduled"
    tab.save(score, outcome="no_evidence")
    card.interview.refresh_from_db()
    assert card.interview.status == "running"


def test_a_save_writes_its_own_history_and_nothing_to_the_record(tab, card):
    score = scored(card)
    tab.save(score, level=4)
    tab.save(score, evidence="Words")
    assert Entry.objects.count() == 0
    history = [json.loads(edit.fields) for edit in score.edits.all()]
    assert history == [{"level": 4}, {"evidence": "Words"}]
    assert [edit.resulting_version for edit in score.edits.all()] == [1, 2]


def spent_on(send):
    """(answer, its statements): what the save itself asks of the database, without session, user and transaction."""
    with CaptureQueriesContext(connection) as seen:
        answer = send()
    session, user, *own = [query["sql"] for query in seen]
    assert '"django_session"' in session
    assert '"accounts_user"' in user
    return answer, [sql for sql in own if not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]


def test_no_save_costs_more_than_five_statements(tab, other_tab, card):
    score = scored(card)
    first = tab.edit(score, level=4)
    saves = {
        "the first level, which starts the interview": lambda: tab.send(score, first),
        "the same once more": lambda: tab.send(score, first),
        "a level": lambda: tab.save(score, level=3),
        "evidence": lambda: tab.save(score, evidence="Words"),
        "probes and hint": lambda: tab.save(score, probes_used=[1, 2], hint=True),
        "an older edit": lambda: tab.send(score, {**tab.edit(score, level=1), "sequence": 1}),
        "a conflict": lambda: other_tab.save(score, evidence="Other words"),
    }
    found = {name: spent_on(send) for name, send in saves.items()}
    assert [answer.status_code for answer, _spent in found.values()] == [200, 200, 200, 200, 200, 200, 409]
    assert {name: len(spent) for name, (_answer, spent) in found.items()} == {
        "the first level, which starts the interview": 5,
        "the same once more": 3,
        "a level": 4,
        "evidence": 4,
        "probes and hint": 4,
        "an older edit": 3,
        "a conflict": 3,
    }


def test_a_whole_question_without_javascript_costs_no_more_than_five_statements_either(tab, card):
    address = reverse("interviews:score_save", args=[card.interview_id, scored(card).item_id])
    sent = {"page": str(uuid4()), "expected_version": "0", "answer": "4", "evidence": "Words", "probes_used": ["", "2"], "hint": ""}  # fmt: skip
    answer, spent = spent_on(lambda: tab.http.post(address, sent))
    assert answer.status_code == 303
    assert len(spent) == 5


def test_a_save_costs_the_same_however_long_the_history(tab, card):
    score = scored(card)
    tab.save(score, level=4)
    counts = {len(spent_on(lambda: tab.save(score, evidence="Words"))[1]) for _turn in range(4)}
    assert counts == {4}


def test_a_stranger_learns_nothing_from_what_is_wrong_with_a_save(card, signed_in):
    stranger = Tab(signed_in(UserFactory()), card)
    for broken in ({"level": 9}, {}, {"probes_used": [99]}):
        assert stranger.save(scored(card), **broken).status_code == 404


def test_the_form_of_a_page_without_javascript_saves_the_same(tab, card):
    score = scored(card)
    address = reverse("interviews:score_save", args=[card.interview_id, score.item_id])
    sent = {
        "page": str(uuid4()), "expected_version": "0", "answer": "not_asked", "reason": "No time", "evidence": "Ran late.",
        "probes_used": ["", "2"], "hint": "",
    }  # fmt: skip
    for _click in range(2):
        answer = tab.http.post(address, sent)
        assert answer.status_code == 303
        assert answer["Location"].endswith(f"/score/#question-{score.item_id}")
    assert stored(score) == ("not_asked", None, "No time", "Ran late.", [2], False)
    assert ScoreEdit.objects.count() == 1, "a double click counts once"


def test_a_form_sent_again_with_other_words_is_not_taken_for_the_first(tab, card):
    score = scored(card)
    address = reverse("interviews:score_save", args=[card.interview_id, score.item_id])
    sent = {"page": str(uuid4()), "expected_version": "0", "evidence": "First"}
    tab.http.post(address, sent)
    answer = tab.http.post(address, {**sent, "evidence": "Second"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "First" in page
    assert "Second" in page
    assert f'name="expected_version" value="{score.version + 1}"' in page


def test_a_form_with_a_bad_value_keeps_what_was_typed(tab, card):
    score = scored(card)
    address = reverse("interviews:score_save", args=[card.interview_id, score.item_id])
    sent = {"page": str(uuid4()), "expected_version": "0", "answer": "4", "reason": "", "evidence": "w" * 8001}
    answer = tab.http.post(address, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "w" * 8001 in page
    assert 'value="4" checked' in page
    assert stored(score)[0] == "pending"


@pytest.mark.parametrize(
    "sent",
    [{}, {"page": "x"}, {"answer": "9" * 5000}, {"answer": "٣"}, {"probes_used": ["9" * 5000]}, {"page": str(uuid4())}],
)
def test_a_broken_form_gets_a_sentence(tab, card, sent):
    address = reverse("interviews:score_save", args=[card.interview_id, scored(card).item_id])
    assert tab.http.post(address, sent).status_code == 422
    assert ScoreEdit.objects.count() == 0


def test_a_closed_card_tells_the_form_so(tab, card):
    score = scored(card)
    submit(card)
    address = reverse("interviews:score_save", args=[card.interview_id, score.item_id])
    answer = tab.http.post(address, {"page": str(uuid4()), "expected_version": "0", "answer": "1", "evidence": ""})
    assert answer.status_code == 403
    assert "no longer change" in answer.content.decode()


def test_twenty_identical_saves_at_once_apply_once(lifted):
    card = ScorecardFactory()
    score = scored(card)
    tabs = []
    for _person in range(20):
        http = Client()
        http.force_login(card.interviewer)
        tabs.append(Tab(http, card))
    edit, answers, start = tabs[0].edit(score, level=5), [], threading.Barrier(20)

    def save(tab):
        start.wait()
        try:
            answers.append(tab.send(score, edit))
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[tab]) for tab in tabs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len(answers) == 20
    score.refresh_from_db()
    assert (score.version, score.level, ScoreEdit.objects.count()) == (1, 5, 1)
