"""The two databases as peewee knows them, each set up as this site needs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import peewee

from madoguchi.domain.faults import Unfit
from madoguchi.store.alone import Postgres
from madoguchi.store.resting import Resting

BUSY_SECONDS = 5  # longer than any transaction of ours; then the page says "try again" instead of hanging
OLDEST_SAFE_SQLITE = (3, 51, 3)  # 3.7.0-3.51.2 can corrupt a WAL database under several writers

# A server that does not answer, or a line that fell silent without a word, is noticed within seconds.
REACHABLE = {
    "connect_timeout": BUSY_SECONDS,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # an acknowledged act survives a power cut; NORMAL loses it
    "foreign_keys": 1,
    "trusted_schema": 0,
    "journal_size_limit": 64 * 1024 * 1024,
    "cache_size": -8192,
}


def sqlite(url: str) -> Any:
    """A file, opened by the engine that is pinned; raises RuntimeError for an older one."""
    import apsw
    from playhouse.apsw_ext import APSWDatabase

    if APSWDatabase.server_version < OLDEST_SAFE_SQLITE:
        raise RuntimeError("this SQLite can corrupt its log under several writers; install the pinned apsw")
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)

    class Sqlite(Resting, APSWDatabase):
        def _connect(self) -> Any:
            connection = super()._connect()
            # The migration history records a datetime, which apsw does not bind by itself.
            connection.convert_binding = lambda _cursor, _index, value: str(value)
            # Without the stability guarantee this engine (built with STAT4) plans a join at each binding:
            # 60 microseconds instead of 9 for the row of a session.
            connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
            return connection

        def _is_at_rest(self, connection: Any) -> bool:
            return bool(connection.txn_state() == apsw.SQLITE_TXN_NONE)

    return Sqlite(str(path), timeout=BUSY_SECONDS, pragmas=PRAGMAS, lock_type="IMMEDIATE")


def postgres(url: str) -> Any:
    """A PostgreSQL; raises ValueError for another address, Unfit where its driver is missing."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError(f"a database address starts with sqlite:/// or postgresql://, not {parts.scheme}://")
    if getattr(peewee, "psycopg", None) is None:  # what it found when it was imported
        raise Unfit("PostgreSQL's driver is missing: pip install -r requirements-postgres.txt")
    return Postgres(url, prefer_psycopg3=True, **REACHABLE)
