"""What may be done to the bank, and what is refused."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Entry
from foundation import clock
from foundation.lifecycle import Refused
from questions.actions import (
    Changed,
    create_question,
    make_competency,
    publish_version,
    rename_competency,
    save_draft,
    start_draft,
)
from questions.content import Content
from questions.counting import count_asked
from questions.lint import NotReady
from questions.models import Question, QuestionVersion, Usage
from questions.newcomers import Newcomer, publish_new
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory
from tests.factories.questions import QuestionFactory

pytestmark = pytest.mark.django_db
FIELDS = {
    "title": "Two models",
    "kind": "scenario",
    "level": "advanced",
    "prompt": "Which one?",
    "minutes": 9,
    "look_for": "a\nb\nc",
    "must_have": "Two and two are four",
}
ANCHORS = {1: "Guesses.", 3: "Computes one rate.", 5: "Computes both."}


@pytest.fixture
def by():
    return UserFactory(recruiter=True)


def write(by, samples=None, **fields):
    return create_question(
        competency=CompetencyFactory(),
        fields={**FIELDS, **fields},
        anchors=ANCHORS,
        probes=["And then?"],
        samples=samples,
        by=by,
    )


def save(version, by, as_of="", samples=None, **fields):
    said = Content.of(version)
    save_draft(
        version=version,
        fields={**said.fields, **fields},
        anchors=said.anchors,
        probes=said.probes,
        samples=samples,
        by=by,
        as_of=as_of,
    )


def verbs():
    return list(Entry.objects.values_list("verb", flat=True))


def test_a_new_question_is_a_draft_with_an_address_made_from_its_title(by):
    version = write(by)
    assert (version.number, version.is_published, version.author, version.question.slug) == (1, False, by, "two-models")
    assert Content.of(version).anchors == ANCHORS
    assert verbs() == ["question.made"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("New", "new-2"),
        ("Über Modelle!", "uber-modelle"),
        ("模型", "question"),
        ("-", "question"),
        ("x" * 60, "x" * 60),
        ("Edit", "edit"),
    ],
)
def test_an_address_is_always_free_and_never_that_of_another_page(by, title, slug):
    assert write(by, title=title).question.slug == slug


def test_titles_that_spell_alike_get_different_addresses(by):
    slugs = [
        write(by, title=title).question.slug for title in ("A model", "A, model", "A model?", "x" * 60, "x" * 59 + "!")
    ]
    assert slugs == ["a-model", "a-model-2", "a-model-3", "x" * 60, "x" * 59]


def test_a_second_question_of_the_same_title_is_refused_so_a_double_click_makes_one(by):
    write(by)
    with pytest.raises(Refused) as refused:
        write(by, title="TWO models")
    assert refused.value.field == "title"
    assert Question.objects.count() == 1


def test_a_new_version_begins_with_what_the_last_one_says(by):
    version = VersionFactory(change_note="First.", references="A book", placeholders={"product": "a shop"})
    draft = start_draft(question=version.question, by=by)
    assert (draft.number, draft.author, draft.change_note) == (2, by, "")
    assert Content.of(draft).says_the_same(Content.of(version))
    assert verbs() == ["version.started"]


def test_sample_answers_go_from_the_first_draft_into_every_version(by):
    samples = {1: "Any will do.", 3: "One rate.\n\nThat is all."}
    version = write(by, samples=samples)
    assert Content.of(version).samples == samples
    publish_version(version=version, by=by)
    draft = start_draft(question=version.question, by=by)
    # Callers who say nothing of them lose none; a draft may leave them out.
    save(draft, by, prompt="Which one now?")
    assert Content.of(draft).samples == samples
    save(draft, by, samples={1: " ", 5: "Both.\r\nBoth, I say."})
    assert Content.of(draft).samples == {5: "Both.\nBoth, I say."}
    assert Content.of(version).samples == samples


def test_another_sample_answer_is_another_content(by):
    draft = write(by, samples={3: "One rate."})
    opened = Content.of(draft)
    save(draft, by, samples={3: "Another rate."})
    assert not Content.of(draft).says_the_same(opened)
    with pytest.raises(Changed):
        save(draft, by, samples={3: "A third."}, as_of=opened.stamp)


def test_a_version_has_one_sample_answer_a_level():
    draft = DraftFactory()
    with connection.cursor() as cursor:
        insert = "INSERT INTO questions_sampleanswer (version_id, level, text) VALUES (%s, 3, 'Again.')"
        cursor.execute(insert, [draft.pk])
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(insert, [draft.pk])


@pytest.mark.parametrize("touch", [
    "UPDATE questions_sampleanswer SET text = 'Other.'",
    "DELETE FROM questions_sampleanswer",
    "INSERT INTO questions_sampleanswer (version_id, level, text) SELECT version_id, 1, 'More.' FROM questions_sampleanswer",
])  # fmt: skip
def test_sample_answers_are_frozen_with_their_version(by, touch):
    version = write(by, samples={3: "One rate."})
    publish_version(version=version, by=by)
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(touch)
    assert Content.of(version).samples == {3: "One rate."}


def test_of_many_new_questions_one_that_is_not_ready_keeps_out_all(by):
    sound, bare = (
        Newcomer(CompetencyFactory(), slug, [], Content.made_of(FIELDS, ANCHORS, probes))
        for slug, probes in (("sound", ["And then?"]), ("bare", []))
    )
    with pytest.raises(NotReady, match="at least one probe"):
        publish_new(newcomers=[sound, bare], by=by)
    assert not Question.objects.exists()
    publish_new(newcomers=[sound], by=by)
    version = QuestionVersion.objects.current().get()
    assert (version.question.slug, version.number, version.author, version.is_published) == ("sound", 1, by, True)
    assert (Content.of(version).anchors, Content.of(version).probes) == (ANCHORS, ["And then?"])
    assert verbs() == ["question.made", "version.published"]


def test_there_is_one_draft_at_a_time(by):
    version = VersionFactory()
    start_draft(question=version.question, by=by)
    with pytest.raises(Refused, match="already a draft"):
        start_draft(question=version.question, by=by)
    assert version.question.versions.count() == 2


def test_saving_a_draft_replaces_its_words_and_parts(by):
    draft = DraftFactory()
    save_draft(version=draft, fields=FIELDS, anchors={1: "Only one.", 2: " "}, probes=["One", "", "Two"], by=by)
    said = Content.of(draft)
    assert (said.fields["prompt"], said.anchors, said.probes) == ("Which one?", {1: "Only one."}, ["One", "Two"])


def test_saving_what_is_stored_already_writes_nothing(by):
    draft = DraftFactory()
    with CaptureQueriesContext(connection) as captured:
        save(draft, by, as_of="long ago")
    assert not [q for q in captured if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def test_the_second_of_two_writers_is_told_and_overwrites_nothing(by):
    draft = DraftFactory()
    opened = Content.of(draft).stamp
    save(draft, by, as_of=opened, prompt="Mine?")
    with pytest.raises(Changed) as told:
        save(draft, UserFactory(recruiter=True), as_of=opened, prompt="Theirs?")
    draft.refresh_from_db()
    assert draft.prompt == "Mine?"
    save(draft, by, as_of=told.value.stamp, prompt="Theirs?")
    assert draft.prompt == "Theirs?"


def test_a_changed_probe_alone_counts_as_another_persons_change(by):
    draft = DraftFactory()
    opened = Content.of(draft).stamp
    said = Content.of(draft)
    save_draft(version=draft, fields=said.fields, anchors=said.anchors, probes=["Other"], by=by, as_of=opened)
    with pytest.raises(Changed):
        save(draft, by, as_of=opened, prompt="Mine?")


def test_a_published_version_takes_no_words_any_more(by):
    version = VersionFactory()
    with pytest.raises(Refused, match="published meanwhile"):
        save(version, by, prompt="Other?")


def test_publishing_puts_a_version_into_the_bank_once(by):
    draft = DraftFactory()
    publish_version(version=draft, by=by)
    assert draft.is_published
    first = draft.published_at
    with pytest.raises(Refused, match="published already"):
        publish_version(version=draft, by=by)
    draft.refresh_from_db()
    assert draft.published_at == first
    assert verbs() == ["version.published"]


def test_a_published_version_never_changes_whoever_asks_the_database():
    version = VersionFactory()
    for change in (
        lambda: type(version).objects.filter(pk=version.pk).update(prompt="x"),
        lambda: version.anchors.update(behaviour="x"),
        lambda: version.probes.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_an_unready_draft_is_not_published_and_everything_missing_is_said(by):
    draft = create_question(
        competency=CompetencyFactory(), fields={**FIELDS, "look_for": ""}, anchors={}, probes=[], by=by
    )
    with pytest.raises(NotReady) as refused:
        publish_version(version=draft, by=by)
    assert [finding.field for finding in refused.value.findings] == [
        "look_for",
        "anchor_5",
        "anchor_3",
        "anchor_1",
        "probes",
    ]
    assert str(refused.value.sentence).count(".") == 5
    draft.refresh_from_db()
    assert not draft.is_published


def test_a_competency_is_renamed_and_keeps_its_address(by):
    competency = make_competency(name="Model evaluation", definition="", by=by)
    rename_competency(competency=competency, name="Judging models", definition="More.", by=by)
    competency.refresh_from_db()
    assert (competency.slug, competency.name, competency.definition) == ("model-evaluation", "Judging models", "More.")
    assert verbs() == ["competency.made", "competency.renamed"]


def test_a_competency_may_change_the_case_of_its_own_name_but_not_take_anothers(by):
    competency = make_competency(name="statistics", definition="", by=by)
    rename_competency(competency=competency, name="Statistics", definition="", by=by)
    with pytest.raises(Refused) as refused:
        make_competency(name="STATISTICS", definition="", by=by)
    assert refused.value.field == "name"
    other = make_competency(name="New", definition="", by=by)
    assert other.slug == "new-2"
    with pytest.raises(Refused):
        rename_competency(competency=other, name="Statistics", definition="", by=by)


def test_being_asked_is_counted_and_the_last_time_never_moves_back():
    one, two = QuestionFactory(), QuestionFactory()
    today = clock.now()
    count_asked(questions=[one, two, one], at=today)
    count_asked(questions=[one], at=today - timedelta(days=3))
    assert (one.usage.times_asked, one.usage.last_asked_at) == (2, today)
    assert (two.usage.times_asked, two.usage.last_asked_at) == (1, today)
    count_asked(questions=[two], at=today + timedelta(days=3))
    assert Usage.objects.get(question=two).last_asked_at == today + timedelta(days=3)


def test_counting_takes_as_many_queries_for_three_questions_as_for_one(django_assert_num_queries):
    with CaptureQueriesContext(connection) as once:
        count_asked(questions=[QuestionFactory.build(pk=q.pk) for q in [QuestionFactory()]], at=clock.now())
    questions = [QuestionFactory() for _ in range(3)]
    made = len([q for q in once if "questions_usage" in q["sql"]])
    with CaptureQueriesContext(connection) as thrice:
        count_asked(questions=questions, at=clock.now())
    assert len([q for q in thrice if "questions_usage" in q["sql"]]) == made == 2


def test_nothing_asked_counts_nothing():
    count_asked(questions=[], at=clock.now())
    assert not Usage.objects.exists()
