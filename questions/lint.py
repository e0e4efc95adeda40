"""What a version needs before it may be published: the findings E1, E2, E6 and E7 of the rubric rules."""

from dataclasses import dataclass
from itertools import combinations

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.lifecycle import Refused
from foundation.richtext import lines_of
from questions.content import MINUTES, Content

REQUIRED_ANCHORS = (1, 3, 5)
LEAST_LOOK_FOR = 3
_NEEDED = {
    "title": _("A short title is missing."),
    "prompt": _("The prompt is missing."),
    "kind": _("The type is missing."),
    "level": _("The level is missing."),
}


@dataclass(frozen=True)
class Finding:
    """One thing that stands in the way of publishing, and the form field where it is mended."""

    field: str
    sentence: str | Promise


class NotReady(Refused):
    """The version cannot be published yet; `findings` says everything that is missing, not only the first."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        sentence = format_lazy("{}" + " {}" * (len(findings) - 1), *(finding.sentence for finding in findings))
        super().__init__(sentence, findings[0].field)


def lint(content: Content) -> list[Finding]:
    """Everything that stands in the way of publishing, in the order of the form; nothing when it may be published."""
    found = [Finding(name, sentence) for name, sentence in _NEEDED.items() if not content.fields.get(name)]
    if content.fields.get("minutes") not in MINUTES:
        found.append(Finding("minutes", _("Give between 1 and 240 minutes.")))
    if len(lines_of(content.fields.get("look_for", ""))) < LEAST_LOOK_FOR:
        found.append(Finding("look_for", _("Name at least three things to look for, one a line.")))
    found += _anchors(content)
    if not content.probes:
        found.append(Finding("probes", _("Write at least one probe.")))
    return found


def _anchors(content: Content) -> list[Finding]:
    missing = [
        Finding(
            f"anchor_{level}",
            _("Write the anchor for level %(level)s: levels 1, 3 and 5 are needed.") % {"level": level},
        )
        for level in reversed(REQUIRED_ANCHORS)
        if level not in content.anchors
    ]
    same = [
        Finding(
            f"anchor_{low}", _("The anchors for levels %(low)s and %(high)s say the same.") % {"low": low, "high": high}
        )
        for (low, one), (high, other) in combinations(sorted(content.anchors.items()), 2)
        if _plain(one) == _plain(other)
    ]
    return missing + same


def _plain(text: str) -> str:
    """The words alone, so that case, spaces and a full stop make no difference."""
    return " ".join(text.casefold().split()).rstrip(".")
