"""A small database of an adapter's own: each act all or nothing, on the disk before it is answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import apsw

PATIENCE_MS: Final = 5000


class OwnFile:
    """One SQLite file, with a connection for each thread; `schema` is made where it is missing."""

    def __init__(self, file: Path, schema: Sequence[str]) -> None:
        self._file, self._schema = file, schema
        self._mine = threading.local()

    @contextmanager
    def act(self) -> Iterator[None]:
        """All or nothing, one at a time over all threads and processes."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of one statement, inside an act or by itself."""
        return list(self._connection().execute(sql, values))

    def _connection(self) -> apsw.Connection:
        """This thread's connection, opened when first needed."""
        found: apsw.Connection | None = getattr(self._mine, "connection", None)
        if found is None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            found = self._mine.connection = apsw.Connection(str(self._file))
            found.set_busy_timeout(PATIENCE_MS)
            for pragma in ("journal_mode=wal", "synchronous=full"):
                list(found.execute(f"PRAGMA {pragma}"))
            for statement in self._schema:
                found.execute(statement)
        return found
