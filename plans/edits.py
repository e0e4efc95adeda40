"""Changes of a draft in words: what was done, to what, by whom."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from plans.models import InterviewPlan, PlanEdit

# After the name of a person: “Rosa moved “A system you know” to Data handling”.
DONE: dict[str, Promise] = {
    "stage_added": gettext_lazy("added the stage “%(what)s”"),
    "stage_changed": gettext_lazy("changed the stage “%(what)s”"),
    "stage_moved": gettext_lazy("moved the stage “%(what)s” to place %(place)s"),
    "stage_removed": gettext_lazy("removed the stage “%(what)s”"),
    "section_added": gettext_lazy("added the section “%(what)s” to “%(place)s”"),
    "section_moved": gettext_lazy("moved the section “%(what)s” to “%(place)s”"),
    "section_removed": gettext_lazy("removed the section “%(what)s” from “%(place)s”"),
    "item_added": gettext_lazy("added “%(what)s” to %(place)s"),
    "item_changed": gettext_lazy("changed “%(what)s”: %(place)s"),
    "item_moved": gettext_lazy("moved “%(what)s” to %(place)s"),
    "item_renewed": gettext_lazy("took version %(place)s of “%(what)s”"),
    "item_removed": gettext_lazy("removed “%(what)s” from %(place)s"),
    "placeholders_filled": gettext_lazy("filled in placeholders"),
    "competency_weighed": gettext_lazy("weighed %(what)s: %(place)s"),
    "competency_dropped": gettext_lazy("took %(what)s out of the plan"),
    "change_undone": gettext_lazy("undid a change"),
}
# More changes than this are counted, not told.
TOLD = 3


def done_in(edit: PlanEdit) -> str:
    """What was done, without who did it."""
    return str(DONE[edit.verb]) % {"what": edit.what, "place": edit.place}


def edits_since(plan: InterviewPlan, seen: int) -> list[PlanEdit]:
    """The changes after revision `seen` that are still kept, the oldest first."""
    return list(plan.edits.filter(revision__gt=seen).select_related("by").defer("before").order_by("revision"))


def told_since(edits: Iterable[PlanEdit], reader: User) -> str:
    """One sentence on what was changed meanwhile, and by whom; `reader` is told of themselves as “you”."""
    by_person: dict[str, list[PlanEdit]] = {}
    for edit in edits:
        who = _("You, in another window,") if edit.by_id == reader.pk else edit.by.name
        by_person.setdefault(who, []).append(edit)
    if not by_person:
        return _("This plan was changed meanwhile.")
    return " ".join(_("%(who)s %(done)s.") % {"who": who, "done": _listed(each)} for who, each in by_person.items())


def _listed(edits: list[PlanEdit]) -> str:
    told = [done_in(edit) for edit in edits[-TOLD:]]
    if more := len(edits) - len(told):
        told.insert(0, ngettext("made %(n)s change", "made %(n)s changes", more) % {"n": more})
    return ", ".join(told)
