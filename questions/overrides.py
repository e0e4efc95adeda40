"""What was overruled when a version was published, kept with it; and what a file says was overruled elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from accounts.models import User
from questions.findings import Finding
from questions.models import Override, QuestionVersion

# By rule and field.
Reasons = Mapping[tuple[str, str], str]


class Overruled(TypedDict):
    """What a record says of one finding that was overruled with a reason."""

    rule: str
    field: str
    reason: str


def keep_overrides(
    found: Iterable[tuple[QuestionVersion, Sequence[Finding], Reasons]], *, by: User | None, reason: str = ""
) -> None:
    """Put each finding on record with its version, in place of what a file said of it. `reason` is for those without one.

    Part of the caller's transaction, before the version is frozen.
    """
    told = [*found]
    Override.objects.filter(version__in=[version for version, _findings, _reasons in told]).delete()
    Override.objects.bulk_create(
        Override(
            version=version,
            rule=one.rule,
            field=one.field,
            sentence=str(one.sentence),
            reason=reasons.get((one.rule, one.field), reason),
            by=by,
        )
        for version, findings, reasons in told
        for one in findings
    )


def carry_overrides(found: Iterable[tuple[QuestionVersion, Sequence[Finding], Reasons]]) -> None:
    """Let drafts keep what their file says was overruled, until somebody publishes them; `findings` give the sentences."""
    Override.objects.bulk_create(
        Override(version=version, rule=rule, field=field, sentence=sentences.get((rule, field), ""), reason=reason)
        for version, findings, reasons in found
        for sentences in [{(one.rule, one.field): str(one.sentence) for one in findings}]
        for (rule, field), reason in reasons.items()
    )


def reasons_in(told: Iterable[Mapping[str, str]]) -> Reasons:
    """The reasons that a record tells."""
    return {(one["rule"], one["field"]): one["reason"].strip() for one in told if one["reason"].strip()}


def overruled_of(version: QuestionVersion) -> list[Overruled]:
    """What of `version` was overruled with a reason, in the order of the rules; nothing is asked where they were fetched."""
    kept = sorted((one.rule, one.field, one.reason) for one in version.overrides.all() if one.reason)
    return [Overruled(rule=rule, field=field, reason=reason) for rule, field, reason in kept]


def is_overruled(finding: Finding, reasons: Reasons) -> bool:
    return finding.may_be_overruled and (finding.rule, finding.field) in reasons
