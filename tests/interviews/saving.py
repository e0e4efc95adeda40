"""One save as a browser sends it, for the tests of the contract."""

import json
from uuid import uuid4

from django.urls import reverse


class Tab:
    """A tab of the scoring page: one client id, a sequence per score."""

    def __init__(self, http, card):
        self.http, self.card, self.client = http, card, str(uuid4())
        self.sequences = {}

    def edit(self, score, expected=0, **fields):
        """The body of a new edit; `sequence=` and `operation=` may be given."""
        self.sequences[score.pk] = self.sequences.get(score.pk, 0) + 1
        return {
            "operation": str(uuid4()),
            "client": self.client,
            "sequence": self.sequences[score.pk],
            "expected_version": expected,
            **fields,
        }

    def send(self, score, edit):
        address = reverse("interviews:score_save", args=[self.card.interview_id, score.item_id])
        body = edit if isinstance(edit, (str, bytes)) else json.dumps(edit)
        return self.http.post(address, body, content_type="application/json", headers={"Accept": "application/json"})

    def save(self, score, expected=0, **fields):
        return self.send(score, self.edit(score, expected, **fields))


def scored(card):
    return card.scores.filter(item__scored=True).order_by("item__section__position").first()


def warm_up(card):
    return card.scores.get(item__scored=False)
