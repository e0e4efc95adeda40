"""Two people act at the same moment: one wins, the other is told in a sentence."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connections, transaction

from accounts.house import settle
from accounts.recording import hold_record, record
from foundation import clock
from foundation.lifecycle import Refused
from questions.actions import create_question, held, make_competency, publish_version, start_draft
from questions.counting import count_asked
from questions.listing import list_version, recounted
from questions.merging import merge_question
from questions.models import Competency, ListingCount, Question, QuestionVersion, Usage
from questions.retiring import retire_question
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory
from tests.factories.questions import QuestionFactory


def at_once(act):
    """The outcomes of `act` called by two threads together: what it returned or what it raised."""
    together = Barrier(2)

    def run(_):
        together.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, range(2)))


def one_was_refused(outcomes):
    return sum(isinstance(outcome, Refused) for outcome in outcomes) == 1


def crosswise(*pairs):
    """Do both pairs at once, each in one transaction, so that the first of each comes before the second of either."""
    between = Barrier(2, timeout=1)  # broken when one rightly waits for the other to end

    def act(first, then):
        try:
            with transaction.atomic():
                first()
                with suppress(BrokenBarrierError):
                    between.wait()
                then()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(act, *zip(*pairs, strict=True)))


def test_two_new_versions_at_once_make_one(lifted):
    version, by = VersionFactory(), UserFactory(recruiter=True)
    assert one_was_refused(at_once(lambda: start_draft(question=version.question, by=by)))
    assert QuestionVersion.objects.count() == 2


def test_two_who_publish_at_once_publish_once(lifted):
    draft, by = DraftFactory(), UserFactory(recruiter=True)
    assert one_was_refused(at_once(lambda: publish_version(version=draft, by=by)))


def test_two_who_retire_at_once_retire_once_and_the_figures_hold(lifted):
    settle("real")
    version, by = VersionFactory(), UserFactory(recruiter=True)
    assert one_was_refused(at_once(lambda: retire_question(question=version.question, reason="Leaked.", by=by)))
    assert sum(recounted().values()) == sum(ListingCount.objects.values_list("number", flat=True)) == 0


def test_of_two_who_merge_crosswise_one_is_refused(lifted):
    settle("real")
    pair, by = [VersionFactory().question for _ in range(2)], UserFactory(recruiter=True)
    ways = [pair, pair[::-1]]

    def merge():
        question, into = ways.pop()
        merge_question(question=question, into=into, by=by)

    assert one_was_refused(at_once(merge))
    assert sum(recounted().values()) == sum(ListingCount.objects.values_list("number", flat=True)) == 1


def test_counting_what_was_asked_does_not_wait_for_who_retires_it(lifted):
    settle("real")
    question, by = VersionFactory().question, UserFactory(recruiter=True)

    def count():
        count_asked(questions=[question], at=clock.now())

    def retire():
        retire_question(question=question, reason="Leaked.", by=by)

    crosswise((lambda: held(question), retire), (hold_record, count))
    assert (question.usage.times_asked, Question.objects.get().retired_at is None) == (1, False)


def test_two_questions_of_one_title_at_once_make_one(lifted):
    competency, by = CompetencyFactory(), UserFactory(recruiter=True)
    fields = {"title": "Two models", "kind": "scenario", "level": "advanced", "prompt": "Which one?", "minutes": 9}
    outcomes = at_once(lambda: create_question(competency=competency, fields=fields, anchors={}, probes=[], by=by))
    assert one_was_refused(outcomes)
    assert QuestionVersion.objects.count() == 1


def test_two_competencies_of_one_name_at_once_make_one(lifted):
    by = UserFactory(recruiter=True)
    assert one_was_refused(at_once(lambda: make_competency(name="Maths", definition="", by=by)))
    assert Competency.objects.count() == 1


def test_two_who_count_the_same_questions_in_another_order_do_not_wait_in_a_ring(lifted):
    settle("real")
    one, two = QuestionFactory(), QuestionFactory()
    count_asked(questions=[one, two], at=clock.now())
    # Passed when both have counted their first; broken when one rightly waits for the other to end.
    between = Barrier(2, timeout=1)

    def close(questions):
        try:
            with transaction.atomic():
                for question in questions:
                    count_asked(questions=[question], at=clock.now())
                    with suppress(BrokenBarrierError):
                        between.wait()
                record("scorecard.submitted", question, by=None)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(close, [[one, two], [two, one]]))
    assert set(Usage.objects.values_list("times_asked", flat=True)) == {3}


@pytest.mark.parametrize("kind", ["asked", "listed"])
def test_a_count_does_not_wait_for_the_record_while_the_record_waits_for_it(lifted, kind):
    settle("real")
    asked = QuestionFactory()
    VersionFactory(question__competency=asked.competency)
    drafts = [DraftFactory(question__competency=asked.competency) for _ in range(2)]
    count_asked(questions=[asked], at=clock.now())

    def count():
        if kind == "asked":
            count_asked(questions=[asked], at=clock.now())
        else:
            draft = drafts.pop()
            QuestionVersion.objects.filter(pk=draft.pk).update(published_at=clock.now())
            list_version(draft)

    def tell():
        record("interview.cancelled", asked, by=None)

    crosswise((count, tell), (tell, count))
    assert asked.usage.times_asked == (3 if kind == "asked" else 1)
    assert sum(recounted().values()) == sum(ListingCount.objects.values_list("number", flat=True))
