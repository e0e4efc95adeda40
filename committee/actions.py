"""To decide, and to take a decision back."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recording import record
from committee.gathering import gather_packet
from committee.lifecycles import DECISION
from committee.models import Decision
from committee.overriding import refuse_unexplained
from foundation import clock
from foundation.lifecycle import Refused
from interviews.lifecycles import APPLICATION
from interviews.models import Application

STATUS_AFTER = {
    Decision.Outcome.HIRE: Application.Status.HIRED,
    Decision.Outcome.NO_HIRE: Application.Status.REJECTED,
    Decision.Outcome.HOLD: Application.Status.ON_HOLD,
}


@transaction.atomic
def record_decision(
    *,
    application: Application,
    outcome: str,
    rationale: str,
    by: User,
    override_reason: str = "",
    digest_read: str = "",
) -> Decision:
    """Decide, and keep the facts of the packet with their digest.

    `digest_read` is the digest of the packet that was on the page. Refused when the packet says something else by now,
    when the decision goes against its composite unexplained, when one stands already, and when `by` may not decide here.
    """
    here = _locked(application, by)
    packet = gather_packet(here)
    if digest_read and digest_read != packet.digest:
        raise Refused(_("The packet changed since you opened it, so nothing was recorded. Read it again, then decide."))
    said = {"outcome": outcome, "rationale": rationale, "override_reason": override_reason}
    decision = _insert(application=here, **said, decided_by=by, facts=packet.facts, facts_digest=packet.digest)
    # Only now, so that whoever comes second hears of the first decision and not of a reason.
    refuse_unexplained(outcome, packet.composite, override_reason)
    APPLICATION.move(here, STATUS_AFTER[Decision.Outcome(outcome)])
    record("decision.recorded", decision, by=by)
    return decision


def _locked(application: Application, by: User) -> Application:
    """The application as it stands, held until the decision is written, with what its packet needs at hand."""
    Application.objects.select_for_update().get(pk=application.pk)
    allowed = Application.objects.decidable_by(by).select_related("candidate", "role", "plan")
    here = allowed.filter(pk=application.pk).first()
    if here is None:
        raise Refused(
            _("You may not decide on this application now: not every scorecard is in, or your duties changed.")
        )
    return here


def _insert(**fields: Any) -> Decision:
    """A standing decision; Refused where one stands already, which the database is the judge of."""
    try:
        with transaction.atomic():
            return Decision.objects.create(**fields)
    except IntegrityError as problem:
        if not Decision.objects.standing().filter(application=fields["application"]).exists():
            raise
        raise Refused(_("A decision already stands here, so this one was not recorded. Look at it first.")) from problem


@transaction.atomic
def supersede_decision(*, decision: Decision, reason: str, by: User) -> None:
    """Take a standing decision back: it stays on record with the reason, and the application is active again.

    Refused when it no longer stands, and when the candidate has meanwhile withdrawn or applied for this role anew.
    """
    DECISION.move(decision, "superseded", superseded_by=by, superseded_at=clock.now(), supersede_reason=reason)
    try:
        with transaction.atomic():
            APPLICATION.move(decision.application, Application.Status.ACTIVE)
    except IntegrityError as problem:
        raise Refused(
            _("The candidate has another open application for this role, so this one cannot be opened again.")
        ) from problem
    record("decision.superseded", decision, by=by)
