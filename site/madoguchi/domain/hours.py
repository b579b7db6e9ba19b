"""When a person answers: the phone's hours, and when something sent now will be read."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from madoguchi.domain.days import is_business_day

_JAPAN = timezone(timedelta(hours=9), "JST")


@dataclass(frozen=True, slots=True)
class Hours:
    """Phone hours on business days, topics answered around the clock, and when web questions are read.

    What is sent from web_until to web_from (the next morning), or on a closed day, waits for web_from of
    the next business day. All times are Japan's.
    """

    opens: time = time(9)
    closes: time = time(18)
    web_from: time = time(9)
    web_until: time = time(21)
    around_the_clock: frozenset[str] = frozenset({"loss", "theft", "misuse"})

    def __post_init__(self) -> None:
        if not (self.opens < self.closes and self.web_from < self.web_until):
            raise ValueError("hours must open before they close")


@dataclass(frozen=True, slots=True)
class Open:
    """Someone answers; until is None around the clock."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class Closed:
    """Nobody answers before next_open."""

    next_open: datetime


def phone_state(hours: Hours, moment: datetime, topic: str = "") -> Open | Closed:
    """Tell whether the phone is answered at an aware moment, for a topic; ValueError for a naive one."""
    here = _in_japan(moment)
    if topic in hours.around_the_clock:
        return Open(None)
    if is_business_day(here.date()) and hours.opens <= here.time() < hours.closes:
        return Open(_at(here.date(), hours.closes))
    if is_business_day(here.date()) and here.time() < hours.opens:
        return Closed(_at(here.date(), hours.opens))
    return Closed(_at(_business_day_after(here.date()), hours.opens))


def read_from(hours: Hours, moment: datetime) -> datetime:
    """Return the moment from which a web question sent at an aware moment is read: itself by day."""
    here = _in_japan(moment)
    if not is_business_day(here.date()) or here.time() >= hours.web_until:
        return _at(_business_day_after(here.date()), hours.web_from)
    return max(here, _at(here.date(), hours.web_from))


def _in_japan(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(_JAPAN)


def _business_day_after(day: date) -> date:
    day += timedelta(days=1)
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def _at(day: date, clock_time: time) -> datetime:
    return datetime.combine(day, clock_time, _JAPAN)
