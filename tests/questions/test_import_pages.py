"""Importing through the pages: looked over first, written at once, undone at once."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from foundation import clock
from questions import batches
from questions.actions import publish_version, save_draft
from questions.content import Content
from questions.models import ColumnMemory, Import, Question, QuestionVersion
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory
from tests.factories.questions import QuestionFactory

pytestmark = pytest.mark.django_db
NEW = "/questions/import/"
ARTICLE = """Questions for a panel
1. What does recall tell you?
The share that was found.
2. Which error costs more?
- Ask who bears it
Subscribe to our newsletter
"""


@pytest.fixture
def person(client):
    CompetencyFactory(slug="judging", name="Judging models", definition="Recall, precision, errors.")
    person = UserFactory(is_recruiter=True)
    client.force_login(person)
    return person


def bring(client, text="", **fields):
    answer = client.post(NEW, {"text": text, **fields})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.get(pk=int(answer.url.rstrip("/").rsplit("/", 1)[1]))


def press(client, batch, what, **fields):
    return client.post(reverse("questions:import_detail", args=[batch.pk]), {"do": what, **fields}, follow=True)


def test_a_pasted_article_is_shown_whole_and_nothing_is_written_before_it_is_confirmed(client, person):
    batch = bring(client, ARTICLE)
    page = client.get(reverse("questions:import_detail", args=[batch.pk])).content.decode()
    for words in (
        "What does recall tell you?",
        "The share that was found.",
        "Subscribe to our newsletter",
        "Judging models",
    ):
        assert words in page
    assert not Question.objects.exists()
    assert "2 drafts are made." in press(client, batch, "write").content.decode()
    assert [draft.title for draft in QuestionVersion.objects.order_by("pk")] == [
        "What does recall tell you?",
        "Which error costs more?",
    ]
    assert not QuestionVersion.objects.published().exists()


def test_a_row_can_be_mended_dropped_and_taken_back(client, person):
    other = CompetencyFactory(slug="asking")
    batch = bring(client, ARTICLE)
    first, second = (reverse("questions:import_row", args=[batch.pk, place]) for place in (1, 2))
    words = {"prompt": "What does precision tell you?", "guidance": "Right ones", "competency": "asking", "level": "advanced", "type": "scenario", "good": "The formula", "bad": ""}  # fmt: skip
    assert client.post(first, words).url == reverse("questions:import_detail", args=[batch.pk]) + "#row-1"
    client.post(second, {"do": "drop"})
    assert "1 of 2 becomes a draft" in " ".join(
        client.get(reverse("questions:import_detail", args=[batch.pk])).content.decode().split()
    )
    press(client, batch, "write")
    draft = QuestionVersion.objects.get()
    assert (draft.prompt, draft.level, draft.kind, draft.question.competency) == (
        "What does precision tell you?",
        "advanced",
        "scenario",
        other,
    )
    assert Content.of(draft).anchors == {5: "The formula"}


def test_htmx_swaps_a_row_and_the_figures(client, person):
    batch = bring(client, ARTICLE)
    row = reverse("questions:import_row", args=[batch.pk, 1])
    form = client.get(row, headers={"HX-Request": "true"}).content.decode()
    assert form.lstrip().startswith('<article id="row-1">')
    dropped = client.post(row, {"do": "drop"}, headers={"HX-Request": "true"}).content.decode()
    assert "Take it back" in dropped
    assert 'hx-swap-oob="true"' in dropped
    assert (
        "become drafts"
        not in client.post(row, {"do": "take"}, headers={"HX-Request": "true"})
        .content.decode()
        .split("import-figures")[0]
    )


def test_columns_are_told_once_and_remembered_for_the_next_sheet_of_the_kind(client, person):
    sheet = "Frage\tGut\tSchlecht\nWhat is a mean?\tThe sum shared out\tThe middle\n"
    batch = bring(client, sheet)
    page = client.get(reverse("questions:import_detail", args=[batch.pk])).content.decode()
    assert "What each column holds" in page
    told = {"column_0": "prompt", "column_1": "anchor_5", "column_2": "anchor_1"}
    assert press(client, batch, "columns", **told | {"column_0": ""}).status_code == 422
    press(client, batch, "columns", **told)
    assert batch.rows.get().said["anchors"] == {"5": "The sum shared out", "1": "The middle"}
    assert ColumnMemory.objects.get().person == person
    assert bring(client, sheet.replace("mean", "mode")).rows.get().said["anchors"]["1"] == "The middle"
    client.force_login(UserFactory(is_recruiter=True))
    assert "anchors" not in bring(client, sheet).rows.get().said


def test_another_sheet_of_a_workbook_is_read_when_it_is_chosen(client, person):
    book = Workbook()
    for page, prompt in ((book.active, "What is a mean?"), (book.create_sheet("Screen"), "What is a mode?")):
        page.append(["Question", "Remarks of ours"])
        page.append([prompt, "The sum shared out"])
    told = io.BytesIO()
    book.save(told)
    batch = bring(client, file=SimpleUploadedFile("a.xlsx", told.getvalue()))
    page = client.get(f"/questions/import/{batch.pk}/")
    assert batch.rows.get().found["prompt"] == "What is a mean?"
    assert "Screen, 1 rows" in page.text
    assert "Another sheet of this workbook" in page.text
    press(client, batch, "sheet", sheet="1")
    assert batch.rows.get().found["prompt"] == "What is a mode?"
    press(client, batch, "columns", column_0="prompt", column_1="guidance")
    assert (batch.rows.get().found["prompt"], batch.rows.get().found["guidance"]) == (
        "What is a mode?",
        "The sum shared out",
    )
    assert press(client, batch, "sheet", sheet="7").status_code == 422
    assert 'name="sheet"' not in client.get(f"/questions/import/{bring(client, '1. Why?').pk}/").text


def test_undo_deletes_the_drafts_that_nobody_has_changed_and_names_the_others(client, person):
    batch = bring(client, "1. First one?\n2. Second one?\n3. Third one?\n4. Fourth one?")
    press(client, batch, "write")
    _first, second, third, fourth = QuestionVersion.objects.order_by("pk")
    said = Content.of(second)
    save_draft(version=second, fields={**said.fields, "purpose": "Mended."}, anchors={}, probes=[], by=person)
    pattern = DraftFactory()
    whole = Content.of(pattern)
    pattern.delete()
    pattern.question.delete()
    kept = {"title": third.title, "prompt": third.prompt}
    save_draft(version=third, fields=whole.fields | kept, anchors=whole.anchors, probes=whole.probes, by=person)
    publish_version(version=third, by=person)
    page = press(client, batch, "undo").content.decode()
    assert "2 drafts are deleted." in page
    assert "Second one?, Third one?" in page
    assert [version.pk for version in QuestionVersion.objects.order_by("pk")] == [second.pk, third.pk]
    assert Question.objects.count() == 2
    assert press(client, batch, "undo").status_code == 409
    assert fourth.pk


def test_undo_takes_back_a_next_version_and_leaves_the_question(client, person):
    known = VersionFactory(question=QuestionFactory(slug="judge", competency=CompetencyFactory()))
    batch = bring(client, '[{"slug": "judge", "prompt": "Quite another question?"}]')
    press(client, batch, "write")
    assert known.question.versions.count() == 2
    press(client, batch, "undo")
    assert list(known.question.versions.all()) == [known]


def test_nothing_is_written_twice_and_a_written_import_cannot_be_mended(client, person):
    batch = bring(client, ARTICLE)
    press(client, batch, "write")
    assert press(client, batch, "write").status_code == 409
    assert press(client, batch, "discard").status_code == 409
    assert client.get(reverse("questions:import_row", args=[batch.pk, 1])).status_code == 404
    assert Question.objects.count() == 2


def test_an_import_is_thrown_away_whole_and_old_ones_go_by_themselves(client, person):
    batch, old = bring(client, ARTICLE), bring(client, ARTICLE)
    press(client, batch, "discard")
    Import.objects.filter(pk=old.pk).update(created_at=clock.now() - batches.KEPT_FOR * 2)
    latest = bring(client, ARTICLE)
    assert [*Import.objects.all()] == [latest]


def test_nobody_else_sees_an_import(client, person):
    batch = bring(client, ARTICLE)
    client.force_login(UserFactory(is_recruiter=True))
    assert client.get(reverse("questions:import_detail", args=[batch.pk])).status_code == 404
    assert "Pasted text" not in client.get(NEW).content.decode()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("plan.pdf", b"%PDF-1.7 \x00"), "This is a PDF"),
        (SimpleUploadedFile("big.csv", b"x" * (11 * 1024 * 1024)), "11 MB; at most 10 MB"),
        (SimpleUploadedFile("empty.csv", b""), "nothing in this"),
        (SimpleUploadedFile("n.csv", b"a,b\n1,2\n"), None),
    ],
)
def test_what_is_wrong_with_a_file_stands_beside_the_file(client, person, file, sentence):
    answer = client.post(NEW, {"text": "", "file": file})
    if sentence is None:  # a sheet without a known column is asked about, not refused
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Import.objects.exists()


def test_a_preview_asks_the_same_number_of_times_for_any_number_of_rows(client, person, django_assert_num_queries):
    few, many = bring(client, "1. Only one?"), bring(client, "\n".join(f"{n}. Is it {n}?" for n in range(1, 31)))
    with django_assert_num_queries(7):
        client.get(reverse("questions:import_detail", args=[few.pk]))
    with django_assert_num_queries(7):
        client.get(reverse("questions:import_detail", args=[many.pk]))


def test_hostile_words_come_through_as_words(client, person):
    batch = bring(client, '[{"prompt": "Why \\u0000<script>alert(1)</script> \\ud800?", "guidance": "=cmd()"}]')
    page = client.get(reverse("questions:import_detail", args=[batch.pk])).content.decode()
    assert "<script>alert(1)" not in page


STRANGE = (
    "Question,Skill,Difficulty\nWhat is a mean?,Stats,L1\nWhat is a mode?,stats,L1\nWhat is a median?,C++,\n"
    "What do you offer first?,C,senior\nWhich error costs more?,Judging models,beginner\n"
)


def test_a_label_that_the_bank_does_not_know_is_told_once_for_all_its_rows_and_remembered(client, person):
    batch = bring(client, STRANGE)
    page = client.get(f"/questions/import/{batch.pk}/")
    form = page.context["wordings"]
    keys = {one.label: one.key for one in form.strange}
    assert [(one.part, one.label, one.rows) for one in form.strange] == [
        ("level", "L1", 2), ("competency", "Stats", 2), ("competency", "C", 1), ("competency", "C++", 1)
    ]  # fmt: skip
    assert page.context["writing"] == 3
    told = {keys["Stats"]: "judging", keys["L1"]: "beginner", keys["C"]: "+", keys["C++"]: "+"}
    assert press(client, batch, "wordings", **told | {keys["L1"]: "mauve"}).status_code == 422
    assert press(client, batch, "wordings", **told).context["writing"] == 5
    press(client, batch, "write")
    made = Question.objects.order_by("pk").values_list("competency__name", "versions__level")
    assert [*made] == [
        ("Judging models", "beginner"), ("Judging models", "beginner"), ("C++", "intermediate"), ("C", "advanced"), ("Judging models", "beginner")
    ]  # fmt: skip
    again = client.get(f"/questions/import/{bring(client, STRANGE.replace(' is ', ' was ')).pk}/")
    assert [one.label for one in again.context["wordings"].strange] == ["L1", "Stats"]
    assert again.context["wordings"].is_all_told
    assert again.context["writing"] == 5


def test_a_sheet_of_ours_is_not_asked_about_competencies_that_it_names_itself(client, person):
    owls = CompetencyFactory(slug="owls", name="All owls", definition="Hoots.")
    DraftFactory(question=QuestionFactory(slug="two-owls", competency=owls))
    told = client.get("/questions/export/?format=csv&state=drafts").content
    for model in (QuestionVersion, Question):
        model.objects.all().delete()
    owls.delete()
    batch = bring(client, file=SimpleUploadedFile("questions.csv", told))
    page = client.get(f"/questions/import/{batch.pk}/")
    assert page.context["wordings"] is None
    assert "The competency “All owls” is made with it." in page.text
    press(client, batch, "write")
    assert Question.objects.get().competency.definition == "Hoots."


def test_a_row_of_a_new_competency_keeps_it_until_another_is_chosen(client, person):
    batch = bring(client, STRANGE)
    form = client.get(f"/questions/import/{batch.pk}/").context["wordings"]
    press(client, batch, "wordings", **{one.key: "+" for one in form.strange if one.part == "competency"})
    for place, competency in ((3, "c"), (4, "judging")):
        address = reverse("questions:import_row", args=[batch.pk, place])
        fields = {**client.get(address).context["form"].initial, "prompt": f"Said otherwise in {place}?"}
        client.post(address, fields | ({} if place == 3 else {"competency": competency}))
    assert [batch.rows.get(position=place).told["competency_name"] for place in (3, 4)] == ["C++", "Judging models"]
    press(client, batch, "write")
    made = dict(QuestionVersion.objects.values_list("prompt", "question__competency__name"))
    assert made["Said otherwise in 3?"] == "C++"
    assert made["Said otherwise in 4?"] == "Judging models"
