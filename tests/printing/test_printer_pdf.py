"""The printer's process: what it may do, what it may take, and what a person gets when it does not print."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings

from printing import pdf, printer
from printing.printer import Limits
from tests.printing.runs import (
    ENDLESS,
    LARGE,
    PAGES,
    SHORT,
    children,
    is_running,
    places_held,
    printing,
    until,
)

pytestmark = pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="Reads /proc, and needs what Linux alone has")


@pytest.mark.parametrize(
    ("html", "limits", "said"),
    [
        (ENDLESS, Limits(cpu=1), 128 + signal.SIGXCPU),
        (ENDLESS, Limits(wall=1), 128 + signal.SIGALRM),
        (LARGE, Limits(memory=180 << 20), printer.Outcome.BROKEN),
        (PAGES, Limits(pages=9), printer.Outcome.TOO_LONG),
    ],
    ids=["cpu", "wall", "memory", "pages"],
)
def test_a_document_ends_at_each_limit_with_a_sentence(html, limits, said, caplog):
    with pytest.raises(pdf.NotPrinted) as refused:
        pdf.render_pdf(html, limits)
    assert refused.value.sentence == pdf.TOO_MUCH
    assert not refused.value.retry_after
    assert f"outcome {said} " in caplog.text
    assert pdf.render_pdf(SHORT).startswith(b"%PDF")


def test_the_same_documents_print_within_the_limits():
    for html in (LARGE, PAGES):
        assert pdf.render_pdf(html, Limits(pages=11)).startswith(b"%PDF")


@on_linux
def test_a_document_is_printed_without_secrets_files_or_cores_and_yields_to_everyone_else(own_printer, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary-key")
    monkeypatch.setenv("DATABASE_URL", "postgres://canary-url")
    with Path(__file__).open(), printing(own_printer()) as (child, _outcome):
        proc = Path(f"/proc/{child}")
        assert until(lambda: "Max core file size        0                    0" in (proc / "limits").read_text())
        limits = (proc / "limits").read_text()
        held = [str(each.readlink()) for each in (proc / "fd").iterdir() if each.name not in {"1", "2"}]
        environment = (proc / "environ").read_text()
        niceness = os.getpriority(os.PRIO_PROCESS, child)
    assert "Max file size             0                    0" in limits
    assert "Max address space         1073741824           1073741824" in limits
    assert "Max cpu time              30                   31" in limits
    assert "canary" not in environment
    assert {each.split("=")[0] for each in environment.split("\0") if each} <= {*pdf.ENVIRONMENT, "LC_ALL"}
    assert {each.split(":")[0] for each in held} == {"pipe", "socket"}
    assert len([each for each in held if each.startswith("socket")]) == 1
    assert niceness >= 5


DEEDS = """
import os, sys
from printing import printer
print_one = printer.load()
import ctypes, shutil, socket, sqlite3, subprocess, urllib.request, resource, signal, pathlib, tempfile
libc = ctypes.CDLL(None)
deeds = {
    "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
    "look up": lambda: socket.getaddrinfo("localhost", 80),
    "listen": lambda: socket.socket().bind(("127.0.0.1", 0)),
    "unix": lambda: socket.socketpair(),
    "urllib": lambda: urllib.request.urlopen("http://127.0.0.1:9/"),
    "run": lambda: subprocess.run(["true"]),
    "system": lambda: os.system("true"),
    "fork": os.fork,
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "kill": lambda: os.kill(os.getppid(), 0),
    "library": lambda: ctypes.CDLL("libc.so.6"),
    "write": lambda: open("written", "w"),
    "append": lambda: os.open("written", os.O_RDWR | os.O_CREAT),
    "write into Python": lambda: open(os.__file__ + ".new", "wb"),
    "remove": lambda: os.remove("written"),
    "read": lambda: open("/etc/passwd"),
    "read by bytes": lambda: open(b"/etc/passwd", "rb"),
    "read by climbing": lambda: open(os.path.dirname(os.__file__) + "/../" * 9 + "etc/passwd"),
    "read a neighbour": lambda: open(os.path.dirname(os.__file__) + "-other/x"),
    "read our code": lambda: open(printer.__file__),
    "read a descriptor": lambda: open(0),
    "list": lambda: os.listdir("/"),
    "copy": lambda: shutil.copyfile("/etc/passwd", "written"),
    "database": lambda: sqlite3.connect("written"),
    "raise limits": lambda: resource.setrlimit(resource.RLIMIT_CPU, (99, 99)),
    "import": lambda: __import__("colorsys"),
}
printer.shut_in(printer.Limits(wall=300))
for name, deed in deeds.items():
    try:
        deed()
        print(name, "done")
    except PermissionError as problem:
        print(name, "refused" if "not for a printer" in str(problem) else problem)
    except OSError as problem:
        print(name, "failed", problem)
"""


def test_a_printers_child_may_import_and_nothing_else(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR)}
    done = subprocess.run(
        [sys.executable, "-c", DEEDS], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
    )
    said = dict(line.rsplit(" ", 1) for line in done.stdout.splitlines())
    assert len(said) >= 27, done.stderr
    assert {deed for deed, how in said.items() if how != "refused"} == {"import"}
    assert said["import"] == "done"
    assert list(tmp_path.iterdir()) == []


@on_linux
def test_the_printer_has_a_network_of_its_own_where_the_kernel_gives_one(own_printer):
    script = "from printing import printer; import sys; sys.exit(not printer.leave_network())"
    if subprocess.run([sys.executable, "-c", script], check=False, cwd=settings.BASE_DIR).returncode:
        pytest.skip("This kernel gives no network of one's own")
    own = own_printer()
    own.is_able()
    assert Path(f"/proc/{own.process.pid}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()


@on_linux
def test_a_killed_printer_takes_its_document_along_and_the_next_one_starts_another(own_printer):
    own = own_printer()
    with printing(own) as (child, outcome):
        own.process.kill()
        assert until(lambda: outcome)
        assert until(lambda: not is_running(child))
    assert outcome[0].sentence == pdf.STOPPED
    assert outcome[0].retry_after
    assert pdf.render_pdf(SHORT).startswith(b"%PDF")


@pytest.mark.long
@on_linux
def test_a_printer_that_stands_still_is_given_up_and_replaced(own_printer, monkeypatch):
    monkeypatch.setattr(pdf, "GRACE", 1)
    own = own_printer()
    own.is_able()
    own.process.send_signal(signal.SIGSTOP)
    with pytest.raises(pdf.NotPrinted) as refused:
        pdf.render_pdf(SHORT, Limits(wall=1))
    assert refused.value.sentence == pdf.STOPPED
    assert pdf.render_pdf(SHORT).startswith(b"%PDF")


def test_a_printer_that_cannot_start_is_said_to_have_stopped(own_printer):
    own_printer("raise SystemExit(3)")
    assert pdf.available()
    with pytest.raises(pdf.NotPrinted) as refused:
        pdf.render_pdf(SHORT)
    assert refused.value.sentence == pdf.STOPPED


WEB = f"""
import os, threading, time
os.environ["DJANGO_SETTINGS_MODULE"] = "interviewkit.settings"
import django; django.setup()
from printing import pdf
pdf.available()
threading.Thread(target=pdf.render_pdf, args=[{ENDLESS!r}]).start()
print(pdf._printer.process.pid, flush=True)
time.sleep(60)
"""


@on_linux
def test_printer_and_document_end_with_the_web_process_however_it_ends(tmp_path):
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", WEB], stdout=subprocess.PIPE, text=True, env=environment, cwd=settings.BASE_DIR
    ) as web:
        own = int(web.stdout.readline())
        child = until(lambda: children(own))[0]
        web.kill()
    assert until(lambda: not is_running(own))
    assert until(lambda: not is_running(child))


def test_a_document_beyond_the_places_waits_its_turn_and_then_is_printed(settings):
    printed = []
    third = threading.Thread(target=lambda: printed.append(pdf.render_pdf(SHORT)))
    with places_held(settings.DATA_DIR) as places:
        third.start()
        third.join(0.5)
        assert printed == []
        places[-1].close()
        third.join()
    assert printed[0].startswith(b"%PDF")


HOLD = "import fcntl, sys; files = [open(n, 'ab') for n in sys.argv[1:]]; [fcntl.flock(f, fcntl.LOCK_EX) for f in files]; print(flush=True); input()"


def test_places_held_by_another_process_make_it_busy_until_that_process_ends(settings, monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE", 0.2)
    names = [Path(settings.DATA_DIR, f"printing-{number}") for number in range(pdf.AT_ONCE)]
    pdf.render_pdf(SHORT)
    with subprocess.Popen([sys.executable, "-c", HOLD, *names], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        with pytest.raises(pdf.NotPrinted) as refused:
            pdf.render_pdf(SHORT)
        other.kill()
    assert refused.value.sentence == pdf.BUSY
    assert refused.value.retry_after
    assert pdf.render_pdf(SHORT).startswith(b"%PDF")


def test_half_of_a_workers_threads_never_wait_for_a_printer(settings):
    waiting = [threading.Thread(target=pdf.render_pdf, args=[SHORT]) for _ in range(4)]
    with places_held(settings.DATA_DIR):
        for thread in waiting:
            thread.start()
        assert until(lambda: pdf._threads._value == 0)
        with pytest.raises(pdf.NotPrinted) as refused:
            pdf.render_pdf(SHORT)
    assert refused.value.sentence == pdf.BUSY
    for thread in waiting:
        thread.join()
    assert pdf.render_pdf(SHORT).startswith(b"%PDF")


def test_a_folder_that_cannot_be_written_is_a_sentence_too(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.DATA_DIR = tmp_path / "file" / "folder"
    with pytest.raises(pdf.NotPrinted) as refused:
        pdf.render_pdf(SHORT)
    assert refused.value.sentence == pdf.STOPPED
