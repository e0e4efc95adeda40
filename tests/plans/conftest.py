import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def queries_of():
    """queries_of(act) → how many queries `act` makes."""

    def count(act):
        with CaptureQueriesContext(connection) as made:
            act()
        return len(made)

    return count
