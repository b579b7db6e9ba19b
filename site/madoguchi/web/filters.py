"""How days, moments, amounts and rates are written on a page; registered once, used by every template."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from flask import Flask
from markupsafe import Markup

from madoguchi.domain.money import format_yen
from madoguchi.domain.rates import format_rate
from madoguchi.ports import JAPAN

WEEKDAYS = "月火水木金土日"


def init_app(app: Flask) -> None:
    """Register the filters."""
    app.jinja_env.filters.update(
        yen=yen, man=man, commas=commas, rate=rate, day=day, full_day=full_day, moment=moment, clock=clock,
        machine_moment=machine_moment, full_moment=full_moment, phone_link=phone_link,
        whole_minute=whole_minute,
    )  # fmt: skip


def yen(amount: int) -> str:
    """1463 as 1,463円."""
    return f"{amount:,}円"


def commas(number: int) -> str:
    """1463 as 1,463."""
    return format_yen(number)


def man(amount: int) -> str:
    """300000 as 30万円; what is no whole 万 stays in yen."""
    return f"{amount // 10_000}万円" if amount and amount % 10_000 == 0 else yen(amount)


def rate(hundredths: int) -> str:
    """1780 as 17.8%."""
    return f"{format_rate(hundredths)}%"


@lru_cache(maxsize=4096)
def day(d: date) -> str:
    """11月25日（水）."""
    return f"{d.month}月{d.day}日（{WEEKDAYS[d.weekday()]}）"


@lru_cache(maxsize=4096)
def full_day(d: date) -> str:
    """2026年11月25日（水）."""
    return f"{d.year}年{day(d)}"


def moment(m: datetime) -> str:
    """An aware moment in Japan as 11月14日 21:08."""
    here = m.astimezone(JAPAN)
    return f"{here.month}月{here.day}日 {here.hour}:{here.minute:02}"


def full_moment(m: datetime) -> str:
    """The same with the year: 2026年11月14日 21:08."""
    return f"{m.astimezone(JAPAN).year}年{moment(m)}"


def whole_minute(m: datetime) -> datetime:
    """A time as it is told: never before the true one."""
    floor = m.replace(second=0, microsecond=0)
    return floor if floor == m else floor + timedelta(minutes=1)


def from_then(m: datetime, now: datetime) -> str:
    """From when something is possible, as 14:05以降, with the day when that is not now's."""
    told, here = whole_minute(m).astimezone(JAPAN), now.astimezone(JAPAN)
    return f"{told.hour}:{told.minute:02}以降" if told.date() == here.date() else f"{moment(told)}以降"


def machine_moment(m: datetime) -> str:
    """An aware moment as <time datetime> wants it: 2026-11-14T21:08+09:00."""
    return m.astimezone(JAPAN).isoformat(timespec="minutes")


@lru_cache(maxsize=256)
def clock(m: datetime) -> Markup:
    """An aware moment's time of day in Japan, as a <time> element: 22:55."""
    here = m.astimezone(JAPAN)
    return Markup('<time datetime="{}">{}:{:02}</time>').format(machine_moment(m), here.hour, here.minute)


def phone_link(number: str) -> Markup:
    """A telephone number that a phone can dial."""
    digits = "".join(filter(str.isdigit, number))
    return Markup('<a href="tel:{}">{}</a>').format(digits, number)
