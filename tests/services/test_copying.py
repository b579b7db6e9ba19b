"""From SQLite to PostgreSQL: everything as it was, or nothing at all."""

import threading
from dataclasses import replace

import psycopg
import pytest

from madoguchi.domain.faults import Unavailable, Unfit
from madoguchi.services import copying, verify
from madoguchi.store import copying as rows
from madoguchi.store import schema
from madoguchi.store.db import Store
from tests import people

CARD = "9900000000000001"
pytestmark = pytest.mark.postgres


@pytest.fixture
def books(sqlite_url):
    """An office on SQLite with everybody in its books."""
    office = people.office(Store(sqlite_url))
    people.full_cast(office)
    yield office
    office.store.close()


@pytest.fixture
def target(postgres_blanks, tmp_path):
    """An empty PostgreSQL database, with the schema."""
    with postgres_blanks.url(tmp_path) as url:
        store = Store(url)
        yield store
        store.close()


@pytest.fixture
def blank(postgres_url):
    """The address of a database without any table."""
    with psycopg.connect(f"{postgres_url}/postgres", autocommit=True) as server:
        server.execute("CREATE DATABASE nothing_yet")
        yield f"{postgres_url}/nothing_yet"
        server.execute("DROP DATABASE nothing_yet WITH (FORCE)")


def counts(store, names):
    """How many rows each table has."""
    return {name: store.one(f"SELECT COUNT(*) FROM {name}")[0] for name in names}


def names_in(store):
    """The tables of an SQLite database without those that it keeps for itself."""
    found = store.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return sorted(name for (name,) in found if name != rows.OWN)


def is_empty(store):
    """Whether no table of ours holds a row."""
    return not any(counts(store, schema_tables(store)).values())


def schema_tables(store):
    """The tables of a PostgreSQL database without the one of migrations."""
    found = store.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [name for (name,) in found if name != rows.OWN]


def test_everybody_is_there_with_each_row_and_every_figure(books, target):
    done = copying.copy_to(books, target.url)
    names = names_in(books.store)
    assert counts(target, names) == counts(books.store, names)
    assert (done.tables, done.rows, done.faults) == (len(names), sum(counts(target, names).values()), ())
    assert done.ledger.entries > 100
    assert list(verify.differences(replace(books, store=target))) == []


def test_a_blank_database_gets_the_schema_first(books, blank):
    copying.copy_to(books, blank)
    store = Store(blank)
    assert schema.applied(store) == schema.names()
    assert store.one("SELECT COUNT(*) FROM member") == (8,)
    store.close()


def test_every_kind_of_value_survives(books, target):
    odd = "髙﨑 '\"\\%s?\n\t𠮷\u200b"
    with books.store.transaction():
        books.store.write("INSERT INTO lender VALUES (?, ?)", (odd, odd))
        document = "INSERT INTO document VALUES (99, ?, 'x', 'x', 0, 0, 0, ?, '{}', '0123456789abcdef')"
        (contract,) = books.store.one("SELECT MIN(id) FROM contract")
        books.store.write(document, (contract, odd))
        books.store.write(
            "INSERT INTO document_bytes VALUES (99, ?, ?, ?)", ("0" * 64, bytes(range(256)), 1 << 53)
        )
    copying.copy_to(books, target.url)
    assert target.one("SELECT facts FROM lender WHERE key = ?", (odd,)) == (odd,)
    assert target.one("SELECT bytes, made_at FROM document_bytes WHERE document_id = 99") == (
        bytes(range(256)),
        1 << 53,
    )


def test_the_next_member_gets_a_number_of_its_own_even_behind_one_that_is_gone(books, target):
    with books.store.transaction():
        books.store.write("INSERT INTO sign_in_event VALUES (5000, 0, NULL, 'card', 'x', 0, '', '')")
        books.store.write("DELETE FROM sign_in_event WHERE id = 5000")
    (highest,) = books.store.one("SELECT MAX(id) FROM member")
    copying.copy_to(books, target.url)
    moved = people.office(target)
    made = people.newcomer(moved, member=replace(people.cast.ICHIRO.member, number="990000001"), card=CARD)
    assert made.member_id == highest + 1
    with target.transaction():
        columns = "at, route, outcome, known_device, device_label, block"
        sql = f"INSERT INTO sign_in_event ({columns}) VALUES (0, 'card', 'x', 0, '', '') RETURNING id"
        assert target.one(sql) == (5001,)
    assert list(verify.differences(moved)) == []


def test_a_database_in_use_is_refused_and_left_as_it_is(books, target):
    people.ichiro(people.office(target))
    before = counts(target, names_in(books.store))
    with pytest.raises(Unfit, match="is in use"):
        copying.copy_to(books, target.url)
    assert counts(target, names_in(books.store)) == before


def test_somebody_elses_database_is_refused_and_gets_no_table(books, blank):
    with psycopg.connect(blank, autocommit=True) as other:
        other.execute("CREATE TABLE theirs (id INT)")
        with pytest.raises(Unfit, match="something else"):
            copying.copy_to(books, blank)
        assert other.execute("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (1,)


def test_only_from_sqlite_and_only_to_postgresql(books, target):
    with pytest.raises(Unfit, match="not in SQLite"):
        copying.copy_to(people.office(target), target.url)
    with pytest.raises(Unfit, match="postgresql://"):
        copying.copy_to(books, "sqlite:////tmp/other.db")


def test_stopped_half_way_nothing_is_there_and_it_may_be_run_again(books, target, monkeypatch):
    done, copy = [], rows.copy

    def stopped(*given):
        if len(done) == 60:
            raise KeyboardInterrupt
        done.append(copy(*given))

    with monkeypatch.context() as patched:
        patched.setattr(rows, "copy", stopped)
        with pytest.raises(KeyboardInterrupt):
            copying.copy_to(books, target.url)
    assert is_empty(target)
    assert copying.copy_to(books, target.url).faults == ()


def test_a_row_lost_or_changed_on_the_way_is_told_and_nothing_is_kept(books, target, monkeypatch):
    copy = rows.copy
    changes = {"rows here and": "DELETE FROM web_id", "are not the same": "UPDATE member SET name = 'x'"}
    for told, change in changes.items():

        def worse(source, to, table, change=change):
            copy(source, to, table)
            if table.name in change.split():
                assert to.write(change)

        with monkeypatch.context() as patched:
            patched.setattr(rows, "copy", worse)
            with pytest.raises(Unfit, match=told):
                copying.copy_to(books, target.url)
        assert is_empty(target)


def test_a_text_that_postgresql_does_not_take_is_named_by_its_table(books, target):
    with books.store.transaction():
        books.store.write("UPDATE member SET employer = ?", ("a\0b",))
    with pytest.raises(Unfit, match="refuses a row of member"):
        copying.copy_to(books, target.url)
    assert is_empty(target)


def test_a_line_without_its_entry_is_told_in_a_sentence(books, target):
    books.store.rows("PRAGMA foreign_keys = 0")
    with books.store.transaction():
        books.store.write("INSERT INTO line VALUES (1, 9999, 1, 1, 5, 0)")
    with pytest.raises(Unfit, match="foreign key"):
        copying.copy_to(books, target.url)
    assert is_empty(target)


def test_a_figure_that_was_wrong_before_is_told_after_the_copy(books, target):
    with books.store.transaction():
        books.store.write("UPDATE contract SET deposit = deposit + 7")
    found = copying.copy_to(books, target.url).faults
    assert len(found) == 8
    assert "deposit is cached as" in found[0]


def test_who_writes_to_the_old_books_meanwhile_is_told_to_try_again(books, target, monkeypatch):
    other, tables = Store(books.store.url), rows.tables

    def look(*given):
        with pytest.raises(Unavailable), other.transaction():
            pass
        return tables(*given)

    monkeypatch.setattr("madoguchi.store.engines.BUSY_SECONDS", 0.1)
    other = Store(books.store.url)
    monkeypatch.setattr(rows, "tables", look)
    assert copying.copy_to(books, target.url).faults == ()
    other.close()


def test_a_server_that_does_not_answer_is_told_so(books):
    with pytest.raises(Unavailable):
        copying.copy_to(books, "postgresql://nobody@127.0.0.1:1/nothing")


def test_of_two_that_copy_to_one_database_one_does_and_the_other_is_told(books, target):
    outcomes = []

    def copy():
        own = people.office(Store(books.store.url))
        try:
            outcomes.append(copying.copy_to(own, target.url).faults)
        except Unfit as told:
            outcomes.append("in use" in str(told))
        own.store.close()

    threads = [threading.Thread(target=copy) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [(), True]
    assert list(verify.differences(replace(books, store=target))) == []
