"""A small database of an adapter's own: each act all or nothing, on the disk before it is answered."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import apsw

PATIENCE_MS: Final = 5000


class OwnFile:
    """One SQLite file; `schema` is made where it is missing. Its connections rest, see store/resting.py."""

    def __init__(self, file: Path, schema: Sequence[str]) -> None:
        self._file, self._schema = file, schema
        self._acting, self._resting = threading.local(), deque[apsw.Connection]()
        self._opening = threading.Lock()  # two who set up a new file at once are not patient with each other

    @contextmanager
    def act(self) -> Iterator[None]:
        """All or nothing, one at a time over all threads and processes."""
        if getattr(self._acting, "by", None):
            raise RuntimeError("an act is open already")
        with self._lent() as connection:
            connection.execute("BEGIN IMMEDIATE")
            self._acting.by = connection
            try:
                yield
            except BaseException:
                if connection.in_transaction:  # a full disk has undone it already
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._acting.by = None
            connection.execute("COMMIT")

    def run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of one statement, inside an act or by itself."""
        if by := getattr(self._acting, "by", None):
            return list(by.execute(sql, values))
        with self._lent() as connection:
            return list(connection.execute(sql, values))

    @contextmanager
    def _lent(self) -> Iterator[apsw.Connection]:
        try:
            connection = self._resting.pop()
        except IndexError:
            with self._opening:
                connection = self._opened()
        try:
            yield connection
        finally:
            self._resting.append(connection)

    def _opened(self) -> apsw.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        made = apsw.Connection(str(self._file))
        made.set_busy_timeout(PATIENCE_MS)
        for pragma in ("journal_mode=wal", "synchronous=full"):
            list(made.execute(f"PRAGMA {pragma}"))
        for statement in self._schema:
            made.execute(statement)
        return made
