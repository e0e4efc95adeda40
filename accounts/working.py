"""The one worker of the house, which does beside the web what is queued (foundation/tasks.py)."""

import fcntl
import logging
import os
import signal
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from foundation import clock
from printing import pdf

# Held by the worker while it lives: the system gives it back, however that ends.
PLACE = "working"
# Seconds between two looks into an empty queue. Each takes the database's one write lock for a moment.
INTERVAL = 2.0
# A task that was begun this often without an end takes the worker down with it, and is not begun again.
MOST_BEGINNINGS = 3
KEPT = timedelta(days=1)


def is_working() -> bool:
    """Whether a worker runs that shares this data folder."""
    with suppress(OSError), Path(settings.DATA_DIR, PLACE).open("rb") as place:
        try:
            fcntl.flock(place, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


class HouseWorker(Worker):
    """Runs tasks one after another. Of a finished one nothing is kept for long, nor is the printer while none waits."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            interval=INTERVAL,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="house",
            excluded_queue_names=[],
        )

    def run_task(self, db_task_result: "DBTaskResult[..., Any]") -> None:
        super().run_task(db_task_result)
        DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - KEPT).delete()
        if not DBTaskResult.objects.ready().exists():
            pdf.close()


def work(keeper: int = 0) -> None:
    """Do what is queued until a signal, or until the process `keeper` is gone. A second worker waits for the first to end."""
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # it would say goodbye at every end
    os.nice(10)  # whoever saves a score goes first
    if keeper:
        threading.Thread(target=_end_with, args=(keeper,), daemon=True).start()
    with Path(settings.DATA_DIR, PLACE).open("ab") as place:
        fcntl.flock(place, fcntl.LOCK_EX)
        take_up()
        worker = HouseWorker()
        worker.configure_signals()
        worker.run()


def _end_with(keeper: int) -> None:
    while os.getppid() == keeper:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def take_up() -> None:
    """Put back into the queue what a worker that is gone had begun. Only for the one worker, before it begins."""
    for begun in DBTaskResult.objects.running():
        is_hopeless = len(begun.worker_ids) >= MOST_BEGINNINGS
        begun.status = "FAILED" if is_hopeless else "READY"
        begun.finished_at = clock.now() if is_hopeless else None
        begun.save(update_fields=["status", "finished_at"])
