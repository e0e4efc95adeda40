"""Near-duplicates: found however they are put, in the bank and in a batch, and not where only the stem is shared."""

import random

import pytest

from foundation import clock
from questions.actions import create_question, publish_version, save_draft, start_draft
from questions.content import Content
from questions.duplicates import Known, fingerprint, known, near_duplicates, twins
from questions.models import Fingerprint
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory
from tests.questions import planted
from tests.questions.records import ENTRIES

PROMPT = "Tell me about a time when you shipped a model whose accuracy fell in production. What did you do first?"
NONE = Known([], Known.rows_of([]))


@pytest.mark.parametrize(
    "again",
    [
        PROMPT.upper(),
        PROMPT.replace(".", ";").replace("?", ""),
        "Describe a situation in which you shipped a model whose accuracy fell in production. What did you do first?",
        "What did you do first about a model that you shipped and whose accuracy fell in production?",
        "Tell me about a time when you shiped a modle whose acuracy fell in producton. What did you do first?",
        "Tell me about a time when you shipped a model whose accuracy fell in production.",
        PROMPT + " Take me from the alert to the review that came after it.",
    ],
)
def test_a_prompt_is_found_again_however_it_is_put(again):
    assert [twin.place for twin in twins([PROMPT, again], NONE)[1]] == [0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PROMPT, "Tell me about a time when you disagreed with a colleague about a release. What did you do first?"),
        ("What is overfitting?", "What is a confusion matrix?"),
        ("What is recall?", "How would you raise the recall of a spam filter without losing its precision?"),
        ("How would you debug a race condition?", "How would you explain overfitting to a manager?"),
    ],
)
def test_prompts_that_share_little_but_the_stem_are_not_alike(one, other):
    assert twins([one, other], NONE) == [[], []]


def test_the_same_in_another_order_or_case_is_wholly_alike():
    [_first, [twin]] = twins(["Tell me about a model that failed.", "A MODEL THAT FAILED: tell me about that"], NONE)
    assert twin.similarity == 1


def test_no_two_questions_of_the_starter_bank_are_near_duplicates():
    prompts = [entry.content.fields["prompt"] for entry in ENTRIES]
    assert [(prompts[at], found) for at, found in enumerate(twins(prompts, NONE)) if found] == []


@pytest.mark.parametrize("size", [1_000, pytest.param(10_000, marks=pytest.mark.long)])
def test_of_a_thousand_planted_rewordings_at_least_99_in_100_are_found(size):
    rng = random.Random(24)  # noqa: S311 repeatable, not secret
    bank = planted.prompts(size, seed=1)
    places = [rng.randrange(size) for _pair in range(1_000)]
    index = Known(list(range(size)), Known.rows_of(fingerprint(prompt) for prompt in bank))
    found = twins([planted.reworded(bank[place], rng) for place in places], index, limit=5, among=False)
    assert sum(place in {twin.version for twin in each} for place, each in zip(places, found, strict=True)) >= 990


@pytest.mark.django_db
class TestTheBank:
    def test_drafts_and_what_is_published_are_found_with_the_most_alike_first(self):
        VersionFactory(prompt=PROMPT.replace("first", "in the end, and with whom"))
        draft = DraftFactory(prompt=PROMPT)
        VersionFactory(prompt="How would you explain overfitting to a manager?")
        found = near_duplicates(PROMPT)
        assert len(found) == 2
        assert found[0].version == draft
        assert found[0].similarity == 1 > found[1].similarity

    def test_the_question_that_is_being_written_and_retired_ones_are_left_out(self):
        own, retired = VersionFactory(prompt=PROMPT), VersionFactory(prompt=PROMPT)
        retired.question.retired_at = clock.now()
        retired.question.save()
        assert [one.version for one in near_duplicates(PROMPT)] == [own]
        assert near_duplicates(PROMPT, exclude=own.question) == []

    def test_a_question_is_named_once_and_no_older_version_of_it(self):
        by = UserFactory(recruiter=True)
        version = VersionFactory(prompt=PROMPT)
        said = Content.of(start_draft(question=version.question, by=by))
        draft = version.question.versions.latest("number")
        assert len(near_duplicates(PROMPT)) == 1
        other = {**said.fields, "prompt": "How would you explain overfitting to a manager?"}
        save_draft(version=draft, fields=other, anchors=said.anchors, probes=said.probes, by=by)
        publish_version(version=draft, by=by)
        assert near_duplicates(PROMPT) == []
        assert [one.version for one in near_duplicates(other["prompt"])] == [draft]

    def test_every_way_to_write_a_version_keeps_its_fingerprint(self):
        by = UserFactory(recruiter=True)
        said = Content.of(VersionFactory())
        made = create_question(
            competency=CompetencyFactory(),
            fields={**said.fields, "title": "New", "prompt": PROMPT},
            anchors=said.anchors,
            probes=said.probes,
            by=by,
        )
        assert bytes(Fingerprint.objects.get(version=made).bits) == fingerprint(PROMPT)
        save_draft(
            version=made,
            fields={**said.fields, "title": "New", "prompt": "What is a tree?"},
            anchors=said.anchors,
            probes=said.probes,
            by=by,
        )
        assert bytes(Fingerprint.objects.get(version=made).bits) == fingerprint("What is a tree?")

    def test_a_look_takes_as_many_statements_however_large_the_bank_is(self, django_assert_num_queries):
        for size in (1, 3):
            while Fingerprint.objects.count() < size:
                said = Content.of(VersionFactory())
                create_question(
                    competency=CompetencyFactory(),
                    fields={**said.fields, "title": f"New {Fingerprint.objects.count()}", "prompt": PROMPT},
                    anchors=said.anchors,
                    probes=said.probes,
                    by=None,
                )
            with django_assert_num_queries(4):
                assert near_duplicates(PROMPT, limit=1)

    def test_an_empty_bank_knows_nothing(self):
        assert known().versions == near_duplicates(PROMPT) == []
