"""Finding and reading questions."""

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from questions.actions import publish_version, start_draft
from questions.counting import count_asked
from questions.models import Competency, SampleAnswer
from questions.policies import competencies_counted
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory
from tests.factories.questions import QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(signed_in):
    return signed_in(UserFactory())


@pytest.fixture
def recruiter(signed_in):
    return signed_in(UserFactory(recruiter=True))


def page(client, path, status=200, **headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def without_token(shown):
    return re.sub(r'"X-CSRFToken": "\w+"|name="csrfmiddlewaretoken" value="\w+"', "", shown)


def test_the_list_shows_what_is_published_and_counts_it(reader):
    VersionFactory(title="Two models", prompt="Which would you ship?")
    DraftFactory(prompt="Not yet to be read?")
    shown = page(reader, "/questions/")
    assert "Which would you ship?" in shown
    assert "Not yet to be read?" not in shown
    assert "1 published" in shown
    assert "draft" not in shown


def test_a_recruiter_sees_the_drafts_by_themselves(recruiter):
    VersionFactory(prompt="In the bank?")
    DraftFactory(prompt="Being written?")
    assert "1 draft" in page(recruiter, "/questions/")
    shown = page(recruiter, "/questions/?state=drafts")
    assert "Being written?" in shown
    assert "In the bank?" not in shown


def test_a_draft_of_a_published_question_leaves_the_published_one_in_the_list(recruiter):
    version = VersionFactory(prompt="In the bank?")
    start_draft(question=version.question, by=None)
    assert "In the bank?" in page(recruiter, "/questions/")


def test_only_recruiters_find_drafts_and_the_way_to_new_ones(reader):
    DraftFactory(prompt="Being written?", title="Secret")
    for path in ("/questions/?state=drafts", "/questions/?state=drafts&q=written"):
        assert "Being written?" not in page(reader, path)
    assert "/questions/new/" not in page(reader, "/questions/")


def test_only_the_newest_version_is_found(reader):
    old = VersionFactory(prompt="The old wording?")
    VersionFactory(question=old.question, number=2, prompt="The new wording?")
    shown = page(reader, "/questions/?q=wording")
    assert "new <mark>wording</mark>" in shown
    assert "The old" not in shown


def test_every_word_must_be_found_and_each_is_marked(reader):
    VersionFactory(
        title="Screening", prompt="Which model & why?", look_for="Names a rate\nComputes Recall for both\nAsks"
    )
    VersionFactory(title="Other", prompt="Which database?")
    shown = page(reader, "/questions/?q=RECALL+which")
    assert "<mark>Which</mark> model &amp; why?" in shown
    assert "Computes <mark>Recall</mark> for both" in shown
    assert "Which database" not in shown
    assert "1 question found" in shown


def test_words_in_a_row_are_marked_where_they_stand_in_a_row(reader):
    VersionFactory(prompt="What a model costs, and which cost models a team may keep?")
    shown = page(reader, "/questions/?q=%22cost+models%22")
    assert "What a model costs, and which <mark>cost</mark> <mark>models</mark> a team" in shown


def test_a_fact_is_shown_where_the_words_stand_only_there(reader):
    VersionFactory(must_have="The prevalence is 4%")
    assert "The <mark>prevalence</mark> is 4%" in page(reader, "/questions/?q=prevalence")


@pytest.mark.parametrize("words", ["<script>", "(", "%", "_", "a" * 200, "\\", "'; drop", "&lt;", " "])
def test_odd_words_are_searched_for_as_they_stand(reader, words):
    VersionFactory(prompt="Plain?")
    shown = page(reader, f"/questions/?q={quote(words)}")
    assert "<script>" not in shown
    assert ("Plain?" in shown) == (words == " ")


@pytest.mark.parametrize("query", ["q=%00", "level=%00", "q=" + "a" * 201, "competency=" + "a" * 99, "q=%01x"])
def test_what_cannot_be_searched_for_is_said(reader, query):
    VersionFactory(prompt="Plain?")
    shown = page(reader, f"/questions/?{query}", 422)
    assert "Plain?" not in shown
    assert "Show all questions" in shown


@pytest.mark.parametrize(
    "query", ["competency=gone", "level=expert", "type=riddle", "q=zebra", "page=99", "page=x", "state=odd"]
)
def test_a_stale_address_still_answers(reader, query):
    VersionFactory()
    page(reader, f"/questions/?{query}")


def test_finding_nothing_names_the_words_and_offers_the_way_on(reader):
    VersionFactory(prompt="Zebra?", level="beginner")
    shown = page(reader, "/questions/?q=zebra+stripes&level=advanced")
    assert "“zebra stripes”" in shown
    assert 'href="/questions/?q=zebra+stripes"' in shown
    assert "Clear the search" in shown


def test_an_empty_bank_says_so(reader, recruiter):
    assert "The bank has no published question yet." in page(reader, "/questions/")
    assert "Write the first one" in page(recruiter, "/questions/")


def test_a_facet_counts_under_the_other_choices_and_the_words(reader):
    maths, talk = CompetencyFactory(slug="maths", name="Maths"), CompetencyFactory(slug="talk", name="Talk")
    for competency, level, kind, prompt in [
        (maths, "beginner", "knowledge", "What is recall?"),
        (maths, "advanced", "scenario", "Recall or precision?"),
        (talk, "advanced", "scenario", "Explain recall?"),
        (talk, "advanced", "coding", "Explain precision?"),
    ]:
        VersionFactory(question=QuestionFactory(competency=competency), level=level, kind=kind, prompt=prompt)
    answer = reader.get("/questions/facets/?q=recall&level=advanced")
    assert '<details class="facets" open>' in answer.content.decode()
    counts = {
        str(f.label): {str(c.label): (str(c.count), c.query, c.is_chosen) for c in f.choices}
        for f in answer.context["facets"]
    }
    assert counts == {
        "Competency": {
            "Maths": ("1", "?q=recall&competency=maths&level=advanced", False),
            "Talk": ("1", "?q=recall&competency=talk&level=advanced", False),
        },
        "Level": {"beginner": ("1", "?q=recall&level=beginner", False), "advanced": ("2", "?q=recall", True)},
        "Type": {"scenario": ("2", "?q=recall&level=advanced&type=scenario", False)},
        "Length": {"6 to 10 minutes": ("2", "?q=recall&level=advanced&minutes=10", False)},
        "Use": {"never asked": ("2", "?q=recall&level=advanced&used=no", False)},
    }


def test_the_bookmarked_filters_hold(reader):
    competency = CompetencyFactory(slug="maths")
    VersionFactory(question=QuestionFactory(competency=competency), level="beginner", kind="coding", prompt="This one?")
    VersionFactory(question=QuestionFactory(competency=competency), level="advanced", kind="coding", prompt="Not this?")
    shown = page(reader, "/questions/?q=one&competency=maths&level=beginner&type=coding")
    assert "This <mark>one</mark>?" in shown
    assert "Not this?" not in shown


def test_the_live_search_answers_with_the_results_alone(reader):
    VersionFactory(prompt="Which one?")
    part = page(reader, "/questions/?q=which", **{"HX-Request": "true"})
    assert part.lstrip().startswith('<div id="question-results"')
    assert "<html" not in part
    assert "<html" in page(
        reader, "/questions/?q=which", **{"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )


def test_how_often_a_question_was_asked_stands_beside_it(reader):
    version = VersionFactory()
    assert "never asked" in page(reader, "/questions/")
    count_asked(questions=[version.question], at=clock.now())
    assert "asked once" in page(reader, "/questions/")
    count_asked(questions=[version.question], at=clock.now())
    assert "asked 2 times" in page(reader, "/questions/")


def test_the_list_is_paged_and_keeps_the_words(reader):
    for _ in range(26):
        VersionFactory(prompt="Which one?")
    first = page(reader, "/questions/?q=which")
    assert first.count("<article") == 25
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    assert following.startswith("/questions/?q=which&after=")
    assert 'rel="prev"' not in first
    # A part that was swapped in leads to the same addresses as the page does.
    assert f'href="{following.replace("&", "&amp;")}"' in page(reader, "/questions/?q=which", **{"HX-Request": "true"})
    second = page(reader, following)
    assert second.count("<article") == 1
    assert '<nav class="pager" aria-label="Pages">' in second
    assert 'rel="next"' not in second
    assert 'rel="first" href="/questions/?q=which">First page' in second
    previous = re.search(r'rel="prev" href="([^"]+)"', second)[1].replace("&amp;", "&")
    assert previous.startswith("/questions/?q=which&before=")
    assert re.findall(r'id="question-\d+"', page(reader, previous)) == re.findall(r'id="question-\d+"', first)


def test_the_bookmark_of_a_numbered_page_leads_on_from_the_first(reader):
    VersionFactory.create_batch(26)
    shown = page(reader, "/questions/?page=2")
    assert shown.count("<article") == 25
    assert "page=2" not in re.search(r'rel="next" href="([^"]+)"', shown)[1]


@pytest.mark.parametrize("who", ["reader", "recruiter"])
@pytest.mark.parametrize("path", ["/questions/", "/questions/?q=question", "/competencies/"])
def test_a_list_takes_as_many_queries_for_three_as_for_one(request, who, path, django_assert_num_queries):
    client = request.getfixturevalue(who)
    VersionFactory()
    with CaptureQueriesContext(connection) as one:
        page(client, path)
    for _ in range(2):
        version = VersionFactory()
        count_asked(questions=[version.question], at=clock.now())
        DraftFactory()
    with django_assert_num_queries(len(one)):
        page(client, path)


def test_a_question_shows_all_that_is_said_of_it(reader):
    version = VersionFactory(
        nice_to_have="Names a cost", scoring_note="Slips do not count.", references="A book", tags="metrics, costs",
        placeholders={"items": "recipes"}, material="Sort the {items}.\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    )  # fmt: skip
    shown = page(reader, f"/questions/{version.question.slug}/")
    for text in (
        version.prompt, version.purpose, "Names the cost of each error", "Two and two are four", "Invents a figure", "Says what level 4 says.",
        "Probe 2: tell me more?", "Names a cost", "Slips do not count.", "A book", "metrics, costs", "Sort the recipes.", '<td class="n">2</td>', "{items}",
    ):  # fmt: skip
        assert text in shown, text
    assert f'hx-get="{reverse("plans:question_usage", args=[version.question.slug])}"' in shown
    assert "New version" not in shown


def test_text_from_people_is_shown_as_text(reader):
    bad = (
        "<script>alert(1)</script> ![x](https://e.example/x.png) [y](javascript:alert(1)) <img src=x onerror=alert(1)>"
    )
    version = VersionFactory(
        title="<b>bold</b>",
        prompt=bad,
        material=bad,
        look_for=f"{bad}\n<i>x</i>\nz",
        must_have=bad,
        purpose=bad,
        placeholders={"x": bad},
    )
    for path in (
        "/questions/",
        "/questions/?q=script",
        f"/questions/{version.question.slug}/",
        f"/questions/{version.question.slug}/versions/1/",
    ):
        shown = page(reader, path)
        for tag in ("<script>alert", "<img", "<b>bold", "<i>x", 'href="javascript'):
            assert tag not in shown, (path, tag)


def test_a_version_stays_readable_after_the_next_one(reader):
    old = VersionFactory(prompt="As it was asked?")
    VersionFactory(question=old.question, number=2, prompt="As it is asked?")
    slug = old.question.slug
    assert "As it is asked?" in page(reader, f"/questions/{slug}/")
    shown = page(reader, f"/questions/{slug}/versions/1/")
    assert "As it was asked?" in shown
    assert "not the newest" in shown
    assert "not the newest" not in page(reader, f"/questions/{slug}/versions/2/")


@pytest.mark.parametrize("number", ["3", "0", "99999999999999999999999"])
def test_a_version_that_is_not_there_is_not_found(reader, number):
    page(reader, f"/questions/{VersionFactory().question.slug}/versions/{number}/", 404)


def test_a_draft_is_the_same_as_nothing_to_those_who_do_not_write(reader, recruiter):
    alone, version = DraftFactory(title="Alone"), VersionFactory()
    draft = start_draft(question=version.question, by=None)
    nothing = without_token(page(reader, "/questions/nothing/", 404))
    assert without_token(page(reader, f"/questions/{alone.question.slug}/", 404)) == nothing
    assert without_token(page(reader, f"/questions/{version.question.slug}/versions/{draft.number}/", 404)) == nothing
    assert f"/versions/{draft.number}/" not in page(reader, f"/questions/{version.question.slug}/")
    page(recruiter, f"/questions/{alone.question.slug}/")
    page(recruiter, f"/questions/{version.question.slug}/versions/{draft.number}/")


def test_competencies_are_listed_with_what_the_bank_asks_about_them(reader):
    competency = CompetencyFactory(slug="maths", name="Maths")
    version = VersionFactory(question=QuestionFactory(competency=competency))
    VersionFactory(question=version.question, number=2)
    DraftFactory(question=QuestionFactory(competency=competency))
    assert competencies_counted().get().question_count == 1
    shown = page(reader, "/competencies/")
    assert "1 question" in shown
    assert "/questions/?competency=maths" in shown
    assert "/competencies/new/" not in shown
    assert Competency.objects.count() == 1


@pytest.mark.parametrize(
    "path", ["/questions/", "/questions/{slug}/", "/questions/{slug}/versions/1/", "/competencies/"]
)
def test_reading_pages_take_no_post_and_no_stranger(client, reader, path):
    path = path.format(slug=VersionFactory().question.slug)
    assert reader.post(path).status_code == 405
    assert client.get(path).status_code == 302


def test_sample_answers_stand_folded_with_the_level_each_deserves(reader):
    version = DraftFactory(placeholders={"product": "the shop"})
    for level in (3, 5):
        SampleAnswer.objects.create(version=version, level=level, text=f"For {{product}} I say {level}.")
    publish_version(version=version, by=None)
    for path in (f"/questions/{version.question.slug}/", f"/questions/{version.question.slug}/versions/1/"):
        shown = page(reader, path)
        folded = re.search(r'<details class="fold">(.*?)</details>', shown, re.DOTALL)[1]
        assert "2 answers, each with the level it deserves" in folded
        assert re.findall(r'value="(\d)".*?<p>(.*?)</p>', folded, re.DOTALL) == [
            ("5", "For the shop I say 5."),
            ("3", "For the shop I say 3."),
        ]


def test_a_question_without_sample_answers_has_no_place_for_them(reader):
    assert "Sample answers" not in page(reader, f"/questions/{VersionFactory().question.slug}/")
