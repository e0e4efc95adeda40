"""Files that are not what they should be: one clear sentence each, or the good rows with the bad ones named."""

import codecs
import io
import zipfile

import openpyxl
import pytest

from questions.intake.found import Form, Unreadable
from questions.intake.reading import read

SHEET = "Question;Guidance\nWhat is naïve Bayes?;Words counted, “as if” apart\nWhy “naïve”?;Because they are not\n"
BOTH = ["What is naïve Bayes?", "Why “naïve”?"]


def prompts(told, name="", **options):
    return [found.prompt for found in read(told, name, **options).found]


def workbook(rows, *, change=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    told = io.BytesIO()
    book.save(told)
    return told.getvalue()


def calculated(told, formula, value):
    """The same as a spreadsheet saves it: beside the formula stands what it last came to."""
    out, was = io.BytesIO(), f"<f>{formula}</f><v />".encode()
    with zipfile.ZipFile(io.BytesIO(told)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(was, f"<f>{formula}</f><v>{value}</v>".encode()))
    return out.getvalue()


def with_part(told, name, content):
    out = io.BytesIO(told)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "told",
    [
        SHEET.encode(),
        codecs.BOM_UTF8 + SHEET.encode(),
        SHEET.encode("utf-16"),
        SHEET.encode("utf-16-le"),
        SHEET.encode("utf-16-be"),
        SHEET.encode("cp1252"),
        SHEET.replace("\n", "\r\n").encode(),
        SHEET.replace("\n", "\r").encode(),
        SHEET.replace("\n", "\r\n", 1).encode(),
        SHEET.replace(";", "\t").encode(),
        SHEET.replace(", ", " ").replace(";", ",").encode(),
    ],
)
def test_encodings_line_ends_and_delimiters_are_found_out(told):
    assert prompts(told, "sheet.csv") == BOTH


@pytest.mark.parametrize(
    ("told", "name", "sentence"),
    [
        (b"", "a.csv", "nothing in this"),
        (b"\xef\xbb\xbf \r\n\r\n", "a.txt", "nothing in this"),
        (b"%PDF-1.7\n\x01\x02", "a.csv", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a.xlsx", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "old Office"),
        (bytes(range(256)) * 40, "a.txt", "not text"),
        (b"PK\x03\x04 broken", "a.xlsx", "damaged"),
        (b'[{"prompt": ', "a.json", "not sound JSON"),
        (b"[]", "a.json", "the list is empty"),
        (b"Just a letter to a friend, with nothing in it.", "a.txt", "No question was found"),
        (b"Name,Town\nAnn,Bath\nBob,York\n", "a.csv", "No column with the questions"),
        (b"x" * (50 * 1024 * 1024), "a.csv", "50 MB; at most 10 MB"),
        (b'Question,Guidance\n"What?,' + b"y" * 200_000, "a.csv", "begins in line 2 never ends"),
        (b"Question\n" + b"Why?\n" * 20_005, "a.csv", "at most 20000"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_by_a_sentence(told, name, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read(told, name)


def test_ragged_rows_and_rows_without_a_question_are_named_and_the_others_stay():
    told = "Question,Guidance\nWhat is a mean?\nWhat is a mode?,The commonest,one,two\n,Only guidance\n\nWhy?,So,,\n"
    haul = read(told.encode(), "a.csv")
    assert [(found.prompt, found.where) for found in haul.found] == [("What is a mean?", "row 2"), ("Why?", "row 6")]
    assert [left.where for left in haul.left_out] == ["row 3", "row 4"]
    assert "4 cells" in haul.left_out[0].why


def test_of_two_hundred_columns_those_with_a_known_heading_are_read():
    head = ",".join(["Question", "Answer", *(f"c{number}" for number in range(198))])
    [found] = read(f"{head}\nWhy?,Because{',x' * 198}\n".encode(), "a.csv").found
    assert (found.prompt, found.guidance) == ("Why?", "Because")
    with pytest.raises(Unreadable, match="more than 500 columns"):
        read(("Question" + ",x" * 600 + "\nWhy?\n").encode(), "a.csv")


def test_cells_pasted_out_of_a_spreadsheet_keep_their_line_breaks():
    told = 'Question\tGood answer\tBad answer\nWhat is "mean"?\t"One line\nand another"\tNone\nAnd mode?\tYes\tNo\n'
    first, second = read(told.encode()).found
    assert first.said["anchors"] == {"5": "One line\nand another", "1": "None"}
    assert second.prompt == "And mode?"


def test_a_sheet_without_headings_is_read_by_what_stands_in_it():
    told = (
        "1\tWhat is a mean?\tThe sum shared out among all of them\n2\tWhat is a mode?\tThe one that comes most often\n"
    )
    assert [(found.prompt, found.guidance[:7]) for found in read(told.encode()).found] == [
        ("What is a mean?", "The sum"),
        ("What is a mode?", "The one"),
    ]


def test_a_workbook_gives_values_and_never_runs_a_formula_or_a_macro():
    told = workbook([["Question", "Guidance", "Minutes"], ["Why?", "=1+1", 8], ["How?", "=4-2", 5.0]])
    told = calculated(told, "4-2", 2)
    told = with_part(told, "xl/vbaProject.bin", b"Sub Evil()")
    haul = read(told, "sheet.xlsm")
    assert [(found.prompt, found.guidance, found.said["minutes"]) for found in haul.found] == [
        ("Why?", "=1+1", 8),
        ("How?", "2", 5),
    ]
    told = " ".join(left.why for left in haul.left_out)
    assert "2 cells hold formulas" in told
    assert "macros" in told


def test_a_workbook_whose_first_sheet_is_empty_is_read_from_the_next():
    def change(book):
        book.create_sheet("Second").append(["Question"])
        book["Second"].append(["Why?"])

    assert prompts(workbook([], change=change), "a.xlsx") == ["Why?"]
    with pytest.raises(Unreadable, match="every sheet is empty"):
        read(workbook([]), "a.xlsx")


def test_a_bomb_is_refused_before_it_is_opened():
    bomb = with_part(workbook([["Question"]]), "xl/worksheets/sheet9.xml", b"0" * (80 * 1024 * 1024))
    assert len(bomb) < 200_000
    with pytest.raises(Unreadable, match="would unpack to 81 MB"):
        read(bomb, "a.xlsx")


def test_of_several_sheets_the_first_with_questions_is_read_and_the_others_are_named():
    def change(book):
        book.active.append(["How to use this workbook"])
        book.active.append(["Fill in the next sheet."])
        for name in ("Onsite", "Screen"):
            page = book.create_sheet(name)
            page.append(["Question", "Guidance"])
            page.append([f"What is a mean ({name})?", "The sum shared out"])

    told = workbook([], change=change)
    haul = read(told, "a.xlsx")
    assert [found.prompt for found in haul.found] == ["What is a mean (Onsite)?"]
    assert [(left.where, left.text) for left in haul.left_out] == [
        ("sheet “Sheet”", "How to use this workbook"),
        ("sheet “Screen”", "Question | Guidance"),
    ]
    assert prompts(told, "a.xlsx", sheet="Screen") == ["What is a mean (Screen)?"]
    with pytest.raises(Unreadable, match="Choose one of: Sheet, Onsite, Screen"):
        read(told, "a.xlsx", sheet="Nowhere")


def test_a_workbook_with_too_many_rows_in_all_its_sheets_is_refused(monkeypatch):
    monkeypatch.setattr("questions.intake.sheets.MOST_ROWS", 3)
    two = workbook([["Question"], ["Why?"]], change=lambda book: book.create_sheet("b").append(["How?"]))
    assert prompts(two, "a.xlsx") == ["Why?"]
    with pytest.raises(Unreadable, match="more than 3 rows"):
        read(
            workbook(
                [["Question"], ["Why?"], ["How?"]],
                change=lambda book: [book.create_sheet("b").append([n]) for n in "123"],
            ),
            "a.xlsx",
        )


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (b"<p>" * 300_000, "more than 200000 tags"),
        (b"<details><summary>Why?" * 150_000, "more than 20000 letters"),
        (b"<div><p><p>" + b"Why? " * 5000, "more than 20000 letters"),
        (b"[" * 300_000, "more than 20000 letters"),
        (b"1. Why is it so?\n" * 110_000, "more than 20000 paragraphs"),
        (b"[" + b'"Why?",' * 20_000 + b'"Why?"]', "has 20001 rows"),
    ],
    ids=["tags", "words between tags", "one paragraph", "brackets", "lines", "entries"],
)
def test_what_would_take_minutes_to_read_is_refused_in_one_sentence(told, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read(told)


def test_entities_in_a_workbook_are_refused():
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([["Question"], ["Why?"]]))) as old, zipfile.ZipFile(told, "w") as new:
        for name in old.namelist():
            new.writestr(name, evil if name.startswith("xl/worksheets/") else old.read(name))
    with pytest.raises(Unreadable, match="damaged"):
        read(told.getvalue(), "a.xlsx")


def test_other_archives_are_called_by_their_name():
    for part, sentence in (("word/document.xml", "Word document"), ("notes.txt", "an archive")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(part, "x")
        with pytest.raises(Unreadable, match=sentence):
            read(out.getvalue(), "a.xlsx")


def test_a_list_of_objects_under_any_names_is_read():
    haul = read(b'{"questions": [{"question": "Why?", "answer": "Because"}, "How?", {"answer": "no"}, 7]}', "a.json")
    assert haul.form is Form.RECORDS
    assert [(found.prompt, found.guidance) for found in haul.found] == [("Why?", "Because"), ("How?", "")]
    assert [left.where for left in haul.left_out] == ["entry 3", "entry 4"]


def test_a_page_that_never_closes_an_element_is_still_read():
    deep = "<div>" * 5000 + "<ol><li>What is a mean?<li>What is a mode?" + "<b>" * 5000
    assert prompts(deep.encode(), "a.html") == ["What is a mean?", "What is a mode?"]
