"""Four panels as boards meet them, on questions of the starter bank and in the words of the demo's interviewers.

Needs a house with the starter bank. Nothing here is drawn at random, so two runs print the same packets.
"""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle, islice
from pathlib import Path

from django.conf import settings

from accounts.models import User
from foundation import clock
from interviews.lifecycles import SCORECARD
from interviews.models import Amendment, Application, Candidate, Interview, Score, Scorecard
from plans.models import InterviewPlan, Item, PlanCompetency, Role, Section, Stage, VoidedItem
from questions.models import Competency, QuestionVersion
from tests.factories import MembershipFactory, UserFactory, put_in_force

FIRST = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
NAMES = (
    "Priya Raman", "Tomasz Wiśniewski", "Imani Okafor", "Sven Lindqvist",
    "Marguerite Dubois-Laurent", "Yuki Tanaka", "Alejandro Fernández Ruiz", "Ida Holm",
)  # fmt: skip
STAGES = ("Technical interview", "Systems and data", "Working with others")
TAILS = (
    "Came to it without a probe.",
    "Needed the sheet once more before the second half, and used it well.",
    "Said what would change the answer.",
    "The arithmetic was done aloud and I could follow each step.",
    "Ran two minutes over; the last part was quick.",
    "Asked me which of the two I would rather hear about, then did both.",
    "Took back one figure after checking it against the total.",
)
REASONS = {
    "not_asked": "The section before ran over, and there were four minutes left.",
    "declined": "I had told the candidate half of the answer while explaining the table, so I do not judge it.",
    "no_evidence": "",
}
SUMMARIES = {
    "strong_yes": "One of the clearest hours I have had this year. Works in figures, says where they end, and asks what a mistake costs before choosing. I would gladly have this person review my own work.",
    "yes": "Solid on measurement and data, with a habit of checking totals. Thinner where a system has to stay up at night, but the probes brought most of it out. I would hire and plan for a mentor on operations in the first months.",
    "no": "Names the right things and stops at the name. Where a figure was needed it came after the second probe or not at all, and twice it was wrong and stayed so. Not at the level that the role is opened for.",
    "strong_no": "Could not defend either of the two designs and did not see that the labels would not be there in time. I would not want to depend on this.",
    "not_enough": "",
}


@dataclass(frozen=True)
class Board:
    """One packet to be read, and who may read it."""

    application: Application
    cards: list[Scorecard]
    member: User
    decider: User


def clear_hire() -> Board:
    """Four people, two to a stage, 24 questions, beside 20 other candidates: the composite has its error."""
    plan = plan_of(24, title="Senior Machine Learning Engineer", weights={0: 2})
    people = [UserFactory(name=name) for name in NAMES[:4]]
    seats = [(0, people[:2]), (1, people[1:3]), (2, people[2:])]
    board = sit(plan, "C-0417", seats, lambda person, place: (5, 4, 4, 5, 4)[(person * 2 + place) % 5])
    for number in range(20):

        def level(person, place, number=number):
            return 2 + (person + place * 3 + number) % 2 + ((number * 7) % 3 if place % 4 else 0) - number % 2

        sit(plan, f"C-0{430 + number}", seats, level, member=board.member)
    return board


def split_panel() -> Board:
    """Four people on all 24 questions, two for and two against; a voided question, a waived seat, later words."""
    plan = plan_of(24, title="Senior Machine Learning Engineer, Ranking and Recommendations", weights={0: 2, 2: 2})
    people = [UserFactory(name=name) for name in NAMES[:4]]
    empties = {(1, 5): "not_asked", (2, 5): "declined", (3, 17): "no_evidence"}

    def level(person, place):
        return empties.get((person, place), ((5, 4, 4, 5), (4, 4, 5, 3), (2, 3, 2, 4), (1, 2, 3, 2))[person][place % 4])

    said = dict(zip(people, ("strong_yes", "yes", "no", "strong_no"), strict=True))
    board = sit(plan, "C-0418", [(stage, people) for stage in range(3)], level, said=said)
    waived = Scorecard.objects.create(
        interview=board.cards[0].interview, interviewer=UserFactory(name=NAMES[5]), seat="panel"
    )
    Scorecard.objects.filter(pk=waived.pk).update(waive_reason="Was called away on the day and heard none of it.")
    SCORECARD.move(waived, "waived")
    score = board.cards[2].scores.filter(level__isnull=False).order_by("item__position").first()
    with clock.at(FIRST + timedelta(days=4)):
        Amendment.objects.create(
            scorecard=board.cards[2],
            score=score,
            old=score.evidence[:60],
            new="Worked the second figure out as well; I had it on the other sheet.",
            reason="Found my second sheet.",
            after_seeing_others=True,
        )
        VoidedItem.objects.create(
            item=Item.objects.filter(section__stage__plan=plan, scored=True).order_by("pk")[9],
            reason="One row of the printed table was wrong, and two candidates were led astray by it.",
            by=board.decider,
        )
    return board


def thin_panel() -> Board:
    """One person, one hour of seven questions, two of them empty, and two stages that nobody held."""
    plan = plan_of(7, title="Data Scientist, Product", stages=3, held=1)
    empties = {2: "not_asked", 5: "no_evidence"}
    one = UserFactory(name=NAMES[0])
    return sit(plan, "C-0419", [(0, [one])], lambda _person, place: empties.get(place, (4, 3, 4, 2)[place % 4]))


def crowd() -> Board:
    """Eight people, 40 questions, everyone on everything."""
    plan = plan_of(40, title="Senior Machine Learning Engineer", weights={0: 2}, competencies=10)
    people = [UserFactory(name=name) for name in NAMES]
    empties = {(1, 11): "not_asked", (6, 23): "declined", (7, 39): "no_evidence"}
    said = dict(zip(people, ("yes", "yes", "strong_yes", "no", "yes", "no", "not_enough", "yes"), strict=True))

    def level(person, place):
        return empties.get((person, place), (4, 4, 3, 4, 2, 5, 3, 4, 3)[(person * 4 + place * (1 + person % 2)) % 9])

    return sit(plan, "C-0420", [(stage, people) for stage in range(3)], level, said=said)


BOARDS = {"clear": clear_hire, "split": split_panel, "thin": thin_panel, "crowd": crowd}


def plan_of(questions, *, title, weights=None, stages=3, held=3, competencies=6) -> InterviewPlan:
    """In force, `questions` of the bank spread over competencies and those over the first `held` stages, after a warm-up."""
    role = Role.objects.create(title=title, team="Ranking", level="senior")
    plan = InterviewPlan.objects.create(role=role, number=1)
    shelves = list(Competency.objects.order_by("pk"))[:competencies]
    for place, competency in enumerate(shelves):
        weight = (weights or {}).get(place, 1)
        reason = "What the team decides with every week." if weight > 1 else ""
        PlanCompetency.objects.create(plan=plan, competency=competency, weight=weight, reason=reason)
    made = [
        Stage.objects.create(
            plan=plan, name=name, minutes=60, position=place + 1, opening="Welcome.", closing="Thanks."
        )
        for place, name in enumerate(STAGES[:stages])
    ]
    for place, competency in enumerate(shelves):
        stage = made[place * held // len(shelves)]
        section = Section.objects.create(stage=stage, competency=competency, position=place + 1)
        count = questions // len(shelves) + (place < questions % len(shelves))
        versions = QuestionVersion.objects.filter(question__competency=competency).order_by("pk")
        for position, version in enumerate(versions[:count]):
            Item.objects.create(section=section, version=version, minutes=8, position=position + 1)
    with clock.at(FIRST - timedelta(days=30)):
        return put_in_force(plan)


def sit(plan, code, seats, level, *, said=None, member=None) -> Board:
    """One candidate before `seats` (stage's place, people), everything in; `level(person's place, question's place)`."""
    people = list(dict.fromkeys(person for _stage, sitting in seats for person in sitting))
    if member is None:
        member = MembershipFactory(role=plan.role, committee=True).user
    decider = MembershipFactory(role=plan.role, decider=True).user
    candidate = Candidate.objects.create(
        code=code, name="Noor van Dijk", email=f"{code}@example.org", keep_until=FIRST.date() + timedelta(days=365)
    )
    application = Application.objects.create(candidate=candidate, role=plan.role, plan=plan)
    items = list(Item.objects.filter(section__stage__plan=plan).order_by("section__position", "position"))
    cards = []
    for day, (stage, sitting) in enumerate(seats):
        where = Stage.objects.get(plan=plan, position=stage + 1)
        meeting = Interview.objects.create(
            application=application, stage=where, starts_at=FIRST + timedelta(days=day), zone="Europe/Berlin"
        )
        for place, person in enumerate(sitting):
            card = Scorecard.objects.create(
                interview=meeting,
                interviewer=person,
                seat="panel" if place else "lead",
                created_at=FIRST - timedelta(days=6),
            )
            Score.objects.bulk_create(
                Score(scorecard=card, item=item, version=1, **put(level, people.index(person), items.index(item)))
                for item in items
                if item.section.stage_id == where.pk
            )
            cards.append(card)
            word = (said or {}).get(person, "yes" if code != "C-0417" else ("strong_yes", "yes")[place % 2])
            Scorecard.objects.filter(pk=card.pk).update(
                summary=SUMMARIES[word],
                recommendation_reason="I heard the first third only, before the line dropped."
                if word == "not_enough"
                else "",
            )
            SCORECARD.move(
                card,
                "submitted",
                recommendation=word,
                submitted_at=FIRST + timedelta(days=day, hours=2, minutes=7 * place),
            )
    return Board(application, cards, member, decider)


def put(level, person, place):
    """What one person put down on one question."""
    given = level(person, place)
    if isinstance(given, str):
        return {"outcome": given, "reason": REASONS[given]}
    words = spoken()[given]
    start = person * 5 + place * 3
    tails = TAILS[(person + place) % len(TAILS)] if (person + place) % 3 else ""
    more = words[(start + 7) % len(words)] if (person + place) % 4 == 1 else ""
    return {
        "outcome": "scored",
        "level": given,
        "evidence": " ".join(part for part in (words[start % len(words)], more, tails) if part),
        "probes_used": [1 + (person + place) % 2] if (person + place) % 3 == 0 else [],
        "hint": (person + place) % 11 == 0,
    }


@cache
def spoken() -> dict[int, list[str]]:
    """Evidence of the demo, by level."""
    told = tomllib.loads(Path(settings.BASE_DIR, "fixtures/demo.toml").read_text(encoding="utf-8"))
    found: dict[int, list[str]] = {level: [] for level in range(1, 6)}

    def walk(part):
        if isinstance(part, dict):
            if {"level", "evidence"} <= part.keys():
                found[part["level"]].append(part["evidence"])
            for inner in part.values():
                walk(inner)
        elif isinstance(part, list):
            for inner in part:
                walk(inner)

    walk(told)
    for words in told["intake"]["evidence"].values():
        for level, said in enumerate(words, start=1):
            found[level].append(said)
    return {level: list(islice(cycle(words), max(len(words), 12))) for level, words in found.items()}
