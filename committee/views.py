"""The packets one may read, one packet as page and PDF, and the decision on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthedRequest
from committee import policies
from committee.actions import record_decision, supersede_decision
from committee.checking import check_paper, has_changed_since
from committee.forms import DecisionForm, NumberForm, SupersedeForm
from committee.gathering import gather_packet
from committee.overriding import leaning, overrides_known_to
from committee.today import gather_today
from foundation import clock
from foundation.lifecycle import Refused
from foundation.paging import page_of
from foundation.policy import signed_in
from interviews.models import Application
from plans.policies import roles_set_up_by
from printing.document import document_answer

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
    application = get_object_or_404(policies.packets_open_to(request.user), pk=pk)
    decision = application.decisions.standing().select_related("decided_by").first()
    packet = gather_packet(application)
    changed = has_changed_since(decision, packet)
    context, name = {"packet": packet, "decision": decision, "changed": changed}, f"{packet.code}-packet.pdf"
    return document_answer(request, "committee/packet_document.html", context, filename=name, zone=packet.zone)


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
    """`?number=` as it stands at the head of each printed page: whether that paper still says what the packet says."""
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
    packet = gather_packet(application)
    decisions = application.decisions.select_related("decided_by", "superseded_by")
    standing = next((one for one in decisions if one.superseded_at is None), None)
    context = {
        "application": application,
        "packet": packet,
        "decision": standing,
        "changed": has_changed_since(standing, packet),
        "may_void": roles_set_up_by(request.user).filter(pk=application.role_id).exists(),
        "leaning": leaning(packet.composite),
        "overrides": overrides_known_to(request.user, application),
        "former": [one for one in decisions if one.superseded_at],
        "may_decide": Application.objects.decidable_by(request.user).filter(pk=application.pk).exists(),
        "is_open": application.status in Application.OPEN,
        "decision_form": DecisionForm(initial={"digest_read": packet.digest}),
        "supersede_form": SupersedeForm(standing),
    }
    return render(request, "committee/packet_detail.html", context | forms, status=status)
