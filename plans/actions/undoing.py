"""Taking back the last change of a draft."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.lifecycle import Refused
from plans.actions.drafts import change_of
from plans.actions.snapshots import put_back
from plans.models import InterviewPlan, PlanEdit


@transaction.atomic
def undo_change(*, plan: InterviewPlan, by: User, seen: int | None = None) -> None:
    """Put the draft back to before its last change, whoever made it; again, and the one before is undone.

    Refused when nothing is left to undo. What is undone cannot be undone in turn.
    """
    change = change_of(plan, by=by, seen=seen)
    edit = change.draft.edits.filter(before__isnull=False).last()
    if edit is None or edit.before is None:
        raise Refused(_("There is no change left to undo."))
    put_back(change.draft, edit.before)
    change.done("change_undone")
    PlanEdit.objects.filter(revision__in=[edit.revision, change.draft.revision], plan=change.draft).update(before=None)
