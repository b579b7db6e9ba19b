"""The daily round: close the days that are over, in order, touching only contracts an index says are due."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from madoguchi.services import books, sessions
from madoguchi.services.office import Office
from madoguchi.store import closed_days, contracts

BATCH = 100  # contracts in one short transaction
PAUSE = 0.02  # so that pages get their turn: one transaction for all blocked writers for seconds
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closed:
    """A day that this round closed, and how many due dates passed with it."""

    day: date
    due_dates: int


def close_days(office: Office) -> Iterator[Closed]:
    """Close every day before today that is still open, the oldest first; stopping anywhere loses nothing.

    Nobody else closes days, moves the demo's clock or makes its people meanwhile: a round in the middle of a
    life that is told from the past would close days that have not been lived yet.
    """
    with office.alone:
        yesterday = office.business_day() - _DAY
        last = closed_days.last(office.store)
        day = last + _DAY if last else yesterday
        while day <= yesterday:
            passed = _close(office, day)
            with office.store.transaction():
                closed_days.add(office.store, day, office.now())
            sessions.sweep(office)
            yield Closed(day, passed)
            day += _DAY


def _close(office: Office, day: date) -> int:
    """Pass each due date up to `day`; a contract that is done no longer matches, so it is done once."""
    passed = 0
    while True:
        with office.store.transaction():
            found = pass_some(office, day)
        passed += found
        if not found:
            return passed
        time.sleep(PAUSE)


def pass_some(office: Office, day: date) -> int:
    """Pass due dates up to `day` of a batch of contracts at most, inside an act; returns of how many."""
    rows = contracts.hold_arriving(office.store, day, BATCH) or contracts.hold_due(office.store, day, BATCH)
    for row in rows:
        books.keep(office, books.dues_passed(office, row, day + _DAY))
    return len(rows)
