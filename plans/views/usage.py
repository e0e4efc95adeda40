"""Where a question of the bank is used, and its newest version for every draft at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthedRequest
from foundation.http import page_or_part
from foundation.policy import signed_in
from plans import actions, reading
from plans.actions.renewing import Renewal
from plans.models import InterviewPlan
from questions.policies import questions_readable_by

# Enough to open one; how many there are is said in any case.
PLANS_NAMED = 20


@signed_in
@require_safe
def question_usage(request: AuthedRequest, slug: str) -> HttpResponse:
    """For the bank's page of a question: in which plans it stands. Plans that one may not read are only counted."""
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    asking = reading.plans_asking(question)
    readable = asking.filter(pk__in=InterviewPlan.objects.readable_by(request.user))
    total, own = asking.count(), readable.count()
    plans = readable[:PLANS_NAMED]
    context = {
        "plans": plans,
        "question": question,
        "total": total,
        "others": total - own,
        "unnamed": own - len(plans),
        "behind": reading.drafts_behind(question, request.user).count(),
        "newest": reading.newest_of(question),
    }
    return page_or_part(request, "plans/question_usage.html", "plans/_question_usage.html", context)


@signed_in
@require_POST
def question_renew(request: AuthedRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(questions_readable_by(request.user), slug=slug)
    renewal = actions.renew_in_drafts(question=question, by=request.user)
    for sentence in _sentences(renewal):
        messages.info(request, sentence)
    return redirect("questions:question_detail", slug)


def _sentences(renewal: Renewal) -> list[str]:
    """What was done, and what was left alone and why."""
    done = ngettext(
        "%(count)s draft now takes version %(number)s: %(plans)s.",
        "%(count)s drafts now take version %(number)s: %(plans)s.",
        len(renewal.moved),
    ) % {
        "count": len(renewal.moved),
        "number": renewal.number,
        "plans": ", ".join(str(plan) for plan in renewal.moved[:PLANS_NAMED]),
    }
    found = [done] if renewal.moved else []
    found += [
        _("%(plan)s was left alone. %(reason)s") % {"plan": plan, "reason": reason}
        for plan, reason in renewal.left[:PLANS_NAMED]
    ]
    if renewal.elsewhere:
        found.append(
            ngettext(
                "%(count)s draft of a role that you do not set up was left alone.",
                "%(count)s drafts of roles that you do not set up were left alone.",
                renewal.elsewhere,
            )
            % {"count": renewal.elsewhere}
        )
    if renewal.in_force:
        found.append(
            ngettext(
                "%(count)s plan in force keeps the version it has.",
                "%(count)s plans in force keep the version they have.",
                renewal.in_force,
            )
            % {"count": renewal.in_force}
        )
    return found
