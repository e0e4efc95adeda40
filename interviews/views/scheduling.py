from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthedRequest
from foundation.http import posted
from foundation.lifecycle import Refused
from foundation.policy import signed_in
from interviews.actions.scheduling import add_seat, cancel_interview, move_interview, schedule_interview, waive_card
from interviews.forms.scheduling import MoveForm, ReasonForm, ScheduleForm, SeatForm
from interviews.lateness import is_past
from interviews.models import Application, Interview
from interviews.policies import cards_waivable_by, interviews_readable_by, interviews_run_by, stages_to_schedule
from interviews.timetable import meetings

PARTS = ("stage", "application__candidate", "application__role")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def interview_schedule(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Application.objects.run_by(request.user).select_related("candidate", "role", "plan")
    application = get_object_or_404(rows, pk=pk)
    initial = {"stage": request.GET.get("stage")}
    stages = stages_to_schedule(application)
    form = ScheduleForm(
        posted(request),
        initial=initial,
        user=request.user,
        application=application,
        stages=stages,
    )
    if request.method == "POST" and form.is_valid():
        try:
            interview = _schedule(form, request)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        else:
            _say(request, _("The interview is arranged."), interview)
            return redirect("interviews:interview_detail", pk=interview.pk)
    shown = {"form": form, "application": application, "has_stages": stages.exists()}
    return render(request, "interviews/interview_schedule.html", shown, status=422 if form.is_bound else 200)


def _schedule(form: ScheduleForm, request: AuthedRequest) -> Interview:
    typed = form.cleaned_data
    return schedule_interview(
        application=form.application,
        stage=typed["stage"],
        starts_at=form.starts_at,
        zone=typed["zone"],
        place=typed["place"],
        seats=form.seats,
        extra_minutes=typed["extra_minutes"],
        by=request.user,
    )


def _say(request: AuthedRequest, sentence: str, interview: Interview) -> None:
    if is_past(interview):
        messages.warning(request, sentence + " " + _("Its time is already past, so its cards count as late."))
    else:
        messages.success(request, sentence)


def _run_by(request: AuthedRequest) -> QuerySet[Interview]:
    return interviews_run_by(request.user).select_related(*PARTS)


@signed_in
@require_safe
def interview_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    interview = get_object_or_404(interviews_readable_by(request.user).select_related(*PARTS), pk=pk)
    [meeting] = meetings([interview], request.user)
    return render(request, "interviews/interview_detail.html", {"meeting": meeting, "interview": interview})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def interview_move(request: AuthedRequest, pk: int) -> HttpResponse:
    interview = get_object_or_404(_run_by(request), pk=pk)
    form = MoveForm(posted(request), user=request.user, interview=interview)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            move_interview(
                interview=interview,
                starts_at=form.starts_at,
                zone=typed["zone"],
                place=typed["place"],
                extra_minutes=typed["extra_minutes"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            _say(request, _("The interview is moved."), interview)
            return redirect("interviews:interview_detail", pk=pk)
    shown = {"form": form, "interview": interview}
    return render(request, "interviews/interview_move.html", shown, status=422 if form.is_bound else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def interview_cancel(request: AuthedRequest, pk: int) -> HttpResponse:
    interview = get_object_or_404(_run_by(request), pk=pk)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            cancel_interview(interview=interview, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("The interview is cancelled."))
            return redirect("interviews:application_detail", pk=interview.application_id)
    shown = {"form": form, "interview": interview}
    return render(request, "interviews/interview_cancel.html", shown, status=422 if form.is_bound else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def seat_add(request: AuthedRequest, pk: int) -> HttpResponse:
    interview = get_object_or_404(_run_by(request), pk=pk)
    form = SeatForm(posted(request), user=request.user, interview=interview)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            add_seat(interview=interview, user=typed["person"], seat=typed["seat"], by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        else:
            messages.success(request, _("%(name)s now has a seat.") % {"name": typed["person"].name})
            return redirect("interviews:interview_detail", pk=pk)
    shown = {"form": form, "interview": interview}
    return render(request, "interviews/seat_add.html", shown, status=422 if form.is_bound else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def card_waive(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = cards_waivable_by(request.user).select_related("interviewer", *(f"interview__{part}" for part in PARTS))
    card = get_object_or_404(rows, pk=pk)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            waive_card(card=card, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("The card is waived."))
            return redirect("interviews:interview_detail", pk=card.interview_id)
    shown = {"form": form, "card": card, "interview": card.interview}
    return render(request, "interviews/card_waive.html", shown, status=422 if form.is_bound else 200)
