"""A house in which one person's scorecards are hidden from nearly everybody, and the ways in which they may stand.

Whoever builds two of these ways on the same rows has two databases that differ in the hidden cards alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

from accounts.models import User
from committee.actions import record_decision
from foundation import clock
from interviews.actions.scheduling import schedule_interview, waive_card
from interviews.actions.scoring import save_notes, save_score, submit_card
from interviews.models import Application, Interview, Scorecard
from plans.actions import save_template
from plans.models import Item, Membership, Section
from questions.batches import start_import
from questions.models import SavedFilter
from questions.reviewing import hand_in_version
from tests.factories import (
    ActivePlanFactory,
    ApplicationFactory,
    CompetencyFactory,
    DraftFactory,
    MembershipFactory,
    PlanFactory,
    RoleFactory,
    UserFactory,
    VersionFactory,
)

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
# What the peer writes: words that stand nowhere else, so that a search for them may find nothing.
LOW, HIGH = "Zirconium: lost the thread at the base rate.", "Quicksilver: priced both errors unasked."


@dataclass
class World:
    """`application` is the candidate's with the hidden cards; `people` by the name of their place in the house."""

    application: Application
    people: dict[str, User]
    peer: User
    meetings: dict[str, Interview]
    learned: Application
    objects: dict[str, object] = field(default_factory=dict)

    @property
    def its_meetings(self) -> list[Interview]:
        """The interviews of the application with the hidden cards."""
        return [meeting for meeting in self.meetings.values() if meeting.application_id == self.application.pk]

    @property
    def hidden(self) -> list[Scorecard]:
        """The peer's cards of the application, as they stand."""
        cards = Scorecard.objects.filter(interviewer=self.peer, interview__application=self.application)
        return list(cards.select_related("interview").order_by("pk"))


def build_world() -> World:
    """One role, one plan of four stages. The hidden peer sits at three: today's, tomorrow's, and alone at yesterday's."""
    with clock.at(NOW - 9 * DAY):
        plan = ActivePlanFactory(role=RoleFactory(title="Ranking engineer"), stages=4)
        people = _people(plan.role)
        peer = _sitting(plan.role, name="Hidden Peer")
        application, other, learned, settled = (ApplicationFactory(plan=plan) for _ in range(4))
        meetings = _meetings(application, other, learned, settled, peer, people)
        PlanFactory(role=plan.role)
    with clock.at(NOW - timedelta(minutes=50)):
        seal(meetings["other"].scorecards.get(interviewer=people["done"]), level=3, words="Middling, and said so.")
        seal(meetings["today"].scorecards.get(interviewer=people["done"]), level=3, words="Middling here too.")
        seal(meetings["today"].scorecards.get(interviewer=people["returning"]), level=3, words="Weighed it once.")
        seal(meetings["learned"].scorecards.get(interviewer=people["done"]), level=4, words="Named the cost.")
        waive_card(
            card=meetings["today"].scorecards.get(interviewer=people["excused"]), reason="Ill.", by=people["recruiter"]
        )
        seal(meetings["settled"].scorecards.get(interviewer=people["done"]), level=2, words="Guessed the cost.")
        settle = {"outcome": "no_hire", "rationale": "Read and weighed.", "by": people["committee"]}
        decision = record_decision(application=settled, **settle)
    world = World(application, people, peer, meetings, learned)
    world.objects = _objects(world) | {"decision": decision.pk}
    return world


def _sitting(role, **fields):
    return MembershipFactory(role=role, user=UserFactory(**fields)).user


def _people(role):
    """Everybody who asks; those who sit get their seats from `_meetings`."""
    people = {
        name: _sitting(role) for name in ("panel", "elsewhere", "returning", "shadow", "done", "excused", "learner")
    }
    for name in ("sitting_recruiter", "recruiter_elsewhere", "learning_recruiter"):
        people[name] = MembershipFactory(role=role, recruiter=True).user
        MembershipFactory(role=role, user=people[name])
    people["sitting_administrator"] = _sitting(role, administrator=True)
    people["sitting_manager"] = MembershipFactory(role=role, hiring_manager=True).user
    people["sitting_committee"] = MembershipFactory(role=role, decider=True).user
    MembershipFactory(role=role, user=people["sitting_committee"])
    return people | {
        "manager": MembershipFactory(role=role, hiring_manager=True).user,
        "committee": MembershipFactory(role=role, decider=True).user,
        "stranger": UserFactory(),
        "other_recruiter": MembershipFactory(recruiter=True).user,
        "recruiter": MembershipFactory(role=role, recruiter=True).user,
        "administrator": UserFactory(administrator=True),
    }


def _meetings(application, other, learned, settled, peer, people):
    first, second, third, _fourth = application.plan.stages.all()

    def meet(whose, stage, starts_at, *seats):
        given = [(peer if name == "peer" else people[name], seat) for name, seat in seats]
        return schedule_interview(
            application=whose, stage=stage, starts_at=starts_at, zone="Europe/Berlin", place="Room 4", seats=given,
            by=people["recruiter"],
        )  # fmt: skip

    sitting = (
        "panel",
        "sitting_recruiter",
        "sitting_administrator",
        "sitting_manager",
        "sitting_committee",
        "returning",
    )
    panel = [(name, "panel") for name in (*sitting, "done", "excused")]
    return {
        "today": meet(application, first, NOW - timedelta(hours=1), ("peer", "lead"), *panel, ("shadow", "shadow")),
        "tomorrow": meet(
            application, second, NOW + DAY, ("elsewhere", "panel"), ("peer", "lead"), ("returning", "panel"),
            ("recruiter_elsewhere", "panel"),
        ),
        "yesterday": meet(application, third, NOW - DAY, ("peer", "lead")),
        "other": meet(other, first, NOW + 2 * DAY, ("done", "lead"), ("panel", "panel"), ("peer", "panel")),
        "learned": meet(
            learned, first, NOW - 2 * DAY, ("done", "lead"), ("learner", "shadow"), ("learning_recruiter", "shadow")
        ),
        "settled": meet(settled, first, NOW - 3 * DAY, ("done", "lead")),
    }  # fmt: skip


def _objects(world):
    """A row for every object that the table of addresses names, on the side of what is hidden where there is a choice."""
    role, draft = world.application.role, world.application.role.plans.get(status="draft")
    section, peers = Section.objects.filter(stage__plan=draft).first(), world.hidden[0]
    item = Item.objects.filter(section__stage=world.meetings["today"].stage, scored=True).first()
    return {
        "question": item.version.question.slug, "drafted": DraftFactory().question.slug,
        "competency": item.section.competency.slug, "role": role.pk, "plan": world.application.plan_id, "draft": draft.pk,
        "version": VersionFactory().pk, "membership": Membership.objects.get(user=world.people["committee"]).pk,
        "weight": role.competencies.create(competency=CompetencyFactory()).pk,
        "template": save_template(plan=draft, name="Ours", about="", by=world.people["manager"]).pk, "example": "general-loop",
        "plan_weight": draft.competencies.first().pk, "stage": draft.stages.first().pk, "section": section.pk,
        "placed": section.items.first().pk, "application": world.application.pk, "complete": world.application.pk,
        "interview": world.meetings["today"].pk, "item": item.pk, "open_card": peers.pk, "sealed": peers.pk,
        "person": world.peer.pk, "filter": SavedFilter.objects.create(user=world.peer, name="Theirs", asked={}).pk,
        "code": world.application.candidate.code,
        "import": start_import(told=b"1. Why?", name="", by=world.peer).pk,
        "handed_in": hand_in_version(version=DraftFactory(), by=world.peer).version.question.slug,
    }  # fmt: skip


def _put(card, scores, level, words):
    """Save `level` on `scores` as the scoring page does, one operation each."""
    for number, score in enumerate(scores, start=1):
        made = UUID(int=card.pk * 1000 + number)
        fields = {"level": level, "evidence": words, "followups": words, "probes_used": [1], "hint": level == 1}
        save_score(
            interview=card.interview_id, item=score.item_id, operation=made, client=made, sequence=1, expected_version=0,
            fields=fields, by=card.interviewer,
        )  # fmt: skip


def begin(card, *, level, words):
    """Half of what is asked has its score, the rest is pending; the words of the review are drafted."""
    _put(card, card.scores.filter(item__scored=True)[:1], level, words)
    draft = {"recommendation": "strong_no" if level == 1 else "strong_yes", "recommendation_reason": ""}
    draft |= dict.fromkeys(("summary", "private_note", "candidate_questions"), words)
    made = UUID(int=card.pk * 1000)
    save_notes(
        interview=card.interview_id, operation=made, client=made, sequence=1, expected_version=0, fields=draft,
        by=card.interviewer,
    )  # fmt: skip


def seal(card, *, level, words, recommendation="yes"):
    _put(card, card.scores.filter(item__scored=True), level, words)
    submit_card(
        card=card, recommendation=recommendation, summary=words, private_note=f"Private. {words}", by=card.interviewer
    )


def _each(act: Callable[..., None], world: World, **how: object) -> None:
    for card in world.hidden:
        act(card, **how)


def _waive(card, *, by):
    waive_card(card=card, reason="Was called away.", by=by)


def _decide(world: World, *, outcome: str) -> None:
    record_decision(
        application=world.learned, outcome=outcome, rationale="Read and weighed.", by=world.people["committee"]
    )


# The ways in which the hidden cards may stand, each told by the product's own actions.
SIDES: dict[str, Callable[[World], None]] = {
    "untouched": lambda _world: None,
    "begun low": partial(_each, begin, level=1, words=LOW),
    "begun high": partial(_each, begin, level=5, words=HIGH),
    "submitted low": partial(_each, seal, level=1, words=LOW, recommendation="strong_no"),
    "submitted high": partial(_each, seal, level=5, words=HIGH, recommendation="strong_yes"),
    "waived": lambda world: _each(_waive, world, by=world.people["recruiter"]),
    "decided": partial(_decide, outcome="hire"),
}
