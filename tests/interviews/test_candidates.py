"""Candidates: added one by one or pasted, listed for those who may know, withdrawn, moved to a new plan."""

import re

import pytest
from django.urls import reverse

from accounts.models import Entry
from foundation import clock
from foundation.lifecycle import Refused
from interviews.actions.candidates import AlreadyActive, add_candidate, take_plan_in_force, withdraw_application
from interviews.models import Application, Candidate, Interview
from plans.models import Role
from tests.factories import (
    ActivePlanFactory,
    ApplicationFactory,
    CandidateFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    RoleFactory,
    ScorecardFactory,
    UserFactory,
    put_in_force,
    submit,
)  # fmt: skip

pytestmark = pytest.mark.django_db
NEW, PASTE, LIST = (reverse(f"interviews:candidate_{name}") for name in ("new", "paste", "list"))
BIDI = "Ada \u202eByron"


@pytest.fixture
def recruiter():
    return MembershipFactory(recruiter=True).user


@pytest.fixture
def role(recruiter):
    return recruiter.memberships.get().role


@pytest.fixture
def client(signed_in, recruiter):
    return signed_in(recruiter)


def close(role):
    Role.objects.filter(pk=role.pk).update(closed_at=clock.now())


def typed(role, **fields):
    return {"role": role.pk, "name": "Ada Byron", "email": "ada@example.org", **fields}


def test_a_new_candidate_gets_a_code_from_their_key_and_the_plan_in_force(client, role, recruiter):
    plan = ActivePlanFactory(role=role)
    answer = client.post(NEW, typed(role, email="  Ada@Example.org "), follow=True)
    application = Application.objects.get()
    assert application.candidate.code == f"C-{application.candidate.pk:04d}"
    assert (application.plan, application.candidate.email) == (plan, "ada@example.org")
    assert "Ada Byron" in answer.content.decode()
    assert set(Entry.objects.values_list("verb", "actor")) == {
        ("candidate.added", recruiter.pk),
        ("application.added", recruiter.pk),
    }


def test_the_same_email_is_the_same_candidate_whose_name_stays(client, role):
    known = CandidateFactory(name="Ada Lovelace", email="ada@example.org")
    answer = client.post(NEW, typed(role, email="ADA@example.org"), follow=True)
    assert Application.objects.get().candidate == known
    assert "known as Ada Lovelace, and that name stays" in answer.content.decode()


def test_a_second_click_says_that_the_person_is_already_there(client, role):
    client.post(NEW, typed(role))
    answer = client.post(NEW, typed(role))
    assert answer.status_code == 422
    assert "already a candidate" in answer.content.decode()
    assert Application.objects.count() == 1


def test_who_withdrew_can_be_added_again(role, recruiter):
    first = add_candidate(role=role, name="Ada", email="ada@example.org", by=recruiter)
    withdraw_application(application=first, by=recruiter)
    second = add_candidate(role=role, name="Ada", email="ada@example.org", by=recruiter)
    assert first.candidate == second.candidate


def test_a_role_closed_meanwhile_is_refused_beside_the_field_with_everything_kept(client, role):
    close(role)
    answer = client.post(NEW, typed(role))
    assert answer.status_code == 422
    assert "This role is closed" in answer.content.decode()
    assert 'value="Ada Byron"' in answer.content.decode()
    assert not Candidate.objects.exists()


def test_a_role_of_others_is_no_choice(client):
    answer = client.post(NEW, typed(RoleFactory()))
    assert answer.status_code == 422
    assert not Candidate.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "A\x00da", BIDI, "\u2066Ada\u2069", "x" * 3_000_000])
def test_a_name_that_cannot_be_kept_is_refused_with_a_sentence(client, role, name):
    answer = client.post(NEW, typed(role, name=name))
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()
    assert not Candidate.objects.exists()


@pytest.mark.parametrize(
    "email", ["", "ada", "a\x00@example.org", f"{'x' * 250}@example.org", "ada@exam\u202eple.org", "<b>@example.org"]
)
def test_an_email_that_cannot_be_kept_is_refused_with_a_sentence(client, role, email):
    answer = client.post(NEW, typed(role, email=email))
    assert answer.status_code == 422
    assert not Candidate.objects.exists()


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "![x](http://x)", "Łukasz O’Brien", "عمر"])
def test_any_other_name_is_kept_as_typed_and_shown_as_text(client, role, name):
    answer = client.post(NEW, typed(role, name=name), follow=True)
    assert Candidate.objects.get().name == name
    assert "<script>alert" not in answer.content.decode()


def test_an_empty_post_is_answered_like_an_empty_form(client):
    assert client.post(NEW).status_code == 422
    assert client.post(PASTE).status_code == 422


def test_adding_is_for_recruiters(signed_in):
    client = signed_in(UserFactory())
    assert {client.get(NEW).status_code, client.get(PASTE).status_code, client.post(NEW).status_code} == {403}


LINES = (
    "Ada Byron, ada@example.org\nGrace Hopper <grace@example.org>\n\nAlan Turing\talan@example.org\n\nnobody here\n"
    "Again, ADA@example.org\nBig\u202e Name, big@example.org"
)


def test_a_pasted_list_is_shown_as_read_before_anything_is_written(client, role):
    CandidateFactory(name="G. Hopper", email="grace@example.org")
    active = ApplicationFactory(role=role, plan=None, candidate__email="alan@example.org")
    answer = client.post(PASTE, {"role": role.pk, "text": LINES})
    lines = answer.context["lines"]
    assert [(line.number, line.fate) for line in lines] == [
        (1, "new"), (2, "known"), (4, "active"), (6, "unreadable"), (7, "twice"), (8, "unreadable"),
    ]  # fmt: skip
    shown = answer.content.decode()
    assert "Known as G. Hopper" in shown
    assert "The same email as line 1." in shown
    assert "Add 2 candidates" in shown
    assert list(Application.objects.all()) == [active]


def test_confirming_adds_the_readable_lines_and_twice_adds_nothing_more(client, role):
    sent = {"role": role.pk, "text": LINES, "step": "add"}
    answer = client.post(PASTE, sent, follow=True)
    assert "3 candidates are added." in answer.content.decode()
    assert set(Candidate.objects.values_list("name", flat=True)) == {"Ada Byron", "Grace Hopper", "Alan Turing"}
    answer = client.post(PASTE, sent, follow=True)
    assert "0 candidates are added." in answer.content.decode()
    assert Application.objects.count() == 3


@pytest.mark.parametrize(
    ("line", "name", "email"),
    [
        ("Byron, Ada, ada@x.org", "Byron, Ada", "ada@x.org"),
        ('"Ada Byron"; ada@x.org', "Ada Byron", "ada@x.org"),
        ("ada@x.org, Ada Byron", "Ada Byron", "ada@x.org"),
        ("'Ada Byron' <ada@x.org>,", "Ada Byron", "ada@x.org"),
        ("Ada Byron\t ada@x.org", "Ada Byron", "ada@x.org"),
        ("Byron\t Ada \tada@x.org", "Byron, Ada", "ada@x.org"),
        ("Byron;Ada,the first, ada@x.org", "Byron;Ada,the first", "ada@x.org"),
    ],
)
def test_lines_are_read_as_mail_programs_and_sheets_write_them(client, role, line, name, email):
    [read] = client.post(PASTE, {"role": role.pk, "text": line}).context["lines"]
    assert (read.name, read.email) == (name, email)


@pytest.mark.parametrize("text", ["", "a\x00b, a@x.org", "A, a@x.org\n" * 201, "x" * 3_000_000])
def test_a_paste_that_cannot_be_read_is_refused_whole(client, role, text):
    answer = client.post(PASTE, {"role": role.pk, "text": text, "step": "add"})
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()
    assert not Candidate.objects.exists()


def test_a_role_closed_between_preview_and_confirmation_takes_nobody(client, role):
    close(role)
    answer = client.post(PASTE, {"role": role.pk, "text": LINES, "step": "add"})
    assert answer.status_code == 422
    assert "This role is closed" in answer.content.decode()
    assert not Candidate.objects.exists()


def listed(client, **words):
    return {row.application for row in client.get(LIST, words).context["rows"]}


def test_the_list_holds_the_roles_of_the_reader_and_narrows(client, role):
    ada = ApplicationFactory(role=role, plan=None, candidate__name="Ada Byron", candidate__email="ada@example.org")
    alan = ApplicationFactory(role=role, plan=None, candidate__name="Alan Turing", status="withdrawn")
    ApplicationFactory()
    assert listed(client) == {ada, alan}
    assert (
        listed(client, q="byron ADA")
        == listed(client, q=ada.candidate.code)
        == listed(client, q="ada@example")
        == {ada}
    )
    assert listed(client, status="withdrawn") == {alan}
    assert listed(client, role=role.pk, status="active") == {ada}
    assert listed(client, q="nobody") == set()


@pytest.mark.parametrize(
    "words", [{"q": "a\x00b"}, {"q": "x" * 5000}, {"role": "x"}, {"status": "x"}, {"page": "x"}, {"page": "999"}]
)
def test_words_that_cannot_be_read_are_said_and_not_applied(client, role, words):
    application = ApplicationFactory(role=role, plan=None)
    assert listed(client, **words) == {application}


def test_an_email_cannot_be_guessed_by_searching_where_one_may_not_read_it(signed_in, role):
    application = ApplicationFactory(role=role, plan=None, candidate__email="secret@example.org")
    manager = signed_in(MembershipFactory(role=role, hiring_manager=True).user)
    assert listed(manager) == {application}
    assert listed(manager, q="secret") == set()


def test_status_next_interview_and_lateness_are_hidden_from_whoever_is_blind(client, recruiter, role):
    application = ApplicationFactory(plan=ActivePlanFactory(role=role), status="on_hold")
    interview = InterviewFactory(application=application)
    ScorecardFactory(interview=interview)
    [row] = client.get(LIST).context["rows"]
    assert (row.status, row.late_cards) == ("on hold", 1)
    ScorecardFactory(interview=interview, interviewer=recruiter)
    [row] = client.get(LIST).context["rows"]
    assert (row.application, row.status, row.tone, row.next_interview, row.late_cards, row.late_since) == (
        application,
        "",
        "",
        None,
        0,
        None,
    )
    assert listed(client, status="on_hold") == listed(client, status="active") == set()
    assert "on hold" not in client.get(reverse("interviews:application_detail", args=[application.pk])).content.decode()


def test_a_hiring_manager_sees_status_and_never_who_is_late(signed_in, role):
    application = ApplicationFactory(plan=ActivePlanFactory(role=role))
    ScorecardFactory(interview__application=application)
    [row] = signed_in(MembershipFactory(role=role, hiring_manager=True).user).get(LIST).context["rows"]
    assert (row.status, row.late_cards) == ("active", 0)


def test_the_list_costs_the_same_for_one_and_for_three(client, role, django_assert_num_queries):
    plan = ActivePlanFactory(role=role)
    fragment = reverse("interviews:role_applications", args=[role.pk])

    def one_more():
        application = ApplicationFactory(plan=plan)
        ScorecardFactory(interview__application=application)

    one_more()
    client.get(LIST)
    with django_assert_num_queries(9):
        client.get(LIST)
    with django_assert_num_queries(10):
        client.get(fragment)
    one_more()
    one_more()
    with django_assert_num_queries(9):
        client.get(LIST)
    with django_assert_num_queries(10):
        assert len(client.get(fragment).context["rows"]) == 3


def test_the_fragment_of_a_role_is_for_those_with_a_duty_there(signed_in, client, role):
    ApplicationFactory(role=role, plan=None, candidate__name="Ada Byron")
    fragment = reverse("interviews:role_applications", args=[role.pk])
    assert "Ada Byron" in client.get(fragment).content.decode()
    interviewer = MembershipFactory(role=role).user
    assert "Ada Byron" not in signed_in(interviewer).get(fragment).content.decode()
    assert signed_in(UserFactory()).get(fragment).status_code == 404


def test_withdrawing_cancels_what_has_not_been_held_and_leaves_what_has(client, role, recruiter):
    application = ApplicationFactory(plan=put_in_force(PlanFactory(role=role, stages=2)))
    held, ahead = (InterviewFactory(application=application, stage=stage) for stage in application.plan.stages.all())
    ScorecardFactory(interview=held, submitted=True)
    card = ScorecardFactory(interview=ahead)
    address = reverse("interviews:application_withdraw", args=[application.pk])
    assert client.get(address).status_code == 200
    client.post(address)
    for row in (application, held, ahead, card):
        row.refresh_from_db()
    assert application.status == "withdrawn"
    assert (held.status, ahead.status, card.status) == ("scheduled", "cancelled", "waived")
    answer = client.post(address)
    assert answer.status_code == 409
    assert "changed meanwhile" in answer.content.decode()


def without_tokens(answer):
    return re.sub(r'"X-CSRFToken": "\w+"|name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_an_application_of_others_is_as_absent_as_none(client, signed_in, role):
    theirs, mine = ApplicationFactory(), ApplicationFactory(role=role, plan=None)
    manager = signed_in(MembershipFactory(role=role, hiring_manager=True).user)
    for name in ("application_detail", "application_withdraw", "interview_schedule"):
        absent = client.get(reverse(f"interviews:{name}", args=[999_999]))
        wrong = client.get(reverse(f"interviews:{name}", args=[theirs.pk]))
        assert (wrong.status_code, without_tokens(wrong)) == (404, without_tokens(absent))
    assert manager.get(reverse("interviews:application_detail", args=[mine.pk])).status_code == 200
    assert manager.post(reverse("interviews:application_withdraw", args=[mine.pk])).status_code == 404
    assert manager.post(reverse("interviews:application_replan", args=[mine.pk])).status_code == 404


def test_an_interviewer_sees_candidate_role_and_own_interviews_only(signed_in, role):
    application = ApplicationFactory(plan=put_in_force(PlanFactory(role=role, stages=2)))
    mine, other = (
        InterviewFactory(application=application, stage=stage, place=f"Room {stage.position}")
        for stage in application.plan.stages.all()
    )
    card = ScorecardFactory(interview=mine)
    ScorecardFactory(interview=mine, interviewer__name="Peer In", submitted=True)
    ScorecardFactory(interview=other)
    client = signed_in(card.interviewer)
    for is_blind in (True, False):
        if not is_blind:
            submit(card)
        shown = client.get(reverse("interviews:application_detail", args=[application.pk])).content.decode()
        assert application.candidate.name in shown
        assert "Room 1" in shown
        assert "Room 2" not in shown
        assert application.candidate.email not in shown
        # Their own once it is in, never a peer's.
        assert shown.count("card in") == (0 if is_blind else 1)
    assert client.get(reverse("interviews:interview_detail", args=[other.pk])).status_code == 404


def test_moving_to_a_new_plan_needs_the_old_plan_to_hold_no_interview(client, role, recruiter):
    application = ApplicationFactory(plan=ActivePlanFactory(role=role))
    interview = InterviewFactory(application=application)
    newer = put_in_force(PlanFactory(role=role))
    with pytest.raises(Refused):
        take_plan_in_force(application=application, by=recruiter)
    Interview.objects.filter(pk=interview.pk).update(status="cancelled", cancel_reason="Ill.")
    assert (
        f"Follow plan {newer.number}"
        in client.get(reverse("interviews:application_detail", args=[application.pk])).content.decode()
    )
    client.post(reverse("interviews:application_replan", args=[application.pk]))
    application.refresh_from_db()
    assert application.plan == newer
    assert client.post(reverse("interviews:application_replan", args=[application.pk])).status_code == 409


def test_a_withdrawn_application_keeps_its_plan(role, recruiter):
    application = ApplicationFactory(plan=ActivePlanFactory(role=role))
    put_in_force(PlanFactory(role=role))
    withdraw_application(application=application, by=recruiter)
    kept = application.plan
    with pytest.raises(Refused, match="keeps its plan"):
        take_plan_in_force(application=application, by=recruiter)
    application.refresh_from_db()
    assert application.plan == kept


def test_two_at_once_make_one_candidate(role, recruiter):
    add_candidate(role=role, name="Ada", email="ada@example.org", by=recruiter)
    with pytest.raises(AlreadyActive):
        add_candidate(role=role, name="Ada", email="Ada@example.org", by=recruiter)
    assert Entry.objects.filter(verb="application.added").count() == 1


def test_other_methods_are_refused(client, role):
    application = ApplicationFactory(role=role, plan=None)
    assert client.post(LIST).status_code == 405
    assert client.put(NEW).status_code == 405
    assert client.post(reverse("interviews:application_detail", args=[application.pk])).status_code == 405
    assert client.get(reverse("interviews:application_replan", args=[application.pk])).status_code == 405
    assert client.post(reverse("interviews:role_applications", args=[role.pk])).status_code == 405
