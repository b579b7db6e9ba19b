"""A due date whose last hours fell into an outage: its day moves, so that nobody is late by our fault.

What counts is that repaying, or the sign-in before it, could not be used in some of the day's last hours.
Windows of the calendar are known long before, and count only where they leave nothing of those hours. The due
date then runs to the end of the next business day after the outage: neither damages nor lateness begin
before. A due date whose debit is at the bank is not moved: it is met or missed by the bank's answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from madoguchi.domain.accrual import advance
from madoguchi.domain.days import next_business_day
from madoguchi.domain.maintenance import JAPAN, Function
from madoguchi.domain.product import Product
from madoguchi.domain.state import ONE_DAY, Due, Standing, changed, require_order

FUNCTIONS: Final = (Function.SIGN_IN, Function.REPAYING)  # without one of them nobody repays here


@dataclass(frozen=True, slots=True)
class DueMoved:
    """An event of a contract's life: the due date on `on` runs up to and with `day` instead."""

    on: date
    order: int
    day: date


@dataclass(frozen=True, slots=True)
class Shut:
    """A time in which repaying was shut; `ends` is None while nobody knows, `regular` by the calendar."""

    begins: datetime
    ends: datetime | None
    regular: bool = False


def original(due: Due) -> date:
    """Return the day on which a due date falls by the calendar of business days, before any mercy."""
    return next_business_day(due.nominal)


def is_moved(due: Due) -> bool:
    """Tell whether an outage moved a due date."""
    return due.day > original(due)


def last_day(due: date, shuts: Sequence[Shut], hours: int, now: datetime) -> date:
    """Return the last day of a due date that falls on `due`: itself, or a later one after outages.

    An outage that is not over counts up to now: once it is, the day is asked for again. The day it moves to
    is moved on where its own last hours fell into an outage too.
    """
    day = due
    while hit := [shut for shut in shuts if _took(shut, day, hours, now)]:
        over = max(shut.ends or now for shut in hit).astimezone(JAPAN).date()
        later = next_business_day(over + ONE_DAY)
        if later <= day:
            break
        day = later
    return day


def _took(shut: Shut, day: date, hours: int, now: datetime) -> bool:
    """Tell whether an outage took some of a day's last hours, or a window of the calendar all of them."""
    midnight = datetime.combine(day + ONE_DAY, time(0), JAPAN)
    opens, ends = midnight - timedelta(hours=hours), shut.ends or max(now, shut.begins)
    if shut.regular:
        return shut.begins <= opens and ends >= midnight
    return shut.begins < midnight and (ends > opens or shut.ends is None)


def move_due(standing: Standing, on: date, day: date, product: Product) -> Standing:
    """Return the standing with the due date on `on` moved to a later day.

    Nothing happens where no such due date runs, it is met or its debit is at the bank: a life that is told
    again may differ.
    """
    require_order(standing, on)
    now = advance(standing, on, product)
    due = now.running
    if due is None or due.day != on or due.met or due.debited or day <= on:
        return now
    return changed(now, running=changed(due, day=day))
