"""The site on a blank database, and a visitor who checks every page on the way."""

from pathlib import Path

import pytest

from madoguchi.services import cast
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support import retold
from tests.support.signing import CountingStore

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def plain_office(sqlite_url):
    """The shipped lender on a blank database; its clock stands still on Friday 20 November 2026, 10:00."""
    store = Store(sqlite_url)
    yield people.office(store)
    store.close()


@pytest.fixture
def stranger(plain_office):
    """Somebody who has not signed in, at the site without its demo door."""
    return Visitor(create_app(plain_office, Face("http://localhost", compiled=retold.COMPILED), ROOT))


@pytest.fixture
def office(sqlite_url):
    """The shipped lender on books that count what they are asked, and Hanako in her first days."""
    store = CountingStore(sqlite_url)
    made = people.office(store)
    people.newcomer(made, cast.HANAKO)
    yield made
    store.close()


@pytest.fixture
def app(office):
    """The site without its demo door."""
    return create_app(office, Face("http://localhost", compiled=retold.COMPILED), ROOT)


@pytest.fixture
def visitor(app):
    """Somebody who stands before the sign-in page."""
    found = Visitor(app)
    found.get("/login")
    return found
