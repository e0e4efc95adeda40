"""Assembling for a page, in a process apart that ends with it: SciPy takes memory and time that pages need."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from plans.assembly.spec import Answer, Spec, Undecided
from plans.assembly.writing import answer_from, spec_written

# Seconds to look for the best plan, to start and end the process, and to wait for one's turn: one at a time.
SECONDS, GRACE, PATIENCE = 6, 20, 15
# The exit status that says that time ran out.
UNDECIDED = 3
ROOT = Path(__file__).resolve().parents[2]
# All that the process is told of this one's environment; secrets stand in the rest.
ENVIRONMENT = ("HOME", "PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")

_turn = threading.BoundedSemaphore(1)


class Busy(Exception):
    """Others are assembling, or the process did not answer: again in a moment."""


def assemble_apart(spec: Spec, *, seconds: float = SECONDS) -> Answer:
    """What `assemble` answers. Raises Undecided as it does, and Busy."""
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
        raise Busy from problem
    finally:
        _turn.release()
    if done.returncode == UNDECIDED:
        raise Undecided
    if done.returncode:
        raise Busy(done.stderr)
    return answer_from(json.loads(done.stdout))
