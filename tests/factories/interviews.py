from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from foundation import clock
from interviews.lifecycles import SCORECARD
from interviews.models import Application, Candidate, Interview, Score, Scorecard
from plans.models import Item
from tests.factories.accounts import UserFactory
from tests.factories.plans import ActivePlanFactory


class CandidateFactory(DjangoModelFactory):
    class Meta:
        model = Candidate

    # Above any key of a test, from which the product makes its codes.
    code = factory.Sequence(lambda n: f"C-9{n:05d}")
    name = factory.Sequence(lambda n: f"Candidate {n}")
    email = factory.Sequence(lambda n: f"candidate{n}@example.org")


class ApplicationFactory(DjangoModelFactory):
    """An active application on a plan in force."""

    class Meta:
        model = Application

    candidate = factory.SubFactory(CandidateFactory)
    plan = factory.SubFactory(ActivePlanFactory)
    role = factory.LazyAttribute(lambda application: application.plan.role)


class InterviewFactory(DjangoModelFactory):
    """A scheduled interview at the first stage of the application's plan, an hour ago."""

    class Meta:
        model = Interview

    application = factory.SubFactory(ApplicationFactory)
    stage = factory.LazyAttribute(lambda interview: interview.application.plan.stages.first())
    starts_at = factory.LazyFunction(lambda: clock.now() - timedelta(hours=1))
    zone = "Europe/Berlin"


class ScorecardFactory(DjangoModelFactory):
    """An open seat, with a pending score for each item of the stage."""

    class Meta:
        model = Scorecard
        skip_postgeneration_save = True

    interview = factory.SubFactory(InterviewFactory)
    interviewer = factory.SubFactory(UserFactory)
    seat = "panel"

    @factory.post_generation
    def scores(self, create, extracted, **kwargs):
        if create:
            for item in Item.objects.filter(section__stage=self.interview.stage):
                Score.objects.create(scorecard=self, item=item)

    @factory.post_generation
    def submitted(self, create, extracted, **kwargs):
        """submitted=True seals it with 4s; submitted=3 with 3s."""
        if create and extracted:
            submit(self, level=4 if extracted is True else extracted)


def submit(card, *, level=4, recommendation="yes", evidence="Said what level it is and why."):
    """Score every scored item of an open card alike and seal it."""
    for score in card.scores.filter(item__scored=True):
        Score.objects.filter(pk=score.pk).update(outcome="scored", level=level, evidence=evidence, version=1)
    SCORECARD.move(card, "submitted", recommendation=recommendation, submitted_at=clock.now())
    return card
