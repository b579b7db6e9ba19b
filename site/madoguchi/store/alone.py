"""A lock that all processes on one PostgreSQL share, whatever machines they run on."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Any, Final

import peewee

from madoguchi.domain.faults import Unavailable
from madoguchi.store.resting import Resting

if TYPE_CHECKING:
    from madoguchi.store.db import Store

HOUSE: Final = 0x6D61646F  # "mado": our locks among those of others in one database; `classid` in pg_locks
PURPOSES: Final = {"start": 1, "round": 2, "backup": 3}  # `objid` there: never renumbered
SOONEST, LATEST = 0.01, 0.5  # seconds between two tries: a short wait stays short, a long one costs nothing
IDLE: Final = 0  # libpq's PQTRANS_IDLE
LOST: Final = "the connection that kept others out was lost: what was begun under it has to begin anew"

# It is asked for again and again, never waited for on the server: that would end at `lock_timeout`, log a
# fault there each time, and hold back the server's vacuum for as long as another machine's round takes.
# A machine that lost its power says no goodbye: the server looks after it, and in a minute the lock is free.
TRY: Final = (
    "SELECT pg_try_advisory_lock(?, ?), set_config('tcp_keepalives_idle', '30', false), "
    "set_config('tcp_keepalives_interval', '10', false), set_config('tcp_keepalives_count', '3', false), "
    "set_config('tcp_user_timeout', '60000', false)"
)

log = logging.getLogger("madoguchi.alone")


class _Mine(threading.local):
    """How many locks hang on this thread's connection."""

    locks = 0


class Postgres(Resting, peewee.PostgresqlDatabase):
    """PostgreSQL by peewee; a connection that locks hang on is not replaced while they are believed in."""

    def __init__(self, *words: Any, **named: Any) -> None:
        self.mine = _Mine()
        super().__init__(*words, **named)

    def rest(self) -> None:
        """Give this thread's connection back, but not one that locks hang on."""
        if not self.mine.locks:
            super().rest()

    def _is_at_rest(self, connection: Any) -> bool:
        return not connection.closed and connection.info.transaction_status == IDLE

    def _connect(self) -> Any:
        if self.mine.locks:
            raise peewee.OperationalError(LOST)
        return super()._connect()


class DatabaseLock:
    """Held by one thread of all processes at a time, which may enter again; whoever comes second waits.

    It hangs on the thread's own connection, by which all its acts go: who loses the one has lost the other,
    and every further act inside is Unavailable. The server gives it back when the process ends in any way.
    """

    def __init__(self, store: Store, purpose: str) -> None:
        assert isinstance(store.peewee, Postgres), "books in a file are one machine's, and so is their lock"
        self._store, self._key, self._database = store, (HOUSE, PURPOSES[purpose]), store.peewee
        self._threads, self._entered = threading.RLock(), 0
        self._connection: Any = None

    def __enter__(self) -> None:
        """Wait for the others, then keep them out. Raises Unavailable where that cannot be, or was lost."""
        self._threads.acquire()
        try:
            if not self._entered:
                self._connection = self._taken()
                self._database.mine.locks += 1
            elif not self._held:
                raise Unavailable("database") from ConnectionError(LOST)
            self._entered += 1
        except BaseException:
            self._threads.release()
            raise

    def __exit__(self, *_fault: object) -> None:
        """Let the next one in, once left as often as entered; raises nothing of its own."""
        self._entered -= 1
        try:
            if not self._entered:
                self._database.mine.locks -= 1
                if self._held:  # or it went with its connection
                    self._give_back()
                self._connection = None
        finally:
            self._threads.release()

    @property
    def _held(self) -> bool:
        return not self._database.is_closed() and self._database.connection() is self._connection

    def _taken(self) -> Any:
        """The connection that holds it now."""
        if self._store.in_transaction:
            raise RuntimeError("whoever waits for others holds no rows: the lock comes first, then the act")
        wait = SOONEST
        while True:
            answer = self._store.one(TRY, self._key)
            if answer and answer[0]:
                return self._database.connection()
            time.sleep(wait)
            wait = min(2 * wait, LATEST)

    def _give_back(self) -> None:
        try:
            answer = self._store.one("SELECT pg_advisory_unlock(?, ?)", self._key)
        except Unavailable:  # with its connection the lock is given back as well
            self._store.close()
            return
        if answer != (True,):
            log.error("others were not kept out: behind a pooler, it has to work in session mode")
