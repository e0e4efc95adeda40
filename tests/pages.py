"""Every page of the house, with the person of the demo who sees something real on it. For the pictures and the checks.

What a page comes to when something is done on it stands in tests/states.py.
"""

from django.urls import reverse

from accounts.models import User
from committee.models import Decision, PacketPrint
from committee.prints import edition, gather_sheet
from foundation import clock
from interviews.models import Application, Interview, Scorecard
from plans.kept import PlanTemplate
from plans.models import InterviewPlan, Item, Role
from questions.actions import save_draft, start_draft
from questions.batches import start_import
from questions.content import Content
from questions.models import Import, Question, QuestionVersion, Review
from questions.reviewing import hand_in_version


def pages():
    """(name, email or None, path) of each page, on the demo's rows."""
    recruiter, interviewer, committee = "recruiter@demo.example", "interviewer@demo.example", "committee@demo.example"
    manager, administrator = "manager@demo.example", "administrator@demo.example"
    draft, current = (
        QuestionVersion.objects.filter(published_at=None).order_by("pk").first(),
        Question.objects.get(slug="two-screening-models"),
    )
    brought = Import.objects.order_by("pk").first() or an_import(User.objects.get(email=recruiter))
    review = Review.objects.waiting().order_by("pk").first() or a_review(User.objects.get(email=manager))
    role = Role.objects.get(title="Senior Machine Learning Engineer")
    in_force, builder = (
        InterviewPlan.objects.get(role=role, status="active"),
        InterviewPlan.objects.filter(status="draft").first(),
    )
    person = User.objects.get(email=interviewer)
    open_card = Scorecard.objects.open().filter(interviewer=person).order_by("interview__starts_at").last()
    sealed = Scorecard.objects.submitted().filter(interviewer=person).first()
    decided = Decision.objects.standing().filter(outcome="hire").first().application
    ready = Application.objects.complete().filter(status="active", role=role).first()
    fresh = Application.objects.filter(role=role, interviews=None, status="active").first()
    meeting = Interview.objects.filter(status="scheduled", application__role=role).order_by("starts_at").last()
    stage = builder.stages.get()
    section = stage.sections.first()
    item = open_card.scores.order_by("item__section__position", "item__position").last().item_id
    scoring = [
        ("interviews:interview_score", open_card.interview_id),
        ("interviews:interview_review", open_card.interview_id),
    ]
    named = [
        (None, "account_login"),
        (recruiter, "today"), (interviewer, "today"), (committee, "today"), (administrator, "today"),
        (interviewer, "accounts:profile"),
        (administrator, "accounts:person_list"), (administrator, "accounts:person_new"), (administrator, "accounts:person_detail", person.pk),
        (administrator, "accounts:record"), (administrator, "accounts:house_settings"),
        (recruiter, "questions:question_list"), (recruiter, "questions:question_detail", current.slug),
        (recruiter, "questions:version_detail", current.slug, 1), (recruiter, "questions:question_new"),
        (recruiter, "questions:question_history", draft.question.slug), (recruiter, "questions:version_compare", draft.question.slug, 1, draft.number),
        (recruiter, "questions:question_edit", draft.question.slug), (recruiter, "questions:competency_list"),
        (recruiter, "questions:question_merge", draft.question.slug), (recruiter, "questions:question_enemies", current.slug),
        (recruiter, "questions:version_review", review.version.question.slug),
        (recruiter, "questions:away_list"), (recruiter, "questions:question_away", current.slug), (recruiter, "interviews:question_asked", current.slug),
        (recruiter, "questions:competency_new"), (recruiter, "questions:competency_edit", current.competency.slug),
        (recruiter, "questions:question_export"), (recruiter, "questions:import_new"), (recruiter, "questions:import_detail", brought.pk), (recruiter, "questions:import_row", brought.pk, 2),
        (recruiter, "plans:role_list"), (recruiter, "plans:role_new"), (recruiter, "plans:role_detail", role.pk),
        (recruiter, "plans:role_edit", role.pk), (recruiter, "plans:plan_detail", in_force.pk), (recruiter, "plans:duty_give", role.pk),
        (recruiter, "plans:weight_new", role.pk), (recruiter, "plans:weight_edit", role.competencies.first().pk),
        (recruiter, "plans:stage_kit", in_force.stages.first().pk), (recruiter, "plans:plan_information", in_force.pk),
        (recruiter, "plans:template_list"), (recruiter, "plans:template_upload"), (recruiter, "plans:template_detail", PlanTemplate.objects.get().pk), (recruiter, "plans:example_detail", "ml-engineer-senior"), (recruiter, "plans:plan_copy", in_force.pk),
        (recruiter, "plans:template_save", in_force.pk), (recruiter, "plans:plan_compare", builder.pk, in_force.pk),
        (recruiter, "plans:plan_activate", builder.pk), (recruiter, "plans:plan_assemble", builder.pk), (recruiter, "plans:placeholder_edit", builder.pk),
        (recruiter, "plans:plan_weight_new", builder.pk), (recruiter, "plans:plan_weight_edit", builder.competencies.first().pk),
        (recruiter, "plans:stage_new", builder.pk), (recruiter, "plans:stage_edit", stage.pk), (recruiter, "plans:section_new", stage.pk),
        (recruiter, "plans:question_search", builder.pk), (recruiter, "plans:item_edit", section.items.first().pk), (recruiter, "plans:item_void", Item.objects.filter(section__stage__plan=in_force, scored=True).first().pk),
        (recruiter, "plans:stage_move", stage.pk), (recruiter, "plans:section_move", section.pk), (recruiter, "plans:item_move", section.items.first().pk),
        (recruiter, "plans:question_usage", current.slug), (administrator, "plans:person_duties", person.pk),
        (recruiter, "interviews:candidate_list"), (recruiter, "interviews:candidate_new"), (recruiter, "interviews:candidate_paste"),
        (recruiter, "interviews:application_detail", ready.pk), (recruiter, "interviews:application_withdraw", ready.pk), (recruiter, "interviews:result_record", ready.pk),
        (recruiter, "interviews:role_applications", role.pk), (recruiter, "interviews:card_waive", meeting.scorecards.open().first().pk),
        (recruiter, "interviews:interview_move", meeting.pk), (recruiter, "interviews:interview_cancel", meeting.pk), (recruiter, "interviews:seat_add", meeting.pk),
        (recruiter, "interviews:interview_schedule", fresh.pk), (recruiter, "interviews:plan_applications", in_force.pk),
        (interviewer, "interviews:interview_list"), (recruiter, "interviews:interview_list"),
        (recruiter, "interviews:interview_detail", meeting.pk), (interviewer, "interviews:interview_detail", open_card.interview_id),
        *((interviewer, name, pk) for name, pk in scoring), (interviewer, "interviews:interview_show", open_card.interview_id),
        (interviewer, "interviews:on_device"), (interviewer, "interviews:scorecard_detail", sealed.pk),
        (committee, "committee:application_list"), (committee, "committee:packet_check"), (committee, "committee:packet_detail", ready.pk), (manager, "committee:packet_detail", decided.pk),
    ]  # fmt: skip
    found = [(_named(name, email), email, reverse(name, args=args)) for email, name, *args in named]
    found += [(f"{name}-{word.strip('?').replace('=', '-')}", email, reverse(name.replace("-", ":")) + word) for email, name, word in (
        (recruiter, "interviews-interview_list", "?show=late"), (recruiter, "interviews-interview_list", "?show=coming"),
        (committee, "committee-application_list", "?show=waiting"), (committee, "committee-application_list", "?show=decided"),
        (recruiter, "plans-role_list", "?closed"), (administrator, "accounts-record", "?check=1"), (recruiter, "interviews-candidate_list", "?q=zebra"),
    )]  # fmt: skip
    found.append(("plans-plan_detail-draft", recruiter, reverse("plans:plan_detail", args=[builder.pk])))
    waiting = reverse("questions:question_detail", args=[review.version.question.slug])
    found.append(("questions-question_detail-handed_in", recruiter, waiting))
    show = reverse("interviews:interview_show", args=[open_card.interview_id])
    found.append(("interviews-interview_show-item", interviewer, f"{show}?item={item}&prompt=1"))
    found.append(("questions-search", recruiter, reverse("questions:question_list") + "?q=recall"))
    merging = reverse("questions:question_merge", args=[draft.question.slug])
    found.append(("questions-question_merge-both", recruiter, f"{merging}?other={current.slug}"))
    bank, bulk = reverse("questions:question_list"), reverse("questions:question_bulk")
    chosen = "&".join(
        f"question={pk}" for pk in Question.objects.exclude(listing=None).values_list("pk", flat=True)[:3]
    )
    found += [
        ("questions-search-meant", recruiter, f"{bank}?q=precison"),
        ("questions-search-many", recruiter, f"{bank}?q=%22what+would%22&minutes=10&used=no"),
        ("questions-facets", recruiter, f"{bank}facets/?q=recall"),
        ("questions-filter_list", recruiter, f"{bank}filters/?q=recall&level=advanced"),
        ("questions-question_bulk", recruiter, f"{bulk}?{chosen}"),
        ("questions-question_bulk-none", recruiter, bulk),
        ("questions-question_export-ticked", recruiter, f"{bank}export/?{chosen}&back="),
        ("questions-question_export-none", recruiter, f"{bank}export/?back="),
    ]
    found.append(("committee-packet_parts", manager, reverse("committee:packet_pdf", args=[too_much_for_one_pdf()])))
    found.append(("questions-search-empty", recruiter, reverse("questions:question_list") + "?q=zebra"))
    found.append(("not-found", recruiter, "/questions/no-such-question/"))
    found.append(("forbidden", interviewer, reverse("accounts:person_list")))
    return found


def too_much_for_one_pdf():
    """A decided application of whose packet the house knows that it does not fit one PDF."""
    last = Decision.objects.standing().order_by("-pk").first().application_id
    sheet = gather_sheet(Application.objects.select_related("candidate", "role", "plan").get(pk=last))
    known = {"digest": sheet.digest, "edition": edition(), "seen_at_entry": sheet.seen_at_entry, "fits": False}
    PacketPrint.objects.update_or_create(
        application_id=last, part=sheet.part, defaults={**known, "made_at": clock.now()}
    )
    return last


def an_import(person):
    """One that waits to be looked over: a sheet with a fault in it and a question that the bank has nearly."""
    sheet = (
        "Question,Guidance,Good answer,Bad answer,Level,Skill\n"
        'How would you tell a sponsor that the launch must wait?,"Plain words\nOptions, not excuses",Names the risk and two ways on,Blames the team,beginner,Sponsors\n'
        "When does a join in a pipeline leak the future?,The time at which each column was known,,,mauve,Pipelines\n"
        "How would you tell the sponsor that a launch must wait?,,,,,Sponsors\n"
        ",Only guidance,,,,\n"
    )
    return start_import(told=sheet.encode(), name="panel questions.csv", by=person)


def a_review(person):
    """The next version of a question that is in force, written by somebody else than the recruiter, who is asked to read it."""
    draft = start_draft(question=Question.objects.get(slug="splitting-36-months"), by=person)
    stands = Content.of(draft)
    fields = {**stands.fields, "minutes": stands.fields["minutes"] + 1, "change_note": "A minute more for the figures."}
    save_draft(version=draft, fields=fields, anchors=stands.anchors, probes=stands.probes, by=person)
    return hand_in_version(version=draft, by=person)


def _named(name, email):
    return f"{name.replace(':', '-')}-{email.split('@')[0] if email else 'signed-out'}"
