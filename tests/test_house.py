"""The architecture as tests: what stands where, who may import whom, and how large a thing may grow."""

import ast
import base64
import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

from foundation.policy import check_policies, views

ROOT = Path(__file__).resolve().parent.parent
# From the ground up; an app may import only what stands before it.
GROUND = ["formulas", "foundation", "printing"]
APPS = ["accounts", "questions", "plans", "interviews", "committee"]
FLOORS = [*GROUND, *APPS]
TOP_LEVEL = {
    *FLOORS, "manage.py", "pyproject.toml", "docker-compose.yml", "interviewkit", "templates", "static", "fixtures", "tests",
    "docs", "run", "requirements.lock", "Dockerfile", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE",
}  # fmt: skip
DRAWERS = ["urls", "views", "forms", "actions", "policies", "lifecycles", "models"]


def tracked(pattern=""):
    """Files that git knows or would take, so that what a person keeps beside the code does not count."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if re.search(pattern, name) and (ROOT / name).exists()]


def sources():
    return [
        path
        for path in tracked(r"\.py$")
        if path.parts[len(ROOT.parts)] in {*FLOORS, "interviewkit"} and "migrations" not in path.parts
    ]


def imports(path):
    """(module, line) of every import in a file, wherever it stands."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno


def test_the_top_level_holds_what_the_design_names_and_nothing_else():
    assert {
        path.parts[len(ROOT.parts)] for path in tracked() if not path.relative_to(ROOT).parts[0].startswith(".")
    } <= TOP_LEVEL


@pytest.mark.parametrize("app", FLOORS)
def test_an_app_imports_only_the_floors_below(app):
    above = {*FLOORS[FLOORS.index(app) + 1 :], "interviewkit", "tests"}
    found = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in sources()
        if path.relative_to(ROOT).parts[0] == app
        for module, line in imports(path)
        if module.split(".")[0] in above
    ]
    assert found == []


def test_foreign_keys_point_down():
    for app in APPS:
        below = {*FLOORS[: FLOORS.index(app) + 1]}
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.get_fields():
                if field.is_relation and field.concrete:
                    assert field.related_model._meta.app_label in below, f"{model.__name__}.{field.name}"


def test_inside_an_app_a_drawer_opens_only_the_ones_beneath_it():
    found = []
    for path in sources():
        parts = path.relative_to(ROOT).with_suffix("").parts
        drawer = parts[1] if len(parts) > 1 else ""
        if drawer not in DRAWERS:
            continue
        higher = {f"{parts[0]}.{name}" for name in DRAWERS[: DRAWERS.index(drawer)]}
        found += [
            f"{path.relative_to(ROOT)}:{line} imports {module}"
            for module, line in imports(path)
            if ".".join(module.split(".")[:2]) in higher
        ]
    assert found == []


def test_every_view_has_a_policy():
    assert check_policies() == []
    assert len(list(views())) > 40


def test_whatever_is_sealed_is_frozen_by_the_database():
    from importlib import import_module

    frozen = {d.model for app in APPS for d in import_module(f"{app}.frozen").FROZEN}
    assert frozen >= {
        "accounts.Entry", "questions.QuestionVersion", "questions.Anchor", "questions.Probe", "questions.SampleAnswer", "questions.Override",
        "plans.InterviewPlan", "plans.PlanCompetency", "plans.Stage", "plans.Section", "plans.Item", "plans.VoidedItem",
        "interviews.Scorecard", "interviews.Score", "interviews.ScoreEdit", "interviews.CardEdit", "interviews.Amendment", "committee.Decision",
    }  # fmt: skip


def test_files_functions_views_and_templates_stay_small():
    too_large = []
    for path in sources():
        text = path.read_text()
        if len(text.splitlines()) > 300:
            too_large.append(f"{path.relative_to(ROOT)} has {len(text.splitlines())} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = node.end_lineno - node.lineno + 1
                limit = 25 if "views" in path.relative_to(ROOT).parts or path.name == "views.py" else 30
                if length > limit:
                    too_large.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {length} lines")
    for path in tracked(r"^templates/.*\.html$"):
        if len(path.read_text().splitlines()) > 120:
            too_large.append(f"{path.relative_to(ROOT)} has too many lines")
    assert too_large == []


@pytest.mark.parametrize(("floor", "most"), [("formulas", 600), ("foundation", 1050), ("printing", 700)])
def test_the_ground_stays_a_ground(floor, most):
    own = [path for path in sources() if path.relative_to(ROOT).parts[0] == floor]
    assert sum(len(path.read_text().splitlines()) for path in own) <= most
    assert [model for model in apps.get_models() if model.__module__.split(".")[0] == floor] == []


def test_no_template_has_script_or_style_inside_and_none_trusts_text():
    for path in tracked(r"^templates/.*\.html$"):
        text = path.read_text()
        assert not re.search(
            r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|\|\s*safe\b|autoescape off|hx-on|js:", text
        ), path


def test_text_is_marked_safe_in_one_place_only():
    found = {
        str(path.relative_to(ROOT))
        for path in sources()
        if re.search(r"mark_safe|csrf_exempt|\.extra\(|\.raw\(", path.read_text())
    }
    assert found == {"foundation/richtext.py"}


def test_every_tag_of_a_template_is_closed_before_the_next_one_opens():
    """A browser takes what follows an unclosed tag for its attributes, and says nothing."""
    for path in tracked(r"^templates/.*\.html$"):
        html = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", path.read_text(), flags=re.DOTALL)
        assert not re.search(r"<[a-z][^<>]*<", html), path


def test_templates_stand_two_deep():
    for path in tracked(r"^templates/.*\.html$"):
        parent = re.search(r'{% extends "([^"]+)"', path.read_text())
        assert parent is None or "{% extends" not in (ROOT / "templates" / parent[1]).read_text(), path


def parts_of(name):
    """A template with everything that it includes."""
    text = (ROOT / "templates" / name).read_text()
    return text + "".join(parts_of(part) for part in re.findall(r'{% include "([^"]+)"', text))


def test_a_page_loads_htmx_exactly_when_a_part_of_it_is_swapped():
    pages = [path.relative_to(ROOT / "templates") for path in tracked(r"^templates/.*\.html$")]
    for name in pages:
        whole = parts_of(name)
        if "{% extends" in whole:
            # The pager's own are drawn only for a list that is swapped, which another of its parts says as well.
            swapped = re.search(r"\shx-(get|post)=", re.sub(r"{% if swaps %}.*?{% endif %}", "", whole))
            assert ("parts/_htmx.html" in whole) == bool(swapped), name


def test_vendored_files_are_the_ones_that_were_taken():
    vendor = ROOT / "static/vendor"
    manifest = json.loads((vendor / "MANIFEST.json").read_text())
    files = {str(path.relative_to(vendor)): path for path in vendor.glob("*/*")}
    assert files.keys() == manifest.keys()
    for name, path in files.items():
        assert base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode() == manifest[name]["sha384"], name


def test_the_lock_holds_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text()
    assert "http" not in lock
    assert lock.count("--hash=sha256:") > lock.count("==")
