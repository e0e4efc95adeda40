"""The demo is told as a believable past, through the rules that hold for everybody."""

import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db.models import CharField, Count, Sum, TextField

from accounts.house import settle
from accounts.models import Entry, User
from accounts.recording import first_broken_entry
from committee.demo import Calendar, load_demo
from committee.gathering import gather_packet
from committee.models import Decision
from foundation import clock
from foundation.lifecycle import Refused
from interviews.lateness import late
from interviews.models import Application, Candidate, Interview, Score, Scorecard
from plans.coverage import coverage_of, time_of
from plans.models import InterviewPlan, Role, Stage
from plans.outline import outline_of
from plans.plan_lint import findings_in
from questions.bank import load_bank
from questions.models import QuestionVersion, Usage

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "fixtures/demo.toml"
TOLD = tomllib.loads(FILE.read_text())


@pytest.fixture(scope="module")
def loaded(for_the_module):
    """The demo, loaded once for this file."""
    with clock.at(clock.now() - timedelta(weeks=20)):
        load_bank(ROOT / "fixtures/bank")
    load_demo(FILE)


@pytest.fixture
def demo(loaded, db):
    """Each test starts from the demo as it was loaded."""


def person(email):
    return User.objects.get(email=f"{email}@demo.example")


def of(name):
    return Application.objects.get(candidate__name=name)


def rows():
    return {model._meta.label: model.objects.count() for model in apps.get_models() if model._meta.managed}


def test_loading_again_changes_nothing_and_asks_little(demo, django_assert_max_num_queries):
    before = rows()
    with django_assert_max_num_queries(6):
        assert load_demo(FILE) is False
    assert rows() == before


def test_a_database_marked_as_demo_stays_one(demo):
    with pytest.raises(Refused, match="holds the demo"):
        settle("real")


def test_nobody_of_the_demo_has_a_password(demo):
    assert User.objects.count() == 10
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_the_people_whom_the_sign_in_page_offers_are_there_with_their_rights(demo):
    for key in ("recruiter", "interviewer", "second", "manager", "committee", "administrator"):
        assert person(key).zone == "Europe/Berlin"
    assert list(User.objects.filter(is_administrator=True)) == [person("administrator")]
    assert list(User.objects.filter(is_recruiter=True)) == [person("recruiter")]


def test_eight_candidates_stand_in_different_states_beside_a_past_intake_of_24(demo):
    now = Application.objects.filter(role__closed_at=None)
    assert Counter(now.values_list("status", flat=True)) == {
        "active": 5, "hired": 1, "rejected": 1, "withdrawn": 1,
    }  # fmt: skip
    past = Application.objects.filter(role__closed_at__isnull=False)
    assert Counter(past.values_list("status", flat=True)) == {"hired": 3, "rejected": 21}


def test_of_the_past_intake_the_error_is_known_and_each_decision_stands_on_the_packet_of_today(demo):
    for decision in Decision.objects.filter(application__role__closed_at__isnull=False):
        packet = gather_packet(decision.application)
        assert packet.comparison.uncertainty.so_far == 24
        assert packet.comparison.uncertainty.is_known
        assert len(packet.comparison.tied) + len(packet.comparison.apart) == 23
        assert packet.digest == decision.facts_digest
        assert {person.usual is not None for person in packet.panel} == {True}
    others = gather_packet(of("José Ángel Pérez-Quiñones")).comparison.uncertainty
    assert (others.obstacle, others.so_far) == ("few", 3)


def test_the_past_intake_was_asked_and_sealed_in_its_days(demo):
    cards = Scorecard.objects.filter(interview__application__role__closed_at__isnull=False)
    assert cards.submitted().count() == 48
    assert not Interview.objects.filter(scorecards__in=cards).exclude(status="completed").exists()
    days = {card.submitted_at.date() - card.interview.starts_at.date() for card in cards.select_related("interview")}
    assert days == {timedelta(0)}
    assert not of("Aoife Nic Lochlainn").interviews.exists()
    assert of("Bence Szűcs-Halmi").interviews.filter(status="cancelled").exists()


def test_at_least_fourteen_cards_are_in_and_every_one_was_filled_in(demo):
    assert Scorecard.objects.submitted().count() >= 14
    told = [
        (candidate["name"], interview["stage"], person["email"], question)
        for candidate in TOLD["candidates"]
        for interview in candidate.get("interviews", [])
        for card in interview.get("cards", [])
        for person in TOLD["people"]
        for question in card["scores"]
        if person["key"] == card["of"]
    ]
    written = (
        Score.objects.filter(item__section__stage__plan__role__closed_at=None)
        .exclude(version=0)
        .values_list(
            "scorecard__interview__application__candidate__name",
            "scorecard__interview__stage__name",
            "scorecard__interviewer__email",
            "item__version__question__slug",
        )
    )
    assert sorted(written) == sorted(told)


def test_the_decided_candidate_has_a_whole_packet_and_a_decision_of_the_committee_member(demo):
    application = of("Zoë Brännström")
    decision = Decision.objects.get(application=application)
    assert (decision.outcome, decision.decided_by) == ("hire", person("committee"))
    packet = gather_packet(application)
    assert packet.missing == ()
    assert packet.digest == decision.facts_digest
    assert application.interviews.filter(status="completed").count() == 4


def test_one_candidate_can_be_decided_now_and_the_notes_differ_by_two_points(demo):
    application = of("José Ángel Pérez-Quiñones")
    assert application in Application.objects.decidable_by(person("committee"))
    packet = gather_packet(application)
    assert packet.composite is not None
    assert packet.is_split
    assert packet.differing_rows
    assert max(entry.spread for entry in packet.differing_entries) == 2


def test_a_reader_without_the_power_to_decide_reads_only(demo):
    assert not Application.objects.decidable_by(person("nadia")).exists()
    assert of("José Ángel Pérez-Quiñones") in Application.objects.packet_readable_by(person("nadia"))


def test_the_interviewer_has_one_card_to_score_today_beside_peers_whom_she_cannot_read(demo):
    imani = person("interviewer")
    interview = of("Nguyễn Thị Minh").interviews.get(stage__name="Modelling and evaluation")
    assert interview.status == Interview.Status.RUNNING
    assert timedelta(minutes=50) <= clock.now() - interview.starts_at < timedelta(minutes=60)
    assert interview.scorecards.open().get().interviewer == imani
    peers = interview.scorecards.submitted()
    assert {card.interviewer for card in peers} == {person("second"), person("priya")}
    readable = Scorecard.objects.readable_by(imani).filter(interview__application=interview.application)
    assert {card.interviewer for card in readable} == {imani}
    assert not Application.objects.packet_readable_by(imani).filter(pk=interview.application.pk)


def test_the_interviewer_has_finished_cards_and_one_ahead(demo):
    cards = Scorecard.objects.filter(interviewer=person("interviewer"))
    assert cards.submitted().filter(interview__application=of("Kwabena Asante-Darko")).exists()
    assert cards.open().filter(interview__starts_at__gt=clock.now()).exists()


def test_the_second_interviewers_card_is_late_and_the_recruiter_may_know(demo):
    sven = person("second")
    card = late(Scorecard.objects.filter(interviewer=sven)).get()
    assert card.interview.application == of("Олена Шевчук")
    assert card in Scorecard.objects.chased_by(person("recruiter"))


def test_the_plan_in_force_is_the_second_and_fits_its_slots(demo):
    plan = InterviewPlan.objects.get(status="active", role__closed_at=None)
    assert plan.number == 2
    outline = outline_of(plan)
    assert [time_of(stage).over for stage in outline.stages] == [0, 0, 0, 0]
    # Both are for the demo's recruiter to weigh; nothing else is found in it.
    assert {finding.rule for finding in findings_in(outline)} == {"must-have-one-interviewer", "no-warm-up"}
    assert 6 <= len(coverage_of(outline).rows) <= 8
    first = plan.role.plans.get(number=1)
    assert first.status == "superseded"
    assert len(outline_of(first).items) < len(outline.items)


def test_a_draft_plan_and_a_draft_question_wait_to_be_finished(demo):
    assert InterviewPlan.objects.get(status="draft").role.title == "Data Engineer"
    draft = QuestionVersion.objects.get(published_at=None)
    assert (draft.author, draft.number) == (person("recruiter"), 2)


def test_every_text_keeps_the_limits_of_its_field(demo):
    for model in (User, Candidate, Role, Stage, Interview, Scorecard, Score, Decision, QuestionVersion):
        others = {field.name for field in model._meta.fields if not isinstance(field, CharField | TextField)}
        for row in model.objects.all():
            row.clean_fields(exclude=others | {"password"})


def test_a_composite_can_be_worked_out_for_everybody_with_a_card(demo):
    with_cards = Application.objects.filter(interviews__scorecards__status="submitted").distinct()
    assert with_cards.count() == 7 + 24
    for application in with_cards:
        packet = gather_packet(application)
        assert packet.composite is not None
        assert 1 <= packet.composite <= 5


def test_the_past_is_told_as_past_in_the_order_in_which_it_happened(demo):
    entries = list(Entry.objects.order_by("pk"))
    assert first_broken_entry() is None
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert entries[-1].at <= clock.now()
    told = {"plan.activated", "scorecard.submitted", "scorecard.waived", "decision.recorded", "application.withdrawn"}
    assert told <= {entry.verb for entry in entries}
    cards = Scorecard.objects.submitted().select_related("interview")
    assert all(card.created_at < card.interview.starts_at < card.submitted_at for card in cards)


def test_what_was_asked_is_counted_once_an_interview_where_nobody_is_blind_any_more(demo):
    put = Score.objects.filter(
        scorecard__in=Scorecard.objects.counted(), outcome__in=["scored", "no_evidence", "declined"]
    )
    blind = Scorecard.objects.open().values("interview__application")
    settled = Interview.objects.filter(scorecards__in=Scorecard.objects.counted()).exclude(application__in=blind)
    assert set(settled) <= set(Interview.objects.exclude(counted_at=None))
    asked = put.exclude(scorecard__interview__counted_at=None)
    meetings = set(asked.values_list("item__version__question", "scorecard__interview"))
    assert dict(Usage.objects.values_list("question", "times_asked")) == Counter(question for question, _at in meetings)
    given = asked.exclude(level=None).values_list("item__version__question").annotate(Count("level"), Sum("level"))
    kept = Usage.objects.exclude(times_scored=0).values_list("question", "times_scored", "levels_total")
    assert set(kept) == set(given.order_by())
    assert Usage.objects.exists()


@pytest.mark.parametrize(
    ("today", "day", "expected"),
    [("2026-11-20", -1, "2026-11-19"), ("2026-11-21", -1, "2026-11-20"), ("2026-11-23", -2, "2026-11-19"), ("2026-11-20", 1, "2026-11-23")],
)  # fmt: skip
def test_days_of_the_story_are_working_days(today, day, expected):
    now = datetime.fromisoformat(f"{today}T12:03:04").replace(tzinfo=UTC)
    moment = Calendar(now, ZoneInfo("Europe/Berlin")).moment(day, "10:00")
    assert moment.isoformat() == f"{expected}T09:00:00+00:00"
