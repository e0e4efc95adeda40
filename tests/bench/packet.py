"""What the packet costs that nobody changed, what its facts cost, and whether a role's overview minds how much is scored."""

from collections.abc import Iterator
from types import SimpleNamespace

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from accounts.running import prepare
from committee.gathering import gather_packet
from committee.prints import gather_sheet, print_sheet
from foundation import clock
from interviews.models import Application, Candidate, Interview, Score, Scorecard
from plans.models import InterviewPlan, Item
from tests.bench import _pings
from tests.bench._houses import compared, houses
from tests.bench._straight import asks
from tests.bench.figures import Figure, side_by_side
from tests.committee.panels import crowd, wide_plan
from tests.factories import MembershipFactory, UserFactory, put_in_force

SCORES = (1_000, 100_000)
ROWS, QUESTIONS, CALLS = 200, 25, 20
GOAL_OF_DOWNLOAD, GOAL_OF_OVERVIEW = 1.5, 2
OVERVIEWS = ("/roles/{role}/applications/", "/candidates/?role={role}")


def figures() -> Iterator[Figure]:
    prepare("real")
    small, large = (_whole(crowd(*size).application) for size in ((4, 24), (12, 40)))
    spent = {application: _statements(application) for application in (small, large)}
    yield Figure("facts of 12 × 40 against 4 × 24", spent[large], spent[small], "statements")
    yield from _download()
    with houses(fill, SCORES) as made:
        for path in OVERVIEWS:
            paths = {size: path.format(role=house.people.role) for size, house in made.items()}
            name = f"overview of {ROWS} candidates, {path.partition('?')[0]}"
            yield from compared(name, made, paths, who="recruiter", goal=GOAL_OF_OVERVIEW)


def _whole(application: Application) -> Application:
    return Application.objects.select_related("candidate", "role", "plan").get(pk=application.pk)


def _statements(application: Application) -> int:
    with CaptureQueriesContext(connection) as seen:
        gather_packet(application)
    return len(seen)


def _download() -> Iterator[Figure]:
    """The same bytes to the same person, 4 × 24: the kept file, and pages that do nothing but send them."""
    panel = crowd(4, 24)
    _pings.SENT["bytes"] = bytes(print_sheet(gather_sheet(_whole(panel.application))).pdf)
    paths = {
        "kept": f"/committee/{panel.application.pk}/packet.pdf",
        "right": f"/ping/{panel.application.pk}/",
        "ping": "/ping/",
        "healthz": "/healthz",
    }
    with override_settings(ROOT_URLCONF="tests.bench._pings"):
        calls = {name: asks(panel.manager, path) for name, path in paths.items()}
        taken = side_by_side({name: lambda call=call: [call() for _n in range(CALLS)] for name, call in calls.items()})
    size = f"{len(_pings.SENT['bytes']) // 1000} kB, {taken['kept'] / CALLS * 1000:.1f} ms of CPU"
    name = "an unchanged packet's PDF to a page that"
    to_right = taken["kept"] / taken["right"]
    yield Figure(f"{name} asks who reads it and sends as many bytes", to_right, GOAL_OF_DOWNLOAD, how=size)
    yield Figure(f"{name} knows who reads it and sends as many bytes", taken["kept"] / taken["ping"], None)
    yield Figure(f"{name} says ok to anybody", taken["kept"] / taken["healthz"], None)


def fill(size: int) -> SimpleNamespace:
    """A role with 200 candidates of five scores each, and other roles with all that is missing to `size` scores."""
    role = _filled(ROWS, 5)
    for _role in range((size - ROWS * 5) // (ROWS * QUESTIONS)):
        _filled(ROWS, QUESTIONS)
    return SimpleNamespace(role=role.pk, recruiter=MembershipFactory(role=role, recruiter=True).user)


def _filled(candidates: int, questions: int):
    plan: InterviewPlan = put_in_force(wide_plan(questions, 5))
    stage, person = plan.stages.get(), UserFactory()
    items = list(Item.objects.filter(section__stage=stage))
    here = Candidate.objects.count()
    people = Candidate.objects.bulk_create(
        Candidate(code=f"C-{here + n}", name=f"Candidate {here + n}") for n in range(candidates)
    )
    applications = Application.objects.bulk_create(
        Application(candidate=one, role=plan.role, plan=plan, status="active") for one in people
    )
    meetings = Interview.objects.bulk_create(
        Interview(application=one, stage=stage, starts_at=clock.now(), zone="UTC") for one in applications
    )
    cards = Scorecard.objects.bulk_create(Scorecard(interview=one, interviewer=person) for one in meetings)
    Score.objects.bulk_create(
        (
            Score(scorecard=card, item=item, outcome="scored", level=4, evidence="Said what it costs.")
            for card in cards
            for item in items
        ),
        batch_size=5000,
    )
    Scorecard.objects.filter(interviewer=person).update(
        status="submitted", recommendation="yes", submitted_at=clock.now()
    )
    return plan.role
