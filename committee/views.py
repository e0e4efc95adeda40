"""The packets one may read, one packet as page and PDF, and the decision on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthedRequest
from committee import policies
from committee.actions import record_decision, supersede_decision
from committee.ahead import cancel_printing, how_far, under_way
from committee.checking import check_paper
from committee.forms import DecisionForm, NumberForm, SupersedeForm
from committee.gathering import gather_packet
from committee.overriding import leaning, overrides_known_to
from committee.prints import TEMPLATE, Part, gather_sheet, kept_since, packet_answer, print_sheet
from committee.today import gather_today
from foundation import clock
from foundation.lifecycle import Refused
from foundation.paging import page_of
from foundation.policy import signed_in
from interviews.models import Application
from plans.policies import roles_voided_by
from printing.document import page_to_print
from printing.pdf import NotPrinted, TooMuch

PER_PAGE = 30
LISTS = {"ready": policies.to_decide, "waiting": policies.waiting, "decided": policies.decided}


@signed_in
@require_safe
def today(request: AuthedRequest) -> HttpResponse:
    return render(request, "committee/today.html", {"today": gather_today(request.user), "day": clock.now()})


@signed_in
@require_safe
def application_list(request: AuthedRequest) -> HttpResponse:
    """`?show=` ready (the default), waiting or decided."""
    shown = request.GET.get("show", "")
    shown = shown if shown in LISTS else "ready"
    page = page_of(LISTS[shown](request.user), ("-pk",), request.GET, PER_PAGE)
    return render(request, "committee/application_list.html", {"page": page, "shown": shown})


@signed_in
@require_safe
def packet_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(policies.packets_open_to(request.user), pk=pk)
    return _packet_page(request, application)


@signed_in
@require_safe
def packet_pdf(request: AuthedRequest, pk: int) -> HttpResponse:
    """`?part=` brief or record for one of them alone. Where the whole is too much, a page offers the two."""
    application = get_object_or_404(policies.packets_open_to(request.user), pk=pk)
    part = request.GET.get("part", "")
    part = part if part in Part.values else Part.WHOLE
    if kept := kept_since(application, part):
        return packet_answer(application, kept)
    sheet = gather_sheet(application, part)
    try:
        return packet_answer(application, print_sheet(sheet, anyway=bool(request.GET.get("anyway"))))
    except TooMuch as problem:
        if part == Part.WHOLE and "page" not in request.GET:
            return render(request, "committee/packet_parts.html", {"application": application, "packet": sheet.packet})
        return page_to_print(request, TEMPLATE, sheet.context, problem, zone=sheet.packet.zone)
    except NotPrinted as problem:
        return page_to_print(request, TEMPLATE, sheet.context, problem, zone=sheet.packet.zone)


@signed_in
@require_safe
def packet_file(request: AuthedRequest, pk: int) -> HttpResponse:
    """How far the PDF is; for a script that waits for it, 204 while it is as far as it was ("seen")."""
    application = get_object_or_404(policies.packets_open_to(request.user), pk=pk)
    if not request.htmx:
        return _packet_page(request, application)
    far = under_way(application) or how_far(gather_sheet(application))
    if far == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "committee/_packet_file.html", {"application": application, "far": far})


@signed_in
@require_POST
def packet_file_cancel(request: AuthedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(policies.packets_open_to(request.user), pk=pk)
    if cancel_printing(application=application, by=request.user):
        messages.success(request, _("The PDF is not made ahead. Whoever opens it has it made."))
    else:
        messages.info(request, _("Nothing was being made any more."))
    return redirect("committee:packet_detail", pk)


@signed_in
@require_safe
def packet_json(request: AuthedRequest, pk: int) -> HttpResponse:
    """The facts to the byte: the SHA-256 of the file is the packet's digest. Its form: docs/schemas."""
    packet = gather_packet(get_object_or_404(policies.packets_open_to(request.user), pk=pk))
    answer = HttpResponse(packet.facts, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{packet.code}-packet.json"'
    return answer


@signed_in
@require_safe
def packet_check(request: AuthedRequest) -> HttpResponse:
    """`?number=` as it stands at the foot of each printed page: whether that paper still says what the packet says."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    checked = check_paper(form.cleaned_data["number"], request.user) if form.is_valid() else None
    context = {"form": form, "checked": checked}
    return render(request, "committee/packet_check.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def decision_facts(request: AuthedRequest, pk: int) -> HttpResponse:
    """What was read when this was decided, to the byte: the SHA-256 of the file is the digest of the decision."""
    decision = get_object_or_404(policies.decisions_kept_for(request.user), pk=pk)
    answer = HttpResponse(decision.facts, content_type="application/json")
    name = f"{decision.application.candidate.code}-decided-{pk}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@signed_in
@require_POST
def decision_record(request: AuthedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(policies.packets_open_to(request.user), pk=pk)
    get_object_or_404(Application.objects.decidable_by(request.user), pk=pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            record_decision(application=application, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal.sentence))
        else:
            messages.success(request, _("The decision is recorded."))
            return redirect("committee:packet_detail", pk)
    form.name_packet(gather_packet(application).digest)
    return _packet_page(request, application, decision_form=form, status=422)


@signed_in
@require_POST
def decision_supersede(request: AuthedRequest, pk: int) -> HttpResponse:
    decision = get_object_or_404(policies.decisions_supersedable_by(request.user), pk=pk)
    form = SupersedeForm(decision, request.POST)
    if form.is_valid():
        try:
            supersede_decision(decision=decision, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("The decision is taken back; the application is active again."))
            return redirect("committee:packet_detail", decision.application_id)
    application = get_object_or_404(policies.packets_open_to(request.user), pk=decision.application_id)
    return _packet_page(request, application, supersede_form=form, status=422)


def _packet_page(
    request: AuthedRequest, application: Application, *, status: int = 200, **forms: DecisionForm | SupersedeForm
) -> HttpResponse:
    """The page of a packet, with a form that was refused in the place of a fresh one."""
    sheet = gather_sheet(application)
    decisions = application.decisions.select_related("decided_by", "superseded_by")
    context = {
        **sheet.context,
        "application": application,
        "far": how_far(sheet),
        "may_void": roles_voided_by(request.user).filter(pk=application.role_id).exists(),
        "leaning": leaning(sheet.packet.composite),
        "overrides": overrides_known_to(request.user, application),
        "facts_kept": policies.decisions_kept_for(request.user)
        .filter(application=application)
        .values_list("pk", flat=True),
        "former": [one for one in decisions if one.superseded_at],
        "may_decide": Application.objects.decidable_by(request.user).filter(pk=application.pk).exists(),
        "is_open": application.status in Application.OPEN,
        "decision_form": DecisionForm(initial={"digest_read": sheet.packet.digest}),
        "supersede_form": SupersedeForm(sheet.decision),
    }
    return render(request, "committee/packet_detail.html", context | forms, status=status)
