"""What `./run` and `./run serve` do: make the house ready, say where it is, and serve it. Faults are one sentence."""

import errno
import hashlib
import inspect
import io
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper, SystemCheckError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from accounts.house import awaits_first, settle, setup_token
from accounts.models import House
from foundation import frozen
from printing import pdf

# Below this, SQLite may corrupt a WAL database in a rare race; fixed upstream in March 2026.
SOUND_SQLITE = (3, 51, 3)


def prepare(kind: str, out: TextIO | OutputWrapper | None = None) -> None:
    """Bring the database up to date, mark it as `kind`, check it, load the bank, gather the static files.

    Doing it again changes nothing. What the load did is said on `out`, else on standard output. Raises CommandError with
    one sentence when the database or the data folder cannot be reached or written, Refused when the database is marked
    otherwise.
    """
    try:
        with _faults_of_database():
            _bring_up_to_date()
            settle(kind)
            call_command("check", databases=["default"], stdout=io.StringIO())
            call_command("load_bank", verbosity=0, stdout=out)
    except SystemCheckError as problem:
        raise CommandError(str(problem)) from problem
    try:
        gather_static()
    except OSError as problem:
        raise CommandError(
            f"The data folder {settings.DATA_DIR} cannot be written ({problem.strerror}). "
            "Choose another: DATA_DIR=/some/folder"
        ) from problem


def open_once(kind: str, out: TextIO | OutputWrapper | None = None) -> None:
    """Prepare a house that nobody has opened yet, so that a command finds what `serve` would show; else change nothing.

    Raises as `prepare` does, and CommandError where the demo has yet to be made, or an upgrade awaits its start.
    """
    with _faults_of_database():
        is_opened = House._meta.db_table in connection.introspection.table_names() and House.objects.exists()
        awaits = is_opened and _awaits_upgrade()
    if awaits:
        raise CommandError("This house is from an earlier version. Open it once, then try again: ./run serve")
    if not is_opened and kind == House.Kind.DEMO:
        raise CommandError("There is no demo yet. Open it once, then try again: ./run")
    if not is_opened:
        prepare(kind, out)


@contextmanager
def _faults_of_database() -> Iterator[None]:
    """CommandError with one sentence in place of what the database said."""
    try:
        yield
    except DatabaseError as problem:
        choose = "DATA_DIR=/some/folder" if connection.vendor == "sqlite" else "DATABASE_URL"
        raise CommandError(
            f"The database {connection.settings_dict['NAME']} cannot be used ({str(problem).splitlines()[0]}). "
            f"Check that it can be reached and written, or choose another with {choose}."
        ) from problem


def gather_static() -> None:
    """Copy the static files to where they are served from, named by content and compressed; nothing if none changed.

    What earlier versions left stays, for pages that were opened before an upgrade.
    """
    # How they are named is part of it: an upgrade may change that alone.
    digest = hashlib.sha256(version("whitenoise").encode())
    digest.update(Path(inspect.getfile(staticfiles_storage.__class__)).read_bytes())
    for finder in get_finders():
        for name, storage in sorted(finder.list(ignore_patterns=None), key=itemgetter(0)):
            digest.update(f"{name}\0".encode() + Path(storage.path(name)).read_bytes())
    mark = Path(settings.STATIC_ROOT, ".gathered")
    if not mark.exists() or mark.read_text() != digest.hexdigest():
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(digest.hexdigest())


def _awaits_upgrade() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _bring_up_to_date() -> None:
    if _awaits_upgrade():
        call_command("migrate", verbosity=0)
    else:
        # A rule can change without a migration. Nothing is written while all of them stand.
        frozen.put_back(connection)


def first_link() -> str:
    """The address at which the first administrator is made; empty once there is one."""
    path = reverse("accounts:setup_follow", args=[setup_token()])
    return f"{settings.SITE_URL}{path}" if awaits_first() else ""


def serve_forever(bind: str = "") -> None:
    """Replace this process with the server: one process, eight threads; beside it one worker, which ends with it."""
    for sentence in warnings():
        sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
    connection.close()
    pdf.close()
    keeper = [sys.executable, "-m", "accounts.keeper", str(os.getpid())]
    subprocess.Popen(keeper, cwd=settings.BASE_DIR)  # noqa: S603 our own interpreter and arguments
    os.execv(sys.executable, server_command(bind or _own_address()))  # noqa: S606 our own interpreter and arguments


def server_command(bind: str, processes: int = 1) -> list[str]:
    """How the house is served. More than one process pays on PostgreSQL alone: SQLite lets one write at a time."""
    command = [sys.executable, "-m", "gunicorn", "interviewkit.wsgi", "--bind", bind, "--workers", str(processes)]
    return [*command, "--threads", "8", "--timeout", "90", "--log-level", "warning", "--no-control-socket"]


def warnings() -> list[str]:
    """What is not as it should be here but lets the house run; each sentence names the fix."""
    found = []
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < SOUND_SQLITE:
        found.append(
            f"SQLite {sqlite3.sqlite_version} is older than 3.51.3, which mends a rare fault: "
            "keep backups, or use PostgreSQL (DATABASE_URL)."
        )
    if not pdf.available():
        found.append(f"PDFs are off, print views stand in: Pango is missing. {pdf.INSTALL}")
    return found


def _own_address() -> str:
    return f"127.0.0.1:{settings.PORT}"


def refuse_taken(bind: str = "") -> None:
    """Raises CommandError when the house cannot be served at `bind`: asked first, for a first start takes its time."""
    bind = bind or _own_address()
    host, _colon, port = bind.rpartition(":")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except (OSError, ValueError, OverflowError) as problem:
            if isinstance(problem, OSError) and problem.errno == errno.EADDRINUSE:
                raise CommandError(f"Port {port} is taken. Choose another, like PORT=8123.") from None
            raise CommandError(f"{bind} cannot be served on ({problem}). Choose another, like PORT=8123.") from None


def reaches_beyond(bind: str) -> bool:
    """Whether an address to serve on can be reached from other machines."""
    return urlsplit(f"//{bind}").hostname not in {"127.0.0.1", "localhost", "::1"}
