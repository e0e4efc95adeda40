"""A setting that would be unsafe or cannot work stops the start with one sentence that names the fix."""

import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings

SWITCHES = {
    "KIT_HOUSE", "KIT_DEBUG", "SITE_URL", "SECRET_KEY", "SECRET_KEY_FILE", "DATABASE_URL", "DATABASE_URL_FILE", "PORT",
    "BEHIND_PROXY", "DEFAULT_ZONE", "PAPER",
}  # fmt: skip


def manage(*command, **said):
    """manage.py in a process of its own, in which of all switches only `said` are set."""
    clean = {name: value for name, value in os.environ.items() if name not in SWITCHES}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR, env={**clean, **said}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def refusal(answer):
    """The one sentence with which a start was refused."""
    assert answer.returncode != 0
    assert "Traceback" not in answer.stderr
    lines = answer.stderr.strip().splitlines()
    assert len(lines) == 1, answer.stderr
    return lines[0].removeprefix("CommandError: ")


@pytest.mark.parametrize(
    ("said", "fix"),
    [
        ({"KIT_HOUSE": "play"}, "KIT_HOUSE must be demo or real."),
        ({"SITE_URL": "http://kit.example.org"}, "it must start with https://"),
        ({"SITE_URL": "kit.example.org"}, "SITE_URL must be a whole address"),
        ({"SITE_URL": "ftp://127.0.0.1"}, "SITE_URL must be a whole address"),
        ({"SITE_URL": "https://kit.example.org/kit"}, "SITE_URL must be a whole address without a path"),
        ({"SITE_URL": "http://[::1"}, "SITE_URL must be a whole address"),
        ({"SITE_URL": "http://127.0.0.1:eight"}, "SITE_URL must be a whole address"),
        ({"KIT_HOUSE": "demo", "SITE_URL": "https://kit.example.org"}, "For others: ./run serve"),
        ({"SECRET_KEY": "too short"}, "use at least 50 random characters"),
        ({"SECRET_KEY_FILE": "/none/such"}, "SECRET_KEY_FILE is /none/such, which cannot be read"),
        ({"KIT_DEBUG": "1", "SITE_URL": "https://kit.example.org"}, "take it out, or use a loopback SITE_URL"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL must be like postgres://"),
        ({"DATABASE_URL": "mysql://kit:secret-word@host/kit"}, "DATABASE_URL must be like postgres://"),
        ({"DATABASE_URL": "postgres://kit:secret-word@host:port/kit"}, "DATABASE_URL must be like postgres://"),
        ({"PORT": "eight"}, "PORT must be a number from 1 to 65535"),
        ({"PAPER": "letter"}, "PAPER must be A4 or Letter."),
        ({"PORT": "0"}, "PORT must be a number from 1 to 65535"),
        ({"PORT": "70000"}, "PORT must be a number from 1 to 65535"),
    ],
)
def test_a_setting_that_cannot_stand_stops_the_start(tmp_path, said, fix):
    sentence = refusal(manage("serve", "--no-serve", DATA_DIR=str(tmp_path), **said))
    assert fix in sentence
    assert "secret-word" not in sentence
    assert not (tmp_path / "kit.sqlite3").exists()


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    sentence = refusal(manage("check", DATA_DIR=str(tmp_path / "file" / "data")))
    assert f"{tmp_path}/file/data cannot be written" in sentence
    assert "DATA_DIR=/some/folder" in sentence


def test_a_database_that_cannot_be_reached_is_named_without_its_password(tmp_path):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"postgres://kit:secret-word@127.0.0.1:{unused.getsockname()[1]}/house"
        sentence = refusal(manage("serve", "--no-serve", DATA_DIR=str(tmp_path), DATABASE_URL=address))
    assert "The database house cannot be used" in sentence
    assert "DATABASE_URL" in sentence
    assert "secret-word" not in sentence


def test_a_database_that_may_only_be_read_is_said(tmp_path):
    file = tmp_path / "kit.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE other (id)")
    # Byte 18 of the file's head says who may write it; from 3 on, nobody. This holds for root too, as a file's mode does not.
    content = bytearray(file.read_bytes())
    content[18] = 3
    file.write_bytes(content)
    sentence = refusal(manage("serve", "--no-serve", DATA_DIR=str(tmp_path)))
    assert "readonly database" in sentence
    assert "DATA_DIR=/some/folder" in sentence


def test_a_file_that_is_no_database_is_said(tmp_path):
    (tmp_path / "kit.sqlite3").write_text("not a database at all, but long enough to be looked at" * 20)
    sentence = refusal(manage("serve", "--no-serve", DATA_DIR=str(tmp_path)))
    assert "file is not a database" in sentence


def test_a_taken_port_is_said_and_another_proposed(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        answer = manage("serve", DATA_DIR=str(tmp_path), PORT=port)
    assert f"Port {port} is taken. Choose another, like PORT=8123." in refusal(answer)


def test_an_address_of_another_machine_is_not_called_a_taken_port(tmp_path):
    answer = manage("serve", "--bind", "192.0.2.1:8000", DATA_DIR=str(tmp_path), SITE_URL="https://kit.example.org")
    assert "192.0.2.1:8000 cannot be served on" in refusal(answer)


def test_serving_other_machines_without_https_is_refused(tmp_path):
    sentence = refusal(manage("serve", "--bind", "0.0.0.0:8000", DATA_DIR=str(tmp_path)))
    assert "SITE_URL=https://" in sentence


@pytest.mark.long
def test_the_commands_of_demo_and_real_refuse_each_others_house(tmp_path):
    assert "./run serve" in refusal(manage("serve", "--no-serve", DATA_DIR=str(tmp_path), KIT_HOUSE="demo"))
    assert "The demo is started with: ./run" in refusal(manage("demo", "--no-serve", DATA_DIR=str(tmp_path)))
