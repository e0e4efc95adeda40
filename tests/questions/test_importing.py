"""Importing: drafts out of what people bring, with nothing written before it is wanted and nothing published."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from accounts.house import settle
from accounts.models import Entry
from questions.actions import publish_version
from questions.batches import start_import, write_import
from questions.content import Content
from questions.importing import Fate, import_drafts, plan
from questions.intake.reading import read
from questions.lint import NotReady
from questions.models import Competency, Question, QuestionVersion
from questions.records import as_json, drafted_records, published_records
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory
from tests.factories.questions import QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    settle("real")
    CompetencyFactory(slug="talking", name="Talking plainly", definition="Explaining figures to people.")
    return CompetencyFactory(
        slug="judging", name="Judging models", definition="Measures, recall, precision, calibration."
    )


def planned(text, name="sheet.csv"):
    return plan(read(text.encode(), name).found)


SHEET = """Question,Guidance,Good answer,Bad answer,Competency,Level,Minutes
What does recall tell you?,"The share found
Not the share that is right",Gives the formula and a cost,Names accuracy,Judging models,advanced,6
Explain a figure to a lawyer,,,,,,
"""


def test_a_sheet_becomes_drafts_with_its_good_and_bad_answers_as_anchors(shelf):
    author = UserFactory(is_recruiter=True)
    first, second = import_drafts(planned=planned(SHEET), by=author)
    assert (first.is_published, first.author) == (False, author)
    content = Content.of(first)
    assert content.anchors == {5: "Gives the formula and a cost", 1: "Names accuracy"}
    assert content.fields["look_for"] == "The share found\nNot the share that is right"
    assert (first.level, first.minutes, first.question.competency.slug) == ("advanced", 6, "judging")
    assert (second.title, second.question.competency.slug) == ("Explain a figure to a lawyer", "talking")
    assert Entry.objects.filter(verb="question.made", actor=author).count() == 2


def test_planning_writes_nothing_and_asks_the_same_number_of_times_for_any_number_of_rows(
    shelf, django_assert_num_queries
):
    for rows in (1, 40):
        sheet = "Question\n" + "".join(f"What would you do about number {row}?\n" for row in range(rows))
        with django_assert_num_queries(7):
            planned(sheet)
    assert not Question.objects.exists()


def test_a_row_that_cannot_be_kept_is_named_with_its_reason_and_the_others_are_written(shelf):
    rows = planned(
        "Question,Level,Minutes\nWhat is a mean?,easy,5\nWhat is a mode?,purple,5\nWhy so slow?,hard,soon\n"
        + "x" * 1300
        + ",hard,5\n"
    )
    assert [row.fate for row in rows] == [Fate.NEW, Fate.FAULTY, Fate.FAULTY, Fate.FAULTY]
    assert [row.found.where for row in rows] == ["row 2", "row 3", "row 4", "row 5"]
    for row, word in zip(rows[1:], ("purple", "soon", "1200"), strict=True):
        assert word in row.sentence
    assert len(import_drafts(planned=rows, by=None)) == 1


def test_titles_and_slugs_stay_apart_from_those_of_the_bank_and_of_one_another(shelf):
    VersionFactory(question=QuestionFactory(slug="what-is-a-mean", competency=shelf), title="What is a mean?")
    drafts = import_drafts(planned=planned("Question\nWhat is a mean?\nWhat is a mean?\nNew?\n"), by=None)
    assert [draft.title for draft in drafts] == ["What is a mean? (2)", "What is a mean? (3)", "New?"]
    assert len({draft.question.slug for draft in drafts}) == 3


def test_near_duplicates_are_told_of_the_bank_and_of_the_same_import(shelf):
    known = VersionFactory(
        question=QuestionFactory(competency=shelf), prompt="How do you choose between recall and precision?"
    )
    rows = planned("Question\nHow would you choose between precision and recall?\nWhat is an owl?\nWhat is an owl??\n")
    assert [[twin.version or twin.place for twin in row.twins] for row in rows] == [[known.pk], [], [1]]


def whole_version(competency, slug="two-models", title="Zwei Modelle, 两个"):
    draft = DraftFactory(
        question=QuestionFactory(slug=slug, competency=competency, source_ids=["A2", "T11"]),
        title=title, tags="a, b", placeholders={"z": "=1", "a": "2"}, nice_to_have="More\n-1 is less",
        scoring_note="Note.\n\n## A heading\n\\# and a backslash", references="A book\nAnother", change_note="Why.",
        prompt="=SUM(A1) or\n\n```\n# code\n\tindented\n```\nwhich?", number=3, review_by="2027-11-01",
    )  # fmt: skip
    draft.sample_answers.create(level=5, text="+Both.\n\nI say | so.")
    return draft


def test_our_own_json_comes_back_byte_for_byte(shelf):
    whole_version(shelf)
    before = as_json(drafted_records())
    for model in (QuestionVersion, Question, Competency):
        model.objects.all().delete()
    import_drafts(planned=planned(before, "bank.json"), by=None)
    assert as_json(drafted_records()) == before
    made = Competency.objects.get()
    assert (made.name, made.definition) == ("Judging models", "Measures, recall, precision, calibration.")


def record_of_judging(**told):
    return {
        "slug": "two-models", "prompt": "Which of the two?", "competency": "judging-models",
        "competency_name": "judging MODELS", "competency_definition": "Quite another.", **told,
    }  # fmt: skip


def test_a_competency_of_the_house_is_known_by_its_slug_or_its_name_and_keeps_its_words(shelf):
    told = [
        record_of_judging(),
        record_of_judging(slug="three", competency="judging", competency_name="Judging people"),
    ]
    rows = planned(json.dumps(told), "bank.json")
    assert [(row.competency, row.new_competency) for row in rows] == [("judging", ""), ("judging", "")]
    import_drafts(planned=rows, by=None)
    assert list(Competency.objects.values_list("name", flat=True)) == ["Judging models", "Talking plainly"]
    shelf.refresh_from_db()
    assert shelf.definition == "Measures, recall, precision, calibration."


def test_a_competency_is_made_once_whichever_rows_tell_of_it_and_from_files_that_tell_only_its_slug(shelf):
    told = [
        record_of_judging(slug="one", competency="owls", competency_name="All owls", competency_definition="Hoots."),
        record_of_judging(slug="two", competency="owls", competency_name="Some owls"),
        record_of_judging(slug="three", competency="birds", competency_name="all owls"),
        {"slug": "four", "prompt": "Who sings?", "competency": "song-birds"},
    ]
    drafts = import_drafts(planned=planned(json.dumps(told), "bank.json"), by=None)
    assert [draft.question.competency.slug for draft in drafts] == ["owls", "owls", "owls", "song-birds"]
    made = Competency.objects.exclude(slug__in=["judging", "talking"]).values_list("slug", "name", "definition")
    assert sorted(made) == [("owls", "All owls", "Hoots."), ("song-birds", "Song birds", "")]


def test_a_row_whose_competency_could_not_be_kept_is_named_with_the_reason(shelf):
    told = [
        record_of_judging(competency="owls", competency_name="Owl" * 30),
        record_of_judging(competency="owls", competency_name="Owls", competency_definition="x" * 601),
        record_of_judging(competency="owls" * 20, competency_name="Owls"),
    ]
    for row, part in zip(planned(json.dumps(told), "bank.json"), ("name", "definition", "slug"), strict=True):
        assert row.fate is Fate.FAULTY
        assert row.sentence.startswith(f"competency_{part}: ")
    assert not Competency.objects.filter(name__startswith="Owl").exists()


def test_why_a_protected_topic_was_let_pass_travels_with_the_question_and_whoever_publishes_it_says_so(shelf):
    there, here = UserFactory(recruiter=True), UserFactory(recruiter=True)
    scene = DraftFactory(
        question=QuestionFactory(slug="scene", competency=shelf),
        title="A scene",
        prompt="Tell the clerk in this scene: “How old are you?”",
    )
    publish_version(version=scene, by=there, reason="Said to a clerk.")
    # Under another name it is as new to this house as to any other.
    told = as_json(published_records()).replace('"scene"', '"other"').replace("A scene", "Another")
    assert json.loads(told)[0]["overruled"] == [{"rule": "E5", "field": "prompt", "reason": "Said to a clerk."}]
    [draft] = import_drafts(planned=planned(told, "bank.json"), by=here)
    assert as_json(drafted_records()) == told
    [carried] = draft.overrides.all()
    assert (carried.by, carried.reason) == (None, "Said to a clerk.")
    assert "no place in an interview" in carried.sentence
    with pytest.raises(NotReady):
        publish_version(version=draft, by=here)
    publish_version(version=draft, by=here, reason="Said to a clerk.")
    assert draft.overrides.get(rule="E5").by == here


def test_importing_what_stands_in_the_bank_changes_nothing_and_other_words_become_its_next_version(shelf):
    VersionFactory(question=QuestionFactory(slug="judge", competency=shelf), title="Judge")
    records = json.loads(as_json(published_records()))
    assert [row.fate for row in planned(json.dumps(records), "a.json")] == [Fate.SAME]
    records[0]["prompt"] = "Which one, and why?"
    [draft] = import_drafts(planned=planned(json.dumps(records), "a.json"), by=None)
    assert (draft.question.slug, draft.number, draft.prompt) == ("judge", 2, "Which one, and why?")
    assert [row.fate for row in planned(json.dumps(records), "a.json")] == [Fate.SAME]


def test_the_command_shows_what_it_found_and_writes_only_when_told(shelf, tmp_path, capsys):
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET + ",only guidance\n")
    call_command("import_questions", str(path), "--json")
    said = capsys.readouterr()
    [first, second] = json.loads(said.out)
    assert (first["number"], first["prompt"], first["duplicates"]) == (1, "What does recall tell you?", [])
    assert first["guidance"] == "The share found\nNot the share that is right"
    assert second["guidance"] == ""
    assert "row 4" in said.err
    assert "Nothing was written" in said.err
    assert not Question.objects.exists()
    call_command("import_questions", str(path), "--commit")
    assert QuestionVersion.objects.filter(published_at=None).count() == 2
    assert not QuestionVersion.objects.published().exists()


def test_a_file_that_cannot_be_read_is_one_sentence(shelf, tmp_path):
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.7\n\x00\x01")
    with pytest.raises(CommandError, match="This is a PDF"):
        call_command("import_questions", str(path))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_questions", str(tmp_path / "none.csv"))


@pytest.mark.long
def test_of_ten_thousand_rows_each_bad_one_is_named_with_its_reason_and_all_others_are_written(shelf):
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerow(["Question", "Guidance", "Level", "Minutes"])
    bad = dict.fromkeys(range(100, 10_000, 540), ("mauve", "8", "level: “mauve” is none of ours"))
    bad |= dict.fromkeys(range(370, 10_000, 540), ("easy", "soon", "minutes: “soon” is no number"))
    assert len(bad) == 37
    for row in range(10_000):
        level, minutes, _reason = bad.get(row, ("easy", "8", ""))
        writer.writerow([f"What does case {row} of {row % 97} show about owls?", "It depends.", level, minutes])
    author = UserFactory(is_recruiter=True)
    batch = start_import(told=told.getvalue().encode(), name="owls.csv", by=author)
    faulty = batch.rows.filter(told__fate="faulty").order_by("position")
    named = [(row.found["where"], row.told["sentence"]) for row in faulty]
    assert [where for where, _sentence in named] == [f"row {row + 2}" for row in sorted(bad)]
    for (_where, sentence), row in zip(named, sorted(bad), strict=True):
        assert sentence.startswith(bad[row][2])
    assert not QuestionVersion.objects.exists()
    assert write_import(batch=batch, by=author) == 9_963
    drafts = QuestionVersion.objects.filter(import_row__batch=batch, published_at=None, author=author)
    assert drafts.count() == Question.objects.count() == 9_963
    assert not drafts.filter(import_row__in=faulty).exists()
