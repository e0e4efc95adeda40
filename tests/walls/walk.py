"""A whole hire through the product's own forms, with every text field filled by somebody else's choice of words.

The fields are taken from the forms as the pages show them, so a new text field is filled without being named here.
"""

import json
from dataclasses import dataclass
from uuid import uuid4

from django import forms
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.house import settle, setup_token
from accounts.models import Entry, User
from committee.models import Decision
from foundation.fields import tidy
from interviews.forms.scoring import NotesForm, ScoreForm
from interviews.models import Application, Interview, Score, Scorecard
from plans.models import InterviewPlan, Item, PlanCompetency, Role, RoleCompetency, Section, Stage
from questions.models import Competency, Import, QuestionVersion
from tests.access.sendings import PlanFile
from tests.factories import MembershipFactory, UserFactory
from tests.walls.reading import Page

PASSWORD = "a quiet green harbour"
HEARD = "Compares both rates, asks who bears which cost, proposes two remedies, sketches a staged release, level"


def is_text(field):
    """Whether people type words into it: hidden fields and passwords are another matter."""
    hidden = field.widget.is_hidden or isinstance(field.widget, forms.PasswordInput)
    return isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField) and not hidden


def name_of(form):
    return f"{type(form).__module__}.{type(form).__qualname__}"


@dataclass
class Filled:
    """A form with every field filled, as `who` would send it to `path`."""

    form: forms.BaseForm
    who: User | None
    label: str
    path: str
    data: dict

    @property
    def texts(self):
        """The fields that people type words into, with what was typed."""
        return {
            name: str(self.data[name])
            for name, field in self.form.fields.items()
            if name in self.data and is_text(field)
        }

    def refused(self, walk, texts):
        """Sent with `texts` instead: the refusal's page, in whose fields they still stand, with nothing written."""
        before = Entry.objects.count()
        answer = walk.client(self.who).post(self.path, {**self.data, **texts})
        assert (answer.status_code, Entry.objects.count()) == (422, before), (self.label, texts)
        kept = Page(answer.content.decode())
        for name, typed in {**self.texts, **texts}.items():
            assert kept.shows_in(name, typed), (self.label, name, typed)
        return answer


def too_long(walk, filled):
    """The shortest field gets too much: the page keeps all the hostile words and says what is wrong."""
    limits = {name: filled.form.fields[name].max_length for name in filled.texts}
    if limits := {name: limit for name, limit in limits.items() if limit}:
        name, limit = min(limits.items(), key=lambda pair: pair[1])
        answer = filled.refused(walk, {name: filled.texts[name] + "z" * (limit + 1)})
        assert "at most" in Page(walk.take(f"{filled.label}, refused", answer).content.decode()).text, filled.label


class Walk:
    """`seen` holds the page shown under each label; `met` the text fields filled, as (form, field); `read` who read where.

    `trial(walk, filled)` is called with each form that has a text field, once, before it is sent.
    """

    def __init__(self, words, trial):
        self.words, self.trial = words, trial
        self.seen, self.met, self.tried, self.people = {}, set(), set(), {}
        self.read = {}

    def client(self, who):
        if who not in self.people:
            self.people[who] = Client()
            if who is not None:
                self.people[who].force_login(who)
        return self.people[who]

    def take(self, label, answer):
        assert answer.status_code < 500, label
        assert label not in self.seen, label
        self.seen[label] = answer.content.decode()
        return answer

    def get(self, who, label, path, *, htmx=False, status=200):
        headers = {"hx-request": "true"} if htmx else {}
        answer = self.client(who).get(path, headers=headers)
        assert answer.status_code == status, (label, answer.status_code, path)
        if not htmx:
            self.read[path] = who
        return self.take(label, answer)

    def press(self, who, label, path, *, htmx=False, **data):
        """A button without a field of text. With htmx its answer is looked at, else the page it leads to."""
        answer = self.client(who).post(path, data, headers={"hx-request": "true"} if htmx else {})
        assert answer.status_code in {200, 302, 303}, (label, answer.status_code, answer.content[-3000:])
        return self.take(label, answer) if htmx else self.get(who, label, answer.url.partition("#")[0])

    def send(self, who, label, path, *, form="form", to=None, also=None, **fixed):
        """Fill in the form that `path` shows and send it, with what the button says, to `to` where that is elsewhere."""
        shown = self.get(who, f"{label}, empty", path)
        form = shown.context[form]
        data = self.filled(form, fixed) | (also or {})
        if name_of(form) not in self.tried:
            self.tried.add(name_of(form))
            filled = Filled(form, who, label, to or path, data)
            if filled.texts:
                self.trial(self, filled)
        answer = self.client(who).post(to or path, data)
        assert answer.status_code in {200, 302, 303}, (label, answer.status_code, Page(answer.content.decode()).text)
        if answer.status_code == 200:
            return self.take(label, answer)
        return self.get(who, f"{label}, done", answer.url.partition("#")[0])

    def filled(self, form, fixed):
        data = {}
        for name, field in form.fields.items():
            value = fixed.get(name, form[name].value())
            if callable(value):
                value = value(self.words.of)
                self.met.add((name_of(form), name))
            elif name not in fixed and is_text(field):
                is_email, has_lines = isinstance(field, forms.EmailField), isinstance(field.widget, forms.Textarea)
                value = self.words.of(field.max_length, email=is_email, lines=has_lines)
                self.met.add((name_of(form), name))
            if value is not None and value is not False:
                data[form.add_prefix(name)] = value
        return data

    def before_force(self, plan):
        """A place for looking at the draft of the plan once more."""

    # ---- The walk itself, floor by floor ----

    def all(self, after_each=lambda: None):
        for part in (
            self.house, self.bank, self.role, self.plan, self.candidates, self.meetings, self.scoring, self.calling_off,
            self.decision, self.lists,
        ):  # fmt: skip
            part()
            after_each()
        return self

    def house(self):
        settle("real")
        self.client(None).get(reverse("accounts:setup_follow", args=[setup_token()]))
        self.send(None, "setup", reverse("accounts:setup"), password=PASSWORD)
        self.first = User.objects.get()
        self.send(self.first, "profile", reverse("accounts:profile"), form="about")
        new = reverse("accounts:person_new")
        self.send(self.first, "person", new, is_recruiter=True)
        self.boss = User.objects.latest("pk")
        self.send(self.first, "person again", reverse("accounts:person_detail", args=[self.boss.pk]))
        # With a first word too long for the head of a packet's column, so that every packet has the same shape.
        self.one, self.two, self.three = (
            UserFactory(name=f"Maximilian-Alexander {self.words.of(55)}", email=self.words.of(254, email=True))
            for _seat in range(3)
        )
        User.objects.update(last_login=timezone.now())

    def bank(self):
        new = reverse("questions:competency_new")
        for n in range(2):
            self.send(self.boss, f"competency {n}", new)
        self.competencies = list(Competency.objects.order_by("pk"))
        self.send(self.boss, "competency", reverse("questions:competency_edit", args=[self.competencies[0].slug]))
        # Before there are questions: whether one nearly repeats another depends on the words, and shows.
        self._import()
        self.versions = [self._question(n, self.competencies[n // 2]) for n in range(3)]
        slug = self.versions[0].question.slug
        self.press(self.boss, "next version", reverse("questions:question_draft", args=[slug]))
        self.send(self.boss, "draft", reverse("questions:question_edit", args=[slug]), do="save", **self._rubric())
        self.send(self.boss, "filter", reverse("questions:filter_list") + "?level=advanced")
        self.get(self.boss, "version", reverse("questions:version_detail", args=[slug, 1]))
        self.get(self.boss, "draft to read", reverse("questions:version_detail", args=[slug, 2]))
        self.get(self.boss, "question", reverse("questions:question_detail", args=[slug]))
        self.get(self.boss, "compared", reverse("questions:version_compare", args=[slug, 1, 2]))
        self.press(self.boss, "handed in", reverse("questions:version_hand_in", args=[slug]))
        reader = UserFactory(recruiter=True, name=self.words.of(80))
        self.send(reader, "review", reverse("questions:version_review", args=[slug]), answer="send_back")
        self.get(self.boss, "history", reverse("questions:question_history", args=[slug]))
        apart = reverse("questions:question_enemies", args=[slug])
        self.press(self.boss, "kept apart", apart, other=self.versions[2].question.slug)
        drop = reverse("questions:enemy_drop", args=[slug, self.versions[2].question.slug])
        self.press(self.boss, "let together", drop)

    def _import(self):
        # Fixed words: an article is read for what it says, and not kept as it was typed.
        text = "1. What is a mean?\nThe sum shared out.\n2. What is a mode?"
        self.press(self.boss, "import", reverse("questions:import_new"), text=text)
        batch = Import.objects.latest("pk").pk
        self.send(self.boss, "import, a row", reverse("questions:import_row", args=[batch, 1]))
        self.press(self.boss, "import, written", reverse("questions:import_detail", args=[batch]), do="write")
        self.get(self.boss, "drafts", reverse("questions:question_list") + "?state=drafts")

    def _rubric(self):
        return {
            "kind": "scenario", "level": "advanced", "minutes": "8",
            "look_for": lambda word: "\n".join(word(900) for _line in range(3)),
            "probes": lambda word: "\n".join(word(400) for _line in range(2)),
            "placeholders": lambda word: f"thing = {word(150)}",
            # An anchor needs something that can be heard, and more than a probe may repeat.
            **{f"anchor_{level}": lambda word, level=level: f"{HEARD} {level}: {word(800)}" for level in (1, 2, 3, 4, 5)},
        }  # fmt: skip

    def _question(self, n, competency):
        new = reverse("questions:question_new")
        self.send(self.boss, f"question {n}", new, competency=competency.pk, **self._rubric())
        version = QuestionVersion.objects.latest("pk")
        edit = reverse("questions:question_edit", args=[version.question.slug])
        form = self.client(self.boss).get(edit).context["form"]
        shown = {**self.filled(form, {name: form[name].value() or "" for name in form.fields}), "do": "preview"}
        self.press(self.boss, f"question {n}, preview", edit, htmx=True, **shown)
        publish = reverse("questions:question_publish", args=[version.question.slug])
        self.send(self.boss, f"question {n}, out", edit, form="overrule", to=publish, also={"do": "overrule"})
        return version

    def role(self):
        self.send(self.boss, "role", reverse("plans:role_new"))
        self.role = Role.objects.get()
        here = [self.role.pk]
        self.send(self.boss, "role again", reverse("plans:role_edit", args=here))
        for who, duty in (
            ("boss", "hiring_manager"),
            ("one", "interviewer"),
            ("two", "interviewer"),
            ("three", "interviewer"),
        ):
            self.send(
                self.boss, f"duty {who}", reverse("plans:duty_give", args=here), user=getattr(self, who).pk, duty=duty
            )
        self.get(self.first, "duties", reverse("plans:person_duties", args=[self.one.pk]), htmx=True)
        first, _second = self.competencies
        self.send(self.boss, "weight", reverse("plans:weight_new", args=here), competency=first.pk, weight="2")
        weight = RoleCompetency.objects.get()
        self.send(self.boss, "weight again", reverse("plans:weight_edit", args=[weight.pk]), weight="3")
        self.get(self.boss, "the role", reverse("plans:role_detail", args=here))

    def plan(self):
        self.press(self.boss, "plan", reverse("plans:plan_start", args=[self.role.pk]))
        self.plan = InterviewPlan.objects.get()
        here = [self.plan.pk]
        weight = {"competency": self.competencies[1].pk, "weight": "2"}
        self.send(self.boss, "plan weight", reverse("plans:plan_weight_new", args=here), **weight)
        weighted = PlanCompetency.objects.latest("pk")
        self.send(self.boss, "plan weight again", reverse("plans:plan_weight_edit", args=[weighted.pk]), weight="2")
        for n in range(2):
            self.send(self.boss, f"stage {n}", reverse("plans:stage_new", args=here), minutes="60")
        stages = list(Stage.objects.order_by("position"))
        self.send(self.boss, "stage", reverse("plans:stage_edit", args=[stages[0].pk]), minutes="60")
        for n, competency in enumerate(self.competencies):
            new = reverse("plans:section_new", args=[stages[0].pk])
            self.send(self.boss, f"section {n}", new, competency=competency.pk)
        one, two = Section.objects.order_by("pk")
        search = reverse("plans:question_search", args=here)
        self.get(self.boss, "search for an item", search)
        self.get(self.boss, "search for an item, part", search, htmx=True)
        for section, version in zip([one, one, two], self.versions, strict=True):
            add, into = reverse("plans:question_add", args=[*here, version.pk]), f"section-{section.pk}"
            self.press(self.boss, f"item of {version.pk - self.versions[0].pk}", add, htmx=True, into=into)
        self.get(self.boss, "places for an item", reverse("plans:item_move", args=[Item.objects.latest("pk").pk]))
        warm_up = Item.objects.order_by("pk")[0]
        self.press(self.boss, "warm-up", reverse("plans:item_switch", args=[warm_up.pk]), htmx=True, scored="no")
        self.send(self.boss, "item", reverse("plans:item_edit", args=[warm_up.pk]), minutes="3")
        self.get(self.boss, "placeholders unfilled", reverse("plans:plan_detail", args=here))
        self.send(self.boss, "placeholders", reverse("plans:placeholder_edit", args=here))
        self.get(self.boss, "not ready", reverse("plans:plan_activate", args=here))
        self.press(self.boss, "last stage dropped", reverse("plans:stage_remove", args=[stages[1].pk]), htmx=True)
        self.send(self.boss, "a test", reverse("plans:stage_new", args=here), minutes="60", kind="skills-test")
        self.send(self.boss, "template", reverse("plans:template_save", args=here))
        self.send(self.boss, "template of a file", reverse("plans:template_upload"), file=PlanFile())
        self.get(self.boss, "templates", reverse("plans:template_list"))
        self.before_force(self.plan)
        self.press(self.boss, "in force", reverse("plans:plan_activate", args=here))
        self.get(self.boss, "usage", reverse("plans:question_usage", args=[self.versions[0].question.slug]), htmx=True)
        self.get(self.boss, "kit", reverse("plans:stage_kit", args=[stages[0].pk]))
        self.get(self.boss, "sheet", reverse("plans:plan_information", args=here))
        self.get(self.boss, "copy", reverse("plans:plan_copy", args=here))

    def candidates(self):
        new = reverse("interviews:candidate_new")
        self.send(self.boss, "candidate", new, role=self.role.pk)
        paste = reverse("interviews:candidate_paste")
        lines = [f"{self.words.of(80)}, pasted{n}@plain.example" for n in range(3)] + [self.words.of(300)]
        pasted = {"role": self.role.pk, "text": "\n".join(lines)}
        self.met.add(("interviews.forms.candidates.PasteForm", "text"))
        self.get(self.boss, "paste", paste)
        self.take("pasted, read", self.client(self.boss).post(paste, pasted))
        self.press(self.boss, "pasted, added", paste, step="add", **pasted)
        self.applications = list(Application.objects.order_by("pk"))
        result = reverse("interviews:result_record", args=[self.applications[0].pk])
        test = Stage.objects.get(kind="skills-test")
        self.send(self.boss, "result", result, stage=test.pk, verdict="passed", points="3", out_of="4")

    def meetings(self):
        day = timezone.localdate() + timezone.timedelta(days=1)
        when = {"day": day.isoformat(), "hour": "09:30", "zone": "UTC"}
        one, two = self.applications[:2]
        seats = [{"user": self.one, "seat": "lead"}, {"user": self.two, "seat": "panel"}]
        schedule = reverse("interviews:interview_schedule", args=[one.pk])
        taken = {f"seat_{each['user'].pk}": each["seat"] for each in seats}
        self.send(self.boss, "meeting", schedule, stage=Stage.objects.get(kind="interview").pk, **when, **taken)
        self.meeting = Interview.objects.get()
        self.send(self.boss, "moved", reverse("interviews:interview_move", args=[self.meeting.pk]))
        seat = reverse("interviews:seat_add", args=[self.meeting.pk])
        self.send(self.boss, "seat", seat, person=self.three.pk, seat="shadow")
        clash = reverse("interviews:interview_schedule", args=[two.pk])
        data = {**when, **taken, "stage": Stage.objects.get(kind="interview").pk, "place": self.words.of(300)}
        page = self.take("clash", self.client(self.boss).post(clash, data))
        assert page.status_code == 422
        data["anyway"] = page.context["form"].clash_mark
        self.press(self.boss, "second meeting", clash, **data)
        self.second = Interview.objects.latest("pk")
        self.get(self.boss, "coming", reverse("interviews:interview_list") + "?show=coming")
        self.get(self.one, "interviews", reverse("interviews:interview_list"))

    def scoring(self):
        here = [self.meeting.pk]
        for who in (self.one, self.two):
            place = who.pk - self.first.pk
            card = Scorecard.objects.get(interview=self.meeting, interviewer=who)
            self._save_all(who, card)
            self.get(who, f"score {place}", reverse("interviews:interview_score", args=here))
            self._conflict(who, card, f"conflict {place}")
            shown = f"{reverse('interviews:interview_show', args=here)}?prompt=1&item={card.scores.first().item_id}"
            self.get(who, f"shown {place}", shown)
            self.send(
                who, f"card {place}", reverse("interviews:interview_review", args=here), recommendation="not_enough",
                to=reverse("interviews:interview_submit", args=here),
            )  # fmt: skip
            self.get(who, f"document {place}", reverse("interviews:scorecard_detail", args=[card.pk]))

    def _save_all(self, who, card):
        answers = [{"outcome": "scored", "level": 1}, {"outcome": "not_asked", "reason": None}, {"level": 5}]
        scored = card.scores.filter(item__scored=True).order_by("pk")
        for answer, score in zip(answers, scored, strict=False):
            if "reason" in answer:
                answer["reason"] = self.words.of(Score._meta.get_field("reason").max_length)
            evidence, followups = self.words.of(8000, lines=True), self.words.of(2000, lines=True)
            self._save(who, score, evidence=evidence, followups=followups, **answer)
        self._save(who, card.scores.get(item__scored=False), evidence=self.words.of(8000, lines=True))
        self.met |= {(f"{ScoreForm.__module__}.ScoreForm", name) for name in ("reason", "evidence", "followups")}
        self._save_notes(who, card)

    def _save_notes(self, who, card):
        names = ("candidate_questions", "recommendation_reason", "summary", "private_note")
        fields = {name: self.words.of(Scorecard._meta.get_field(name).max_length, lines=True) for name in names}
        stamp = {"operation": str(uuid4()), "client": str(uuid4()), "sequence": 1, "expected_version": 0}
        address = reverse("interviews:notes_save", args=[card.interview_id])
        answer = self.client(who).post(address, json.dumps({**stamp, **fields}), content_type="application/json")
        assert answer.status_code == 200, answer.text
        stored = Scorecard.objects.get(pk=card.pk)
        assert {name: getattr(stored, name) for name in names} == {name: tidy(text) for name, text in fields.items()}
        self.met |= {(f"{NotesForm.__module__}.NotesForm", name) for name in names}

    def _save(self, who, score, **fields):
        address = reverse("interviews:score_save", args=[score.scorecard.interview_id, score.item_id])
        stamp = {"operation": str(uuid4()), "client": str(uuid4()), "sequence": 1, "expected_version": score.version}
        answer = self.client(who).post(address, json.dumps({**stamp, **fields}), content_type="application/json")
        assert answer.status_code == 200, answer.text
        stored = Score.objects.get(pk=score.pk)
        assert {name: getattr(stored, name) for name in fields} == {
            name: tidy(value) if isinstance(value, str) else value for name, value in fields.items()
        }

    def _conflict(self, who, card, label):
        score = card.scores.filter(item__scored=True).first()
        address = reverse("interviews:score_save", args=[card.interview_id, score.item_id])
        typed = self.words.of(8000, lines=True)
        sent = {"page": str(uuid4()), "expected_version": "0", "answer": "4", "reason": "", "evidence": typed}
        page = self.take(label, self.client(who).post(address, sent))
        assert page.status_code == 409
        assert Page(page.content.decode()).shows_in("evidence", typed)
        asked = self.words.of(4000, lines=True)
        sent = {"page": str(uuid4()), "expected_version": "0", "candidate_questions": asked}
        address = reverse("interviews:notes_save", args=[card.interview_id])
        page = self.take(f"{label}, notes", self.client(who).post(address, sent))
        assert page.status_code == 409
        assert Page(page.content.decode()).shows_in("candidate_questions", asked)

    def calling_off(self):
        here = [self.second.pk]
        card = self.second.scorecards.get(interviewer=self.two)
        self.get(self.boss, "the second", reverse("interviews:interview_detail", args=here))
        self.send(self.boss, "waived", reverse("interviews:card_waive", args=[card.pk]))
        self.get(self.two, "the waived card", reverse("interviews:scorecard_detail", args=[card.pk]))
        self.send(self.boss, "cancelled", reverse("interviews:interview_cancel", args=here))
        self.get(self.boss, "the cancelled one", reverse("interviews:interview_detail", args=here))

    def decision(self):
        application = self.applications[0]
        packet = reverse("committee:packet_detail", args=[application.pk])
        record = reverse("committee:decision_record", args=[application.pk])
        voided = Item.objects.filter(section__stage__plan=self.plan, scored=True).last()
        other = MembershipFactory(role=self.role, recruiter=True).user  # who decides does not void
        self.send(other, "voided", reverse("plans:item_void", args=[voided.pk]))
        self.get(self.boss, "plan with a voided question", reverse("plans:plan_detail", args=[self.plan.pk]))
        self.get(self.boss, "packets", reverse("committee:application_list"))
        self.send(self.boss, "held", packet, form="decision_form", to=record, outcome="hold", override_reason="")
        back = reverse("committee:decision_supersede", args=[Decision.objects.get().pk])
        self.send(self.boss, "taken back", packet, form="supersede_form", to=back)
        self.send(self.boss, "decided", packet, form="decision_form", to=record, outcome="hire")

    def lists(self):
        everyone = (self.first, self.boss, self.one, self.three)
        for place, who in enumerate(everyone):
            self.get(who, f"today {place}", reverse("today"))
        for name in (
            "questions:question_list",
            "questions:competency_list",
            "plans:role_list",
            "interviews:candidate_list",
        ):
            self.get(self.boss, name, reverse(name))
        for name in ("accounts:person_list", "accounts:record"):
            self.get(self.first, name, reverse(name))
        self.going()
        self.get(self.boss, "role", reverse("plans:role_detail", args=[self.role.pk]))
        self.get(self.boss, "applications", reverse("interviews:role_applications", args=[self.role.pk]), htmx=True)
        for n, application in enumerate(self.applications[:2]):
            self.get(self.boss, f"application {n}", reverse("interviews:application_detail", args=[application.pk]))
        self.get(self.boss, "withdraw", reverse("interviews:application_withdraw", args=[self.applications[1].pk]))

    def going(self):
        gone, stays = (self.versions[n].question.slug for n in (1, 0))
        asked = reverse("interviews:question_asked", args=[stays])
        self.get(self.boss, "asked for", asked, htmx=True)
        merge = reverse("questions:question_merge", args=[gone])
        self.get(self.boss, "both", f"{merge}?other={stays}")
        self.press(self.boss, "merged", merge, other=stays)
        self.press(self.boss, "parted", reverse("questions:question_part", args=[gone]))
        self.send(self.boss, "retired", reverse("questions:question_away", args=[gone]), how="retire")
        self.get(self.boss, "out of use", reverse("questions:away_list"))
