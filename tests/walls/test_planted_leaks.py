"""The battery finds leaks: each kind is planted into the product once, and must be told apart from none."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db.models import Avg
from django.urls import reverse

import accounts.views.people
import interviews.actions.scheduling
import interviews.actions.scoring
import interviews.candidate_rows
import interviews.timetable
import interviews.views.candidates
import interviews.views.scheduling
from foundation import clock
from interviews.models import Application, ApplicationQuerySet, Interview, Scorecard
from questions.counting import count_asked
from questions.models import Question
from tests.walls.answers import Ask
from tests.walls.asking import arrangements
from tests.walls.comparing import compare

pytestmark = pytest.mark.django_db

LIST, BANK, RECORD = (
    reverse("interviews:candidate_list"),
    reverse("questions:question_list"),
    reverse("accounts:record"),
)


@dataclass
class House:
    """Where a leak is planted: as `before` with `after` in its place."""

    world: Any
    patch: Any
    client_of: Any

    def plant(self, owner: Any, name: str, leak: Any) -> None:
        honest = getattr(owner, name)
        self.patch.setattr(owner, name, lambda *args, **kwargs: leak(honest, *args, **kwargs))

    def told(self, name: str, *scripts: tuple[Ask, ...]) -> list[str]:
        return compare(self.world, self.client_of(name), scripts, "untouched", "submitted low").different

    def read(self, name: str, *paths: str) -> list[str]:
        return self.told(name, *((Ask(path),) for path in paths))

    @property
    def meeting_page(self) -> str:
        return reverse("interviews:interview_detail", args=[self.world.meetings["today"].pk])


@pytest.fixture
def house(world, client_of, monkeypatch):
    return House(world, monkeypatch, client_of)


def _cards_in(interview: Interview):
    return Scorecard.objects.submitted().filter(interview=interview)


def test_the_battery_finds_a_planted_count_of_submitted_cards(house):
    def counting(honest, application, *known):
        count = Scorecard.objects.submitted().filter(interview__application=application).count()
        return replace(honest(application, *known), late_cards=count)

    assert house.read("panel", LIST) == []
    house.plant(interviews.candidate_rows, "_row", counting)
    [found] = house.read("panel", LIST)
    assert "cards late" in found


def test_the_battery_finds_a_planted_average(house):
    def averaging(honest, interview, **known):
        mean = _cards_in(interview).aggregate(mean=Avg("scores__level"))["mean"]
        return interviews.timetable.Word(f"mean {mean}", "on")

    assert house.read("shadow", house.meeting_page) == []
    house.plant(interviews.timetable, "_meeting_word", averaging)
    [found] = house.read("shadow", house.meeting_page)
    assert "Mean 3.0" in found


def test_the_battery_finds_a_planted_order_that_follows_hidden_scores(house):
    def by_score(honest, applications, user):
        scores = Application.objects.annotate(mean=Avg("interviews__scorecards__scores__level"))
        means = dict(scores.values_list("pk", "mean"))
        return honest(sorted(applications, key=lambda each: (means[each.pk] or 0, -each.pk)), user)

    assert house.read("panel", LIST) == []
    house.plant(interviews.views.candidates, "candidate_rows", by_score)
    [found] = house.read("panel", LIST)
    # The same lines in another order: nothing else gives it away.
    assert "submitted low: GET /candidates/: body (200 200" in found


def test_the_battery_finds_a_planted_statement_that_only_a_submitted_card_costs(house):
    def looking(honest, interview, card, known):
        if card.status == Scorecard.Status.SUBMITTED:
            list(card.scores.all())
        return honest(interview, card, known)

    assert house.read("sitting_administrator", house.meeting_page) == []
    house.plant(interviews.timetable, "_seat_line", looking)
    [found] = house.read("sitting_administrator", house.meeting_page)
    assert ": statements (200 200" in found


def test_the_battery_finds_a_planted_header(house):
    def tagged(honest, request, template, context, **how):
        answer = honest(request, template, context, **how)
        answer.headers["ETag"] = f'"{_cards_in(context["interview"]).count()}"'
        return answer

    assert house.read("sitting_committee", house.meeting_page) == []
    house.plant(interviews.views.scheduling, "render", tagged)
    [found] = house.read("sitting_committee", house.meeting_page)
    assert ": headers (200 200" in found


def test_the_battery_finds_it_when_being_blind_hides_nothing(house):
    assert house.read("recruiter_elsewhere", house.meeting_page) == []
    house.plant(ApplicationQuerySet, "not_blind_to", lambda _honest, applications, _user: applications.all())
    [found] = house.read("recruiter_elsewhere", house.meeting_page)
    assert "card in" in found


def test_the_battery_finds_a_refusal_that_tells_of_a_card(house):
    arranged = arrangements(house.world, house.world.application, house.world.its_meetings)
    cancelling = [script for script in arranged if script[0].path.endswith("/cancel/")]
    assert house.told("recruiter_elsewhere", *cancelling) == []
    house.plant(interviews.actions.scheduling, "progress_known_to", lambda _honest, _user: Interview.objects.all())
    assert any("(302 422" in found for found in house.told("recruiter_elsewhere", *cancelling))


def test_the_battery_finds_counts_of_the_bank_that_move_with_each_card(house):
    def at_once(honest, interview):
        asked = Question.objects.filter(versions__items__section__stage=interview.stage)
        count_asked(questions=asked, at=clock.now())
        honest(interview)

    assert house.read("elsewhere", BANK) == []
    house.plant(interviews.actions.scoring, "settle", at_once)
    [found] = house.read("elsewhere", BANK)
    assert "asked" in found


def test_the_battery_finds_a_record_that_is_open_to_the_blind(house):
    assert house.read("sitting_administrator", RECORD) == []
    house.plant(accounts.views.people, "open_until", lambda _honest, _user: None)
    [found] = house.read("sitting_administrator", RECORD)
    assert "Submitted a scorecard" in found
