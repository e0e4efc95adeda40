"""The demo's past intake: many candidates on one plan, so that a packet can say how far its number can be trusted.

Candidates, interviews and decisions are made by the same actions as everywhere else. The cards of a day are filled in and
sealed together in the evening, not save by save: the demo has to open quickly.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from statistics import mean
from typing import TYPE_CHECKING, Any

from accounts.models import User
from accounts.recording import record_each
from committee.actions import record_decision
from foundation import clock
from interviews.actions.candidates import add_candidate
from interviews.actions.closing import settle
from interviews.actions.scheduling import schedule_interview
from interviews.lifecycles import SCORECARD
from interviews.models import Application, Interview, Score, Scorecard
from plans.actions import close_role

if TYPE_CHECKING:
    from committee.demo import Event, Story

Told = dict[str, Any]
# From which mean of their levels on an interviewer of the story recommends what.
RECOMMENDED = ((4.2, "strong_yes"), (3.4, "yes"), (2.2, "no"), (0, "strong_no"))


@dataclass
class Intake:
    """`told` is the table [intake] of the story; each day has as many interviews as there are times of day."""

    told: Told
    story: "Story"
    applications: dict[str, Application] = field(default_factory=dict)

    def events(self) -> Iterator["Event"]:
        told, at = self.told, self.story.calendar.moment
        yield at(told["added"]), self.add_candidates
        per_day = len(told["times"])
        for place, day in enumerate(told["days"]):
            held = told["candidates"][place * per_day : (place + 1) * per_day]
            yield at(told["arranged"]), partial(self.schedule, held, day)
            yield at(day, told["sealed"]), partial(self.seal, held)
        yield at(told["decided"], told["decided_at"]), self.decide
        yield at(told["closed"]), self.close

    @property
    def recruiter(self) -> User:
        return self.story.recruiter_of(self.told)

    @property
    def panel(self) -> list[User]:
        return [self.story.people[key] for key in self.told["panel"]]

    def add_candidates(self) -> None:
        role = self.story.roles[self.told["role"]]
        for place, told in enumerate(self.told["candidates"], start=1):
            person = {"name": told["name"], "email": f"intake.{place}@post.example"}
            self.applications[told["name"]] = add_candidate(role=role, **person, by=self.recruiter)

    def schedule(self, held: list[Told], day: int) -> None:
        for told, time in zip(held, self.told["times"], strict=True):
            application = self.applications[told["name"]]
            assert application.plan is not None  # candidates of the story come after its plan
            schedule_interview(
                application=application,
                stage=application.plan.stages.get(),
                starts_at=self.story.calendar.moment(day, time),
                zone=self.story.told["zone"],
                place=self.told["place"],
                seats=[(user, "panel" if place else "lead") for place, user in enumerate(self.panel)],
                by=self.recruiter,
            )

    def seal(self, held: list[Told]) -> None:
        """The evening of a day: what each of the panel put down, sealed, and what follows from that."""
        cards = Scorecard.objects.select_related("interview__application").filter(
            interview__application__in=[self.applications[told["name"]] for told in held]
        )
        levels = {self.applications[told["name"]].pk: told["levels"] for told in held}
        scores, meetings = list[Score](), dict[int, Interview]()
        for card in cards:
            place = self.panel.index(card.interviewer)
            given = levels[card.interview.application_id][place]
            scores += self._scores(card, place, given)
            meetings[card.interview_id] = card.interview
        Score.objects.bulk_update(scores, ["outcome", "level", "evidence", "version"])
        for card in cards:
            given = mean(map(int, levels[card.interview.application_id][self.panel.index(card.interviewer)]))
            said = next(word for least, word in RECOMMENDED if given >= least)
            SCORECARD.move(card, Scorecard.Status.SUBMITTED, recommendation=said, submitted_at=clock.now())
        for meeting in meetings.values():
            settle(meeting)
        for user in self.panel:
            record_each([("scorecard.submitted", card) for card in cards if card.interviewer == user], by=user)

    def _scores(self, card: Scorecard, place: int, given: str) -> Iterator[Score]:
        """The lead notes something on every answer, the others where a level has to have evidence."""
        found = card.scores.select_related("item__version__question").order_by(
            "item__section__position", "item__position"
        )
        for score, level in zip(found, map(int, given), strict=True):
            said = self.told["evidence"][score.item.version.question.slug]
            score.outcome, score.level, score.version = Score.Outcome.SCORED, level, 1
            score.evidence = said[level - 1] if not place or level in {1, 5} else ""
            yield score

    def decide(self) -> None:
        for name, application in self.applications.items():
            outcome = "hire" if name in self.told["hired"] else "no_hire"
            record_decision(
                application=application,
                outcome=outcome,
                rationale=self.told["rationale"][outcome],
                override_reason=self.told["override_reason"] if name in self.told["passed_over"] else "",
                by=self.story.people[self.told["decided_by"]],
            )

    def close(self) -> None:
        close_role(role=self.story.roles[self.told["role"]], by=self.recruiter)
