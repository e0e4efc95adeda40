"""What the rubric standard says of a version: errors keep it out of the bank, warnings go on record with it."""

from collections.abc import Iterator, Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.lifecycle import Refused
from foundation.richtext import faults_in, lines_of
from questions.content import LISTS, MINUTES, Content
from questions.counting import item_total
from questions.duplicates import Duplicate, near_duplicates
from questions.findings import Finding
from questions.models import Kind, Level, QuestionVersion, Usage
from questions.rules import anchors, prompts

LEAST_LOOK_FOR = 3
USUAL_MINUTES = range(3, 21)
TECHNICAL = {Kind.KNOWLEDGE, Kind.SCENARIO, Kind.CODING, Kind.SYSTEM_DESIGN, Kind.WORK_SAMPLE}
# Two prompts this alike are warned of; those a little less alike are only shown.
TOO_ALIKE = 0.8
# Before so many interviews a mean says nothing; beyond these bounds nearly all answers get the same level.
LEAST_ASKED = 10
TELLING_MEAN = (1.5, 4.5)
# The same for how a question goes with the rest of its interviews.
LEAST_PAIRS = 30
LEAST_TOGETHER = 0.2
_NEEDED = {
    "title": _("A short title is missing."),
    "prompt": _("The prompt is missing."),
    "kind": _("The type is missing."),
    "level": _("The level is missing."),
}
_ORDER = (
    "competency", "title", "kind", "level", "minutes", "tags", "prompt", "material", "placeholders", "purpose", "look_for",
    "must_have", "nice_to_have", "red_flags", "anchor_5", "anchor_4", "anchor_3", "anchor_2", "anchor_1", "probes", "scoring_note",
    "sample_5", "sample_4", "sample_3", "sample_2", "sample_1", "references",
)  # fmt: skip


class NotReady(Refused):
    """The version cannot be published yet; `findings` says everything that is missing, not only the first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        sentence = format_lazy("{}" + " {}" * (len(findings) - 1), *(finding.sentence for finding in findings))
        super().__init__(sentence, findings[0].field)


def lint(content: Content) -> list[Finding]:
    """All that the words alone give to say, errors first, each in the order of the form. Asks nothing of the database."""
    words = content.in_words
    found = [*_complete(content), *_formulas(content), *anchors.check(words), *prompts.check(words)]
    return sorted(found, key=lambda finding: (not finding.is_error, _ORDER.index(finding.field)))


def lint_version(version: QuestionVersion) -> list[Finding]:
    """`lint` of what is stored, and what only the house can know: W8, near-duplicates, and W9, how it did when asked."""
    duplicates = near_duplicates(version.prompt, exclude=version.question)
    return [*lint(Content.of(version)), *of_duplicates(duplicates), *as_asked(version)]


def as_asked(version: QuestionVersion) -> Iterator[Finding]:
    """W9, once the question has been asked often enough to tell: its mean, and how it goes with the rest."""
    usage = Usage.objects.filter(question=version.question_id, times_asked__gte=LEAST_ASKED, times_scored__gt=0).first()
    if not usage:
        return
    mean, (low, high) = usage.levels_total / usage.times_scored, TELLING_MEAN
    if not low <= mean <= high:
        sentence = _(
            "Asked %(times)s times, its mean level is %(mean)s: it hardly tells candidates apart. Make it harder or easier, or move the anchors."
        )
        yield Finding(
            "W9",
            "anchor_5" if mean > high else "anchor_1",
            sentence % {"times": usage.times_asked, "mean": f"{mean:.1f}"},
        )
    together = item_total(usage) if usage.pairs >= LEAST_PAIRS else None
    if together is not None and together < LEAST_TOGETHER:
        sentence = _(
            "At %(times)s interviews, those who did well on it did not do well on the rest (item–total r = %(r)s, wanted %(least)s). See whether it asks for what its competency means, and whether its anchors can be told apart."
        )
        figures = {"times": usage.pairs, "r": f"{together:.2f}", "least": f"{LEAST_TOGETHER:.2f}"}
        yield Finding("W9", "anchor_3", sentence % figures)


def errors(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.is_error]


def warnings(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.is_error]


def too_alike(title: str) -> Finding:
    """W8, where a prompt nearly repeats that of the question called `title`."""
    sentence = _("“%(title)s” asks nearly the same. Go on with that one, or say what is different here.")
    return Finding("W8", "prompt", sentence % {"title": title})


def of_duplicates(duplicates: Sequence[Duplicate]) -> list[Finding]:
    """W8, for those of what `near_duplicates` found that are too alike to be let pass without a word."""
    return [too_alike(one.version.title) for one in duplicates if one.similarity > TOO_ALIKE]


def _formulas(content: Content) -> Iterator[Finding]:
    """E10: what would be shown as its source."""
    for name, text in content.texts.items():
        yield from (Finding("E10", name, fault) for fault in faults_in(text, is_list=name in LISTS))


def _complete(content: Content) -> Iterator[Finding]:
    """E1, E6, E8 and W7."""
    fields = content.fields
    yield from (Finding("E1", name, sentence) for name, sentence in _NEEDED.items() if not fields.get(name))
    for name, known in (("kind", Kind.values), ("level", Level.values)):
        if fields.get(name) and fields[name] not in known:
            sentence = _("“%(value)s” is not known. Choose one of: %(known)s.")
            yield Finding("E1", name, sentence % {"value": fields[name], "known": ", ".join(known)})
    minutes = fields.get("minutes")
    if minutes not in MINUTES:
        yield Finding("E1", "minutes", _("Give between 1 and 240 minutes."))
    elif minutes not in USUAL_MINUTES:
        yield Finding(
            "W7", "minutes", _("A question takes 3 to 20 minutes. Split a longer one; let a shorter one be a probe.")
        )
    if sum(any(map(str.isalnum, line)) for line in lines_of(fields.get("look_for", ""))) < LEAST_LOOK_FOR:
        yield Finding("E6", "look_for", _("Name at least three things to look for, one a line."))
    if fields.get("kind") in TECHNICAL and not fields.get("must_have"):
        yield Finding("E8", "must_have", _("A technical question needs facts to check the answer against, one a line."))
