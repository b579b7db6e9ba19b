"""A balance drawn as steps: the numbers of an SVG path, its rules and the dates under it, in whole numbers.

A balance is constant between entries, so the line is level between them and never slopes; the axis starts
at 0. The drawing area is 1000 wide and 100 high, labels stand in percent of the picture around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from madoguchi.domain.money import Yen, format_yen

MOST_RULES: Final = 3  # above the one at 0: more than four lines are noise
MOST_DATES: Final = 5
_PLOT: Final = 880  # tenths of a percent of the picture's height that the drawing area takes
_MAN: Final = 10_000


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template prints: two paths, rules (y in %, words), dates (x in %, words, text-anchor)."""

    line: str
    area: str
    rules: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str, str], ...] = ()


def steps(points: Sequence[tuple[int, Yen]], end: int) -> Chart | None:
    """Draw (position, balance from there on) up to `end`, positions rising; None for nothing to draw."""
    highest = max((balance for _, balance in points), default=0)
    if highest == 0 or points[0][0] >= end:
        return None
    step, count = axis(highest)
    start, span, top = points[0][0], end - points[0][0], step * count
    path: list[str] = []
    level = ""
    for at, balance in points:
        if (height := tenths(1000 * (top - balance) // top)) == level:
            continue
        path.append(f"{'H' + tenths(10_000 * (at - start) // span) if path else ''}V{height}")
        level = height
    way = "".join(path)[1:]
    return Chart(line=f"M0 {way}H1000", area=f"M0 100V{way}H1000V100Z", rules=tuple(rules_at(step, count)))


def over_days(points: Sequence[tuple[date, Yen]], last: date) -> Chart | None:
    """Draw (day, balance from that day on) up to a last day, with the months under it."""
    if not points:
        return None
    chart = steps([(day.toordinal(), balance) for day, balance in points], last.toordinal())
    if chart is None:
        return None
    return Chart(chart.line, chart.area, chart.rules, _dates(points[0][0], last))


def axis(highest: Yen) -> tuple[Yen, int]:
    """Return the distance of two rules, 1, 2 or 5 with zeros behind, and how many reach the highest."""
    unit = 1
    while True:
        for step in (unit, 2 * unit, 5 * unit):
            if highest <= step * MOST_RULES:
                return step, -(-highest // step)
        unit *= 10


def rules_at(step: Yen, count: int) -> list[tuple[str, str]]:
    """Return the rules of an axis from the top, each with its height in percent and its words."""
    return [(tenths(_PLOT * n // count), _short_yen(step * (count - n))) for n in range(count + 1)]


def _short_yen(amount: Yen) -> str:
    """A label has no room: whole 万円 where it is exact, nothing at 0 (the dates stand there)."""
    if amount == 0:
        return ""
    return f"{amount // _MAN}万円" if amount % _MAN == 0 else f"{format_yen(amount)}円"


def _dates(first: date, last: date) -> tuple[tuple[str, str, str], ...]:
    """At most five months, evenly apart, each at the beginning of its month; the year stands at the first."""
    span = (last - first).days
    opening, closing = _month(first), _month(last)
    found = [("0.0", f"{first.year}年{first.month}月", "start")]
    every = max(1, -(-(closing - opening) // (MOST_DATES - 1)))
    for month in range(opening + every, closing - every // 2, every):
        at = (date(month // 12, month % 12 + 1, 1) - first).days
        if span < 5 * at < 4 * span + at:  # no nearer than a fifth to either end, where labels stand already
            words = f"{month % 12 + 1}月" if every < 12 else f"{month // 12}年{month % 12 + 1}月"
            found.append((tenths(1000 * at // span), words, "middle"))
    if closing > opening:
        found.append(("100.0", f"{last.month}月", "end"))
    return tuple(found)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


@lru_cache(maxsize=16_384)  # there are 10,001 places in a picture
def tenths(number: int) -> str:
    """Return a number of tenths as SVG takes it, 125 as 12.5."""
    return f"{number // 10}.{number % 10}"
