"""Duplicates merged into one, questions kept apart; both can be taken back."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Entry
from foundation import clock
from foundation.lifecycle import MoveRefused, Refused
from plans.actions import add_item
from questions.counting import count_asked
from questions.listing import recounted
from questions.merging import add_enemy, drop_enemy, merge_question, part_question
from questions.models import Enemy, Listing, ListingCount, Question
from questions.reading import asked_of, enemies_of
from questions.retiring import bring_back, retire_question
from tests.factories import CompetencyFactory, DraftFactory, PlanFactory, UserFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(recruiter=True)


@pytest.fixture
def pair():
    competency = CompetencyFactory()
    gone, stays = (VersionFactory(question__competency=competency, title=title) for title in ("Twin", "Keeper"))
    return gone.question, stays.question


def pairs():
    return {(pair.first_id, pair.second_id) for pair in Enemy.objects.all()}


def ordered(one, other):
    return tuple(sorted((one.pk, other.pk)))


def test_the_old_address_leads_to_the_one_that_stays_and_old_versions_stay_readable(by, pair, signed_in):
    gone, stays = pair
    merge_question(question=gone, into=stays, by=by)
    client = signed_in(UserFactory())
    answer = client.get(f"/questions/{gone.slug}/", follow=True)
    assert answer.redirect_chain == [(f"/questions/{stays.slug}/", 302)]
    assert "“Twin” was merged into this question." in answer.text
    assert "was merged into another" in client.get(f"/questions/{gone.slug}/versions/1/").text
    assert client.get(f"/questions/{gone.slug}/history/").status_code == 200
    assert list(Listing.objects.in_bank().values_list("title", flat=True)) == ["Keeper"]
    assert sum(ListingCount.objects.values_list("number", flat=True)) == sum(recounted().values()) == 1


def test_how_often_both_were_asked_is_shown_together(by, pair):
    gone, stays = pair
    for questions in ([gone], [gone], [stays]):
        count_asked(questions=questions, at=clock.now())
    merge_question(question=gone, into=stays, by=by)
    assert (asked_of(stays).times, asked_of(gone).times) == (3, 2)
    assert stays.usage.times_asked == 1


def test_enemies_come_along_and_go_again_when_the_merge_is_taken_back(by, pair):
    gone, stays = pair
    own, both, brought = (VersionFactory().question for _ in range(3))
    for one, other in [(stays, own), (stays, both), (gone, both), (gone, brought), (gone, stays)]:
        add_enemy(question=one, other=other, by=by)
    before = pairs()
    merge_question(question=gone, into=stays, by=by)
    assert pairs() == before | {ordered(stays, brought)}
    part_question(question=gone, by=by)
    assert pairs() == before
    assert gone.is_askable
    assert sum(ListingCount.objects.values_list("number", flat=True)) == sum(recounted().values())
    verbs = [
        verb for verb in Entry.objects.values_list("verb", flat=True) if verb in {"question.merged", "question.parted"}
    ]
    assert verbs == ["question.merged", "question.parted"]


def test_what_cannot_be_merged(by, pair):
    gone, stays = pair
    with pytest.raises(Refused, match="into itself"):
        merge_question(question=gone, into=gone, by=by)
    with pytest.raises(Refused, match="must be in the bank"):
        merge_question(question=gone, into=DraftFactory().question, by=by)
    with pytest.raises(MoveRefused):
        part_question(question=gone, by=by)
    merge_question(question=gone, into=stays, by=by)
    with pytest.raises(Refused, match="merged into this one"):
        merge_question(question=stays, into=VersionFactory().question, by=by)
    with pytest.raises(Refused, match="retired"):
        merge_question(question=gone, into=VersionFactory().question, by=by)
    with pytest.raises(Refused, match="must be in the bank"):
        merge_question(question=VersionFactory().question, into=gone, by=by)
    with pytest.raises(Refused, match="Take the merge back"):
        bring_back(question=gone, by=by)


def test_the_database_knows_that_what_was_merged_is_retired_and_stands_for_another(pair):
    gone, stays = pair
    for values in ({"merged_into": stays}, {"merged_into": gone, "retired_at": clock.now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Question.objects.filter(pk=gone.pk).update(**values)


def test_a_plan_takes_neither_twin_beside_the_other(by, pair):
    gone, stays = pair
    plan = PlanFactory()
    section = plan.stages.get().sections.first()
    Question.objects.update(competency=section.competency)
    add_item(section=section, version=gone.versions.get(), minutes=5, scored=False, by=by)
    merge_question(question=gone, into=stays, by=by)
    with pytest.raises(Refused, match="stands in this plan already"):
        add_item(section=section, version=stays.versions.get(), minutes=5, scored=False, by=by)


def test_the_pages_lead_from_the_choice_to_the_merge_and_back(by, pair, signed_in):
    gone, stays = pair
    client, path = signed_in(by), f"/questions/{gone.slug}/merge/"
    assert f"?other={stays.slug}" in client.get(path).text
    assert f"?other={stays.slug}" in client.get(f"{path}?q=keeper").text
    assert "No question in use" in client.get(f"{path}?q=zebra").text
    assert client.get(f"{path}?q=%00").status_code == 200
    shown = client.get(f"{path}?other={stays.slug}").text
    assert "<del>" in shown
    assert "“Keeper” stays" in shown
    answer = client.post(path, {"other": stays.slug}, follow=True)
    assert "Merged into it" in answer.text
    assert client.post(f"/questions/{gone.slug}/part/", follow=True).redirect_chain == [
        (f"/questions/{gone.slug}/", 302)
    ]
    assert client.post(path, {"other": "no-such"}).status_code == 404
    refused = client.post(path, {"other": gone.slug})
    assert (refused.status_code, "into itself" in refused.text) == (422, True)


def test_two_are_kept_apart_once_and_let_together_again(by, pair, signed_in):
    one, other = pair
    client, path = signed_in(by), f"/questions/{one.slug}/apart/"
    shown = client.get(path).text
    assert "None yet." in shown
    assert f'value="{other.slug}"' in shown
    assert client.post(path, {"other": other.slug}).status_code == 302
    assert f'value="{other.slug}"' not in client.get(path).text
    assert pairs() == {ordered(one, other)}
    for question, beside in ((one, "Keeper"), (other, "Twin")):
        assert [version.title for version in enemies_of(question, by)] == [beside]
        assert beside in client.get(f"/questions/{question.slug}/").text
    for slug, sentence in ((other.slug, "kept apart already"), (one.slug, "only once"), ("", "Choose the other")):
        refused = client.post(path, {"other": slug})
        assert (refused.status_code, sentence in refused.text) == (422, True)
    assert client.post(f"{path}{other.slug}/drop/").status_code == 302
    assert pairs() == set()
    with pytest.raises(MoveRefused):
        drop_enemy(question=one, other=other, by=by)


@pytest.mark.parametrize("page", ["", "apart/", "merge/"])
def test_a_page_takes_as_many_statements_for_three_others_as_for_one(
    by, pair, signed_in, page, django_assert_num_queries
):
    question, client = pair[1], signed_in(by)

    def more():
        add_enemy(question=question, other=VersionFactory(question__competency=question.competency).question, by=by)
        merge_question(question=VersionFactory().question, into=question, by=by)

    more()
    with CaptureQueriesContext(connection) as one:
        client.get(f"/questions/{question.slug}/{page}")
    more()
    more()
    with django_assert_num_queries(len(one)):
        client.get(f"/questions/{question.slug}/{page}")


def test_a_retired_enemy_is_still_named(by, pair):
    one, other = pair
    add_enemy(question=one, other=other, by=by)
    retire_question(question=other, reason="Leaked.", by=by)
    assert [version.title for version in enemies_of(one, by)] == ["Keeper"]
