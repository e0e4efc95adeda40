"""Two tabs, retries and shuffled order, against a plain model of the contract."""

import json
import random
from dataclasses import dataclass, field

import pytest

from interviews.models import Score, ScoreEdit
from tests.factories import ScorecardFactory
from tests.interviews.saving import Tab, scored

pytestmark = pytest.mark.django_db

EMPTY = {"outcome": "pending", "level": None, "reason": "", "evidence": "", "probes_used": [], "hint": False}
NAMES = {"outcome": ("outcome", "level", "reason"), "evidence": ("evidence",), "probes": ("probes_used", "hint")}


@dataclass
class Model:
    """What the contract promises, written down without a database."""

    values: dict = field(default_factory=lambda: dict(EMPTY))
    version: int = 0
    replies: dict = field(default_factory=dict)
    last: dict = field(default_factory=dict)
    changed: list = field(default_factory=list)  # (part, client, resulting version)

    def take(self, edit, part):
        if edit["operation"] in self.replies:
            return self.replies[edit["operation"]]
        client = edit["client"]
        if edit["sequence"] <= self.last.get(client, 0):
            reply = (200, False)
        elif any(p == part and c != client and v > edit["expected_version"] for p, c, v in self.changed):
            reply = (409, False)
        else:
            self.version += 1
            self.last[client] = edit["sequence"]
            self.changed.append((part, client, self.version))
            self.values |= {name: edit[name] for name in NAMES[part]}
            reply = (200, True)
        self.replies[edit["operation"]] = reply
        return reply


def any_part(dice):
    part = dice.choice(list(NAMES))
    if part == "evidence":
        return part, {"evidence": f"words {dice.random()}"}
    if part == "probes":
        return part, {"probes_used": sorted(dice.sample([1, 2], dice.randint(0, 2))), "hint": dice.random() < 0.5}
    level = dice.choice([None, 1, 2, 3, 4, 5])
    if level:
        return part, {"outcome": "scored", "level": level, "reason": ""}
    outcome = dice.choice(["pending", "not_asked", "no_evidence", "declined"])
    return part, {"outcome": outcome, "level": None, "reason": "No time" if outcome == "not_asked" else ""}


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 60))])
def test_nothing_acknowledged_is_lost_whatever_the_order(signed_in, seed):
    dice = random.Random(seed)  # noqa: S311 dice, not secrets
    card = ScorecardFactory()
    score = scored(card)
    tabs = [Tab(signed_in(card.interviewer), card) for _ in range(2)]
    seen = {tab.client: dict.fromkeys(NAMES, 0) for tab in tabs}
    model, waiting, bodies = Model(), [], {}
    for _step in range(300):
        if not waiting or dice.random() < 0.5:
            tab = dice.choice(tabs)
            part, fields = any_part(dice)
            waiting.append((tab, part, tab.edit(score, seen[tab.client][part], **fields)))
            continue
        tab, part, edit = waiting[dice.randrange(len(waiting))]
        expected = model.take(edit, part)
        answer = tab.send(score, edit)
        said = answer.json()
        assert (answer.status_code, said.get("applied", False)) == expected
        assert bodies.setdefault(edit["operation"], answer.content) == answer.content, "a repeat is byte-equal"
        # A reply may be lost on the way: then the tab knows no more than before, and the edit is sent again.
        if dice.random() < 0.7:
            seen[tab.client][part] = max(seen[tab.client][part], said["version"])
            waiting.remove((tab, part, edit))
    stored = Score.objects.filter(pk=score.pk).values(*EMPTY, "version").get()
    assert stored == {**model.values, "version": model.version}
    check_history(score, model)


def check_history(score, model):
    """Every operation once; the applied ones, laid one over the other, give the score."""
    edits = list(ScoreEdit.objects.filter(score=score))
    assert {str(edit.operation) for edit in edits} == set(model.replies)
    applied = [edit for edit in edits if edit.applied]
    assert [edit.resulting_version for edit in applied] == list(range(1, model.version + 1))
    replayed = dict(EMPTY)
    for edit in applied:
        replayed |= json.loads(edit.fields)
    assert replayed == model.values
