"""What a person keeps of the list under a name, and what is done to many of its questions at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Entry
from foundation import clock
from questions import filters
from questions.models import Question, SavedFilter, Step
from questions.retiring import bring_back, rest_question, retire_question
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return UserFactory(recruiter=True)


@pytest.fixture
def mine(me, signed_in):
    return signed_in(me)


def test_a_filter_is_kept_under_a_name_and_leads_back_to_what_it_asked(mine, me, signed_in):
    assert mine.post("/questions/filters/", {"name": "Hard", "q": "recall", "level": "advanced"}).headers[
        "Location"
    ] == ("/questions/?q=recall&level=advanced")
    assert 'href="/questions/?q=recall&amp;level=advanced"' in mine.get("/questions/").text
    assert "“recall” · advanced" in mine.get("/questions/filters/").text
    assert "Hard" not in signed_in(UserFactory()).get("/questions/").text


def test_the_same_name_keeps_the_newer_filter(mine, me):
    for level in ("advanced", "beginner"):
        mine.post("/questions/filters/", {"name": "Mine", "level": level})
    assert [saved.asked for saved in SavedFilter.objects.filter(user=me)] == [{"level": "beginner"}]


@pytest.mark.parametrize("name", ["", "   ", "a" * 61, "\x00", "\u202eabc"])
def test_a_filter_without_a_name_that_can_be_read_is_refused_with_what_was_typed(mine, name):
    answer = mine.post("/questions/filters/", {"name": name, "q": "recall"})
    assert answer.status_code == 422
    assert 'value="recall"' in answer.text
    assert 'href="/questions/">Back to the list' in answer.text
    assert not SavedFilter.objects.exists()


def test_as_many_filters_as_can_be_overlooked_are_kept(mine, monkeypatch):
    monkeypatch.setattr(filters, "MOST", 2)
    for name in ("One", "Two"):
        assert mine.post("/questions/filters/", {"name": name, "level": "advanced"}).status_code == 302
    answer = mine.post("/questions/filters/", {"name": "Three", "level": "advanced"})
    assert (answer.status_code, SavedFilter.objects.count()) == (422, 2)
    assert "Remove one first" in answer.text
    assert mine.post("/questions/filters/", {"name": "Two", "level": "beginner"}).status_code == 302


def test_a_filter_is_removed_by_its_person_alone(mine, me, signed_in):
    saved = SavedFilter.objects.create(user=me, name="Hard", asked={"level": "advanced"})
    path = f"/questions/filters/{saved.pk}/drop/"
    assert signed_in(UserFactory(recruiter=True)).post(path).status_code == 404
    assert mine.post(path).status_code == 302
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("path", ["/questions/", "/questions/filters/"])
def test_three_filters_take_as_many_statements_as_one(mine, me, path, django_assert_num_queries):
    mine.post("/questions/filters/", {"name": "0", "level": "advanced"})
    mine.get(path)
    with CaptureQueriesContext(connection) as one:
        mine.get(path)
    for name in ("1", "2"):
        SavedFilter.objects.create(user=me, name=name, asked={"q": "recall"})
    with django_assert_num_queries(len(one)):
        mine.get(path)


def later(days=30):
    return clock.today() + timedelta(days=days)


def three():
    return [VersionFactory().question for _n in range(3)]


def do(client, questions, **said):
    fields = {"how": "rest", "until": "", "away_reason": "Leaked.", "back": "?level=advanced"}
    return client.post("/questions/bulk/", {**fields, **said, "question": [each.pk for each in questions]}, follow=True)


def use(question):
    question.refresh_from_db()
    return question.rest_until, bool(question.retired_at), question.away_reason


@pytest.mark.parametrize("how", ["rest", "retire"])
def test_what_is_ticked_goes_out_of_use_together_and_comes_back_with_one_click(mine, me, how):
    questions = three()
    shown = do(mine, questions, how=how, until=str(later()))
    assert shown.redirect_chain == [("/questions/?level=advanced", 302)]
    assert "3 questions" in shown.text
    assert 'action="/questions/bulk/undo/"' in shown.text
    assert all(not question.is_askable for question in Question.objects.all())
    assert Entry.objects.filter(actor=me, verb__in=["question.rested", "question.retired"]).count() == 3
    assert "3 questions are as they were." in mine.post("/questions/bulk/undo/", follow=True).text
    assert [use(question) for question in questions] == [(None, False, "")] * 3
    assert "nothing left to undo" in mine.post("/questions/bulk/undo/", follow=True).text


def test_the_undoing_puts_each_back_to_how_it_was(mine, me):
    in_use, resting, retired = three()
    rest_question(question=resting, until=later(9), reason="Was asked often.", by=me)
    retire_question(question=retired, reason="Old.", by=me)
    before = [use(question) for question in (in_use, resting, retired)]
    shown = do(mine, [in_use, resting, retired], how="retire")
    assert "2 questions are retired." in shown.text
    assert "1 question was left as it is." in shown.text
    mine.post("/questions/bulk/undo/")
    assert [use(question) for question in (in_use, resting, retired)] == before
    do(mine, [in_use, resting, retired], how="back")
    assert [use(question) for question in (in_use, resting, retired)] == [(None, False, "")] * 3
    mine.post("/questions/bulk/undo/")
    assert [use(question) for question in (in_use, resting, retired)] == before


def test_what_somebody_changed_since_is_not_undone(mine, me):
    questions = three()
    do(mine, questions, how="retire")
    bring_back(question=questions[0], by=me)
    rest_question(question=questions[0], until=later(), reason="Asked this week.", by=me)
    assert "2 questions are as they were." in mine.post("/questions/bulk/undo/", follow=True).text
    assert use(questions[0])[2] == "Asked this week."


def test_the_next_step_takes_the_place_of_the_one_before(mine, me):
    first, second, _third = three()
    do(mine, [first], how="retire")
    do(mine, [second], how="retire")
    mine.post("/questions/bulk/undo/")
    assert (use(first)[1], use(second)[1], Step.objects.count()) == (True, False, 0)


def test_nobody_undoes_the_step_of_another(mine, me, signed_in):
    [question, *_rest] = three()
    do(mine, [question], how="retire")
    signed_in(UserFactory(recruiter=True)).post("/questions/bulk/undo/")
    assert use(question)[1]


@pytest.mark.parametrize(
    "said",
    [{"how": "rest"}, {"how": "rest", "until": "2020-01-01"}, {"how": "retire", "away_reason": ""}, {"how": "burn"}, {"until": "soon"}],
)  # fmt: skip
def test_a_step_that_makes_no_sense_is_refused_with_what_was_typed(mine, said):
    questions = three()
    answer = do(mine, questions, **said)
    assert answer.status_code == 422
    assert all(f'value="{question.pk}"' in answer.text for question in questions)
    assert all(question.is_askable for question in Question.objects.all())


@pytest.mark.parametrize("odd", ["", "x", "0", "999999", "9" * 40, "\x00"])
def test_a_question_that_is_none_is_left_out_of_the_page_and_refused(mine, odd):
    assert "No question is chosen" in mine.get("/questions/bulk/", {"question": odd}).text
    fields = {"how": "retire", "away_reason": "Leaked.", "question": odd}
    assert mine.post("/questions/bulk/", fields).status_code == 422


@pytest.mark.parametrize(
    "back", ["", "?level=advanced&q=a%20b", "https://evil.example/", "//evil.example", "?q=%00", "?x=1"]
)
def test_the_way_back_leads_into_the_list_whatever_is_said(mine, back):
    [question, *_rest] = three()
    shown = do(mine, [question], how="retire", back=back)
    assert shown.redirect_chain[0][0].startswith("/questions/")


def test_only_recruiters_can_tick_and_drafts_only_to_export_them(mine, signed_in):
    VersionFactory()
    DraftFactory()
    for path, deeds in (("/questions/", 2), ("/questions/?state=drafts", 1)):
        shown = mine.get(path).text
        assert shown.count('name="question"') == 1
        assert shown.split('id="chosen"')[1].split("</form>")[0].count("<button") == deeds
    assert 'name="question"' not in signed_in(UserFactory()).get("/questions/").text


def test_the_states_and_lengths_and_use_narrow_the_list(mine, me):
    competency = CompetencyFactory(name="Maths", slug="maths")
    for title, minutes in (("Short", 5), ("Middle", 10), ("Long", 15), ("Longest", 60)):
        VersionFactory(title=title, minutes=minutes, question__competency=competency)
    resting, retired = VersionFactory(title="Rests"), VersionFactory(title="Retired")
    rest_question(question=resting.question, until=later(), reason="x", by=me)
    retire_question(question=retired.question, reason="x", by=me)

    def titles(query):
        return {row.version.title for row in mine.get(f"/questions/{query}").context["rows"]}

    assert titles("?minutes=5") == {"Short"}
    assert titles("?minutes=10") == {"Middle"}
    assert titles("?minutes=20") == {"Long"}
    assert titles("?minutes=more&competency=maths") == {"Longest"}
    assert titles("?minutes=odd") == titles("?used=odd") == titles("?used=yes") == set()
    assert titles("?used=no") == {"Short", "Middle", "Long", "Longest"}
    assert titles("?state=resting") == {"Rests"}
    assert titles("?state=retired") == {"Retired"}
    assert titles("?state=retired&q=retired") == {"Retired"}
    shown = {str(c.label): str(c.count) for f in mine.get("/questions/facets/").context["facets"] for c in f.choices}
    assert (shown["resting"], shown["retired"], shown["Maths"], shown["up to 5 minutes"]) == ("1", "1", "4", "1")
