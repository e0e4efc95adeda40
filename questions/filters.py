"""Filters that a person keeps for themselves. Not on record: they change nothing that another person sees."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.lifecycle import Refused
from questions.models import SavedFilter
from questions.search import Wanted

MOST = 20


@transaction.atomic
def save_filter(*, name: str, wanted: Wanted, by: User) -> SavedFilter:
    """Keep `wanted` under `name`, in place of what was kept under it. Refused beyond MOST."""
    # The person's row is held, so that two windows cannot both save the last one.
    User.objects.select_for_update().get(pk=by.pk)
    kept = SavedFilter.objects.filter(user=by)
    if kept.exclude(name=name).count() >= MOST:
        raise Refused(
            _("You have %(most)s filters, which is as many as can be kept. Remove one first.") % {"most": MOST}, "name"
        )
    return SavedFilter.objects.update_or_create(user=by, name=name, defaults={"asked": wanted.pairs})[0]


def filters_of(user: User) -> list[tuple[SavedFilter, Wanted]]:
    """Those of `user`, each with what it asks for."""
    return [(saved, Wanted.of(saved.asked)) for saved in SavedFilter.objects.filter(user=user)]
