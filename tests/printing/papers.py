"""Documents of every kind and size, as the product prints them, without a database behind them."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from committee.comparison import Comparison, Uncertainty
from committee.packet import FORM, Packet
from committee.packet_parts import Answer, Card, Cell, Interviewer, Meeting, Row
from committee.packet_parts import Entry as PacketEntry
from interviews.record import AnchorText, Asked, Given
from interviews.scorecard_document import Entry, ScorecardDocument
from plans.information import Information, InformationStage
from plans.kit import Kit, KitQuestion, KitSection, KitStage
from printing.document import document_html
from questions.booklet import Booklet, BookletPart
from questions.printed import PrintedQuestion

START = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
WORDS = (
    "Asked first who bears the cost of each error, then worked precision and recall on paper from the four counts and "
    "said which of the two the team can live with. Named the base rate without being asked, checked the sum against the "
    "total, found a slip of arithmetic alone and put it right. Would measure again after a month with fresh labels."
)
TABLE = "| Model | True positives | False negatives |\n|---|---|---|\n| P | 100 | 300 |\n| Q | 320 | 80 |"
FORMULAS = (
    r"With $F_1 = \frac{2PR}{P + R}$ in a line, then"
    "\n\n"
    r"$$-\frac{1}{N} \sum_{i=1}^{N} \left[ y_i \log p_i \right]$$"
    "\n\n"
    r"| Rate | As |"
    "\n|---|---|\n"
    r"| Bayes | $P(A \mid B)$ |"
)
WIDE = "|" + "|".join(f" Column {n} of the sheet " for n in range(9)) + "|\n" + "|---" * 9 + "|\n"
WIDE += "".join("|" + "|".join(f" {row * n + 1},000 " for n in range(9)) + "|\n" for row in range(12))
CODE = "```\n" + "\n".join(f"  record_{n} = load(path, {n})  # line {n} of a listing" for n in range(40)) + "\n```"
RTL = "שאלה ראשונה על המדידה. قال المرشح إن الخطأ يكلف أكثر من الوقت. Ελληνικά και кириллица. 😀 ✅"
LONG = "Extraordinarilylongonewordnamewithoutanyplacewhereitcouldbebrokenandthereforewide"[:80]
MANY = "Maximiliane Konstantina Theodora von und zu Hohenlohe Waldenburg Schillingsfuerst"[:80]
HEBREW = "שלומית בן־דוד הלוי"
ARABIC = "عبد الرحمن بن خالد المنصوري"


def asked(
    number: int, *, material: str = TABLE, facts: int = 5, stage: str = "Technical interview", **other: object
) -> Asked:
    plain = Asked(
        title=f"Question {number} of two screening models",
        version=1,
        kind="scenario",
        level="intermediate",
        competency="Model evaluation",
        stage=stage,
        minutes=8,
        scored=True,
        prompt="Two models screen the same cases. Which would you release, and what would you find out first?",
        material=material,
        anchors=tuple(AnchorText(level, f"Level {level}: {WORDS[:110]}.") for level in (5, 4, 3, 2, 1)),
        must_have=tuple(f"Fact {n}: precision 25 %, recall 80 %, {WORDS[:60]}" for n in range(1, facts + 1)),
        voided="",
        voided_by="",
        voided_at=None,
    )
    return replace(plain, **other)  # type: ignore[arg-type]


def given(level: int | None = 4, evidence: str = WORDS, outcome: str = "scored") -> Given:
    return Given(
        outcome=outcome,
        level=level,
        anchor="Says so.",
        evidence=evidence if level else "",
        followups="Asked what a miss costs." if level else "",
        reason="" if level else "No time left.",
        probes=("Why?",),
        hint=False,
        amendments=(),
    )


def scorecard(
    questions: int = 6, *, evidence: str = WORDS, material: str = TABLE, **other: object
) -> ScorecardDocument:
    plain = ScorecardDocument(
        code="C-0417",
        candidate="Noor van Dijk",
        role="Senior Machine Learning Engineer",
        plan=3,
        stage="Technical interview",
        starts_at=START,
        zone="Europe/Berlin",
        interviewer="Priya Raman",
        seat="lead",
        status="submitted",
        recommendation="yes",
        recommendation_reason="",
        summary="Strong on measurement; thinner on systems.",
        candidate_questions="How large is the team?",
        waive_reason="",
        submitted_at=START + timedelta(hours=2),
        amendments=(),
        entries=tuple(
            Entry(n, asked(n, material=material), given(1 + n % 5, evidence)) for n in range(1, questions + 1)
        ),
    )
    return replace(plain, **other)  # type: ignore[arg-type]


def packet(
    interviewers: int = 3,
    questions: int = 8,
    *,
    evidence: str = WORDS,
    material: str = TABLE,
    name: str = "",
    **other: object,
) -> Packet:
    people = tuple(_person(place, name or f"Interviewer {place + 1}", interviewers) for place in range(interviewers))
    rows = tuple(_row(start, min(4, questions - start), people, evidence, material) for start in range(0, questions, 4))
    plain = Packet(
        form=FORM,
        code="C-0417",
        candidate="Noor van Dijk",
        role="Senior Machine Learning Engineer",
        plan=3,
        in_force_since=START - timedelta(days=30),
        meetings=(Meeting("Technical interview", START, "Europe/Berlin"),),
        stages_without=(),
        interviewers=people,
        rows=rows,
        composite=Fraction(10, 3) if rows else None,
        weight_counted=sum(row.weight for row in rows),
        weight=sum(row.weight for row in rows),
        missing=(),
        results=(),
        comparison=Comparison(Uncertainty(20, 8, "few", None, None, ()), interviewers, 3, ()),
        keep_until=None,
    )
    return replace(plain, **other)  # type: ignore[arg-type]


def _person(place: int, name: str, among: int) -> Interviewer:
    card = Card(
        letter="ABCDEFGHIJKLMN"[place],
        stage="Technical interview",
        seat="panel" if place else "lead",
        status="submitted",
        recommendation="no" if place == among - 1 and place else "yes",
        recommendation_reason="",
        summary=WORDS[:120],
        waive_reason="",
        given_at=START - timedelta(days=2),
        submitted_at=START + timedelta(hours=2, minutes=place),
        amendments=(),
        place=place + 1,
        in_before=0,
        opened_before=0,
    )
    return Interviewer(card.letter, name, Fraction(7, 2), None, 0, (card,))


def _row(start: int, count: int, people: tuple[Interviewer, ...], evidence: str, material: str) -> Row:
    entries = tuple(
        PacketEntry(
            number,
            asked(number, material=material),
            tuple(
                Answer(p.letter, p.name, given(1 + (number + place) % 5, evidence)) for place, p in enumerate(people)
            ),
            Fraction(7, 2),
            Fraction(3),
        )
        for number in range(start + 1, start + count + 1)
    )
    cells = tuple(
        Cell(p.letter, Fraction(1 + (start + n) % 5), "", f"q{start + 1}-{p.letter}") for n, p in enumerate(people)
    )
    weight = 2 if start == 0 else 1
    reason = "What the role is measured by." if weight > 1 else ""
    return Row(f"Competency {start // 4 + 1}", weight, reason, Fraction(7, 2), Fraction(3, 2), cells, entries)


def kit(stages: int = 2, questions: int = 4, *, material: str = TABLE, **other: object) -> Kit:
    plain = Kit(
        role="Senior Machine Learning Engineer",
        team="Ranking",
        plan_number=3,
        status="in force",
        is_draft=False,
        reminders=("Ask these questions in this order.", "Never ask about family or health."),
        stages=tuple(_stage(n, questions, material) for n in range(1, stages + 1)),
    )
    return replace(plain, **other)  # type: ignore[arg-type]


def _stage(number: int, questions: int, material: str) -> KitStage:
    section = KitSection("Model evaluation", tuple(_kit_question(n, material) for n in range(1, questions + 1)))
    opening, closing = "Welcome, and thank you for your time.", "Those were my questions."
    return KitStage(
        number, f"Stage {number}", "interview", 60, 10, 40, opening, closing, (section,) if questions else ()
    )


def _kit_question(number: int, material: str) -> KitQuestion:
    words = tuple(WORDS[: 40 + 30 * n] for n in range(1, 4))
    return KitQuestion(
        number=number,
        title=f"Question {number}",
        version=1,
        kind="scenario",
        level="intermediate",
        minutes=8,
        scored=number > 1,
        is_voided=False,
        prompt="Two models screen the same cases. Which would you release?",
        material=material,
        purpose="",
        look_for=words,
        must_have=words,
        nice_to_have=words[:1],
        red_flags=words[:2],
        scoring_note="A slip of arithmetic does not count.",
        anchors=tuple((level, WORDS[:90] if level != 2 else "") for level in (5, 4, 3, 2, 1)),
        probes=("What would change your mind?", "Who bears the cost?"),
    )


def booklet(competencies: int = 2, questions: int = 3, *, material: str = TABLE, **other: object) -> Booklet:
    numbers = iter(range(1, competencies * questions + 1))
    parts = tuple(
        BookletPart(
            f"Competency {n}", WORDS[:110], tuple(_printed(next(numbers), material) for _question in range(questions))
        )
        for n in range(1, competencies + 1)
    )
    return replace(Booklet(parts, has_drafts=False), **other)  # type: ignore[arg-type]


def _printed(number: int, material: str) -> PrintedQuestion:
    asked = _kit_question(number, material)
    return PrintedQuestion(**{name.name: getattr(asked, name.name) for name in fields(PrintedQuestion)})


def information(stages: int = 4, **other: object) -> Information:
    names = ("Model evaluation", "Statistics and probability", "Responsible AI: privacy, fairness, security")
    plain = Information(
        role="Senior Machine Learning Engineer",
        team="Ranking",
        plan_number=3,
        is_draft=False,
        kept_free=10,
        stages=tuple(InformationStage(f"Stage {n}", "interview", 60, names[: n % 4]) for n in range(1, stages + 1)),
        judged=tuple((name, WORDS[:110]) for name in names) if stages else (),
    )
    return replace(plain, **other)  # type: ignore[arg-type]


def html_of(document: Packet | ScorecardDocument | Information | Kit | Booklet) -> str:
    """`document` as its own view prints it."""
    if isinstance(document, Packet):
        context = {"packet": document, "decision": None}
        return document_html("committee/packet_document.html", context, zone=document.zone)
    if isinstance(document, ScorecardDocument):
        return document_html("interviews/scorecard_document.html", {"document": document}, zone=document.zone)
    if isinstance(document, Information):
        return document_html("plans/information_document.html", {"sheet": document})
    if isinstance(document, Booklet):
        return document_html("questions/booklet_document.html", {"booklet": document})
    return document_html("plans/kit_document.html", {"kit": document})
