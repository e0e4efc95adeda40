"""`./run assemble_plan SPEC.json`: what scripts and people are told, and that whatever is wrong is a sentence."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from plans.assembly.writing import spec_written
from tests.plans.brute import A11

SPEC = json.loads(json.dumps(spec_written(A11)))


@pytest.fixture
def told(tmp_path):
    """told(spec, *options) → what the command prints for a spec, or for a text that is none."""

    def run(spec, *options):
        path = tmp_path / "spec.json"
        path.write_text(spec if isinstance(spec, str) else json.dumps(spec))
        said, noted = io.StringIO(), io.StringIO()
        call_command("assemble_plan", str(path), *options, stdout=said, stderr=noted)
        return said.getvalue(), noted.getvalue()

    return run


def test_it_works_as_a_process_and_opens_no_house(tmp_path):
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(SPEC))
    environment = os.environ | {
        "DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
    }
    command = [sys.executable, "manage.py", "assemble_plan", str(path), "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {
        "status": "optimal",
        "bound": 37,
        "gap": 0,
        "forms": [{"ids": ["Q01", "Q02", "Q03", "Q06", "Q09", "Q10", "Q12"], "minutes": 45, "value": 37}],
    }
    path.write_text(json.dumps({**SPEC, "pinned": ["Q99"]}))
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"CommandError: {path} is no spec: pinned: there is no question with the id “Q99”.\n"


def test_without_json_it_speaks_to_people(told):
    said, _noted = told(SPEC)
    assert "37 in 45 minutes: Q01, Q02" in said
    assert "this is the best" in said


def test_that_nothing_fits_is_an_answer_and_names_what_to_relax(told):
    answer = json.loads(told({**SPEC, "minutes": 15}, "--json")[0])
    assert answer == {
        "status": "infeasible",
        "bound": None,
        "gap": None,
        "forms": [],
        "relax": {"constraint": "minutes", "by": 5, "to": 20},
    }
    assert "5 minutes more, 20 in all" in told({**SPEC, "minutes": 15})[0]
    pinned = json.loads(told({**SPEC, "pinned": ["Q04", "Q01"]}, "--json")[0])
    assert pinned["relax"] == {"constraint": "enemies", "ids": ["Q01", "Q04"], "by": 1}


def test_only_minutes_and_questions_are_needed(told):
    answer = json.loads(told({"minutes": 10, "questions": SPEC["questions"]}, "--json")[0])
    assert answer["forms"] == [{"ids": ["Q01"], "minutes": 10, "value": 9}]


def test_a_name_that_means_nothing_is_passed_over_and_said(told):
    said, noted = told({**SPEC, "at_lest": {"A": 3}}, "--json")
    assert json.loads(said)["bound"] == 37
    assert "“at_lest” means nothing in a spec" in noted


QUESTION = SPEC["questions"][0]


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("{", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ('{"minutes": 1, "minutes": 2}', "“minutes” stands twice"),
        ('{"minutes": ' + "9" * 5000 + "}", "a number has thousands of digits"),
        ({**SPEC, "minutes": 10**400}, "minutes must be a number from 0"),
        ({**SPEC, "at_most": {"\ud800": 1}}, "half a letter"),
        ([], "it must be an object"),
        ({**SPEC, "minutes": None}, "minutes must be a number"),
        ({"questions": []}, "minutes is missing"),
        ({"minutes": 45}, "questions is missing"),
        ({**SPEC, "minutes": -1}, "minutes must be a number from 0"),
        ({**SPEC, "minutes": True}, "minutes must be a number"),
        ({**SPEC, "minutes": float("nan")}, "minutes must be a number"),
        ({**SPEC, "questions": {}}, "questions must be a list"),
        ({**SPEC, "questions": ["Q01"]}, "questions[0] must be an object"),
        ({**SPEC, "questions": [{**QUESTION, "id": 7}]}, "questions[0]: id must be a text"),
        ({**SPEC, "questions": [QUESTION, QUESTION]}, "“Q01” stands twice"),
        ({**SPEC, "questions": [{**QUESTION, "minutes": 0}]}, "questions[0] (Q01): minutes must be more than 0"),
        ({**SPEC, "questions": [{**QUESTION, "value": "9"}]}, "questions[0] (Q01): value must be a number"),
        ({**SPEC, "questions": [{**QUESTION, "value": 1e300}]}, "(Q01): value must be a number from -1e+09"),
        ({**SPEC, "questions": [{**QUESTION, "competency": " "}]}, "competency must be a text"),
        ({**SPEC, "at_least": {"A": 1.5}}, "at_least: A must be a whole number"),
        ({**SPEC, "at_most": {"A": -1}}, "at_most: A must be a whole number"),
        ({**SPEC, "at_most": ["A"]}, "at_most must be an object"),
        ({**SPEC, "enemies": [["Q01"]]}, "enemies[0] must be a pair"),
        ({**SPEC, "enemies": [["Q01", "Q01"]]}, "cannot be an enemy of itself"),
        ({**SPEC, "enemies": [["Q01", ["Q02"]]]}, "enemies[0]: there is no question"),
        ({**SPEC, "banned": ["Q99"]}, "banned: there is no question with the id “Q99”"),
        ({**SPEC, "pinned": "Q01"}, "pinned must be a list"),
        ({**SPEC, "forms": 5}, "forms must be a whole number from 1 to 4"),
        ({**SPEC, "forms": 0}, "forms must be a whole number from 1 to 4"),
        ({**SPEC, "stages": [{"minutes": 20}]}, "stages and forms cannot stand together"),
        ({"questions": [], "stages": []}, "at least one stage"),
        ({"questions": [QUESTION], "stages": [{"minutes": 9, "pinned": ["Q01"]}, {"minutes": 9, "pinned": ["Q01"]}]}, "pinned in two"),
        ({"questions": [QUESTION], "stages": [{"minutes": 9, "competencies": [1]}]}, "competencies must be a list of texts"),
    ],
)  # fmt: skip
def test_whatever_is_wrong_with_a_spec_is_said_in_a_sentence(told, spec, sentence):
    with pytest.raises(CommandError, match=r"is no spec: .*\.$") as refusal:
        told(spec, "--json")
    assert sentence in str(refusal.value)
    assert refusal.value.returncode == 2


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf"])
def test_time_that_makes_no_sense_is_said_in_a_sentence(told, seconds):
    with pytest.raises(CommandError, match="--seconds must be more than 0"):
        told(SPEC, f"--seconds={seconds}")


def test_a_file_that_cannot_be_read_is_said_in_a_sentence(tmp_path):
    (tmp_path / "latin.json").write_bytes(b'{"\xff": 1}')
    for path in [tmp_path, tmp_path / "none.json", tmp_path / "latin.json"]:
        with pytest.raises(CommandError, match="is no spec") as refusal:
            call_command("assemble_plan", str(path))
        assert refusal.value.returncode == 2
