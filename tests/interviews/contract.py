"""What saving and submitting promise, written down without a database, to be laid beside the house."""

from dataclasses import dataclass, field

SCORE = {
    "outcome": {"outcome": "pending", "level": None, "reason": ""},
    "evidence": {"evidence": ""},
    "probes": {"probes_used": [], "hint": False},
    "followups": {"followups": ""},
}
CARD = {
    "candidate_questions": {"candidate_questions": ""},
    "recommendation": {"recommendation": "", "recommendation_reason": ""},
    "summary": {"summary": ""},
    "private_note": {"private_note": ""},
}
PUT = {"scored", "no_evidence", "declined"}


def whole(parts):
    """The values of all parts together."""
    return {name: value for values in parts.values() for name, value in values.items()}


@dataclass
class RowModel:
    """One score, or one card's own words, and what was answered to every operation on it."""

    parts: dict
    scored: bool = True
    values: dict = field(default_factory=dict)
    version: int = 0
    replies: dict = field(default_factory=dict)
    last: dict = field(default_factory=dict)
    arrived: dict = field(default_factory=dict)
    changed: list = field(default_factory=list)  # (part, client, resulting version)

    def __post_init__(self):
        self.values = whole(self.parts)

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
            self.values |= {name: edit[name] for name in self.parts[part]}
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
    """One card: its scores by item, its own words as item 0, and the words that it was sealed with."""

    rows: dict
    sealed: dict | None = None

    @property
    def is_open(self):
        return self.sealed is None

    @property
    def scores(self):
        return {item: row for item, row in self.rows.items() if item}

    def versions(self, items):
        return {item: row.version for item, row in self.rows.items() if item in items}

    def submit(self, words, seen, sent):
        """None for a submit that leads to the sealed card, else the field of the refusal."""
        if not self.is_open:
            return None
        if words["recommendation"] == "not_enough" and not words["recommendation_reason"]:
            return "recommendation_reason"
        if any(self.rows[item].arrived.get(client, 0) < last for (item, client), last in sent.items()):
            return "sent"
        if seen != self.versions(seen):
            return "seen"
        if any(score.has_gap for score in self.scores.values()):
            return ""
        self.sealed = words
        self.rows[0].values |= words
        return None
