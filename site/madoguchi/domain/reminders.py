"""When a due date is reminded of: days before it, from a chosen hour on, later if that was missed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from madoguchi.domain.quiet import Quiet

MOST_DAYS: Final = 7
_LAST_HOUR: Final = 23


@dataclass(frozen=True, slots=True)
class Window:
    """Contracts reminded `days` before, due from `first` to `last`, whose hour is at most `hour`."""

    days: int
    first: date
    last: date
    hour: int


def windows(here: datetime, quiet: Quiet) -> tuple[Window, ...]:
    """Return where a reminder's moment has come by a local moment, its due date ahead; none at night.

    An hour that is no longer offered counts as the day's last one: nobody waits for a night that is quiet.
    """
    if quiet.over_at(here) != here:
        return ()
    today, hour = here.date(), _LAST_HOUR if here.hour >= quiet.hours[-1] else here.hour
    found = []
    for days in range(1, MOST_DAYS + 1):
        its_day = _after(today, days)
        if days > 1:
            found.append(Window(days, _after(today, 1), _after(today, days - 1), _LAST_HOUR))
        found.append(Window(days, its_day, its_day, hour))
    return tuple(found)


def moment_of(due: date, days: int, hour: int, zone: tzinfo) -> datetime:
    """Return when a due date is reminded of, in a zone."""
    return datetime.combine(_after(due, -days), time(hour), zone)


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)
