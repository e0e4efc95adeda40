"""Where the demo may stand, and how it is started."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.house import settle
from accounts.models import House, User
from committee.demo import load_demo
from foundation.lifecycle import Refused

pytestmark = pytest.mark.django_db
FILE = Path(settings.BASE_DIR, "fixtures/demo.toml")


def test_a_house_of_real_work_refuses_the_demo_and_keeps_its_kind():
    settle("real")
    with pytest.raises(Refused, match="holds real work"):
        load_demo(FILE)
    assert House.objects.get().kind == "real"
    assert not User.objects.exists()


def test_a_story_that_cannot_be_told_to_its_end_leaves_nothing_behind(tmp_path):
    broken = tmp_path / "demo.toml"
    broken.write_text(FILE.read_text())
    # Without the bank there is no competency for the first role.
    with pytest.raises(Exception, match="Competency matching query does not exist"):
        load_demo(broken)
    assert not User.objects.exists()
    assert not House.objects.exists()


def test_the_command_starts_no_demo_in_a_house_set_up_for_real_work(settings):
    settings.HOUSE = "real"
    with pytest.raises(CommandError, match=r"with: \./run"):
        call_command("demo", no_serve=True)
    assert not House.objects.exists()


@pytest.mark.long
def test_the_demo_is_prepared_by_one_command_and_doing_it_again_changes_nothing(tmp_path):
    def prepare():
        said = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        said |= {"DATA_DIR": str(tmp_path), "KIT_HOUSE": "demo", "PORT": "8207"}
        command = [sys.executable, "manage.py", "demo", "--no-serve"]
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=said, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.endswith("Demo ready: http://127.0.0.1:8207\n")
        with contextlib.closing(sqlite3.connect(tmp_path / "kit.sqlite3")) as database:
            tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone() for name in tables}

    once = prepare()
    assert once["interviews_candidate"] == (8 + 24,)
    assert prepare() == once
