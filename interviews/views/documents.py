"""One scorecard, as a page and as a PDF."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.http import AuthedRequest
from foundation.policy import signed_in
from interviews.models import Scorecard
from interviews.scorecard_document import gather_scorecard
from printing.document import document_answer


@signed_in
@require_safe
def scorecard_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """A sealed or waived card to read; one's own open card is where it is filled in."""
    card = get_object_or_404(Scorecard.objects.readable_by(request.user).select_related("interviewer"), pk=pk)
    if card.is_open:
        return redirect("interviews:interview_score", card.interview_id)
    context = {
        "card": card,
        "document": gather_scorecard(card),
        "private_note": card.private_note if card.interviewer == request.user else "",
    }
    return render(request, "interviews/scorecard_detail.html", context)


@signed_in
@require_safe
def scorecard_pdf(request: AuthedRequest, pk: int) -> HttpResponse:
    readable = Scorecard.objects.readable_by(request.user).submitted().select_related("interviewer")
    document = gather_scorecard(get_object_or_404(readable, pk=pk))
    name = f"{document.code}-scorecard.pdf"
    return document_answer(
        request, "interviews/scorecard_document.html", {"document": document}, filename=name, zone=document.zone
    )
