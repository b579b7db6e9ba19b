"""How days and moments are kept: integers that sort, compare and read the same on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final, overload

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@overload
def day_out(day: date) -> int: ...
@overload
def day_out(day: None) -> None: ...
def day_out(day: date | None) -> int | None:
    """Return a Japanese day as it is stored, 2026-11-20 as 20261120; None stays None."""
    return None if day is None else day.year * 10_000 + day.month * 100 + day.day


@overload
def day_in(stored: int) -> date: ...
@overload
def day_in(stored: None) -> None: ...
def day_in(stored: int | None) -> date | None:
    """Return the day that was stored; ValueError for a number that is no day."""
    return None if stored is None else _day(stored)


@lru_cache(maxsize=8192)
def _day(stored: int) -> date:
    return date(stored // 10_000, stored // 100 % 100, stored % 100)


@overload
def moment_out(moment: datetime) -> int: ...
@overload
def moment_out(moment: None) -> None: ...
def moment_out(moment: datetime | None) -> int | None:
    """Return an aware moment as it is stored, microseconds since 1970 in UTC; ValueError for a naive one."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("a moment without its zone cannot be stored")
    return (moment - _EPOCH) // _MICROSECOND


@overload
def moment_in(stored: int) -> datetime: ...
@overload
def moment_in(stored: None) -> None: ...
def moment_in(stored: int | None) -> datetime | None:
    """Return the moment that was stored, aware, in UTC."""
    return None if stored is None else _EPOCH + timedelta(microseconds=stored)
