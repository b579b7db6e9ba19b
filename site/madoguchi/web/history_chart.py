"""The balance over time as the history shows it: steps, what they find in words, and the numbers behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from madoguchi.domain.chart import Chart, over_days
from madoguchi.services.history import Look


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing, and the points that it draws; `last` is the day up to which it goes."""

    chart: Chart
    first: tuple[date, int]
    highest: tuple[date, int]
    latest: tuple[date, int]
    last: date
    today: bool
    each_entry: bool
    rows: tuple[tuple[str, str, str], ...]


def picture(look: Look, until: date | None, today: date) -> Picture | None:
    """The balance as steps up to today, or to the end of the days asked for; None where there is no line."""
    if not look.balances:
        return None
    last = max(min(until or today, today), look.balances[-1][0])
    chart = over_days(look.balances if look.each_entry else _leading_to(look.balances), last)
    if chart is None:
        return None
    return Picture(
        chart=chart,
        first=look.balances[0],
        highest=max(look.balances, key=lambda point: point[1]),
        latest=look.balances[-1],
        last=last,
        today=last == today,
        each_entry=look.each_entry,
        rows=tuple((*day_words(day), f"{balance:,}円") for day, balance in reversed(look.balances)),
    )


def _leading_to(read: tuple[tuple[date, int], ...]) -> tuple[tuple[date, int], ...]:
    """Each balance over the days that lead to its reading: November's end stands over November."""
    if len(read) < 2:
        return ()
    before = read[0][0] - (read[1][0] - read[0][0])
    starts = [before, *(day for day, _ in read)]
    return tuple(zip(starts, (balance for _, balance in read), strict=False))


@lru_cache(maxsize=4096)
def day_words(day: date) -> tuple[str, str]:
    """A day for machines and for people without its weekday, as in 2026-10-26 and 2026年10月26日."""
    return day.isoformat(), f"{day.year}年{day.month}月{day.day}日"
