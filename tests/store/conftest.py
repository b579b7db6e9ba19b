"""One PostgreSQL as two machines reach it."""

import pytest

from madoguchi.store.db import Store


@pytest.fixture
def url(postgres_blanks, tmp_path):
    """The address of a blank, migrated database on PostgreSQL."""
    with postgres_blanks.url(tmp_path) as found:
        yield found


@pytest.fixture
def store(url):
    """One machine's way to it."""
    made = Store(url)
    yield made
    made.close()


@pytest.fixture
def other(url):
    """Another machine's."""
    made = Store(url)
    yield made
    made.close()
