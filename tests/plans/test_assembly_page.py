"""The page that assembles a draft: wishes, proposal, the one thing to relax, and putting it into the plan."""

import hashlib
import re
import textwrap
from datetime import timedelta

import pytest

from foundation import clock
from plans.assembly import apart
from plans.models import Item, PlanCompetency, PlanEdit, Stage
from questions.models import Enemy, Question, Usage
from tests.factories import MembershipFactory, PlanFactory, VersionFactory
from tests.factories.plans import put_in_force
from tests.factories.questions import QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return PlanFactory(stages=2)


@pytest.fixture
def client(draft, signed_in):
    return signed_in(MembershipFactory(role=draft.role, hiring_manager=True).user)


@pytest.fixture
def competencies(draft):
    return [row.competency for row in draft.competencies.order_by("pk")]


def question(competency, title, **fields):
    """A published question whose prompt has nothing in common with that of another title."""
    letters = hashlib.sha256(title.encode()).hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))
    fields.setdefault("prompt", " ".join(textwrap.wrap(letters, 8)) + "?")
    return VersionFactory(question=QuestionFactory(competency=competency), title=title, **fields)


def address(draft, stage=None):
    return f"/plans/{draft.pk}/assemble/" + (f"?stage={stage.pk}" if stage else "")


def filled(client, path, **changes):
    """Everything that the form at `path` holds, as a browser sends it, with `changes`."""
    page = client.get(path)
    form = page.context["form"]
    held = {name: form[name].value() for name in form.fields}
    return {
        name: "on" if value is True else value for name, value in held.items() if value not in {None, False}
    } | changes


def proposed(client, path, **changes):
    return client.post(path, filled(client, path, **changes)).context["proposal"]


def titles(proposal):
    return [pick.offer.title for stage in proposal.stages for pick in stage.picks]


def put(client, draft, page, **changes):
    """Send what the proposal on `page` holds, as a browser does with everything ticked."""
    text = page.content.decode()
    sent = {name: re.findall(rf'name="{name}"[^>]*value="([0-9-]+)"', text) for name in ("pick", "anew", "seen")}
    return client.post(f"{address(draft)}put/", {**sent, **changes})


def items(draft):
    return Item.objects.filter(section__stage__plan=draft)


def test_a_loop_is_proposed_within_its_minutes_and_put_into_the_plan_as_one_change(client, draft, competencies):
    for place in range(6):
        question(competencies[place % 2], f"Case {place}", minutes=6 + place, level="advanced")
    page = client.post(address(draft), filled(client, address(draft)))
    proposal = page.context["proposal"]
    assert proposal.is_best
    assert proposal.count
    assert all(stage.minutes <= stage.budget == 35 for stage in proposal.stages)
    before = items(draft).count()
    assert put(client, draft, page).headers["Location"] == f"/plans/{draft.pk}/"
    assert items(draft).count() == before + proposal.count
    assert PlanEdit.objects.filter(plan=draft).count() == 1
    assert "put an assembled proposal into the plan" in client.get(f"/plans/{draft.pk}/").content.decode()
    client.post(f"/plans/{draft.pk}/undo/")
    assert items(draft).count() == before


def test_a_new_loop_is_filled_from_nothing_and_gets_its_sections(client, draft, competencies):
    draft.stages.all().delete()
    stage = Stage.objects.create(plan=draft, name="Talk", minutes=30, position=1)
    for competency in competencies:
        question(competency, f"On {competency}", minutes=8)
    page = client.post(address(draft), filled(client, address(draft)))
    put(client, draft, page)
    assert [section.competency for section in stage.sections.all()] == competencies
    assert items(draft).count() == 2


def test_what_stands_there_is_counted_and_what_it_shuns_is_not_offered(client, draft, competencies):
    first = competencies[0]
    standing = items(draft).filter(scored=True, version__question__competency=first).first().version
    enemy, resting, retired = (question(first, title) for title in ("Told", "Rested", "Retired"))
    Enemy.objects.create(first=standing.question, second=enemy.question)
    Question.objects.filter(pk=resting.question_id).update(rest_until=clock.now().date() + timedelta(days=2))
    Question.objects.filter(pk=retired.question_id).update(retired_at=clock.now())
    near = question(first, "Near", prompt=standing.prompt)
    free = question(first, "Free")
    proposal = proposed(client, address(draft), **{f"least_{first.pk}": 1})
    assert titles(proposal) == [free.title]
    assert near.title not in titles(proposal)
    kept = proposal.stages[0].kept
    assert [item.scored for item in kept] == [False, True, True]


def test_the_proposal_takes_the_place_of_what_stood_there_when_that_is_asked_for(client, draft, competencies):
    for competency in competencies:
        question(competency, f"New on {competency}", minutes=5, level="advanced")
    stage = draft.stages.first()
    sent = filled(client, address(draft, stage))
    del sent["is_kept"]
    page = client.post(address(draft, stage), sent)
    proposal = page.context["proposal"]
    assert [item.scored for item in proposal.stages[0].kept] == [False]
    others = set(items(draft).exclude(section__stage=stage).values_list("pk", flat=True))
    put(client, draft, page)
    now = items(draft).filter(section__stage=stage)
    assert sorted(item.version.title for item in now if item.scored) == sorted(titles(proposal))
    assert now.filter(scored=False).count() == 1
    assert set(items(draft).exclude(section__stage=stage).values_list("pk", flat=True)) == others


def test_a_value_is_weight_times_level_times_freshness_and_can_be_set_by_hand(client, draft, competencies):
    first = competencies[0]
    PlanCompetency.objects.filter(plan=draft, competency=first).update(weight=3, reason="It matters.")
    worn, fresh = question(first, "Worn", level="advanced"), question(first, "Fresh", level="intermediate")
    Usage.objects.create(question=worn.question, times_asked=4, last_asked_at=clock.now() - timedelta(days=9))
    page = client.get(address(draft)).content.decode()
    assert "3 × 100 % × 60 % = <b>1.80</b>" in page
    assert "3 × 90 % × 100 % = <b>2.70</b>" in page
    only_one = {f"least_{first.pk}": 3, f"most_{first.pk}": 3}
    assert titles(proposed(client, address(draft), **only_one)) == [fresh.title]
    set_by_hand = {**only_one, f"value_{worn.question_id}": "5"}
    proposal = proposed(client, address(draft), **set_by_hand)
    assert titles(proposal) == [worn.title]
    assert proposal.stages[0].picks[0].worth == 5


def test_what_must_and_must_never_be_asked_is_kept_and_said(client, draft, competencies):
    first = competencies[0]
    best, poor = question(first, "Best", level="advanced"), question(first, "Poor", level="beginner")
    marks = {f"choice_{poor.question_id}": "must", f"choice_{best.question_id}": "never"}
    proposal = proposed(client, address(draft), **marks, **{f"most_{first.pk}": 9})
    assert titles(proposal) == [poor.title]
    assert proposal.stages[0].picks[0].reason == "You said that it must be asked."


def test_an_impossible_wish_names_the_one_change_and_its_button_makes_it(client, draft, competencies):
    first = competencies[0]
    for place in range(3):
        question(first, f"Long {place}", minutes=20)
    stage = draft.stages.first()
    path = address(draft, stage)
    sent = filled(client, path, **{f"minutes_{stage.pk}": 20, f"least_{first.pk}": 2, f"most_{first.pk}": 2})
    page = client.post(path, sent)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Nothing fits all of this" in text
    # A warm-up of 4 and two questions of 8 minutes stand there; one more takes 20.
    assert "“Stage 1” would need 40 minutes for questions." in text
    pressed = re.search(r'name="relax" value="([^"]+)"', text)[1]
    assert pressed == f"minutes_{stage.pk}=40"
    mended = client.post(path, sent | {"relax": pressed})
    assert mended.context["proposal"].count == 1
    assert mended.context["form"][f"minutes_{stage.pk}"].value() == "40"


def test_counts_that_cannot_be_met_and_two_that_shun_each_other_are_named(client, draft, competencies):
    first = competencies[0]
    one, other = question(first, "One", minutes=3), question(first, "Other", minutes=3)
    text = client.post(
        address(draft), filled(client, address(draft), **{f"least_{first.pk}": 9, f"most_{first.pk}": 9})
    )
    assert f"It is possible with at least 4 on {first}." in text.content.decode()
    Enemy.objects.create(first=one.question, second=other.question)
    marks = {f"choice_{one.question_id}": "must", f"choice_{other.question_id}": "must", f"most_{first.pk}": 9}
    text = client.post(address(draft), filled(client, address(draft), **marks)).content.decode()
    assert "stand too near to each other" in text
    assert f"choice_{other.question_id}=may" in text


def test_where_no_single_change_is_enough_that_is_said(client, draft, competencies):
    counts = {f"{side}_{competency.pk}": 20 for side in ("least", "most") for competency in competencies}
    page = client.post(address(draft), filled(client, address(draft), **counts))
    assert "No single change is enough" in page.content.decode()
    assert "relax" not in page.content.decode()


@pytest.mark.parametrize("typed", ["", "-1", "481", "7.5", "x", "9" * 40])
def test_a_number_that_makes_no_sense_is_said_beside_its_field(client, draft, typed):
    stage = draft.stages.first()
    answer = client.post(
        address(draft), filled(client, address(draft), **{f"minutes_{stage.pk}": typed, "fit_advanced": typed})
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {f"minutes_{stage.pk}", "fit_advanced"}
    assert typed in answer.content.decode()


def test_at_most_below_at_least_is_said_beside_its_field(client, draft, competencies):
    first = competencies[0]
    answer = client.post(
        address(draft), filled(client, address(draft), **{f"least_{first.pk}": 3, f"most_{first.pk}": 2})
    )
    assert answer.context["form"].errors.keys() == {f"most_{first.pk}"}


def test_a_draft_that_changed_meanwhile_is_not_filled(client, draft, competencies):
    question(competencies[0], "Late")
    page = client.post(address(draft), filled(client, address(draft)))
    client.post(f"/items/{items(draft).first().pk}/remove/")
    before = items(draft).count()
    answer = put(client, draft, page)
    assert answer.status_code == 409
    assert "So your change was not made" in answer.content.decode()
    assert items(draft).count() == before


def test_a_question_retired_since_the_proposal_stops_all_of_it(client, draft, competencies):
    late, _other = question(competencies[0], "Late"), question(competencies[1], "Other")
    page = client.post(address(draft), filled(client, address(draft)))
    Question.objects.filter(pk=late.question_id).update(retired_at=clock.now())
    before = items(draft).count()
    assert put(client, draft, page).status_code == 409
    assert items(draft).count() == before


@pytest.mark.parametrize("pick", [[], ["x"], ["1-1"], ["-"], ["999999-999999"]])
def test_a_pick_that_names_nothing_is_refused(client, draft, pick):
    assert client.post(f"{address(draft)}put/", {"pick": pick}).status_code == 409


def test_another_plans_stage_takes_nothing_of_ours(client, draft, competencies):
    strange, version = PlanFactory().stages.first(), question(competencies[0], "Ours")
    answer = client.post(f"{address(draft)}put/", {"pick": [f"{strange.pk}-{version.pk}"], "anew": [strange.pk]})
    assert answer.status_code == 409
    version_of_ours = f"{draft.stages.first().pk}-{version.pk}"
    client.post(f"{address(draft)}put/", {"pick": [version_of_ours], "anew": [strange.pk]})
    assert Item.objects.filter(section__stage=strange, scored=True).exists()


def test_a_plan_without_interviews_or_competencies_says_what_is_missing(client, draft):
    draft.competencies.all().delete()
    assert "no competency to ask about" in client.get(address(draft)).content.decode()
    draft.stages.update(kind="take-home")
    assert "no interview to fill" in client.get(address(draft)).content.decode()
    assert client.post(address(draft), {}).status_code == 422


def test_a_plan_in_force_is_not_assembled(client, draft):
    put_in_force(draft)
    assert client.get(address(draft)).status_code == 409
    assert client.post(f"{address(draft)}put/", {"pick": ["1-1"]}).status_code == 409


def test_the_page_asks_no_more_of_a_larger_bank_or_plan(client, draft, competencies, queries_of):
    def shown():
        question(competencies[0], f"Question {shown.count}")
        shown.count += 1
        return queries_of(lambda: client.post(address(draft), sent))

    shown.count = 0
    sent = filled(client, address(draft))
    once = shown()
    shown()
    assert shown() == once


def test_one_at_a_time_is_assembled_and_the_others_are_told(client, draft, monkeypatch):
    monkeypatch.setattr(apart, "PATIENCE", 0.01)
    sent = filled(client, address(draft))
    with apart._turn:
        answer = client.post(address(draft), sent)
    assert answer.status_code == 422
    assert "Other plans are being assembled just now" in answer.content.decode()


def test_a_process_that_fails_is_a_sentence(client, draft, monkeypatch, tmp_path):
    sent = filled(client, address(draft))
    monkeypatch.setattr(apart, "ROOT", tmp_path)
    answer = client.post(address(draft), sent)
    assert answer.status_code == 422
    assert "No proposal could be made just now" in answer.content.decode()


def test_each_competency_is_asked_about_in_two_interviews_before_the_values_count_and_it_is_said(
    client, draft, competencies
):
    Item.objects.filter(section__stage__plan=draft, scored=True).delete()
    for competency in competencies:
        for place, level in enumerate(("advanced", "beginner")):
            question(competency, f"{place} on {competency}", minutes=15, level=level)
    draft.stages.update(minutes=50)  # less ten, less two warm-ups of four
    page = client.post(address(draft), filled(client, address(draft)))
    assert page.context["proposal"].heard == (tuple(map(str, competencies)), (), ())
    assert f"<b>In two interviews or more:</b> {competencies[0]}, {competencies[1]}" in page.content.decode()
    draft.stages.filter(position=2).update(minutes=20)
    heard = proposed(client, address(draft)).heard
    assert (len(heard.twice), len(heard.once)) == (0, 2)


def test_the_values_alone_count_where_that_is_asked_for_and_a_stage_is_never_spread(client, draft, competencies):
    stage = draft.stages.first()
    assert "is_spread" not in client.get(address(draft, stage)).context["form"].fields
    assert proposed(client, address(draft, stage)).heard is None
    sent = filled(client, address(draft))
    del sent["is_spread"]
    assert client.post(address(draft), sent).status_code == 200
