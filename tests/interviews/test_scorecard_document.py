import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from interviews.lifecycles import SCORECARD
from interviews.scorecard_document import gather_scorecard
from plans.voided import VoidedItem
from printing import pdf
from tests.committee.panels import START, held, seal
from tests.factories import ScorecardFactory, UserFactory, VersionFactory

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made")


def page(card):
    return reverse("interviews:scorecard_detail", args=[card.pk])


def file(card):
    return reverse("interviews:scorecard_pdf", args=[card.pk])


def sealed(**fields):
    panel = held(1)
    card = ScorecardFactory(interview=panel.cards[0].interview)
    return panel, seal(card, fields.pop("levels", ()), **fields)


def test_the_addresses_are_the_ones_people_bookmark():
    panel = held(1)
    assert (page(panel.cards[0]), file(panel.cards[0])) == (
        f"/scorecards/{panel.cards[0].pk}/",
        f"/scorecards/{panel.cards[0].pk}.pdf",
    )


def test_the_document_says_what_was_asked_and_what_was_put_down():
    panel, card = sealed(levels=[5, "no_evidence"], summary="Strong.", recommendation="yes")
    document = gather_scorecard(card)
    warm_up, first, second = document.entries
    assert not warm_up.asked.scored
    assert (first.given.level, first.given.anchor) == (5, "Says what level 5 says.")
    assert (second.given.level, second.given.outcome_label) == (None, "No evidence")
    assert [anchor.level for anchor in first.asked.anchors] == [5, 4, 3, 2, 1]
    assert (document.recommendation_label, document.summary) == ("Yes", "Strong.")
    assert document.code == panel.application.candidate.code


def test_it_prints_the_version_that_was_asked_and_says_what_was_voided():
    panel, card = sealed()
    item = card.scores.last().item
    VersionFactory(question=item.version.question, number=2, prompt="Newer?")
    VoidedItem.objects.create(item=item, reason="The sheet was wrong.", by=panel.recruiter)
    last = gather_scorecard(card).entries[-1].asked
    assert (last.version, last.prompt, last.voided) == (1, item.version.prompt, "The sheet was wrong.")


def test_it_is_gathered_in_a_fixed_number_of_queries(django_assert_num_queries):
    _, card = sealed()
    card = type(card).objects.select_related("interviewer").get(pk=card.pk)
    with django_assert_num_queries(6):
        gather_scorecard(card)


def test_the_author_reads_the_private_note_and_nobody_else_does(signed_in):
    panel, card = sealed(private_note="between me and me")
    assert "between me and me" in signed_in(card.interviewer).get(page(card)).text
    assert "between me and me" not in signed_in(panel.recruiter).get(page(card)).text


@needs_pango
def test_the_pdf_has_our_own_faces_alone(signed_in):
    _, card = sealed(levels=[5, "no_evidence"], summary="Strong on measurement: 80 × 25 − 3 ≥ 4 → yes.")
    pages = PdfReader(io.BytesIO(signed_in(card.interviewer).get(file(card)).content)).pages
    faces = {face.get_object()["/BaseFont"] for found in pages for face in found["/Resources"]["/Font"].values()}
    assert {face.partition("+")[2][:8] for face in faces} == {"IBM-Plex"}


def test_the_page_tells_the_time_of_submission_in_the_readers_zone(signed_in):
    _, card = sealed(at=START)
    User.objects.filter(pk=card.interviewer_id).update(zone="Asia/Tokyo")
    card.interviewer.refresh_from_db()
    text = signed_in(card.interviewer).get(page(card)).text
    assert "Submitted Mon 9 Nov 2026, 18:00 (Asia/Tokyo)" in text
    assert "(UTC)" not in text


def test_paragraphs_of_a_summary_stay_apart(signed_in):
    _, card = sealed(summary="First thought.\n\nSecond thought.")
    text = signed_in(card.interviewer).get(page(card)).text
    assert '<div class="prose"><p>First thought.</p>\n\n<p>Second thought.</p></div>' in text


@needs_pango
def test_the_private_note_is_never_in_the_pdf(signed_in):
    _, card = sealed(private_note="between me and me", summary="Strong on measurement.")
    answer = signed_in(card.interviewer).get(file(card))
    text = "\n".join(found.extract_text() for found in PdfReader(io.BytesIO(answer.content)).pages)
    assert "between me and me" not in text
    assert "Strong on measurement." in text
    code = card.interview.application.candidate.code
    assert answer.headers["Content-Disposition"] == f'inline; filename="{code}-scorecard.pdf"'


def test_ones_own_open_card_leads_to_where_it_is_filled_in(signed_in):
    panel = held(1)
    card = ScorecardFactory(interview=panel.cards[0].interview)
    answer = signed_in(card.interviewer).get(page(card))
    assert answer.status_code == 302
    assert answer.url == reverse("interviews:interview_score", args=[card.interview_id])
    assert signed_in(card.interviewer).get(file(card)).status_code == 404


@pytest.mark.parametrize("address", [page, file])
def test_an_open_card_of_another_and_a_card_one_may_not_read_are_404(signed_in, address):
    panel = held(1)
    open_card = ScorecardFactory(interview=panel.cards[0].interview)
    for stranger in (panel.recruiter, panel.manager, UserFactory(), UserFactory(administrator=True)):
        assert signed_in(stranger).get(address(open_card)).status_code == 404
    # Blind: their own card is still open, so the sealed one beside it is not there for them.
    assert signed_in(open_card.interviewer).get(address(panel.cards[0])).status_code == 404
    assert signed_in(open_card.interviewer).post(address(panel.cards[0])).status_code == 405


def test_ones_own_waived_card_says_why(signed_in):
    panel = held(1)
    card = ScorecardFactory(interview=panel.cards[0].interview)
    SCORECARD.move(card, "waived", waive_reason="Fell ill.")
    text = signed_in(card.interviewer).get(page(card)).text
    assert "Fell ill." in text
    assert signed_in(card.interviewer).get(file(card)).status_code == 404


def test_markup_in_evidence_is_shown_as_text(signed_in):
    _, card = sealed(evidence="<script>alert(1)</script><img src=x>", summary="<b>bold</b>")
    text = signed_in(card.interviewer).get(page(card)).text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;b&gt;bold" in text


def test_the_page_costs_as_many_queries_for_one_question_as_for_three(signed_in):
    counts = []
    for items in (1, 3):
        panel = held(1)
        card = panel.cards[0]
        if items == 1:
            card = ScorecardFactory(interview=card.interview, scores=False)
            card.scores.exclude(pk=card.scores.last().pk).delete()
            seal(card)
        client = signed_in(card.interviewer)
        client.get(page(card))
        with CaptureQueriesContext(connection) as spent:
            assert client.get(page(card)).status_code == 200
        counts.append(len(spent))
    assert counts[0] == counts[1]
