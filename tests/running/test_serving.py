"""The house as it is served: `manage.py demo` with its gunicorn, on SQLite and on a PostgreSQL started here."""

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings

from printing import pdf
from tests.running.test_configuration import SWITCHES


class Served:
    """One run of the server, and what its processes are."""

    def __init__(self, folder, database):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        clean = {name: value for name, value in os.environ.items() if name not in SWITCHES}
        said = {"KIT_HOUSE": "demo", "DATA_DIR": str(folder), "PORT": str(self.port)}
        said |= {"DATABASE_URL": database} if database else {}
        self.log = Path(folder, "server.log")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "demo"],
                cwd=settings.BASE_DIR, env={**clean, **said}, stdout=log, stderr=log,
            )  # fmt: skip

    def wait(self):
        """Until it answers; a server that ended instead says why."""
        for _ in range(600):
            assert self.process.poll() is None, self.log.read_text()
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        pytest.fail("the server never answered")

    def worker(self):
        """The process that answers requests, a child of the one that was started."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return next(int(child) for child in children if b"gunicorn" in Path(f"/proc/{child}/cmdline").read_bytes())

    def stop(self):
        """Ask it to end, as a host does; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


class Visitor:
    """A person of the demo, with cookies, as far as a test of serving needs a browser."""

    def __init__(self, address, who):
        self.address, self.jar = address, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.get("/sign-in/")
        self.post("/demo/sign-in/", urlencode({"person": who}).encode())

    def get(self, path):
        with self.opener.open(self.address + path, timeout=120) as answer:
            return answer.status, answer.headers, answer.read()

    def post(self, path, body, **headers):
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        request = urllib.request.Request(self.address + path, body, {"X-CSRFToken": token, **headers})
        with self.opener.open(request, timeout=120) as answer:
            return answer.status, answer.headers, answer.read()

    def save(self, path, body):
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        status, _headers, reply = self.post(path, json.dumps(body).encode(), **headers)
        return status, json.loads(reply)


@pytest.fixture
def serve(tmp_path, database):
    """serve() → a server on the same data each time; all are ended in the end."""
    started = []

    def start():
        started.append(Served(tmp_path, database))
        started[-1].wait()
        return started[-1]

    yield start
    for server in started:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()


def first_question(page):
    """(address to save to, version) of the first question on a scoring page."""
    text = page.decode()
    return re.search(r'action="(/interviews/\d+/score/\d+/)"', text)[1], int(
        re.search(r'data-version="(\d+)"', text)[1]
    )


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for the server's worker in /proc")
def test_a_save_outlives_its_worker_and_the_server_and_a_repeat_counts_once(serve):
    server = serve()
    interviewer = Visitor(server.address, "interviewer")
    scoring = re.findall(rb'href="(/interviews/\d+/score/)"', interviewer.get("/interviews/")[2])[0].decode()
    where, version = first_question(interviewer.get(scoring)[2])
    edit = {
        "operation": str(uuid4()), "client": str(uuid4()), "sequence": 1, "expected_version": version,
        "evidence": "Named the base rate before any model.",
    }  # fmt: skip
    first = interviewer.save(where, edit)
    assert first[0] == 200

    os.kill(server.worker(), signal.SIGKILL)
    server.wait()
    assert interviewer.save(where, edit) == first
    assert server.stop() == 0

    again = Visitor(serve().address, "interviewer")
    page = again.get(scoring)[2]
    assert page.count(b"Named the base rate before any model.") == 1
    assert first_question(page) == (where, first[1]["version"])


def opens_a_packet(server):
    """A committee member opens a packet's PDF, and asks for one that is not there."""
    committee = Visitor(server.address, "committee")
    packet = re.findall(rb'href="(/committee/\d+/)"', committee.get("/committee/")[2])[0].decode()
    status, headers, body = committee.get(f"{packet}packet.pdf")
    assert (status, headers["Content-Type"], body[:4]) == (200, "application/pdf", b"%PDF")
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        committee.get("/committee/987654/packet.pdf")
    assert refused.value.headers["X-Content-Type-Options"] == "nosniff"
    refused.value.close()


@pytest.mark.long
@pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made")
def test_a_packet_is_printed_by_the_served_house(serve):
    opens_a_packet(serve())
