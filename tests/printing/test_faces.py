"""The typefaces: which scripts print wherever one is, what a screen loads, and what is said when a letter has no face."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import page as checker
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf import PdfReader

from printing import pdf
from printing.scripts import SHIPPED, letters_without_face
from tests.committee.panels import held, seal
from tests.faces import FACES, SHEETS, STATIC, signs
from tests.factories import MembershipFactory, PlanFactory, ScorecardFactory
from tests.printing import papers
from tests.printing.papers import html_of, kit, packet, scorecard

needs_pango = pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made")

TEXT = "Plain, Ωμέγα, Привет Ґ, שָׁלוֹם, مرحبا بكم, 😀 ✅ 👩‍💻 ≠ → ✓ 2‑3"
RARE = "\U00010600"  # of a script that nobody has typed for three thousand years


def page_of(text):
    styled = "".join(f"<p{mark}>{text}</p>" for mark in ("", " class='said'", " class='digest'"))
    return f"<html lang='en'><head><title>x</title></head><body><h1>x</h1>{styled}<p><b>{text}</b></p></body></html>"


def in_a_process(code, *, fonts=None):
    """What `code` writes in a process of its own, on a machine whose only typefaces stand in the folder `fonts`."""
    env = dict(os.environ, DJANGO_SETTINGS_MODULE="interviewkit.settings", PYTHONWARNINGS="ignore")
    if fonts:
        (fonts / "fonts.conf").write_text(
            "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'urn:fontconfig:fonts.dtd'>"
            f"<fontconfig><dir>{fonts}</dir><cachedir>{fonts}/cache</cachedir></fontconfig>"
        )
        env["FONTCONFIG_FILE"] = str(fonts / "fonts.conf")
    start = "import sys, django; django.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", start + code], env=env, cwd=STATIC.parent, capture_output=True, check=True
    )
    return done.stdout


def install_face(folder, family, letters):
    """A typeface with a square for each letter."""
    pen = TTGlyphPen(None)
    for step, place in enumerate([(0, 0), (0, 700), (700, 700), (700, 0)]):
        (pen.lineTo if step else pen.moveTo)(place)
    pen.closePath()
    names = [".notdef", "square"]
    made = FontBuilder(1000)
    made.setupGlyphOrder(names)
    made.setupCharacterMap({ord(letter): "square" for letter in letters})
    made.setupGlyf(dict.fromkeys(names, pen.glyph()))
    made.setupHorizontalMetrics(dict.fromkeys(names, (800, 0)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": family, "styleName": "Regular"})
    made.setupOS2()
    made.setupPost()
    made.save(folder / "face.ttf")


def faces_in(content):
    reader = PdfReader(io.BytesIO(content))
    return {
        face.get_object()["/BaseFont"].partition("+")[2]
        for sheet in reader.pages
        for face in sheet["/Resources"]["/Font"].values()
    }


PRINT = f"from printing.pdf import render_pdf; sys.stdout.buffer.write(render_pdf({page_of(TEXT + ' 漢')!r}))"


@needs_pango
def test_with_no_typeface_installed_every_shipped_script_prints(tmp_path):
    code = f"from printing.pdf import render_pdf; sys.stdout.buffer.write(render_pdf({page_of(TEXT)!r}))"
    content = in_a_process(code, fonts=tmp_path)
    report = checker.validate_pdf_bytes(content, profile=checker.ValidationProfile.PDF_UA_1)
    assert [found.message for found in report.failures] == []  # a letter without a glyph would be one
    assert {re.sub(r"-(Italic|Medium|Semi-Bold|Oblique)$", "", name) for name in faces_in(content)} == {
        "IBM-Plex-Sans", "IBM-Plex-Serif", "IBM-Plex-Mono", "IBM-Plex-Sans-Arabic", "IBM-Plex-Sans-Hebrew", "emoji",
    }  # fmt: skip


@needs_pango
def test_an_installed_face_prints_what_we_do_not_ship_and_never_our_own_emoji(tmp_path):
    install_face(tmp_path, "Noto Color Emoji", "漢😀✅A")
    faces = faces_in(in_a_process(PRINT, fonts=tmp_path))
    assert "emoji" in faces
    assert {face for face in faces if "Noto" in face} == {"Noto-Color-Emoji"}


@needs_pango
@pytest.mark.parametrize(("letters", "missing"), [("A", "漢"), ("A漢", "")])
def test_a_letter_is_missing_until_a_face_for_it_is_installed(tmp_path, letters, missing):
    install_face(tmp_path, "Some Face", letters)
    code = f"from printing.scripts import *; sys.stdout.buffer.write(letters_without_face({TEXT + ' 漢'!r}).encode())"
    assert in_a_process(code, fonts=tmp_path).decode() == missing


def test_the_letters_called_shipped_have_glyphs_in_the_shipped_faces():
    held_by = set()
    for script in ("", "Arabic", "Hebrew"):
        held_by |= signs(STATIC / f"vendor/ibm-plex/IBMPlexSans{script}-Regular.woff")
    called = [code for code in range(0x80, 0x2000) if SHIPPED.fullmatch(chr(code)) and chr(code).isalpha()]
    assert len(called) > 800
    assert [chr(code) for code in called if code not in held_by] == []


@needs_pango
@pytest.mark.django_db
def test_what_cannot_be_printed_is_said_before_printing(signed_in):
    if not letters_without_face(RARE):
        pytest.skip("this machine has a face for Linear A")
    panel = held(1)
    card = seal(ScorecardFactory(interview=panel.cards[0].interview), summary=f"They said {RARE}.")
    client = signed_in(card.interviewer)
    said = client.get(f"/scorecards/{card.pk}.pdf?from=here&from=there")
    assert said.headers["Content-Type"].startswith("text/html")
    assert f"No typeface on the server has {RARE}" in said.text
    assert "apt-get install" in said.text
    assert f"They said {RARE}." in said.text
    anyway = re.search(r'href="([^"]*anyway=1)"', said.text)[1].replace("&amp;", "&")
    assert anyway == f"/scorecards/{card.pk}.pdf?from=here&from=there&anyway=1"
    assert client.get(anyway).content.startswith(b"%PDF")


@needs_pango
def test_the_same_facts_give_the_same_bytes_in_two_processes():
    foreign = {"candidate": papers.HEBREW, "role": "مهندس تعلم الآلة", "evidence": papers.RTL}
    pages = [html_of(packet(1, 1, **foreign)), html_of(scorecard(1, **foreign)), html_of(kit(1, 1, role=papers.ARABIC))]
    code = f"from printing.pdf import render_pdf\nfor html in {pages!r}: sys.stdout.buffer.write(render_pdf(html))"
    assert in_a_process(code) == b"".join(map(pdf.render_pdf, pages))


@needs_pango
@pytest.mark.django_db
def test_two_readers_of_a_scorecard_and_of_a_kit_get_the_same_bytes(signed_in):
    panel = held(1)
    card, plan = panel.cards[0], PlanFactory()
    one, two = (MembershipFactory(role=plan.role, **duty).user for duty in ({"recruiter": True}, {"committee": True}))
    two.zone = "Asia/Tokyo"
    two.save()
    readers = {f"/scorecards/{card.pk}.pdf": (card.interviewer, panel.manager), f"/plans/{plan.pk}/kit.pdf": (one, two)}
    for address, people in readers.items():
        answers = [signed_in(person).get(address) for person in people]
        assert {answer.status_code for answer in answers} == {200}
        assert answers[0].content == answers[1].content


@pytest.mark.parametrize("name", SHEETS)
def test_the_style_sheets_are_the_ones_that_the_list_of_faces_writes(name):
    assert (STATIC / name).read_text() == SHEETS[name]()


def _ranges():
    """(family, weight, style) → [(file, code points)] of the sheet for screens."""
    found = {}
    for rule in re.findall(r"@font-face \{ ([^}]*) \}", (STATIC / "css/fonts.css").read_text()):
        said = dict(part.split(": ", 1) for part in rule.split("; "))
        codes = set()
        for run in said["unicode-range"].split(","):
            first, _, last = run.removeprefix("U+").partition("-")
            codes |= set(range(int(first, 16), int(last or first, 16) + 1))
        key = said["font-family"], said.get("font-weight", "400"), said.get("font-style", "normal")
        found.setdefault(key, []).append((re.search(r'vendor/([^"]+)', said["src"])[1], codes))
    return found


def test_on_screens_each_sign_of_a_face_comes_from_one_file_that_holds_it():
    pieces = _ranges()
    for family, weight, style, stem in FACES[:7]:
        claimed = pieces[f'"{family}"', str(weight), style]
        holds = {file: signs(STATIC / "vendor" / file) for file, _codes in claimed}
        for code in signs(STATIC / "vendor" / f"{stem}.woff"):
            files = [file for file, codes in claimed if code in codes]
            assert len(files) == 1, (stem, hex(code))
            assert code in holds[files[0]]


def test_a_page_in_english_loads_one_small_file_of_each_face_and_all_faces_are_small_enough_to_ship():
    english = {ord(sign) for sign in "The quick brown fox jumps over 13 lazy dogs – “said” ‘so’ … £5 × 2 · é ü ß"}
    for family, claimed in _ranges().items():
        loaded = [file for file, codes in claimed if codes & english]
        assert len(loaded) == ("Arabic" not in family[0] and "Hebrew" not in family[0])
        assert all((STATIC / "vendor" / file).stat().st_size < 25_000 for file in loaded)
    shipped = [path for path in (STATIC / "vendor").glob("*/*") if path.suffix in {".woff", ".woff2"}]
    assert sum(path.stat().st_size for path in shipped) < 5_000_000
    assert {Path(file).suffix for file in shipped} == {".woff", ".woff2"}
