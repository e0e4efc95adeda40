"""`python -m accounts.keeper PID`: one worker runs as long as the web process PID does, this process's parent.

A small process without Django, so that the web is started as it would be alone. Started by `running.serve_forever`.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Seconds before a worker that ended is started again.
PAUSE = 5.0


def keep(web: int) -> None:
    """Until the web is gone; then the worker ends its task and goes too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the web as well, and with its end comes ours
    command = [sys.executable, str(ROOT / "manage.py"), "work", "--keeper", str(os.getpid())]
    while os.getppid() == web:
        worker = subprocess.Popen(command, cwd=ROOT)  # noqa: S603 our own interpreter and arguments
        while os.getppid() == web and worker.poll() is None:
            time.sleep(0.5)
        if worker.poll() is None:
            worker.terminate()
            worker.wait()
            return
        until = time.monotonic() + PAUSE
        while os.getppid() == web and time.monotonic() < until:
            time.sleep(0.5)
        if os.getppid() == web:
            sys.stderr.write("The worker, which makes PDFs ahead, ended by itself. It is started again.\n")
            sys.stderr.flush()


if __name__ == "__main__":
    keep(int(sys.argv[1]))
