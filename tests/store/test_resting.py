"""Connections that rest: lent to whoever comes next, closed with the store, never lost with a thread."""

import threading

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
