"""People, what they may do in the whole house, and the append-only record of what they did."""

import zoneinfo
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.verbs import IN_WORDS
from foundation import clock
from foundation.fields import Line, refuse_reordering, refuse_unprintable, tidy


def known_zone(name: str) -> None:
    """ValidationError for a name that the time-zone database does not know."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone. Example: Europe/Berlin."), params={"name": name})


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who can sign in by email; without a password, only after a set-password link."""
        user = self.model(email=tidy(email).strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person with an account. Rights hold in the whole house; duties are for one role, in `plans.Membership`."""

    email = models.EmailField(_("email"), max_length=254, unique=True, validators=[refuse_unprintable])
    name = Line(_("name"), max_length=80)
    is_administrator = models.BooleanField(
        _("administrator"), default=False, help_text=_("May add people, give rights and read the record of actions.")
    )
    is_recruiter = models.BooleanField(
        _("recruiter"), default=False, help_text=_("May write the question bank, make roles and add candidates.")
    )
    is_active = models.BooleanField(_("active"), default=True)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[known_zone, refuse_reordering])
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="accounts_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.email = tidy(self.email).strip().lower()


class House(models.Model):
    """The one row that says whether this is a demo or the real thing, and since when somebody lives in it.

    It is also the head of the record: writing an entry locks it, so the chain has one end.
    """

    class Kind(models.TextChoices):
        REAL = "real", _("real")
        DEMO = "demo", _("demo")

    kind = models.CharField(max_length=4, choices=Kind)
    opened_at = models.DateTimeField(null=True, help_text=_("when the first administrator was made"))
    reviews_questions = models.BooleanField(
        _("a second person reviews every question"),
        default=False,
        help_text=_("A draft is published only once a recruiter other than its author has approved it as it stands."),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="accounts_one_house"),
            models.CheckConstraint(condition=models.Q(kind__in=["real", "demo"]), name="accounts_house_kind_known"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Entry(models.Model):
    """One thing that somebody did. Holds references, never text that a person wrote about a candidate."""

    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="entries")
    verb = Line(max_length=60)
    subject_type = Line(max_length=60)
    subject_id = models.BigIntegerField()
    note = Line(max_length=200, blank=True)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"

    @property
    def what(self) -> str:
        """The verb in words; one that the house no longer knows stands as it was stored."""
        return str(IN_WORDS.get(self.verb, self.verb))

    @property
    def subject(self) -> str:
        """The kind of the thing it was done to, and its number."""
        try:
            kind = str(apps.get_model(self.subject_type)._meta.verbose_name)
        except LookupError:
            kind = self.subject_type
        return f"{kind} {self.subject_id}"
