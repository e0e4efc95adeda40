"""One packet in four forms: page, PDF, page to print, JSON."""

import hashlib
import html
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from jsonschema import Draft202012Validator, FormatChecker
from pypdf import PdfReader

from committee.gathering import gather_packet
from foundation.templatetags.kit import two_places
from interviews.models import Amendment, Application, Candidate, StageResult
from plans.voided import VoidedItem
from printing import pdf
from printing.document import document_html
from tests.committee.panels import as_form_1, crowd, held, peers_of, seal
from tests.factories import ScorecardFactory, UserFactory

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made")
SCHEMA = json.loads(Path(django_settings.BASE_DIR, "docs/schemas/packet-2.json").read_text())
# Facts that are written as a word of the language, a figure or a link, and not as they stand in JSON.
CODED = {
    "seat", "status", "recommendation", "outcome", "empty", "target", "zone", "kind", "level", "obstacle", "verdict",
    "material",
}  # fmt: skip


def words_in(fact):
    """Every text among the facts that a person wrote or reads."""
    if isinstance(fact, dict):
        return [word for key, part in fact.items() if key not in CODED for word in words_in(part)]
    if isinstance(fact, list):
        return [word for part in fact for word in words_in(part)]
    is_coded = isinstance(fact, str) and re.fullmatch(r"-?\d+/\d+|\d{4}-\d\d-\d\d(T.*)?", fact)
    return [fact] if isinstance(fact, str) and fact and not is_coded else []


def squashed(text):
    return re.sub(r"\s+", "", text)


def said_in(markup):
    return squashed(html.unescape(re.sub(r"<[^>]+>", " ", markup)))


def said_on_paper(content):
    return squashed(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def whole(panel):
    return Application.objects.select_related("candidate", "role", "plan").get(pk=panel.application.pk)


@pytest.fixture
def eventful(settings):
    """A panel in which everything that a packet can say has happened."""
    settings.PACKET_NAMES = True
    panel = held(2, levels={0: [5, 1], 1: [2, "declined"]}, stages=2, take_homes=2, name="Noor van Dijk")
    meeting = panel.cards[0].interview
    third = ScorecardFactory(interview=meeting, interviewer=UserFactory(name="Ida Holm"))
    seal(third, [4, 4], recommendation="not_enough", recommendation_reason="The line dropped.", summary="Heard half.")
    score = panel.cards[0].scores.filter(level=5).first()
    later = {"reason": "Read my notes again.", "after_seeing_others": True}
    Amendment.objects.create(scorecard=panel.cards[0], score=score, old="Said five.", new="Said four.", **later)
    Amendment.objects.create(
        scorecard=third, new="The recording is complete.", reason="It was found.", after_seeing_others=False
    )
    item = panel.cards[2].scores.filter(item__scored=True).last().item
    VoidedItem.objects.create(item=item, reason="The table was wrong.", by=UserFactory(name="Rosa Lind"))
    test = panel.application.plan.stages.get(name="Take-home 1")
    came_of_it = {"verdict": "passed", "points": 17, "out_of": 20, "words": "Clean code, no test of the edge."}
    StageResult.objects.create(
        application=panel.application, stage=test, by=UserFactory(name="Tove Berg"), **came_of_it
    )
    Candidate.objects.filter(pk=panel.application.candidate_id).update(keep_until=date(2027, 11, 14))
    return panel


def forms_of(panel, client):
    """What each of the four forms says, without spaces, and the facts."""
    packet = gather_packet(whole(panel))
    page, paper, saved = (
        client.get(reverse(f"committee:{name}", args=[panel.application.pk]))
        for name in ("packet_detail", "packet_pdf", "packet_json")
    )
    printed = document_html("committee/packet_document.html", {"packet": packet, "decision": None}, zone=packet.zone)
    facts = json.loads(saved.content)
    return packet, {"page": said_in(page.text), "paper": said_on_paper(paper.content), "print": said_in(printed)}, facts


@needs_pango
def test_page_pdf_page_to_print_and_json_say_the_same_facts(signed_in, eventful):
    packet, forms, facts = forms_of(eventful, signed_in(eventful.manager))
    words = {squashed(word) for word in words_in(facts)}
    figures = {two_places(packet.composite), *(two_places(row.mean) for row in packet.rows)}
    figures |= {two_places(row.spread) for row in packet.rows} | {two_places(one.mean) for one in packet.panel}
    names = {card.recommendation_label for card in packet.cards} | {
        "14November2027",
        "Saidfour.",
        "Thetablewaswrong.",
        "RosaLind",
    }
    names |= {"Passed, 17 of 20 points", "Tove Berg", "No result of Take-home 2"}
    assert len(words) > 35
    for form, said in forms.items():
        assert {word for word in words | figures | {squashed(name) for name in names} if word not in said} == set(), (
            form
        )
        assert packet.digest in said


def test_the_saved_facts_have_the_digest_as_their_checksum_and_keep_to_the_schema(signed_in, eventful):
    packet = gather_packet(whole(eventful))
    answer = signed_in(eventful.manager).get(reverse("committee:packet_json", args=[eventful.application.pk]))
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{packet.code}-packet.json"'
    assert hashlib.sha256(answer.content).hexdigest() == packet.digest
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    assert [error.message for error in validator.iter_errors(json.loads(answer.content))] == []
    assert not validator.is_valid({**json.loads(answer.content), "form": 1})
    assert not validator.is_valid({**json.loads(answer.content), "another": "fact"})


def test_facts_of_the_first_form_keep_to_their_own_schema(signed_in, eventful):
    facts = as_form_1(json.loads(gather_packet(whole(eventful)).facts))
    schema = json.loads(Path(django_settings.BASE_DIR, "docs/schemas/packet-1.json").read_text())
    assert [error.message for error in Draft202012Validator(schema).iter_errors(facts)] == []


def test_compared_facts_keep_to_the_schema():
    panel = crowd(2, 4, competencies=2)
    peers_of(panel, [[[1 + (p * 7 + q * 3 + r) % 5 for q in range(4)] for r in range(2)] for p in range(20)])
    facts = json.loads(gather_packet(whole(panel)).facts)
    assert facts["comparison"]["uncertainty"]["obstacle"] == ""
    assert list(Draft202012Validator(SCHEMA).iter_errors(facts)) == []


@needs_pango
def test_the_brief_of_four_interviewers_on_24_questions_is_short_enough_to_be_read_first(signed_in):
    panel = crowd(4, 24, level=lambda person, place: "not_asked" if place % 5 == person else 1 + (person + place) % 5)
    answer = signed_in(panel.manager).get(reverse("committee:packet_pdf", args=[panel.application.pk]))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    brief, record = "\f".join(pages).split("Every question once,")
    assert brief.count("\f") < 4
    assert len(brief.split()) <= 1500
    assert "My vote before the discussion" in brief
    assert "What was put down" in record
    packet = gather_packet(whole(panel))
    for text in pages:
        assert f"Packet {packet.code} {packet.digest[:4].upper()}" in text
    first = squashed(pages[0])
    for said in (
        packet.code,
        "plan1,inforcesince",
        "interviewed9Nov2026",
        "Composite",
        "Uncertainty",
        "Recommendations",
        "Missingorvoided",
    ):
        assert said in first


def test_a_packet_takes_as_many_statements_for_12_interviewers_on_40_questions_as_for_4_on_24(
    django_assert_num_queries,
):
    for size in ((4, 24), (12, 40)):
        application = whole(crowd(*size))
        with django_assert_num_queries(12):
            packet = gather_packet(application)
        assert (len(packet.panel), len(packet.entries)) == size


def test_later_words_stand_apart_from_the_sealed_score(signed_in, eventful):
    text = re.sub(
        r"\s+",
        " ",
        signed_in(eventful.manager).get(reverse("committee:packet_detail", args=[eventful.application.pk])).text,
    )
    assert text.count("Added after sealing") == 2
    assert "after seeing others’ cards" in text
    assert "Was: Said five." in text
    packet = gather_packet(whole(eventful))
    answer = next(a for entry in packet.entries for a in entry.answers if a.given.amendments)
    assert (answer.given.level, answer.given.evidence) == (5, "Worked recall 80 / 25 on paper.")


def test_a_packet_goes_by_the_code_alone_unless_the_house_wants_names(signed_in, settings):
    panel = held(1, name="Noor van Dijk")
    address = reverse("committee:packet_detail", args=[panel.application.pk])
    assert "Noor van Dijk" not in signed_in(panel.manager).get(address).text
    settings.PACKET_NAMES = True
    assert "Noor van Dijk" in signed_in(panel.manager).get(address).text
