"""The kept PDF of a packet: served only while it says what the packet says, made ahead, cancelled, in two files."""

import io

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from accounts.recording import record
from accounts.working import HouseWorker
from committee import ahead, prints
from committee.actions import record_decision, supersede_decision
from committee.models import PacketPrint, PrintJob
from foundation import clock
from foundation.frozen import ERASED
from interviews.actions.scheduling import waive_card
from interviews.models import Application, Candidate
from printing import pdf
from printing.printer import Limits
from tests.committee.panels import START, held, peers_of, seal
from tests.factories import ScorecardFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made"),
]


@pytest.fixture
def opened(signed_in):
    def get(panel, part=""):
        address = reverse("committee:packet_pdf", args=[panel.application.pk])
        return signed_in(panel.manager).get(address, {"part": part} if part else {})

    return get


@pytest.fixture
def line(signed_in):
    """line(panel) → the page of the packet, where one line says how far its PDF is."""

    def get(panel, client=None):
        client = client or signed_in(panel.manager)
        return client.get(reverse("committee:packet_detail", args=[panel.application.pk])).text

    return get


@pytest.fixture
def working(monkeypatch):
    monkeypatch.setattr(ahead, "is_working", lambda: True)


@pytest.fixture
def printed(monkeypatch):
    """The documents that go to the printer from here on."""
    seen, render = [], pdf.render_pdf
    monkeypatch.setattr(pdf, "render_pdf", lambda html: seen.append(html) or render(html))
    return seen


def work_off(most=100):
    """Do what is queued, as the worker does it (tests/running has the worker's own loop)."""
    while most and (task := DBTaskResult.objects.ready().first()):
        task.claim("test")
        HouseWorker().run_task(task)
        most -= 1


def text_of(answer):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_an_unchanged_packet_is_printed_once_for_all_who_open_it(opened, printed, signed_in):
    panel = held(1)
    first = opened(panel)
    record("house.settings_changed", panel.manager, by=None)  # something, but nothing of this packet
    address = reverse("committee:packet_pdf", args=[panel.application.pk])
    assert first.content == opened(panel).content == signed_in(panel.recruiter).get(address).content
    assert len(printed) == 1


def test_the_kept_file_takes_four_statements_however_much_is_in_it(signed_in, django_assert_num_queries):
    for panel in (held(1), held(3)):
        client, address = signed_in(panel.manager), reverse("committee:packet_pdf", args=[panel.application.pk])
        client.get(address)
        with django_assert_num_queries(4):  # session, person, right, file
            assert client.get(address).content.startswith(b"%PDF")


def decide(panel):
    return record_decision(application=panel.application, outcome="hire", rationale="Strong.", by=panel.decider)


def renamed(panel):
    Candidate.objects.filter(pk=panel.application.candidate_id).update(code="C-9999")


def another_through(panel):
    (peer,) = peers_of(panel, [[[4, 4]]])
    record("scorecard.submitted", peer.interviews.first().scorecards.first(), by=None)


@pytest.mark.parametrize("change", [decide, renamed, another_through])
def test_what_a_packet_says_anew_is_never_served_from_the_old_file(opened, printed, change):
    panel = held(1)
    before = opened(panel)
    change(panel)
    record("house.settings_changed", panel.manager, by=None)
    after = opened(panel)
    assert len(printed) == 2
    assert after.content != before.content
    assert PacketPrint.objects.count() == 1


def test_a_decision_taken_back_is_off_the_paper(opened):
    panel = held(1)
    decision = decide(panel)
    assert "Decided: Hire" in text_of(opened(panel))
    supersede_decision(decision=decision, reason="A card was wrong.", by=panel.decider)
    assert "Decided: Hire" not in text_of(opened(panel))


@pytest.mark.parametrize(("setting", "value"), [("PAPER", "Letter"), ("PACKET_NAMES", True)])
def test_another_setting_of_the_house_prints_anew(opened, printed, settings, setting, value):
    panel = held(1)
    opened(panel)
    setattr(settings, setting, value)
    opened(panel)
    assert len(printed) == 2


def test_another_edition_of_the_product_prints_anew(opened, printed, monkeypatch):
    panel = held(1)
    opened(panel)
    monkeypatch.setattr(prints, "_product", lambda: "0" * 64)
    opened(panel)
    assert len(printed) == 2


def last_seat(panel):
    """One more seat at the meeting, to be closed by an action."""
    with clock.at(START):
        return ScorecardFactory(interview=panel.cards[0].interview)


def test_the_last_card_queues_the_packet_and_the_worker_prints_what_is_served(opened, printed, line, working):
    panel = held(1)
    waive_card(card=last_seat(panel), reason="Was ill.", by=panel.recruiter)
    work_off(most=1)  # the worker sees what has changed
    assert "waiting to be made" in line(panel)
    work_off()
    assert len(printed) == 1
    assert "The PDF is ready." in line(panel)
    assert opened(panel).content.startswith(b"%PDF")
    assert len(printed) == 1


def test_a_card_that_is_not_the_last_queues_nothing():
    panel = held(1)
    first, _second = last_seat(panel), last_seat(panel)
    waive_card(card=first, reason="Was ill.", by=panel.recruiter)
    work_off()
    assert not PrintJob.objects.exists()
    assert not PacketPrint.objects.exists()


def test_several_changes_are_printed_once(opened, printed):
    panel = held(1)
    opened(panel)
    printed.clear()
    supersede_decision(decision=decide(panel), reason="Too soon.", by=panel.decider)
    decide(panel)
    work_off()
    assert len(printed) == 1
    assert PrintJob.objects.get().status == "done"


def test_packets_that_are_compared_with_a_changed_one_are_printed_anew_and_decided_ones_are_not(opened, printed):
    panel = held(1)
    through, decided = peers_of(panel, [[[4, 4]], [[3, 3]]])
    opened(panel)
    record_decision(application=decided, outcome="no_hire", rationale="Thin.", by=panel.decider)
    record("scorecard.submitted", through.interviews.first().scorecards.first(), by=None)
    printed.clear()
    work_off()
    done = set(PrintJob.objects.filter(status="done").values_list("application", flat=True))
    assert done == {panel.application.pk, through.pk}
    assert set(PacketPrint.objects.values_list("application", flat=True)) == {panel.application.pk, through.pk}


def test_a_cancelled_packet_is_not_made_ahead_but_still_when_it_is_opened(opened, printed, line, signed_in, working):
    panel = held(1)
    ahead.queue(panel.application.pk)
    client = signed_in(panel.manager)
    assert "Cancel" in line(panel)
    client.post(reverse("committee:packet_file_cancel", args=[panel.application.pk]))
    assert "was cancelled" in line(panel)
    work_off()
    assert printed == []
    assert opened(panel).content.startswith(b"%PDF")


def test_without_a_worker_nothing_is_said_to_be_under_way(line):
    panel = held(1)
    ahead.queue(panel.application.pk)
    assert "made when you open it" in line(panel)
    assert "every 3s" not in line(panel)


def test_a_waiting_page_is_told_only_of_what_is_new(signed_in, working):
    panel = held(1)
    ahead.queue(panel.application.pk)
    client, address = signed_in(panel.manager), reverse("committee:packet_file", args=[panel.application.pk])
    htmx = {"HX-Request": "true"}
    assert client.get(address, {"seen": "queued"}, headers=htmx).status_code == 204
    work_off()
    answer = client.get(address, {"seen": "queued"}, headers=htmx)
    assert "The PDF is ready." in answer.text
    assert "hx-get" not in answer.text


def test_a_printer_that_stopped_is_asked_again_later_and_not_for_ever(own_printer):
    panel = held(1)
    own_printer("raise SystemExit(3)")
    ahead.queue(panel.application.pk)
    for _try in range(ahead.MOST_TRIES):
        assert PrintJob.objects.get().status == "queued"
        DBTaskResult.objects.filter(status="READY").update(run_after=clock.now())
        work_off()
    assert PrintJob.objects.get().status == "failed"
    assert not DBTaskResult.objects.ready().exists()


def test_a_packet_at_which_the_worker_dies_again_and_again_is_given_up():
    panel = held(1)
    ahead.queue(panel.application.pk)
    PrintJob.objects.update(status="printing", tries=ahead.MOST_TRIES - 1)  # as a worker leaves it that is killed
    work_off()
    assert PrintJob.objects.get().status == "failed"
    assert not PacketPrint.objects.exists()


@pytest.fixture
def too_long(monkeypatch):
    """The whole packet takes more pages than a PDF may have; each half of it does not."""
    panel = held(6, levels={person: [5, 1] if person % 2 else [1, 5] for person in range(6)})
    whole = prints.gather_sheet(
        Application.objects.select_related("candidate", "role", "plan").get(pk=panel.application.pk)
    )
    made = prints.print_document(prints.TEMPLATE, whole.context, zone=whole.packet.zone)
    pages = len(PdfReader(io.BytesIO(made)).pages)
    monkeypatch.setattr(pdf, "Limits", lambda: Limits(pages=pages - 1))
    return panel


def test_a_packet_beyond_the_limits_comes_as_brief_and_record(too_long, opened, line):
    answer = opened(too_long)
    assert answer.status_code == 200
    assert "Brief and record come as two files" in answer.text
    brief, record_ = opened(too_long, "brief"), opened(too_long, "record")
    code = too_long.application.candidate.code
    assert brief.headers["Content-Disposition"] == f'inline; filename="{code}-packet-brief.pdf"'
    assert record_.headers["Content-Disposition"] == f'inline; filename="{code}-packet-record.pdf"'
    assert "is in the record, a file of its own" in text_of(brief).replace("\n", " ")
    assert "→" not in text_of(brief)
    assert "Worth talking about" in text_of(brief)
    assert "What was put down" in text_of(record_)
    assert "Worth talking about" not in text_of(record_)
    assert "brief and record come as two files" in line(too_long)


def test_the_worker_makes_both_files_and_remembers_that_one_is_too_much(too_long, opened, printed):
    ahead.queue(too_long.application.pk)
    work_off()
    assert len(printed) == 3
    assert opened(too_long, "brief").content.startswith(b"%PDF")
    assert "two files" in opened(too_long).text
    assert len(printed) == 3


def test_a_part_beyond_the_limits_is_a_page_to_print_and_so_is_the_whole_on_request(opened, monkeypatch, signed_in):
    panel = held(1)
    monkeypatch.setattr(pdf, "Limits", lambda: Limits(pages=0))
    part = opened(panel, "record")
    assert part.headers["Content-Type"].startswith("text/html")
    assert str(pdf.TOO_MUCH) in part.text
    whole = signed_in(panel.manager).get(reverse("committee:packet_pdf", args=[panel.application.pk]), {"page": "1"})
    assert str(pdf.TOO_MUCH) in whole.text
    assert "What was put down" in whole.text


def test_of_an_erased_candidate_nothing_is_kept(opened, printed):
    panel = held(1)
    opened(panel)
    erased = {"erased_at": clock.now(), "name": ERASED, "email": ""}
    Candidate.objects.filter(pk=panel.application.candidate_id).update(**erased)
    PacketPrint.objects.filter(application__candidate=panel.application.candidate_id).delete()
    assert opened(panel).content.startswith(b"%PDF")
    assert not PacketPrint.objects.exists()


def test_who_may_not_read_the_packet_hears_nothing_of_its_file(signed_in):
    panel = held(1)
    ahead.queue(panel.application.pk)
    seal(last_seat(panel))
    blind = last_seat(panel).interviewer
    for who in (blind, panel.member):  # one sits at it, for the other not every card is in
        client = signed_in(who)
        assert client.get(reverse("committee:packet_file", args=[panel.application.pk])).status_code == 404
        cancel = reverse("committee:packet_file_cancel", args=[panel.application.pk])
        assert client.post(cancel).status_code == 404
    assert PrintJob.objects.get().status == "queued"


def test_the_queue_holds_references_and_never_words():
    panel = held(1, name="Noor van Dijk")
    decide(panel)
    work_off()
    held_by_queue = " ".join(map(str, DBTaskResult.objects.values_list("args_kwargs", "return_value", "traceback")))
    assert "Noor" not in held_by_queue
    assert "Strong" not in held_by_queue
