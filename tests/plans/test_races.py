"""Two people work on one draft at the same moment: one wins, the other is told in a sentence, and nothing is lost."""

from accounts.models import Entry
from foundation.lifecycle import Refused
from plans import actions
from plans.models import InterviewPlan, Item, Section, Stage
from plans.spots import LAST, Spot
from tests.factories import PlanFactory, UserFactory
from tests.questions.test_races import at_once, one_was_refused


def test_two_activations_at_once_put_the_plan_in_force_once(lifted):
    draft, by = PlanFactory(), UserFactory(recruiter=True)
    assert one_was_refused(at_once(lambda: actions.activate_plan(plan=InterviewPlan.objects.get(pk=draft.pk), by=by)))
    assert InterviewPlan.objects.get().status == "active"
    assert Entry.objects.filter(verb="plan.activated").count() == 1


def test_a_question_dropped_into_a_stage_while_it_is_deleted_is_never_lost(lifted):
    draft, by = PlanFactory(stages=2), UserFactory(recruiter=True)
    here, there = (stage.sections.first() for stage in draft.stages.all())
    item = here.items.last()
    turns = iter(["remove", "drop"])

    def act():
        if next(turns) == "remove":
            actions.remove_stage(stage=Stage.objects.get(pk=there.stage_id), by=by, seen=0)
        else:
            actions.move_item(item=Item.objects.get(pk=item.pk), to=Spot(there.pk, LAST), by=by, seen=0)

    outcomes = at_once(act)
    [refusal] = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert str(refusal.sentence)
    # Either the stage went and the question stayed where it was, or the question moved and the stage stayed.
    assert Item.objects.get(pk=item.pk).section_id == (there.pk if Section.objects.filter(pk=there.pk) else here.pk)
