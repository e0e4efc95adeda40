"""Many questions at once that are not in the bank yet, out of a file. Actions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.db import transaction

from accounts.models import User
from accounts.recording import record_each
from foundation import clock
from questions.actions import write_parts
from questions.content import Content
from questions.lint import NotReady, errors, lint
from questions.listing import list_versions
from questions.models import Competency, Question, QuestionVersion
from questions.overrides import Reasons, carry_overrides, is_overruled, keep_overrides


@dataclass(frozen=True)
class Newcomer:
    """A question that is not in the bank yet. `number` is that of its first version, `reasons` why a rule was overruled."""

    competency: Competency
    slug: str
    source_ids: Sequence[str]
    content: Content
    number: int = 1
    reasons: Reasons = field(default_factory=dict)


@transaction.atomic
def draft_new(*, newcomers: Sequence[Newcomer], by: User | None) -> list[QuestionVersion]:
    """Make each question with its draft as `create_question` does, all at once and in this order.

    Their slugs must be free, and their titles.
    """
    versions = _make(newcomers, by)
    carry_reasons((version, new.content, new.reasons) for version, new in zip(versions, newcomers, strict=True))
    record_each((("question.made", version.question) for version in versions), by=by)
    return versions


def carry_reasons(told: Iterable[tuple[QuestionVersion, Content, Reasons]]) -> None:
    """Let drafts out of a file keep why a rule was overruled. Nobody here has said so: whoever publishes says it anew."""
    carry_overrides((version, lint(content), reasons) for version, content, reasons in told if reasons)


@transaction.atomic
def publish_new(*, newcomers: Sequence[Newcomer], by: User | None) -> None:
    """Make and publish each question as `create_question` and `publish_version` do, all at once and in this order.

    NotReady, with nothing written, for the first that may not be published. Their slugs must be free.
    """
    found = [lint(newcomer.content) for newcomer in newcomers]
    reasons = [newcomer.reasons for newcomer in newcomers]
    for findings, given in zip(found, reasons, strict=True):
        if wrong := [one for one in errors(findings) if not is_overruled(one, given)]:
            raise NotReady(wrong)
    versions = _make(newcomers, by)
    keep_overrides(zip(versions, found, reasons, strict=True), by=by)
    published = QuestionVersion.objects.filter(pk__in=[version.pk for version in versions])
    published.update(published_at=clock.now())
    list_versions(versions)
    steps = [(("question.made", v.question), ("version.published", v)) for v in versions]
    record_each(chain.from_iterable(steps), by=by)


def _make(newcomers: Sequence[Newcomer], by: User | None) -> list[QuestionVersion]:
    questions = Question.objects.bulk_create(
        [Question(competency=new.competency, slug=new.slug, source_ids=list(new.source_ids)) for new in newcomers]
    )
    versions = QuestionVersion.objects.bulk_create(
        [
            QuestionVersion(question=question, number=new.number, author=by, **new.content.fields)
            for question, new in zip(questions, newcomers, strict=True)
        ]
    )
    write_parts(*((version, new.content) for version, new in zip(versions, newcomers, strict=True)))
    return versions
