"""An application whose interviews have been held, as a committee meets it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from accounts.models import User
from foundation import clock
from interviews.lifecycles import SCORECARD
from interviews.models import Application, Score, Scorecard
from tests.factories import ApplicationFactory, InterviewFactory, MembershipFactory, ScorecardFactory

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


def held(interviewers=1, *, levels=None, stages=1, **candidate) -> Panel:
    """Every stage interviewed by the same people, all cards in; levels[person][item] or 4 throughout."""
    with clock.at(START - timedelta(days=9)):
        application = ApplicationFactory(
            plan__stages=stages, **{f"candidate__{key}": value for key, value in candidate.items()}
        )
    role = application.role
    people = {
        duty: MembershipFactory(role=role, **{duty: True}).user
        for duty in ("hiring_manager", "recruiter", "committee", "decider")
    }
    cards = []
    with clock.at(START - timedelta(days=8)):
        for day, stage in enumerate(application.plan.stages.all()):
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
