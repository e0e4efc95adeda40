from foundation.lifecycle import Lifecycle

DECISION = Lifecycle({"standing": frozenset({"superseded"}), "superseded": frozenset()})
