"""What each person asks: every address of the house, and the writes that are theirs to make."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from interviews.models import Application, Interview, Scorecard
from plans.models import Item
from tests.test_access import ROWS
from tests.walls.answers import Ask
from tests.walls.worlds import DAY, HIGH, LOW, NOW, World

Script = tuple[Ask, ...]

# Search words of which some stand in the peer's notes only, every filter, and pages that may not be there.
QUERIES = {
    "interviews:candidate_list": (
        "q=Zirconium", "q=Quicksilver", "q=Hidden", "q=Candidate", "status=active", "status=rejected", "page=2",
        "role={role}", "role={role}&status=on_hold",
    ),
    "interviews:interview_list": ("show=late", "show=coming", "page=2"),
    "committee:application_list": ("show=waiting", "show=decided", "page=2"),
    "committee:packet_check": ("number={code}+0123456789AB", "number=x"),
    "questions:question_list": ("q=Zirconium", "q=cost&level=intermediate", "competency=competency-0", "page=2", "used=yes"),
    "questions:question_facets": ("q=Zirconium", "used=no"),
    "accounts:record": ("check=1", "page=2"),
    "interviews:interview_show": ("item={item}&prompt=1",),
    "plans:question_search": ("q=Quicksilver",),
    "plans:role_list": ("closed",),
    # A workbook holds the second in which it was written.
    "questions:question_export": ("format=json", "format=csv", "format=md", "format=json&used=yes"),
}  # fmt: skip
HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}


def address(world: World, name: str) -> str:
    return reverse(name, args=[world.objects[key] if isinstance(key, str) else key for key in ROWS[name][0]])


def pages(world: World) -> Iterator[str]:
    """Every address of the house, on the hidden side; then the other meetings, cards and applications beside it."""
    yield from (address(world, name) for name in ROWS)
    for meeting in world.its_meetings:
        for page in ("detail", "score", "review", "show", "move", "cancel"):
            yield reverse(f"interviews:interview_{page}", args=[meeting.pk])
        yield reverse("interviews:seat_add", args=[meeting.pk])
    for card in world.hidden[1:]:
        yield from (reverse(f"interviews:{name}", args=[card.pk]) for name in ("scorecard_detail", "card_waive"))
    yield reverse("interviews:application_detail", args=[world.learned.pk])
    yield reverse("committee:packet_detail", args=[world.learned.pk])
    yield reverse("committee:packet_json", args=[world.learned.pk])


def is_printed(path: str) -> bool:
    """Documents take long, so they are asked for apart, by those who may print one."""
    return path.endswith(("/kit.pdf", "/information.pdf", "/packet.pdf"))


def with_queries(world: World) -> Iterator[str]:
    for name, queries in QUERIES.items():
        for query in queries:
            yield f"{address(world, name)}?{query.format(**world.objects)}"


def reads(world: World) -> Iterator[Script]:
    for path in [*pages(world), *with_queries(world)]:
        if not is_printed(path):
            yield (Ask(path),)


def other_reads(world: World) -> Iterator[Script]:
    """The same addresses as other programs ask for them."""
    for path in pages(world):
        if not is_printed(path):
            yield (Ask(path, "HEAD", headers={"If-None-Match": "*"}),)
            yield (Ask(path, headers=HTMX),)
            yield (Ask(path, headers=JSON),)


def empty_writes(world: World) -> Iterator[Script]:
    for path in pages(world):
        if not is_printed(path):
            yield (Ask(path, "POST"),)


def documents(world: World, user: User) -> Iterator[Script]:
    """One's own sealed cards, as page and on paper."""
    for card in Scorecard.objects.submitted().filter(interviewer=user, interview__application=world.application):
        yield from ((Ask(reverse(f"interviews:scorecard_{form}", args=[card.pk])),) for form in ("detail", "pdf"))


def printed(world: World) -> Iterator[Script]:
    """Every document of the house but one's own cards: whatever `is_printed` leaves out, on the side of what is hidden."""
    first = world.application.plan.stages.first()
    yield (Ask(reverse("plans:stage_kit_pdf", args=[first.pk])),)
    for name in ("plans:plan_kit_pdf", "plans:plan_information_pdf", "committee:packet_pdf"):
        yield (Ask(address(world, name)),)


def learned_pages(world: World) -> Iterator[Script]:
    """Whatever could show how the application of the learner stands."""
    learned = world.learned.pk
    paths = [
        reverse("today"),
        reverse("interviews:application_detail", args=[learned]),
        reverse("interviews:interview_list"),
        reverse("interviews:interview_detail", args=[world.meetings["learned"].pk]),
        reverse("interviews:candidate_list") + "?status=hired",
        reverse("interviews:role_applications", args=[world.learned.role_id]),
        *(f"{reverse('committee:application_list')}?show={shown}" for shown in ("ready", "waiting", "decided")),
        reverse("committee:packet_detail", args=[learned]),
        reverse("committee:packet_pdf", args=[learned]),
        reverse("committee:packet_json", args=[learned]),
        *(
            reverse(f"interviews:scorecard_{form}", args=[card.pk])
            for card in world.meetings["learned"].scorecards.all()
            for form in ("detail", "pdf")
        ),
    ]
    return ((Ask(path),) for path in paths)


def saves(world: World) -> Iterator[Script]:
    """One's own scoring on every meeting of the application: kept, refused, disputed, and the card sealed at the end."""
    for place, meeting in enumerate(world.its_meetings):
        items = list(Item.objects.filter(section__stage=meeting.stage).order_by("section__position", "position"))
        of = [reverse("interviews:score_save", args=[meeting.pk, item.pk]) for item in items]
        scored = [path for path, item in zip(of, items, strict=True) if item.scored]
        page, submit = (reverse(f"interviews:interview_{name}", args=[meeting.pk]) for name in ("score", "submit"))
        edits = [_edit(place * 100 + number, level=number % 5 + 1) for number, _path in enumerate(scored, start=1)]
        yield (*map(_json, scored, edits), Ask(page), Ask(page, "HEAD"))
        yield _json(scored[0], edits[0]), _json(scored[0], _edit(place * 100 + 90, level=2)), _json(scored[0], edits[0])
        yield (_json(scored[0], _edit(place * 100 + 91, level=9)),)
        form = {"page": str(UUID(int=place + 1)), "expected_version": 0, "answer": 4, "evidence": "Named the cost."}
        yield Ask(scored[0], "POST", form), Ask(page)
        yield (Ask(scored[0], "POST", {**form, "answer": 7}),)
        notes, up = (reverse(f"interviews:{name}", args=[meeting.pk]) for name in ("notes_save", "interview_time_up"))
        asked = {"candidate_questions": "Who is on call?"}
        yield (
            _json(notes, _edit(place * 100 + 95, **asked)),
            _json(notes, _edit(place * 100 + 96, summary="All asked.")),
        )
        yield Ask(notes, "POST", {"page": str(UUID(int=place + 1)), "expected_version": 0, **asked}), Ask(page)
        yield Ask(up, "POST", {"on": "review"}), Ask(page)
        yield (Ask(submit, "POST", {"recommendation": "yes"}),)
        finished = [_json(path, _edit(place * 100 + n, level=4)) for n, path in enumerate(scored, start=50)]
        yield (*finished, Ask(page), Ask(submit, "POST", {"recommendation": "no", "summary": "All asked."}))


def _edit(number: int, **fields: object) -> dict[str, object]:
    made = str(UUID(int=10_000_000 + number))
    return {"operation": made, "client": made, "sequence": 1, "expected_version": 0, **fields}


def _json(path: str, edit: dict[str, object]) -> Ask:
    return Ask(path, "POST", edit, {"Content-Type": "application/json", **JSON})


def arrangements(world: World, application: Application, meetings: list[Interview]) -> Iterator[Script]:
    """What a recruiter does with an application. After each step the pages that would show it are read."""
    fourth = application.plan.stages.last()
    detail = Ask(reverse("interviews:application_detail", args=[application.pk]))
    moment = {"zone": "Europe/Berlin", "which": "", "place": "Room 5", "extra_minutes": "15"}
    newcomer = world.people["excused"].pk if application == world.learned else world.people["learner"].pk
    for meeting in meetings:
        at = {
            page: reverse(f"interviews:{page}", args=[meeting.pk])
            for page in ("interview_move", "interview_cancel", "seat_add")
        }
        here = Ask(reverse("interviews:interview_detail", args=[meeting.pk]))
        for day in (NOW + 3 * DAY, NOW + 2 * DAY):
            when = {"day": day.date().isoformat(), "hour": "11:00", "was": meeting.starts_at.isoformat(), **moment}
            yield Ask(at["interview_move"], "POST", when), here, detail
        yield Ask(at["interview_cancel"], "POST", {"reason": "Ill."}), here, detail
        for seat in ("panel", "lead"):
            yield Ask(at["seat_add"], "POST", {"person": newcomer, "seat": seat}), here, detail
    for card in Scorecard.objects.filter(interview__in=[meeting.pk for meeting in meetings]):
        yield (Ask(reverse("interviews:card_waive", args=[card.pk]), "POST", {"reason": "Ill."}),)
    yield Ask(reverse("interviews:application_withdraw", args=[application.pk]), "POST"), detail
    yield (Ask(reverse("interviews:application_replan", args=[application.pk]), "POST"),)
    later = (NOW + 5 * DAY + timedelta(hours=2)).date().isoformat()
    arranged = {"stage": fourth.pk, "day": later, "hour": "12:00", **moment, f"seat_{newcomer}": "lead"}
    yield Ask(reverse("interviews:interview_schedule", args=[application.pk]), "POST", arranged), detail


def additions(application: Application) -> Iterator[Script]:
    """The candidate of `application`, added to the role once more."""
    same = {"role": application.role_id, "name": application.candidate.name, "email": application.candidate.email}
    yield (Ask(reverse("interviews:candidate_new"), "POST", same),)
    pasted = {
        "role": application.role_id,
        "text": f"{same['name']}, {same['email']}\n{LOW[:9]} {HIGH[:9]}, q@example.org",
    }
    yield (Ask(reverse("interviews:candidate_paste"), "POST", pasted),)
