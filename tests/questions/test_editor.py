"""The editor: what is said beside the form while one types, what is saved meanwhile, and how a rule is overruled."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Entry
from foundation.lifecycle import Refused
from questions.actions import change_competency, start_draft
from questions.content import Content
from questions.models import Override, QuestionVersion
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory
from tests.questions.test_writing_pages import edit_of, posted

pytestmark = pytest.mark.django_db
PROMPT = "Tell me about a time when a model you shipped lost accuracy in production."


@pytest.fixture
def recruiter(signed_in):
    return signed_in(UserFactory(recruiter=True))


def pause(client, draft, **changes):
    """What a pause in typing sends."""
    return client.post(edit_of(draft), posted(draft, **changes) | {"do": "autosave"}, headers={"HX-Request": "true"})


def stamp_in(answer):
    return re.search(r'name="as_of" value="(\w+)"', answer.content.decode())[1]


def test_a_pause_in_typing_saves_the_draft_and_says_when(recruiter):
    draft = DraftFactory()
    answer = pause(recruiter, draft, purpose="To see what is weighed.")
    draft.refresh_from_db()
    assert draft.purpose == "To see what is weighed."
    assert re.search(r"Saved \d\d:\d\d", answer.content.decode())
    assert stamp_in(answer) == Content.of(draft).stamp
    assert "<html" not in answer.content.decode()


def test_of_many_pauses_of_one_person_the_first_is_on_record_until_somebody_else_comes(recruiter, signed_in):
    draft, other = DraftFactory(), signed_in(UserFactory(recruiter=True))
    for client, purpose in ((recruiter, "One."), (recruiter, "Two."), (other, "Three."), (recruiter, "Four.")):
        draft.refresh_from_db()
        pause(client, draft, purpose=purpose)
    draft.refresh_from_db()
    assert draft.purpose == "Four."
    assert list(Entry.objects.values_list("verb", flat=True)) == ["version.saved"] * 3


def test_a_second_tab_never_replaces_what_the_first_one_saved(recruiter):
    draft = DraftFactory()
    old = posted(draft)
    pause(recruiter, draft, purpose="Of the first tab.")
    for _again in range(2):
        answer = recruiter.post(
            edit_of(draft), {**old, "purpose": "Of the second.", "do": "autosave"}, headers={"HX-Request": "true"}
        )
        assert "Someone else saved this draft" in answer.content.decode()
        assert "Not saved" in answer.content.decode()
        draft.refresh_from_db()
        assert draft.purpose == "Of the first tab."


def test_what_cannot_be_kept_is_named_and_nothing_is_saved(recruiter):
    draft = DraftFactory()
    answer = pause(recruiter, draft, minutes="soon", purpose="New.")
    assert answer.status_code == 422
    assert "whole number" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.purpose != "New."


def test_a_new_question_is_looked_at_but_not_made_while_something_is_missing(recruiter):
    VersionFactory(prompt=PROMPT, title="Lost accuracy")
    sent = {"title": "", "prompt": PROMPT.lower(), "do": "autosave"}
    answer = recruiter.post("/questions/new/", sent, headers={"HX-Request": "true"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "Lost accuracy" in shown
    assert "A short title is missing." in shown
    assert QuestionVersion.objects.count() == 1


@pytest.fixture
def new(recruiter):
    """All that the form of a new question holds once it can be kept."""
    form = recruiter.get("/questions/new/").context["form"]
    sent = {"competency": CompetencyFactory().pk, "kind": "scenario", "level": "advanced", "minutes": "9"}
    return {**sent, "title": "Two models", "prompt": PROMPT, "form_key": form["form_key"].value(), "do": "autosave"}


def typed_on(client, new, **changes):
    return client.post("/questions/new/", {**new, **changes}, headers={"HX-Request": "true"})


def test_the_first_pause_that_can_be_kept_makes_the_draft_and_the_form_goes_on_with_it(recruiter, new):
    assert "HX-Replace-Url" not in typed_on(recruiter, new, title="")
    answer = typed_on(recruiter, new)
    assert answer.headers["HX-Replace-Url"] == "/questions/two-models/edit/"
    assert re.search(r"Saved \d\d:\d\d", answer.content.decode())
    other = CompetencyFactory()
    again = typed_on(recruiter, new, as_of=stamp_in(answer), title="Three models", competency=other.pk)
    assert "HX-Replace-Url" not in again.headers
    draft = QuestionVersion.objects.get()
    assert (draft.title, draft.question.competency) == ("Three models", other)
    assert stamp_in(again) == Content.of(draft).stamp
    assert list(Entry.objects.values_list("verb", flat=True)) == ["question.made", "version.saved"]


def test_a_first_pause_sent_twice_makes_one_draft_with_the_later_words(recruiter, new):
    typed_on(recruiter, new)
    # The first answer was lost on its way: the form knows of nothing, and its writer has typed on.
    typed_on(recruiter, new, title="Three models", purpose="Why.")
    assert [(draft.title, draft.purpose) for draft in QuestionVersion.objects.all()] == [("Three models", "Why.")]
    answer = typed_on(recruiter, new, title="Four models", do="save")
    assert (answer.status_code, answer.url) == (302, "/questions/two-models/edit/")
    assert QuestionVersion.objects.get().title == "Four models"


def test_a_form_found_again_by_going_back_after_its_save_makes_another_question(recruiter, new):
    typed_on(recruiter, new)
    typed_on(recruiter, new, do="save")
    typed_on(recruiter, new, title="Another", purpose="Else.")
    assert sorted(QuestionVersion.objects.values_list("title", "purpose")) == [("Another", "Else."), ("Two models", "")]


def test_the_form_of_one_person_never_reaches_the_draft_of_another(recruiter, signed_in, new):
    typed_on(recruiter, new)
    answer = typed_on(signed_in(UserFactory(recruiter=True)), new, title="Mine")
    assert "HX-Replace-Url" not in answer.headers
    assert [draft.title for draft in QuestionVersion.objects.all()] == ["Two models"]


def test_a_title_that_is_taken_is_said_at_the_first_pause_and_nothing_is_made(recruiter, new):
    VersionFactory(title="Two models")
    answer = typed_on(recruiter, new)
    assert answer.status_code == 422
    assert "There is already a question with this title." in answer.content.decode()
    assert QuestionVersion.objects.count() == 1


def test_the_competency_of_a_draft_can_be_changed_until_a_version_is_published(recruiter):
    draft, other = DraftFactory(), CompetencyFactory()
    pause(recruiter, draft, competency=other.pk)
    draft.question.refresh_from_db()
    assert draft.question.competency == other
    version = VersionFactory()
    draft = start_draft(question=version.question, by=None)
    pause(recruiter, draft, competency=other.pk)
    version.question.refresh_from_db()
    assert version.question.competency != other
    with pytest.raises(Refused, match="competency stays"):
        change_competency(draft=draft, competency=other, by=None)


def test_findings_and_near_duplicates_are_said_as_one_types_with_the_rubric_beside_them(recruiter):
    VersionFactory(prompt=PROMPT, title="Lost accuracy")
    draft = DraftFactory()
    answer = pause(recruiter, draft, prompt="Are you married? " + PROMPT, anchor_3="Good **grasp** of recall.")
    shown = answer.content.decode()
    assert [finding.rule for finding in answer.context["errors"]] == ["E5", "E3"]
    assert [one.version.title for one in answer.context["duplicates"]] == ["Lost accuracy"]
    assert '<a href="#id_anchor_3">' in shown
    assert "<strong>grasp</strong>" in shown


def test_a_protected_topic_is_published_with_a_reason_and_not_without(recruiter):
    draft = DraftFactory(prompt="Say to the clerk in this scene: How old are you?")
    sent = posted(draft)
    answer = recruiter.post(edit_of(draft), {**sent, "do": "overrule"})
    assert answer.status_code == 422
    assert "no place in an interview" in str(answer.context["form"].errors["prompt"])
    sent["as_of"] = stamp_in(answer)
    assert recruiter.post(edit_of(draft), {**sent, "do": "overrule", "reason": "Said to a clerk."}).status_code == 302
    assert Override.objects.get(rule="E5").reason == "Said to a clerk."
    assert "Said to a clerk." in recruiter.get(f"/questions/{draft.question.slug}/").content.decode()


@pytest.mark.parametrize("where", ["edit", "publish"])
def test_warnings_wait_for_a_second_press(recruiter, where):
    draft = DraftFactory(minutes=25)
    path = f"/questions/{draft.question.slug}/{where}/"
    answer = recruiter.post(path, {**posted(draft), "do": "publish"})
    assert answer.status_code == 422
    assert "goes on record with it" in answer.content.decode()
    draft.refresh_from_db()
    assert not draft.is_published
    recruiter.post(edit_of(draft), {**posted(draft), "do": "overrule"})
    draft.refresh_from_db()
    assert draft.is_published
    assert [kept.rule for kept in draft.overrides.all()] == ["W7"]


def test_a_reason_that_cannot_be_kept_is_refused_beside_its_field(recruiter):
    draft = DraftFactory(minutes=25)
    answer = recruiter.post(edit_of(draft), {**posted(draft), "do": "overrule", "reason": "x" * 601})
    assert answer.status_code == 422
    assert "600" in answer.content.decode()
    draft.refresh_from_db()
    assert not draft.is_published


def test_the_editor_takes_as_many_statements_for_one_near_duplicate_as_for_three(recruiter):
    draft, taken = DraftFactory(prompt=PROMPT), []
    for size in (1, 3):
        while QuestionVersion.objects.exclude(pk=draft.pk).count() < size:
            VersionFactory(prompt=PROMPT)
        with CaptureQueriesContext(connection) as captured:
            assert len(recruiter.get(edit_of(draft)).context["duplicates"]) == size
        taken.append(len(captured))
    assert taken[0] == taken[1]
