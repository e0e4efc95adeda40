"""Every payload on paper: it prints as text, leads nowhere but to https and mailto, and brings nothing along."""

import io
import re
import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse
from pypdf import PdfReader

from interviews.models import Score
from printing import pdf
from tests.factories import ApplicationFactory, InterviewFactory, ScorecardFactory, UserFactory
from tests.printing.pages import read
from tests.walls.packed import house
from tests.walls.payloads import XSS
from tests.walls.strings import KEPT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made"),
]

# In faces that come with us, and in forms that pypdf reads back.
READ_BACK = (
    "composed e with acute", "Hebrew", "Arabic", "quotes that curl", "dots and dashes", "percent, braces, backslash", "a tab",
    "no-break spaces", "an emoji",
)  # fmt: skip


def documents(packed, signed_in):
    addresses = {
        "packet": (packed.boss, reverse("committee:packet_pdf", args=[packed.held.application_id])),
        "scorecard": (packed.writer, reverse("interviews:scorecard_pdf", args=[packed.card.pk])),
        "kit": (packed.boss, reverse("plans:plan_kit_pdf", args=[packed.plan.pk])),
        "sheet": (packed.boss, reverse("plans:plan_information_pdf", args=[packed.plan.pk])),
        "booklet": (packed.boss, reverse("questions:question_booklet_pdf")),
    }
    for name, (who, address) in addresses.items():
        answer = signed_in(who).get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
        yield name, PdfReader(io.BytesIO(answer.content))


def letters(text):
    """The text without spaces and breaks, which a page sets where it needs them."""
    return re.sub(r"[\s\x00]", "", text)


def test_every_payload_prints_as_text_and_brings_nothing_along(signed_in):
    packed = house(questions=1)
    for name, reader in documents(packed, signed_in):
        text = letters("".join(read(page).text for page in reader.pages))
        # Markdown takes its own marks out of rubric text; what is no letter of our faces cannot be read back.
        if name in {"packet", "scorecard"}:
            plain = [payload for payload in XSS if payload.isascii() and "`" not in payload]
            assert [payload for payload in plain if letters(payload) not in text] == [], name
        shown = [packed.role.title, packed.role.team] if name == "sheet" else ["<script>zq()</script>"]
        assert [words for words in shown if letters(words) not in text] == [], name
        root = reader.trailer["/Root"]
        assert not {"/OpenAction", "/AA", "/AcroForm"} & root.keys()
        assert not {"/EmbeddedFiles", "/JavaScript"} & root.get("/Names", {}).keys()
        assert not reader.attachments
        for page in reader.pages:
            for annotation in page.get("/Annots") or []:
                action = annotation.get_object().get("/A")
                if action is not None:
                    assert action["/S"] in {"/URI", "/GoTo"}, action
                    assert re.match("https://|mailto:", action.get("/URI", "https://")), action
        raw = reader.stream.getvalue()
        assert not re.search(rb"/(JavaScript|JS|Launch|SubmitForm|ImportData|RichMedia|GoToR|EmbeddedFile)\b", raw)


def test_every_string_of_unicode_can_be_printed(signed_in):
    names = list(KEPT.values())
    card = ScorecardFactory(
        interviewer=UserFactory(name=names[10]),
        interview=InterviewFactory(application=ApplicationFactory(candidate__name=names[12])),
    )
    type(card.interview.application.role).objects.update(title=names[15], team=names[20])
    Score.objects.filter(scorecard=card).update(evidence="\n\n".join(names)[:8000])
    words = {
        "summary": "\n".join(names),
        "submitted_at": card.created_at,
        "status": "submitted",
        "recommendation": "yes",
    }
    type(card).objects.filter(pk=card.pk).update(**words)
    # Some of the strings are in scripts that this machine may have no face for.
    answer = signed_in(card.interviewer).get(reverse("interviews:scorecard_pdf", args=[card.pk]), {"anyway": "1"})
    reader = PdfReader(io.BytesIO(answer.content))
    text = letters(re.sub("[\u2066-\u2069\u00ad]", "", "".join(read(page).text for page in reader.pages)))
    assert [name for name in READ_BACK if letters(KEPT[name]) not in text] == []
    # What the file says of itself is XML, in which not every character may stand.
    assert ET.fromstring(reader.trailer["/Root"]["/Metadata"].get_data()) is not None  # noqa: S314 made here
