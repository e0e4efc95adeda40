import json
from datetime import timedelta
from fractions import Fraction as F

import pytest

from committee.gathering import gather_packet
from foundation import clock
from interviews.lifecycles import SCORECARD
from interviews.models import Application, Interview, Score
from plans.models import PlanCompetency
from plans.voided import VoidedItem
from printing.document import canonical_json
from tests.committee.panels import START, crowd, held, seal
from tests.factories import (
    ApplicationFactory,
    InterviewFactory,
    PlanFactory,
    ScorecardFactory,
    UserFactory,
    VersionFactory,
    put_in_force,
)

pytestmark = pytest.mark.django_db
SENTENCE = "Drew the replay log for served features on the board before I had asked anything about skew."


def packet_of(panel):
    return gather_packet(Application.objects.select_related("candidate", "role", "plan").get(pk=panel.application.pk))


def test_a_packet_is_gathered_in_as_many_queries_for_three_interviewers_as_for_one(django_assert_num_queries):
    one, three = held(1), held(3, stages=3)
    for panel in (one, three):
        application = Application.objects.select_related("candidate", "role", "plan").get(pk=panel.application.pk)
        with django_assert_num_queries(12):
            gather_packet(application)


def test_means_spread_and_composite_come_out_as_by_hand():
    plan = PlanFactory()
    first = plan.competencies.first()
    PlanCompetency.objects.filter(pk=first.pk).update(weight=2, reason="most of the work")
    application = ApplicationFactory(plan=put_in_force(plan))
    meeting = InterviewFactory(application=application, starts_at=START)
    for levels in ([5, 2], [4, 4], [4, "no_evidence"]):
        seal(ScorecardFactory(interview=meeting), levels)
    packet = gather_packet(application)
    heavy, light = packet.rows
    # 13/3 for the first, 3 for the second: (2 × 13/3 + 3) / 3 = 35/9.
    assert (heavy.mean, heavy.spread, heavy.differs) == (F(13, 3), F(1), False)
    assert (light.mean, light.spread, light.differs) == (F(3), F(2), True)
    assert packet.composite == F(35, 9)
    assert (packet.weight_counted, packet.weight, packet.missing) == (3, 3, ())
    assert [cell.figure if cell.mean is not None else cell.empty for cell in light.cells] == ["2", "4", "no_evidence"]
    assert [entry.asked.title for entry in packet.differing_entries] == [light.entries[0].asked.title]


def test_a_competency_without_a_score_is_named_missing():
    panel = held(1, levels={0: [4, "not_asked"]})
    packet = packet_of(panel)
    assert packet.missing == (packet.rows[1].competency,)
    assert (packet.composite, packet.weight_counted, packet.weight) == (F(4), 1, 2)
    assert packet.rows[1].mean is None


def test_nothing_scored_has_no_composite():
    packet = packet_of(held(1, levels={0: ["not_asked", "declined"]}))
    assert packet.composite is None
    assert len(packet.missing) == 2


def test_shadows_and_private_notes_are_not_in_the_packet():
    panel = held(1)
    shadow = ScorecardFactory(interview=panel.cards[0].interview, seat="shadow")
    seal(shadow, [1, 1], evidence="a shadow wrote this", private_note="secret of the shadow")
    other = ScorecardFactory(interview=panel.cards[0].interview)
    seal(other, private_note="secret of the panel")
    packet = packet_of(panel)
    assert len(packet.panel) == 2
    for word in ("a shadow wrote this", "secret", shadow.interviewer.name):
        assert word not in packet.facts


def test_a_voided_item_stays_in_the_record_with_its_reason_and_out_of_every_total():
    panel = held(2, levels={0: [1, 5], 1: [4, 5]})
    item = Score.objects.filter(scorecard=panel.cards[0], level=1).get().item
    VoidedItem.objects.create(item=item, reason="The table on the sheet was wrong.", by=panel.recruiter)
    packet = packet_of(panel)
    row = packet.rows[0]
    assert (row.mean, row.spread) == (None, None)
    assert packet.composite == F(5)
    assert [entry.asked.voided for entry in packet.voided] == ["The table on the sheet was wrong."]
    assert [answer.given.level for answer in packet.voided[0].answers] == [1, 4]
    assert packet.concerns == []


def test_a_warm_up_is_recorded_and_stays_outside_totals():
    panel = held(1, levels={0: [3, 3]})
    packet = packet_of(panel)
    warm_up = packet.entries[0]
    assert not warm_up.asked.scored
    assert warm_up.answers == ()
    assert warm_up.mean is None
    assert packet.composite == F(3)


def test_what_a_waived_person_had_drafted_is_nowhere_in_the_packet():
    application = ApplicationFactory()
    meeting = InterviewFactory(application=application, starts_at=START)
    seal(ScorecardFactory(interview=meeting))
    waived = ScorecardFactory(interview=meeting, recommendation="no", summary="A draft.", private_note="Mine alone.")
    waived.scores.filter(item__scored=True).update(outcome="scored", level=1, evidence="Half a note.")
    SCORECARD.move(waived, "waived", waive_reason="Fell ill.")
    facts = json.dumps(json.loads(gather_packet(application).facts), ensure_ascii=False)
    assert "Fell ill." in facts
    assert not [word for word in ("A draft.", "Mine alone.", "Half a note.") if word in facts]


def test_who_has_not_submitted_and_who_was_waived_is_said_and_they_come_last():
    panel = held(1)
    meeting = panel.cards[0].interview
    waived = ScorecardFactory(interview=meeting)
    SCORECARD.move(waived, "waived", waive_reason="Fell ill.")
    missing = ScorecardFactory(interview=meeting, interviewer=UserFactory(name="Still Writing"))
    packet = packet_of(panel)
    assert [person.name for person, _ in packet.awaited] == [missing.interviewer.name]
    assert [(person.name, card.waive_reason) for person, card in packet.waived] == [
        (waived.interviewer.name, "Fell ill.")
    ]
    assert [person.letter for person in packet.panel] == ["A"]
    assert len(packet.rows[0].cells) == 1


def test_a_cancelled_interview_leaves_no_trace():
    panel = held(1, stages=2)
    before = packet_of(panel)
    extra = held(1, stages=2)
    assert before.stages_without == ()
    meeting = extra.cards[1].interview
    Interview.objects.filter(pk=meeting.pk).update(status="cancelled", cancel_reason="Moved.")
    after = packet_of(extra)
    assert after.stages_without == ("Stage 2",)
    assert len(after.meetings) == 1


def test_the_order_of_submission_says_what_an_author_could_have_read():
    panel = held(1, stages=2)
    later = panel.cards[1].interview
    with clock.at(START + timedelta(hours=1)):
        early = ScorecardFactory(interview=later, interviewer=UserFactory(name="Early"))
    with clock.at(START + timedelta(days=3)):
        newcomer = ScorecardFactory(interview=later, interviewer=UserFactory(name="Newcomer"))
    for card in (early, newcomer):
        seal(card, at=START + timedelta(days=4))
    found = {(card.letter, card.stage): card for card in packet_of(panel).cards}
    letters = {person.name: person.letter for person in packet_of(panel).panel}
    assert [card.place for card in packet_of(panel).cards] == [1, 2, 3, 4]
    assert found[letters["Early"], "Stage 2"].in_before == 0
    late = found[letters["Newcomer"], "Stage 2"]
    assert (late.in_before, late.opened_before) == (2, 0)
    packet = packet_of(panel)
    assert (packet.independent, packet.some_were_opened) == (False, False)


def later_card_of(author_place, *, others):
    """A packet in which one of the authors of stage 1 is given a seat at stage 2 after all its cards were in."""
    application = ApplicationFactory(plan__stages=2)
    first, second = application.plan.stages.all()
    with clock.at(START):
        meeting = InterviewFactory(application=application, stage=first)
        cards = [ScorecardFactory(interview=meeting) for _ in range(1 + others)]
    for card in cards:
        seal(card, at=START + timedelta(hours=1))
    with clock.at(START + timedelta(days=1)):
        later = ScorecardFactory(
            interview=InterviewFactory(application=application, stage=second),
            interviewer=cards[author_place].interviewer,
        )
    seal(later, at=START + timedelta(days=2))
    return gather_packet(application)


def test_a_card_of_an_interview_one_has_scored_was_open_to_its_author_before_a_later_seat():
    packet = later_card_of(0, others=1)
    last = packet.cards[-1]
    assert (last.place, last.in_before, last.opened_before) == (3, 1, 1)
    assert (packet.independent, packet.some_were_opened) == (False, True)


def test_an_authors_own_earlier_card_is_not_one_they_could_be_led_by():
    packet = later_card_of(0, others=0)
    assert (packet.cards[-1].place, packet.cards[-1].in_before) == (2, 0)
    assert (packet.independent, packet.some_were_opened) == (True, False)


def test_recommendations_that_point_both_ways_are_worth_talking_about():
    panel = held(1)
    assert not packet_of(panel).is_split
    other = ScorecardFactory(interview=panel.cards[0].interview)
    seal(other, recommendation="strong_no")
    assert packet_of(panel).is_split


def test_one_person_recommends_once_whatever_the_number_of_their_cards():
    assert packet_of(held(2, stages=2)).recommended == [("Yes", ["A", "B"])]
    application = ApplicationFactory(plan__stages=2)
    cards = [
        ScorecardFactory(interview=InterviewFactory(application=application, stage=stage))
        for stage in application.plan.stages.all()
    ]
    type(cards[1]).objects.filter(pk=cards[1].pk).update(interviewer=cards[0].interviewer)
    for card, word in zip(cards, ("yes", "no"), strict=True):
        seal(card, recommendation=word)
    packet = gather_packet(application)
    assert packet.recommended == [("Yes", ["A (1 of 2 cards)"]), ("No", ["A (1 of 2 cards)"])]
    assert (packet.in_favour, packet.against, packet.is_split) == (["A"], ["A"], True)


def test_quotes_are_spread_over_competencies_and_voices():
    panel = crowd(3, 12, competencies=3, level=lambda _person, _place: 5)
    quotes = packet_of(panel).strengths
    assert len({quote.competency for quote in quotes}) == 3
    assert len({quote.letter for quote in quotes}) == 3


def test_strengths_and_concerns_are_the_interviewers_words_one_for_each_question():
    panel = held(2, levels={0: [5, 1], 1: [4, 2]})
    packet = packet_of(panel)
    assert [(quote.level, quote.letter) for quote in packet.strengths] == [(5, "A")]
    assert [(quote.level, quote.letter) for quote in packet.concerns] == [(1, "A")]
    assert packet.strengths[0].text == "Worked recall 80 / 25 on paper."


@pytest.mark.parametrize(
    ("evidence", "quoted"),
    [
        ("Short and whole.", "Short and whole."),
        (f"{SENTENCE} " + "More words follow here " * 9, f"{SENTENCE}\N{NO-BREAK SPACE}…"),
        ("a word " * 40, "a word " * 21 + "a\N{NO-BREAK SPACE}…"),
        ("x" * 400, "x" * 150 + "\N{NO-BREAK SPACE}…"),
    ],
)
def test_a_long_quote_ends_with_a_sentence_or_a_word_and_the_record_has_it_whole(evidence, quoted):
    panel = held(1)
    seal(ScorecardFactory(interview=panel.cards[0].interview), [5, 3], evidence=evidence)
    packet = packet_of(panel)
    assert packet.strengths[0].text == quoted
    assert evidence in {answer.given.evidence for entry in packet.entries for answer in entry.answers}


@pytest.mark.parametrize(
    ("names", "fit"),
    [
        (["Konstantin Papadopoulos"], True),
        (["Priya Raman", "Sven Halvorsen", "Marta Kowalczyk"], True),
        (["Priya Raman", "Sven Halvorsen", "Marta Kowalczyk", "Li Wei Tan", "Imani Okafor"], False),
        (["Wolfeschlegelsteinhausen", "Ada Brandt"], False),
        (["Ana Maria de la Concepción Gutiérrez Hernández", "Ada Brandt"], False),
    ],
)
def test_names_head_the_grid_only_where_no_word_of_them_would_be_broken(names, fit):
    panel = held(len(names))
    for card, name in zip(panel.cards, names, strict=True):
        type(card.interviewer).objects.filter(pk=card.interviewer_id).update(name=name)
    assert packet_of(panel).names_fit is fit


def test_the_same_facts_have_the_same_digest_whenever_they_are_read():
    panel = held(3)
    first = packet_of(panel)
    with clock.at(START + timedelta(days=400)):
        second = packet_of(panel)
    assert first.facts == second.facts
    assert first.digest == second.digest
    assert len(first.digest) == 64


def test_the_facts_are_json_without_floats_and_a_changed_fact_changes_the_digest():
    panel = held(2, levels={0: [4], 1: [5]})
    packet = packet_of(panel)
    assert json.loads(packet.facts, parse_float=lambda text: pytest.fail(f"a float: {text}"))["composite"] == "17/4"
    VoidedItem.objects.create(
        item=panel.cards[0].scores.filter(item__scored=True).first().item, reason="Unclear.", by=panel.recruiter
    )
    assert packet_of(panel).digest != packet.digest


def test_a_float_is_refused_by_the_canonical_form():
    with pytest.raises(TypeError, match="float"):
        canonical_json((0.5,))


def test_the_version_that_was_asked_is_printed_not_a_newer_one():
    panel = held(1)
    asked = packet_of(panel).entries[-1].asked
    version = panel.cards[0].scores.last().item.version
    VersionFactory(question=version.question, number=2, prompt="A newer wording?")
    assert packet_of(panel).entries[-1].asked == asked
    assert "A newer wording?" not in packet_of(panel).facts
