"""The history of a question, and two of its versions side by side."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.actions import publish_version, save_draft, start_draft
from questions.comparison import comparison_of
from questions.content import Content
from questions.models import SampleAnswer
from tests.factories import UserFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(recruiter=True, name="Ada Byron")


def reworded(version, by, **changes):
    """The next version, published, with other words."""
    draft = start_draft(question=version.question, by=by)
    said = Content.of(draft)
    words = {name: changes.pop(name, getattr(said, name)) for name in ("anchors", "probes", "samples")}
    save_draft(version=draft, fields={**said.fields, **changes}, by=by, **words)
    publish_version(version=draft, by=by)
    return draft


CHANGES = {
    "title": "Other title", "kind": "work-sample", "level": "advanced", "minutes": 9, "tags": "costs", "prompt": "Why <b>so</b>?",
    "material": "A brief", "placeholders": {"team": "search"}, "purpose": "To see.", "look_for": "One\nTwo\nThree",
    "must_have": "Three", "nice_to_have": "A cost", "red_flags": "Guesses", "scoring_note": "Slips do not count.",
    "references": "A book", "anchors": {1: "Names nothing.", 3: "Names one cost.", 5: "Computes both costs."}, "probes": ["And then?"], "samples": {3: "Well."},
}  # fmt: skip


@pytest.mark.parametrize("part", CHANGES)
def test_a_change_of_any_part_shows(by, part):
    old = VersionFactory()
    new = reworded(old, by, **{part: CHANGES[part]})
    changed = comparison_of(Content.of(old), Content.of(new)).changed
    assert len(changed) == (5 if part == "anchors" else 1)
    assert comparison_of(Content.of(new), Content.of(new)).changed == []


def test_both_sides_stand_beside_each_other_with_what_went_and_what_came(signed_in, by):
    old = VersionFactory(prompt="Names the <i>cost</i>?")
    reworded(old, by, prompt="Names the <i>price</i>?", change_note="Said more plainly.")
    shown = signed_in(UserFactory()).get(f"/questions/{old.question.slug}/versions/1/compare/2/").text
    assert re.search(r"<del><span class=\"visually-hidden\">removed: </span>cost</del>", shown)
    assert re.search(r"<ins><span class=\"visually-hidden\">added: </span>price</ins>", shown)
    assert "<i>" not in shown
    assert "Said more plainly." in shown
    sides = [
        unescape(re.sub(r"<[^>]+>", "", side)) for side in re.findall(r'<p class="words">(.*?)</p>', shown, re.DOTALL)
    ]
    assert [side.strip() for side in sides] == ["Names the <i>removed: cost</i>?", "Names the <i>added: price</i>?"]
    assert "parts are the same in both" in shown


def test_any_two_can_be_chosen_and_a_version_equals_itself(signed_in, by):
    version = VersionFactory()
    for number in (2, 3):
        reworded(version, by, title=f"Title {number}")
    client, path = signed_in(UserFactory()), f"/questions/{version.question.slug}/versions"
    shown = client.get(f"{path}/1/compare/3/").text
    assert f'href="{path}/2/compare/3/"' in shown
    assert f'href="{path}/1/compare/2/"' in shown
    assert "Both say the same" in client.get(f"{path}/2/compare/2/").text
    assert client.get(f"{path}/1/compare/4/").status_code == 404


def test_a_draft_is_compared_by_recruiters_alone(signed_in, by):
    version = VersionFactory()
    start_draft(question=version.question, by=by)
    path = f"/questions/{version.question.slug}/versions/1/compare/2/"
    assert signed_in(by).get(path).status_code == 200
    assert signed_in(UserFactory()).get(path).status_code == 404


def test_the_history_says_who_changed_what_when_and_why(signed_in, by):
    version = VersionFactory()
    reworded(version, by, title="Clearer", change_note="It gave the answer away.")
    shown = signed_in(UserFactory()).get(f"/questions/{version.question.slug}/history/").text
    for words in ("Ada Byron", "It gave the answer away.", "What changed since version 1", "the starter bank"):
        assert words in shown
    assert f"/questions/{version.question.slug}/used/" in shown


@pytest.mark.parametrize("page", ["history/", "versions/1/compare/2/"])
def test_a_page_takes_as_many_statements_for_three_versions_as_for_two(signed_in, by, page, django_assert_num_queries):
    version = VersionFactory()
    SampleAnswer.objects.all().delete()
    reworded(version, by, title="Second")
    client, path = signed_in(by), f"/questions/{version.question.slug}/{page}"
    with CaptureQueriesContext(connection) as two:
        client.get(path)
    reworded(version, UserFactory(recruiter=True), title="Third", samples={3: "Well."})
    with django_assert_num_queries(len(two)):
        client.get(path)
