"""Doing an act once more where the database undid it for another's sake.

PostgreSQL ends one of two acts that wait for each other, and where it is told to serialise (as other engines
do) any act that read what another one changed: "could not serialize access". SQLite never does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from secrets import randbelow
from typing import Concatenate, Final, ParamSpec, TypeVar

from madoguchi.domain.faults import Clash
from madoguchi.services.office import Office
from madoguchi.store.db import Store
from madoguchi.store.engines import BUSY_SECONDS

FIRST: Final = 0.005  # seconds at the longest before the second try, twice as long before each further one
LONGEST: Final = 0.25

T = TypeVar("T")
P = ParamSpec("P")


def again(store: Store, act: Callable[[], T], before_each: Callable[[], None] | None = None) -> T:
    """Do something that consists of acts, and once more for as long as it clashes, `before_each` first.

    Once an act of it was kept, the whole must not be done again, and the Clash is raised; so it is after
    BUSY_SECONDS, which is as long as SQLite waits for its file. What it did outside of the books before its
    first act is done again: an address may lose two slots of its limit for one try, which is never laxer.
    """
    begun, kept, most = time.monotonic(), store.kept, FIRST
    while True:
        try:
            return act()
        except Clash as fault:
            wait = most * randbelow(1000) / 1000
            fault.spent |= time.monotonic() - begun + wait > BUSY_SECONDS
            if fault.spent or store.kept != kept:
                raise
        time.sleep(wait)
        if before_each:
            before_each()
        most = min(2 * most, LONGEST)


def repeated(act: Callable[Concatenate[Office, P], T]) -> Callable[Concatenate[Office, P], T]:
    """A service that is one act, done by `again`: for one that follows something lasting, or stands alone."""

    @wraps(act)
    def done(office: Office, /, *given: P.args, **named: P.kwargs) -> T:
        return again(office.store, lambda: act(office, *given, **named))

    return done


def one_act(within: Callable[Concatenate[Office, P], T]) -> Callable[Concatenate[Office, P], T]:
    """What is written for an act that is open, as an act of its own."""

    @wraps(within)
    @repeated
    def act(office: Office, /, *given: P.args, **named: P.kwargs) -> T:
        with office.store.transaction():
            return within(office, *given, **named)

    return act
