"""What was overruled when a version was published, kept with it."""

from collections.abc import Iterable, Sequence

from accounts.models import User
from questions.findings import Finding
from questions.models import Override, QuestionVersion


def keep_overrides(
    found: Iterable[tuple[QuestionVersion, Sequence[Finding]]], *, by: User | None, reason: str = ""
) -> None:
    """Put each finding on record with its version. Part of the caller's transaction, before the version is frozen."""
    Override.objects.bulk_create(
        Override(version=version, rule=one.rule, field=one.field, sentence=str(one.sentence), reason=reason, by=by)
        for version, findings in found
        for one in findings
    )
