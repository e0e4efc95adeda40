"""The printer: HTML in, PDF out, in a process apart that has neither the house's secrets nor its database.

`python -m printing.printer` loads styles and faces once and forks a child for each document that arrives. A child
reaches no network, starts nothing, writes no file and reads none but Python's own; it ends at its limits, with its
printer, or when it is done. Nothing here may import Django: settings hold secrets.
"""

import ctypes
import gc
import logging
import os
import resource
import select
import shutil
import signal
import socket
import struct
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from printing.typesetting import BASE, STATIC, STYLES, assets, complete_tags

# Said once by a printer that is ready, or that found no Pango.
READY, NO_PANGO = b"1", b"0"
CONTROL = struct.Struct("!4Q")


class Limits(NamedTuple):
    """What one document may take: seconds of CPU and by the clock, bytes of memory, pages."""

    cpu: int = 30
    wall: int = 45
    memory: int = 1 << 30
    pages: int = 200


class Outcome(IntEnum):
    """How a child ended, said after its last byte; 128 and above: killed by that signal, as a shell counts."""

    PRINTED = 0
    BROKEN = 1
    FOREIGN = 2
    TOO_LONG = 3


class Spoiled(Exception):
    """A document that is not printed, and why."""


Print = Callable[[str, int], bytes]


def load() -> Print:
    """Load WeasyPrint, the styles and the faces; the answer prints one document. OSError where Pango is missing."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 the web's side imports this module, and never WeasyPrint
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    # It warns at every document of what is meant for screens alone in the styles that both share.
    logging.getLogger("weasyprint").disabled = True
    served = assets()
    fetcher = _only(served)
    # Shared between styles and documents, or the faces that the styles name are not found.
    faces = FontConfiguration()
    styles = [
        CSS(string=served[f"{BASE}/{name}"].decode(), base_url=f"{BASE}/css/", url_fetcher=fetcher, font_config=faces)
        for name in STYLES
    ]

    def print_one(html: str, pages: int) -> bytes:
        source = HTML(string=html, base_url=f"{BASE}/document", url_fetcher=fetcher)
        try:
            document = source.render(stylesheets=styles, font_config=faces, pdf_variant="pdf/ua-1")
            if len(document.pages) > pages:
                raise Spoiled(Outcome.TOO_LONG)
            for page in document.pages:
                page.links = [link for link in page.links if link[0] == "internal" or _is_outward(link[1])]
            return document.write_pdf(pdf_variant="pdf/ua-1", finisher=complete_tags)  # type: ignore[no-any-return]
        except FatalURLFetchingError as problem:  # not an Exception to Python, and so past every other handler
            raise Spoiled(Outcome.FOREIGN) from problem

    return print_one


def _is_outward(address: str) -> bool:
    """Whether a link on paper may lead there; what is relative to a page leads nowhere from paper."""
    return address.lower().startswith(("https:", "mailto:")) and not address.startswith(BASE)


def _only(served: dict[str, bytes]) -> Any:
    """A fetcher that serves `served` from memory and refuses every other address, data: among them."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 see `load`

    class OnlyOurs(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002
            if url not in served:
                raise ValueError
            kind = "font/ttf" if url.endswith(".woff") else "text/css"
            return URLFetcherResponse(url, body=served[url], headers={"Content-Type": kind})

    return OnlyOurs(timeout=1, allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


def leave_network() -> bool:
    """Move this process into a network of its own, in which there is nobody. False where the kernel refuses."""
    new_user, new_net = 0x10000000, 0x40000000
    with suppress(AttributeError):  # Linux alone has it
        return bool(ctypes.CDLL(None).unshare(new_user | new_net) == 0)
    return False


def shut_in(limits: Limits) -> None:
    """Set what this process may take and do, for good. Limits that the system does not know are left out."""
    for kind, most in [
        (resource.RLIMIT_CPU, limits.cpu),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ]:
        with suppress(ValueError, OSError):
            # A second more until the hard limit, or the kernel would not say which limit it was.
            resource.setrlimit(kind, (most, most + (kind == resource.RLIMIT_CPU)))
    signal.setitimer(signal.ITIMER_REAL, limits.wall)
    os.nice(5)  # whoever saves a score goes first
    sys.addaudithook(_refuse)


def _end_with(parent: int) -> None:
    """End when the printer does, and now if it has ended already."""
    with suppress(AttributeError):  # Linux alone has it; elsewhere the clock's limit ends an orphan
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(Outcome.BROKEN)


_DEEDS = ("socket.", "subprocess.", "os.", "shutil.", "ctypes.", "pty.", "resource.", "signal.", "urllib.", "sqlite3.")
_READS = ("os.listdir", "os.scandir")
_PYTHON = tuple({f"{os.path.realpath(place)}/" for place in sys.path} - {f"{STATIC.parent}/"})


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if event == "open" or event in _READS:
        # Modules that WeasyPrint imports only when a document needs them, and dictionaries for hyphens.
        writes = event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        named = isinstance(args[0], str | bytes)
        if named and not writes and f"{os.path.realpath(os.fsdecode(args[0]))}/".startswith(_PYTHON):
            return
    elif not event.startswith(_DEEDS):
        return
    raise PermissionError(f"{event} is not for a printer.")


def _serve(line: socket.socket, limits: Limits, print_one: Print | None) -> NoReturn:
    """Print the one document that arrives on `line`, and end this process with its outcome."""
    outcome = Outcome.BROKEN
    # The process ends with its document, so nothing is worth looking for what could be freed: a sixth of the time.
    gc.disable()
    try:
        if print_one is None:
            tempfile.tempdir = f"{tempfile.gettempdir()}/{os.getpid()}"  # the printer clears it away
            Path(tempfile.tempdir).mkdir()
            print_one = load()
        with line.makefile("rwb") as both:
            shut_in(limits)
            both.write(print_one(both.read().decode(), limits.pages))
        outcome = Outcome.PRINTED
    except Spoiled as problem:
        outcome = problem.args[0]
    except BaseException as problem:  # noqa: BLE001 whatever it is, the process ends here
        # Where, and not what: the message may hold somebody's words.
        traceback.print_tb(problem.__traceback__, -3)
        sys.stderr.write(f"{type(problem).__name__} in a printer\n")
    finally:
        os._exit(outcome)


class Printer:
    """Waits for documents on `control`, forks a child for each, and says on its line how it ended."""

    def __init__(self, control: socket.socket, print_one: Print | None) -> None:
        self.control, self.print_one = control, print_one
        # By the pipe that closes when the child ends.
        self.children: dict[int, tuple[int, socket.socket]] = {}

    def run(self) -> None:
        """Until the web process closes its end; its documents end with it."""
        control = self.control.fileno()
        while True:
            for ready in select.select([control, *self.children], [], [])[0]:
                if ready != control:
                    self.bury(ready)
                elif not self.take():
                    for pid, _line in self.children.values():
                        os.kill(pid, signal.SIGKILL)
                    return

    def take(self) -> bool:
        message, lines, _flags, _address = socket.recv_fds(self.control, CONTROL.size, 1)
        if not message:
            return False
        line = socket.socket(fileno=lines[0])
        ended, held = os.pipe()
        printer = os.getpid()
        if (pid := os.fork()) == 0:
            _end_with(printer)
            # What belongs to the printer and to other documents.
            for mine in [self.control, *(other for _pid, other in self.children.values())]:
                mine.close()
            _serve(line, Limits(*CONTROL.unpack(message)), self.print_one)
        os.close(held)
        self.children[ended] = pid, line
        return True

    def bury(self, ended: int) -> None:
        pid, line = self.children.pop(ended)
        os.close(ended)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        shutil.rmtree(f"{tempfile.gettempdir()}/{pid}", ignore_errors=True)
        with line, suppress(OSError):  # nobody may be waiting any more
            line.sendall(bytes([code if code >= 0 else 128 - code]))


def main() -> None:
    control = socket.socket(fileno=0)
    leave_network()
    # The system libraries of macOS do not survive a fork: there each child loads for itself.
    is_warm = sys.platform != "darwin" and "--cold" not in sys.argv
    with tempfile.TemporaryDirectory(prefix="kit-printer-") as tempfile.tempdir:
        try:
            print_one = load() if is_warm else None
        except OSError:
            control.sendall(NO_PANGO)
            return
        control.sendall(READY)
        Printer(control, print_one).run()


if __name__ == "__main__":
    main()
