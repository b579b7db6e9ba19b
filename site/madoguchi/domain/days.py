"""Business days, month ends and the lengths of years, on the Japanese calendar."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import jpholiday

_ONE: Final = timedelta(days=1)
_SATURDAY: Final = 5
# Banks and lenders rest 31 December to 3 January; only 1 January is a national holiday (SPEC 6.4).
_YEAR_END: Final = frozenset({(12, 31), (1, 1), (1, 2), (1, 3)})


@lru_cache(maxsize=8192)
def is_business_day(day: date) -> bool:
    """Tell whether the day is no Saturday, Sunday, national holiday or one of 31 December to 3 January."""
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _YEAR_END:
        return False
    return not jpholiday.is_holiday(day)


@lru_cache(maxsize=8192)
def next_business_day(day: date) -> date:
    """Return the day itself if it is a business day, else the first one after it."""
    while not is_business_day(day):
        day += _ONE
    return day


def days_in_month(year: int, month: int) -> int:
    """Return 28 to 31."""
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return (first_of_next - date(year, month, 1)).days


def end_of_month(day: date) -> date:
    """Return the last day of the day's month."""
    return day.replace(day=days_in_month(day.year, day.month))


def in_month(year: int, month: int, day: int) -> date:
    """Return the wished day of a month, clipped to its end; a month above 12 runs on into later years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day, days_in_month(year, month)))


def days_in_year(year: int) -> int:
    """Return 365, or 366 in a leap year."""
    return 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365


def split_by_year_length(start: date, end: date) -> tuple[int, int]:
    """Count the days after start up to and with end: those in years of 365 days, those in years of 366.

    Raises ValueError if end lies before start.
    """
    if end < start:
        raise ValueError("a stretch of days cannot end before it starts")
    if start.year == end.year:
        days = (end - start).days
        return (days, 0) if days_in_year(end.year) == 365 else (0, days)
    counts = {365: 0, 366: 0}
    for year in range(start.year, end.year + 1):
        first = max(start, date(year - 1, 12, 31))
        last = min(end, date(year, 12, 31))
        counts[days_in_year(year)] += (last - first).days
    return counts[365], counts[366]
