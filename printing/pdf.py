"""HTML to PDF, made by the printer (printing/printer.py): a process apart, with limits, without network or secrets.

This side hands it documents, at most AT_ONCE at a time over the whole house, and never loads WeasyPrint. Whatever a
document does, the answer is its bytes, or `NotPrinted` with a sentence for the person who asked, in bounded time.
"""

import atexit
import fcntl
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from printing.printer import CONTROL, NO_PANGO, Limits, Outcome

INSTALL = "Debian, Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango"
COMMAND = [sys.executable, "-m", "printing.printer"]
# All that the printer is told of this process's environment; secrets stand in the rest.
ENVIRONMENT = ("HOME", "PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "FONTCONFIG_FILE")
# One processor stays free for whoever saves a score.
AT_ONCE = 1 if (os.cpu_count() or 1) <= 2 else 2
# Seconds that a document waits for its turn, a starting printer gets, and beyond its limits an answer may take.
PATIENCE, STARTING, GRACE = 20, 30, 5

TOO_MUCH = _(
    "This document is too long or too involved for a PDF, so this is the page to print. "
    "Shorter texts, and fewer lists or quotes inside one another, help."
)
FOREIGN = _(
    "This document refers to a file or address that is not ours, so no PDF was made. This is the page to print."
)
BUSY = _("Other PDFs are being made just now. Load this page again in a minute, or print it as it is.")
STOPPED = _("The PDF could not be made just now. Load this page again in a moment, or print it as it is.")

_log = logging.getLogger(__name__)


class NotPrinted(Exception):
    """No PDF, and the sentence that says why; `retry_after` seconds if trying again may help, else 0."""

    def __init__(self, sentence: Promise | str, *, retry_after: int = 0) -> None:
        super().__init__(sentence)
        self.sentence, self.retry_after = sentence, retry_after


class TooMuch(NotPrinted):
    """The document itself is the cause: it ran into the limits, and will again."""


def available() -> bool:
    """Whether PDFs can be made here: WeasyPrint needs Pango, which only loading it tells for certain."""
    return _printer.is_able()


def render_pdf(html: str, limits: Limits | None = None) -> bytes:
    """`html` as a tagged PDF (PDF/UA-1), the same bytes for the same text in every process. Raises NotPrinted."""
    with _turn():
        answer = _printer.answer(html.encode(errors="replace"), limits or Limits())
    if (outcome := answer[-1]) == Outcome.PRINTED:
        return answer[:-1]
    _log.warning("A document was not printed: outcome %s of the printer's child", outcome)
    raise NotPrinted(FOREIGN) if outcome == Outcome.FOREIGN else TooMuch(TOO_MUCH)


def close() -> None:
    """End this process's printer, if it has one, as at its own end."""
    _printer.stop()


# A worker answers with eight threads: half of them stay for people who save scores.
_threads = threading.BoundedSemaphore(4)


@contextmanager
def _turn() -> Iterator[None]:
    """One of the places at the printer, which all web processes of the house share."""
    with ExitStack() as held:
        if not _threads.acquire(blocking=False):
            raise NotPrinted(BUSY, retry_after=60)
        held.callback(_threads.release)
        try:
            settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
            places = [held.enter_context(Path(settings.DATA_DIR, f"printing-{n}").open("ab")) for n in range(AT_ONCE)]
            until = time.monotonic() + PATIENCE
            while not any(_is_ours(place.fileno()) for place in places):
                if time.monotonic() > until:
                    raise NotPrinted(BUSY, retry_after=60)
                time.sleep(0.05)
        except OSError as problem:
            raise _stopped(problem) from problem
        yield


def _is_ours(place: int) -> bool:
    """Take a place if it is free. The system gives it back when its holder ends, however that happens."""
    with suppress(BlockingIOError):
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _stopped(problem: OSError) -> NotPrinted:
    _log.warning("The printer did not answer: %s", problem)
    return NotPrinted(STOPPED, retry_after=10)


class _Printer:
    """The printer process of this web process: started when first needed, and again whenever it has ended."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.control = socket.socket()
        self.lacks_pango = False

    def is_able(self) -> bool:
        with self.lock, suppress(OSError):
            self._start()
        return not self.lacks_pango

    def answer(self, document: bytes, limits: Limits) -> bytes:
        """What the printer says of one document: the PDF, and one byte of outcome. Raises NotPrinted."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.settimeout(limits.wall + GRACE)
            try:
                with self.lock:
                    self._start()
                    socket.send_fds(self.control, [CONTROL.pack(*limits)], [theirs.fileno()])
                theirs.close()
                return _exchange(ours, document)
            except OSError as problem:
                if isinstance(problem, TimeoutError):
                    self.stop()
                raise _stopped(problem) from problem

    def _start(self) -> None:
        if self.lacks_pango or (self.process is not None and self.process.poll() is None):
            return
        self.control.close()
        self.control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 our own interpreter and module
                COMMAND,
                cwd=settings.BASE_DIR,
                env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ} | {"LC_ALL": "C.UTF-8"},
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # not reached by the terminal's ^C: it ends when our end closes
            )
        self.control.settimeout(STARTING)
        self.lacks_pango = self.control.recv(1) == NO_PANGO

    def stop(self) -> None:
        """End the printer and whatever it prints. The next document starts another."""
        with self.lock:
            self.control.close()
            if self.process is not None:
                try:
                    self.process.wait(GRACE)
                except subprocess.TimeoutExpired:
                    self.process.kill()
                    self.process.wait()


def _exchange(line: socket.socket, document: bytes) -> bytes:
    """Send a document and hear the answer to its end; a child may end before it has read or said everything."""
    with suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(document)
        line.shutdown(socket.SHUT_WR)
    answer = bytearray()
    with suppress(ConnectionResetError):
        while part := line.recv(1 << 16):
            answer += part
    if not answer:
        raise ConnectionError("it ended without a word")
    return bytes(answer)


_printer = _Printer()
atexit.register(close)
