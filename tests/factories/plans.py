import factory
from factory.django import DjangoModelFactory

from foundation import clock
from plans.lifecycles import PLAN
from plans.models import InterviewPlan, Item, Membership, PlanCompetency, Role, Section, Stage
from tests.factories.accounts import UserFactory
from tests.factories.questions import CompetencyFactory, DraftFactory, QuestionFactory, publish


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role

    title = factory.Sequence(lambda n: f"Engineer {n}")
    team = "Ranking"
    level = "senior"


class MembershipFactory(DjangoModelFactory):
    """A duty of a person for a role."""

    class Meta:
        model = Membership

    role = factory.SubFactory(RoleFactory)
    user = factory.SubFactory(UserFactory)
    duty = "interviewer"

    class Params:
        recruiter = factory.Trait(duty="recruiter", user=factory.SubFactory(UserFactory, recruiter=True))
        hiring_manager = factory.Trait(duty="hiring_manager")
        committee = factory.Trait(duty="committee")
        decider = factory.Trait(duty="committee", may_decide=True)


class PlanFactory(DjangoModelFactory):
    """A draft of `stages` stages, each with two sections of one scored item, after a warm-up."""

    class Meta:
        model = InterviewPlan
        skip_postgeneration_save = True

    role = factory.SubFactory(RoleFactory)
    number = factory.LazyAttribute(lambda plan: plan.role.plans.count() + 1)

    @factory.post_generation
    def stages(self, create, extracted, **kwargs):
        if not create:
            return
        competencies = [CompetencyFactory(), CompetencyFactory()]
        for competency in competencies:
            PlanCompetency.objects.create(plan=self, competency=competency)
        drafts = []
        for position in range(1, (extracted or 1) + 1):
            stage = Stage.objects.create(
                plan=self,
                name=f"Stage {position}",
                minutes=45,
                position=position,
                opening="Welcome.",
                closing="Thank you.",
            )
            for place, competency in enumerate(competencies, start=1):
                section = Section.objects.create(stage=stage, competency=competency, position=place)
                asked = [(4, False, 1), (8, True, 2)] if place == 1 else [(8, True, 2)]
                for minutes, scored, place_in_section in asked:
                    drafts.append(DraftFactory(question=QuestionFactory(competency=competency)))
                    Item.objects.create(
                        section=section, version=drafts[-1], minutes=minutes, scored=scored, position=place_in_section
                    )
        publish(drafts)


def put_in_force(plan):
    """Activate a draft plan; the plan in force before steps back."""
    for former in plan.role.plans.filter(status="active"):
        PLAN.move(former, "superseded")
    PLAN.move(plan, "active", activated_at=clock.now())
    return plan


class ActivePlanFactory(PlanFactory):
    """A plan in force."""

    @factory.post_generation
    def in_force(self, create, extracted, **kwargs):
        if create:
            put_in_force(self)
