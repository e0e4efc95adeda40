"""Writing questions and competencies: what is typed is kept, and nothing half-written stays."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Entry
from questions.actions import publish_version, start_draft
from questions.content import Content
from questions.forms import typed
from questions.models import Anchor, Competency, Probe, Question, QuestionVersion, SampleAnswer
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory

pytestmark = pytest.mark.django_db
TEXTS = ["title", "tags", "prompt", "material", "purpose", "look_for", "must_have", "nice_to_have", "red_flags", "scoring_note",
         "references", "change_note", "anchor_1", "anchor_3", "anchor_5", "probes", "placeholders", "as_of"]  # fmt: skip
HUGE = "a " * 1_500_000


@pytest.fixture
def by():
    return UserFactory(recruiter=True)


@pytest.fixture
def recruiter(signed_in, by):
    return signed_in(by)


SCALE = {1: "Guesses.", 2: "Names one rate.", 3: "Computes one rate.", 4: "Computes both rates.", 5: "Compares both."}


@pytest.fixture
def filled():
    """Everything that the form of a new question needs, ready to be published."""
    return {
        "competency": CompetencyFactory().pk, "title": "Two models", "kind": "scenario", "level": "advanced", "minutes": "9", "tags": "a, b",
        "prompt": "Which one?\r\nSay why.", "material": "| a |\r\n|---|\r\n| 1 |", "look_for": "One\r\n\r\nTwo\r\nThree", "must_have": "A fact to check",
        **{f"anchor_{level}": text for level, text in SCALE.items()}, "probes": "And?\r\nThen?", "placeholders": "items = recipes = food",
        "review_by": "2027-11-01", "do": "save",
    }  # fmt: skip


def posted(version, **changes):
    """What the edit page would send for `version`, with `changes`."""
    sent = {name: "" if value is None else value for name, value in typed(Content.of(version)).items()}
    return {**sent, "do": "save", **changes}


def rows():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Question, QuestionVersion, Anchor, Probe, Competency, Entry)
    ]


def edit_of(version):
    return f"/questions/{version.question.slug}/edit/"


def test_a_question_is_written_then_published(recruiter, by, filled):
    answer = recruiter.post("/questions/new/", filled)
    assert (answer.status_code, answer.url) == (302, "/questions/two-models/edit/")
    draft = QuestionVersion.objects.get()
    said = Content.of(draft)
    assert (draft.author, draft.is_published, draft.question.competency_id) == (by, False, filled["competency"])
    assert said.fields["prompt"] == "Which one?\nSay why."
    assert said.fields["look_for"] == "One\nTwo\nThree"
    assert said.fields["placeholders"] == {"items": "recipes = food"}
    assert (said.anchors, said.probes) == (SCALE, ["And?", "Then?"])
    answer = recruiter.post("/questions/two-models/publish/", follow=True)
    assert "Version 1 is published." in answer.content.decode()
    assert QuestionVersion.objects.current().get() == draft


def test_the_edit_page_sends_back_exactly_what_is_stored(recruiter):
    draft = DraftFactory(placeholders={"items": "recipes"}, change_note="Why.", tags="a, b")
    form = recruiter.get(edit_of(draft)).context["form"]
    sent = {name: value if (value := form[name].value()) is not None else "" for name in form.fields}
    with CaptureQueriesContext(connection) as captured:
        assert recruiter.post(edit_of(draft), {**sent, "do": "save"}).status_code == 302
    assert not [
        q for q in captured if "questions_" in q["sql"] and q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}
    ]


def test_sample_answers_are_written_folded_and_one_between_the_usual_levels_is_not_lost(recruiter, filled):
    recruiter.post("/questions/new/", {**filled, "sample_3": "One rate.\r\n\r\nDone."})
    draft = QuestionVersion.objects.get()
    assert Content.of(draft).samples == {3: "One rate.\n\nDone."}
    page = recruiter.get(edit_of(draft)).content.decode()
    assert [f'name="sample_{level}"' in page for level in (1, 2, 3, 4, 5)] == [True, False, True, False, True]
    assert '<details class="fold"><summary' in page
    SampleAnswer.objects.create(version=draft, level=2, text="From the file.")
    form = recruiter.get(edit_of(draft)).context["form"]
    shown = [field for group in form.groups() for row in group.rows for field in row]
    sent = {field.html_name: value if (value := field.value()) is not None else "" for field in (*shown, form["as_of"])}
    recruiter.post(edit_of(draft), {**sent, "do": "save", "sample_1": "Guessing."})
    assert Content.of(draft).samples == {1: "Guessing.", 2: "From the file.", 3: "One rate.\n\nDone."}


def test_a_refused_sample_answer_is_not_left_folded(recruiter, filled):
    answer = recruiter.post("/questions/new/", {**filled, "sample_5": "x" * 6001})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<details class="fold" open>' in page
    assert not QuestionVersion.objects.exists()


def test_a_new_version_is_started_edited_and_published(recruiter):
    old = VersionFactory(prompt="Old?")
    slug = old.question.slug
    answer = recruiter.post(f"/questions/{slug}/draft/")
    assert answer.url == f"/questions/{slug}/edit/"
    draft = old.question.versions.get(published_at=None)
    answer = recruiter.post(edit_of(draft), posted(draft, prompt="New?", do="publish"), follow=True)
    assert "Version 2 is published." in answer.content.decode()
    assert QuestionVersion.objects.current().get().prompt == "New?"
    old.refresh_from_db()
    assert old.prompt == "Old?"


def test_the_second_click_on_new_version_leads_to_the_same_draft(recruiter):
    version = VersionFactory()
    path = f"/questions/{version.question.slug}/draft/"
    recruiter.post(path)
    answer = recruiter.post(path, follow=True)
    assert answer.status_code == 200
    assert "already a draft" in answer.content.decode()
    assert version.question.versions.count() == 2


def test_the_second_click_on_save_makes_no_second_question(recruiter, filled):
    recruiter.post("/questions/new/", filled)
    answer = recruiter.post("/questions/new/", filled)
    assert answer.status_code == 422
    assert "already a question with this title" in answer.content.decode()
    assert Question.objects.count() == 1


def test_the_second_click_on_publish_says_that_it_is_done(recruiter):
    draft = DraftFactory()
    path = f"/questions/{draft.question.slug}/publish/"
    assert recruiter.post(path).status_code == 302
    answer = recruiter.post(path)
    assert answer.status_code == 409
    assert "published already" in answer.content.decode()


def test_an_unready_draft_shows_each_finding_beside_its_field(recruiter):
    draft = DraftFactory(look_for="")
    draft.anchors.filter(level=3).delete()
    draft.probes.all().delete()
    for answer in (
        recruiter.post(f"/questions/{draft.question.slug}/publish/"),
        recruiter.post(edit_of(draft), posted(draft, do="publish")),
    ):
        assert answer.status_code == 422
        errors = answer.context["form"].errors
        assert set(errors) == {"__all__", "look_for", "anchor_3", "probes"}
        assert "the draft is saved" in answer.content.decode().lower()
    draft.refresh_from_db()
    assert not draft.is_published


def test_saving_while_publishing_is_refused_keeps_what_was_typed(recruiter):
    draft = DraftFactory()
    answer = recruiter.post(edit_of(draft), posted(draft, prompt="Mine?", look_for="One", do="publish"))
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert (draft.prompt, draft.look_for, draft.is_published) == ("Mine?", "One", False)
    # The page carries the stamp of what was just saved, so mending the field is not another person's change.
    form = answer.context["form"]
    assert (
        recruiter.post(
            edit_of(draft), {**form.data, "look_for": "a\nb\nc", "review_by": "", "do": "publish"}
        ).status_code
        == 302
    )


def test_what_could_not_be_saved_is_looked_at_as_it_was_typed(recruiter):
    draft = DraftFactory(prompt="As it was kept?")
    answer = recruiter.post(edit_of(draft), posted(draft, title="", prompt="As it was typed?"))
    assert answer.status_code == 422
    assert answer.context["content"].fields["prompt"] == "As it was typed?"
    assert "A short title is missing." not in answer.content.decode()
    assert "find nothing to mend" not in answer.content.decode()
    answer = recruiter.post(edit_of(draft), posted(draft, review_by="soon"))
    assert (answer.context["errors"], answer.context["warnings"]) == ([], [])
    assert "find nothing to mend" not in answer.content.decode()
    preview = recruiter.post(edit_of(draft), posted(draft, title="", do="preview"), headers={"HX-Request": "true"})
    assert preview.status_code == 422
    assert "A short title is missing." not in preview.content.decode()


def test_of_two_writers_the_second_is_told_and_keeps_their_text(recruiter, signed_in):
    draft = DraftFactory()
    mine, theirs = posted(draft, prompt="Mine?"), posted(draft, prompt="Theirs?", purpose="Typed long.")
    other = signed_in(UserFactory(recruiter=True))
    assert recruiter.post(edit_of(draft), mine).status_code == 302
    answer = other.post(edit_of(draft), theirs)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Someone else saved this draft" in shown
    assert "Theirs?" in shown
    assert "Typed long." in shown
    draft.refresh_from_db()
    assert draft.prompt == "Mine?"
    # Having been told, they may put theirs in its place.
    assert other.post(edit_of(draft), {**theirs, "as_of": answer.context["form"]["as_of"].value()}).status_code == 302
    draft.refresh_from_db()
    assert draft.prompt == "Theirs?"


def test_a_save_after_the_draft_was_published_is_refused_and_the_text_kept(recruiter, by):
    draft = DraftFactory()
    sent = posted(draft, prompt="Typed too late?")
    publish_version(version=draft, by=by)
    answer = recruiter.post(edit_of(draft), sent)
    assert answer.status_code == 409
    assert "published meanwhile" in answer.content.decode()
    assert "Typed too late?" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.prompt != "Typed too late?"


def test_a_stale_link_to_a_draft_leads_to_what_was_published(recruiter):
    version = VersionFactory()
    answer = recruiter.get(edit_of(version), follow=True)
    assert answer.redirect_chain == [(f"/questions/{version.question.slug}/", 302)]
    assert "There is no draft of this question now." in answer.content.decode()


def test_a_preview_shows_markdown_and_what_is_missing_and_writes_nothing(recruiter, filled):
    before = rows()
    sent = {
        **filled,
        "do": "preview",
        "probes": "",
        "prompt": "About {items}: which?",
        "placeholders": "items = recipes",
    }
    page = recruiter.post("/questions/new/", sent).content.decode()
    part = recruiter.post("/questions/new/", sent, headers={"HX-Request": "true"}).content.decode()
    for shown in (page, part):
        assert '<td class="n">1</td>' in shown
        assert "About recipes: which?" in shown
        assert "Write at least one probe." in shown
    assert "<html" in page
    assert "<html" not in part
    assert 'name="title" value="Two models"' in page
    assert rows() == before


def test_a_preview_of_what_cannot_be_saved_says_so(recruiter):
    draft = DraftFactory()
    answer = recruiter.post(
        edit_of(draft), posted(draft, title="", minutes="", do="preview"), headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422
    assert 'href="#id_title">Short title' in answer.content.decode()


@pytest.mark.parametrize("text", ["", " ", "\x00", "a\x00b", "\u202eevil", "two\nlines", "x" * 61, HUGE])
@pytest.mark.parametrize("where", ["new", "edit"])
def test_a_title_that_cannot_be_kept_is_refused_beside_its_field(recruiter, filled, where, text):
    draft = DraftFactory()
    before = rows()
    path, sent = ("/questions/new/", filled) if where == "new" else (edit_of(draft), posted(draft))
    answer = recruiter.post(path, {**sent, "title": text, "purpose": "Kept as typed."})
    assert answer.status_code == 422
    assert answer.context["form"].errors["title"]
    assert "Kept as typed." in answer.content.decode()
    assert rows() == before


# Every box is of one kind, so the short run tries the whole handful in one of them.
@pytest.mark.parametrize(
    ("field", "text"),
    [("prompt", "a\x07b"), ("prompt", HUGE)]
    + [(field, "a\x00b") for field in TEXTS]
    + [pytest.param(field, text, marks=pytest.mark.long) for field in TEXTS for text in ("a\x07b", HUGE)],
    ids=lambda given: given if len(given) > 3 and len(given) < 40 else repr(given)[:12],
)
def test_no_text_box_keeps_what_cannot_be_stored(recruiter, field, text):
    draft = DraftFactory()
    before = rows()
    answer = recruiter.post(edit_of(draft), posted(draft, **{field: text}))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert rows() == before


@pytest.mark.parametrize("field", [name for name in TEXTS if name not in {"title", "as_of", "placeholders"}])
def test_markup_is_kept_as_typed_and_shown_as_text(recruiter, field):
    draft = DraftFactory()
    bad = "<script>alert(1)</script> ![x](https://e.example/x.png)"
    assert recruiter.post(edit_of(draft), posted(draft, **{field: bad})).status_code == 302
    for path in (edit_of(draft), f"/questions/{draft.question.slug}/"):
        shown = recruiter.get(path).content.decode()
        assert "<script>alert" not in shown
        assert "<img" not in shown


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("minutes", "0", "greater than or equal to 1"),
        ("minutes", "241", "less than or equal to 240"),
        ("minutes", "9" * 400, "less than or equal to 240"),
        ("minutes", "nine", "whole number"),
        ("kind", "riddle", "valid choice"),
        ("level", "", "required"),
        ("review_by", "soon", "valid date"),
        ("probes", "\n".join("abcdefghijklm"), "At most 12 lines, please; these are 13."),
        ("probes", "short\n" + "x" * 501, "Line 2 is longer than 500 characters."),
        ("anchor_4", "x" * 1001, "at most 1000 characters"),
        ("look_for", "x" * 3001, "at most 3000 characters"),
        ("placeholders", "items recipes", "“items recipes” is not of the form name = default."),
        ("placeholders", "two words = x", "is not of the form"),
        ("placeholders", "items =", "is not of the form"),
    ],
)
def test_a_value_out_of_bounds_is_named(recruiter, field, text, sentence):
    draft = DraftFactory()
    before = rows()
    answer = recruiter.post(edit_of(draft), posted(draft, **{field: text}))
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors[field])
    assert rows() == before


@pytest.mark.parametrize("chosen", ["", "0", "999999999999999999999999", "x", "retired"])
def test_a_competency_that_cannot_be_asked_about_is_refused(recruiter, filled, chosen):
    from foundation import clock

    retired = CompetencyFactory(retired_at=clock.now())
    answer = recruiter.post("/questions/new/", {**filled, "competency": retired.pk if chosen == "retired" else chosen})
    assert answer.status_code == 422
    assert answer.context["form"].errors["competency"]
    assert not Question.objects.exists()


def test_an_empty_post_is_a_form_to_fill_in(recruiter):
    for path in ("/questions/new/", "/competencies/new/"):
        assert recruiter.post(path).status_code == 422
    assert not Entry.objects.exists()


def test_a_competency_is_made_and_renamed(recruiter):
    assert (
        recruiter.post("/competencies/new/", {"name": "Model evaluation", "definition": "One.\r\nTwo."}).url
        == "/competencies/"
    )
    competency = Competency.objects.get()
    assert (competency.slug, competency.definition) == ("model-evaluation", "One.\nTwo.")
    path = "/competencies/model-evaluation/edit/"
    assert 'value="Model evaluation"' in recruiter.get(path).content.decode()
    assert recruiter.post(path, {"name": "Judging", "definition": ""}).url == "/competencies/"
    competency.refresh_from_db()
    assert (competency.slug, competency.name) == ("model-evaluation", "Judging")


@pytest.mark.parametrize("name", ["", " ", "a\x00b", "\u202eevil", "x" * 81, HUGE, "Known", "KNOWN"])
@pytest.mark.parametrize("where", ["new", "edit"])
def test_a_competency_name_that_cannot_be_kept_is_refused_beside_its_field(recruiter, where, name):
    CompetencyFactory(name="Known")
    other = CompetencyFactory(name="Other")
    before = rows()
    path = "/competencies/new/" if where == "new" else f"/competencies/{other.slug}/edit/"
    answer = recruiter.post(path, {"name": name, "definition": "Kept as typed."})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert len(answer.context["form"].errors["name"]) == 1
    assert "Kept as typed." in shown
    assert (where == "new") or "<h1>Other</h1>" in shown
    assert rows() == before


@pytest.mark.parametrize("definition", ["x" * 601, "a\x00b", HUGE], ids=["long", "nul", "3 MB"])
def test_a_definition_that_cannot_be_kept_is_refused(recruiter, definition):
    assert recruiter.post("/competencies/new/", {"name": "A", "definition": definition}).status_code == 422
    assert not Competency.objects.exists()


@pytest.mark.parametrize(
    "path", ["/questions/new/", "/questions/{slug}/edit/", "/competencies/new/", "/competencies/{competency}/edit/"]
)
def test_only_recruiters_open_the_pages_for_writing(signed_in, client, path):
    draft = DraftFactory()
    path = path.format(slug=draft.question.slug, competency=draft.question.competency.slug)
    reader = signed_in(UserFactory())
    assert reader.get(path).status_code == reader.post(path).status_code == 403
    assert client.get(path).status_code == client.post(path).status_code == 302
    assert signed_in(UserFactory(recruiter=True)).put(path).status_code == 405


@pytest.mark.parametrize("move", ["draft", "publish"])
def test_only_recruiters_move_a_version_and_never_by_following_a_link(signed_in, recruiter, client, move):
    draft = DraftFactory()
    path = f"/questions/{draft.question.slug}/{move}/"
    assert signed_in(UserFactory()).post(path).status_code == 403
    assert client.post(path).status_code == 302
    assert recruiter.get(path).status_code == 405
    draft.refresh_from_db()
    assert not draft.is_published


@pytest.mark.parametrize("path", ["/questions/none/edit/", "/competencies/none/edit/"])
def test_writing_what_is_not_there_is_not_found(recruiter, path):
    assert recruiter.get(path).status_code == recruiter.post(path).status_code == 404


@pytest.mark.parametrize("move", ["draft", "publish"])
def test_moving_what_is_not_there_is_not_found(recruiter, move):
    assert recruiter.post(f"/questions/none/{move}/").status_code == 404


def test_a_published_question_with_a_draft_offers_to_go_on_with_it(recruiter, by):
    version = VersionFactory()
    assert "New version" in recruiter.get(f"/questions/{version.question.slug}/").content.decode()
    start_draft(question=version.question, by=by)
    shown = recruiter.get(f"/questions/{version.question.slug}/").content.decode()
    assert "New version" not in shown
    assert "Edit draft" in shown
    assert "Publish version 2" in shown
