"""Live scoring: what one save and the page it is made on cost, and how many actions of the interviewer a score takes."""

import io
import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.running import prepare
from interviews.models import Score, Scorecard
from plans.models import Item, Section
from questions.models import QuestionVersion
from tests.bench._demo import chromium, demo, signed_in
from tests.bench.figures import Figure, side_by_side
from tests.factories import ApplicationFactory, InterviewFactory, PlanFactory, ScorecardFactory, put_in_force

QUESTIONS, CALLS = 15, 20
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
PEERS = "peers, measured 2026-11 on the same work: pretalx {}, Kiwi TCMS {}, Horilla {}"


def figures() -> Iterator[Figure]:
    prepare("real")
    desk = Desk(_card())
    page = desk.statements(desk.page)
    yield Figure(f"scoring page of {QUESTIONS} questions", len(page), 14, "statements", PEERS.format(48, 15, "not run"))
    spent = {name: desk.statements(save) for name, save in desk.saves().items()}
    # The first two are the session and the person, whom every page needs.
    own = {name: len([sql for sql in each[2:] if not sql.startswith(TRANSACTION)]) for name, each in spent.items()}
    said = ", ".join(f"{name} {number}" for name, number in own.items())
    said += f"; {max(map(len, spent.values()))} with session, person and transaction"
    yield Figure("one save", max(own.values()), 5, "statements", f"{said}; {PEERS.format(34, 28, 20)}")
    cost = side_by_side({"ping": desk.times(desk.ping), "page": desk.times(desk.page), "save": desk.times(desk.save)})
    yield Figure("CPU of one save, to that of /healthz", cost["save"] / cost["ping"], 5)
    yield Figure("CPU of the scoring page, to that of /healthz", cost["page"] / cost["ping"], 40)
    yield Figure("actions that save one score", _actions(), 1, "actions", PEERS.format(8, 2, 4))


def _card() -> Scorecard:
    """An open card on a stage with the first questions of the starter bank, each with its whole rubric."""
    plan = PlanFactory(stages=1)
    stage = plan.stages.get()
    stage.sections.all().delete()
    versions = QuestionVersion.objects.current().select_related("question__competency").order_by("pk")
    for version in versions.filter(question__in=versions.values("question"))[:QUESTIONS]:
        competency = version.question.competency
        section, _new = Section.objects.get_or_create(
            stage=stage, competency=competency, defaults={"position": stage.sections.count() + 1}
        )
        Item.objects.create(section=section, version=version, minutes=8, position=section.items.count() + 1)
    meeting = InterviewFactory(application=ApplicationFactory(plan=put_in_force(plan)), stage=stage)
    return ScorecardFactory(interview=meeting)


class Desk:
    """An interviewer at their page, without the test client's own work: requests go straight into the application."""

    def __init__(self, card: Scorecard) -> None:
        http = Client()
        http.force_login(card.interviewer)
        token = "0" * 32
        self.cookies = f"sessionid={http.cookies['sessionid'].value}; csrftoken={token}"
        self.token, self.client, self.sequence = token, str(uuid4()), count(1)
        self.application = get_wsgi_application()
        self.here = reverse("interviews:interview_score", args=[card.interview_id])
        self.scores: list[Score] = list(card.scores.all())
        self.first = f"{self.here}{self.scores[0].item_id}/"

    def ask(self, path: str, body: dict[str, Any] | None = None) -> bytes:
        sent = b"" if body is None else json.dumps(body).encode()
        environ = {
            "REQUEST_METHOD": "GET" if body is None else "POST", "PATH_INFO": path, "QUERY_STRING": "", "SCRIPT_NAME": "",
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8000", "HTTP_COOKIE": self.cookies, "HTTP_X_CSRFTOKEN": self.token,
            "HTTP_ACCEPT": "application/json" if body else "text/html", "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(sent)), "wsgi.input": io.BytesIO(sent), "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }  # fmt: skip
        states: list[str] = []
        answer = self.application(environ, lambda status, _headers: states.append(status))
        whole = b"".join(answer)
        answer.close()
        expected = "409" if body and body["client"] != self.client else "200"
        if not states[0].startswith(expected):
            raise RuntimeError(f"{path}: {states[0]} {whole[:200]!r}")
        return whole

    def ping(self) -> bytes:
        return self.ask("/healthz")

    def page(self) -> bytes:
        return self.ask(self.here)

    def edit(self, **fields: Any) -> dict[str, Any]:
        stamp = {
            "operation": str(uuid4()),
            "client": self.client,
            "sequence": next(self.sequence),
            "expected_version": 0,
        }
        return {**stamp, **fields}

    def save(self) -> bytes:
        return self.ask(self.first, self.edit(outcome="scored", level=1 + next(self.sequence) % 5, reason=""))

    def saves(self) -> dict[str, Callable[[], bytes]]:
        """Every kind of save by its name; the first one starts the interview, the last one meets another window's."""
        edit = self.edit(outcome="scored", level=4, reason="")
        return {
            "first level": lambda: self.ask(self.first, edit),
            "repeated": lambda: self.ask(self.first, edit),
            "level": self.save,
            "evidence": lambda: self.ask(self.first, self.edit(evidence="Asked what a miss costs.")),
            "probes": lambda: self.ask(self.first, self.edit(probes_used=[1], hint=True)),
            "conflict": lambda: self.ask(self.first, {**self.edit(evidence="Other words."), "client": str(uuid4())}),
        }

    def statements(self, call: Callable[[], bytes]) -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            call()
        return [query["sql"] for query in seen]

    def times(self, call: Callable[[], bytes]) -> Callable[[], None]:
        """The same call often enough that its time stands clear of the clock's grain."""

        def again() -> None:
            for _turn in range(CALLS):
                call()

        return again


def _actions() -> float:
    """1 when one key saves a score and one click does too: the page is loaded anew after each to see. Infinity when not."""
    with demo() as house, chromium() as browser:
        _name, email, path = next(page for page in house.pages if page[0].startswith("interviews-interview_score"))
        page = signed_in(browser, house, email).new_page()
        page.goto(path)
        question = page.locator(".score-item:has([name=answer])").last.get_attribute("id")
        chosen, ways = page.locator(f"#{question} [name=answer]:checked").first, []
        page.goto(f"{path}#{question}")
        before = chosen.get_attribute("value")
        by_key, by_click = [level for level in "12345" if level != before][:2]
        ways.append((by_key, lambda: page.keyboard.press(by_key)))
        ways.append((by_click, lambda: page.locator(f"#{question} .anchors label:has([value='{by_click}'])").click()))
        for level, act in ways:
            with page.expect_response(lambda answer: answer.request.method == "POST"):
                act()
            page.reload()
            if chosen.get_attribute("value") != level:
                return float("inf")
    return 1
