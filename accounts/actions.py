"""What changes a person or opens the house; each change ends in the record."""

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import House, User
from accounts.recording import record
from accounts.sessions import end_sessions
from foundation import clock
from foundation.lifecycle import MoveRefused, Refused


@transaction.atomic
def open_house(*, name: str, email: str, password: str, zone: str, is_recruiter: bool) -> User:
    """Make the first administrator. Of any number who try at once, one succeeds; the others are Refused."""
    if not House.objects.filter(pk=1, kind=House.Kind.REAL, opened_at=None).update(opened_at=clock.now()):
        raise Refused(_("This house has its first administrator already. Sign in, or ask them for an account."))
    person = User.objects.create_user(
        email, password, name=name, zone=zone, is_administrator=True, is_recruiter=is_recruiter
    )
    record("house.opened", person, by=person)
    return person


@transaction.atomic
def change_settings(*, reviews_questions: bool, by: User) -> None:
    """How the house works from now on. Saying what it says already writes nothing."""
    house = House.objects.select_for_update().get(pk=1)
    if house.reviews_questions == reviews_questions:
        return
    House.objects.filter(pk=1).update(reviews_questions=reviews_questions)
    record("house.settings_changed", house, by=by, note=f"reviews {'on' if reviews_questions else 'off'}")


@transaction.atomic
def add_person(*, name: str, email: str, is_administrator: bool, is_recruiter: bool, zone: str, by: User) -> User:
    """A person who cannot sign in until they set a password by link. Refused when the email is already somebody's."""
    try:
        with transaction.atomic():
            person = User.objects.create_user(
                email, name=name, zone=zone, is_administrator=is_administrator, is_recruiter=is_recruiter
            )
    except IntegrityError:
        raise Refused(_("Somebody with this email is here already."), "email") from None
    record("person.added", person, by=by, note=_rights(person))
    return person


@transaction.atomic
def change_person(*, person: User, name: str, is_administrator: bool, is_recruiter: bool, by: User) -> None:
    """Rename or give other rights. Other rights sign the person out everywhere, so that no old page lives on."""
    stored = _hold(person)
    if stored.is_administrator and not is_administrator:
        _keep_one_administrator(stored)
    other_rights = (stored.is_administrator, stored.is_recruiter) != (is_administrator, is_recruiter)
    stored.name, stored.is_administrator, stored.is_recruiter = name, is_administrator, is_recruiter
    stored.save(update_fields=["name", "is_administrator", "is_recruiter"])
    if other_rights:
        end_sessions(stored)
    record("person.rights_changed" if other_rights else "person.renamed", stored, by=by, note=_rights(stored))


@transaction.atomic
def deactivate_person(*, person: User, by: User) -> None:
    """Close an account and end its sessions. Everything the person wrote stays."""
    if person == by:
        raise Refused(_("You cannot deactivate yourself. Another administrator can."))
    stored = _hold(person)
    if not stored.is_active:
        raise MoveRefused
    if stored.is_administrator:
        _keep_one_administrator(stored)
    User.objects.filter(pk=stored.pk).update(is_active=False)
    end_sessions(stored)
    record("person.deactivated", stored, by=by)


@transaction.atomic
def reactivate_person(*, person: User, by: User) -> None:
    """Open a closed account again, with the rights and the password it had."""
    if not User.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        raise MoveRefused
    record("person.reactivated", person, by=by)


@transaction.atomic
def offer_link(*, person: User, by: User) -> None:
    """Put on record that `by` was given a link with which `person`'s password can be set."""
    if not person.is_active:
        raise Refused(_("This account is deactivated. Reactivate it first, then make a link."))
    record("person.link_made", person, by=by)


@transaction.atomic
def set_password(*, person: User, password: str) -> None:
    """Replace the password that `person` was read with; every session of theirs ends.

    Raises Refused when it is another by now: of two uses of one link, the first holds.
    """
    changed = User.objects.filter(pk=person.pk, password=person.password, is_active=True)
    if not changed.update(password=make_password(password)):
        raise Refused(_("This link has been used. If that was not you, tell an administrator at once."))
    end_sessions(person)
    record("person.password_set", person, by=person)


@transaction.atomic
def change_profile(*, person: User, name: str, zone: str) -> None:
    """What a person may change about themselves."""
    User.objects.filter(pk=person.pk).update(name=name, zone=zone)
    record("person.profile_changed", person, by=person)


def _hold(person: User) -> User:
    # The house's row is the one lock: two administrators who remove each other must not both succeed.
    House.objects.select_for_update().filter(pk=1).first()
    return User.objects.get(pk=person.pk)


def _keep_one_administrator(leaving: User) -> None:
    if not User.objects.filter(is_administrator=True, is_active=True).exclude(pk=leaving.pk).exists():
        raise Refused(_("This is the last administrator. Make somebody else one first."))


def _rights(person: User) -> str:
    held = [right for right in ("administrator", "recruiter") if getattr(person, f"is_{right}")]
    return ", ".join(held) or "no rights"
