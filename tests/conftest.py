"""Fixtures for all: servers on demand, blank databases on both engines, properties at a set pace."""

import pytest
from hypothesis import HealthCheck, settings

from tests.support import servers

# Derandomised: a red run is red again on the next machine. `--hypothesis-profile=explore` looks further.
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", max_examples=2000, deadline=None, database=None)
# Fewer examples for `make test-fast`; a test that names its own number keeps it, and `make test` runs all.
settings.register_profile("brisk", settings.get_profile("steady"), max_examples=25)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def postgres_url():
    """The address of this worker's own PostgreSQL, without a database name."""
    with servers.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url():
    """The address of this worker's own Redis."""
    with servers.redis() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_blanks(tmp_path_factory):
    """Hands out copies of one migrated SQLite file."""
    from tests.support.databases import SqliteBlanks

    return SqliteBlanks(tmp_path_factory.mktemp("blank"))


@pytest.fixture(scope="session")
def postgres_blanks(postgres_url):
    """Hands out PostgreSQL databases made from one migrated template."""
    from tests.support.databases import PostgresBlanks

    return PostgresBlanks(postgres_url)


@pytest.fixture(scope="session")
def strict_blanks(postgres_url):
    """Hands out PostgreSQL databases that serialise: acts in each other's way are undone and done again."""
    from tests.support.databases import PostgresBlanks

    return PostgresBlanks(postgres_url, "strict", "default_transaction_isolation = serializable")


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc):
    """Whatever lets many act at the same moment is also run on a PostgreSQL that serialises."""
    lets_go = {"at_once", "each_at_once"} & set(metafunc.function.__code__.co_names)
    if lets_go and "database_url" in metafunc.fixturenames:
        strict = pytest.param("strict", marks=pytest.mark.postgres)
        engines = pytest.mark.parametrize("database_url", [*ENGINES, strict], indirect=True)
        metafunc.definition.add_marker(engines)


ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=ENGINES)
def database_url(request, tmp_path):
    """The address of a blank, migrated database; the test runs once on each engine."""
    with request.getfixturevalue(f"{request.param}_blanks").url(tmp_path) as url:
        yield url


@pytest.fixture
def database(database_url):
    """A Store on a blank, migrated database; the test runs once on each engine."""
    from madoguchi.store.db import Store

    store = Store(database_url)
    yield store
    store.close()


@pytest.fixture
def sqlite_url(sqlite_blanks, tmp_path):
    """The address of a blank, migrated SQLite database alone, for tests where the engine does not matter."""
    with sqlite_blanks.url(tmp_path) as url:
        yield url
