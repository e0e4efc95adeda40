"""The rubric rules: what each sees, what each lets pass, and what becomes of it at publishing."""

from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from formulas.symbols import BOUNDED, NAMED, NAMED_WITH_BOUND, SIGNS
from foundation import clock
from interviews.tally import beside_the_rest
from questions.actions import publish_version
from questions.content import Content
from questions.counting import count_asked, item_total
from questions.lint import NotReady, lint, lint_version
from questions.models import Override, QuestionVersion, Usage
from questions.rules.protected import asked_of_the_candidate, held_against_the_candidate
from questions.rules.verbs import names_an_act
from tests.factories import DraftFactory, UserFactory, VersionFactory
from tests.factories.questions import QuestionFactory
from tests.questions.records import ENTRIES
from tests.questions.sentences import (
    ACTS,
    ALLOWED,
    HELD,
    JUDGEMENTS,
    MORE_THAN_INTENSITY,
    NO_ACTS,
    NO_JUDGEMENTS,
    NOT_HELD,
    NOT_SAME,
    ONLY_INTENSITY,
    PROMPTS,
    PROTECTED,
    SAME,
)

BRENNAN = (
    "101000000000 111001000000 111110000000 110110010000 111110100000 "
    "111011100000 111111100000 111101111100 111111111110 111111111111"
)
FIELDS = {
    "title": "Two detectors",
    "kind": "scenario",
    "level": "intermediate",
    "prompt": "Here is a table. What do you do?",
    "look_for": "One\nTwo\nThree",
    "must_have": "A fact to check\nAnother",
    "minutes": 8,
    "material": "",
}
ANCHORS = {
    1: "Guesses a rate from the headline figure.",
    2: "Names recall and mixes up its denominator.",
    3: "Computes recall for both models.",
    4: "Computes recall, and asks what a miss costs.",
    5: "Computes the break-even ratio, and proposes a staged release.",
}


def said(anchors=None, probes=("What else?",), **fields):
    return Content.made_of({**FIELDS, **fields}, {**ANCHORS, **(anchors or {})}, probes)


def rules(content):
    return {finding.rule for finding in lint(content)}


def test_a_sound_record_breaks_no_rule():
    assert lint(said()) == []


def test_the_starter_bank_has_no_error_and_no_warning():
    found = [(entry.slug, finding.rule, str(finding.sentence)) for entry in ENTRIES for finding in lint(entry.content)]
    assert found == []


@pytest.mark.parametrize(
    ("rule", "field", "broken"),
    [
        ("E1", "title", said(title="")),
        ("E1", "prompt", said(prompt="")),
        ("E1", "kind", said(kind="")),
        ("E1", "kind", said(kind="riddle")),
        ("E1", "level", said(level="expert")),
        ("E1", "minutes", said(minutes=None)),
        ("E2", "anchor_3", said({3: ""})),
        ("E2", "anchor_1", said({1: "Computes it.", 5: "computes  it"})),
        ("E3", "anchor_2", said({2: "Good grasp of recall."})),
        ("E4", "anchor_5", said({5: "Explains it; smart and a culture fit."})),
        ("E4", "red_flags", said(red_flags="Blames the data\nSeems nervous")),
        ("E5", "prompt", said(prompt="Are you married?")),
        ("E5", "probes", said(probes=["And how old are you?"])),
        ("E5", "red_flags", said(red_flags="Has young children")),
        ("E2", "anchor_3", said({3: "Computes it.", 4: "COMPUTES it"})),
        ("E6", "look_for", said(look_for="One\nTwo\n\n  \n")),
        ("E6", "look_for", said(look_for="One\nTwo\n-")),
        ("E7", "probes", said(probes=[])),
        (
            "E7",
            "probes",
            said(
                {5: "Names class imbalance, suggests precision-recall curves and asks for costs."},
                probes=["How about class imbalance and precision-recall curves?"],
            ),
        ),
        ("E7", "probes", said(probes=["Would a break-even ratio help, or a staged release?"])),
        ("E8", "must_have", said(must_have="")),
        ("W1", "prompt", said(prompt="word " * 60 + "now?")),
        ("W1", "prompt", said(prompt="This is one. This is two. This is three. What now?")),
        ("W3", "probes", said(probes=["Wouldn't you ask for costs?"])),
        ("W4", "anchor_4", said({3: "Explains recall well.", 4: "Explains recall very well."})),
        ("W4", "anchor_5", said({1: "Explains some of the costs.", 5: "Explains all of the costs."})),
        ("W5", "prompt", said(tags="statistics, Brainteaser")),
        ("W5", "prompt", said(must_have="Bayes, 1763")),
        ("W6", "anchor_4", said({4: ""})),
        ("W6", "anchor_5", said({1: "Guesses.", 5: "Computes " + "a rate, " * 9})),
        ("E10", "material", said(material=r"Read $\foo{x}$.")),
        ("E10", "look_for", said(look_for="One\nTwo\n$x^$")),
        ("E10", "anchor_3", said({3: "Computes $x$ for $y^2^3$."})),
        ("E10", "probes", said(probes=["What of $}$?"])),
        ("W7", "minutes", said(minutes=2)),
        ("W7", "minutes", said(minutes=21)),
    ],
)
def test_each_rule_sees_what_breaks_it_and_names_the_field(rule, field, broken):
    assert (rule, field) in {(finding.rule, finding.field) for finding in lint(broken)}


def test_what_may_not_be_asked_of_a_candidate_is_seen():
    assert [sentence for sentence in PROTECTED if not asked_of_the_candidate(sentence)] == []


def test_the_same_words_of_data_and_code_pass():
    assert [sentence for sentence in ALLOWED if asked_of_the_candidate(sentence)] == []


def test_a_rubric_holds_nobody_to_such_a_topic():
    assert [line for line in HELD if not held_against_the_candidate(line)] == []
    assert [line for line in NOT_HELD if held_against_the_candidate(line)] == []


@pytest.mark.parametrize(
    ("rule", "alike", "apart"), [("E2", SAME, NOT_SAME), ("W4", ONLY_INTENSITY, MORE_THAN_INTENSITY)]
)
def test_two_anchors_are_told_apart_by_what_they_say(rule, alike, apart):
    assert [pair for pair in alike if rule not in rules(said({1: pair[0], 5: pair[1]}))] == []
    assert [pair for pair in apart if rule in rules(said({1: pair[0], 5: pair[1]}))] == []


def test_a_probe_that_shares_one_word_with_a_short_anchor_gives_nothing_away():
    assert "E7" not in rules(said({5: "Names the cost."}, probes=["What does it cost?"]))


def test_an_anchor_names_what_can_be_heard_or_seen():
    assert [anchor for anchor in ACTS if not names_an_act(anchor)] == []
    assert [anchor for anchor in NO_ACTS if names_an_act(anchor)] == []


def test_an_anchor_judges_no_person_and_no_manner():
    assert [anchor for anchor in JUDGEMENTS if "E4" not in rules(said({4: anchor}))] == []
    assert [anchor for anchor in NO_JUDGEMENTS if "E4" in rules(said({4: anchor}))] == []


def test_a_prompt_is_one_open_question_on_the_work():
    assert [
        (rule, prompt)
        for rule, speaks, kind, prompt in PROMPTS
        if (rule in rules(said(kind=kind, prompt=prompt))) is not speaks
    ] == []


def test_two_parts_of_one_task_on_a_case_that_is_shown_are_one_question():
    two = "What is wrong here, and what would you change?"
    assert "W2" in rules(said(prompt=two))
    assert "W2" not in rules(said(prompt=two, material="| a | b |"))


def test_a_formula_breaks_no_rule_by_its_words():
    signs = [*SIGNS, *BOUNDED, *NAMED, *NAMED_WITH_BOUND]
    for start in range(0, len(signs), 12):
        formula = " {x} ".join(signs[start : start + 12])
        assert lint(said(prompt=f"What does $P(x) {formula}$ leave out?")) == [], formula


def test_errors_come_first_and_each_in_the_order_of_the_form():
    found = lint(said({3: ""}, probes=[], title="", minutes=30))
    assert [finding.rule for finding in found] == ["E1", "E2", "E7", "W7"]
    assert [finding.severity for finding in found] == ["error", "error", "error", "warning"]


@pytest.mark.django_db
class TestPublishing:
    def test_an_error_keeps_a_version_out_whatever_the_reason(self):
        draft = DraftFactory(look_for="One")
        with pytest.raises(NotReady):
            publish_version(version=draft, by=UserFactory(recruiter=True), reason="Because.")
        assert not Override.objects.exists()

    def test_a_protected_topic_may_be_overruled_with_a_reason_which_stays_with_the_version(self):
        by, draft = UserFactory(recruiter=True), DraftFactory(prompt="Tell the clerk in this scene: “How old are you?”")
        with pytest.raises(NotReady) as refused:
            publish_version(version=draft, by=by)
        assert [finding.rule for finding in refused.value.findings] == ["E5"]
        publish_version(version=draft, by=by, reason="A line of the scene, said to a clerk.")
        kept = draft.overrides.get(rule="E5")
        assert (kept.field, kept.reason, kept.by) == ("prompt", "A line of the scene, said to a clerk.", by)
        for break_in in (
            kept.delete,
            lambda: draft.overrides.update(reason="x"),
            lambda: Override.objects.create(version=draft, rule="W1"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                break_in()

    def test_warnings_go_on_record_with_the_version(self):
        draft = DraftFactory(minutes=25)
        publish_version(version=draft, by=UserFactory(recruiter=True))
        assert [(kept.rule, kept.field) for kept in draft.overrides.all()] == [("W7", "minutes")]

    def test_a_near_duplicate_is_warned_of_by_its_title(self):
        prompt = "Tell me about a time when a model you shipped lost accuracy in production."
        VersionFactory(prompt=prompt, title="Lost accuracy")
        draft = DraftFactory(prompt=prompt.replace("Tell me about", "Describe"))
        [found] = [finding for finding in lint_version(draft) if finding.rule == "W8"]
        assert "Lost accuracy" in str(found.sentence)

    @pytest.mark.parametrize(
        ("times", "level", "speaks"), [(9, 5, False), (10, 5, True), (10, 3, False), (10, 1, True)]
    )
    def test_how_it_did_is_said_once_it_was_asked_ten_times(self, times, level, speaks):
        version = VersionFactory()
        for _time in range(times):
            count_asked(questions=[version.question], at=clock.now(), levels={version.question_id: [level]})
        assert ("W9" in {finding.rule for finding in lint_version(version)}) is speaks

    @pytest.mark.parametrize(
        ("times", "rest", "speaks"),
        [(29, [3, 3, 2], False), (30, [3, 3, 2], True), (30, [2, 3, 4], False), (30, [3, 3, 3], False)],
    )
    def test_that_it_does_not_go_with_the_rest_is_said_from_the_thirtieth_interview_on(self, times, rest, speaks):
        version = VersionFactory()
        key = version.question_id
        for time in range(times):
            own, others = Fraction([2, 3, 4][time % 3]), Fraction(rest[time % 3])
            count_asked(
                questions=[version.question],
                at=clock.now(),
                levels={key: [int(own)]},
                beside_the_rest={key: (own, others)},
            )
        said = [str(finding.sentence) for finding in lint_version(version) if finding.rule == "W9"]
        assert ["did well on it did not do well on the rest" in sentence for sentence in said] == [True] * speaks

    def test_how_it_goes_with_the_rest_is_what_is_published_for_a_known_table(self):
        """Ten people, twelve items: Brennan's first synthetic data set, with the figures that belong to it."""
        people = [[int(digit) for digit in row] for row in BRENNAN.split()]
        questions = [QuestionFactory() for _item in people[0]]
        for person in people:
            levels = {question.pk: [level + 1] for question, level in zip(questions, person, strict=True)}
            count_asked(questions=questions, at=clock.now(), levels=levels, beside_the_rest=beside_the_rest(levels))
        found = [item_total(Usage.objects.get(question=question)) for question in questions]
        assert found[0] is None
        assert found[1:] == pytest.approx(
            [0.449, 0.091, 0.481, 0.231, 0.484, 0.653, 0.601, 0.830, 0.830, 0.753, 0.524], abs=0.001
        )

    def test_reading_a_version_through_takes_as_many_statements_whatever_it_says(self, django_assert_num_queries):
        for draft in (DraftFactory(), DraftFactory(minutes=40, prompt="Are you married?")):
            stored = QuestionVersion.objects.select_related("question").get(pk=draft.pk)
            with django_assert_num_queries(8):
                lint_version(stored)
