"""Score live, review, submit: one's own card only."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthedRequest
from foundation.http import wants_json
from foundation.lifecycle import Refused
from foundation.policy import signed_in
from interviews.actions.saving import SaveReply
from interviews.actions.scoring import mark_time_up, save_notes, save_score, submit_card
from interviews.forms.scoring import (
    NotesForm,
    ScoreForm,
    SubmitForm,
    first_error,
    page_id,
    read_json,
    read_post,
    typed_in,
)
from interviews.models import Score, Scorecard
from interviews.policies import cards_scored_by, scores_saved_by
from interviews.score_sheet import Sheet, Typed

# What was typed and not kept, by the key of its score; 0 for the card itself.
TypedIn = Mapping[int, Typed]


@signed_in
@require_safe
def interview_score(request: AuthedRequest, pk: int) -> HttpResponse:
    """The live page of one's own card; once it is submitted, the card itself."""
    card = get_object_or_404(cards_scored_by(request.user), interview=pk)
    return _elsewhere(card) or _score_page(request, card)


def _elsewhere(card: Scorecard) -> HttpResponse | None:
    """Where a card that is no longer open sends its author; None for an open one. Raises Refused for a waived one."""
    if card.status == Scorecard.Status.WAIVED:
        raise Refused(_("Your seat at this interview was waived, so there is nothing to score."))
    return None if card.is_open else redirect("interviews:scorecard_detail", card.pk)


def _score_page(
    request: AuthedRequest, card: Scorecard, typed: TypedIn | None = None, status: int = 200
) -> HttpResponse:
    context = {"sheet": Sheet.of(card, typed), "page_id": uuid.uuid4()}
    return render(request, "interviews/score.html", context, status=status)


@signed_in
@require_POST
def score_save(request: AuthedRequest, pk: int, item_pk: int) -> HttpResponse:
    """Save one score, sent as JSON or as a form; the answer comes in the same kind."""
    try:
        form = ScoreForm(_sent(request))
        reply = save_score(interview=pk, item=item_pk, by=request.user, **form.edit)
    except Score.DoesNotExist:
        raise Http404 from None
    except Refused as no:
        # What is wrong with a save is said to those alone who may make it.
        get_object_or_404(scores_saved_by(request.user), scorecard__interview=pk, item=item_pk)
        reply = SaveReply.saying(422, message=str(no.sentence), field=no.field)
    return _answer(request, pk, item_pk, reply)


@signed_in
@require_POST
def notes_save(request: AuthedRequest, pk: int) -> HttpResponse:
    """Save what is written on one's own card itself, in the same two kinds."""
    try:
        form = NotesForm(_sent(request))
        reply = save_notes(interview=pk, by=request.user, **form.edit)
    except Scorecard.DoesNotExist:
        raise Http404 from None
    except Refused as no:
        get_object_or_404(cards_scored_by(request.user), interview=pk)
        reply = SaveReply.saying(422, message=str(no.sentence), field=no.field)
    return _answer(request, pk, None, reply)


def _sent(request: AuthedRequest) -> dict[str, Any]:
    return read_json(request.body) if _is_json(request) else read_post(request.POST)


def _is_json(request: AuthedRequest) -> bool:
    return request.content_type == "application/json"


def _answer(request: AuthedRequest, pk: int, item_pk: int | None, reply: SaveReply) -> HttpResponse:
    if _is_json(request) or wants_json(request):
        return HttpResponse(reply.body, status=reply.status, content_type="application/json")
    return _answer_in_page(request, pk, item_pk, reply)


def _answer_in_page(request: AuthedRequest, pk: int, item_pk: int | None, reply: SaveReply) -> HttpResponse:
    """The page it was sent from: as saved, or with what was typed, the reason and the value that stands."""
    if reply.status == 403:
        return render(request, "refused.html", {"sentence": reply.facts["message"], "back": "/"}, status=403)
    if reply.status == 200:
        messages.success(request, _("Saved."))
        return _back(request, pk, f"#question-{item_pk or 'last'}")
    card = cards_scored_by(request.user).get(interview=pk)
    typed = Typed(typed_in(request.POST), reply.facts["message"], reply.facts.get("theirs", {}))
    page = _review_page if _from_review(request) else _score_page
    return page(request, card, typed={card.scores.get(item=item_pk).pk if item_pk else 0: typed}, status=reply.status)


def _from_review(request: AuthedRequest) -> bool:
    return request.POST.get("on") == "review"


def _back(request: AuthedRequest, pk: int, place: str = "") -> HttpResponse:
    name = "interview_review" if _from_review(request) else "interview_score"
    answer = redirect(reverse(f"interviews:{name}", args=[pk]) + place)
    answer.status_code = 303
    return answer


@signed_in
@require_POST
def interview_time_up(request: AuthedRequest, pk: int) -> HttpResponse:
    """Mark what is still open on one's own card as not asked, in one press."""
    card = get_object_or_404(cards_scored_by(request.user), interview=pk)
    if elsewhere := _elsewhere(card):
        return elsewhere
    mark_time_up(card=card, client=page_id(request.POST.get("page", "")) or uuid.uuid4(), by=request.user)
    messages.success(request, _("Marked as not asked: no time."))
    return _back(request, pk)


@signed_in
@require_safe
def interview_review(request: AuthedRequest, pk: int) -> HttpResponse:
    """Everything on one's own card, gaps first, and the recommendation."""
    card = get_object_or_404(cards_scored_by(request.user), interview=pk)
    return _elsewhere(card) or _review_page(request, card)


def _review_page(
    request: AuthedRequest,
    card: Scorecard,
    form: SubmitForm | None = None,
    typed: TypedIn | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"sheet": Sheet.of(card, typed), "form": form or SubmitForm(instance=card), "page_id": uuid.uuid4()}
    return render(request, "interviews/review.html", context, status=status)


@signed_in
@require_POST
def interview_submit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Seal one's own card; said again, by a second click or because the answer was lost, it leads to the sealed card."""
    card = get_object_or_404(cards_scored_by(request.user), interview=pk)
    is_open = _elsewhere(card) is None
    form = SubmitForm(request.POST, instance=card)
    if form.is_valid():
        try:
            sealed = submit_card(card=card, by=request.user, **form.cleaned_data)
        except Refused as no:
            form.add_error(no.field or None, str(no.sentence))
        else:
            return _submitted(request, card, as_sent=form.says(sealed))
    return _not_submitted(request, card, form) if is_open else _submitted(request, card, as_sent=False)


def _submitted(request: AuthedRequest, card: Scorecard, *, as_sent: bool) -> HttpResponse:
    """To the sealed card; where it is sealed with other words than were sent now, that is said."""
    if as_sent:
        messages.success(request, _("Submitted. From now on this scorecard does not change."))
    else:
        messages.warning(request, _("This scorecard had been submitted before. What was sent now is not in it."))
    page = reverse("interviews:scorecard_detail", args=[card.pk])
    return JsonResponse({"page": page, "as_sent": as_sent}) if wants_json(request) else redirect(page)


def _not_submitted(request: AuthedRequest, card: Scorecard, form: SubmitForm) -> HttpResponse:
    if wants_json(request):
        field, sentence = first_error(form)
        return JsonResponse({"message": sentence, "field": field}, status=422)
    return _review_page(request, card, form, status=422)
