"""The section of lender.toml about when the site is shut, and what an outage costs nobody."""

from __future__ import annotations

import re
from datetime import date, timedelta

from madoguchi.domain.maintenance import Maintenance, Weekly, Yearly
from madoguchi.sections import Section

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LEAP = 2028  # a year in which every day of any year stands


def maintenance(s: Section) -> Maintenance:
    """Read [maintenance]: [[maintenance.weekly]] and [[maintenance.yearly]] may be left out."""
    made = Maintenance(
        weekly=tuple(_weekly(row) for row in s.sections("weekly")) if s.has("weekly") else (),
        yearly=tuple(_yearly(row) for row in s.sections("yearly")) if s.has("yearly") else (),
        mercy_hours=s.number("mercy_hours", 1, 24),
        notice_hours=s.number("notice_hours", 0, 168),
    )
    s.done()
    return made


def _weekly(s: Section) -> Weekly:
    row = Weekly(WEEKDAYS.index(s.choice("day", WEEKDAYS)), s.clock("begins"), _hours(s))
    s.done()
    return row


def _yearly(s: Section) -> Yearly:
    text = s.text("date")
    found = re.fullmatch(r"([0-9]{2})-([0-9]{2})", text, re.ASCII)
    try:
        day = date(LEAP, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise s.fault("date", f'must be a day of the year in quotes such as "01-01", not {text!r}')
    row = Yearly(day.month, day.day, s.clock("begins"), _hours(s))
    s.done()
    return row


def _hours(s: Section) -> timedelta:
    return timedelta(hours=s.number("hours", 1, 24))
