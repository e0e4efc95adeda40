from copy import deepcopy

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client

from tests.walls.worlds import NOW, build_world


@pytest.fixture(scope="module")
def built(for_the_module):
    return build_world()


@pytest.fixture
def world(built, db, monkeypatch):
    """The house, at a moment that does not move: also for the times that cookies and one-time links carry."""
    monkeypatch.setattr("time.time", NOW.timestamp)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _self: NOW.replace(tzinfo=None))
    # Cheap: three zones to choose from say as much here as six hundred, and nobody looks at kept copies of contexts.
    monkeypatch.setattr("zoneinfo.available_timezones", lambda: {"Europe/Berlin", "Europe/London", "UTC"})
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_args, **_kept: None)
    return deepcopy(built)


@pytest.fixture
def client_of(world, signed_in):
    return lambda name: Client() if name == "anonymous" else signed_in(world.people[name])
