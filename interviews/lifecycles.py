from foundation.lifecycle import Lifecycle

_NOWHERE: frozenset[str] = frozenset()

APPLICATION = Lifecycle(
    {
        "active": frozenset({"hired", "rejected", "on_hold", "withdrawn"}),
        "on_hold": frozenset({"hired", "rejected", "on_hold", "withdrawn", "active"}),
        # Back to active when the decision is superseded.
        "hired": frozenset({"active"}),
        "rejected": frozenset({"active"}),
        "withdrawn": _NOWHERE,
    },
)
INTERVIEW = Lifecycle(
    {
        "scheduled": frozenset({"running", "cancelled"}),
        "running": frozenset({"completed", "cancelled"}),
        "completed": _NOWHERE,
        "cancelled": _NOWHERE,
    },
)
SCORECARD = Lifecycle(
    {"open": frozenset({"submitted", "waived"}), "submitted": _NOWHERE, "waived": _NOWHERE},
)
