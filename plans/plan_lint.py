"""What is wrong with a plan, found before a candidate meets it. Each finding says where, and how to mend it if one press can."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.coverage import CoverageRow, coverage_of, interviews_in, time_of
from plans.models import Item, Stage
from plans.outline import Outline, OutlinedStage, PlacedItem
from plans.placeholders import unfilled
from plans.voided import VoidedItem
from questions.duplicates import Known, twins
from questions.models import Enemy, Level

# Of published interviews with several raters, and of how many competencies one round can judge.
FEWEST_INTERVIEWERS, MOST_INTERVIEWERS = 2, 5
FEWEST_COMPETENCIES, MOST_COMPETENCIES = 4, 8


@dataclass(frozen=True)
class Mend:
    """A button that does it (`name` and `value` are sent to `view`), or a link to the form where it is done."""

    label: str
    view: str
    key: int
    name: str = ""
    value: str = ""
    query: str = ""
    is_link: bool = False


@dataclass(frozen=True)
class Finding:
    """`blocks`: without this the plan is not put in force. `where` is the part of the page it is about."""

    rule: str
    sentence: str
    where: str
    blocks: bool = False
    mend: Mend | None = None


def findings_in(outline: Outline) -> tuple[Finding, ...]:
    """Everything that is wrong with the plan, what blocks it first; two queries more than the outline took."""
    if not outline.stages:
        return (Finding("no-stage", _("The plan has no stage yet."), "content", blocks=True),)
    found = [
        *_stages_without_scored(outline),
        *_scored_in_tests(outline),
        *_versions(outline),
        *_voided(outline),
        *_wrong_competency(outline),
        *_placeholders(outline),
        *_coverage(outline),
        *_interviewers(outline),
        *_minutes(outline),
        *_warm_ups(outline),
        *_company(outline),
    ]
    return tuple(sorted(found, key=lambda finding: not finding.blocks))


def _placed(outline: Outline) -> Iterator[PlacedItem]:
    return (placed for stage in outline.stages for section in stage.sections for placed in section.items)


def _remove(item: Item) -> Mend:
    return Mend(_("Remove"), "plans:item_remove", item.pk)


def _search(outline: Outline, stage: OutlinedStage, label: str, **words: object) -> Mend:
    query = "&".join(f"{name}={value}" for name, value in {"into": f"stage-{stage.stage.pk}", "q": "", **words}.items())
    return Mend(label, "plans:question_search", outline.plan.pk, query=query, is_link=True)


def _stages_without_scored(outline: Outline) -> Iterator[Finding]:
    for stage in interviews_in(outline):
        if not any(item.scored for item in stage.items):
            sentence = _("“%(stage)s” has no scored question.") % {"stage": stage.stage.name}
            mend = _search(outline, stage, _("Find questions"))
            yield Finding("stage-empty", sentence, f"stage-{stage.stage.pk}", blocks=True, mend=mend)


def _scored_in_tests(outline: Outline) -> Iterator[Finding]:
    """A test's result stands beside the ratings of interviews, so it has no question that is rated like one."""
    for stage in outline.stages:
        if stage.stage.kind != Stage.Kind.INTERVIEW and any(item.scored for item in stage.items):
            names = {"stage": stage.stage.name, "kind": stage.stage.get_kind_display()}
            sentence = _(
                "“%(stage)s” is a %(kind)s: its result is recorded as a whole, so it holds no scored question."
            )
            mend = Mend(_("Change the kind"), "plans:stage_edit", stage.stage.pk, is_link=True)
            yield Finding("test-scored", sentence % names, f"stage-{stage.stage.pk}", blocks=True, mend=mend)


def _versions(outline: Outline) -> Iterator[Finding]:
    for placed in _placed(outline):
        item, where = placed.item, f"item-{placed.item.pk}"
        question, names = item.version.question, {"title": item.version.title}
        if not item.version.is_published:
            sentence = _("“%(title)s” is placed in a version that is not published.") % names
            yield Finding("version-unpublished", sentence, where, blocks=True, mend=_remove(item))
        if question.retired_at:
            sentence = _("“%(title)s” has been retired from the bank since it was placed.") % names
            yield Finding("question-retired", sentence, where, mend=_remove(item))
        elif until := question.resting_until:
            sentence = _("“%(title)s” rests until %(day)s.") % {**names, "day": date_format(until, "j F Y")}
            yield Finding("question-rests", sentence, where, mend=_remove(item))
        if placed.newer:
            numbers = {**names, "old": item.version.number, "new": placed.newer.number}
            sentence = _("“%(title)s” is placed in version %(old)s; version %(new)s exists.") % numbers
            mend = Mend(_("Use version %(new)s") % numbers, "plans:item_renew", item.pk)
            yield Finding("version-outdated", sentence, where, mend=mend)


def _voided(outline: Outline) -> Iterator[Finding]:
    """A version that was voided for candidates of this role and came along, as a copy or anew."""
    items = outline.items
    placed = [item.version_id for item in items if item.scored]
    found = VoidedItem.objects.filter(item__section__stage__plan__role=outline.plan.role_id, item__version__in=placed)
    plans = dict(found.order_by("at").values_list("item__version", "item__section__stage__plan__number"))
    for item in items:
        if item.scored and item.version_id in plans:
            names = {"title": item.version.title, "number": plans[item.version_id]}
            sentence = _("“%(title)s” was voided in plan %(number)s, in this very version.") % names
            yield Finding("voided-before", sentence, f"item-{item.pk}", mend=_remove(item))


def _wrong_competency(outline: Outline) -> Iterator[Finding]:
    for stage in outline.stages:
        for section in stage.sections:
            for item in (placed.item for placed in section.items):
                if item.scored and item.version.question.competency_id != section.section.competency_id:
                    sentence = _(
                        "“%(title)s” measures another competency than its section, so it can only be a warm-up."
                    )
                    mend = Mend(_("Make it a warm-up"), "plans:item_switch", item.pk, "scored", "no")
                    names = {"title": item.version.title}
                    yield Finding("other-competency", sentence % names, f"item-{item.pk}", blocks=True, mend=mend)


def _placeholders(outline: Outline) -> Iterator[Finding]:
    mend = Mend(_("Fill in"), "plans:placeholder_edit", outline.plan.pk, is_link=True)
    for name in unfilled(outline):
        sentence = _("The placeholder “%(name)s” is not filled in.") % {"name": name}
        yield Finding("placeholder-unfilled", sentence, "placeholders", blocks=True, mend=mend)


def _coverage(outline: Outline) -> Iterator[Finding]:
    coverage, interviews = coverage_of(outline), interviews_in(outline)
    for row in coverage.rows:
        names = {"competency": row.weighted.competency.name}
        words = {"competency": row.weighted.competency_id}
        if not row.total.questions:
            sentence = _("%(competency)s has no question yet, so every composite will be called incomplete.") % names
            mend = _search(outline, outline.stages[0], _("Find questions"), **words)
            yield Finding("competency-uncovered", sentence, "coverage", mend=mend)
        elif row.is_must_have and row.interviewers == 1:
            sentence = _("%(competency)s counts more than others, and one interviewer alone judges it.") % names
            other = next((stage for stage in interviews if not _asks_about(stage, row)), None)
            another = Mend(_("Add a stage"), "plans:stage_new", outline.plan.pk, is_link=True)
            mend = _search(outline, other, _("Ask about it twice"), **words) if other else another
            yield Finding("must-have-one-interviewer", sentence, "coverage", mend=mend)
    if not FEWEST_COMPETENCIES <= len(coverage.rows) <= MOST_COMPETENCIES:
        sentence = ngettext(
            "The plan judges %(n)s competency. Four to eight can be judged well in one round.",
            "The plan judges %(n)s competencies. Four to eight can be judged well in one round.",
            len(coverage.rows),
        )
        mend = Mend(_("Add a competency"), "plans:plan_weight_new", outline.plan.pk, is_link=True)
        few = len(coverage.rows) < FEWEST_COMPETENCIES
        yield Finding(
            "competencies-number", sentence % {"n": len(coverage.rows)}, "coverage", mend=mend if few else None
        )


def _asks_about(stage: OutlinedStage, row: CoverageRow) -> bool:
    return any(section.section.competency_id == row.weighted.competency_id for section in stage.sections)


def _interviewers(outline: Outline) -> Iterator[Finding]:
    interviews = interviews_in(outline)
    people = sum(stage.stage.interviewers for stage in interviews)
    if not interviews or FEWEST_INTERVIEWERS <= people <= MOST_INTERVIEWERS:
        return
    if people < FEWEST_INTERVIEWERS:
        sentence = _("A single interviewer meets the candidate: one person’s view is not enough to decide on.")
    else:
        sentence = _("%(n)s interviewers in the whole plan: beyond five, one more adds next to nothing.") % {
            "n": people
        }
    stage = max(interviews, key=lambda stage: stage.stage.interviewers).stage
    mend = Mend(_("Change the number"), "plans:stage_edit", stage.pk, is_link=True)
    yield Finding("interviewers-number", sentence, f"stage-{stage.pk}", mend=mend)


def _minutes(outline: Outline) -> Iterator[Finding]:
    for stage in outline.stages:
        if over := time_of(stage).over:
            sentence = ngettext(
                "The questions of “%(stage)s” need %(minutes)s minute more than its slot leaves.",
                "The questions of “%(stage)s” need %(minutes)s minutes more than its slot leaves.",
                over,
            )
            names = {"stage": stage.stage.name, "minutes": over}
            mend = Mend(_("Change the slot"), "plans:stage_edit", stage.stage.pk, is_link=True)
            yield Finding("minutes-over", sentence % names, f"stage-{stage.stage.pk}", mend=mend)


def _warm_ups(outline: Outline) -> Iterator[Finding]:
    for stage in interviews_in(outline):
        if stage.items and all(item.scored for item in stage.items):
            sentence = _("“%(stage)s” has no warm-up to begin with.") % {"stage": stage.stage.name}
            mend = _search(outline, stage, _("Find one"), level=Level.BEGINNER)
            yield Finding("no-warm-up", sentence, f"stage-{stage.stage.pk}", mend=mend)


def _company(outline: Outline) -> Iterator[Finding]:
    """Questions that should not stand together: the same one twice, one that gives another away, near-duplicates."""
    sentences = {
        "question-twice": _("“%(other)s” is asked twice, so it would count twice."),
        "gives-away": _("“%(one)s” and “%(other)s” give each other away."),
        "near-duplicates": _("“%(one)s” and “%(other)s” ask nearly the same."),
    }
    items = outline.items
    for (first, second), rule in sorted(_bad_company(items).items()):
        names = {"one": items[first].version.title, "other": items[second].version.title}
        yield Finding(rule, sentences[rule] % names, f"item-{items[second].pk}", mend=_remove(items[second]))


def _bad_company(items: tuple[Item, ...]) -> dict[tuple[int, int], str]:
    """(place, later place) → what is wrong with the two; the worst where several things are."""
    places: dict[int, list[int]] = {}
    for place, item in enumerate(items):
        question = item.version.question
        places.setdefault(question.merged_into_id or question.pk, []).append(place)
    # Each is told with the one before it that is most alike: of five of a kind, four lines rather than ten.
    nearest = twins([item.version.prompt for item in items], Known([], Known.rows_of([])), limit=1)
    found = {
        (twin.place, place): "near-duplicates"
        for place, each in enumerate(nearest)
        for twin in each
        if twin.place is not None
    }
    enemies = Enemy.objects.filter(first__in=list(places), second__in=list(places)).values_list("first", "second")
    found |= {
        (min(pair), max(pair)): "gives-away" for one, other in enemies for pair in product(places[one], places[other])
    }
    return found | {pair: "question-twice" for each in places.values() for pair in combinations(each, 2)}
