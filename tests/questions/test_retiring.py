"""Out of use for a time or for good, everywhere at once, and back again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Entry
from foundation import clock
from foundation.lifecycle import MoveRefused, Refused
from plans.actions import add_item
from plans.board import board_of
from questions.actions import publish_version, start_draft
from questions.counting import count_asked
from questions.listing import recounted
from questions.models import Listing, ListingCount, Question, QuestionVersion
from questions.policies import competencies_counted
from questions.retiring import bring_back, rest_question, retire_question
from tests.factories import DraftFactory, PlanFactory, UserFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(recruiter=True)


@pytest.fixture
def recruiter(signed_in, by):
    return signed_in(by)


def days(number):
    return clock.today() + timedelta(days=number)


def rest(version, by, number=10):
    rest_question(question=version.question, until=days(number), reason="Leaked.", by=by)


def retire(version, by):
    retire_question(question=version.question, reason="Out of date.", by=by)


def kept():
    cells = ListingCount.objects.values_list("competency", "level", "kind", "number")
    return {(competency, level, kind): number for competency, level, kind, number in cells if number}


def shown_figures(client):
    """What the pages of the bank say of how many questions are in use."""
    beside = client.get("/questions/facets/").context["facets"]
    facets = {facet.label: sum(choice.count.number for choice in facet.choices) for facet in beside}
    facets.pop("State", None)
    competencies = sum(competency.question_count for competency in competencies_counted())
    return {client.get("/questions/").context["published"], *facets.values(), competencies}


@pytest.mark.parametrize("way", [rest, retire])
def test_a_question_out_of_use_stands_in_no_list_and_no_figure(recruiter, by, way):
    gone, _stays = VersionFactory(prompt="Gone?"), VersionFactory(prompt="Here?")
    way(gone, by)
    shown = recruiter.get("/questions/").text
    assert "Gone?" not in shown
    assert "Here?" in shown
    assert "Gone?" not in recruiter.get("/questions/?q=gone").text
    assert shown_figures(recruiter) == {1}
    assert kept() == recounted()
    assert gone.title in recruiter.get("/questions/away/").text


@pytest.mark.parametrize("way", [rest, retire])
def test_it_comes_back_whole(recruiter, by, way):
    version = VersionFactory()
    way(version, by)
    bring_back(question=version.question, by=by)
    assert shown_figures(recruiter) == {1}
    assert kept() == recounted()
    stored = Question.objects.get()
    assert (stored.retired_at, stored.rest_until, stored.away_reason) == (None, None, "")
    assert "Every question is in use." in recruiter.get("/questions/away/").text
    assert list(Entry.objects.values_list("verb", flat=True))[-1] == "question.brought_back"


def test_a_rest_ends_by_itself_on_its_day(recruiter, by):
    version = VersionFactory()
    rest(version, by, 10)
    with clock.at(clock.now() + timedelta(days=9)):
        assert not QuestionVersion.objects.askable().exists()
        assert not Listing.objects.in_bank().exists()
    with clock.at(clock.now() + timedelta(days=10)):
        assert QuestionVersion.objects.askable().get() == version
        assert shown_figures(recruiter) == {1}
        assert Question.objects.get().is_askable
    assert QuestionVersion.objects.askable(on=days(10)).exists()


@pytest.mark.parametrize("number", [0, -1])
def test_a_rest_needs_a_day_to_come(by, number):
    with pytest.raises(Refused, match="day to come"):
        rest(VersionFactory(), by, number)


def test_a_retired_question_is_retired_once_and_neither_rests_nor_is_reworded(by):
    version = VersionFactory()
    draft = start_draft(question=version.question, by=by)
    retire(version, by)
    with pytest.raises(MoveRefused):
        retire(version, by)
    with pytest.raises(Refused, match="retired"):
        rest(version, by)
    with pytest.raises(Refused, match="retired"):
        publish_version(version=draft, by=by)
    assert kept() == recounted() == {}


def test_only_what_is_away_is_brought_back(by):
    with pytest.raises(MoveRefused):
        bring_back(question=VersionFactory().question, by=by)


def test_a_resting_question_can_be_reworded_meanwhile(recruiter, by):
    version = VersionFactory()
    rest(version, by)
    publish_version(version=start_draft(question=version.question, by=by), by=by)
    assert shown_figures(recruiter) == {0}
    assert kept() == recounted()


@pytest.mark.parametrize(("way", "word"), [(rest, "rests until"), (retire, "retired")])
def test_no_plan_takes_it_and_a_draft_that_holds_it_says_so(by, way, word):
    plan = PlanFactory()
    section = plan.stages.get().sections.first()
    held, other = section.items.last().version, VersionFactory(question__competency=section.competency)
    for version in (held, other):
        way(version, by)
    with pytest.raises(Refused, match=word):
        add_item(section=section, version=other, minutes=5, scored=True, by=by)
    assert any(held.title in sentence and word in sentence for sentence in board_of(plan).cautions)


def test_a_draft_alone_can_be_retired_and_leaves_the_drafts(recruiter, by):
    draft = DraftFactory()
    retire(draft, by)
    assert draft.title not in recruiter.get("/questions/?state=drafts").text
    assert draft.title in recruiter.get("/questions/away/").text
    assert kept() == {}


def test_the_form_says_what_is_missing(recruiter):
    path = f"/questions/{VersionFactory().question.slug}/away/"
    for fields, word in [
        ({"how": "rest", "away_reason": "x"}, "Name the day"),
        ({"how": "rest", "until": "2020-01-01", "away_reason": "x"}, "Name a day to come"),
        ({"how": "rest", "until": "soon", "away_reason": "x"}, "valid date"),
        ({"how": "retire", "away_reason": " "}, "required"),
        ({"how": "retire", "away_reason": "x" * 201}, "at most 200"),
        ({"away_reason": "x"}, "required"),
    ]:
        answer = recruiter.post(path, fields)
        assert answer.status_code == 422
        assert word in answer.text, fields
    assert Question.objects.get().is_askable


@pytest.mark.parametrize(
    ("fields", "state"),
    [({"how": "rest", "until": str(days(5))}, "Rests"), ({"how": "retire", "until": ""}, "Retired")],
)
def test_the_page_of_a_question_says_why_it_is_away_and_brings_it_back(recruiter, fields, state):
    slug = VersionFactory().question.slug
    recruiter.post(f"/questions/{slug}/away/", fields | {"away_reason": "Leaked on a forum."})
    shown = recruiter.get(f"/questions/{slug}/").text
    assert state in shown
    assert "Leaked on a forum." in shown
    assert "Rest it or retire it" not in shown
    assert "Rest it or retire it" in recruiter.post(f"/questions/{slug}/back/", follow=True).text


def test_the_list_of_what_is_away_takes_as_many_statements_for_three_as_for_one(
    recruiter, by, django_assert_num_queries
):
    retire(VersionFactory(), by)
    with CaptureQueriesContext(connection) as one:
        recruiter.get("/questions/away/")
    for way in (rest, retire):
        version = VersionFactory()
        count_asked(questions=[version.question], at=clock.now())
        way(version, by)
    with django_assert_num_queries(len(one)):
        recruiter.get("/questions/away/")
