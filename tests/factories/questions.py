import factory
from factory.django import DjangoModelFactory

from foundation import clock
from questions.content import Content
from questions.index import index_versions
from questions.listing import list_versions
from questions.models import Anchor, Competency, Probe, Question, QuestionVersion


class CompetencyFactory(DjangoModelFactory):
    class Meta:
        model = Competency

    slug = factory.Sequence(lambda n: f"competency-{n}")
    name = factory.Sequence(lambda n: f"Competency {n}")
    definition = "Seen in work."


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    competency = factory.SubFactory(CompetencyFactory)
    slug = factory.Sequence(lambda n: f"question-{n}")


class DraftFactory(DjangoModelFactory):
    """An unpublished version, complete enough to be published."""

    class Meta:
        model = QuestionVersion
        skip_postgeneration_save = True

    question = factory.SubFactory(QuestionFactory)
    number = 1
    title = factory.Sequence(lambda n: f"Question {n}")
    kind = "scenario"
    level = "intermediate"
    prompt = factory.LazyAttribute(lambda v: f"What would you do first about {v.title.lower()}?")
    material = "| a | b |\n|---|---|\n| 1 | 2 |"
    purpose = "To see how a choice is weighed."
    look_for = "Names the cost of each error\nAsks who bears it\nChecks the base rate"
    must_have = "Two and two are four"
    red_flags = "Invents a figure"
    minutes = 8

    @factory.post_generation
    def rubric(self, create, extracted, **kwargs):
        if create:
            anchors = {level: f"Says what level {level} says." for level in (1, 2, 3, 4, 5)}
            probes = [f"Probe {position}: tell me more?" for position in (1, 2)]
            Anchor.objects.bulk_create(
                Anchor(version=self, level=level, behaviour=text) for level, text in anchors.items()
            )
            Probe.objects.bulk_create(
                Probe(version=self, position=position, text=text) for position, text in enumerate(probes, start=1)
            )
            index_versions([(self, Content.made_of(vars(self), anchors, probes))])


class VersionFactory(DraftFactory):
    """A published version."""

    @factory.post_generation
    def published(self, create, extracted, **kwargs):
        if create:
            publish([self])


def publish(drafts):
    """Publish versions, however complete, and let each stand for its question."""
    now = clock.now()
    QuestionVersion.objects.filter(pk__in=[draft.pk for draft in drafts]).update(published_at=now)
    for draft in drafts:
        draft.published_at = now
    list_versions(drafts)
