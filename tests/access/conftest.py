"""The furnished world, and clients of everybody in it."""

import logging
from copy import deepcopy

import pytest
from django.test import Client

from accounts.models import User
from tests.access.world import make_world
from tests.factories import UserFactory


@pytest.fixture(scope="module")
def made(for_the_module):
    return make_world()


@pytest.fixture
def world(made, db):
    """The world as it was made: rows are taken back after each test, and what was read of them is read anew."""
    return deepcopy(made)


@pytest.fixture
def client_of(world, signed_in):
    """client_of(name of a person in the table) → a client of theirs."""

    def client_of(person):
        if person == "anonymous":
            return Client()
        if person == "deactivated":
            user = UserFactory(administrator=True, is_recruiter=True)
            client = signed_in(user)
            User.objects.filter(pk=user.pk).update(is_active=False)
            return client
        return signed_in(world.people[person])

    return client_of


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Refusals are meant here; a line of log for each would only cost time."""
    caplog.set_level(logging.CRITICAL, "django.request")
