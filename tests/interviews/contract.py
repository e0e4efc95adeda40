"""What saving and submitting promise, written down without a database, to be laid beside the house."""

from dataclasses import dataclass, field

EMPTY = {"outcome": "pending", "level": None, "reason": "", "evidence": "", "probes_used": [], "hint": False}
NAMES = {"outcome": ("outcome", "level", "reason"), "evidence": ("evidence",), "probes": ("probes_used", "hint")}
PUT = {"scored", "no_evidence", "declined"}


@dataclass
class ScoreModel:
    """One score, and what was answered to every operation on it."""

    scored: bool = True
    values: dict = field(default_factory=lambda: dict(EMPTY))
    version: int = 0
    replies: dict = field(default_factory=dict)
    last: dict = field(default_factory=dict)
    arrived: dict = field(default_factory=dict)
    changed: list = field(default_factory=list)  # (part, client, resulting version)

    def take(self, edit, part, *, is_open):
        """(status, applied) for `edit`, which touches `part` alone."""
        if edit["operation"] in self.replies:
            return self.replies[edit["operation"]]
        if not is_open:
            return 403, False
        client, sequence = edit["client"], edit["sequence"]
        if sequence <= self.last.get(client, 0):
            reply = (200, False)
        elif any(p == part and c != client and v > edit["expected_version"] for p, c, v in self.changed):
            reply = (409, False)
        else:
            self.version += 1
            self.last[client] = sequence
            self.changed.append((part, client, self.version))
            self.values |= {name: edit[name] for name in NAMES[part]}
            reply = (200, True)
        self.arrived[client] = max(sequence, self.arrived.get(client, 0))
        self.replies[edit["operation"]] = reply
        return reply

    @property
    def has_gap(self):
        said = self.values
        unsaid = said["outcome"] == "pending" or (said["outcome"] in {"not_asked", "declined"} and not said["reason"])
        return self.scored and (unsaid or (said["level"] in {1, 5} and not said["evidence"]))


@dataclass
class CardModel:
    """One card: its scores by item, and its words once they are sealed."""

    scores: dict
    words: dict | None = None

    @property
    def is_open(self):
        return self.words is None

    @property
    def versions(self):
        return {item: score.version for item, score in self.scores.items()}

    def submit(self, words, seen, sent):
        """None for a submit that leads to the sealed card, else the field of the refusal."""
        if not self.is_open:
            return None
        if words["recommendation"] == "not_enough" and not words["recommendation_reason"]:
            return "recommendation_reason"
        if any(self.scores[item].arrived.get(client, 0) < last for (item, client), last in sent.items()):
            return "sent"
        if seen != self.versions:
            return "seen"
        if any(score.has_gap for score in self.scores.values()):
            return ""
        self.words = words
        return None
