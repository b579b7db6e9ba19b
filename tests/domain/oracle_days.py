"""The oracle's own calendar: business days and nominal due dates, counted one day after the other."""

from calendar import monthrange
from datetime import date, timedelta

import jpholiday

ONE = timedelta(days=1)


def shifted(day: date) -> date:
    """Next business day."""
    while (
        day.weekday() > 4 or jpholiday.is_holiday(day) or (day.month, day.day) in {(12, 31), (1, 2), (1, 3)}
    ):
        day += ONE
    return day


def falls(day: date, due_day: int) -> bool:
    """Whether a nominal due date of this due day falls on the day."""
    return day.day == due_day or (due_day == 31 and (day + ONE).day == 1)


def first_nominal(due_day: int, drawn: date) -> date:
    """The shipped first-due table, told as sentences."""
    months = {
        5: 1 if drawn.day <= 19 else 2, 15: 1,
        25: 0 if drawn.day <= 9 else 1, 31: 0 if drawn.day <= 14 else 1,
    }[due_day]  # fmt: skip
    month = drawn.month - 1 + months
    year, month = drawn.year + month // 12, month % 12 + 1
    return date(year, month, min(due_day, monthrange(year, month)[1]))


def next_falling(earliest: date, due_day: int) -> date:
    """First nominal day from a day on."""
    while not falls(earliest, due_day):
        earliest += ONE
    return earliest
