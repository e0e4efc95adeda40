"""The worker: its place, what it takes up after a crash, and that it lives as long as the web does and no longer."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from accounts import working
from foundation.tasks import task
from printing import pdf
from tests.factories import UserFactory
from tests.running.test_serving import opens_a_packet, serve  # noqa: F401 a fixture

pytestmark = pytest.mark.django_db
needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
HOLDER = "import fcntl, sys, time; f = open(sys.argv[1], 'ab'); fcntl.flock(f, fcntl.LOCK_EX); print(1, flush=True); time.sleep(60)"


@task
def nothing():
    """Queued by these tests alone."""


def test_a_worker_is_seen_while_it_holds_its_place_and_not_a_moment_longer(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert not working.is_working()
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path / working.PLACE)], stdout=subprocess.PIPE) as one:
        one.stdout.readline()
        assert working.is_working()
        one.kill()
    assert not working.is_working()


def test_administrators_are_told_that_no_worker_runs(signed_in, settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    client, address = signed_in(UserFactory(administrator=True)), reverse("accounts:person_list")
    assert "No worker is running" in client.get(address).text
    monkeypatch.setattr("accounts.views.people.is_working", lambda: True)
    assert "No worker is running" not in client.get(address).text


def test_what_a_worker_left_unfinished_is_begun_again_but_not_for_ever():
    nothing.enqueue()
    begun = DBTaskResult.objects.get()
    for time_ in range(1, working.MOST_BEGINNINGS + 1):
        begun.claim(f"worker {time_}")
        working.take_up()
        begun.refresh_from_db()
        assert begun.status == ("READY" if time_ < working.MOST_BEGINNINGS else "FAILED")


def test_what_is_done_is_not_kept_for_long(monkeypatch):
    monkeypatch.setattr(working, "KEPT", working.KEPT * 0)
    for _twice in range(2):
        nothing.enqueue()
        queued = DBTaskResult.objects.ready().get()
        queued.claim("worker")
        working.HouseWorker().run_task(queued)
    assert not DBTaskResult.objects.exists()


def offspring(process, found=()):
    """pid → command line of all that a process has started."""
    every = {}
    for task_ in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task_.read_text().split():
            every[int(child)] = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            every |= offspring(child)
    return every


def working_one(server):
    for _try in range(300):
        if found := [pid for pid, line in offspring(server.process.pid).items() if "manage.py work" in line]:
            return found[0]
        time.sleep(0.1)
    return pytest.fail(f"no worker was started: {server.log.read_text()}")


def gone(pids, seconds=20):
    until = time.monotonic() + seconds
    while left := [
        pid for pid in pids if Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes()
    ]:
        if time.monotonic() > until:
            return left
        time.sleep(0.1)
    return []


@pytest.mark.long
@needs_proc
@pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made")
def test_one_worker_serves_beside_the_web_is_started_again_and_ends_with_it(serve):  # noqa: F811
    server = serve()
    first = working_one(server)
    maps = Path(f"/proc/{first}/maps").read_text()
    assert "libpango" not in maps
    os.kill(first, signal.SIGKILL)
    assert gone([first]) == []
    assert working_one(server) != first
    opens_a_packet(server)
    every = [server.process.pid, *offspring(server.process.pid)]
    server.process.kill()  # with no chance to tell anybody
    server.process.wait()
    assert gone(every) == []
