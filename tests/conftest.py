"""What every test may lean on: a settled house, people signed in, and a real database underneath."""

import os
import sys

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from foundation import frozen
from printing import pdf

# Playwright's own loop runs in the test's thread; our code makes no async call.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_sessionstart(session):
    """Pages name static files by their content, so these are gathered as for a start of the house: once for all workers."""
    from accounts.running import gather_static

    if not hasattr(session.config, "workerinput"):
        gather_static()


# What takes longest alone. Begun last, it would be waited for with nothing else left to do.
LONGEST = ("test_pages.py", "test_walk.py", "test_schedules.py")


def pytest_collection_modifyitems(items):
    """The browser's next: while it is waited for there is other work to do, which at the end there is not."""
    items.sort(key=lambda item: (item.path.name not in LONGEST, item.path.parent.name != "browser"))


@pytest.fixture(scope="session", autouse=True)
def a_house_of_its_own(tmp_path_factory):
    """Workers side by side are houses apart: what one prints keeps no other waiting for its turn at the printer."""
    django_settings.DATA_DIR = tmp_path_factory.mktemp("house")


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_shared_counts():
    """Sign-in limits are counted in the cache: every test starts from none."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="session")
def live_server():
    """The server of pytest-django, but static files come from our own middleware as they do for real."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda application: application
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def for_the_module(django_db_setup, django_db_blocker):
    """What is made in here stands for every test of a file and is gone after the last; each takes back its own changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def lifted(transactional_db):
    """A database without transactions around the test. Its flush needs the triggers out of the way, and only here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    frozen.put_back(connection)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM questions_words")  # no table of Django's, so its flush does not empty it
    frozen.take_down(connection)


@pytest.fixture
def signed_in():
    """signed_in(user) → a client in which that person is signed in."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def own_printer(monkeypatch, tmp_path):
    """own_printer(script, *arguments) → a printer for this test alone, which may be lamed or killed; `script` its code."""
    started = []
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # a killed one leaves its folder behind

    def start(script="", *arguments):
        code = ["-c", script] if script else ["-m", "printing.printer"]
        monkeypatch.setattr(pdf, "COMMAND", [sys.executable, *code, *arguments])
        monkeypatch.setattr(pdf, "_printer", pdf._Printer())
        started.append(pdf._printer)
        return pdf._printer

    yield start
    for printer in started:
        printer.stop()
