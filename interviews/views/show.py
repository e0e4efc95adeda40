"""What the candidate may see: one question's material, and its prompt if the interviewer chooses. Keeps no state."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from foundation.addresses import key_of
from foundation.policy import signed_in
from interviews.policies import cards_scored_by
from interviews.score_sheet import words_of
from plans.models import Item


@signed_in
@require_safe
def interview_show(request: AuthedRequest, pk: int) -> HttpResponse:
    """The candidate's window of an open card's holder: `?item=` names the question, `&prompt=1` adds its prompt."""
    card = get_object_or_404(cards_scored_by(request.user).open(), interview=pk)
    stage, asked = card.interview.stage, request.GET.get("item", "")
    if not asked:
        return render(request, "interviews/show.html", {"interview": pk})
    item = get_object_or_404(Item.objects.select_related("version"), pk=key_of(asked), section__stage=stage)
    words = words_of(item.version, stage.plan)
    prompt = words["prompt"] if request.GET.get("prompt") == "1" else ""
    return render(request, "interviews/show.html", {"interview": pk, "material": words["material"], "prompt": prompt})
