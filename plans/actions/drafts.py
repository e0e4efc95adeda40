"""The door to every change of a plan: it must still be a draft."""

from django.utils.translation import gettext as _

from foundation.lifecycle import Refused
from plans.models import InterviewPlan


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
