from committee.lifecycles import DECISION
from foundation.frozen import Frozen, Moves

_ERASED = (
    "EXISTS (SELECT 1 FROM interviews_application application "
    "JOIN interviews_candidate candidate ON candidate.id = application.candidate_id "
    "WHERE application.id = {row}.application_id AND candidate.erased_at IS NOT NULL)"
)

FROZEN = [
    Frozen(
        "committee.Decision",
        "{row}.id IS NOT NULL",
        mutable=("status", "superseded_by_id", "superseded_at", "supersede_reason"),
        personal=("rationale", "override_reason", "facts"),
        erased=_ERASED,
    ),
    Moves("committee.Decision", DECISION),
]
