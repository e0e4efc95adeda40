"""Two people with two windows each, at one interview, in orders that nobody thinks of, against a plain model.

Save, repeat, submit, and plans and questions that change meanwhile. The machine is then shown to find four faults that
are planted on purpose.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

import interviews.actions.saving
import interviews.actions.scoring
import interviews.views.scoring
from accounts.models import Entry
from foundation import clock, frozen
from foundation.lifecycle import Refused
from interviews.actions.candidates import take_plan_in_force
from interviews.models import CardEdit, Interview, Score, Scorecard, ScoreEdit
from interviews.score_sheet import Sheet
from plans.actions.building import change_item, renew_item
from plans.actions.plans import activate_plan, discard_plan, start_plan
from plans.models import Item
from questions.counting import count_asked
from questions.models import Question, Usage
from tests.answers import plain
from tests.factories import InterviewFactory, MembershipFactory, ScorecardFactory, VersionFactory
from tests.interviews.contract import CARD, PUT, SCORE, CardModel, RowModel, whole
from tests.interviews.saving import Tab

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ENOUGH = 3  # edits that were answered before anybody is done
MOST_CHANGES = 2  # of the plan in one run; each is slow
PEOPLE, TABS = st.integers(0, 1), st.integers(0, 1)
WORDS = st.sampled_from(["", "Named the cost of each error.", "Asked who bears it.", "a\nb"])
ANSWERS = st.one_of(
    st.sampled_from([1, 2, 3, 4, 5]).map(lambda level: {"outcome": "scored", "level": level, "reason": ""}),
    st.sampled_from([("pending", ""), ("not_asked", "No time"), ("not_asked", ""), ("no_evidence", ""), ("declined", "")]).map(
        lambda said: {"outcome": said[0], "level": None, "reason": said[1]}
    ),
)  # fmt: skip
PROBES = st.fixed_dictionaries({"probes_used": st.sampled_from([[], [1], [1, 2]]), "hint": st.booleans()})
EDITS = st.one_of(
    ANSWERS.map(lambda fields: ("outcome", fields)),
    WORDS.map(lambda words: ("evidence", {"evidence": words})),
    PROBES.map(lambda fields: ("probes", fields)),
    WORDS.map(lambda words: ("followups", {"followups": words})),
)
NOTES = st.one_of(
    WORDS.map(lambda words: ("candidate_questions", {"candidate_questions": words})),
    WORDS.map(lambda words: ("summary", {"summary": words})),
    st.sampled_from(["", "no", "not_enough"]).map(
        lambda said: ("recommendation", {"recommendation": said, "recommendation_reason": ""})
    ),
)
SAID = st.fixed_dictionaries(
    {
        "recommendation": st.sampled_from(["yes", "no", "not_enough"]),
        "recommendation_reason": st.sampled_from(["", "The design part."]),
        "summary": st.sampled_from(["", "Sound."]),
        "private_note": st.just(""),
    }
)


@dataclass
class World:
    """The rows that every run begins from, made once; whatever a run writes is taken back."""

    cards: list
    manager: object
    clients: list
    onlookers: list

    @classmethod
    def made(cls):
        interview = InterviewFactory(starts_at=NOW)
        cards = [ScorecardFactory(interview=interview, seat=seat) for seat in ("lead", "panel")]
        role = interview.application.role
        MembershipFactory(role=role, user=cards[1].interviewer, recruiter=True)
        manager = MembershipFactory(role=role, hiring_manager=True).user
        return cls(cards, manager, [[_in(card), _in(card)] for card in cards], [_in(card) for card in cards])

    @property
    def interview(self):
        return self.cards[0].interview

    def addresses(self):
        """Where one who is blind might learn of the other; every other address is asked in tests/walls."""
        yield reverse("interviews:interview_detail", args=[self.interview.pk])
        yield reverse("questions:question_list")


def _in(card):
    http = Client()
    http.force_login(card.interviewer)
    return http


class Interviewing(RuleBasedStateMachine):
    def __init__(self, world):
        super().__init__()
        self.world = world
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.items = list(Item.objects.filter(section__stage=world.interview.stage).order_by("pk"))
        self.models = [
            CardModel({0: RowModel(CARD), **{item.pk: RowModel(SCORE, item.scored) for item in self.items}})
            for _card in world.cards
        ]
        self.tabs = [
            [Tab(http, card) for http in https] for card, https in zip(world.cards, world.clients, strict=True)
        ]
        self.rows = [{0: card, **{score.item_id: score for score in card.scores.all()}} for card in world.cards]
        # What each window has last been told of a part, what it has not been answered yet, and the bytes of each answer.
        self.known, self.waiting, self.done, self.bodies = {}, [], [], {}
        self.pages = [{}, {}]
        self.review(who=0)
        self.review(who=1)
        self.looks, self.changes, self.asked = [None, None], 0, [self.sheet(0), self.sheet(1)]

    def teardown(self):
        try:
            self.check_history()
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # ---- Rules ----

    @rule(who=PEOPLE, tab=TABS, place=st.integers(0, 2), edit=EDITS)
    def write(self, who, tab, place, edit):
        """Something is written into a field, and waits to be sent."""
        part, fields = edit
        item = self.items[place]
        if part == "outcome" and not item.scored and fields["level"]:
            part, fields = "evidence", {"evidence": "Settled in."}
        self._write(who, tab, item.pk, part, fields)

    @rule(who=PEOPLE, tab=TABS, edit=NOTES)
    def write_on_the_card(self, who, tab, edit):
        """The words of the review, or what the candidate asked."""
        self._write(who, tab, 0, *edit)

    @rule(who=PEOPLE, place=st.integers(0, 2), edits=st.tuples(WORDS, WORDS))
    def write_in_both_windows(self, who, place, edits):
        """The same note is written in two windows, neither of which knows of the other."""
        for tab, words in enumerate(edits):
            self.write(who=who, tab=tab, place=place, edit=("evidence", {"evidence": words}))

    @precondition(lambda self: self.waiting)
    @rule(place=st.integers(0, 20), lost=st.booleans())
    def send(self, place, lost):
        """One of the waiting edits is sent, in whatever order; its answer may be lost, and then it waits on."""
        self._send(self.waiting[place % len(self.waiting)], lost=lost)

    @precondition(lambda self: self.done)
    @rule(place=st.integers(0, 20))
    def send_again(self, place):
        """An edit that was answered long ago comes once more."""
        self._send(self.done[place % len(self.done)], lost=True)

    @rule(who=PEOPLE)
    def come_online(self, who):
        """All that waits on one device arrives in order."""
        for edit in [edit for edit in self.waiting if edit[0] == who]:
            self._send(edit, lost=False)

    @rule(who=PEOPLE)
    def fill_the_gaps(self, who):
        """Each question that is still open gets a level, and the review page is opened."""
        for item, score in self.models[who].scores.items():
            if score.has_gap:
                fields = {"outcome": "scored", "level": 3, "reason": ""}
                here = self.tabs[who][0]
                edit = here.edit(self.rows[who][item], score.version, **fields)
                self._send((who, 0, item, "outcome", edit), lost=False)
        self.review(who=who)

    @rule(who=PEOPLE)
    def review(self, who):
        """The review page is opened: from now on it is known how everything stands."""
        shown = Sheet.of(self.card(who)).seen
        self.pages[who] = dict(tuple(map(int, pair.split(":"))) for pair in shown.split())
        assert self.pages[who] == self.models[who].versions(self.pages[who])

    @rule(who=PEOPLE, words=SAID, knows=st.booleans())
    def submit(self, who, words, knows):
        """With a script that knows what waits on this device, or without one."""
        model, card = self.models[who], self.world.cards[who]
        sent = self._claims(who) if knows else {}
        was_open = model.is_open
        refused = model.submit(words, self.pages[who], sent)
        answer = self.world.clients[who][0].post(
            reverse("interviews:interview_submit", args=[card.interview_id]),
            {
                **words,
                "seen": " ".join(f"{item}:{version}" for item, version in self.pages[who].items()),
                "sent": " ".join(f"{item}:{client}:{last}" for (item, client), last in sent.items()),
            },
            headers={"Accept": "application/json"},
        )
        if refused is None:
            page = reverse("interviews:scorecard_detail", args=[card.pk])
            as_sent = words == model.sealed
            assert (answer.status_code, answer.json()) == (200, {"page": page, "as_sent": as_sent})
        else:
            assert (answer.status_code, answer.json()["field"]) == (422, refused)
        if was_open:
            self.looks[who] = None

    @precondition(lambda self: len(self.done) >= ENOUGH)
    @rule(who=PEOPLE, words=SAID)
    def finish(self, who, words):
        """As it goes when nothing is in the way."""
        self.come_online(who=who)
        self.fill_the_gaps(who=who)
        self.submit(who=who, words=words, knows=True)

    @precondition(lambda self: self.changes < MOST_CHANGES)
    @rule(place=st.integers(0, 2), renewed=st.booleans())
    def change_the_plan(self, place, renewed):
        """A question gets a new version and the role a new plan, while the interview runs on the old one."""
        manager, application = self.world.manager, self.world.interview.application
        last = self.items[place].version.question.versions.latest("number")
        VersionFactory(question=last.question, number=last.number + 1, title=last.title, prompt=f"Anew {last.number}?")
        plan = start_plan(role=application.role, by=manager)
        item = Item.objects.filter(section__stage__plan=plan).order_by("pk")[place]
        if renewed:
            renew_item(item=item, by=manager)
        else:
            change_item(item=item, minutes=item.minutes + 1, scored=item.scored, by=manager)
        try:
            activate_plan(plan=plan, by=manager)
        except Refused:
            discard_plan(plan=plan, by=manager)
        with pytest.raises(Refused), transaction.atomic():
            take_plan_in_force(application=application, by=manager)
        assert [self.sheet(0), self.sheet(1)] == self.asked
        self.looks, self.changes = [None, None], self.changes + 1

    @rule(who=PEOPLE)
    def look(self, who):
        """Who still has an open card sees the same as before, whatever the other has done since."""
        if not self.models[who].is_open:
            return
        seen = {where: plain(self.world.onlookers[who].get(where)) for where in self.world.addresses()}
        assert self.looks[who] in (None, seen), "one who is blind is told of the other"
        self.looks[who] = seen

    # ---- What always holds ----

    @invariant()
    def what_is_kept_is_what_was_acknowledged(self):
        """Also once it is sealed."""
        of_scores = Score.objects.filter(scorecard__in=self.world.cards).values(
            "scorecard", "item", "version", *whole(SCORE)
        )
        of_cards = Scorecard.objects.filter(interview=self.world.interview).values(
            "pk", "status", "version", *whole(CARD)
        )
        found = {(row.pop("scorecard"), row.pop("item")): row for row in of_scores}
        found |= {(row.pop("pk"), 0): row for row in of_cards}
        wanted = {
            (card.pk, item): {**row.values, "version": row.version}
            for card, model in zip(self.world.cards, self.models, strict=True)
            for item, row in model.rows.items()
        }
        for card, model in zip(self.world.cards, self.models, strict=True):
            wanted[card.pk, 0]["status"] = "open" if model.is_open else "submitted"
        assert found == wanted

    @invariant()
    def questions_are_counted_once_and_only_when_nobody_is_blind(self):
        counted = dict(Usage.objects.values_list("question", "times_asked"))
        if any(model.is_open for model in self.models):
            assert counted == {}
            return
        put = {
            item.version.question_id
            for item in self.items
            if any(model.scores[item.pk].values["outcome"] in PUT for model in self.models)
        }
        assert counted == dict.fromkeys(put, 1)
        assert Interview.objects.get(pk=self.world.interview.pk).status == Interview.Status.COMPLETED

    # ---- Helpers ----

    def _write(self, who, tab, item, part, fields):
        here = self.tabs[who][tab]
        expected = self.known.get((here.client, item, part), 0)
        self.waiting.append((who, tab, item, part, here.edit(self.rows[who][item], expected, **fields)))

    def _send(self, waiting, *, lost):
        who, tab, item, part, edit = waiting
        model, here = self.models[who], self.tabs[who][tab]
        before = model.rows[item].version
        expected = model.rows[item].take(edit, part, is_open=model.is_open)
        answer = here.send(self.rows[who][item], edit)
        said = answer.json()
        assert (answer.status_code, said.get("applied", False)) == expected
        if answer.status_code != 403:
            assert self.bodies.setdefault(edit["operation"], answer.content) == answer.content, "a repeat is byte-equal"
        if model.rows[item].version != before:
            self.looks[who] = None
        if lost:
            return
        if answer.status_code == 200:
            key = (here.client, item, part)
            self.known[key] = max(self.known.get(key, 0), said["version"])
        if waiting in self.waiting:
            self.waiting.remove(waiting)
        self.done.append(waiting)

    def _claims(self, who):
        """What the script of one device names: for every item and window the last edit, answered or waiting."""
        claims = {}
        mine = [edit for edit in [*self.waiting, *self.done] if edit[0] == who]
        for _who, tab, item, _part, edit in mine:
            which = (item, self.tabs[who][tab].client)
            claims[which] = max(edit["sequence"], claims.get(which, 0))
        return claims

    def card(self, who):
        return Scorecard.objects.select_related("interview__stage__plan").get(pk=self.world.cards[who].pk)

    def sheet(self, who):
        """Every word of the questions as the page of that card has them."""
        rows = Sheet.of(self.card(who)).rows
        return [(row.item.pk, row.version.pk, dict(row.words), [step.behaviour for step in row.steps]) for row in rows]

    def check_history(self):
        """Every operation once; the applied ones, laid one over the other, give the score; every submit once on record."""
        for rows, model, card in zip(self.rows, self.models, self.world.cards, strict=True):
            for item, row in model.rows.items():
                edits = ScoreEdit.objects.filter(score=rows[item]) if item else CardEdit.objects.filter(scorecard=card)
                assert sorted(str(edit.operation) for edit in edits) == sorted(row.replies)
                applied = [edit for edit in edits if edit.applied]
                assert [edit.resulting_version for edit in applied] == list(range(1, row.version + 1))
                replayed = whole(row.parts)
                for edit in applied:
                    replayed |= json.loads(edit.fields)
                assert replayed | ((model.sealed or {}) if not item else {}) == row.values
            submits = Entry.objects.filter(verb="scorecard.submitted", actor=card.interviewer)
            assert submits.count() == (0 if model.is_open else 1)


def run(examples, steps, **how):
    chosen = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, database=None, print_blob=False,
        suppress_health_check=list(HealthCheck), report_multiple_bugs=False, **how,
    )  # fmt: skip
    with clock.at(NOW):
        world = World.made()
        run_state_machine_as_test(lambda: Interviewing(world), settings=chosen)


def test_nothing_acknowledged_is_lost_doubled_changed_or_told_in_any_order():
    run(15, 30, derandomize=True)


@pytest.mark.long
def test_nothing_acknowledged_is_lost_doubled_changed_or_told_in_many_orders():
    run(400, 50)


# ---- Faults planted on purpose ----


def lost_update(patch):
    """What another window has changed meanwhile is no conflict."""
    honest = interviews.actions.saving._history
    patch.setattr(interviews.actions.saving, "_history", lambda edit: honest(edit) | dict.fromkeys(edit.PARTS, 0))


def edit_after_submit(patch):
    """A sealed card still takes saves, and the database lets it."""
    patch.setattr(interviews.actions.saving, "why_closed", lambda _card: "")
    frozen.take_down(connection)


def non_idempotent_retry(patch):
    """Every request is taken for a new operation."""
    honest = interviews.views.scoring.save_score
    patch.setattr(interviews.views.scoring, "save_score", lambda **said: honest(**{**said, "operation": uuid4()}))


def count_leak(patch):
    """The bank counts what was asked as soon as one card is in."""
    honest = interviews.actions.scoring.settle

    def at_once(interview):
        count_asked(questions=Question.objects.filter(versions__items__section__stage=interview.stage), at=clock.now())
        honest(interview)

    patch.setattr(interviews.actions.scoring, "settle", at_once)


SLOWER = [pytest.param(fault, marks=pytest.mark.long) for fault in (edit_after_submit, non_idempotent_retry)]


@pytest.mark.parametrize("fault", [lost_update, count_leak, *SLOWER])
def test_the_machine_finds_a_planted_fault(monkeypatch, fault):
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        run(400, 30, derandomize=True, phases=[Phase.generate])
