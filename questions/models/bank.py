"""The bank: questions with an identity that lasts, in numbered versions that never change once published."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation import clock
from foundation.fields import Line, Prose
from foundation.richtext import lines_of
from questions.models.words import with_words

LEVELS = (1, 2, 3, 4, 5)


class Level(models.TextChoices):
    """How much experience a question presumes."""

    BEGINNER = "beginner", _("beginner")
    INTERMEDIATE = "intermediate", _("intermediate")
    ADVANCED = "advanced", _("advanced")


class Kind(models.TextChoices):
    """What sort of answer a question asks for."""

    BEHAVIOURAL = "behavioural", _("behavioural")
    SITUATIONAL = "situational", _("situational")
    KNOWLEDGE = "knowledge", _("knowledge")
    SCENARIO = "scenario", _("scenario")
    CODING = "coding", _("coding")
    SYSTEM_DESIGN = "system-design", _("system design")
    WORK_SAMPLE = "work-sample", _("work sample")


class CompetencyQuerySet(models.QuerySet["Competency"]):
    def in_use(self) -> Self:
        """Those not retired."""
        return self.filter(retired_at=None)


class Competency(models.Model):
    """A thing being judged."""

    slug = models.SlugField(max_length=60, unique=True)
    name = Line(_("name"), max_length=80, unique=True)
    definition = Prose(_("definition"), max_length=600, blank=True, help_text=_("What is judged, as seen in work."))
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = CompetencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class QuestionQuerySet(models.QuerySet["Question"]):
    def askable(self, on: date | None = None) -> Self:
        """Those that may be placed in a plan `on` that day, today if none is named: neither retired nor resting."""
        return self.filter(Q(rest_until=None) | Q(rest_until__lte=on or clock.today()), retired_at=None)

    def away(self) -> Self:
        """The others: those that are retired or rest today."""
        return self.filter(Q(retired_at__isnull=False) | Q(rest_until__gt=clock.today()))


class Question(models.Model):
    """An entry of the bank. What it says is in its versions.

    A retired one is out of use for good, a resting one until the day `rest_until`, on which it may be asked again.
    A merged one is retired, and keeps its versions. `form_key` names the form that a pause made it of, until it is saved.
    """

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="questions")
    slug = models.SlugField(max_length=60, unique=True)
    source_ids = models.JSONField(default=list, blank=True)
    rest_until = models.DateField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    away_reason = Line(_("reason"), max_length=200, blank=True, help_text=_("Why it rests or is retired."))
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(merged_into__isnull=False, retired_at__isnull=False),
                name="questions_merged_is_retired",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(merged_into__isnull=False) & ~Q(merged_into=models.F("id")),
                name="questions_merged_into_another",
            ),
        ]
        indexes = [
            models.Index(fields=["rest_until"], condition=Q(rest_until__isnull=False), name="questions_resting"),
            models.Index(fields=["retired_at"], condition=Q(retired_at__isnull=False), name="questions_retired"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def resting_until(self) -> date | None:
        """The day on which it comes back, where it rests today. A retired question rests no more."""
        rests = self.retired_at is None and self.rest_until is not None and self.rest_until > clock.today()
        return self.rest_until if rests else None

    @property
    def is_askable(self) -> bool:
        """Whether it may be placed in a plan today."""
        return self.retired_at is None and self.resting_until is None


class QuestionVersionQuerySet(models.QuerySet["QuestionVersion"]):
    def published(self) -> Self:
        return self.exclude(published_at=None)

    def askable(self, on: date | None = None) -> Self:
        """Published versions of questions that may be placed in a plan `on` that day, today if none is named."""
        return self.published().filter(question__in=Question.objects.askable(on))

    def current(self) -> Self:
        """The newest published version of every question that is not retired: what is listed."""
        return self.filter(listing__isnull=False, question__retired_at=None)

    def with_words(self, words: str) -> Self:
        """Versions that have all that `words` ask for (`questions/sought.py`)."""
        return with_words(self, words, "pk")


class QuestionVersion(models.Model):
    """The wording and rubric of a question. Lists are kept one entry a line. Frozen once published."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = Line(_("short title"), max_length=60, help_text=_("For lists and the scoring page."))
    kind = models.CharField(_("type"), max_length=20, choices=Kind)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    tags = Line(_("tags"), max_length=200, blank=True, help_text=_("Separated by commas."))
    prompt = Prose(_("prompt"), max_length=1200, help_text=_("Exactly as it is spoken. One question."))
    material = Prose(
        _("candidate material"),
        max_length=8000,
        blank=True,
        help_text=_("What the candidate is shown: tables, code, a brief."),
    )
    purpose = Prose(_("purpose"), max_length=600, blank=True, help_text=_("Why this is asked."))
    look_for = Prose(
        _("what to look for"),
        max_length=3000,
        blank=True,
        help_text=_("Three to six things one can hear or see, one a line."),
    )
    must_have = Prose(
        _("must-have facts"), max_length=4000, blank=True, help_text=_("Facts to check the answer against, one a line.")
    )
    nice_to_have = Prose(_("nice to have"), max_length=3000, blank=True, help_text=_("One a line."))
    red_flags = Prose(_("red flags"), max_length=2000, blank=True, help_text=_("Behaviour, not style, one a line."))
    scoring_note = Prose(_("scoring note"), max_length=1200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=8)
    references = Prose(_("references"), max_length=3000, blank=True, help_text=_("One a line."))
    placeholders = models.JSONField(_("placeholders"), default=dict, blank=True)
    review_by = models.DateField(_("review by"), null=True, blank=True)
    change_note = Prose(_("what changed"), max_length=1200, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="versions_written")
    reviewer = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="versions_reviewed"
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = QuestionVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="questions_version_number_once"),
            models.UniqueConstraint(
                fields=["question"], condition=Q(published_at=None), name="questions_one_unpublished"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="questions_version_counts_from_one"),
            models.CheckConstraint(condition=Q(minutes__range=(1, 240)), name="questions_version_takes_time"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="questions_version_kind_known"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="questions_version_level_known"),
            models.CheckConstraint(
                condition=Q(reviewer=None)
                | Q(author=None)
                | Q(reviewer__isnull=False, author__isnull=False) & ~Q(reviewer=models.F("author")),
                name="questions_reviewed_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["title", "id"], condition=Q(published_at=None), name="questions_drafts_by_title")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def tag_list(self) -> list[str]:
        return [tag.strip() for tag in self.tags.split(",") if tag.strip()]

    @property
    def look_for_lines(self) -> list[str]:
        return lines_of(self.look_for)


class Anchor(models.Model):
    """What a candidate said or did at one level of the scale."""

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="anchors")
    level = models.PositiveSmallIntegerField()
    behaviour = Prose(max_length=1000)

    class Meta:
        ordering = ["version", "-level"]
        constraints = [
            models.UniqueConstraint(fields=["version", "level"], name="questions_anchor_level_once"),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="questions_anchor_level_on_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.behaviour}"


class Probe(models.Model):
    """A listed, neutral follow-up."""

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="probes")
    position = models.PositiveSmallIntegerField()
    text = Prose(max_length=500)

    class Meta:
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="questions_probe_position_once")]

    def __str__(self) -> str:
        return self.text


class SampleAnswer(models.Model):
    """An answer written out, with the level it deserves: for calibration."""

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="sample_answers")
    level = models.PositiveSmallIntegerField()
    text = Prose(max_length=6000)

    class Meta:
        ordering = ["version", "-level"]
        constraints = [
            models.UniqueConstraint(fields=["version", "level"], name="questions_sample_level_once"),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="questions_sample_level_on_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.text[:60]}"


class Override(models.Model):
    """What the rubric rules said of a version that was published all the same. Goes with it, and is as frozen."""

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="overrides")
    rule = models.CharField(max_length=4)
    field = models.CharField(max_length=20)
    sentence = Prose(max_length=2000)
    reason = Prose(max_length=600, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["version", "pk"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.sentence}"


class Fingerprint(models.Model):
    """What near-duplicates of a version's prompt are found by; kept in the transaction that saves the version."""

    version = models.OneToOneField(QuestionVersion, on_delete=models.CASCADE, related_name="fingerprint")
    bits = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.version}"
