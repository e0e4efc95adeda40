"""Finding questions by words: the index that both databases keep, the order of the answers, and slips put right."""

import re
from importlib import import_module
from urllib.parse import quote

import pytest
from django.core.management import call_command

from foundation.paging import COUNTED
from questions import search
from questions.actions import create_question, publish_version, save_draft, start_draft
from questions.content import Content
from questions.models import IndexedVersion, Word
from questions.retiring import bring_back, retire_question
from questions.search import Wanted
from questions.sought import Sought, stem, words_of
from questions.spelling import slips
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory

pytestmark = pytest.mark.django_db
FIND = import_module("questions.migrations.0006_find").Migration


@pytest.fixture
def reader(signed_in):
    return signed_in(UserFactory())


@pytest.fixture
def recruiter(signed_in):
    return signed_in(UserFactory(recruiter=True))


def found(words, **more):
    """The titles of what is found, in their order."""
    return [row.title for row in Wanted(words=words, **more).look(UserFactory(), {}, 25).page]


def test_title_and_prompt_weigh_more_than_the_rubric():
    VersionFactory(title="Heard", look_for="Names recall\nAsks who bears it\nChecks the base rate")
    VersionFactory(title="Asked", prompt="What does recall leave out?")
    VersionFactory(title="Recall", prompt="What is left out?")
    assert found("recall") == ["Recall", "Asked", "Heard"]


@pytest.mark.parametrize(
    ("words", "finds"),
    [
        ("recall", True),
        ("rec", True),
        ("categori", True),
        ("category model", True),
        ("cat model", False),
        ('"model categories"', True),
        ('"categories model"', False),
        ('"model categ', True),
        ("“model categories”", True),
        ("recall -precision", True),
        ("recall -categories", False),
        ('recall -"model category"', False),
        ("-precision", True),
        ("-recall", False),
        ("RÉCALL naive", True),
        ("Naïve", True),
        ("c++", True),
        ("c#", False),
        ("dont", True),
        ("don't", True),
        ("nice-to-haves", True),
        ("screening", True),
        ("says level", True),
    ],
)
def test_words_are_found_whole_half_typed_in_a_row_and_left_out(words, finds):
    VersionFactory(
        title="One",
        prompt="In which model categories is recall low, and would C++ help?",
        look_for="Says: don’t guess\nNice-to-have: a naïve guess\nx",
        tags="screening, costs",
    )
    assert found(words) == (["One"] if finds else [])


@pytest.mark.parametrize(
    "words",
    ['"', '""', "(", ")", "*", "^", ":", "-", "--", "'", "\\", "a AND", "NOT", "NEAR(a b)", "title:a", "{a b}:c", "a*b", "!&|<->",
     "'a':*", "a:*A", ":*", "%s", "%(x)s", "; DROP TABLE questions_words", "😀", "👩‍💻 recall", "שלום", "\u202eabc", "日本", "a\u0301" * 40,
     "\u0130stanbul", "ß", "ﬁ", "١٢٣", "x" * 200, "a " * 100, '"a ' * 60, "\t", "\n", "½", "²"],
)  # fmt: skip
def test_nothing_that_can_be_typed_is_taken_for_a_sign(reader, words):
    VersionFactory(prompt="Plain?")
    for path in ("", "facets/"):
        assert reader.get(f"/questions/{path}?q={quote(words)}").status_code == 200


@pytest.mark.parametrize("words", ["\x00", "a" * 10_000, "\x01", "\ud800".encode("utf-8", "surrogatepass")])
def test_what_cannot_be_searched_for_is_a_sentence_in_both_parts(reader, words):
    for path in ("", "facets/"):
        assert reader.get(f"/questions/{path}?q={quote(words)}").status_code in {200, 422}


def test_whatever_a_question_says_can_be_indexed_and_found():
    for n, odd in enumerate(
        ["'quoted' \\ back", "🎉 party", "שלום עולם", "日本語", "x" * 900, "a:b & c | !d <-> e:*", "1 2.5 3e7"]
    ):
        VersionFactory(title=f"Odd {n}", prompt=odd, material=odd * 8)
        word = words_of(odd)[0]
        assert f"Odd {n}" in found(f'"{word}"'), odd


def test_the_index_holds_what_is_listed_and_what_is_drafted_and_nothing_else():
    by, competency = UserFactory(recruiter=True), CompetencyFactory()
    pattern = Content.of(DraftFactory(title="Pattern"))
    fields = {**pattern.fields, "title": "Made", "prompt": "Zebra?"}
    version = create_question(
        competency=competency, fields=fields, anchors=pattern.anchors, probes=pattern.probes, by=by
    )
    assert indexed("zebra") == [version.pk]
    assert found("zebra") == []
    save = {"anchors": pattern.anchors, "probes": pattern.probes, "by": by}
    save_draft(version=version, fields={**fields, "prompt": "Giraffe?"}, **save)
    assert (indexed("zebra"), indexed("giraffe")) == ([], [version.pk])
    publish_version(version=version, by=by)
    assert found("giraffe") == ["Made"]
    draft = start_draft(question=version.question, by=by)
    save_draft(version=draft, fields={**fields, "prompt": "Okapi?"}, **save)
    assert found("giraffe") == ["Made"]
    publish_version(version=draft, by=by)
    assert (found("giraffe"), found("okapi"), indexed("giraffe")) == ([], ["Made"], [])
    retire_question(question=draft.question, reason="Leaked.", by=by)
    assert (found("okapi"), found("okapi", state="retired")) == ([], ["Made"])
    bring_back(question=draft.question, by=by)
    assert found("okapi") == ["Made"]


def indexed(words):
    return list(IndexedVersion.objects.filter(words__has_all=Sought.of(words).terms).values_list("pk", flat=True))


def test_a_level_of_the_scale_is_found_too():
    VersionFactory(title="Scaled")
    assert found("“says what level 4 says”") == ["Scaled"]


def test_an_upgrade_indexes_what_is_there_already(lifted):
    listed, draft = VersionFactory(title="Listed", prompt="Zebra?"), DraftFactory(prompt="Zebra?")
    old = VersionFactory(title="Old", prompt="Zebra?")
    new = VersionFactory(question=old.question, number=2, title="New", prompt="Okapi?")
    [before] = [name for app, name in FIND.dependencies if app == "questions"]
    call_command("migrate", "questions", before, verbosity=0)
    call_command("migrate", "questions", verbosity=0)
    assert sorted(indexed("zebra")) == [listed.pk, draft.pk]
    assert indexed("okapi") == [new.pk]
    assert found("zebra") == ["Listed"]
    assert Word.objects.filter(text="okapi").exists()


def test_a_slip_is_put_right_to_words_that_do_find_something(reader):
    VersionFactory(prompt="How is precision weighed against recall?")
    shown = reader.get("/questions/?q=precison+reccall").text
    assert "Did you mean" in shown
    assert 'href="/questions/?q=precision+recall"' in shown
    assert "1 question<" in shown


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("precison", "precision"),
        ("prceision", "precision"),
        ("percision", "precision"),
        ("precisionn", "precision"),
        ("Precsion, please", None),
        ("recal", None),
        ("qrecision", "precision"),
        ("precision zebra", None),
        ("elephant", None),
        ("prec1sion", "precision"),
        ("tre", None),
        ("", None),
    ],
)
def test_only_what_would_find_more_is_meant(reader, words, meant):
    VersionFactory(prompt="How is precision weighed against recall?")
    context = reader.get(f"/questions/?q={quote(words)}").context
    assert (context["meant"] and context["meant"].wanted.words) == meant


def test_a_slip_is_put_right_under_the_choices_that_stand(reader):
    VersionFactory(prompt="How is precision weighed?", level="advanced")
    assert reader.get("/questions/?q=precison&level=advanced").context["meant"].wanted.level == "advanced"
    assert reader.get("/questions/?q=precison&level=beginner").context["meant"] is None


def test_a_draft_teaches_no_reader_its_words(reader, recruiter):
    DraftFactory(title="Secret", prompt="Which zebra?")
    assert reader.get("/questions/?q=zebrra").context["meant"] is None
    assert reader.get("/questions/?q=zebra").context["found"].number == 0
    assert not Word.objects.filter(text="zebra").exists()
    assert "Secret" in recruiter.get("/questions/?q=zebra&state=drafts").text


def test_slips_are_letters_dropped_added_changed_and_swapped():
    assert [slips(a, b, 2) for a, b in [("abc", "abc"), ("abc", "acb"), ("abc", "ab"), ("abc", "abxc"), ("abc", "xyz")]] == [
        0, 1, 1, 1, 3,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "pair",
    ["model models", "category categories", "class classes", "cache caches", "process processes", "query queries", "box boxes", "metric metrics",
     "bias bias", "day days", "index indexes"],
)  # fmt: skip
def test_singular_and_plural_are_one_word(pair):
    one, other = pair.split()
    assert stem(one) == stem(other)


def test_the_best_answers_come_first_on_every_page_and_none_twice(reader, monkeypatch):
    for n in range(60):
        VersionFactory(title=f"Number {n:02}", prompt="Zebra? " * (1 + n % 3))
    seen, path = [], "/questions/?q=zebra"
    while path:
        shown = reader.get(path).text
        seen += re.findall(r'id="question-(\d+)"', shown)
        following = re.search(r'rel="next" href="([^"]+)"', shown)
        last, path = path, following and following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 60
    previous = re.search(r'rel="prev" href="([^"]+)"', reader.get(last).text)[1].replace("&amp;", "&")
    assert re.findall(r'id="question-(\d+)"', reader.get(previous).text) == seen[25:50]


def test_beyond_a_thousand_answers_no_page_is_offered(reader, monkeypatch):
    monkeypatch.setattr(search, "COUNTED", 30)
    VersionFactory.create_batch(32, prompt="Zebra?")
    first = reader.get("/questions/?q=zebra")
    assert "30+ questions found" in first.text
    second = reader.get(re.search(r'rel="next" href="([^"]+)"', first.text)[1].replace("&amp;", "&"))
    assert second.text.count("<article") == 5
    assert 'rel="next"' not in second.text
    assert COUNTED == 1000


@pytest.mark.parametrize("cursor", ["after=1", "before=999999", "after=x", "after=WyJhIiwxXQ", "before=" + "9" * 40])
def test_a_cursor_of_another_list_leads_to_the_first_page(reader, cursor):
    VersionFactory.create_batch(2, prompt="Zebra?")
    shown = reader.get(f"/questions/?q=zebra&{cursor}")
    assert shown.text.count("<article") in {1, 2}


def test_both_databases_are_asked_in_a_fixed_number_of_statements(reader, django_assert_max_num_queries):
    VersionFactory.create_batch(3, prompt="Zebra?")
    with django_assert_max_num_queries(12):
        reader.get("/questions/?q=zebra&level=intermediate&minutes=10&used=no")
    with django_assert_max_num_queries(9):
        reader.get("/questions/facets/?q=zebra&level=intermediate&minutes=10&used=no")
