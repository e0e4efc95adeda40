"""A house in a folder of its own, served by the product's own command in as many processes as asked for."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from accounts.running import server_command
from tests.load.people import Person

ROOT = Path(__file__).resolve().parents[2]
# What the settings read: a house of ours hears only what it is told here.
SWITCHES = {
    "KIT_HOUSE", "KIT_DEBUG", "SITE_URL", "SECRET_KEY", "SECRET_KEY_FILE", "DATABASE_URL", "DATABASE_URL_FILE", "PORT",
    "BEHIND_PROXY", "DEFAULT_ZONE", "PAPER", "DATA_DIR",
}  # fmt: skip


@dataclass(frozen=True)
class Count:
    """What the rows say: saves kept; acknowledged but lost; kept twice; scores that say other than their last save."""

    kept: int
    lost: int
    doubled: int
    stale: int
    integrity: str

    @property
    def is_right(self):
        return (self.lost, self.doubled, self.stale, self.integrity) == (0, 0, 0, "ok")


class House:
    def __init__(self, folder, database="", *, processes=2, application="interviewkit.wsgi", **said):
        self.folder, self.processes, self.application, self.server = Path(folder), processes, application, None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        clean = {name: value for name, value in os.environ.items() if name not in SWITCHES}
        own = {"KIT_HOUSE": "real", "DATA_DIR": str(folder), "PORT": str(self.port)}
        own |= {"DATABASE_URL": database} if database else {}
        self.environment = {**clean, "DJANGO_SETTINGS_MODULE": "interviewkit.settings", **own}
        self.told = said

    def fill(self, people):
        """That many interviewers, each signed in at an interview of their own."""
        rows = self._apart("tests.load.filling", str(people))
        return [Person(self.port, number, **row) for number, row in enumerate(rows)]

    def count(self, acknowledged):
        return Count(**self._apart("tests.load.counting", said=json.dumps(acknowledged)))

    def _apart(self, module, *arguments, said=""):
        """What a module says in its last line, run where this house's rows are."""
        command = [sys.executable, "-m", module, *arguments]
        ended = subprocess.run(
            command, cwd=ROOT, env=self.environment, input=said, text=True, check=True, stdout=subprocess.PIPE
        )
        return json.loads(ended.stdout.splitlines()[-1])

    def start(self):
        command = server_command(f"127.0.0.1:{self.port}", self.processes)
        # Loaded once and forked: a process that was killed is back at once.
        command = [self.application if word == "interviewkit.wsgi" else word for word in command] + ["--preload"]
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(
                command, cwd=ROOT, env={**self.environment, **self.told}, stdout=log, stderr=log, start_new_session=True
            )
        self.wait()

    @property
    def log(self):
        return self.folder / "server.log"

    def wait(self, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.server.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(self.log.read_text()[-2000:])

    def workers(self):
        """The processes that answer requests."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text()
        return [int(process) for process in children.split()]

    def cut(self):
        """Every process of the server ends at once, wherever it is."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        # The children belong to nobody now; the group is empty once they are gone.
        for _turn in range(200):
            try:
                os.killpg(self.server.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.02)
        raise RuntimeError("the server's processes do not end")

    def stop(self):
        if self.server and self.server.poll() is None:
            self.cut()
