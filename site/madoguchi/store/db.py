"""The database behind one small door: SQLite or PostgreSQL by its address, transactions that never nest."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peewee import DatabaseError, IntegrityError, InterfaceError, OperationalError

from madoguchi.domain.faults import Clash, ReadOnly, Unavailable
from madoguchi.store import engines
from madoguchi.store.engines import BUSY_SECONDS

# At level DEBUG peewee would log every parameter: hashes, codes, names.
logging.getLogger("peewee").disabled = True

BRIEF_MS = 250  # for what a page may do without, so that reading goes on while somebody else writes

# PostgreSQL waits as long: for a row no longer than SQLite for its file; and an act whose process hangs lets
# its rows go.
PATIENCE = f"SET lock_timeout = '{BUSY_SECONDS}s'; SET idle_in_transaction_session_timeout = '60s'"

# PostgreSQL's appendix A: serialization_failure and deadlock_detected; unique_violation.
CLASHES, UNIQUE = ("40001", "40P01"), "23505"


class Store:
    """One database and the calling thread's connection to it, opened when first needed and then kept."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sqlite = url.startswith("sqlite:")
        self.peewee = engines.sqlite(url) if self.sqlite else engines.postgres(url)
        self._state = threading.local()
        self._texts: dict[str, str] = {}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One act: all of it or nothing (immediate on SQLite); raises Unavailable when it cannot be had.

        Clash where it stood in another's way: services/repeating.py does such an act once more.
        """
        if self.in_transaction:
            raise RuntimeError("a transaction is open already: one act opens one transaction")
        self._ready()
        self._state.open, whole = True, False
        try:
            with self.peewee.atomic():
                yield
                whole = True
            self._state.kept = self.kept + 1
        except (OperationalError, InterfaceError) as fault:
            if _clashed(fault):
                raise Clash("database") from fault
            self._drop_connection_if_broken(fault)
            # A server lost between COMMIT and its answer may have kept the act; SQLite says what it did.
            raise Unavailable("database", unsure=whole and not self.sqlite) from fault
        except IntegrityError as fault:  # a row that another made, and that an old look did not find
            self._state.open = False
            if self.sqlite or _sqlstate(fault) != UNIQUE or not self._serialises():
                raise
            raise Clash("database") from fault
        finally:
            self._state.open = False

    @contextmanager
    def brief(self) -> Iterator[None]:
        """An act that is done without where it would have to wait: Unavailable after BRIEF_MS."""
        self._ready()
        if self.sqlite:
            self.peewee.connection().set_busy_timeout(BRIEF_MS)
        try:
            with self.transaction():
                if not self.sqlite:
                    self._execute(f"SET LOCAL lock_timeout = '{BRIEF_MS}ms'", ())
                yield
        finally:
            if self.sqlite and not self.peewee.is_closed():
                self.peewee.connection().set_busy_timeout(BUSY_SECONDS * 1000)

    @property
    def in_transaction(self) -> bool:
        """Whether this thread is inside an act."""
        return getattr(self._state, "open", False)

    @property
    def kept(self) -> int:
        """How many acts of this thread were kept: the same number means that nothing was done since."""
        return getattr(self._state, "kept", 0)

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of one statement; `?` marks a parameter on either database."""
        return list(self._execute(sql, params).fetchall())

    def one(self, sql: str, params: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        return self._execute(sql, params).fetchone()  # type: ignore[no-any-return]

    def stream(self, sql: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows as they come, for exports and for verify."""
        yield from self._execute(sql, params)  # apsw's cursors have no fetchmany, both drivers' iterate

    def write(self, sql: str, params: Sequence[Any] = ()) -> int:
        """Run a changing statement inside an act; returns how many rows it changed."""
        if not self.in_transaction:
            raise RuntimeError("writes happen inside `with store.transaction():`")
        if getattr(self._state, "read_only", False):
            raise ReadOnly
        cursor = self._execute(sql, params)
        return int(self.peewee.rows_affected(cursor))

    def insert_many(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert rows by the fewest statements both databases take; names are code's own, values bound."""
        size = max(1, 900 // len(columns))
        marks = "(" + ",".join("?" * len(columns)) + ")"
        for start in range(0, len(rows), size):
            chunk = rows[start : start + size]
            values = [v for row in chunk for v in row]
            marks_all = ",".join([marks] * len(chunk))
            self.write(f"INSERT INTO {table} ({','.join(columns)}) VALUES {marks_all}", values)  # noqa: S608

    def only_read(self, wished: bool) -> None:
        """From now on refuse this thread's writes, or take them again."""
        self._state.read_only = wished

    def locked(self, sql: str) -> str:
        """The same SELECT, holding its rows until the act ends (SQLite holds the whole file anyway).

        Rows that only refer to a held one (a letter to its member) can be written meanwhile: whoever waited
        for that with a contract in hand would wait for whoever holds the member and waits for the contract.
        """
        return sql if self.sqlite else sql + " FOR NO KEY UPDATE"

    def passing(self, sql: str) -> str:
        """The same SELECT, holding its rows and passing over those that somebody else holds."""
        return sql if self.sqlite else sql + " FOR UPDATE SKIP LOCKED"

    def hurry(self, seconds: int) -> None:
        """Let no statement of this thread take longer: Unavailable then. SQLite has no such clock."""
        if not self.sqlite and getattr(self._state, "seconds", 0) != seconds:
            self._state.seconds = seconds
            if not self.peewee.is_closed():
                self._tell_patience()

    def rest(self) -> None:
        """Let whoever comes next have this thread's connection; it is taken up again when one is needed."""
        self.peewee.rest()

    def close(self) -> None:
        """Close this thread's connection, and those that rest."""
        if not self.peewee.is_closed():
            self.peewee.close()
        self.peewee.close_resting()

    def size(self) -> int:
        """Bytes on disk, for benches and the doctor."""
        if self.sqlite:
            return sum(f.stat().st_size for f in _family(Path(self.url.removeprefix("sqlite:///"))))
        row = self.one("SELECT pg_database_size(current_database())")
        return int(row[0]) if row else 0

    def _execute(self, sql: str, params: Sequence[Any]) -> Any:
        self._ready()
        text = sql if self.sqlite else self._texts.get(sql) or self._translate(sql)
        try:
            return self.peewee.execute_sql(text, params)
        except (OperationalError, InterfaceError) as fault:
            if self.in_transaction:
                raise  # transaction() turns it into Unavailable after rolling back
            if _clashed(fault):
                raise Clash("database") from fault
            self._drop_connection_if_broken(fault)
            raise Unavailable("database") from fault

    def _serialises(self) -> bool:
        return self.one("SHOW default_transaction_isolation") != ("read committed",)

    def _translate(self, sql: str) -> str:
        text = self._texts[sql] = sql.replace("%", "%%").replace("?", "%s")
        return text

    def _ready(self) -> None:
        if not self.peewee.is_closed():
            return
        try:
            self.peewee.connect(reuse_if_open=True)
            if not self.sqlite:
                self._tell_patience()
        except (DatabaseError, InterfaceError, OSError) as fault:
            self.close()  # one that could not be told anything must not rest for the next
            raise Unavailable("database") from fault

    def _tell_patience(self) -> None:
        seconds, told = getattr(self._state, "seconds", 0), self.peewee.told
        if told.get(mine := self.peewee.connection()) != seconds:
            self.peewee.execute_sql(f"{PATIENCE}; SET statement_timeout = '{seconds}s'")
            told[mine] = seconds

    def _drop_connection_if_broken(self, fault: Exception) -> None:
        """A connection that can never write again must not stay with the thread; the next act opens another.

        That is a lost server's, or one to a file that was opened while its disk was read-only; those that
        rest are no better. Where only time ran out, the connection is as good as before.
        """
        if self.peewee.is_closed():
            return
        mine = self.peewee.connection()
        if mine.readonly("main") if self.sqlite else mine.closed or _is_lost(fault):
            self.close()


def _sqlstate(fault: Exception) -> str | None:
    return getattr(getattr(fault, "orig", None), "sqlstate", None)


def _clashed(fault: Exception) -> bool:
    """Whether PostgreSQL, or what speaks its tongue, says: not now, but the same again may go through."""
    return _sqlstate(fault) in CLASHES


def _is_lost(fault: Exception) -> bool:
    """Whether the server went away, or ended the session."""
    state = _sqlstate(fault)
    return state is None or state.startswith(("08", "57P")) or state == "25P03"


def _family(path: Path) -> list[Path]:
    return [p for p in (path, Path(f"{path}-wal")) if p.exists()]
