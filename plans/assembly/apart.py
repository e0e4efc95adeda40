"""Assembling for a page, in a process apart that ends with it: SciPy takes memory and time that pages need."""

import json
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

from plans.assembly.spec import Answer, Spec, Undecided
from plans.assembly.writing import answer_from, spec_written

# Seconds to look for the best plan, to start and end the process, and to wait for one's turn: one at a time, and not for
# long, since whoever waits keeps a thread from those who save scores.
SECONDS, GRACE, PATIENCE = 6, 20, 5
# The exit status that says that time ran out.
UNDECIDED = 3
ROOT = Path(__file__).resolve().parents[2]
# All that the process is told of this one's environment; secrets stand in the rest.
ENVIRONMENT = ("HOME", "PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")

_log = logging.getLogger(__name__)
_turn = threading.BoundedSemaphore(1)


class Busy(Exception):
    """Others are assembling: again in a moment."""


class Stopped(Exception):
    """The process did not answer, which is a fault of ours or of the machine."""


def assemble_apart(spec: Spec, *, seconds: float = SECONDS) -> Answer:
    """What `assemble` answers. Raises Undecided as it does, Busy and Stopped."""
    if not _turn.acquire(timeout=PATIENCE):
        raise Busy
    try:
        done = subprocess.run(  # noqa: S603 our own interpreter and module
            [sys.executable, "-m", "plans.assembly", str(seconds)],
            input=json.dumps(spec_written(spec)),
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ} | {"PYTHONUTF8": "1"},
            timeout=seconds + GRACE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise Stopped from problem
    finally:
        _turn.release()
    if done.returncode == UNDECIDED:
        raise Undecided
    if done.returncode:
        _log.error("The process that assembles failed: %s", done.stderr)
        raise Stopped
    return answer_from(json.loads(done.stdout))
