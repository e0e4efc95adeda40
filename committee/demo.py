"""The demo: invented people at work, told in fixtures/demo.toml and done by the same actions that the pages use.

Everything is laid out as events on one line of time and then done in that order, each at its own moment, so that the
record reads as it would in life.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts import house
from accounts.actions import add_person
from accounts.models import User
from accounts.recording import record
from committee.actions import record_decision
from committee.demo_intake import Intake
from foundation import clock
from interviews.actions.candidates import add_candidate, withdraw_application
from interviews.actions.scheduling import schedule_interview, waive_card
from interviews.actions.scoring import save_score, submit_card
from interviews.models import Application, Interview
from plans.actions import (
    activate_plan,
    add_item,
    add_section,
    add_stage,
    give_duty,
    make_role,
    save_template,
    start_plan,
    weigh_competency,
    weigh_plan_competency,
)
from plans.models import InterviewPlan, Item, Role, Stage
from questions.actions import save_draft, start_draft
from questions.content import Content
from questions.models import Competency, Question, QuestionVersion

Event = tuple[datetime, Callable[[], object]]
Told = dict[str, Any]

MORNING = "09:15"
# How the answers of an interview are spread over its slot.
FIRST_ANSWER = timedelta(minutes=5)
ALL_ANSWERS = timedelta(minutes=40)


@transaction.atomic
def load_demo(file: Path) -> bool:
    """Put the demo into a house that holds nobody yet; True if it was done now, False if it stands already.

    The starter bank must be there. Raises Refused, with nothing written, in a database that holds real work.
    """
    house.settle("demo")
    if User.objects.exists():
        return False
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    story = Story(told, Calendar(clock.now(), ZoneInfo(told["zone"])))
    for moment, act in sorted(story.events(), key=lambda event: event[0]):
        with clock.at(moment):
            act()
    return True


@dataclass(frozen=True)
class Calendar:
    """Working days around the day of loading."""

    now: datetime
    zone: ZoneInfo

    def moment(self, day: int, at: str = MORNING) -> datetime:
        """`day` working days from today (0 is today, whatever it is) at local time `at`, in UTC."""
        return datetime.combine(self._date(day), time.fromisoformat(at), self.zone).astimezone(UTC)

    def minutes_ago(self, minutes: int) -> datetime:
        """At least `minutes` ago, at a full five minutes."""
        over = timedelta(minutes=self.now.minute % 5, seconds=self.now.second, microseconds=self.now.microsecond)
        return self.now - over - timedelta(minutes=minutes)

    def _date(self, day: int) -> date:
        found, step = self.now.astimezone(self.zone).date(), 1 if day > 0 else -1
        for _number in range(abs(day)):
            found += timedelta(days=step)
            while found.weekday() > 4:
                found += timedelta(days=step)
        return found


@dataclass
class Story:
    """What is told, as events. The rows that one event makes are found here by the next."""

    told: Told
    calendar: Calendar
    people: dict[str, User] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    plans: dict[tuple[str, int], InterviewPlan] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)
    interviews: dict[tuple[str, str], Interview] = field(default_factory=dict)

    def events(self) -> Iterator[Event]:
        first_day = min(role["day"] for role in self.told["roles"]) - 1
        yield self.calendar.moment(first_day), self.add_people
        for role in self.told["roles"]:
            yield from self.role_events(role)
        for candidate in self.told["candidates"]:
            yield from self.candidate_events(candidate)
        yield from Intake(self.told["intake"], self).events()
        draft = self.told["draft"]
        yield self.calendar.moment(draft["day"]), partial(self.reword, draft)

    def add_people(self) -> None:
        for told in self.told["people"]:
            rights = told.get("rights", [])
            known = {"name": told["name"], "zone": self.told["zone"]}
            known |= {f"is_{right}": right in rights for right in ("administrator", "recruiter")}
            if self.people:
                person = add_person(email=told["email"], by=next(iter(self.people.values())), **known)
            else:
                # Nobody is there yet who could add the first one.
                person = User.objects.create_user(told["email"], **known)
                record("person.added", person, by=None)
            self.people[told["key"]] = person

    def role_events(self, told: Told) -> Iterator[Event]:
        at = self.calendar.moment
        yield at(told["day"]), partial(self.make_role, told)
        for number, plan in enumerate(told["plans"], start=1):
            yield at(plan["started"]), partial(self.build_plan, told, number, plan)
            if "in_force" in plan:
                yield at(plan["in_force"]), partial(self.activate, told, number)
            if template := plan.get("template"):
                yield at(template["day"]), partial(self.put_aside, told, number, template)

    def make_role(self, told: Told) -> None:
        by = self.people[told["by"]]
        role = make_role(title=told["title"], team=told["team"], level=told["level"], by=by)
        for weighed in told["competencies"]:
            weigh_competency(role=role, by=by, **_weight(weighed))
        for held in told["duties"]:
            may_decide = held.get("may_decide", False)
            give_duty(role=role, user=self.people[held["person"]], duty=held["duty"], may_decide=may_decide, by=by)
        self.roles[told["key"]] = role

    def build_plan(self, told: Told, number: int, plan_told: Told) -> None:
        """Start the role's next plan and add what is told to what it copies."""
        by, role = self.people[told["by"]], self.roles[told["key"]]
        plan = start_plan(role=role, by=by)
        for weighed in plan_told.get("competencies", []):
            weigh_competency(role=role, by=by, **_weight(weighed))
            weigh_plan_competency(plan=plan, by=by, **_weight(weighed))
        for stage_told in plan_told["stages"]:
            stage = plan.stages.filter(name=stage_told["name"]).first() or _new_stage(plan, stage_told, by)
            for section_told in stage_told["sections"]:
                _fill_section(stage, section_told, by)
        self.plans[told["key"], number] = plan

    def activate(self, told: Told, number: int) -> None:
        activate_plan(plan=self.plans[told["key"], number], by=self.people[told["by"]])

    def put_aside(self, told: Told, number: int, template: Told) -> None:
        """Save a plan as a template of the house."""
        by, plan = self.people[told["by"]], self.plans[told["key"], number]
        save_template(plan=plan, name=template["name"], about=template["about"], by=by)

    def reword(self, told: Told) -> None:
        """Leave the next version of a question as a draft."""
        by = self.people[told["by"]]
        draft = start_draft(question=Question.objects.get(slug=told["question"]), by=by)
        stands = Content.of(draft)
        fields = {**stands.fields, **{name: told[name] for name in ("prompt", "minutes", "change_note")}}
        save_draft(version=draft, fields=fields, anchors=stands.anchors, probes=[*stands.probes, told["probe"]], by=by)

    def candidate_events(self, told: Told) -> Iterator[Event]:
        at = self.calendar.moment
        yield at(told["day"]), partial(self.add_candidate, told)
        for interview in told.get("interviews", []):
            yield from self.interview_events(told, interview)
        if decision := told.get("decision"):
            yield at(decision["day"], decision["at"]), partial(self.decide, told["name"], decision)
        if withdrawn := told.get("withdrawn"):
            yield at(withdrawn["day"], withdrawn["at"]), partial(self.withdraw, told)

    def add_candidate(self, told: Told) -> None:
        role = self.roles[told["role"]]
        self.applications[told["name"]] = add_candidate(
            role=role, name=told["name"], email=told["email"], by=self.recruiter_of(told)
        )

    def recruiter_of(self, told: Told) -> User:
        return next(self.people[role["by"]] for role in self.told["roles"] if role["key"] == told["role"])

    def interview_events(self, candidate: Told, told: Told) -> Iterator[Event]:
        calendar = self.calendar
        if "started_minutes_ago" in told:
            starts_at = calendar.minutes_ago(told["started_minutes_ago"])
        else:
            starts_at = calendar.moment(told["day"], told["at"])
        yield calendar.moment(told["arranged"], "12:00"), partial(self.schedule, candidate, told, starts_at)
        key = (candidate["name"], told["stage"])
        for card in told.get("cards", []):
            yield from self.card_events(key, card, starts_at)
        for seat in told.get("waived", []):
            yield calendar.moment(seat["day"]), partial(self.waive, candidate, key, seat)

    def schedule(self, candidate: Told, told: Told, starts_at: datetime) -> None:
        application = self.applications[candidate["name"]]
        self.interviews[candidate["name"], told["stage"]] = schedule_interview(
            application=application,
            stage=Stage.objects.get(plan=application.plan, name=told["stage"]),
            starts_at=starts_at,
            zone=self.told["zone"],
            place=told["place"],
            seats=[(self.people[key], seat) for key, seat in told["seats"].items()],
            by=self.recruiter_of(candidate),
        )

    def waive(self, candidate: Told, key: tuple[str, str], told: Told) -> None:
        card = self.interviews[key].scorecards.get(interviewer=self.people[told["of"]])
        waive_card(card=card, reason=told["reason"], by=self.recruiter_of(candidate))

    def card_events(self, key: tuple[str, str], told: Told, starts_at: datetime) -> Iterator[Event]:
        apart = ALL_ANSWERS / len(told["scores"])
        client = uuid4()
        for number, (question, score) in enumerate(told["scores"].items()):
            moment = starts_at + FIRST_ANSWER + number * apart
            yield moment, partial(self.score, key, told["of"], question, score, client)
        if "submitted_after" in told:
            yield starts_at + timedelta(minutes=told["submitted_after"]), partial(self.submit, key, told)

    def score(self, key: tuple[str, str], of: str, question: str, told: Told, client: Any) -> None:
        by = self.people[of]
        meeting = self.interviews[key]
        item = Item.objects.get(section__stage=meeting.stage, version__question__slug=question)
        columns = {"empty": "outcome", "probes": "probes_used"}
        fields = {columns.get(name, name): value for name, value in told.items()}
        stamp = {"operation": uuid4(), "client": client, "sequence": 1, "expected_version": 0}
        save_score(interview=meeting.pk, item=item.pk, **stamp, fields=fields, by=by)

    def submit(self, key: tuple[str, str], told: Told) -> None:
        by = self.people[told["of"]]
        texts = {name: told.get(name, "") for name in ("recommendation_reason", "summary", "private_note")}
        card = self.interviews[key].scorecards.get(interviewer=by)
        submit_card(card=card, recommendation=told["recommendation"], **texts, by=by)

    def decide(self, candidate: str, told: Told) -> None:
        record_decision(
            application=self.applications[candidate],
            outcome=told["outcome"],
            rationale=told["rationale"].strip(),
            override_reason="",
            by=self.people[told["by"]],
        )

    def withdraw(self, candidate: Told) -> None:
        withdraw_application(application=self.applications[candidate["name"]], by=self.recruiter_of(candidate))


def _weight(told: Told) -> dict[str, Any]:
    competency = Competency.objects.get(slug=told["slug"])
    return {"competency": competency, "weight": told.get("weight", 1), "reason": told.get("reason", "")}


def _new_stage(plan: InterviewPlan, told: Told, by: User) -> Stage:
    scripts = {name: told[name].strip() for name in ("opening", "closing")}
    return add_stage(plan=plan, name=told["name"], kind=Stage.Kind.INTERVIEW, minutes=told["minutes"], **scripts, by=by)


def _fill_section(stage: Stage, told: Told, by: User) -> None:
    competency = Competency.objects.get(slug=told["competency"])
    here = stage.sections.filter(competency=competency).first()
    section = here or add_section(stage=stage, competency=competency, by=by)
    for scored, slugs in ((False, told.get("warm_up", [])), (True, told["questions"])):
        for slug in slugs:
            version = QuestionVersion.objects.current().get(question__slug=slug)
            add_item(section=section, version=version, minutes=version.minutes, scored=scored, by=by)
