"""Everything that changes the bank."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import Entry, User
from accounts.recording import record
from foundation import clock
from foundation.lifecycle import Refused
from questions.approvals import reviewer_of, take_back_reviews
from questions.content import PARTS, Content
from questions.duplicates import keep_fingerprints
from questions.index import index_versions
from questions.lint import NotReady, errors, lint_version
from questions.listing import list_version
from questions.models import Anchor, Competency, Probe, Question, QuestionVersion, SampleAnswer
from questions.overrides import Reasons, is_overruled, keep_overrides

# Words that stand in an address where a slug would.
RESERVED = {"new", "away", "facets", "filters", "bulk", "import", "export"}
SLUG_LENGTH = 60


def slug_stem(text: str, otherwise: str) -> str:
    """What of `text` can be spelled as a slug; `otherwise` where nothing can."""
    return slugify(text)[:SLUG_LENGTH].strip("-") or otherwise


def free_slug(stem: str, taken: Collection[str]) -> str:
    """`stem`, counted up until it is neither taken nor used by an address."""
    slug, counter = stem, 1
    while slug in taken or slug in RESERVED:
        counter += 1
        slug = f"{stem[: SLUG_LENGTH - 6]}-{counter}"
    return slug


def _free_slug(model: type[models.Model], text: str, otherwise: str) -> str:
    stem = slug_stem(text, otherwise)
    taken = model._default_manager.filter(slug__startswith=stem[: SLUG_LENGTH - 6]).values_list("slug", flat=True)
    return free_slug(stem, set(taken))


@transaction.atomic
def make_competency(*, name: str, definition: str, by: User | None, slug: str = "") -> Competency:
    """A new competency; its slug is made from the name unless the bank's file gives one."""
    _refuse_known_name(name)
    competency = Competency(slug=slug or _free_slug(Competency, name, "competency"), name=name, definition=definition)
    try:
        with transaction.atomic():
            competency.save(force_insert=True)
    except IntegrityError as clash:
        raise Refused(_("There is already a competency of this name."), "name") from clash
    record("competency.made", competency, by=by)
    return competency


@transaction.atomic
def rename_competency(*, competency: Competency, name: str, definition: str, by: User) -> None:
    """Give a competency other words. Its slug stays, so that addresses and files go on pointing at it."""
    _refuse_known_name(name, but=competency)
    try:
        with transaction.atomic():
            Competency.objects.filter(pk=competency.pk).update(name=name, definition=definition)
    except IntegrityError as clash:
        raise Refused(_("There is already a competency of this name."), "name") from clash
    record("competency.renamed", competency, by=by)
    competency.refresh_from_db()


def _refuse_known_name(name: str, but: Competency | None = None) -> None:
    known = Competency.objects.filter(name__iexact=name)
    if (known.exclude(pk=but.pk) if but else known).exists():
        raise Refused(_("There is already a competency of this name."), "name")


@transaction.atomic
def create_question(
    *,
    competency: Competency,
    fields: Mapping[str, Any],
    anchors: Mapping[int, str],
    probes: Sequence[str],
    by: User | None,
    samples: Mapping[int, str] | None = None,
    slug: str = "",
    source_ids: Sequence[str] = (),
    form_key: UUID | None = None,
) -> QuestionVersion:
    """A new question with draft no. 1. Its slug is made from the title unless the bank's file gives one.
    `draft_of_form` finds it by the key of the form in which it is being typed, until its writer has saved it.
    """
    content = Content.made_of(fields, anchors, probes, samples)
    # The slug comes before the look at titles: of two at once, one then meets the other's title or the other's slug.
    slug = slug or _free_slug(Question, content.fields["title"], "question")
    if by:
        _refuse_known_title(content.fields["title"])
    question = Question(competency=competency, slug=slug, source_ids=list(source_ids), form_key=form_key)
    try:
        with transaction.atomic():
            question.save(force_insert=True)
    except IntegrityError as clash:
        raise Refused(_("A question with this title was made a moment ago. Look at it first."), "title") from clash
    version = QuestionVersion.objects.create(question=question, number=1, author=by, **content.fields)
    write_parts((version, content))
    record("question.made", question, by=by)
    return version


@transaction.atomic
def start_draft(*, question: Question, by: User | None) -> QuestionVersion:
    """The next version, unpublished, saying what the newest one says; refused while there is a draft already."""
    refuse_retired(held(question))
    last = question.versions.order_by("-number").first()
    already = _("There is already a draft of this question. Go on with that one.")
    if last is None or not last.is_published:
        raise Refused(already)
    content = Content.of(last)
    try:
        with transaction.atomic():
            draft = QuestionVersion.objects.create(
                question=question, number=last.number + 1, author=by, **{**content.fields, "change_note": ""}
            )
    except IntegrityError as clash:
        raise Refused(already) from clash
    write_parts((draft, content))
    record("version.started", draft, by=by)
    return draft


@transaction.atomic
def save_draft(
    *,
    version: QuestionVersion,
    fields: Mapping[str, Any],
    anchors: Mapping[int, str],
    probes: Sequence[str],
    by: User | None,
    samples: Mapping[int, str] | None = None,
    as_of: str = "",
    is_autosave: bool = False,
) -> None:
    """Give a draft these words; where `samples` is None, those it has stay. Saying what it says already writes nothing.
    `as_of` is the stamp of the content from which the writer set out: refused when somebody has saved other words since.
    """
    stored = QuestionVersion.objects.select_for_update().get(pk=version.pk)
    before = Content.of(stored)
    after = Content.made_of(fields, anchors, probes, before.samples if samples is None else samples)
    if stored.is_published:
        raise Refused(_("This draft was published meanwhile, so nothing was saved. Start a new version to change it."))
    if before == after:
        return
    if as_of and as_of != before.stamp:
        raise Changed(before.stamp)
    if by:
        _refuse_known_title(after.fields["title"], but=stored.question)
    QuestionVersion.objects.filter(pk=stored.pk).update(**after.fields)
    _replace_parts(stored, after)
    take_back_reviews(stored)
    _record_save(stored, by=by, is_autosave=is_autosave)
    version.refresh_from_db()


@transaction.atomic
def change_competency(*, draft: QuestionVersion, competency: Competency, by: User | None) -> None:
    """Let a question of which nothing was ever published measure something else. The list and plans rely on what it measures."""
    question = held(draft.question)
    if question.competency_id == competency.pk:
        return
    if not is_new(question):
        raise Refused(_("A version of this question is published, so its competency stays."), "competency")
    Question.objects.filter(pk=question.pk).update(competency=competency)
    _record_save(draft, by=by, is_autosave=True)


def is_new(question: Question) -> bool:
    """Whether nothing of it was ever published."""
    return not question.versions.published().exists()


def draft_of_form(key: UUID | None, by: User) -> QuestionVersion | None:
    """What a pause in typing has made of the form with this key, where that was a form of `by`."""
    return QuestionVersion.objects.filter(question__form_key=key, number=1, author=by).first() if key else None


def let_go_of_form(version: QuestionVersion) -> None:
    """Its writer has saved it: from now on the form, found again by going back, makes another question."""
    Question.objects.filter(pk=version.question_id).update(form_key=None)


def _record_save(version: QuestionVersion, *, by: User | None, is_autosave: bool) -> None:
    """Of autosaves in a row by one person, with whatever else belongs to them, the first alone is put on record."""
    of_it = Entry.objects.filter(subject_type=version._meta.label_lower, subject_id=version.pk)
    last = of_it.order_by("-pk").values_list("verb", "actor").first() if is_autosave else None
    if last is None or last != ("version.saved", by and by.pk):
        record("version.saved", version, by=by)


class Changed(Refused):
    """Somebody else has saved this draft since; `stamp` is that of the words which stand there now."""

    def __init__(self, stamp: str) -> None:
        self.stamp = stamp
        super().__init__(
            _(
                "Someone else saved this draft after you opened it, so nothing of yours was saved. "
                "Compare with what stands there now; saving again puts yours in its place."
            )
        )


@transaction.atomic
def publish_version(
    *, version: QuestionVersion, by: User | None, reason: str = "", reasons: Reasons | None = None
) -> None:
    """Put a draft into the bank. From then on it never changes. NotReady names every error that stands in the way.

    Warnings go on record with the version, and so does, with a reason, the one error that may be overruled: `reasons` are
    for one finding each, `reason` for all others.
    Refused where the house wants a review and nobody has approved the draft as it stands.
    """
    # The row is held, so that no save slips in between the look and the move.
    refuse_retired(held(version.question))
    stored = QuestionVersion.objects.select_for_update().get(pk=version.pk)
    if stored.is_published:
        raise Refused(_("This version is published already."))
    found = lint_version(stored)
    given = reasons or {}
    if wrong := [one for one in errors(found) if not ((reason and one.may_be_overruled) or is_overruled(one, given))]:
        raise NotReady(wrong)
    reviewer = reviewer_of(stored, Content.of(stored), by)
    keep_overrides([(stored, found, given)], by=by, reason=reason)
    QuestionVersion.objects.filter(pk=version.pk).update(published_at=clock.now(), reviewer=reviewer)
    list_version(stored)
    record("version.published", version, by=by)
    version.refresh_from_db()


def held(question: Question) -> Question:
    """The question as it stands now, held until the transaction ends; so nothing is published while it is retired."""
    # Its key is not: counting what was asked holds the record and points at questions, and must not wait for this.
    return Question.objects.select_for_update(no_key=True).get(pk=question.pk)


def refuse_retired(question: Question) -> None:
    if question.retired_at:
        raise Refused(_("This question is retired. Bring it back first."))


def _refuse_known_title(title: str, but: Question | None = None) -> None:
    """Two questions of one title could not be told apart in a list; it also catches the second click on "Save"."""
    if QuestionVersion.objects.filter(title__iexact=title).exclude(question=but).exists():
        raise Refused(
            _("There is already a question with this title. Choose another, or go on with that one."), "title"
        )


def _replace_parts(version: QuestionVersion, content: Content) -> None:
    for part in PARTS:
        getattr(version, part).all().delete()
    write_parts((version, content))


def write_parts(*said: tuple[QuestionVersion, Content]) -> None:
    """What each of these new versions says in rows of their own, with what it is found by."""
    keep_fingerprints((version, content.fields["prompt"]) for version, content in said)
    index_versions(said)
    Anchor.objects.bulk_create(
        Anchor(version=version, level=level, behaviour=text)
        for version, content in said
        for level, text in content.anchors.items()
    )
    Probe.objects.bulk_create(
        Probe(version=version, position=n, text=text)
        for version, content in said
        for n, text in enumerate(content.probes, start=1)
    )
    SampleAnswer.objects.bulk_create(
        SampleAnswer(version=version, level=level, text=text)
        for version, content in said
        for level, text in content.samples.items()
    )
