"""An office for adapters that need one, on SQLite alone."""

import pytest

from madoguchi.store.db import Store
from tests import people


@pytest.fixture
def sqlite_office(sqlite_url):
    """The shipped lender on a blank database; its clock stands still."""
    store = Store(sqlite_url)
    yield people.office(store)
    store.close()
