"""Connections rest between two uses and belong to no thread: a server's threads end, and take none along.

A thread that Python did not start (the server has such) throws away what it kept for itself while its own
state is being cleared. apsw closes a connection there by releasing the interpreter's lock and taking it up
again, and that ends the thread's state a second time: the whole process dies of it. So a thread that is done
gives its connection back, and one that was cut off leaves it referred to from here.
"""

from __future__ import annotations

from collections import deque
from threading import local
from typing import Any


class Resting:
    """Mixed into a peewee database, in front of it."""

    def __init__(self, *words: Any, **named: Any) -> None:
        self.told: dict[Any, int | None] = {}  # each open connection, with what its session was told
        self._resting: deque[Any] = deque()
        self._gives_back = local()
        super().__init__(*words, **named)

    def rest(self) -> None:
        """Give this thread's connection back, if it has one."""
        if self.is_closed():  # type: ignore[attr-defined]
            return
        self._gives_back.now = True
        try:
            self.close()  # type: ignore[attr-defined]
        finally:
            self._gives_back.now = False

    def close_resting(self) -> None:
        """Close what nobody uses."""
        while self._resting:
            try:
                found = self._resting.pop()
            except IndexError:  # another thread was faster
                return
            self._end(found)

    def _connect(self) -> Any:
        """What peewee calls for a connection: the one that rests since the shortest time, or a new one."""
        try:
            return self._resting.pop()
        except IndexError:
            made = super()._connect()  # type: ignore[misc]
            self.told[made] = None
            return made

    def _close(self, connection: Any) -> None:
        if getattr(self._gives_back, "now", False):
            self._resting.append(connection)
        else:
            self._end(connection)

    def _end(self, connection: Any) -> None:
        self.told.pop(connection, None)
        super()._close(connection)  # type: ignore[misc]
