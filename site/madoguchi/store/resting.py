"""Connections rest between two uses and belong to no thread: a server's threads end, and take none along.

A thread that Python did not start (the server has such) throws away what it kept for itself while its own
state is being cleared. apsw closes a connection there by releasing the interpreter's lock and taking it up
again, and that ends the thread's state a second time: the whole process dies of it. So a thread that is done
gives its connection back, and one that was cut off leaves it referred to from here.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import nullcontext
from threading import local
from typing import Any, Final

OLDEST: Final = 60.0  # seconds; one that rests longer may have been forgotten by what lies between


class Resting:
    """Mixed into a peewee database, in front of it."""

    def __init__(self, *words: Any, **named: Any) -> None:
        self.told: dict[Any, int | None] = {}  # each open connection, with what its session was told
        self._resting: deque[tuple[float, Any]] = deque()  # since when, the latest at the right
        self._gives_back = local()
        super().__init__(*words, **named)
        # What peewee locks here is each thread's own; one slow new connection would hold up all threads.
        self._lock = nullcontext()

    def rest(self) -> None:
        """Give this thread's connection back, if it has one."""
        if self.is_closed():  # type: ignore[attr-defined]
            return
        if self.in_transaction():  # type: ignore[attr-defined]
            self._abandon()
            return
        self._gives_back.now = True
        try:
            self.close()  # type: ignore[attr-defined]
        finally:
            self._gives_back.now = False

    def close_resting(self, older: float = 0.0) -> None:
        """Close those that nobody has used for so many seconds."""
        while True:
            try:
                since, found = self._resting.popleft()
            except IndexError:
                return
            if older and time.monotonic() - since < older:
                self._resting.appendleft((since, found))
                return
            self._end(found)

    def _connect(self) -> Any:
        """What peewee calls for a connection: the one that rests since the shortest time, or a new one."""
        try:
            return self._resting.pop()[1]
        except IndexError:
            made = super()._connect()  # type: ignore[misc]
            self.told[made] = None
            return made

    def _close(self, connection: Any) -> None:
        if getattr(self._gives_back, "now", False) and self._is_at_rest(connection):
            self._resting.append((time.monotonic(), connection))
            self.close_resting(OLDEST)
        else:
            self._end(connection)

    def _is_at_rest(self, connection: Any) -> bool:
        """Whether nothing is open on it: what somebody was still reading would be old to the next."""
        raise NotImplementedError

    def _abandon(self) -> None:
        """Let go of one with an act that nobody ended; closing it undoes the act."""
        left = self._state.conn  # type: ignore[attr-defined]
        self._state.reset()  # type: ignore[attr-defined]
        self._end(left)

    def _end(self, connection: Any) -> None:
        self.told.pop(connection, None)
        super()._close(connection)  # type: ignore[misc]
