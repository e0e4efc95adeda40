"""Packets are printed ahead of the click: queued when what they say may have changed, made by the worker.

Queueing is never what makes a print current, so a moment that is missing here costs a wait and nothing else.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Entry, User
from accounts.working import is_working
from committee.models import PacketPrint, PrintJob
from committee.prints import Part, Sheet, gather_sheet, kept_of, print_sheet
from foundation import clock
from foundation.tasks import task
from interviews.models import Application, ApplicationQuerySet
from plans.models import InterviewPlan
from printing.pdf import NotPrinted, TooMuch

Status = PrintJob.Status
# Verb on record → how its subject is found from an application whose packet may say something else from then on.
CHANGES = {
    "scorecard.submitted": "interviews__scorecards",
    "scorecard.waived": "interviews__scorecards",
    "interview.moved": "interviews",
    "interview.cancelled": "interviews",
    "result.recorded": "results",
    "decision.recorded": "decisions",
    "decision.superseded": "decisions",
}
# The same for every candidate of the plan that is the subject, decided ones too.
FOR_ALL = {"plan.question_voided"}
# Others of the role, whose packets are compared with a changed one, wait behind it.
LATER = -10
MOST_TRIES = 3


def hear(entries: Sequence[Entry]) -> None:
    """Let the worker see what `entries` may have changed. Part of the transaction that did.

    One statement each, however the application stands: whoever acts blind is told nothing by the time it takes.
    """
    for entry in entries:
        if entry.verb in CHANGES or entry.verb in FOR_ALL:
            queue_changed.enqueue(entry.verb, entry.subject_id)


@task
def queue_changed(verb: str, subject: int) -> None:
    """Queue the packets that say something else since `verb` was done to `subject`."""
    if verb in FOR_ALL:
        queue_role.enqueue(InterviewPlan.objects.get(pk=subject).role_id, decided_too=True)
        return
    changed = _worth_printing(Application.objects.filter(**{CHANGES[verb]: subject}))
    for application, role in changed.values_list("pk", "role"):
        queue(application)
        queue_role.enqueue(role)


def _worth_printing(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    """Those that are complete and either await a decision or have a print, which may be out of date."""
    has_print = Exists(PacketPrint.objects.filter(application=OuterRef("pk")))
    return applications.complete().filter(Q(status__in=Application.OPEN) | has_print)


@transaction.atomic
def queue(application: int, *, priority: int = 0) -> None:
    """Let the packet be printed soon. However often, it is printed once."""
    PrintJob.objects.update_or_create(application_id=application, defaults={"status": Status.QUEUED, "tries": 0})
    print_packet.using(priority=priority).enqueue(application)


@transaction.atomic
def cancel_printing(*, application: Application, by: User) -> bool:  # noqa: ARG001 an action says who acts
    """Take the packet out of the queue, or stop before its next file; False where nothing was under way.

    Not on record: nothing is lost by it, since whoever opens the PDF has it made.
    """
    under_way = PrintJob.objects.filter(application=application, status__in=PrintJob.ACTIVE)
    return bool(under_way.update(status=Status.CANCELLED))


@task
def queue_role(role: int, *, decided_too: bool = False) -> None:
    """Queue what is kept of the packets of `role`: those that await a decision are compared with one that has changed."""
    kept = Application.objects.complete().filter(
        Exists(PacketPrint.objects.filter(application=OuterRef("pk"))), role=role
    )
    if not decided_too:
        kept = kept.filter(status__in=Application.OPEN)
    for application in kept.values_list("pk", flat=True):
        if not PrintJob.objects.filter(application=application, status=Status.QUEUED).exists():
            queue(application, priority=LATER)


@task
def print_packet(application: int) -> None:
    """Make sure that a current print of the packet is kept, unless somebody has cancelled it."""
    job = PrintJob.objects.filter(application=application)
    # Found at its last try as one that was begun: the worker died at it, so it is given up and its page stops waiting.
    if job.filter(status=Status.PRINTING, tries__gte=MOST_TRIES - 1).update(status=Status.FAILED):
        return
    if not job.filter(status__in=PrintJob.ACTIVE).update(status=Status.PRINTING, tries=F("tries") + 1):
        return
    ended = Status.FAILED
    try:
        _print(application)
        ended = Status.DONE
    except NotPrinted as problem:
        if problem.retry_after and job.filter(tries__lt=MOST_TRIES).exists():
            ended = Status.QUEUED
            later = clock.now() + timedelta(seconds=problem.retry_after)
            print_packet.using(run_after=later).enqueue(application)
    finally:
        # Unless it was cancelled or queued anew meanwhile.
        job.filter(status=Status.PRINTING).update(status=ended)


def _print(application: int) -> None:
    found = Application.objects.filter(pk=application).select_related("candidate", "role", "plan")
    here = _worth_printing(found).first()
    if here is None:
        return
    try:
        print_sheet(gather_sheet(here))
    except TooMuch:
        for part in (Part.BRIEF, Part.RECORD):
            if PrintJob.objects.filter(application=application, status=Status.PRINTING).exists():
                _print_part(here, part)


def _print_part(application: Application, part: str) -> None:
    """A part that is too much by itself is left to its page to print."""
    try:
        print_sheet(gather_sheet(application, part))
    except TooMuch:
        return


def under_way(application: Application) -> str:
    """Queued or printing while a worker is there to do it, else an empty word."""
    active = PrintJob.objects.filter(application=application, status__in=PrintJob.ACTIVE)
    status = active.values_list("status", flat=True).first() or ""
    return status if status and is_working() else ""


def how_far(sheet: Sheet) -> str:
    """How the PDF of `sheet` stands: ready, parts, queued, printing, failed, cancelled, old or none."""
    fits = kept_of(sheet).values_list("fits", flat=True).first()
    if fits is not None:
        return "ready" if fits else "parts"
    if active := under_way(sheet.application):
        return active
    job = PrintJob.objects.filter(application=sheet.application).values_list("status", flat=True).first()
    if job in {Status.FAILED, Status.CANCELLED}:
        return str(job)
    return "old" if sheet.application.prints.exists() else "none"
