"""Two roles furnished alike, and the people who meet them: what is mine, what is another's."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.house import settle
from accounts.models import User
from committee.actions import record_decision
from committee.ahead import queue
from foundation import clock
from interviews.lifecycles import SCORECARD
from interviews.models import Scorecard
from plans.actions import save_template, take_duty
from plans.models import InterviewPlan, Item, Role
from questions.batches import start_import
from questions.bulk import InUse, put_to_use
from questions.models import SavedFilter
from questions.reviewing import hand_in_version
from tests.factories import (
    ActivePlanFactory,
    ApplicationFactory,
    CompetencyFactory,
    DraftFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    RoleFactory,
    ScorecardFactory,
    UserFactory,
    VersionFactory,
)

# Whoever is at home on the other role has there the place of one of ours.
AT_HOME_ELSEWHERE = {"other_recruiter": "recruiter", "other_manager": "manager", "other_decider": "decider"}


@dataclass
class Furnished:
    """A role with everything on it: an interview half scored, applications complete and decided, a plan being built.

    `objects` is what addresses are made of, by the words of the table; `people` are those with a duty for the role.
    """

    role: Role
    plan: InterviewPlan
    people: dict[str, User]
    objects: dict[str, int | str]


def furnish(person: User) -> Furnished:
    """A role of its own, with rows of the bank beside it. `person` is whose page an administrator opens."""
    plan = ActivePlanFactory(role=RoleFactory(), stages=2)
    role = plan.role
    draft = PlanFactory(role=role)
    people = {
        "recruiter": MembershipFactory(role=role, recruiter=True).user,
        "manager": MembershipFactory(role=role, hiring_manager=True).user,
        "committee": MembershipFactory(role=role, committee=True).user,
        "decider": MembershipFactory(role=role, decider=True).user,
    }
    meetings = {
        name: InterviewFactory(application=ApplicationFactory(plan=plan), starts_at=clock.now() - timedelta(days=days))
        for name, days in {"open": 0, "complete": 2, "decided": 9}.items()
    }
    lead = ScorecardFactory(interview=meetings["open"], seat="lead")
    sealed = ScorecardFactory(interview=meetings["open"], submitted=True)
    for name in ("complete", "decided"):
        ScorecardFactory(interview=meetings[name], submitted=True)
    queue(meetings["complete"].application_id)
    decision = record_decision(
        application=meetings["decided"].application, outcome="hold", rationale="Later.", by=people["decider"]
    )
    section = draft.stages.first().sections.first()
    put_to_use(
        questions=[VersionFactory().question], use=InUse(is_retired=True, reason="Leaked."), by=people["recruiter"]
    )
    return Furnished(role, plan, people | {"lead": lead.interviewer, "done": sealed.interviewer}, {
        "question": VersionFactory().question.slug, "drafted": DraftFactory().question.slug,
        "handed_in": hand_in_version(version=DraftFactory(), by=people["recruiter"]).version.question.slug,
        "filter": SavedFilter.objects.create(user=people["recruiter"], name="Hard ones", asked={"level": "advanced"}).pk,
        "import": start_import(told=b"1. Why?\n2. How so?", name="", by=people["recruiter"]).pk,
        "competency": CompetencyFactory().slug, "version": VersionFactory(question__competency=section.competency).pk,
        "role": role.pk, "plan": plan.pk, "draft": draft.pk, "person": person.pk,
        "membership": role.memberships.get(user=people["committee"]).pk,
        "weight": role.competencies.create(competency=CompetencyFactory()).pk,
        "plan_weight": draft.competencies.first().pk, "stage": draft.stages.first().pk, "section": section.pk,
        "example": "general-loop", "template": save_template(plan=draft, name=f"From role {role.pk}", about="", by=people["manager"]).pk,
        "placed": section.items.first().pk, "application": meetings["open"].application_id,
        "interview": meetings["open"].pk, "open_card": lead.pk, "sealed": sealed.pk,
        "item": Item.objects.filter(section__stage=meetings["open"].stage, scored=True).first().pk,
        "complete": meetings["complete"].application_id, "decision": decision.pk,
    })  # fmt: skip


@dataclass
class World:
    people: dict[str, User]
    mine: Furnished
    anothers: Furnished


def make_world() -> World:
    """Everybody of PEOPLE, our role and another; who is signed out has no place in `people`."""
    settle("real")
    stranger = UserFactory()
    mine, anothers = furnish(stranger), furnish(stranger)
    people = {
        **mine.people,
        **{name: anothers.people[at_home] for name, at_home in AT_HOME_ELSEWHERE.items()},
        **_seated(mine),
        "stranger": stranger,
        "administrator": UserFactory(administrator=True),
        "serving_administrator": MembershipFactory(role=mine.role, user__is_administrator=True).user,
        "interviewer": MembershipFactory(role=mine.role).user,
        "former": _former(mine),
    }
    return World(people, mine, anothers)


def _seated(here: Furnished) -> dict[str, User]:
    """People with a seat: at the open interview, at an application next door, and a manager who learns on the side."""
    meeting = Scorecard.objects.get(pk=here.objects["open_card"]).interview
    waived = ScorecardFactory(interview=meeting)
    SCORECARD.move(waived, "waived", waive_reason="Was ill.")
    neighbour = ScorecardFactory(interview__application=ApplicationFactory(plan=here.plan), submitted=True)
    recruiter = MembershipFactory(role=here.role, recruiter=True).user
    manager = MembershipFactory(role=here.role, hiring_manager=True).user
    for application in (here.objects["complete"], _of_decision(here)):
        there = Scorecard.objects.filter(interview__application=application).first().interview
        ScorecardFactory(interview=there, seat="shadow", interviewer=manager)
    return {
        "shadow": ScorecardFactory(interview=meeting, seat="shadow").interviewer,
        "waived": waived.interviewer,
        "neighbour": neighbour.interviewer,
        "learning_manager": manager,
        "sitting_recruiter": ScorecardFactory(interview=meeting, interviewer=recruiter).interviewer,
        "sitting_administrator": ScorecardFactory(
            interview=meeting, interviewer=UserFactory(administrator=True)
        ).interviewer,
    }


def _of_decision(here: Furnished) -> int:
    return here.role.applications.get(decisions=here.objects["decision"]).pk


def _former(here: Furnished) -> User:
    """Somebody who recruited for the role until the duty was taken; the right in the house is still theirs."""
    membership = MembershipFactory(role=here.role, recruiter=True)
    take_duty(membership=membership, by=here.people["recruiter"])
    return membership.user
