"""The plans that ship: each a fair, timed loop by the rules that the product itself holds plans to."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from plans import actions
from plans.blueprint_files import BlueprintFault, as_tables, as_toml, read_blueprint
from plans.coverage import KEPT_FREE
from plans.examples import examples, read_example
from plans.models import Stage
from plans.outline import outline_of
from plans.plan_lint import findings_in
from questions.bank import load_bank
from tests.factories import RoleFactory, UserFactory
from tests.questions.records import ENTRIES

QUESTIONS = {entry.slug: entry.content.fields for entry in ENTRIES}
# What a role of this level is asked; a junior one is never asked what takes years, a senior one nothing for beginners.
LEVELS = {"junior": {"beginner"}, "mid": {"beginner", "intermediate"}, "senior": {"intermediate", "advanced"}}
each = pytest.mark.parametrize("example", examples().values(), ids=examples())


def test_the_examples_are_those_that_teams_ask_for():
    assert set(examples()) == {
        "ml-engineer-junior", "ml-engineer-senior", "data-scientist-product", "ml-platform-engineer", "general-loop",
        "commerce-and-cloud", "product-and-systems", "statistics-and-experiments", "customer-success-manager",
    }  # fmt: skip


@pytest.mark.django_db
def test_every_example_becomes_a_draft_that_nothing_is_said_against():
    load_bank(Path(settings.BASE_DIR, "fixtures/bank"))
    for example in examples().values():
        plan, found = actions.start_plan_from(role=RoleFactory(), blueprint=example, by=UserFactory())
        outline = outline_of(plan)
        said = [finding.sentence for finding in findings_in(outline)]
        assert (example.name, found.left_out, said) == (example.name, (), [])
        assert len(outline.items) == len(example.items)


@each
def test_an_example_judges_four_to_eight_competencies_most_of_them_twice(example):
    assert 4 <= len(example.weights) <= 8
    heard = [
        sum(any(item.scored for item in section.items) for stage in example.stages for section in stage.sections if section.competency == row.slug)
        for row in example.weights
    ]  # fmt: skip
    assert min(heard) >= 1
    assert sum(often >= 2 for often in heard) >= len(heard) / 2
    # What weighs double is never in the hands of one interviewer.
    assert all(often >= 2 for often, row in zip(heard, example.weights, strict=True) if row.weight > 1)


@each
def test_an_example_has_two_to_five_interviews_within_their_minutes(example):
    assert 2 <= len([stage for stage in example.stages if stage.kind == Stage.Kind.INTERVIEW]) <= 5
    for stage in example.stages:
        assert sum(item.minutes for item in stage.items) <= stage.minutes - KEPT_FREE
        assert stage.opening
        assert stage.closing


@each
def test_each_stage_of_an_example_has_one_warm_up_and_asks_what_fits_its_level(example):
    assert all(sum(not item.scored for item in stage.items) == 1 for stage in example.stages)
    asked = {QUESTIONS[item.slug]["level"] for item in example.items if item.scored}
    assert asked <= LEVELS[example.level]


@each
def test_an_example_says_why_something_weighs_more_and_names_no_firm(example):
    assert all(bool(row.reason) == (row.weight > 1) for row in example.weights)
    text = as_toml(example).casefold()
    assert not [firm for firm in ("google", "amazon", "facebook", "meta ", "twitter", "microsoft") if firm in text]


@each
def test_an_example_reads_back_as_it_is_written(example):
    assert read_blueprint(tomllib.loads(as_toml(example))) == example
    assert read_blueprint(as_tables(example)) == example


def test_a_file_keeps_quotes_backslashes_tabs_and_lines():
    hostile = 'Say "hello"\\n \\ {x} <b> ��\tend'.replace("��", "\u2028é😀")
    told = as_tables(examples()["general-loop"]) | {
        "about": hostile.replace("\u2028", "\n"),
        "placeholders": {"a b": '"'},
    }
    found = read_blueprint(told)
    assert read_blueprint(tomllib.loads(as_toml(found))) == found


BAD = {
    "colour": ({"colour": "red"}, "the file: there is no field “colour”."),
    "no name": ({"name": ""}, "the file: “name”"),
    "a level that is none": ({"level": "wizard"}, "the file: “level”"),
    "no stage": ({"stages": []}, "from one to 50"),
    "too many stages": ({"stages": [{"name": f"{n}", "minutes": 45} for n in range(51)]}, "from one to 50"),
    "an invisible letter": ({"placeholders": {"a": "b\x00"}}, "placeholders: “a”: This text has an invisible"),
    "a name that is none": ({"placeholders": {"a\x00": "b"}}, "This text has an invisible"),
    "stages that are none": ({"stages": [3]}, "“stages” must be a list of tables"),
    "text that is none": ({"title": 3}, "“title” must be text"),
    "an unreasoned weight": ({"competencies": [{"slug": "x", "weight": 2}]}, "competency “x”: Say in a few words"),
    "a weight of 0": (
        {"competencies": [{"slug": "x", "weight": 0}]},
        "competency “x”: A weight is a whole number from 1",
    ),
    "a weight of words": ({"competencies": [{"slug": "x", "weight": "2"}]}, "“weight” must be a whole number"),
    "one competency twice": ({"competencies": [{"slug": "x"}, {"slug": "x"}]}, "competency “x”: it is there twice"),
    "placeholders that are none": ({"placeholders": []}, "“placeholders” must be a table"),
    "a long placeholder": ({"placeholders": {"a": "x" * 201}}, "placeholder “a”: it is one line"),
}
STAGE = {"name": "Talk", "minutes": 45}
BAD_STAGES = {
    "no minutes": ([{"name": "Talk"}], "stage “Talk”: “minutes” must be a whole number"),
    "too short": ([STAGE | {"minutes": 0}], "stage “Talk”: “minutes” is from 5 to 480"),
    "an odd kind": ([STAGE | {"kind": "party"}], "stage “Talk”: “kind”"),
    "one name twice": ([STAGE, STAGE | {"name": "talk"}], "stage “talk”: it is there twice"),
    "an unweighed section": ([STAGE | {"sections": [{"competency": "y"}]}], "“y” is not among"),
    "an odd warm-up": ([STAGE | {"sections": [{"competency": "x", "questions": [{"slug": "q", "minutes": 4, "warm_up": 1}]}]}], "“warm_up” must be"),
    "no time for a question": ([STAGE | {"sections": [{"competency": "x", "questions": [{"slug": "q", "minutes": 0}]}]}], "“minutes” is from 1 to 240"),
    "a question twice": ([STAGE | {"sections": [{"competency": "x", "questions": [{"slug": "q", "minutes": 4}] * 2}]}], "question “q”: it is there twice"),
}  # fmt: skip
BAD |= {
    name: ({"stages": stages, "competencies": [{"slug": "x"}]}, said) for name, (stages, said) in BAD_STAGES.items()
}


@pytest.mark.parametrize(("change", "said"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_in_a_sentence_that_names_the_place(change, said, tmp_path):
    told = as_tables(examples()["general-loop"]) | change
    with pytest.raises(BlueprintFault, match=said):
        read_blueprint(told)


def test_a_file_that_is_no_toml_is_named(tmp_path):
    path = tmp_path / "broken.toml"
    path.write_text("name = ", encoding="utf-8")
    with pytest.raises(BlueprintFault, match=r"broken\.toml, the file: it is not a TOML file"):
        read_example(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BlueprintFault, match=r"broken\.toml, the file: it is not text in UTF-8"):
        read_example(path)
    path.write_text('name = "x"', encoding="utf-8")
    with pytest.raises(BlueprintFault, match=r"broken\.toml, the file"):
        read_example(path)
