"""docker-compose.yml, which no test can start here, at least says what the Compose Specification understands."""

import re
import subprocess
import sys

import pytest
import ruamel.yaml
from django.conf import settings

COMPOSE = settings.BASE_DIR / "docker-compose.yml"


def complaints(path):
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_compose_file_fits_the_compose_specification():
    assert complaints(COMPOSE) == ""


@pytest.mark.parametrize(("good", "bad"), [("restart: unless-stopped", "restart: 3"), ("    image:", "    imagee:")])
def test_a_compose_file_with_a_slip_does_not_fit(tmp_path, good, bad):
    slipped = tmp_path / "docker-compose.yml"
    slipped.write_text(COMPOSE.read_text().replace(good, bad))
    assert complaints(slipped)


def test_it_names_only_settings_that_the_house_knows():
    described = (settings.BASE_DIR / "docs" / "settings.md").read_text()
    web = ruamel.yaml.YAML(typ="safe").load(COMPOSE.read_text())["services"]["web"]["environment"]
    assert {name.removesuffix("_FILE") for name in web} <= set(re.findall(r"`([A-Z_]+)`", described))
