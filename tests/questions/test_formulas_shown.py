"""Formulas in a question: drawn where it is read, in words where it is listed and sought, as typed where it is edited."""

import pytest

from questions.duplicates import fingerprint
from questions.exporting import as_json
from questions.lint import lint_version
from questions.records import record_of
from questions.search import Wanted
from tests.factories import UserFactory, VersionFactory

pytestmark = pytest.mark.django_db
PROMPT = r"What does $\sqrt{\frac{p}{n}}$ tell?"
IN_WORDS = "What does square root of (p over n) tell?"
DRAWN = "<title>square root of (p over n)</title>"


@pytest.fixture
def version():
    return VersionFactory(title="Spread", prompt=PROMPT, purpose="Why $n_0$?", look_for="Names $\\theta$\nTwo\nThree")


def test_the_page_of_a_question_draws_its_formulas(signed_in, version):
    page = signed_in(UserFactory()).get(f"/questions/{version.question.slug}/").content.decode()
    for words in ("square root of (p over n)", "n sub 0", "theta"):
        assert f"<title>{words}</title>" in page
    assert "$" not in page
    assert " style=" not in page


def test_a_formula_over_several_lines_is_drawn_where_a_text_is_set_line_by_line(signed_in):
    version = VersionFactory(prompt="Read this:\n$$\n\\frac{p}{n}\n$$\nWhat is it?")
    page = signed_in(UserFactory()).get(f"/questions/{version.question.slug}/").content.decode()
    assert "<title>p over n</title>" in page
    assert "$$" not in page


def test_a_formula_over_several_lines_of_a_list_is_an_error():
    version = VersionFactory(look_for="Names $$\n\\theta\n$$\nTwo", purpose="Why\n$$\n\\theta\n$$")
    [found] = [finding for finding in lint_version(version) if finding.rule == "E10"]
    assert (found.field, "on one line" in found.sentence) == ("look_for", True)


def test_a_list_says_them_and_finds_them_by_their_words(signed_in, version):
    page = signed_in(UserFactory()).get("/questions/").content.decode()
    assert IN_WORDS in page
    assert "Names theta" in page
    for words, found in (("square root", ["Spread"]), ("theta", ["Spread"]), ("frac", [])):
        assert [row.title for row in Wanted(words=words).look(UserFactory(), {}, 25).page] == found


def test_a_prompt_in_words_is_nearly_the_same():
    assert fingerprint(PROMPT) == fingerprint(IN_WORDS)


def test_a_file_has_them_as_they_were_typed(version):
    assert r"$\\sqrt{\\frac{p}{n}}$" in as_json([record_of(version)])


def test_the_editor_shows_one_as_it_is_typed_and_drawn(signed_in):
    page = signed_in(UserFactory(recruiter=True)).get("/questions/new/").content.decode()
    assert r"<code>$F_1 = \frac{2PR}{P + R}$</code>" in page
    assert "<title>F sub 1 = 2PR over (P + R)</title>" in page
