"""For every address that takes a POST: who may send it, and everything that its form holds, filled in so that it is done."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.urls import reverse

from committee.gathering import gather_packet
from foundation import clock
from interviews.models import Application, Interview, Score
from interviews.policies import seatable
from plans.models import InterviewPlan, Item
from plans.offers import table_of
from plans.wishes import WishesForm
from questions.content import Content
from questions.forms import typed
from questions.models import Question, QuestionVersion, Review
from tests.access.rules import EMPTY_FORM, path_of
from tests.access.world import World
from tests.factories import (
    ApplicationFactory,
    CompetencyFactory,
    InterviewFactory,
    MembershipFactory,
    PlanFactory,
    ScorecardFactory,
    VersionFactory,
    put_in_force,
)
from tests.test_access import FORMS

ZONE = "Europe/Berlin"
REASON = {"reason": "The panel was ill."}
WEIGHT = {"weight": "2", "reason": "It matters most here."}
SEEN = {"seen": "0"}
STAGE = {
    "name": "A talk",
    "kind": "interview",
    "minutes": "30",
    "interviewers": "2",
    "opening": "Welcome.",
    "closing": "Thanks.",
}


class PlanFile:
    """A shipped example as a file that can be sent again and again."""

    name = "loop.toml"

    def read(self) -> bytes:
        return Path("fixtures/plans/general-loop.toml").read_bytes()


@dataclass(frozen=True)
class Sending:
    """`fields` are all that the form takes, none left out; `status` is the answer to them."""

    name: str
    person: str
    path: str
    fields: dict = field(default_factory=dict)
    status: int = 302


def sendings(world: World) -> dict[str, Sending]:
    """One sending for each address, by its name."""
    filled = {**_of_accounts(world), **_of_questions(world), **_of_plans(world), **_of_interviews(world)}
    made = {}
    for name, (person, fields, *path) in filled.items():
        # A button that has nothing to do as things stand says so; everything else is done.
        status = 302 if name in FORMS else EMPTY_FORM.get(name, 302)
        made[name] = Sending(name, person, *(path or [path_of(name, "mine", world)]), fields, STATUS.get(name, status))
    return made


# What these answer with is only shown.
SHOWING = {"plans:plan_assemble"}
# Where it is neither a redirect nor what an empty form is told.
STATUS = {
    "plans:plan_assemble": 200,
    "plans:plan_fill": 302,
    "accounts:person_new": 200,
    "plans:question_renew": 302,
    "questions:question_publish": 302,
    "interviews:score_save": 303,
    "interviews:notes_save": 303,
    "interviews:interview_time_up": 303,
    "interviews:interview_submit": 302,
    "committee:decision_record": 302,
    "committee:decision_supersede": 302,
}


def _of_accounts(world):
    rights = {"name": "Ada Byron", "is_administrator": "", "is_recruiter": "on"}
    duty = {"role": world.mine.role.pk, "duty": "interviewer", "may_decide": ""}
    return {
        "account_logout": ("stranger", {}),
        "accounts:profile": ("stranger", {"name": "Ada Byron", "zone": ZONE}),
        "accounts:person_new": ("administrator", {**rights, "email": "ada@example.org", "zone": ZONE}),
        "accounts:person_detail": ("administrator", rights),
        "accounts:house_settings": ("administrator", {"reviews_questions": "on"}),
        "accounts:person_link": ("administrator", {}),
        "accounts:person_deactivate": ("administrator", {}),
        "accounts:person_reactivate": ("administrator", {}),
        "plans:person_duties": ("administrator", duty),
        "plans:person_duty_take": ("administrator", {}),
    }


def _of_questions(world):
    drafted = QuestionVersion.objects.get(question__slug=world.mine.objects["drafted"])
    said = {name: "" if value is None else value for name, value in typed(Content.of(drafted)).items()} | {"do": "save"}
    said["competency"] = drafted.question.competency_id
    new = {**said, "title": "Another question", "competency": CompetencyFactory().pk, "as_of": "", "form_key": ""}
    handed = Review.objects.get(version__question__slug=world.mine.objects["handed_in"])
    later = (clock.now() + timedelta(days=30)).date().isoformat()
    asked = {"q": "recall", "competency": "", "level": "advanced", "type": "", "minutes": "", "used": "", "state": ""}
    question = Question.objects.get(slug=world.mine.objects["question"]).pk
    away = {"question": question, "how": "rest", "until": later, "away_reason": "Leaked.", "back": "?level=advanced"}
    row = {
        "prompt": "Why so?",
        "guidance": "It depends.",
        "level": "advanced",
        "type": "scenario",
        "good": "Says why.",
        "bad": "Says no.",
    }
    row |= {"competency": world.mine.objects["competency"], "do": ""}
    competency = {"name": "Judgement", "definition": "Weighs what an error costs."}
    return {
        "questions:question_new": ("recruiter", new),
        "questions:question_edit": ("recruiter", {**said, "title": "The same question, shorter"}),
        "questions:filter_list": ("recruiter", asked | {"name": "Hard ones"}),
        "questions:filter_drop": ("recruiter", {}),
        "questions:question_bulk": ("recruiter", away),
        "questions:bulk_undo": ("recruiter", {}),
        "questions:import_new": ("recruiter", {"text": "1. Why?", "file": ""}),
        "questions:import_detail": ("recruiter", {"do": "write"}),
        "questions:import_row": ("recruiter", row),
        "questions:question_draft": ("recruiter", {}),
        "questions:question_publish": ("recruiter", {"do": "overrule", "reason": "Meant for another desk."}),
        "questions:version_hand_in": ("recruiter", {}),
        "questions:version_review": ("other_recruiter", {"stamp": handed.stamp, "answer": "approve", "note": "Clear."}),
        "questions:question_away": ("recruiter", {"how": "rest", "until": later, "away_reason": "Leaked."}),
        "questions:question_back": ("recruiter", {}),
        "questions:question_merge": ("recruiter", {"other": world.anothers.objects["question"]}),
        "questions:question_part": ("recruiter", {}),
        "questions:question_enemies": ("recruiter", {"other": world.mine.objects["drafted"]}),
        "questions:enemy_drop": ("recruiter", {}),
        "questions:competency_new": ("recruiter", competency),
        "questions:competency_edit": ("recruiter", competency),
    }


def _wishes(world):
    plan = InterviewPlan.objects.select_related("role").get(pk=world.mine.objects["draft"])
    form = WishesForm(None, table=table_of(plan, None, world.people["manager"]))
    return {name: "" if form[name].value() is None else form[name].value() for name in form.fields} | {"relax": ""}


def _of_plans(world):
    pick = f"{world.mine.objects['stage']}-{world.mine.objects['version']}"
    role = {"title": "Data engineer", "team": "Search", "level": "mid"}
    free = MembershipFactory(user=world.people["recruiter"], duty="recruiter").role
    other = {"competency": CompetencyFactory().pk}
    recruiter = {
        "role_new": role | {"start_from": "example-general-loop"}, "role_edit": role, "role_close": {}, "role_reopen": {}, "plan_start": {}, "duty_decide": {"may_decide": "yes"},
        "duty_give": {"user": world.people["stranger"].pk, "duty": "committee", "may_decide": ""}, "duty_take": {},
        "weight_new": other | WEIGHT, "weight_edit": WEIGHT, "weight_drop": {}, "template_remove": {}, "item_void": REASON,
        "template_upload": {"file": PlanFile(), "name": "A loop of others"},
        "template_save": {"name": "A loop of ours", "about": "For two teams."},
        **{name: {"role": free.pk} for name in ("plan_copy", "template_detail", "example_detail")},
    }  # fmt: skip
    manager = {
        "plan_activate": {}, "plan_assemble": _wishes(world), "plan_fill": {"pick": pick, "anew": ""} | SEEN, "plan_discard": {}, "plan_undo": SEEN, "placeholder_edit": SEEN, "plan_weight_new": other | WEIGHT | SEEN,
        "plan_weight_edit": WEIGHT | SEEN, "stage_new": STAGE | SEEN, "stage_edit": STAGE | SEEN, "stage_move": {"to": "1:1"} | SEEN,
        "plan_weight_drop": {}, "stage_remove": {},
        "section_new": other | SEEN, "section_move": {"to": "down"} | SEEN, "section_remove": {}, "question_add": {}, "item_move": {"to": "down"} | SEEN,
        "item_edit": {"minutes": "9", "scored": "on"} | SEEN, "item_switch": {"scored": "yes"}, "item_renew": {}, "item_remove": {},
    }  # fmt: skip
    placed = Item.objects.get(pk=world.mine.objects["placed"]).version.question
    VersionFactory(question=placed, number=2)
    renew = ("manager", {}, reverse("plans:question_renew", args=[placed.slug]))
    return {
        "plans:question_renew": renew,
        **{f"plans:{name}": ("recruiter", fields) for name, fields in recruiter.items()},
        **{f"plans:{name}": ("manager", fields) for name, fields in manager.items()},
    }


def _of_interviews(world):
    here = world.mine
    meeting = Interview.objects.get(pk=here.objects["interview"])
    packet = gather_packet(
        Application.objects.select_related("candidate", "role", "plan").get(pk=here.objects["complete"])
    )
    when = {"zone": ZONE, "hour": "10:00", "which": "first", "place": "Room 4", "extra_minutes": "15", "anyway": ""}
    when["day"] = (clock.now() + timedelta(days=30)).date().isoformat()
    seats = {f"seat_{person.pk}": "" for person in seatable(here.role)} | {
        f"seat_{world.people['interviewer'].pk}": "lead"
    }
    coming = InterviewFactory(application=ApplicationFactory(plan=here.plan))
    ApplicationFactory(plan=None, role=here.role)
    tested = PlanFactory(role=MembershipFactory(user=world.people["recruiter"], duty="recruiter").role)
    tested.stages.create(name="Take-home", kind="take-home", minutes=120, position=2)
    taker = ApplicationFactory(plan=put_in_force(tested))
    ready = ScorecardFactory(interview=coming, seat="lead", interviewer=world.people["lead"])
    ready.scores.filter(item__scored=True).update(
        outcome=Score.Outcome.SCORED, level=4, evidence="Said why.", version=1
    )
    person = {"name": "Grace Hopper", "email": "grace@example.org", "role": here.role.pk}
    text = {"text": "Grace Hopper, grace@example.org", "role": here.role.pk, "step": "add"}
    score = {
        "operation": UUID(int=1), "client": UUID(int=2), "sequence": 1, "expected_version": 0, "outcome": "scored", "level": 4,
        "reason": "", "evidence": "Said why.", "probes_used": ["", "1"], "hint": "on", "page": "", "answer": "4", "followups": "", "on": "",
    }  # fmt: skip
    notes = {name: score[name] for name in ("operation", "client", "sequence", "expected_version", "page", "on")} | {
        "candidate_questions": "Who is on call?", "recommendation": "yes", "recommendation_reason": "", "summary": "Sound.",
        "private_note": "",
    }  # fmt: skip
    words = {
        "recommendation": "yes",
        "recommendation_reason": "",
        "summary": "Sound.",
        "private_note": "",
        "seen": "",
        "sent": "",
    }
    decision = {"outcome": "hire", "rationale": "Strong.", "override_reason": "", "digest_read": packet.digest}
    return {
        "interviews:candidate_new": ("recruiter", person),
        "interviews:candidate_paste": ("recruiter", text),
        "interviews:application_withdraw": ("recruiter", {}),
        "interviews:application_replan": ("recruiter", {}),
        "interviews:plan_applications": ("recruiter", {}),
        "interviews:result_record": (
            "recruiter",
            {"stage": tested.stages.last().pk, "verdict": "passed", "points": "17", "out_of": "20", "words": "Clean."},
            reverse("interviews:result_record", args=[taker.pk]),
        ),
        "interviews:interview_schedule": ("recruiter", {**when, **seats, "stage": here.plan.stages.last().pk}),
        "interviews:interview_move": ("recruiter", {**when, "was": meeting.starts_at.isoformat()}),
        "interviews:interview_cancel": ("recruiter", REASON, reverse("interviews:interview_cancel", args=[coming.pk])),
        "interviews:seat_add": ("recruiter", {"person": world.people["interviewer"].pk, "seat": "panel", "anyway": ""}),
        "interviews:card_waive": ("recruiter", REASON),
        "interviews:score_save": ("lead", score),
        "interviews:notes_save": ("lead", notes),
        "interviews:interview_time_up": ("lead", {"on": "", "page": UUID(int=3)}),
        "interviews:interview_submit": ("lead", words, reverse("interviews:interview_submit", args=[coming.pk])),
        "committee:packet_file_cancel": ("committee", {}),
        "committee:decision_record": ("decider", decision),
        "committee:decision_supersede": ("decider", REASON),
    }
