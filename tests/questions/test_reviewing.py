"""Review by a second person: a setting of the house, off at first."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.actions import change_settings
from accounts.house import settle
from accounts.models import Entry, House
from foundation import clock
from foundation.lifecycle import MoveRefused, Refused
from questions.actions import publish_version, save_draft, start_draft
from questions.content import Content
from questions.lint import NotReady
from questions.models import QuestionVersion, Review
from questions.reviewing import approve_version, hand_in_version, send_back_version
from tests.factories import DraftFactory, UserFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return UserFactory(recruiter=True, name="Ada")


@pytest.fixture
def second():
    return UserFactory(recruiter=True, name="Grace")


@pytest.fixture
def reviewed(author):
    """A house in which drafts are reviewed."""
    settle("real")
    change_settings(reviews_questions=True, by=author)


@pytest.fixture
def draft(author):
    return DraftFactory(author=author)


def approve(draft, by):
    review = draft.reviews.get(status="waiting")
    approve_version(review=review, stamp=review.stamp, note="", by=by)


def edit(draft, by, **words):
    said = Content.of(draft)
    save_draft(version=draft, fields={**said.fields, **words}, anchors=said.anchors, probes=said.probes, by=by)


def test_off_at_first_a_draft_is_published_by_whoever_wrote_it(draft, author):
    settle("real")
    publish_version(version=draft, by=author)
    assert (draft.is_published, draft.reviewer) == (True, None)


@pytest.mark.usefixtures("reviewed")
def test_with_it_on_nothing_is_published_unread(draft, author, second):
    with pytest.raises(Refused, match="second person approves"):
        publish_version(version=draft, by=author)
    hand_in_version(version=draft, by=author)
    with pytest.raises(Refused, match="second person approves"):
        publish_version(version=draft, by=author)
    approve(draft, second)
    publish_version(version=draft, by=author)
    assert draft.reviewer == second
    verbs = list(Entry.objects.values_list("verb", flat=True))
    assert verbs[-3:] == ["version.handed_in", "version.approved", "version.published"]


@pytest.mark.usefixtures("reviewed")
def test_what_the_house_itself_brings_needs_nobody(draft):
    publish_version(version=draft, by=None)
    assert draft.is_published


@pytest.mark.usefixtures("reviewed")
def test_an_edit_takes_the_approval_back_and_the_same_words_do_not(draft, author, second):
    hand_in_version(version=draft, by=author)
    approve(draft, second)
    edit(draft, author)
    assert draft.reviews.get().status == "approved"
    edit(draft, author, prompt="Another one?")
    assert draft.reviews.get().status == "taken_back"
    with pytest.raises(Refused, match="second person approves"):
        publish_version(version=draft, by=author)
    edit(draft, author, prompt=Content.of(draft).fields["prompt"])
    hand_in_version(version=draft, by=author)


@pytest.mark.usefixtures("reviewed")
def test_words_that_came_in_past_the_house_are_not_what_was_approved(draft, author, second):
    hand_in_version(version=draft, by=author)
    approve(draft, second)
    QuestionVersion.objects.filter(pk=draft.pk).update(prompt="Another one?")
    with pytest.raises(Refused, match="second person approves"):
        publish_version(version=draft, by=author)


def test_neither_author_nor_who_handed_it_in_answers(draft, author, second):
    hand_in_version(version=draft, by=second)
    for person in (author, second):
        with pytest.raises(Refused, match="neither wrote it"):
            approve(draft, person)
        with pytest.raises(Refused, match="neither wrote it"):
            send_back_version(review=draft.reviews.get(), note="No.", by=person)
    approve(draft, UserFactory(recruiter=True))


def test_the_database_lets_nobody_approve_their_own(draft, author):
    review = hand_in_version(version=draft, by=author)
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.update(status="approved", answered_by=author, answered_at=clock.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        QuestionVersion.objects.filter(pk=draft.pk).update(reviewer=author)
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.create(version=draft, stamp=review.stamp, asked_by=author)


def test_what_was_sent_back_does_not_move_again(draft, author, second):
    review = hand_in_version(version=draft, by=author)
    with pytest.raises(Refused, match="Say what"):
        send_back_version(review=review, note=" ", by=second)
    send_back_version(review=review, note="Ask one thing.", by=second)
    with pytest.raises(MoveRefused):
        approve_version(review=review, stamp=review.stamp, note="", by=second)
    with (
        pytest.raises(DatabaseError, match="does not move that way"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE questions_review SET status = 'waiting'")


def test_what_is_not_ready_twice_handed_in_or_published_is_refused(draft, author):
    bare = DraftFactory(look_for="One")
    with pytest.raises(NotReady):
        hand_in_version(version=bare, by=author)
    hand_in_version(version=draft, by=author)
    with pytest.raises(Refused, match="already"):
        hand_in_version(version=draft, by=author)
    with pytest.raises(Refused, match="published already"):
        hand_in_version(version=VersionFactory(), by=author)


def test_publishing_without_the_setting_ends_the_waiting(draft, author):
    hand_in_version(version=draft, by=author)
    publish_version(version=draft, by=author)
    assert draft.reviews.get().status == "taken_back"


@pytest.mark.usefixtures("reviewed")
def test_the_pages_lead_from_the_editor_to_the_bank(author, second, signed_in):
    version = VersionFactory(prompt="Which one?")
    draft = start_draft(question=version.question, by=author)
    edit(draft, author, prompt="Which two?")
    mine, theirs, path = signed_in(author), signed_in(second), f"/questions/{version.question.slug}"
    assert "Save and hand in" in mine.get(f"{path}/edit/").text
    assert "Save and publish" not in mine.get(f"{path}/edit/").text
    assert "Hand in version 2" in mine.get(f"{path}/").text
    assert "waits for a second person" in mine.post(f"{path}/hand-in/", follow=True).text
    assert "Somebody else answers this" in mine.get(f"{path}/review/").text
    assert path in theirs.get("/").text
    assert "Drafts that wait" not in mine.get("/").text
    shown = theirs.get(f"{path}/review/").text
    assert "<ins>" in shown
    stamp = draft.reviews.get().stamp
    for fields, word in (({}, "Approve it, or send it back."), ({"answer": "send_back"}, "Say what should change.")):
        answer = theirs.post(f"{path}/review/", {"stamp": stamp, **fields})
        assert (answer.status_code, word in answer.text) == (422, True)
    assert theirs.post(f"{path}/review/", {"stamp": "other", "answer": "approve"}).status_code == 422
    assert "neither wrote it" in mine.post(f"{path}/review/", {"stamp": stamp, "answer": "approve"}).text
    answer = theirs.post(f"{path}/review/", {"stamp": stamp, "answer": "approve", "note": "Good."}, follow=True)
    assert "Grace approved version 2" in answer.text
    assert theirs.get(f"{path}/review/").status_code == 404
    mine.post(f"{path}/publish/")
    assert "approved by" in mine.get(f"{path}/history/").text


@pytest.mark.usefixtures("reviewed")
def test_a_draft_that_was_sent_back_says_so_with_the_note(draft, author, second, signed_in):
    review = hand_in_version(version=draft, by=author)
    path = f"/questions/{draft.question.slug}"
    signed_in(second).post(
        f"{path}/review/", {"stamp": review.stamp, "answer": "send_back", "note": "Ask <b>one</b> thing."}
    )
    shown = signed_in(author).get(f"{path}/").text
    assert "Ask &lt;b&gt;one&lt;/b&gt; thing." in shown
    assert "Hand in version 1" in shown


@pytest.mark.usefixtures("reviewed")
def test_save_and_hand_in_saves_and_says_what_is_missing(author, signed_in):
    draft = DraftFactory(author=author, look_for="One\nTwo")
    client, path = signed_in(author), f"/questions/{draft.question.slug}/edit/"
    form = client.get(path).context["form"]
    fields = {name: "" if form[name].value() is None else form[name].value() for name in form.fields} | {
        "do": "hand_in"
    }
    assert client.post(path, fields).status_code == 422
    answer = client.post(path, fields | {"look_for": "One\nTwo\nThree"}, follow=True)
    assert "is handed in" in answer.text
    assert draft.reviews.get().status == "waiting"


def test_only_an_administrator_changes_the_setting_and_it_is_on_record(signed_in):
    settle("real")
    client = signed_in(UserFactory(administrator=True))
    client.post("/people/settings/", {"reviews_questions": "on"})
    client.post("/people/settings/", {"reviews_questions": "on"})
    assert House.objects.get().reviews_questions
    assert list(Entry.objects.values_list("verb", "note")) == [("house.settings_changed", "reviews on")]
    assert signed_in(UserFactory(recruiter=True)).post("/people/settings/", {}).status_code == 403
