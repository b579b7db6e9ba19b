"""Which backups are kept: the newest of each of the last days, weeks and months that have one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

LATELY: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Keep:
    """How many days, weeks and months a backup is kept of."""

    daily: int = 7
    weekly: int = 5
    monthly: int = 12


def kept(moments: Iterable[datetime], keep: Keep) -> set[datetime]:
    """Return those to be kept (moments in the time of the place); all of the last 24 hours are among them.

    One that was made by hand, before an upgrade, must not go when the next one comes.
    """
    newest_first = sorted(moments, reverse=True)
    return (
        {at for at in newest_first if newest_first[0] - at < LATELY}
        | _newest(newest_first, keep.daily, lambda at: at.date())
        | _newest(newest_first, keep.weekly, lambda at: _monday(at.date()))
        | _newest(newest_first, keep.monthly, lambda at: at.date().replace(day=1))
    )


def _newest(newest_first: list[datetime], most: int, span: Callable[[datetime], date]) -> set[datetime]:
    found: dict[date, datetime] = {}
    for at in newest_first:
        found.setdefault(span(at), at)
    return set(list(found.values())[:most])


def _monday(day: date) -> date:
    return date.fromordinal(day.toordinal() - day.weekday())
