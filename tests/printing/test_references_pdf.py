"""A document gets no file and no address but our own styles and faces, whatever it asks."""

import json
import subprocess
import sys

import pytest

from printing import pdf
from tests.printing.references import canary, documents, lay_secrets, traces

pytestmark = pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made")


@pytest.fixture(scope="module")
def secrets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("secrets")
    lay_secrets(folder)
    return folder


@pytest.fixture(scope="module")
def server(secrets):
    with canary(secrets) as server:
        yield server


@pytest.fixture(scope="module")
def got(secrets, server):
    """got(wall, names) → what documents got behind that wall alone, and how many came to the server."""

    def behind(wall, names=()):
        before = server.visits
        command = [
            sys.executable,
            "-m",
            "tests.printing.references",
            secrets,
            str(server.server_address[1]),
            wall,
            *names,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 3:
            pytest.skip("This kernel gives no network of one's own")
        assert done.returncode == 0, done.stderr
        return {name: found for name, found in json.loads(done.stdout).items() if found}, server.visits - before

    return behind


@pytest.fixture(scope="module")
def leaks(got):
    """The documents that get something when nothing holds them: what the walls are tried with."""
    found, visits = got("none")
    assert visits >= 30
    return found


@pytest.mark.long
def test_without_walls_the_documents_get_what_they_ask_for(leaks):
    assert len(leaks) >= 40
    assert {"the secret", "an attachment", "a file"} <= {trace for found in leaks.values() for trace in found}


def test_the_fetcher_alone_gives_nothing_away(got):
    assert got("fetcher") == ({}, 0)


@pytest.mark.long
def test_the_audit_hook_alone_lets_nothing_be_read_or_reached(got, leaks):
    # What a document brings along in its own address is read from no file.
    found, visits = got("hook", [name for name in leaks if "data:" not in name])
    assert {trace.split(" to ")[0] for traces in found.values() for trace in traces} <= {"a link"}
    assert visits == 0


@pytest.mark.long
def test_the_network_of_its_own_alone_holds_nobody(got, leaks):
    _found, visits = got("network", [name for name in leaks if "file" not in name])
    assert visits == 0


@pytest.mark.long
def test_none_of_the_documents_gets_anything_out_of_the_printer(secrets, server):
    before, found = server.visits, {}
    for name, html in documents(str(secrets), server.server_address[1]).items():
        try:
            found[name] = traces(pdf.render_pdf(html))
        except pdf.NotPrinted as problem:
            found[name] = [] if problem.sentence == pdf.FOREIGN else [problem.sentence]
    assert len(found) >= 150
    assert {name: traces for name, traces in found.items() if traces} == {}
    assert server.visits == before
