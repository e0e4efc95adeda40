"""One save as a browser sends it, for the tests of the contract."""

import json
from uuid import uuid4

from django.urls import reverse


class Tab:
    """A tab of the scoring page: one client id, a sequence per row. A row is a score, or the card for its own words."""

    def __init__(self, http, card):
        self.http, self.card, self.client = http, card, str(uuid4())
        self.sequences = {}

    def edit(self, row, expected=0, **fields):
        """The body of a new edit; `sequence=` and `operation=` may be given."""
        self.sequences[row] = self.sequences.get(row, 0) + 1
        return {
            "operation": str(uuid4()),
            "client": self.client,
            "sequence": self.sequences[row],
            "expected_version": expected,
            **fields,
        }

    def send(self, row, edit):
        here = [self.card.interview_id]
        address = reverse("interviews:notes_save", args=here)
        if row != self.card:
            address = reverse("interviews:score_save", args=[*here, row.item_id])
        body = edit if isinstance(edit, (str, bytes)) else json.dumps(edit)
        return self.http.post(address, body, content_type="application/json", headers={"Accept": "application/json"})

    def save(self, row, expected=0, **fields):
        return self.send(row, self.edit(row, expected, **fields))


def scored(card):
    return card.scores.filter(item__scored=True).order_by("item__section__position").first()


def warm_up(card):
    return card.scores.get(item__scored=False)
