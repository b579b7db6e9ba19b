"""Connections that rest: lent to whoever comes next, closed with the store, never lost with a thread."""

import threading
from contextlib import suppress

import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.store import resting
from madoguchi.store.db import Store


def elsewhere(act):
    """What an act gives in a thread of its own, which then ends without a word."""
    told = []
    thread = threading.Thread(target=lambda: told.append(act()))
    thread.start()
    thread.join()
    return told[0]


def test_who_comes_next_has_the_one_that_rests(database):
    database.one("SELECT 1")
    mine = database.peewee.connection()
    database.rest()
    assert database.peewee.is_closed()
    database.rest()  # nothing more to give

    def other():
        database.one("SELECT 1")
        found = database.peewee.connection()
        database.rest()
        return found

    assert elsewhere(other) is mine
    database.one("SELECT 1")
    assert database.peewee.connection() is mine


def test_two_at_once_have_two(database):
    database.rest()
    database.one("SELECT 1")
    mine = database.peewee.connection()
    assert elsewhere(lambda: (database.one("SELECT 1"), database.peewee.connection())[1]) is not mine


def test_a_thread_that_ends_with_one_leaves_it_open(database):
    database.rest()
    left = elsewhere(lambda: (database.one("SELECT 1"), database.peewee.connection())[1])
    assert left in database.peewee.told
    assert left.execute("SELECT 1").fetchone() == (1,)


def test_closing_closes_those_that_rest(database_url):
    store = Store(database_url)

    def rests():
        store.one("SELECT 1")
        store.rest()
        return 1

    elsewhere(rests)
    store.one("SELECT 1")
    store.rest()
    assert len(store.peewee.told) == 1
    store.close()
    assert not store.peewee.told


def test_a_lent_connection_is_as_patient_as_its_thread(database):
    database.hurry(7)
    database.one("SELECT 1")
    database.rest()
    shown = "SELECT '7s'" if database.sqlite else "SHOW statement_timeout"

    def other():
        return database.one(shown.replace("7s", "0"))

    assert elsewhere(other) == ("0",)
    database.hurry(7)
    assert database.one(shown) == ("7s",)


def test_one_that_rested_too_long_is_closed(database, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(resting.time, "monotonic", lambda: now[0])
    database.rest()

    def rests():
        database.one("SELECT 1")
        database.rest()

    database.one("SELECT 1")
    elsewhere(rests)
    now[0] = resting.OLDEST + 1
    database.rest()
    assert len(database.peewee.told) == 1


def test_one_with_an_act_that_nobody_ended_does_not_rest(database_url):
    store, other = Store(database_url), Store(database_url)
    act = store.transaction()
    act.__enter__()
    store.write("INSERT INTO closed_day (day, closed_at) VALUES (20261120, 0)")
    store.rest()
    assert not store.peewee.told
    assert other.rows("SELECT day FROM closed_day") == []
    other.close()
    with suppress(IndexError):  # peewee has nothing left to end
        act.__exit__(None, None, None)


def test_one_that_is_still_read_from_does_not_rest(sqlite_url):
    store = Store(sqlite_url)
    with store.transaction():
        store.insert_many("closed_day", ("day", "closed_at"), [(20261100 + n, 0) for n in range(1, 30)])
    reading = store.stream("SELECT day FROM closed_day")
    next(reading)
    store.rest()
    assert not store.peewee.told
    store.close()


@pytest.mark.postgres
def test_one_that_could_not_be_told_its_patience_is_not_lent_again(postgres_blanks, tmp_path, monkeypatch):
    with postgres_blanks.url(tmp_path) as url:
        store = Store(url)
        with monkeypatch.context() as broken:
            broken.setattr("madoguchi.store.db.PATIENCE", "SET no_such_thing = 1")
            with pytest.raises(Unavailable):
                store.one("SELECT 1")
            store.rest()
            assert not store.peewee.told
        assert store.one("SELECT 1") == (1,)
        store.close()


@pytest.mark.postgres
def test_a_statement_that_took_too_long_costs_no_connection(postgres_blanks, tmp_path):
    with postgres_blanks.url(tmp_path) as url:
        store = Store(url)
        store.hurry(1)
        store.one("SELECT 1")
        mine = store.peewee.connection()
        with pytest.raises(Unavailable):
            store.one("SELECT pg_sleep(5)")
        assert store.peewee.connection() is mine
        store.close()
