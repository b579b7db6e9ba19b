"""Fixtures of the faults: a rehearsal of production, whose processes a test may kill."""

import pytest

from tests.support.rehearsal import Rehearsal


@pytest.fixture
def stage(database_url, tmp_path):
    """A rehearsal on blank books, once on each engine."""
    made = Rehearsal(database_url, tmp_path)
    yield made
    made.office.store.close()
