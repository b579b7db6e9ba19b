"""Limiter counters in a small SQLite file of their own, shared by every worker on this machine.

The `limits` package has no SQL storage, and its memory is per process. These counters may be lost (so
`synchronous=OFF`: 40,000 hits a second), but they are never skipped: a file that cannot be used raises.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, Final

import apsw
from limits.storage import Storage

from madoguchi.adapters.clock import SystemClock

PATIENCE_MS: Final = 250  # a store that does not answer by then counts as gone
SWEEP_EVERY: Final = 1000  # hits of one process between two rounds of deleting what has run out

_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS hit (key TEXT PRIMARY KEY, count INTEGER NOT NULL, ends REAL NOT NULL) "
    "STRICT, WITHOUT ROWID"
)
_TAKE: Final = (
    "INSERT INTO hit (key, count, ends) VALUES (:key, :amount, :now + :expiry) ON CONFLICT (key) "
    "DO UPDATE SET count = CASE WHEN ends <= :now THEN :amount ELSE count + :amount END, "
    "ends = CASE WHEN ends <= :now THEN :now + :expiry ELSE ends END RETURNING count"
)
_GIVE_BACK: Final = (
    "UPDATE hit SET count = MAX(0, count + :amount) WHERE key = :key AND ends > :now RETURNING count"
)


class SqliteStorage(Storage):
    """A `limits` storage for addresses such as sqlite:////var/lib/limits.db; `clock` gives UNIX seconds."""

    STORAGE_SCHEME = ["sqlite"]  # noqa: RUF012 - named so by the base class

    def __init__(
        self,
        uri: str | None = None,
        wrap_exceptions: bool = False,
        clock: Callable[[], float] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._path = Path((uri or "").removeprefix("sqlite:///"))
        self._clock = clock or (lambda: SystemClock().now().timestamp())
        # None belongs to a thread: see store/resting.py.
        self._resting: deque[tuple[tuple[int, int], apsw.Connection]] = deque()
        self._opening = Lock()  # two who set up a new file at once are not patient with each other
        self._hits = 0

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        """What a broken file raises; `limits` wraps these."""
        return (apsw.Error, OSError)

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` (negative gives back) in the window of `expiry` seconds; returns the new count."""
        self._hits += 1
        if self._hits % SWEEP_EVERY == 0:
            self._run("DELETE FROM hit WHERE ends <= :now")
        rows = self._run(_TAKE if amount > 0 else _GIVE_BACK, key=key, expiry=expiry, amount=amount)
        return int(rows[0][0]) if rows else 0

    def get(self, key: str) -> int:
        """The count of a window that runs, else 0."""
        rows = self._run("SELECT count FROM hit WHERE key = :key AND ends > :now", key=key)
        return int(rows[0][0]) if rows else 0

    def get_expiry(self, key: str) -> float:
        """When the window ends, in UNIX seconds; now when there is none."""
        rows = self._run("SELECT ends FROM hit WHERE key = :key AND ends > :now", key=key)
        return rows[0][0] if rows else self._clock()

    def check(self) -> bool:
        """Whether the file can be used."""
        try:
            self._run("SELECT 1")
        except (apsw.Error, OSError):
            return False
        return True

    def reset(self) -> int | None:
        """Forget everything; returns how many counters there were."""
        return len(self._run("DELETE FROM hit RETURNING key"))

    def clear(self, key: str) -> None:
        """Forget one counter."""
        self._run("DELETE FROM hit WHERE key = :key", key=key)

    def _run(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        values["now"] = self._clock()
        identity, connection = self._taken()
        try:
            return list(connection.execute(sql, values))
        finally:
            self._resting.append((identity, connection))

    def _taken(self) -> tuple[tuple[int, int], apsw.Connection]:
        """One that rests, or a new one; never one to a file that was replaced, which would count alone."""
        here = (os.getpid(), _inode(self._path))
        while True:
            try:
                identity, connection = self._resting.pop()
            except IndexError:
                with self._opening:
                    opened = self._open()
                return (os.getpid(), _inode(self._path)), opened
            if identity == here:
                return identity, connection
            connection.close()

    def _open(self) -> apsw.Connection:
        connection = apsw.Connection(str(self._path))
        connection.set_busy_timeout(PATIENCE_MS)
        for pragma in ("journal_mode=wal", "synchronous=off", "journal_size_limit=1048576"):
            list(connection.execute(f"PRAGMA {pragma}"))
        connection.execute(_SCHEMA)
        return connection


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0
