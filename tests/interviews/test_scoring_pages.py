"""The scoring page, the review and the candidate's window: what is on them, and what never is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interviews.actions.scheduling import waive_card
from interviews.models import Score
from interviews.score_sheet import Sheet
from plans.models import InterviewPlan, Item, Section, Stage
from questions.models import Anchor, Probe, QuestionVersion, SampleAnswer
from tests.factories import (
    ApplicationFactory,
    CompetencyFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    ScorecardFactory,
    UserFactory,
    put_in_force,
    submit,
)
from tests.factories.questions import DraftFactory, QuestionFactory
from tests.interviews.saving import Tab, scored, warm_up

pytestmark = pytest.mark.django_db

PAGES = ["interview_score", "interview_review", "interview_show"]


def address(name, card):
    return reverse(f"interviews:{name}", args=[card.interview_id])


def read(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def card_on(version, **plan):
    """An open card of a stage with `version` alone."""
    role_plan = PlanFactory(stages=1)
    stage = role_plan.stages.get()
    stage.sections.all().delete()
    section = Section.objects.create(stage=stage, competency=version.question.competency, position=1)
    Item.objects.create(section=section, version=version, minutes=8, position=1)
    for name, value in plan.items():
        InterviewPlan.objects.filter(pk=role_plan.pk).update(**{name: value})
    role_plan.refresh_from_db()
    put_in_force(role_plan)
    meeting = InterviewFactory(application=ApplicationFactory(plan=role_plan), stage=stage)
    return ScorecardFactory(interview=meeting)


def publish(version):
    QuestionVersion.objects.filter(pk=version.pk).update(published_at=version.created_at)
    return version


def test_the_page_holds_every_question_with_its_rubric(mine, card):
    page = read(mine, address("interview_score", card))
    for score in card.scores.select_related("item__version"):
        version = score.item.version
        assert f'id="question-{score.item_id}"' in page
        assert version.prompt in page
        for line in version.look_for_lines:
            assert line in page
        for probe in version.probes.all():
            assert probe.text in page
    assert page.count('name="answer"') == 2 * 9, "five levels and four other answers for each scored question"
    assert "Warm-up, not scored" in page
    assert "Welcome." in page
    assert "Thank you." in page


def test_the_page_names_the_candidate_by_code_alone(mine, card):
    candidate = card.interview.application.candidate
    page = read(mine, address("interview_score", card))
    assert candidate.code in page
    assert candidate.name not in page
    assert candidate.email not in page


def test_placeholders_are_filled_by_the_plan_and_else_by_the_question():
    version = DraftFactory(
        prompt="How would {product} rank {thing}?", look_for="Asks who uses {product}", placeholders={"product": "a shop", "thing": "offers"}
    )  # fmt: skip
    Anchor.objects.filter(version=version, level=3).update(behaviour="Ranks {thing}.")
    Probe.objects.filter(version=version, position=1).update(text="And for {product}?")
    card = card_on(publish(version), placeholder_values={"product": "the Harbour site"})
    row = Sheet.of(card).rows[0]
    assert row.words["prompt"] == "How would the Harbour site rank offers?"
    assert row.words["look_for"] == "Asks who uses the Harbour site"
    assert row.steps[2].behaviour == "Ranks offers."
    assert row.probes[0].text == "And for the Harbour site?"


def test_what_was_saved_stands_in_its_fields(mine, card):
    score = scored(card)
    tab = Tab(mine, card)
    tab.save(score, level=4)
    tab.save(score, evidence="Asked what a miss costs.")
    tab.save(score, probes_used=[2], hint=True)
    page = read(mine, address("interview_score", card))
    form = page.split(f'id="question-{score.item_id}"')[1].split("</form>")[0]
    assert 'name="answer" value="4" checked' in form
    assert "Asked what a miss costs.</textarea>" in form
    assert 'name="probes_used" value="2" checked' in form
    assert 'name="hint" checked' in form
    assert 'data-version="3"' in form


@pytest.mark.parametrize("name", PAGES)
def test_nobody_else_finds_the_pages_of_a_card(card, signed_in, name):
    role = card.interview.application.role
    others = [
        UserFactory(), UserFactory(administrator=True), MembershipFactory(role=role, recruiter=True).user,
        MembershipFactory(role=role, hiring_manager=True).user, MembershipFactory(role=role, committee=True).user,
    ]  # fmt: skip
    missing = {signed_in(user).get(reverse(f"interviews:{name}", args=[999_999])).content for user in others}
    found = {signed_in(user).get(address(name, card)).content for user in others}
    assert {signed_in(user).get(address(name, card)).status_code for user in others} == {404}
    assert len(found) == len(missing)


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_closed_to_the_signed_out_and_to_other_methods(client, mine, card, name):
    assert client.get(address(name, card)).status_code == 302
    assert mine.post(address(name, card)).status_code == 405


def test_nothing_of_a_peer_or_of_another_interview_is_on_any_page(mine, card):
    peer = ScorecardFactory(interview=card.interview)
    Score.objects.filter(scorecard=peer).update(evidence="CANARY of a peer")
    submit(peer, evidence="CANARY of a sealed peer")
    own = ScorecardFactory(interviewer=card.interviewer)
    Score.objects.filter(scorecard=own).update(evidence="CANARY of another interview")
    for name in PAGES:
        page = read(mine, address(name, card))
        assert "CANARY" not in page
        assert peer.interviewer.name not in page


def test_the_scoring_page_costs_the_same_with_more_questions(card, signed_in):
    def cost(card):
        mine = signed_in(card.interviewer)
        with CaptureQueriesContext(connection) as spent:
            read(mine, address("interview_score", card))
        return len(spent)

    version = publish(DraftFactory())
    small = card_on(version)
    assert small.scores.count() == 1
    assert card.scores.count() == 3
    assert cost(small) == cost(card)
    assert cost(card) <= 15


@pytest.mark.parametrize("name", ["interview_score", "interview_review"])
def test_a_sealed_card_leads_to_the_card_and_a_waived_one_says_so(mine, card, name):
    other = ScorecardFactory(interviewer=card.interviewer)
    submit(card)
    waive_card(card=other, reason="Ill", by=UserFactory())
    answer = mine.get(address(name, card))
    assert (answer.status_code, answer["Location"]) == (302, reverse("interviews:scorecard_detail", args=[card.pk]))
    assert "waived" in read(mine, address(name, other), status=409)


# ---- The candidate's window ----


def rubric_of(version):
    """Every text of a version that its candidate must not see."""
    texts = [
        version.title,
        version.purpose,
        version.scoring_note,
        version.question.competency.name,
        version.question.slug,
    ]
    texts += [*version.look_for.splitlines(), *version.must_have.splitlines(), *version.red_flags.splitlines()]
    texts += [anchor.behaviour for anchor in version.anchors.all()] + [probe.text for probe in version.probes.all()]
    texts += [sample.text for sample in version.sample_answers.all()]
    return [text for text in texts if text]


@pytest.fixture
def telling():
    """A version each of whose texts is a word of its own."""
    version = DraftFactory(
        question=QuestionFactory(competency=CompetencyFactory(name="COMPETENCYWORD")), title="TITLEWORD", purpose="PURPOSEWORD",
        look_for="LOOKWORD", must_have="FACTWORD", red_flags="FLAGWORD", scoring_note="NOTEWORD",
        prompt="What is shown here?", material="**Table**\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    )  # fmt: skip
    Anchor.objects.filter(version=version).update(behaviour="ANCHORWORD")
    Probe.objects.filter(version=version).update(text="PROBEWORD")
    SampleAnswer.objects.create(version=version, level=3, text="SAMPLEWORD")
    return publish(version)


def test_no_page_of_an_interview_shows_the_sample_answers(telling, signed_in):
    card = card_on(telling)
    client = signed_in(card.interviewer)
    for name in PAGES:
        assert "SAMPLEWORD" not in read(client, address(name, card))


def test_the_scoring_page_and_the_window_draw_the_formulas_of_a_question(signed_in):
    version = DraftFactory(prompt="What does $x^2$\ntell?", material="$$\\frac{a}{b}$$", look_for="$n_1$\nTwo")
    version.probes.update(text="Why $y$?")
    card = card_on(publish(version))
    client, window = signed_in(card.interviewer), f"{address('interview_show', card)}?item={card.scores.get().item_id}"
    for page, heading in (
        (read(client, address("interview_score", card)), "<h1 tabindex"),
        (read(client, f"{window}&prompt=1"), "<h1 hx"),
    ):
        assert "<title>x squared</title>" in page.split(heading)[1].split("</h1>")[0]
        assert "<br>tell?</h1>" in page
        assert "<title>a over b</title>" in page
    page = read(client, address("interview_score", card))
    assert "<title>n sub 1</title>" in page
    assert "<title>y</title>" in page


def test_the_window_shows_the_material_and_the_prompt_only_if_chosen(telling, signed_in):
    card = card_on(telling)
    client, url = signed_in(card.interviewer), f"{address('interview_show', card)}?item={card.scores.get().item_id}"
    page = read(client, url)
    assert "2</td>" in page
    assert "What is shown here?" not in page
    assert "What is shown here?" in read(client, f"{url}&prompt=1")
    assert "</td>" not in read(client, address("interview_show", card))


def test_the_window_holds_no_word_of_rubric_score_or_person(telling, signed_in):
    card = card_on(telling)
    client, score = signed_in(card.interviewer), card.scores.get()
    tab = Tab(client, card)
    tab.save(score, level=2)
    tab.save(score, evidence="EVIDENCEWORD")
    page = read(client, f"{address('interview_show', card)}?item={score.item_id}&prompt=1")
    application = card.interview.application
    hidden = [
        *rubric_of(telling), "EVIDENCEWORD", application.candidate.name, application.candidate.code, application.role.title,
        card.interview.stage.name, card.interviewer.name, "Welcome.", "Interview Kit", "<nav", "<a ", "csrf", "min",
    ]  # fmt: skip
    body = page.split("<body")[1]
    for text in hidden:
        assert text not in body, text
    for text in hidden[:-5]:
        assert text not in page, text
    assert "<title>For you to read</title>" in page


@pytest.mark.parametrize("item", ["0", "-1", "abc", "9" * 30, "1.5", "\x00"])
def test_the_window_of_no_question_is_not_found(mine, card, item):
    assert mine.get(address("interview_show", card), {"item": item}).status_code == 404


def test_the_window_shows_no_item_of_another_stage(mine, card):
    foreign = warm_up(ScorecardFactory()).item_id
    assert mine.get(address("interview_show", card), {"item": foreign}).status_code == 404


def test_the_window_is_closed_once_the_card_is_in(mine, card):
    submit(card)
    assert mine.get(address("interview_show", card)).status_code == 404


def test_material_with_html_links_and_images_stays_harmless(signed_in):
    version = publish(DraftFactory(material="<script>x()</script> ![p](http://e.example/p.png) [l](javascript:x())"))
    card = card_on(version)
    item = card.scores.get().item_id
    for url in (f"{address('interview_show', card)}?item={item}", address("interview_score", card)):
        body = read(signed_in(card.interviewer), url).split("<body")[1]
        assert "<script>x" not in body
        assert "<img" not in body
        assert 'href="javascript' not in body


def test_a_stage_without_questions_still_has_its_page(signed_in):
    plan = PlanFactory(stages=1)
    stage = Stage.objects.create(plan=plan, name="Lunch", position=9, minutes=30)
    put_in_force(plan)
    card = ScorecardFactory(interview=InterviewFactory(application=ApplicationFactory(plan=plan), stage=stage))
    for name in PAGES:
        read(signed_in(card.interviewer), address(name, card))
