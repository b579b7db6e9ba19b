"""When the site is shut by its calendar: windows of every week and every year, by Japan's clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from itertools import chain
from typing import Final

JAPAN: Final = timezone(timedelta(hours=9), "JST")
_DAY: Final = timedelta(days=1)
LONGEST: Final = timedelta(hours=24)  # of one window of the calendar


class Function(Enum):
    """What can be used or be shut by itself."""

    SIGN_IN = "sign_in"
    BORROWING = "borrowing"
    REPAYING = "repaying"
    ATM = "atm"
    LETTERS = "letters"
    TRANSFER = "transfer"  # paying by bank transfer, and what is known of it here


BEHIND_SIGN_IN: Final = frozenset({Function.BORROWING, Function.REPAYING, Function.ATM})
# What maintenance shuts; letters wait by themselves, and what banks book meanwhile is taken in afterwards.
SHUT_BY_CALENDAR: Final = frozenset({Function.SIGN_IN, Function.BORROWING, Function.REPAYING, Function.ATM})


@dataclass(frozen=True, slots=True)
class Weekly:
    """A window of every week; `weekday` counts from 0, a Monday."""

    weekday: int
    begins: time
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Yearly:
    """A window of every year; 29 February is none in years that have no such day."""

    month: int
    day: int
    begins: time
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Maintenance:
    """The calendar; `notice_hours` before a window pages tell it, `mercy_hours` are of domain/mercy.py."""

    weekly: tuple[Weekly, ...] = ()
    yearly: tuple[Yearly, ...] = ()
    mercy_hours: int = 6
    notice_hours: int = 24


@dataclass(frozen=True, slots=True)
class Window:
    """From `begins` up to `ends`, aware moments, the last one not counted."""

    begins: datetime
    ends: datetime


def windows(calendar: Maintenance, since: datetime, until: datetime) -> tuple[Window, ...]:
    """Return the calendar's windows that touch the time from `since` to `until`; those that meet are one."""
    first, last = (since.astimezone(JAPAN) - 2 * LONGEST).date(), (until.astimezone(JAPAN) + LONGEST).date()
    days = (first + n * _DAY for n in range((last - first).days + 1))
    found = chain.from_iterable(_of_day(calendar, day) for day in days)
    return tuple(one for one in merged(found) if one.begins < until and one.ends > since)


def shut_at(calendar: Maintenance, moment: datetime) -> Window | None:
    """Return the window that a moment lies in, None when the calendar leaves it open."""
    return next(iter(windows(calendar, moment, moment + timedelta(microseconds=1))), None)


def merged(found: Iterable[Window]) -> tuple[Window, ...]:
    """Return windows in their order, with those that overlap or touch as one."""
    made: list[Window] = []
    for one in sorted(found, key=lambda window: window.begins):
        if made and one.begins <= made[-1].ends:
            made[-1] = Window(made[-1].begins, max(made[-1].ends, one.ends))
        else:
            made.append(one)
    return tuple(made)


def _of_day(calendar: Maintenance, day: date) -> Iterable[Window]:
    for week in calendar.weekly:
        if week.weekday == day.weekday():
            yield _window(day, week.begins, week.lasts)
    for year in calendar.yearly:
        if (year.month, year.day) == (day.month, day.day):
            yield _window(day, year.begins, year.lasts)


def _window(day: date, begins: time, lasts: timedelta) -> Window:
    start = datetime.combine(day, begins, JAPAN)
    return Window(start, start + lasts)
