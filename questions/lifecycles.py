from foundation.lifecycle import Lifecycle

REVIEW = Lifecycle(
    {
        "waiting": frozenset({"approved", "sent_back", "taken_back"}),
        "approved": frozenset({"taken_back"}),
    }
)
