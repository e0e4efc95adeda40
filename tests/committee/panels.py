"""An application whose interviews have been held, as a committee meets it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from accounts.models import User
from foundation import clock
from interviews.lifecycles import SCORECARD
from interviews.models import Application, Score, Scorecard
from plans.models import Item, PlanCompetency, Section
from tests.factories import (
    ApplicationFactory,
    CompetencyFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    ScorecardFactory,
    UserFactory,
    VersionFactory,
    put_in_force,
)
from tests.factories.questions import QuestionFactory

START = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
EVIDENCE = "Worked recall 80 / 25 on paper."


@dataclass
class Panel:
    application: Application
    cards: list[Scorecard]
    manager: User
    recruiter: User
    member: User
    decider: User


def held(interviewers=1, *, levels=None, stages=1, take_homes=0, **candidate) -> Panel:
    """Every stage interviewed by the same people, all cards in; levels[person][item] or 4 throughout."""
    with clock.at(START - timedelta(days=9)):
        application = ApplicationFactory(
            plan__stages=stages,
            plan__take_homes=take_homes,
            **{f"candidate__{key}": value for key, value in candidate.items()},
        )
    role = application.role
    people = {
        duty: MembershipFactory(role=role, **{duty: True}).user
        for duty in ("hiring_manager", "recruiter", "committee", "decider")
    }
    cards = []
    with clock.at(START - timedelta(days=8)):
        for day, stage in enumerate(application.plan.stages.filter(kind="interview")):
            meeting = InterviewFactory(application=application, stage=stage, starts_at=START + timedelta(days=day))
            for place in range(interviewers):
                earlier = cards[place].interviewer if day else None
                seat = {"interview": meeting, "seat": "panel" if place else "lead"}
                cards.append(ScorecardFactory(**seat, **({"interviewer": earlier} if earlier else {})))
    for place, card in enumerate(cards):
        given = (levels or {}).get(place % interviewers, [])
        seal(card, given, at=START + timedelta(hours=2, minutes=place))
    return Panel(
        application, cards, *(people[duty] for duty in ("hiring_manager", "recruiter", "committee", "decider"))
    )


def seal(card, levels=(), *, at=None, recommendation="yes", evidence=EVIDENCE, **fields):
    """Put down `levels` in the order of asking (an outcome's name for an empty; 4 where none is given) and submit."""
    scored = card.scores.filter(item__scored=True).order_by("item__section__position", "item__position")
    for place, score in enumerate(scored):
        level = levels[place] if place < len(levels) else 4
        put = (
            {"outcome": "scored", "level": level, "evidence": evidence}
            if isinstance(level, int)
            else {"outcome": level}
        )
        Score.objects.filter(pk=score.pk).update(version=1, **put)
    Scorecard.objects.filter(pk=card.pk).update(**fields)
    SCORECARD.move(card, "submitted", recommendation=recommendation, submitted_at=at or clock.now())
    card.refresh_from_db()
    return card


WORDS = (
    "Asked first who bears the cost of each error, then worked precision and recall on paper from the four counts and "
    "said which of the two the team can live with. Named the base rate without being asked."
)


def crowd(interviewers, questions, *, competencies=8, level=lambda person, place: 1 + (person + place) % 5, plan=None):
    """One meeting with all cards in: `interviewers` on `questions`, spread over the competencies.

    `level(person, place)` is a level or the name of an empty.
    """
    with clock.at(START - timedelta(days=9)):
        plan = plan or put_in_force(wide_plan(questions, competencies))
        application = ApplicationFactory(plan=plan)
        meeting = InterviewFactory(application=application, starts_at=START)
    people = {
        duty: MembershipFactory(role=plan.role, **{duty: True}).user
        for duty in ("hiring_manager", "recruiter", "committee", "decider")
    }
    items = list(Item.objects.filter(section__stage=meeting.stage).order_by("section__position", "position"))
    cards = [
        Scorecard.objects.create(
            interview=meeting,
            interviewer=UserFactory(),
            seat="panel" if place else "lead",
            created_at=START - timedelta(days=8),
        )
        for place in range(interviewers)
    ]
    Score.objects.bulk_create(
        Score(scorecard=card, item=item, version=1, **_put(level(person, place)))
        for person, card in enumerate(cards)
        for place, item in enumerate(items)
    )
    for place, card in enumerate(cards):
        said = "no" if place == len(cards) - 1 and place else "yes"
        SCORECARD.move(card, "submitted", recommendation=said, submitted_at=START + timedelta(hours=2, minutes=place))
    return Panel(
        application, cards, *(people[duty] for duty in ("hiring_manager", "recruiter", "committee", "decider"))
    )


def _put(given):
    if isinstance(given, int):
        return {"outcome": "scored", "level": given, "evidence": WORDS}
    return {"outcome": given, "reason": "" if given == "no_evidence" else "The time was over."}


def wide_plan(questions, competencies=8):
    """A draft of one stage with its questions spread over `competencies`."""
    plan = PlanFactory(stages=0)
    stage = plan.stages.get()
    plan.competencies.all().delete()
    stage.sections.all().delete()
    for place in range(competencies):
        competency = CompetencyFactory()
        PlanCompetency.objects.create(plan=plan, competency=competency)
        section = Section.objects.create(stage=stage, competency=competency, position=place + 1)
        for position in range(place, questions, competencies):
            version = VersionFactory(question=QuestionFactory(competency=competency))
            Item.objects.create(section=section, version=version, minutes=8, position=position + 1)
    return plan


def peers_of(panel, levels, *, at=START + timedelta(hours=2)):
    """One more candidate for each row of `levels` (person → item → level), on the same plan with the same interviewers."""
    stage = panel.cards[0].interview.stage
    items = list(Item.objects.filter(section__stage=stage, scored=True).order_by("section__position", "position"))
    made = []
    for theirs in levels:
        application = ApplicationFactory(plan=panel.application.plan)
        meeting = InterviewFactory(application=application, stage=stage, starts_at=START)
        for card, given in zip(panel.cards, theirs, strict=True):
            own = Scorecard.objects.create(interview=meeting, interviewer=card.interviewer, seat=card.seat)
            Score.objects.bulk_create(
                Score(scorecard=own, item=item, version=1, **_put(level))
                for item, level in zip(items, given, strict=True)
            )
            SCORECARD.move(own, "submitted", recommendation="yes", submitted_at=at)
        made.append(application)
    return made


def as_form_1(facts):
    """The facts of a packet as its first form wrote them, before results and who voided what were among them."""
    first = {name: fact for name, fact in facts.items() if name != "results"} | {"form": 1}
    for row in first["rows"]:
        for entry in row["entries"]:
            del entry["asked"]["voided_by"], entry["asked"]["voided_at"]
    return first
