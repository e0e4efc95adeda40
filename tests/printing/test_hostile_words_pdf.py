"""What people write fetches nothing, opens nothing and stays words in every PDF, whichever field it stands in."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from committee.actions import record_decision
from interviews.models import Score
from plans.models import Item
from printing import pdf
from tests.committee.panels import seal
from tests.factories import (
    ApplicationFactory,
    CompetencyFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    ScorecardFactory,
    UserFactory,
    VersionFactory,
    put_in_force,
)
from tests.printing.references import canary, lay_secrets, traces

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made"),
]

# In markdown and in HTML; of each, as much as the field takes.
WORDS = """![a](AT/secret.svg) [a](AT/secret.css) <AT/secret.css> [b]
[b]: AT/secret.css
<link rel="attachment" href="AT/secret.css"> <a rel="attachment" href="AT/secret.css">a</a>
<img src="AT/secret.svg"> <style>@import "AT/secret.css";</style>
<object data="AT/secret.svg"> <svg><image href="AT/secret.svg"/></svg>
&lt;img src="AT/secret.svg"&gt; &#60;img src="AT/secret.svg"&#62; [c](javascript:alert) [d](data:text/html,x) {{ x }}
"""
LINE = '<img src="AT/secret.svg">'


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("secrets")
    lay_secrets(folder)
    with canary(folder) as server:
        server.folder = folder
        yield server


def written(line, words):
    """An application in which every field that reaches a PDF holds `words`, or `line` where it takes one line."""
    rubric = {"look_for", "must_have", "red_flags", "material", "purpose", "scoring_note", "nice_to_have", "references"}
    plan = PlanFactory(role__title=line[:80], role__team=line[:80])
    stage = plan.stages.first()
    type(stage).objects.filter(pk=stage.pk).update(name=line[:80], opening=words[:2000], closing=words[:2000])
    question = {"title": line[:60], "prompt": words[:1200], **dict.fromkeys(rubric, words[:600])}
    version = VersionFactory(question__competency=CompetencyFactory(name=line[:80], definition=words[:600]), **question)
    Item.objects.create(section=stage.sections.first(), version=version, minutes=5, position=3)
    put_in_force(plan)
    application = ApplicationFactory(plan=plan, candidate__name=line[:80])
    meeting = InterviewFactory(application=application, place=line)
    card = ScorecardFactory(interview=meeting, interviewer=UserFactory(name=line[:80]), seat="lead")
    seal(card, [1, "not_asked", 1], evidence=words, summary=words[:4000], private_note=words[:4000])
    assert Score.objects.filter(scorecard=card, evidence=words).count() == 2
    decider = MembershipFactory(role=application.role, decider=True).user
    record_decision(
        application=application, outcome="hire", rationale=words[:4000], override_reason=words[:2000], by=decider
    )
    return application, card


def addresses(application, card):
    return [
        reverse("committee:packet_pdf", args=[application.pk]),
        reverse("interviews:scorecard_pdf", args=[card.pk]),
        reverse("plans:plan_kit_pdf", args=[application.plan_id]),
    ]


@pytest.mark.parametrize("scheme", ["file", pytest.param("http", marks=pytest.mark.long)])
def test_words_of_every_field_stay_words_in_every_pdf(scheme, server, signed_in):
    at = {"file": f"file://{server.folder}", "http": f"http://127.0.0.1:{server.server_address[1]}"}[scheme]
    application, card = written(LINE.replace("AT", at), WORDS.replace("AT", at))
    reader = signed_in(MembershipFactory(role=application.role, recruiter=True).user)
    for address in addresses(application, card):
        answer = reader.get(address)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert traces(answer.content) == []
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        assert "".join(text.split()).count("secret.svg") >= 5
    assert server.visits == 0


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("> " * 290 + "the end", id="quotes"),
        pytest.param("- " * 290 + "the end", id="lists"),
        pytest.param("x" * 8000, id="one word", marks=pytest.mark.long),
    ],
)
def test_deep_and_endless_words_are_printed_all_the_same(words, signed_in):
    application, card = written("w" * 80, words)
    reader = signed_in(MembershipFactory(role=application.role, recruiter=True).user)
    for address in addresses(application, card):
        assert reader.get(address).headers["Content-Type"] == "application/pdf"
