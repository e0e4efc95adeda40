"""The packet on paper: a PDF kept by the digest of what it says, and made where none is kept.

Bytes are served when the digest of the facts read in this request is theirs, or when nothing at all was put on record
since it was: every action is, so the facts are the same.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse

from accounts.models import Entry
from accounts.recording import newest_entry
from committee.checking import has_changed_since
from committee.gathering import gather_packet
from committee.models import Decision, PacketPrint
from committee.packet import Packet
from foundation import clock
from interviews.models import Application
from printing.document import canonical_json, digest_of, pdf_answer, print_document
from printing.pdf import TOO_MUCH, TooMuch
from printing.typesetting import FACES, STYLES

Part = PacketPrint.Part
TEMPLATE = "committee/packet_document.html"
# A busy machine runs into the limits too: after this long it is tried again.
TRIED_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Sheet:
    """One part of a packet, as it would be printed now. `seen_at_entry`: how far the record was before it was read."""

    application: Application
    part: str
    packet: Packet
    decision: Decision | None
    seen_at_entry: int

    @cached_property
    def digest(self) -> str:
        """Of everything that is printed: the facts, and the decision that stands above them."""
        made = self.decision
        above = made and (made.pk, made.outcome, made.rationale, made.override_reason, made.decided_by.name)
        return digest_of(canonical_json((self.packet.digest, above or ())))

    @property
    def context(self) -> dict[str, Any]:
        changed = has_changed_since(self.decision, self.packet)
        return {"packet": self.packet, "decision": self.decision, "changed": changed, "part": self.part}


def gather_sheet(application: Application, part: str = Part.WHOLE) -> Sheet:
    """`application` has candidate, role and plan at hand."""
    seen = newest_entry()  # before the facts: what is recorded while they are read makes them be read again
    decision = application.decisions.standing().select_related("decided_by").first()
    return Sheet(application, part, gather_packet(application), decision, seen)


def kept_since(application: Application, part: str) -> PacketPrint | None:
    """The print that is surely current, since nothing was recorded after its facts were read. One statement."""
    newest = Coalesce(Subquery(Entry.objects.order_by("-pk").values("pk")[:1]), 0)
    kept = PacketPrint.objects.filter(application=application, part=part, edition=edition(), seen_at_entry=newest)
    return kept.filter(fits=True).first()


def kept_of(sheet: Sheet) -> QuerySet[PacketPrint]:
    """The print that says what `sheet` says, if one is kept."""
    is_stale = Q(fits=False, made_at__lt=clock.now() - TRIED_AGAIN)
    kept = PacketPrint.objects.filter(application=sheet.application, part=sheet.part)
    return kept.filter(digest=sheet.digest, edition=edition()).exclude(is_stale)


def print_sheet(sheet: Sheet, *, anyway: bool = False) -> PacketPrint:
    """The kept print of `sheet`, made now where there is none. Raises NotPrinted, with nothing kept but a TooMuch.

    With `anyway` letters that no face has are no obstacle; a print made so is not kept for others, whom nobody told.
    """
    kept = kept_of(sheet).first()
    if kept:
        kept_of(sheet).update(seen_at_entry=sheet.seen_at_entry)
    else:
        try:
            made = print_document(TEMPLATE, sheet.context, zone=sheet.packet.zone, anyway=anyway)
        except TooMuch:
            _keep(_print_of(sheet, fits=False))
            raise
        kept = _print_of(sheet, pdf=made)
        if not anyway:
            _keep(kept)
    if not kept.fits:
        raise TooMuch(TOO_MUCH)
    return kept


def _print_of(sheet: Sheet, **made: Any) -> PacketPrint:
    return PacketPrint(
        application=sheet.application,
        part=sheet.part,
        digest=sheet.digest,
        edition=edition(),
        seen_at_entry=sheet.seen_at_entry,
        **made,
    )


@transaction.atomic
def _keep(made: PacketPrint) -> None:
    """Put the print in the place of any older one. Of an erased candidate nothing is kept."""
    here = Application.objects.select_for_update(of=("self",)).select_related("candidate").get(pk=made.application_id)
    if here.candidate.erased_at:
        return
    parts = [part for part in Part if made.fits or part == made.part]
    here.prints.filter(part__in=parts if made.part == Part.WHOLE else [made.part]).delete()
    made.save()


def packet_answer(application: Application, kept: PacketPrint) -> HttpResponse:
    """The bytes. `application` has its candidate at hand."""
    name = "packet" if kept.part == Part.WHOLE else f"packet-{kept.part}"
    return pdf_answer(bytes(kept.pdf), f"{application.candidate.code}-{name}.pdf")


def edition() -> str:
    """What, beside the facts, decides how a packet is gathered and looks: the product itself and its settings."""
    return digest_of(canonical_json((_product(), settings.PAPER, settings.PACKET_NAMES)))


@cache
def _product() -> str:
    root, packages = settings.BASE_DIR, ("Django", "weasyprint", "markdown-it-py", "nh3", "ziamath")
    files = [*root.glob("templates/**/*.html"), *(root / "static" / style for style in STYLES)]
    for floor in ("foundation", "formulas", "printing", "questions", "plans", "interviews", "committee"):
        files += root.glob(f"{floor}/**/*.py")
    for folder in FACES:
        files += root.glob(f"static/{folder}/*.woff")
    digest = sha256(" ".join(version(package) for package in packages).encode())
    for path in sorted(files):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
