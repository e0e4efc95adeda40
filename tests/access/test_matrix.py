"""Every address × every kind of person × every method × mine, another's and absent."""

from collections import Counter

import pytest
from django.db import transaction
from django.test.client import MULTIPART_CONTENT, encode_multipart

from tests.access.rules import WHOSE, Cell, cells, path_of, taken
from tests.access.watching import digest_of_all_tables, watched
from tests.access.world import AT_HOME_ELSEWHERE
from tests.answers import GUARDS, guards, plain
from tests.test_access import PEOPLE, ROWS, SIGNED_OUT

pytestmark = pytest.mark.django_db
# What a browser sends of a form in which nothing was filled in.
EMPTY = encode_multipart("boundary", {"csrfmiddlewaretoken": "t"})
# The file of a packet is kept by whoever reads it first, at this address alone.
KEPT, KEPT_AT = '"committee_packetprint"', "committee:packet_pdf"
# Those who differ most, for the short run; everybody else, and every one of the cells, in the long one.
SHORT = {"anonymous", "lead", "recruiter", "stranger"}
EVERYBODY = [
    pytest.param(person, every, marks=pytest.mark.long if every or person not in SHORT else ())
    for every in (False, True)
    for person in sorted(PEOPLE)
]


def ask(client, method, path):
    """(answer, what it did to the database); cookies and whatever it wrote are taken back."""
    verb, cookies = method.removeprefix("htmx "), client.cookies.copy()
    body = (
        {"data": EMPTY, "content_type": MULTIPART_CONTENT.replace("BoUnDaRyStRiNg", "boundary")}
        if verb == "POST"
        else {}
    )
    with transaction.atomic():
        with watched() as seen:
            answer = client.generic(verb, path, **body, headers={"HX-Request": "true"} if verb != method else {})
        if seen.writes:
            transaction.set_rollback(True)
    client.cookies = cookies
    return answer, seen


class Walk:
    """One person's walk through the cells; `wrong` says what was not as it must be."""

    def __init__(self, client):
        self.client, self.wrong = client, []
        self.refusals, self.read, self.asked = {}, {}, {}

    def step(self, cell: Cell, path):
        answer, seen = ask(self.client, cell.method, path)
        faults = [
            *self._status(cell, answer),
            *self._headers(cell, answer),
            *self._alike(cell, answer),
            *self._as_quick(cell, seen),
            *self._head(cell, answer),
        ]
        is_kept = cell.is_let_in and cell.name == KEPT_AT
        writes = [sql for sql in seen.writes if not (is_kept and KEPT in sql)]
        if writes and not (cell.is_let_in and cell.method.endswith("POST")):
            faults.append(f"wrote {writes[0]}")
        self.wrong += [f"{cell}: {fault}" for fault in faults]

    def _status(self, cell, answer):
        if answer.status_code != cell.status:
            yield f"{answer.status_code}, not {cell.status}"
        elif cell.status == 405 and set(answer.headers["Allow"].split(", ")) != taken(cell.name):
            yield f"allows {answer.headers['Allow']}"
        elif cell.person in SIGNED_OUT:
            leads_to = answer.headers.get("HX-Redirect" if cell.method.startswith("htmx") else "Location", "")
            if not leads_to.startswith("/sign-in/?next="):
                yield f"leads to {leads_to!r}"

    def _headers(self, cell, answer):
        if guards(answer) != GUARDS:
            yield f"guards {guards(answer)}"
        if "no-store" not in answer.headers.get("Cache-Control", ""):
            yield "may be stored"

    def _alike(self, cell, answer):
        """A refusal is one and the same, whatever it is refused for: every 404, and each right's 403."""
        if cell.status not in {403, 404}:
            return
        about = (cell.status, "" if cell.status == 404 else frozenset(ROWS[cell.name][1]), cell.method)
        said = plain(answer), sorted(answer.headers.items())
        if self.refusals.setdefault(about, said) != said:
            yield "is not the refusal that others get"

    def _as_quick(self, cell, seen):
        """Another's row costs the statements that none costs: the time it takes tells nothing either."""
        if cell.status != 404 or cell.whose == "mine" or cell.person in AT_HOME_ELSEWHERE:
            return
        if self.asked.setdefault((cell.name, cell.method), seen.statements) != seen.statements:
            yield f"asked {seen.statements} statements for one and not for the other"

    def _head(self, cell, answer):
        """HEAD is GET without its body."""
        said = answer.status_code, sorted(answer.headers.items())
        if cell.method == "GET":
            self.read[cell.name, cell.whose] = said
        elif cell.method == "HEAD" and (cell.name, cell.whose) in self.read:
            if said != self.read[cell.name, cell.whose]:
                yield f"HEAD says {said}, GET {self.read[cell.name, cell.whose]}"
            if answer.content:
                yield "HEAD has a body"


@pytest.mark.parametrize(("person", "every"), EVERYBODY)
def test_each_cell_is_answered_as_the_table_says(world, client_of, person, every):
    walk = Walk(client_of(person))
    # A place that no address knows sets the measure: what is not mine must be like it to the byte.
    for method in ("GET", "HEAD", "htmx GET", "POST", "htmx POST"):
        answer, _seen = ask(walk.client, method, "/no/such/place/")
        walk.refusals[404, "", method] = plain(answer), sorted(answer.headers.items())
    before = digest_of_all_tables()
    for cell in cells(person, every=every):
        walk.step(cell, path_of(cell.name, cell.whose, world))
    assert walk.wrong == []
    assert digest_of_all_tables() == before


@pytest.mark.parametrize("person", sorted(SIGNED_OUT))
def test_a_script_that_is_signed_out_gets_401_at_every_address(world, client_of, person):
    client = client_of(person)
    for name in ROWS:
        for verb in ("GET", "POST", "DELETE"):
            with watched() as seen:
                answer = client.generic(verb, path_of(name, "mine", world), headers={"Accept": "application/json"})
            assert (answer.status_code, seen.writes) == (401, []), name
            assert answer.json()["message"].startswith("You are signed out."), name
            assert guards(answer) == GUARDS, name


@pytest.mark.parametrize(("people", "every", "least"), [(SHORT, False, 4_000), (PEOPLE, True, 30_000)])
def test_the_matrix_is_not_thinned_out(people, every, least):
    met = Counter(cell.whose for person in people for cell in cells(person, every=every))
    assert met.total() >= least
    assert min(met[whose] for whose in WHOSE) >= least / 10
