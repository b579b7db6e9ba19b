"""Whether an outage took a due date's last hours, and up to which day it then runs (domain/mercy.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from madoguchi.domain.maintenance import SHUT_BY_CALENDAR, Maintenance, windows
from madoguchi.domain.mercy import FUNCTIONS, Shut, last_day, original
from madoguchi.domain.standing import Due
from madoguchi.ports import JAPAN
from madoguchi.services.office import Office
from madoguchi.store import outages, terms
from madoguchi.store.contracts import ContractRow
from madoguchi.store.terms import Term
from madoguchi.store.values import day_out

CALENDAR: Final = "maintenance"  # the cause where the calendar alone left no last hours
_AHEAD: Final = timedelta(days=14)  # how far windows of the calendar are looked at behind a due date


@dataclass(frozen=True, slots=True)
class Moved:
    """The day up to which a due date runs, and by what: the outages' numbers, or the calendar."""

    day: date
    cause: str


def moved(office: Office, due: Due) -> Moved | None:
    """Return up to which later day a due date that would pass unmet runs; None when no outage took it.

    One statement. None too for one that is met or whose debit is at the bank.
    """
    if due.met or due.debited:
        return None
    day, hours = original(due), office.rules.maintenance.mercy_hours
    opens = datetime.combine(day + timedelta(days=1), time(0), JAPAN) - timedelta(hours=hours)
    found = [one for one in outages.since(office.store, opens) if one.functions & set(FUNCTIONS)]
    shuts = [Shut(one.begins, one.ends) for one in found]
    until = last_day(day, [*shuts, *_regular(office.rules.maintenance, day)], hours, office.now())
    if until <= due.day:
        return None
    ends = datetime.combine(until, time(0), JAPAN)
    causes = [f"outage:{one.id}" for one in found if one.begins < ends]
    return Moved(until, " ".join(causes) or CALENDAR)


def note_within(office: Office, row: ContractRow, due: date, to: Moved) -> None:
    """Write down in an open act that a contract's due date was moved, and why."""
    one = Term(row.id, row.last_seq, terms.DUE_MOVED, due, day_out(to.day), to.cause)
    terms.append(office.store, [one], office.now())


@lru_cache(maxsize=64)
def _regular(calendar: Maintenance, day: date) -> tuple[Shut, ...]:
    if not SHUT_BY_CALENDAR.intersection(FUNCTIONS):
        return ()
    start = datetime.combine(day, time(0), JAPAN)
    found = windows(calendar, start, start + _AHEAD)
    return tuple(Shut(one.begins, one.ends, regular=True) for one in found)
