"""What a composite says about the decision, when a decision goes against it, and how often that was done on a role."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from committee.models import Decision
from foundation.lifecycle import Refused
from interviews.models import Application

# Levels of the scale. Between the two a composite leaves the decision open.
SPEAKS_FOR, SPEAKS_AGAINST = 4, 3
OPPOSITE = {Decision.Outcome.HIRE: Decision.Outcome.NO_HIRE, Decision.Outcome.NO_HIRE: Decision.Outcome.HIRE}


@dataclass(frozen=True)
class Overrides:
    """Of `decisions` that stand, so many give a reason for going against the composite."""

    decisions: int
    against: int


def leaning(composite: Fraction | None) -> str:
    """Hire from SPEAKS_FOR on, No hire below SPEAKS_AGAINST; "" between them and where there is no composite."""
    if composite is None or SPEAKS_AGAINST <= composite < SPEAKS_FOR:
        return ""
    return Decision.Outcome.HIRE if composite >= SPEAKS_FOR else Decision.Outcome.NO_HIRE


def refuse_unexplained(outcome: str, composite: Fraction | None, reason: str) -> None:
    """Refused for a decision against the composite without a reason, and with such a reason for one that cannot be against it."""
    said = leaning(composite)
    if said and outcome == OPPOSITE[Decision.Outcome(said)] and not reason:
        raise Refused(_("This goes against what the composite says. Say why."), "override_reason")
    if reason and (composite is None or outcome in {said, Decision.Outcome.HOLD}):
        raise Refused(
            _(
                "This decision is not against the composite, so it would be counted wrongly. Put these words into the rationale."
            ),
            "override_reason",
        )


def overrides_known_to(user: User, application: Application) -> Overrides:
    """Of the role of `application`, among the decisions on packets that `user` may read now."""
    readable = Application.objects.packet_readable_by(user).filter(role=application.role_id)
    standing = Decision.objects.standing().filter(application__in=readable.values("pk"))
    counted = standing.aggregate(decisions=Count("pk"), against=Count("pk", filter=~Q(override_reason="")))
    return Overrides(**counted)
