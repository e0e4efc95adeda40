"""Building a draft: every part goes anywhere it fits, the last change is undone, and nobody overwrites anybody silently."""

import pytest

from accounts.models import Entry
from foundation.lifecycle import MoveRefused, Refused
from plans import actions
from plans.actions.drafts import KEPT, Overtaken
from plans.models import MOST_ITEMS, MOST_STAGES, InterviewPlan, Item, Section, Stage
from plans.spots import LAST, Spot
from questions.models import Question
from tests.factories import CompetencyFactory, MembershipFactory, PlanFactory, VersionFactory
from tests.plans.test_plans import shape, version_for

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft():
    return PlanFactory(stages=2)


@pytest.fixture
def rosa(draft):
    return MembershipFactory(role=draft.role, recruiter=True, user__name="Rosa").user


@pytest.fixture
def mia(draft):
    return MembershipFactory(role=draft.role, hiring_manager=True, user__name="Mia").user


def sections(plan):
    return list(Section.objects.filter(stage__plan=plan).order_by("stage__position", "position"))


def titles(section):
    return [item.version.title for item in section.items.order_by("position")]


def revision(plan):
    return InterviewPlan.objects.get(pk=plan.pk).revision


def test_a_question_goes_to_any_place_that_can_hold_it(draft, rosa):
    here, other, there, _last = sections(draft)
    warm, scored = here.items.all()
    actions.move_item(item=scored, to=Spot(there.pk, 2), by=rosa)
    assert titles(there)[1] == scored.version.title
    assert [item.position for item in there.items.all()] == [1, 2, 3]
    actions.move_item(item=warm, to=Spot(other.pk, LAST), by=rosa)
    assert titles(other)[-1] == warm.version.title
    with pytest.raises(Refused, match="can only be a warm-up"):
        actions.move_item(item=scored, to=Spot(other.pk, 1), by=rosa)


def test_a_step_leads_on_into_the_next_section_that_can_hold_the_question(draft, rosa):
    here, _other, there, _last = sections(draft)
    scored = here.items.last()
    actions.move_item(item=scored, to="down", by=rosa)
    assert titles(there)[0] == scored.version.title
    actions.move_item(item=scored, to="up", by=rosa)
    assert titles(here)[-1] == scored.version.title


def test_at_the_end_of_the_way_nothing_moves_and_nothing_is_counted(draft, rosa):
    before, first = revision(draft), draft.stages.first()
    actions.move_stage(stage=first, to="up", by=rosa)
    assert (revision(draft), draft.stages.first()) == (before, first)


def test_a_section_goes_to_a_stage_that_has_none_for_its_competency(draft, rosa):
    here, other = sections(draft)[:2]
    last = draft.stages.last()
    with pytest.raises(Refused, match="has a section for this competency already"):
        actions.move_section(section=here, to=Spot(last.pk, 1), by=rosa)
    last.sections.filter(competency=here.competency).delete()
    actions.move_section(section=here, to=Spot(last.pk, 2), by=rosa)
    assert [section.competency for section in last.sections.all()] == [other.competency, here.competency]


def test_a_stage_goes_to_any_place(draft, rosa):
    first, second = draft.stages.all()
    actions.move_stage(stage=first, to=Spot(draft.pk, 2), by=rosa)
    assert list(draft.stages.all()) == [second, first]


def test_moving_costs_the_same_for_two_questions_and_twenty(draft, rosa, queries_of, django_assert_num_queries):
    here = sections(draft)[0]
    scored = here.items.last()
    few = queries_of(lambda: actions.move_item(item=Item.objects.get(pk=scored.pk), to=Spot(here.pk, 1), by=rosa))
    for number in range(18):
        here.items.create(version=version_for(here), minutes=5, position=10 + number)
    with django_assert_num_queries(few):
        actions.move_item(item=Item.objects.get(pk=scored.pk), to=Spot(here.pk, 9), by=rosa)


def test_every_change_is_undone_one_after_the_other(draft, rosa):
    here, stage = sections(draft)[0], draft.stages.first()
    shapes, keys = [shape(draft)], set(Item.objects.values_list("pk", flat=True))
    weight = draft.competencies.first()
    for act in (
        lambda: actions.move_item(item=here.items.last(), to="up", by=rosa),
        lambda: actions.add_item(section=here, version=version_for(here), minutes=5, scored=True, number=1, by=rosa),
        lambda: actions.remove_stage(stage=stage, by=rosa),
        lambda: actions.weigh_plan_competency(
            plan=draft, competency=weight.competency, weight=3, reason="Daily", by=rosa
        ),
        lambda: actions.fill_in_placeholders(plan=draft, values={"product": "maps"}, by=rosa),
    ):
        act()
        shapes.append(shape(draft))
    for expected in reversed(shapes[:-1]):
        actions.undo_change(plan=draft, by=rosa)
        assert shape(draft) == expected
    draft.refresh_from_db()
    assert (draft.placeholder_values, draft.competencies.get(pk=weight.pk).weight) == ({}, 1)
    assert set(Item.objects.values_list("pk", flat=True)) == keys
    with pytest.raises(Refused, match="no change left"):
        actions.undo_change(plan=draft, by=rosa)
    assert Entry.objects.filter(verb="plan.change_undone").count() == 5


def test_only_so_many_changes_are_kept_and_none_of_a_plan_in_force(draft, rosa):
    item = sections(draft)[0].items.first()
    for minutes in range(1, KEPT + 3):
        actions.change_item(item=item, minutes=minutes, scored=False, by=rosa)
    assert draft.edits.count() == KEPT
    actions.activate_plan(plan=draft, by=rosa)
    assert draft.edits.count() == 0


def test_who_saw_an_older_draft_changes_nothing_and_is_told_who_was_first(draft, rosa, mia):
    here = sections(draft)[0]
    seen, item = revision(draft), here.items.last()
    actions.change_item(item=item, minutes=9, scored=True, by=mia, seen=seen)
    with pytest.raises(Overtaken, match=f"Mia changed “{item.version.title}”: 9 minutes.*was not made"):
        actions.move_item(item=item, to="up", by=rosa, seen=seen)
    assert titles(here)[-1] == item.version.title
    with pytest.raises(Overtaken, match="You, in another window, changed"):
        actions.move_item(item=item, to="up", by=mia, seen=seen)


def test_both_see_what_became_of_a_board_that_two_have_open(draft, rosa, mia, signed_in):
    one, other = signed_in(rosa), signed_in(mia)
    item, seen = sections(draft)[0].items.last(), revision(draft)
    assert one.get(f"/plans/{draft.pk}/news/?seen={seen}").text.strip() == ""
    sent = {"to": "up", "seen": seen, "plan": draft.pk}
    assert other.post(f"/items/{item.pk}/move/", sent, headers=HTMX).status_code == 200
    late = one.post(f"/items/{item.pk}/remove/", sent, headers=HTMX)
    assert late.status_code == 422
    assert f"Mia moved “{item.version.title}”" in late.text
    assert f'name="seen" value="{seen + 1}"' in late.text
    assert Item.objects.filter(pk=item.pk).exists()
    assert "Mia moved" in one.get(f"/plans/{draft.pk}/news/?seen={seen}").text
    assert f'id="plan-{draft.pk}"' in one.get(f"/plans/{draft.pk}/", headers=HTMX).text


def test_a_form_that_was_overtaken_keeps_what_was_typed_and_can_be_sent_again(draft, rosa, mia, signed_in):
    client, stage = signed_in(rosa), draft.stages.first()
    actions.move_stage(stage=draft.stages.last(), to="up", by=mia)
    typed = {
        "name": "Renamed",
        "kind": "interview",
        "minutes": 50,
        "interviewers": 2,
        "opening": "Hello.",
        "closing": "",
        "seen": 0,
    }
    answer = client.post(f"/stages/{stage.pk}/edit/", typed)
    assert answer.status_code == 422
    assert "Mia moved the stage" in answer.text
    assert 'value="Renamed"' in answer.text
    assert 'name="seen" value="1"' in answer.text
    assert client.post(f"/stages/{stage.pk}/edit/", {**typed, "seen": 1}).status_code == 302
    stage.refresh_from_db()
    assert (stage.name, stage.interviewers) == ("Renamed", 2)


@pytest.mark.parametrize("what", ["stage", "section", "item"])
def test_what_was_removed_meanwhile_is_answered_with_the_board_and_by_whom(draft, rosa, mia, signed_in, what):
    client, section = signed_in(rosa), sections(draft)[0]
    parts = {"stage": section.stage, "section": section, "item": section.items.last()}
    seen, part = revision(draft), parts[what]
    path = f"/{what}s/{part.pk}/move/"
    getattr(actions, f"remove_{what}")(**{what: part}, by=mia)
    answer = client.post(path, {"to": "down", "seen": seen, "plan": draft.pk}, headers=HTMX)
    assert answer.status_code == 422
    assert "Mia removed" in answer.text
    assert client.post(path, {"to": "down"}).status_code == 404


def test_dropping_into_a_stage_that_was_deleted_loses_nothing(draft, rosa, mia, signed_in):
    client, seen = signed_in(rosa), revision(draft)
    here, there = sections(draft)[0], sections(draft)[2]
    item, version = here.items.last(), version_for(there)
    actions.remove_stage(stage=there.stage, by=mia)
    sent = {"to": f"{there.pk}:1", "seen": seen, "plan": draft.pk}
    assert "Mia removed the stage" in client.post(f"/items/{item.pk}/move/", sent, headers=HTMX).text
    added = client.post(
        f"/plans/{draft.pk}/questions/{version.pk}/add/", {"into": f"section-{there.pk}", "seen": seen}, headers=HTMX
    )
    assert "Mia removed the stage" in added.text
    assert Item.objects.get(pk=item.pk).section == here
    with pytest.raises(MoveRefused):
        actions.move_item(item=item, to=Spot(there.pk, 1), by=rosa)


def test_a_question_that_is_retired_during_the_edit_is_refused_with_a_sentence(draft, rosa, signed_in):
    client, here = signed_in(rosa), sections(draft)[0]
    version = version_for(here)
    Question.objects.filter(pk=version.question_id).update(retired_at="2026-01-01T00:00Z")
    answer = client.post(f"/plans/{draft.pk}/questions/{version.pk}/add/", {"into": f"section-{here.pk}"}, headers=HTMX)
    assert answer.status_code == 422
    assert "not retired can be placed" in answer.text


def test_a_question_is_added_to_a_stage_which_makes_the_section_for_it(draft, rosa, signed_in):
    client, stage = signed_in(rosa), draft.stages.last()
    version = VersionFactory(question__competency=CompetencyFactory(name="Responsible AI"))
    for way, scored in (("", True), ("no", False)):
        client.post(f"/plans/{draft.pk}/questions/{version.pk}/add/", {"into": f"stage-{stage.pk}", "scored": way})
        item = stage.sections.get(competency__name="Responsible AI").items.get()
        assert item.scored == scored
        client.post(f"/items/{item.pk}/remove/")
    assert draft.competencies.filter(competency__name="Responsible AI").exists()


def test_a_draft_without_stages_says_what_comes_first(rosa, draft, signed_in):
    draft.stages.all().delete()
    client, version = signed_in(rosa), VersionFactory()
    assert client.get(f"/plans/{draft.pk}/questions/").status_code == 200
    assert "Add a stage first" in client.post(f"/plans/{draft.pk}/questions/{version.pk}/add/", headers=HTMX).text


def test_a_version_published_during_the_edit_is_offered_beside_the_one_that_was_placed(draft, rosa, signed_in):
    client, here = signed_in(rosa), sections(draft)[0]
    shown = version_for(here)
    VersionFactory(question=shown.question, number=2)
    answer = client.post(f"/plans/{draft.pk}/questions/{shown.pk}/add/", {"into": f"section-{here.pk}"}, headers=HTMX)
    assert answer.status_code == 200
    assert here.items.last().version == shown
    assert "version 2 exists" in answer.text
    assert "Use version 2" in answer.text


@pytest.mark.parametrize("minutes", ["0", "-5", "241", "", "ten", "9" * 30])
def test_minutes_that_make_no_sense_are_said_on_the_board_and_change_nothing(draft, rosa, signed_in, minutes):
    client, item = signed_in(rosa), sections(draft)[0].items.last()
    answer = client.post(f"/items/{item.pk}/edit/", {"minutes": minutes, "scored": "on"}, headers=HTMX)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert Item.objects.get(pk=item.pk).minutes == item.minutes


@pytest.mark.parametrize("weight", ["0", "-1", "10"])
def test_a_weight_off_the_scale_is_refused_beside_its_field(draft, rosa, signed_in, weight):
    row = draft.competencies.first()
    answer = signed_in(rosa).post(f"/plans/competencies/{row.pk}/", {"weight": weight, "reason": "Because."})
    assert answer.status_code == 422
    assert "from 1 to 9" in answer.text


def test_a_plans_weight_without_its_reason_is_said_beside_the_reason(draft, rosa, signed_in):
    row = draft.competencies.first()
    answer = signed_in(rosa).post(f"/plans/competencies/{row.pk}/", {"weight": 2, "reason": " "})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"reason": ["Say in a few words why this counts more than the others."]}


@pytest.mark.parametrize("to", ["", "sideways", "0:0", "1:x", f"{'9' * 30}:1", ":1", "1:"])
def test_a_place_that_makes_no_sense_is_asked_for_again(draft, rosa, signed_in, to):
    item = sections(draft)[0].items.last()
    answer = signed_in(rosa).post(f"/items/{item.pk}/move/", {"to": to})
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.text


def test_without_javascript_a_form_lists_every_place(draft, rosa, signed_in):
    client, (here, other, there, _last) = signed_in(rosa), sections(draft)
    item = here.items.last()
    page = client.get(f"/items/{item.pk}/move/").text
    assert f'value="{there.pk}:1"' in page
    assert f'value="{other.pk}:1"' not in page
    answer = client.post(f"/items/{item.pk}/move/", {"to": f"{there.pk}:1", "seen": revision(draft)})
    assert answer.headers["Location"] == f"/plans/{draft.pk}/#item-{item.pk}"
    assert titles(there)[0] == item.version.title
    for part, named in ((here, "first"), (here.stage, "after “Stage 2”")):
        assert named in client.get(f"/{part._meta.model_name}s/{part.pk}/move/").text


def test_a_plan_takes_five_hundred_questions_and_says_when_it_is_full(draft, rosa, signed_in):
    here = sections(draft)[0]
    version, room = version_for(here), MOST_ITEMS - Item.objects.filter(section__stage__plan=draft).count()
    model = here.items.last()
    Item.objects.bulk_create(
        Item(section=here, version=model.version, minutes=1, position=100 + n) for n in range(room)
    )
    with pytest.raises(Refused, match="at most 500"):
        actions.add_item(section=here, version=version, minutes=5, scored=True, by=rosa)
    actions.move_item(item=model, to=Spot(here.pk, 1), by=rosa)
    assert here.items.first() == model
    actions.undo_change(plan=draft, by=rosa)
    assert Item.objects.filter(section__stage__plan=draft).count() == MOST_ITEMS


def test_a_plan_takes_as_many_stages_as_its_file_and_says_when_it_is_full(draft, rosa):
    for number in range(MOST_STAGES - draft.stages.count()):
        draft.stages.create(name=f"Filling {number}", minutes=30, position=100 + number)
    with pytest.raises(Refused, match="at most 50 stages"):
        actions.add_stage(plan=draft, name="One more", minutes=30, by=rosa)


def test_a_board_that_was_put_in_force_or_thrown_away_leads_to_what_is_there_now(draft, rosa, mia, signed_in):
    client, item = signed_in(rosa), sections(draft)[0].items.last()
    other = PlanFactory(role=MembershipFactory(user=rosa, duty="recruiter").role)
    actions.activate_plan(plan=draft, by=mia)
    answer = client.post(f"/items/{item.pk}/move/", {"to": "up"}, headers=HTMX)
    assert answer.headers["HX-Redirect"] == f"/plans/{draft.pk}/"
    assert "does not change" in client.get(f"/plans/{draft.pk}/").text
    stage, role = Stage.objects.filter(plan=other).first(), other.role_id
    assert client.post(f"/plans/{draft.pk}/activate/").status_code == 409
    actions.discard_plan(plan=InterviewPlan.objects.get(pk=other.pk), by=mia)
    assert client.post(f"/stages/{stage.pk}/move/", {"to": "up", "plan": other.pk}, headers=HTMX).status_code == 404
    assert client.get(f"/roles/{role}/").status_code == 200


def test_undo_stands_on_the_page_and_names_whose_change_it_takes_back(draft, rosa, mia, signed_in):
    client, item = signed_in(rosa), sections(draft)[0].items.last()
    actions.move_item(item=item, to="up", by=mia)
    assert f"Mia moved “{item.version.title}”" in client.get(f"/plans/{draft.pk}/").text
    answer = client.post(f"/plans/{draft.pk}/undo/", {"seen": revision(draft)}, headers=HTMX)
    assert answer.status_code == 200
    assert "Done: undid a change." in answer.text
    assert 'id="undo"' not in answer.text
