"""Starting from an example, a template or another role's plan; templates saved, downloaded, removed."""

import tomllib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from foundation import clock
from foundation.lifecycle import Refused
from plans import actions
from plans.blueprint_files import MOST_BYTES, as_tables, read_blueprint
from plans.blueprints import blueprint_of
from plans.fitting import fitted
from plans.kept import PlanTemplate
from plans.models import InterviewPlan, Role
from questions.models import Enemy, Question
from tests.factories import (
    ActivePlanFactory,
    MembershipFactory,
    PlanFactory,
    RoleFactory,
    UserFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return PlanFactory(stages=2)


@pytest.fixture
def target(person):
    return MembershipFactory(user=person, role__title="Target", duty="recruiter").role


@pytest.fixture
def person(plan):
    return MembershipFactory(role=plan.role, recruiter=True).user


@pytest.fixture
def client(person, signed_in):
    return signed_in(person)


def shape(plan):
    """The plan as a blueprint without what belongs to its role."""
    told = as_tables(blueprint_of(plan))
    return {name: told[name] for name in ("placeholders", "competencies", "stages")}


def test_a_copy_carries_weights_with_their_reasons_scripts_minutes_and_placeholders(client, person, plan, target):
    row = plan.competencies.first()
    actions.weigh_plan_competency(plan=plan, competency=row.competency, weight=3, reason="It decides.", by=person)
    actions.fill_in_placeholders(plan=plan, values={"tool": "Spark"}, by=person)
    assert client.get(f"/plans/{plan.pk}/copy/").status_code == 200
    answer = client.post(f"/plans/{plan.pk}/copy/", {"role": target.pk})
    copy = target.plans.get()
    assert answer.headers["Location"] == f"/plans/{copy.pk}/"
    plan.refresh_from_db()
    assert copy.is_draft
    assert shape(copy) == shape(plan)


def test_a_copy_takes_the_newest_versions_and_says_what_stays_behind(client, plan, target):
    first, second, third = [item.version.question for item in _items(plan)][:3]
    VersionFactory(question=first, number=2)
    Question.objects.filter(pk=second.pk).update(retired_at="2026-01-01T00:00:00Z")
    page = client.get(f"/plans/{plan.pk}/copy/").content.decode()
    assert "Cannot be carried over" in page
    assert f"The question “{second.slug}” is retired or not in the bank." in page
    said = client.post(f"/plans/{plan.pk}/copy/", {"role": target.pk}, follow=True).content.decode()
    assert f"Left out: The question “{second.slug}” is retired" in said
    versions = {item.version.question_id: item.version.number for item in _items(target.plans.get())}
    assert (versions[first.pk], second.pk in versions, versions[third.pk]) == (2, False, 1)


def test_a_resting_question_and_one_that_stands_twice_stay_behind(person, plan):
    first, second = _items(plan)[:2]
    Question.objects.filter(pk=first.version.question_id).update(rest_until=clock.now().date() + timedelta(days=9))
    section = plan.stages.last().sections.first()
    section.items.create(version=second.version, minutes=5, scored=False, position=9)
    said = fitted(blueprint_of(plan)).left_out
    assert [sentence.removeprefix(f"“{first.version.title}” ").startswith("rests until") for sentence in said] == [
        True,
        False,
    ]
    assert said[1] == f"“{second.version.title}” stands in the plan already."
    with pytest.raises(Refused, match="cannot be a template as it stands"):
        actions.save_template(plan=plan, name="Twice", about="", by=person)


def test_questions_that_may_not_stand_together_are_parted_and_strangers_left_out(plan):
    first, second = (item.version.question for item in _items(plan)[:2])
    Enemy.objects.create(first=min(first, second, key=_key), second=max(first, second, key=_key))
    told = as_tables(blueprint_of(plan))
    told["competencies"].append({"slug": "no-such", "weight": 1, "reason": ""})
    told["stages"][1]["sections"][0]["questions"].append({"slug": VersionFactory().question.slug, "minutes": 5})
    found = fitted(read_blueprint(told))
    assert found.left_out[0].startswith("The bank has no competency “no-such”")
    assert any("gives another question of the plan away" in sentence for sentence in found.left_out)
    assert any(" measures " in sentence for sentence in found.left_out)


def test_nothing_is_copied_over_a_draft_or_onto_a_closed_role(client, person, plan, target):
    busy = PlanFactory(role=MembershipFactory(user=person, duty="recruiter").role)
    assert client.post(f"/plans/{plan.pk}/copy/", {"role": busy.role_id}).status_code == 422
    with pytest.raises(Refused, match="has a draft already"):
        actions.start_plan_from(role=busy.role, blueprint=blueprint_of(plan), by=person)
    actions.close_role(role=target, by=person)
    assert client.post(f"/plans/{plan.pk}/copy/", {"role": target.pk}).status_code == 422
    assert client.post(f"/plans/{plan.pk}/copy/", {"role": RoleFactory().pk}).status_code == 422
    assert InterviewPlan.objects.count() == 2


def test_an_example_is_read_before_a_draft_is_started_from_it(client, target):
    page = client.get(f"/templates/?role={target.pk}").content.decode()
    assert f"/templates/examples/ml-engineer-senior/?role={target.pk}" in page
    page = client.get(f"/templates/examples/ml-engineer-senior/?role={target.pk}").content.decode()
    assert f'<option value="{target.pk}" selected>' in page
    # This house has not loaded the starter bank: everything is said, and the stages come all the same.
    assert "The bank has no competency “model-evaluation”" in page
    client.post("/templates/examples/ml-engineer-senior/", {"role": target.pk})
    assert target.plans.get().stages.count() == 4
    assert client.get("/templates/examples/none-such/").status_code == 404


def test_a_new_role_starts_from_a_pattern_with_what_it_judges(client, plan, person):
    template = actions.save_template(plan=plan, name="Ours", about="", by=person)
    page = client.get(f"/roles/new/?from=template-{template.pk}").content.decode()
    assert f'value="{plan.role.title}"' in page
    new = {"title": "Another", "team": "", "level": "mid", "start_from": f"template-{template.pk}"}
    answer = client.post("/roles/new/", new, follow=True)
    role = Role.objects.get(title="Another")
    assert answer.redirect_chain == [(f"/plans/{role.plans.get().pk}/", 302)]
    assert shape(role.plans.get()) == shape(plan)
    assert {row.competency for row in role.competencies.all()} == {row.competency for row in plan.competencies.all()}
    assert client.post("/roles/new/", new | {"title": "Third", "start_from": "template-0"}).status_code == 422


def test_a_template_is_a_copy_that_outlives_its_plan(client, person, plan):
    answer = client.post(f"/plans/{plan.pk}/template/", {"name": "Ours", "about": "For all."})
    template = PlanTemplate.objects.get()
    assert answer.headers["Location"] == f"/templates/{template.pk}/"
    before = client.get(f"/templates/{template.pk}.toml").content
    actions.discard_plan(plan=plan, by=person)
    assert client.get(f"/templates/{template.pk}.toml").content == before
    assert read_blueprint(tomllib.loads(before.decode())).name == "Ours"
    assert "Ours" in client.get("/templates/").content.decode()


def test_a_template_needs_a_name_of_its_own_and_a_stage(client, person, plan, target):
    actions.save_template(plan=plan, name="Ours", about="", by=person)
    assert client.post(f"/plans/{plan.pk}/template/", {"name": "Ours"}).status_code == 422
    assert client.post(f"/plans/{plan.pk}/template/", {"name": "\u202eOurs"}).status_code == 422
    empty = actions.start_plan(role=target, by=person)
    page = client.post(f"/plans/{empty.pk}/template/", {"name": "Empty"})
    assert (page.status_code, "has no stage yet" in page.content.decode()) == (422, True)


def test_a_removed_template_leaves_plans_as_they_are(client, person, plan, target):
    template = actions.save_template(plan=plan, name="Ours", about="", by=person)
    client.post(f"/templates/{template.pk}/", {"role": target.pk})
    assert client.post(f"/templates/{template.pk}/remove/").status_code == 302
    assert not PlanTemplate.objects.exists()
    assert shape(target.plans.get()) == shape(plan)
    with pytest.raises(Refused):
        actions.remove_template(template=template, by=person)


def test_a_plan_downloads_as_a_file_that_reads_back(client, plan):
    answer = client.get(f"/plans/{plan.pk}/plan.toml")
    assert answer.headers["Content-Type"].startswith("application/toml")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert read_blueprint(tomllib.loads(answer.content.decode())) == blueprint_of(plan)
    assert client.get("/templates/examples/general-loop.toml").content.decode().startswith('name = "General loop"')


def test_a_hiring_manager_starts_from_templates_and_an_interviewer_does_not(plan, signed_in):
    manager = MembershipFactory(role=RoleFactory(), hiring_manager=True)
    client = signed_in(manager.user)
    client.post("/templates/examples/general-loop/", {"role": manager.role_id})
    assert manager.role.plans.get().stages.count() == 4
    outsider = signed_in(MembershipFactory(role=plan.role).user)
    assert outsider.get("/templates/").status_code == 403
    assert outsider.get(f"/plans/{plan.pk}/copy/").status_code == 404


def test_templates_cost_the_same_for_one_and_for_three(client, person, plan, queries_of):
    actions.save_template(plan=plan, name="One", about="", by=person)
    one = queries_of(lambda: client.get("/templates/"))
    for name in ("Two", "Three"):
        actions.save_template(plan=plan, name=name, about="", by=UserFactory())
    assert queries_of(lambda: client.get("/templates/")) == one


def test_a_preview_costs_the_same_for_a_small_and_a_large_plan(client, person, queries_of):
    small, large = (
        ActivePlanFactory(stages=n, role=MembershipFactory(user=person, duty="recruiter").role) for n in (1, 3)
    )
    assert queries_of(lambda: client.get(f"/plans/{small.pk}/copy/")) == queries_of(
        lambda: client.get(f"/plans/{large.pk}/copy/")
    )


def _items(plan):
    return [item for stage in plan.stages.all() for section in stage.sections.all() for item in section.items.all()]


def _key(question):
    return question.pk


def sent(client, content, name=""):
    return client.post("/templates/upload/", {"file": SimpleUploadedFile("plan.toml", content), "name": name})


def test_a_plan_file_becomes_a_template_and_what_the_bank_has_not_is_listed(client, plan, target):
    content = client.get(f"/plans/{plan.pk}/plan.toml").content
    slug = _items(plan)[1].version.question.slug
    answer = sent(client, b"\xef\xbb\xbf" + content.replace(slug.encode(), b"never-seen-here"))
    template = PlanTemplate.objects.get()
    assert (answer.headers["Location"], template.name) == (f"/templates/{template.pk}/", str(plan))
    page = client.get(answer.headers["Location"]).content.decode()
    assert "The question “never-seen-here” is retired or not in the bank." in page
    client.post(f"/templates/{template.pk}/", {"role": target.pk})
    assert len(_items(target.plans.get())) == len(_items(plan)) - 1
    again = sent(client, content)
    assert again.status_code == 422
    assert "There is a template of this name already." in again.content.decode()
    assert sent(client, content.replace(b"\n", b"\r\n"), name="Ours").status_code == 302
    assert PlanTemplate.objects.filter(name="Ours", content__name="Ours").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "“name”"),
        (b"name = ", "not a TOML file"),
        (b"\xff\xfen\x00a\x00m\x00e\x00", "not text in UTF-8"),
        (b"#" * (MOST_BYTES + 1), "more than 128 kB"),
        (b"a = " + b"[" * 5000, "too many brackets"),
        (b"a." * 5000 + b"b = 1", "line 1 has more dots"),
        (("a." * 150 + '"\x85".') .encode() * 40 + b"b = 1", "line 1 has more dots"),
        (b"a = " + b"9" * 5000, "not a TOML file"),
        (b'title = "\\u0000"', "invisible character"),
        (b'colour = "red"', "there is no field “colour”"),
        (b"[[stages]]\nminutes = -5", "“name”"),
    ],
)  # fmt: skip
def test_a_file_that_holds_no_plan_is_refused_in_a_sentence_beside_its_field(client, content, said):
    answer = sent(client, content)
    assert answer.status_code == 422
    [problem] = answer.context["form"].errors["file"]
    assert problem.startswith("Not taken, because of the file: ")
    assert said in problem
    assert not PlanTemplate.objects.exists()


def test_nothing_chosen_is_said_and_only_who_makes_plans_may_upload(client, plan, signed_in):
    assert client.post("/templates/upload/", {"name": "x"}).status_code == 422
    assert sent(signed_in(MembershipFactory(role=plan.role).user), b"").status_code == 403
