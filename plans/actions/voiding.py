"""A question found bad after it was asked: out of every candidate's totals alike."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.recording import record
from foundation.lifecycle import Refused
from plans.models import Item
from plans.voided import VoidedItem


def refuse_voiding(item: Item) -> None:
    """Refused in a draft, for a warm-up, and for what is voided. `item` has its plan and its voiding at hand."""
    if item.section.stage.plan.is_draft:
        raise Refused(_("This plan is still a draft, so nobody was asked this question. Remove it from the plan."))
    if not item.scored:
        raise Refused(_("This question is a warm-up: it stands outside all totals already."))
    if hasattr(item, "voided"):
        raise _voided_already(item.voided)


@transaction.atomic
def void_item(*, item: Item, reason: str, by: User) -> VoidedItem:
    """Take `item` out of the totals of every candidate of its plan, decided ones too; for good.

    What was put down on it stays in the record. Of two people one wins, and the other is told who.
    """
    refuse_voiding(item)
    try:
        with transaction.atomic():
            voided = VoidedItem.objects.create(item=item, reason=reason, by=by)
    except IntegrityError as problem:
        first = VoidedItem.objects.filter(item=item).select_related("by").first()
        if first is None:
            raise
        raise _voided_already(first) from problem
    record("plan.question_voided", item.section.stage.plan, by=by, note=f"item {item.pk}")
    return voided


def _voided_already(voided: VoidedItem) -> Refused:
    sentence = _("%(name)s has voided this question already, and what is voided stays so.")
    return Refused(sentence % {"name": voided.by.name})
