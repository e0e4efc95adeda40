"""The bank's list and its figures, kept by what publishes: always what a recount would give."""

import re
from datetime import timedelta
from itertools import product
from random import Random

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from foundation import clock
from foundation.paging import Figure
from questions import facets, search
from questions.actions import create_question, publish_version, save_draft, start_draft
from questions.content import Content
from questions.listing import number_in_use, recounted
from questions.models import Kind, Level, Listing, ListingCount, Question, QuestionVersion
from questions.policies import competencies_counted
from questions.retiring import bring_back, retire_question
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory

pytestmark = pytest.mark.django_db


def kept():
    cells = ListingCount.objects.values_list("competency", "level", "kind", "number")
    return {(competency, level, kind): number for competency, level, kind, number in cells if number}


def newest():
    """Question → its newest published version, from the versions alone."""
    found = QuestionVersion.objects.exclude(published_at=None).order_by("number")
    return dict(found.values_list("question", "pk"))


@pytest.mark.parametrize("seed", range(3))
def test_after_any_course_of_publishing_the_figures_are_those_of_a_recount(seed):
    dice, by = Random(seed), UserFactory(recruiter=True)  # noqa: S311 a course of events, not a secret
    competencies = [CompetencyFactory(), CompetencyFactory()]
    pattern = Content.of(DraftFactory())
    for step in range(60):
        drafts = list(QuestionVersion.objects.filter(published_at=None, question__retired_at=None))
        published = list(Listing.objects.filter(question__retired_at=None).select_related("question"))
        retired = list(Question.objects.exclude(retired_at=None))
        match dice.choice(["make", "begin", "change", "publish", "publish", "retire", "back"]):
            case "make":
                words = pattern.fields | {"title": f"Question {seed}-{step}"}
                create_question(
                    competency=dice.choice(competencies),
                    fields=words,
                    anchors=pattern.anchors,
                    probes=pattern.probes,
                    by=by,
                )
            case "begin" if published and not drafts:
                start_draft(question=dice.choice(published).question, by=by)
            case "change" if drafts:
                draft = dice.choice(drafts)
                level, kind = dice.choice(Level.values), dice.choice(Kind.values)
                words = Content.of(draft).fields | {"level": level, "kind": kind}
                if kind == Kind.BEHAVIOURAL:
                    words["prompt"] = f"Tell me about a time when you weighed {draft.title.lower()}."
                save_draft(version=draft, fields=words, anchors=pattern.anchors, probes=pattern.probes, by=by)
            case "publish" if drafts:
                publish_version(version=dice.choice(drafts), by=by)
            case "retire" if published:
                retire_question(question=dice.choice(published).question, reason="Leaked.", by=by)
            case "back" if retired:
                bring_back(question=dice.choice(retired), by=by)
    assert kept() == recounted()
    assert dict(Listing.objects.values_list("question", "version")) == newest()
    assert sum(kept().values()) == Listing.objects.in_bank().count() > 0


def test_the_number_over_the_list_is_kept_for_every_choice_of_competency_level_and_type():
    """What rests or is retired is not in it, whichever is chosen."""
    reader, competencies = UserFactory(recruiter=True), [CompetencyFactory(), CompetencyFactory()]
    levels, kinds = (Level.INTERMEDIATE, Level.ADVANCED), (Kind.SCENARIO, Kind.CODING)
    for n, (competency, level, kind) in enumerate(product(competencies, levels, kinds)):
        versions = [VersionFactory(question__competency=competency, level=level, kind=kind) for _ in range(2 + (n % 3))]
        Question.objects.filter(pk=versions[0].question_id).update(rest_until=clock.today() + timedelta(days=n % 2))
        if n % 3:
            retire_question(question=versions[1].question, reason="Leaked.", by=reader)
    chosen = product(["", *(one.slug for one in competencies)], ["", *levels], ["", *kinds])
    numbers = set()
    for competency, level, kind in chosen:
        wanted = search.Wanted(competency=competency, level=level, type=kind)
        number = number_in_use(competency, level, kind)
        assert number == wanted.found(reader).count() > 0
        if wanted.narrows:
            assert wanted.look(reader, {}, 25).found == Figure(number)
        numbers.add(number)
    assert len(numbers) > 5


def test_a_publishing_that_fails_leaves_list_and_figures_as_they_were():
    version = VersionFactory()
    before = kept(), list(Listing.objects.values())
    draft = start_draft(question=version.question, by=None)

    @transaction.atomic
    def break_after():
        publish_version(version=draft, by=None)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        break_after()
    assert (kept(), list(Listing.objects.values())) == before


@pytest.mark.parametrize(
    "change", ["title = 'Other'", "level = 'beginner'", "kind = 'coding'", "competency_id = competency_id + 1"]
)
def test_the_database_refuses_a_listing_that_says_what_its_version_does_not(change):
    listing = VersionFactory().listing
    CompetencyFactory()
    with pytest.raises(DatabaseError, match="says what its published version says"), transaction.atomic():
        run(f"UPDATE questions_listing SET {change} WHERE id = %s", listing.pk)


def test_the_database_refuses_to_list_a_draft_or_the_version_of_another_question():
    listing, draft, other = VersionFactory().listing, DraftFactory(), VersionFactory()
    for version in (draft, other):
        with pytest.raises(DatabaseError, match="says what its published version says"), transaction.atomic():
            run("UPDATE questions_listing SET version_id = %s WHERE id = %s", version.pk, listing.pk)


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


ADDRESSES = [
    "",
    "?level=intermediate",
    "?competency=maths&type=scenario",
    "?q=first",
    "?state=drafts",
    "?q=first&state=drafts",
    "?q=first&minutes=10&used=no",
    "?state=retired",
    "facets/",
    "facets/?q=first&level=intermediate",
    "facets/?state=drafts",
]


# A page is full at fifty; what it asks per row shows at three.
MORE = {"": 59, "facets/?state=drafts": 59}


@pytest.mark.parametrize("query", ADDRESSES)
def test_a_page_takes_as_many_statements_for_many_as_for_one(query, signed_in):
    client = signed_in(UserFactory(recruiter=True))
    competency = CompetencyFactory(slug="maths")
    counts = []
    for more in (1, MORE.get(query, 2)):
        for make in (VersionFactory, DraftFactory):
            make.create_batch(more, question__competency=competency)
        client.get(f"/questions/{query}")
        with CaptureQueriesContext(connection) as spent:
            assert client.get(f"/questions/{query}").status_code == 200
        counts.append(len(spent))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("query", ADDRESSES)
def test_a_page_asks_the_database_nothing_twice(query, signed_in):
    client = signed_in(UserFactory(recruiter=True))
    VersionFactory(question__competency__slug="maths")
    DraftFactory()
    client.get(f"/questions/{query}")
    with CaptureQueriesContext(connection) as spent:
        client.get(f"/questions/{query}")
    asked = [each["sql"] for each in spent]
    assert sorted(set(asked)) == sorted(asked)


def test_no_statement_of_the_list_reads_without_an_end(signed_in):
    VersionFactory.create_batch(3)
    client = signed_in(UserFactory(recruiter=True))
    client.get("/questions/")
    with CaptureQueriesContext(connection) as spent:
        client.get("/questions/")
    of_bank = [
        q["sql"] for q in spent if '"questions_listing"' in q["sql"] or '"questions_questionversion"' in q["sql"]
    ]
    assert len(of_bank) >= 4
    # The few that rest have an index of their own.
    by_key = re.compile(r'"questions_(listing|questionversion)"."id"\)? (= \d|IN)|"rest_until" > ')
    assert [sql for sql in of_bank if "LIMIT" not in sql and not by_key.search(sql)] == []


def test_figures_are_exact_up_to_a_thousand_and_say_so_beyond(signed_in, monkeypatch):
    for module in (search, facets):
        monkeypatch.setattr(module, "COUNTED", 2)
    VersionFactory.create_batch(3, prompt="Which one?", level="advanced")
    VersionFactory.create_batch(2, prompt="Which one?", level="beginner")
    reader = signed_in(UserFactory())
    assert "2+ questions found" in reader.get("/questions/?q=which").text
    assert "2 questions found" in reader.get("/questions/?q=which&level=beginner").text
    assert "5 published" in reader.get("/questions/").text
    of_words = labels(reader.get("/questions/facets/?q=which"))
    assert (of_words["advanced"], of_words["beginner"]) == ("2+", "2")
    # Without words a large bank is not counted to its end, but what publishing keeps is known.
    of_all = labels(reader.get("/questions/facets/"))
    assert (of_all["advanced"], of_all["beginner"], of_all["never asked"], of_all["asked at least once"]) == (
        "2+",
        "2",
        "2+",
        "0+",
    )


def labels(answer):
    return {str(choice.label): str(choice.count) for facet in answer.context["facets"] for choice in facet.choices}


def test_competencies_come_by_name_whatever_the_database_groups_them_by(db):
    for name in ("Writing", "Asking", "Measuring"):
        CompetencyFactory(name=name)
    assert [competency.name for competency in competencies_counted()] == ["Asking", "Measuring", "Writing"]
    assert competencies_counted().query.order_by == ("name",)
