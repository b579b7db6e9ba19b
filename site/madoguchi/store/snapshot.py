"""The whole database as it is at one moment, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from madoguchi.domain.faults import Unavailable
from madoguchi.store.db import Store


def copy(store: Store, to: Path) -> None:
    """Copy an SQLite database into a new file by its own backup interface; readers and writers go on.

    Raises Unavailable where it cannot be read or the disk is full.
    """
    import apsw

    store.peewee.connect(reuse_if_open=True)
    target = apsw.Connection(str(to))
    try:
        with target.backup("main", store.peewee.connection(), "main") as backup:
            backup.step()  # all pages at once: one moment, which the log of the original holds
    except apsw.Error as fault:
        raise Unavailable("database or the room for its copy") from fault
    finally:
        target.close()


@contextmanager
def held(store: Store) -> Iterator[str]:
    """Hold one moment of a PostgreSQL database; gives the name by which its tools see the same moment."""
    with store.transaction():
        store.peewee.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # This act waits for a tool, for hours if need be: it holds no rows that anybody else would wait for.
        store.peewee.execute_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        row = store.one("SELECT pg_export_snapshot()")
        assert row is not None
        yield str(row[0])


def is_blank(store: Store) -> bool:
    """Tell whether a database holds no table at all."""
    if store.sqlite:
        found = store.one("SELECT COUNT(*) FROM sqlite_master")
    else:
        found = store.one("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'")
    return found == (0,)
