"""The office on a blank database of either engine, at people.TODAY."""

import pytest

from tests import people


@pytest.fixture
def office(database):
    """An Office whose clock stands still."""
    return people.office(database)
