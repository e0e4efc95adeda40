"""Who may open what: every address of the house × every kind of person. An address without a row fails.

The cells are met in tests/access, on the rows of tests/access/world.py.
"""

from django.urls import get_resolver

from foundation.policy import views

# Signed in, on a role: who runs it, plans for it, reads of it, interviews for it. A sitting one holds an open seat at
# the interview of the table, a learning one at the applications that are complete and decided.
RUNNING = {"recruiter", "sitting_recruiter"}
MANAGERS = {"manager", "learning_manager"}
PLANNING = RUNNING | MANAGERS
READING = PLANNING | {"committee", "decider"}
STAFFING = RUNNING | {"serving_administrator"}
ON_THE_ROLE = READING | {"interviewer", "serving_administrator"}
SITTING = {"lead", "shadow", "sitting_recruiter", "sitting_administrator"}
# With a right in the whole house.
RECRUITERS = {"recruiter", "sitting_recruiter", "other_recruiter", "former"}
ADMINISTRATORS = {"administrator", "serving_administrator", "sitting_administrator"}
PLAN_MAKERS = PLANNING | RECRUITERS | {"other_manager"}
# Not on this role: nobody, somebody whose seat was waived, whose seat is next door, whose duty was taken or is elsewhere.
OUTSIDE = {"stranger", "waived", "neighbour", "former", "other_recruiter", "other_manager", "other_decider"}
ANYONE = ON_THE_ROLE | SITTING | {"done"} | OUTSIDE | ADMINISTRATORS
SIGNED_OUT = {"anonymous", "deactivated"}
PEOPLE = ANYONE | SIGNED_OUT

# name of the address: (objects, who gets in, what the others get). Others: 403 for a right, 404 for a row.
ROWS = {
    "today": ((), ANYONE, None),
    "accounts:profile": ((), ANYONE, None),
    "questions:question_list": ((), ANYONE, None),
    "questions:question_facets": ((), ANYONE, None),
    "questions:filter_list": ((), ANYONE, None),
    "questions:filter_drop": (("filter",), {"recruiter"}, 404),
    "questions:question_bulk": ((), RECRUITERS, 403),
    "questions:bulk_undo": ((), RECRUITERS, 403),
    "questions:question_detail": (("question",), ANYONE, None),
    "questions:version_detail": (("question", 1), ANYONE, None),
    "questions:version_compare": (("question", 1, 1), ANYONE, None),
    "questions:question_history": (("question",), ANYONE, None),
    "questions:question_new": ((), RECRUITERS, 403),
    "questions:question_export": ((), RECRUITERS, 403),
    "questions:question_booklet_pdf": ((), RECRUITERS, 403),
    "questions:import_new": ((), RECRUITERS, 403),
    "questions:import_detail": (("import",), {"recruiter"}, 404),
    "questions:import_row": (("import", 1), {"recruiter"}, 404),
    "questions:question_edit": (("drafted",), RECRUITERS, 403),
    "questions:question_draft": (("question",), RECRUITERS, 403),
    "questions:question_publish": (("drafted",), RECRUITERS, 403),
    "questions:version_hand_in": (("drafted",), RECRUITERS, 403),
    "questions:version_review": (("handed_in",), RECRUITERS, 403),
    "questions:away_list": ((), ANYONE, None),
    "questions:question_away": (("question",), RECRUITERS, 403),
    "questions:question_back": (("question",), RECRUITERS, 403),
    "questions:question_merge": (("question",), RECRUITERS, 403),
    "questions:question_part": (("question",), RECRUITERS, 403),
    "questions:question_enemies": (("question",), RECRUITERS, 403),
    "questions:enemy_drop": (("question", "drafted"), RECRUITERS, 403),
    "questions:competency_list": ((), ANYONE, None),
    "questions:competency_new": ((), RECRUITERS, 403),
    "questions:competency_edit": (("competency",), RECRUITERS, 403),
    "plans:role_list": ((), ANYONE, None),
    "plans:role_new": ((), RECRUITERS, 403),
    "plans:role_detail": (("role",), ON_THE_ROLE, 404),
    "plans:role_edit": (("role",), RUNNING, 404),
    "plans:role_close": (("role",), RUNNING, 404),
    "plans:role_reopen": (("role",), RUNNING, 404),
    "plans:duty_give": (("role",), STAFFING, 404),
    "plans:duty_decide": (("membership",), STAFFING, 404),
    "plans:duty_take": (("membership",), STAFFING, 404),
    "plans:weight_new": (("role",), RUNNING, 404),
    "plans:weight_edit": (("weight",), RUNNING, 404),
    "plans:weight_drop": (("weight",), RUNNING, 404),
    "plans:plan_start": (("role",), PLANNING, 404),
    "plans:plan_detail": (("plan",), ON_THE_ROLE, 404),
    "plans:item_void": (("item",), RUNNING, 404),
    "plans:plan_kit_pdf": (("plan",), ON_THE_ROLE, 404),
    "plans:stage_kit": (("stage",), ON_THE_ROLE, 404),
    "plans:stage_kit_pdf": (("stage",), ON_THE_ROLE, 404),
    "plans:plan_information": (("plan",), ON_THE_ROLE, 404),
    "plans:plan_information_pdf": (("plan",), ON_THE_ROLE, 404),
    "plans:plan_file": (("plan",), ON_THE_ROLE, 404),
    "plans:plan_compare": (("plan", "draft"), ON_THE_ROLE, 404),
    "plans:plan_copy": (("plan",), PLANNING, 404),
    "plans:template_save": (("plan",), PLANNING, 404),
    "plans:template_list": ((), PLAN_MAKERS, 403),
    "plans:template_upload": ((), PLAN_MAKERS, 403),
    "plans:template_detail": (("template",), PLAN_MAKERS, 403),
    "plans:template_file": (("template",), PLAN_MAKERS, 403),
    "plans:template_remove": (("template",), RECRUITERS, 403),
    "plans:example_detail": (("example",), PLAN_MAKERS, 403),
    "plans:example_file": (("example",), PLAN_MAKERS, 403),
    "plans:question_usage": (("question",), ANYONE, None),
    "plans:question_renew": (("question",), ANYONE, None),
    "interviews:question_asked": (("question",), ANYONE, None),
    "interviews:candidate_list": ((), ANYONE, None),
    "interviews:candidate_new": ((), RECRUITERS, 403),
    "interviews:candidate_paste": ((), RECRUITERS, 403),
    "interviews:role_applications": (("role",), ON_THE_ROLE, 404),
    "interviews:application_detail": (("application",), READING | SITTING | {"done"}, 404),
    "interviews:application_withdraw": (("application",), RUNNING, 404),
    "interviews:application_replan": (("application",), RUNNING, 404),
    "interviews:result_record": (("application",), {"recruiter"}, 404),
    "interviews:plan_applications": (("plan",), RUNNING, 404),
    "interviews:interview_schedule": (("application",), RUNNING, 404),
    "interviews:interview_list": ((), ANYONE, None),
    "interviews:interview_detail": (("interview",), RUNNING | SITTING | {"done"}, 404),
    "interviews:interview_move": (("interview",), RUNNING, 404),
    "interviews:interview_cancel": (("interview",), RUNNING, 404),
    "interviews:seat_add": (("interview",), RUNNING, 404),
    "interviews:card_waive": (("open_card",), {"recruiter"}, 404),
    "interviews:interview_score": (("interview",), SITTING | {"done", "waived"}, 404),
    "interviews:score_save": (("interview", "item"), SITTING | {"done", "waived"}, 404),
    "interviews:notes_save": (("interview",), SITTING | {"done", "waived"}, 404),
    "interviews:interview_time_up": (("interview",), SITTING | {"done", "waived"}, 404),
    "interviews:interview_review": (("interview",), SITTING | {"done", "waived"}, 404),
    "interviews:interview_submit": (("interview",), SITTING | {"done", "waived"}, 404),
    "interviews:on_device": ((), ANYONE, None),
    "interviews:interview_show": (("interview",), SITTING, 404),
    "interviews:scorecard_detail": (("sealed",), {"recruiter", "done"}, 404),
    "interviews:scorecard_pdf": (("sealed",), {"recruiter", "done"}, 404),
    "committee:application_list": ((), ANYONE, None),
    "committee:packet_check": ((), ANYONE, None),
    "committee:packet_detail": (("complete",), READING - {"learning_manager"}, 404),
    "committee:packet_pdf": (("complete",), READING - {"learning_manager"}, 404),
    "committee:packet_file": (("complete",), READING - {"learning_manager"}, 404),
    "committee:packet_file_cancel": (("complete",), READING - {"learning_manager"}, 404),
    "committee:packet_json": (("complete",), READING - {"learning_manager"}, 404),
    "committee:decision_facts": (("decision",), READING - {"learning_manager", "sitting_recruiter"}, 404),
    "committee:decision_record": (("complete",), {"manager", "decider"}, 404),
    "committee:decision_supersede": (("decision",), {"manager", "decider"}, 404),
    "accounts:person_list": ((), ADMINISTRATORS, 403),
    "accounts:person_new": ((), ADMINISTRATORS, 403),
    "accounts:person_detail": (("person",), ADMINISTRATORS, 403),
    "accounts:person_link": (("person",), ADMINISTRATORS, 403),
    "accounts:person_deactivate": (("person",), ADMINISTRATORS, 403),
    "accounts:person_reactivate": (("person",), ADMINISTRATORS, 403),
    "accounts:house_settings": ((), ADMINISTRATORS, 403),
    "accounts:record": ((), ADMINISTRATORS, 403),
    "plans:person_duties": (("person",), ADMINISTRATORS, 403),
    "plans:person_duty_take": (("membership",), ADMINISTRATORS, 403),
    "account_logout": ((), ANYONE, None),
}
# Built only while a plan is a draft, by those who plan for the role.
BUILDING = {
    "plans:plan_activate": ("draft",), "plans:plan_discard": ("draft",), "plans:placeholder_edit": ("draft",),
    "plans:plan_weight_new": ("draft",), "plans:plan_weight_edit": ("plan_weight",), "plans:plan_weight_drop": ("plan_weight",),
    "plans:plan_assemble": ("draft",), "plans:plan_fill": ("draft",),
    "plans:plan_undo": ("draft",), "plans:plan_news": ("draft",), "plans:stage_new": ("draft",), "plans:stage_edit": ("stage",), "plans:stage_move": ("stage",), "plans:stage_remove": ("stage",),
    "plans:section_new": ("stage",), "plans:section_move": ("section",), "plans:section_remove": ("section",),
    "plans:question_search": ("draft",), "plans:question_add": ("draft", "version"), "plans:item_edit": ("placed",),
    "plans:item_move": ("placed",), "plans:item_switch": ("placed",), "plans:item_renew": ("placed",), "plans:item_remove": ("placed",),
}  # fmt: skip
ROWS |= {name: (objects, PLANNING, 404) for name, objects in BUILDING.items()}
# What an address takes: a button is only pressed, a form is read and sent, everything else is only read.
BUTTONS = {
    "questions:filter_drop", "questions:bulk_undo", "questions:question_draft", "questions:question_publish", "questions:question_back", "questions:question_part",
    "questions:enemy_drop", "questions:version_hand_in", "plans:role_close", "plans:role_reopen", "plans:duty_decide",
    "plans:duty_take", "plans:weight_drop", "plans:plan_start", "plans:question_renew", "plans:plan_discard", "plans:plan_weight_drop",
    "plans:template_remove", "plans:plan_fill",
    "plans:plan_undo", "plans:stage_remove", "plans:section_remove", "plans:question_add", "plans:item_switch",
    "plans:item_renew", "plans:item_remove", "interviews:application_replan",
    "interviews:score_save", "interviews:notes_save", "interviews:interview_time_up", "interviews:interview_submit", "committee:packet_file_cancel", "committee:decision_record", "committee:decision_supersede",
    "accounts:person_link", "accounts:person_deactivate", "accounts:person_reactivate", "plans:person_duty_take",
    "account_logout",
}  # fmt: skip
FORMS = {
    "accounts:profile", "questions:filter_list", "questions:question_bulk", "questions:question_new", "questions:question_edit", "questions:question_away", "questions:question_merge", "questions:question_enemies", "questions:version_review",
    "questions:import_new", "questions:import_detail", "questions:import_row",
    "questions:competency_new", "questions:competency_edit", "plans:role_new", "plans:role_edit", "plans:duty_give", "plans:weight_new",
    "plans:weight_edit", "plans:plan_activate", "plans:plan_assemble", "plans:placeholder_edit", "plans:plan_weight_new", "plans:plan_weight_edit",
    "plans:stage_new", "plans:stage_edit", "plans:stage_move", "plans:section_new", "plans:section_move", "plans:item_edit", "plans:item_move", "plans:item_void", "plans:plan_copy",
    "plans:template_save", "plans:template_upload", "plans:template_detail", "plans:example_detail", "interviews:candidate_new",
    "interviews:candidate_paste", "interviews:application_withdraw", "interviews:plan_applications", "interviews:result_record", "interviews:interview_schedule",
    "interviews:interview_move", "interviews:interview_cancel", "interviews:seat_add", "interviews:card_waive",
    "accounts:person_new", "accounts:person_detail", "accounts:house_settings", "plans:person_duties",
}  # fmt: skip
# Open to everybody, signed in or not.
PUBLIC = {
    "account_login",
    "accounts:healthz",
    "interviews:score_worker",
    "accounts:set_password",
    "accounts:link_follow",
    "accounts:setup",
    "accounts:setup_follow",
    "accounts:demo_sign_in",
}


def names():
    def walk(resolver, namespace=""):
        for entry in resolver.url_patterns:
            if hasattr(entry, "url_patterns"):
                inner = ":".join(filter(None, [namespace, entry.namespace]))
                yield from walk(entry, inner)
            else:
                yield f"{namespace}:{entry.name}" if namespace else entry.name

    return set(walk(get_resolver()))


def test_every_address_has_a_row():
    assert names() == set(ROWS) | PUBLIC
    assert len(names()) == len(list(views()))


def test_the_table_speaks_of_known_people_and_addresses():
    assert all(insiders <= ANYONE for _objects, insiders, _others in ROWS.values())
    assert set(ROWS) >= BUTTONS | FORMS
    assert not BUTTONS & FORMS
    assert {others for _objects, insiders, others in ROWS.values() if insiders != ANYONE} == {403, 404}
