"""PostgreSQL is waited for as long as SQLite is; a page's statements end in time, a batch's take theirs."""

import threading

import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.store import snapshot
from madoguchi.store.db import BUSY_SECONDS, Store

pytestmark = pytest.mark.postgres


@pytest.fixture
def store(request, tmp_path):
    """A Store on a migrated PostgreSQL."""
    with request.getfixturevalue("postgres_blanks").url(tmp_path) as url:
        made = Store(url)
        yield made
        made.close()


def test_nobody_waits_longer_for_a_row_than_on_sqlite_for_the_file(store):
    assert store.one("SHOW lock_timeout") == (f"{BUSY_SECONDS}s",)
    assert store.one("SHOW idle_in_transaction_session_timeout") == ("1min",)


def test_a_moment_is_held_for_as_long_as_a_dump_of_it_takes(store):
    with snapshot.held(store):
        assert store.one("SHOW idle_in_transaction_session_timeout") == ("0",)
    assert store.one("SHOW idle_in_transaction_session_timeout") == ("1min",)


def test_a_statement_that_takes_too_long_is_told_as_unavailable_and_the_thread_goes_on(store):
    store.hurry(1)
    with pytest.raises(Unavailable):
        store.rows("SELECT pg_sleep(5)")
    assert store.one("SELECT 1") == (1,)
    assert store.one("SHOW statement_timeout") == ("1s",)  # on the new connection as well


def test_an_act_that_takes_too_long_leaves_nothing(store):
    store.hurry(1)

    def act():
        with store.transaction():
            store.write("INSERT INTO closed_day (day, closed_at) VALUES (20261120, 0)")
            store.rows("SELECT pg_sleep(5)")

    with pytest.raises(Unavailable):
        act()
    assert store.rows("SELECT day FROM closed_day") == []


def test_other_threads_take_the_time_they_need(store):
    store.hurry(1)
    store.one("SELECT 1")
    said = []

    def batch():
        said.append(store.one("SHOW statement_timeout"))
        store.close()

    thread = threading.Thread(target=batch)
    thread.start()
    thread.join()
    assert said == [("0",)]
