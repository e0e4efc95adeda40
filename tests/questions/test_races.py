"""Two people act at the same moment: one wins, the other is told in a sentence."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from foundation.lifecycle import Refused
from questions.actions import create_question, make_competency, publish_version, start_draft
from questions.models import Competency, QuestionVersion
from tests.factories import CompetencyFactory, DraftFactory, UserFactory, VersionFactory


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


def test_two_new_versions_at_once_make_one(lifted):
    version, by = VersionFactory(), UserFactory(recruiter=True)
    assert one_was_refused(at_once(lambda: start_draft(question=version.question, by=by)))
    assert QuestionVersion.objects.count() == 2


def test_two_who_publish_at_once_publish_once(lifted):
    draft, by = DraftFactory(), UserFactory(recruiter=True)
    assert one_was_refused(at_once(lambda: publish_version(version=draft, by=by)))


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
