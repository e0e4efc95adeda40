"""One house with every payload in every field: many a field, one for each row of a list."""

from dataclasses import dataclass
from functools import cache
from itertools import cycle

from accounts.models import User
from committee.actions import record_decision, supersede_decision
from foundation import clock
from interviews.lifecycles import SCORECARD
from interviews.models import Candidate, Interview, Score, Scorecard
from plans.models import InterviewPlan, Item, Role, Stage
from questions.models import Anchor, Competency, Probe, QuestionVersion
from tests.factories import (
    ApplicationFactory,
    DraftFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    RoleFactory,
    ScorecardFactory,
    UserFactory,
    put_in_force,
)
from tests.walls.payloads import XSS
from tests.walls.words import ONE_LINE

NAMES = [text for text in ONE_LINE if len(text) <= 80]
TITLES = [text for text in ONE_LINE if len(text) <= 60]


def packed(longest, between="\n\n", payloads=XSS):
    """Endless texts of at most `longest` characters that one after the other hold all payloads."""
    texts = [""]
    for payload in payloads:
        joined = f"{texts[-1]}{between}{payload}" if texts[-1] else payload
        if len(joined) <= longest:
            texts[-1] = joined
        else:
            texts.append(payload)
    return cycle(texts)


@cache
def _texts(field, longest):
    return packed(longest)


def _text(field, longest):
    """The next text for `field`: each row goes on where the one before it ended, in the next house too."""
    return next(_texts(field, longest))


@dataclass
class House:
    plan: InterviewPlan
    role: Role
    boss: User
    reader: User
    writer: User
    open: Interview
    held: Interview
    card: Scorecard
    versions: list


def house(questions=8):
    """A role whose plan asks questions made of payloads: one interview open before its writer, one held and decided.

    One question holds every payload in its material, and the evidence of each card; shorter fields hold as many as
    they may, the next row the next ones.
    """
    titles, names = cycle(TITLES), cycle(NAMES)
    role = RoleFactory(title=next(names), team=next(names))
    boss = UserFactory(name=next(names), recruiter=True, administrator=True)
    for duty in ("recruiter", "hiring_manager"):
        MembershipFactory(role=role, user=boss, duty=duty)
    reader = MembershipFactory(role=role, committee=True, user=UserFactory(name=next(names))).user
    plan = PlanFactory(role=role)
    Stage.objects.update(name=next(names), opening=_text("opening", 2000), closing=_text("closing", 2000))
    Competency.objects.update(definition=_text("definition", 600))
    versions = [_version(n, next(titles)) for n in range(questions)]
    section = plan.stages.get().sections.first()
    for place, version in enumerate(versions, start=3):
        Item.objects.create(section=section, version=version, minutes=3, position=place)
    InterviewPlan.objects.update(placeholder_values={"thing": _text("value", 200)})
    put_in_force(plan)
    writer = UserFactory(name=next(names))
    meetings = [
        InterviewFactory(
            application=ApplicationFactory(plan=plan, role=role, candidate__name=next(names)), place=next(names)
        )
        for _n in range(2)
    ]
    ScorecardFactory(interview=meetings[0], interviewer=writer, seat="lead")
    card = _sealed(ScorecardFactory(interview=meetings[1], interviewer=writer, seat="lead"))
    _sealed(ScorecardFactory(interview=meetings[1], interviewer=UserFactory(name=next(names))))
    _decided(meetings[1].application, boss)
    return House(plan, role, boss, reader, writer, *meetings, card, versions)


_FIELDS = {
    name: packed(QuestionVersion._meta.get_field(name).max_length)
    for name in ("prompt", "material", "purpose", "scoring_note", "change_note")
} | {
    name: packed(QuestionVersion._meta.get_field(name).max_length, "\n", ONE_LINE)
    for name in ("look_for", "must_have", "nice_to_have", "red_flags", "references")
}
_TAGS, _ANCHORS, _PROBES = packed(200, ", ", TITLES), packed(1000), packed(400, " ", ONE_LINE)


def _version(n, title):
    text = {name: next(texts) for name, texts in _FIELDS.items()}
    version = DraftFactory(title=title, tags=next(_TAGS), placeholders={"thing": _text("thing", 150)}, **text)
    for anchor in version.anchors.all():
        Anchor.objects.filter(pk=anchor.pk).update(behaviour=next(_ANCHORS))
    for probe in version.probes.all():
        Probe.objects.filter(pk=probe.pk).update(text=next(_PROBES))
    QuestionVersion.objects.filter(pk=version.pk).update(published_at=clock.now())
    return version


def _sealed(card):
    names, levels = cycle(NAMES), cycle([1, 5, 3, None])
    for place, score in enumerate(card.scores.order_by("-item__scored", "pk")):
        level = next(levels) if score.item.scored else None
        outcome = "scored" if level else ("not_asked" if score.item.scored else "pending")
        reason = next(names) if outcome == "not_asked" else ""
        Score.objects.filter(pk=score.pk).update(
            evidence=next(names) if place else _text("evidence", 8000),
            reason=reason,
            level=level,
            outcome=outcome,
            probes_used=[1, 2],
            version=1,
        )
    words = {
        name: _text(name, Scorecard._meta.get_field(name).max_length)
        for name in ("summary", "private_note", "recommendation_reason")
    }
    SCORECARD.move(card, "submitted", recommendation="not_enough", submitted_at=clock.now(), **words)
    return card


def _decided(application, boss):
    said = {"application": application, "by": boss}
    first = record_decision(outcome="hold", rationale=_text("rationale", 4000), override_reason="", **said)
    supersede_decision(decision=first, reason=_text("reason", 2000), by=boss)
    application.refresh_from_db()
    override = _text("override_reason", 2000)
    record_decision(outcome="hire", rationale=_text("rationale", 4000), override_reason=override, **said)


def crowd(house):
    """A row of each list for every payload that fits its name."""
    Competency.objects.bulk_create(
        Competency(slug=f"hostile-{n}", name=name, definition=name) for n, name in enumerate(NAMES)
    )
    people = [User(name=name, email=f"crowd{n}@plain.example", password="!") for n, name in enumerate(NAMES)]
    User.objects.bulk_create(people)
    for name in NAMES:
        MembershipFactory(role=RoleFactory(title=name, team=name), user=house.boss, duty="recruiter")
    people = Candidate.objects.bulk_create(
        Candidate(code=f"C-8{n:05d}", name=name, email=f"crowd{n}@plain.example") for n, name in enumerate(NAMES)
    )
    for candidate in people:
        ApplicationFactory(candidate=candidate, role=house.role, plan=None)
