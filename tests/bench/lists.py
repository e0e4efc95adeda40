"""Every other list, and the pages that are read daily, in a small house and in one with 5,000 rows of each kind."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from hashlib import sha256
from types import SimpleNamespace

from accounts.models import Entry, User
from committee.models import Decision
from foundation import clock
from interviews.models import Application, Candidate, Interview, Score, Scorecard
from plans.models import InterviewPlan, Item, Membership, Role
from questions.models import Question, QuestionVersion
from tests.bench._houses import House, compared, houses
from tests.bench.figures import Figure
from tests.committee.panels import crowd, wide_plan
from tests.factories import MembershipFactory, UserFactory, put_in_force

SIZES = (50, 5_000)
GOAL = 1.5
# It sets the candidate beside each other one of the role, of whom no role has thousands: told, to see what that costs.
GOALS = {"/committee/{crowded}/": None}
CARDS, QUESTIONS, SCORED = 4, 24, 3


def fill(size: int) -> SimpleNamespace:
    """`size` rows of each kind, and the people who see them."""
    plan = put_in_force(wide_plan(QUESTIONS))
    role = plan.role
    people = SimpleNamespace(
        administrator=UserFactory(administrator=True),
        recruiter=MembershipFactory(role=role, recruiter=True).user,
        manager=MembershipFactory(role=role, hiring_manager=True).user,
        interviewer=MembershipFactory(role=role, user__name="Interviewer").user,
    )
    team = _many(User, (User(email=f"person-{n}@example.org", name=f"Person {n}", password="!") for n in range(size)))
    _many(Membership, (Membership(role=role, user=person, duty="interviewer") for person in team))
    people.founder = UserFactory(recruiter=True)
    _roles(people.founder, size)
    _drafts(people.recruiter, plan, size)
    _record(people.administrator, size)
    # 5,000 applications in all; in the small house fifty of each kind, so that every list fills its page there too.
    _applications(plan, people, max(50, size // 4))
    people.role = role
    alone, among = crowd(CARDS, QUESTIONS), crowd(CARDS, QUESTIONS, plan=plan)
    people.packet, people.reader = alone.application, alone.manager
    people.crowded, people.crowded_reader = among.application, among.manager
    return people


def _many(model, rows: Iterable) -> list:
    return model.objects.bulk_create(rows, batch_size=2000)


def _roles(founder: User, size: int) -> None:
    """Roles of one recruiter, every other one with a draft, the rest without a plan."""
    roles = _many(Role, (Role(title=f"Engineer {n * 7919 % 10_007}") for n in range(size)))
    _many(Membership, (Membership(role=role, user=founder, duty="recruiter") for role in roles))
    _many(InterviewPlan, (InterviewPlan(role=role, number=1) for role in roles[::2]))


def _drafts(author: User, plan: InterviewPlan, size: int) -> None:
    competency = plan.competencies.first().competency
    questions = _many(Question, (Question(competency=competency, slug=f"draft-{n}") for n in range(size)))
    _many(
        QuestionVersion,
        (
            QuestionVersion(
                question=question, number=1, title=f"Draft {n}", kind="coding", level="advanced", author=author
            )
            for n, question in enumerate(questions)
        ),
    )


def _record(actor: User, size: int) -> None:
    digests = [sha256(str(n).encode()).hexdigest() for n in range(size + 1)]
    _many(
        Entry,
        (
            Entry(
                actor=actor,
                verb="role.made",
                subject_type="plans.role",
                subject_id=n,
                at=clock.now(),
                previous=digests[n],
                digest=digests[n + 1],
            )
            for n in range(size)
        ),
    )


def _applications(plan: InterviewPlan, people: SimpleNamespace, size: int) -> None:
    """Of each kind `size`: to come, late, ready to read, decided. Each has one interview with one seat, and a few scores."""
    stage, items = plan.stages.first(), list(Item.objects.filter(section__stage__plan=plan)[:SCORED])
    kinds = [kind for kind in ("coming", "late", "ready", "decided") for _n in range(size)]
    candidates = _many(Candidate, (Candidate(code=f"C-{n}", name=f"Candidate {n}") for n in range(len(kinds))))
    applications = _many(
        Application,
        (
            Application(candidate=person, role=plan.role, plan=plan, status="hired" if kind == "decided" else "active")
            for person, kind in zip(candidates, kinds, strict=True)
        ),
    )
    meetings = _many(
        Interview,
        (
            Interview(application=application, stage=stage, starts_at=_start(kind, n), zone="Europe/Berlin")
            for n, (application, kind) in enumerate(zip(applications, kinds, strict=True))
        ),
    )
    cards = _many(Scorecard, (Scorecard(interview=meeting, interviewer=people.interviewer) for meeting in meetings))
    _many(
        Score,
        (
            Score(scorecard=card, item=item, outcome="scored", level=4, evidence="Said what level it is and why.")
            for card in cards
            for item in items
        ),
    )
    Scorecard.objects.filter(pk__gte=cards[2 * size].pk).update(
        status="submitted", recommendation="yes", submitted_at=clock.now()
    )
    decided = [each for each, kind in zip(applications, kinds, strict=True) if kind == "decided"]
    _many(
        Decision,
        (
            Decision(application=each, outcome="hire", rationale="Strong.", decided_by=people.manager, facts="{}")
            for each in decided
        ),
    )


def _start(kind: str, n: int):
    """Within the week for what is to come; long ago for the rest."""
    away = timedelta(hours=26, minutes=n % 5000) if kind == "coming" else -timedelta(days=1, minutes=n)
    return clock.now() + away


def figures() -> Iterator[Figure]:
    with houses(fill, SIZES) as made:
        for name, who, path in PAGES:
            paths = {size: _address(house, path) for size, house in made.items()}
            yield from compared(f"{name}, {who}", made, paths, who=who, goal=GOALS.get(path, GOAL))


PAGES = [
    ("today", "recruiter", "/"),
    ("today", "founder", "/"),
    ("today", "manager", "/"),
    ("today", "interviewer", "/"),
    ("today", "administrator", "/"),
    (f"packet of {CARDS} cards with {QUESTIONS} questions", "reader", "/committee/{packet}/"),
    ("packet among all other candidates", "crowded_reader", "/committee/{crowded}/"),
    ("role", "recruiter", "/roles/{role}/"),
    ("role's candidates", "recruiter", "/roles/{role}/applications/"),
    ("candidates", "recruiter", "/candidates/"),
    ("candidates of a role", "recruiter", "/candidates/?role={role}"),
    ("candidates by name", "recruiter", "/candidates/?q=candidate"),
    ("interviews, mine", "interviewer", "/interviews/"),
    ("interviews, open", "interviewer", "/interviews/?show=open"),
    ("interviews, late", "recruiter", "/interviews/?show=late"),
    ("interviews, to come", "recruiter", "/interviews/?show=coming"),
    ("committee, to read", "manager", "/committee/"),
    ("committee, to read", "recruiter", "/committee/"),
    ("committee, not ready", "manager", "/committee/?show=waiting"),
    ("committee, decided", "manager", "/committee/?show=decided"),
    ("roles", "founder", "/roles/"),
    ("drafts", "recruiter", "/questions/?state=drafts"),
    ("people", "administrator", "/people/"),
    ("record", "administrator", "/people/record/"),
]


def _address(house: House, path: str) -> str:
    people = house.people
    return path.format(role=people.role.pk, packet=people.packet.pk, crowded=people.crowded.pk)
