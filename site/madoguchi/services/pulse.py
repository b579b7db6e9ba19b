"""Signs of life: who beats, whether the site can serve, and how old what waits is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from madoguchi.domain.faults import Unavailable
from madoguchi.services import payouts, post
from madoguchi.services.office import Office
from madoguchi.services.repeating import one_act
from madoguchi.store import attempts, backups, closed_days, schema, stamps
from madoguchi.store import payouts as payout_rows

WORKER: Final = "worker"
READY: Final = "ready"
SILENT: Final = timedelta(minutes=5)  # without a beat for so long nobody is at work
SIGN_INS: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Pulse:
    """Whether books can be written and are of this version, and whether the worker beats."""

    writable: bool
    migrated: bool
    worker: bool

    @property
    def ready(self) -> bool:
        """Whether members can be served; letters that are late are no reason to shut the door."""
        return self.writable and self.migrated


@dataclass(frozen=True, slots=True)
class Gauges:
    """Figures of the whole site at a moment; ages in seconds, None where there is nothing to be old."""

    letters_waiting: int
    letters_late: float
    payouts_waiting: int
    payouts_late: float
    last_closed_day: float | None
    backup_age: float | None
    sign_ins: dict[str, int]


def beat(office: Office) -> None:
    """Note that the worker is at work."""
    _note(office, WORKER)


def is_beating(office: Office) -> bool:
    """Tell whether a worker was at work in the last minutes."""
    last = stamps.read(office.store, WORKER)
    return last is not None and office.now() - last < SILENT


def feel(office: Office) -> Pulse:
    """Try to write, and look; what does not answer is told, never raised."""
    try:
        _note(office, READY)
        return Pulse(True, not schema.pending(office.store), is_beating(office))
    except Unavailable:
        return Pulse(False, True, True)


def gauges(office: Office) -> Gauges:
    """Read the figures; raises Unavailable."""
    now = office.now()
    letters, since = post.waiting(office)
    paid_since = payout_rows.oldest(office.store)
    day, last = closed_days.last(office.store), backups.newest(office.store)
    return Gauges(
        letters,
        _age(now, since),
        payouts.waiting(office),
        _age(now, paid_since),
        None if day is None else datetime(day.year, day.month, day.day, tzinfo=now.tzinfo).timestamp(),
        None if last is None else _age(now, last.at),
        attempts.outcomes(office.store, now - SIGN_INS),
    )


@one_act
def _note(office: Office, name: str) -> None:
    stamps.put(office.store, name, office.now())


def _age(now: datetime, since: datetime | None) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
