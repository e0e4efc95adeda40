"""What the tests of a running house share."""

from contextlib import nullcontext

import pytest

from tests.on_postgres import postgres


@pytest.fixture(params=["postgresql", pytest.param("sqlite", marks=pytest.mark.long)])
def database(request):
    """The DATABASE_URL of an empty database; empty for SQLite, which the short run leaves to the browser's tests."""
    with postgres() if request.param == "postgresql" else nullcontext("") as address:
        yield address
