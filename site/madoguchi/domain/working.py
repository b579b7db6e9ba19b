"""Time as the desk counts it: only while web questions are read, on business days."""

from datetime import date, datetime, time, timedelta, timezone

from madoguchi.domain.days import is_business_day
from madoguchi.domain.hours import Hours

_JAPAN = timezone(timedelta(hours=9), "JST")
_DAY = timedelta(days=1)


def working_time(hours: Hours, since: datetime, until: datetime) -> timedelta:
    """Return how much of the time between two aware moments lies in the hours; none if `until` is first."""
    since, until = since.astimezone(_JAPAN), until.astimezone(_JAPAN)
    found, day = timedelta(0), since.date()
    while day <= until.date():
        if is_business_day(day):
            opens, shuts = _at(day, hours.web_from), _at(day, hours.web_until)
            found += max(timedelta(0), min(until, shuts) - max(since, opens))
        day += _DAY
    return found


def after_working(hours: Hours, since: datetime, span: timedelta) -> datetime:
    """Return the first moment by which `span` of working time has passed since an aware moment."""
    since = since.astimezone(_JAPAN)
    day, left = since.date(), span
    while True:
        if is_business_day(day):
            opens, shuts = max(since, _at(day, hours.web_from)), _at(day, hours.web_until)
            if opens + left <= shuts:
                return opens + left
            left -= max(timedelta(0), shuts - opens)
        day += _DAY


def _at(day: date, clock_time: time) -> datetime:
    return datetime.combine(day, clock_time, _JAPAN)
