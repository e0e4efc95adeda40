from foundation.lifecycle import Lifecycle

PLAN = Lifecycle(
    {"draft": frozenset({"active"}), "active": frozenset({"superseded"}), "superseded": frozenset()},
)
