"""Amounts of each day drawn as pairs of bars: the numbers of two SVG paths on the axis of domain/chart.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from madoguchi.domain.chart import axis, rules_at, tenths
from madoguchi.domain.money import Yen

_WIDE: Final = 10_000  # tenths of the drawing area's width
_GAP: Final = 8  # of a day's width, how many parts in twenty are left free
_LABELS: Final = 5


@dataclass(frozen=True, slots=True)
class Bars:
    """What the template prints: a path for each of the two, rules (y in %, words), dates (x in %, words)."""

    first: str
    second: str
    rules: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str, str], ...]


def bars(days: Sequence[tuple[date, Yen, Yen]]) -> Bars | None:
    """Draw (day, amount, other amount), one day after the other; None where every amount is 0 or less."""
    highest = max((amount for _, *pair in days for amount in pair), default=0)
    if highest <= 0:
        return None
    step, count = axis(highest)
    width = _WIDE // len(days)
    bar, top = width * (20 - _GAP) // 40, step * count
    first = (_bar(n * width, bar, one, top) for n, (_, one, _) in enumerate(days))
    second = (_bar(n * width + bar, bar, other, top) for n, (_, _, other) in enumerate(days))
    return Bars("".join(first), "".join(second), tuple(rules_at(step, count)), tuple(_dates(days)))


def _bar(left: int, width: int, amount: Yen, top: Yen) -> str:
    if amount <= 0:
        return ""
    height = tenths(1000 * (top - min(amount, top)) // top)
    return f"M{tenths(left)} 100V{height}H{tenths(left + width)}V100Z"


def _dates(days: Sequence[tuple[date, Yen, Yen]]) -> list[tuple[str, str, str]]:
    """A few days under the bars, the first and the last among them."""
    last = len(days) - 1
    places = sorted({last * n // (_LABELS - 1) for n in range(_LABELS)})
    anchors = {0: "start", last: "end"}
    return [
        (
            tenths(1000 * place // max(1, last)),
            f"{days[place][0].month}/{days[place][0].day}",
            anchors.get(place, "middle"),
        )
        for place in places
    ]
