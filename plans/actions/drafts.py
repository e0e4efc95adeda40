"""The door to every change of a plan: it must still be a draft, and stand as the person saw it who changes it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.recording import record
from foundation.lifecycle import Refused
from plans.actions.snapshots import snapshot_of
from plans.edits import edits_since, told_since
from plans.models import InterviewPlan, PlanEdit

# So many changes of a draft can be undone, and told to somebody who comes back to an old page.
KEPT = 30


class Overtaken(Refused):
    """The draft was changed after the person read it who now asks for a change. `sentence` says who changed what."""

    def __init__(self, sentence: str, revision: int) -> None:
        super().__init__(sentence)
        self.revision = revision


def refuse_in_force(plan: InterviewPlan) -> None:
    """Refused for a plan that is in force or was: it never changes again."""
    if not plan.is_draft:
        raise Refused(_("This plan is in force or was, so it does not change. Start a new draft from the role’s page."))


def locked_draft(plan: InterviewPlan) -> InterviewPlan:
    """The plan as it stands now, held until the transaction ends. Refused when it is no draft any more, or gone."""
    found = InterviewPlan.objects.select_for_update().filter(pk=plan.pk).first()
    if found is None:
        raise Refused(_("This draft was thrown away meanwhile. Start a new one from the role’s page."))
    refuse_in_force(found)
    return found


@dataclass(frozen=True)
class Change:
    """A change of a draft under way: the draft is held, and what stood before is known."""

    draft: InterviewPlan
    by: User
    before: dict[str, Any]

    def done(self, verb: str, part: Model | None = None, *, what: object = "", place: object = "") -> None:
        """Write down what was done, for undoing, for whoever reads the draft meanwhile, and in the record."""
        draft = self.draft
        draft.revision += 1
        InterviewPlan.objects.filter(pk=draft.pk).update(revision=draft.revision)
        values = {"verb": verb, "what": str(what), "place": str(place), "before": self.before}
        PlanEdit.objects.create(plan=draft, revision=draft.revision, by=self.by, **values)
        draft.edits.filter(revision__lte=draft.revision - KEPT).delete()
        note = f"{part._meta.model_name} {part.pk}" if part else ""
        record(f"plan.{verb}", draft, by=self.by, note=note)


def change_of(plan: InterviewPlan, *, by: User, seen: int | None) -> Change:
    """Hold the draft for a change by somebody who saw it at revision `seen`; None is whoever looks at no page.

    Overtaken when it has been changed since: the order of a whole list is only theirs to set who know the list.
    """
    draft = locked_draft(plan)
    refuse_overtaken(draft, seen, by)
    return Change(draft, by, snapshot_of(draft))


def refuse_overtaken(draft: InterviewPlan, seen: int | None, reader: User) -> None:
    """Overtaken when `draft` is not at revision `seen` any more."""
    if seen is not None and seen != draft.revision:
        meanwhile = told_since(edits_since(draft, seen), reader)
        sentence = _("%(meanwhile)s So your change was not made. This is the plan now.") % {"meanwhile": meanwhile}
        raise Overtaken(sentence, draft.revision)
