"""Migrations that write a table anew lose nothing that stood in it."""

import pytest
from playhouse.migrations import Runner

from madoguchi.store import borrow_stops, schema
from madoguchi.store.db import Store


@pytest.fixture
def old(tmp_path):
    """A SQLite database from before the log knew passkeys, with two lines in it."""
    store = Store(f"sqlite:///{tmp_path}/old.db")
    store.peewee.connect(reuse_if_open=True)
    Runner(store.peewee, str(schema.FOLDER)).up("0009_compared")
    with store.transaction():
        for at in (1, 2):
            store.write(
                "INSERT INTO sign_in_event (at, route, outcome, known_device, device_label, block) "
                "VALUES (?, 'card', 'wrong', 0, 'iPhoneのSafari', '192.0.2.0/24')",
                (at,),
            )
    yield store
    store.close()


def test_the_log_of_sign_ins_keeps_its_lines_their_numbers_and_its_index(old):
    before = old.rows("SELECT * FROM sign_in_event ORDER BY id")
    schema.migrate(old)
    assert old.rows("SELECT * FROM sign_in_event ORDER BY id") == before
    assert schema.pending(old) == []
    with old.transaction():
        old.write(
            "INSERT INTO sign_in_event (at, route, outcome, known_device, device_label, block) "
            "VALUES (3, 'passkey', 'wrong', 0, '', '')"
        )
    assert old.one("SELECT MAX(id) FROM sign_in_event") == (3,)
    assert old.one("SELECT COUNT(*) FROM sqlite_master WHERE name = 'sign_in_event_member'") == (1,)


def test_stops_of_before_tell_what_they_kept(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/stops.db")
    store.peewee.connect(reuse_if_open=True)
    Runner(store.peewee, str(schema.FOLDER)).up("0063_looks")
    store.peewee.execute_sql("PRAGMA foreign_keys = 0")
    with store.transaction():
        store.write(
            "INSERT INTO borrow_stop (contract_id, days, began_at, asked_at, lifts_at, ended_at) "
            "VALUES (1, 3, 10, 20, 30, 31), (1, 7, 40, NULL, NULL, NULL)"
        )
    schema.migrate(store)
    told = [(one.what, one.days) for one in borrow_stops.past(store, 1, 9)]
    assert told == [("began", 7), ("lifted", 3), ("asked", 3), ("began", 3)]
    store.close()
