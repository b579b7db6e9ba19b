"""How a calendar day is read from what a person types."""

import re
from datetime import date
from typing import Final

from madoguchi.domain.widths import narrow

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199

_DASHES: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\uff70\u2500", "-")
)
_WHOLE: Final = (
    re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"),
    re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})"),
    re.compile(r"([0-9]{4})(年)\s*([0-9]{1,2})月\s*([0-9]{1,2})日"),
)
_HALF: Final = re.compile(
    r"[0-9]{4}(年|[-/.年][0-9]{0,2}[-/.月]?)?|[0-9]{6}|[0-9]{1,2}([-/.月][0-9]{0,2}日?)?"
)


class DayError(ValueError):
    """A day that cannot be taken: reason is empty, half, impossible, year or format."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_day(text: str) -> date:
    """Read 2026-11-25, 2026/11/25, 20261125 or 2026年11月25日 in any width, years 1900-2199; DayError."""
    figure = narrow(text).translate(_DASHES).strip()
    if not figure:
        raise DayError("empty")
    found = next(filter(None, (shape.fullmatch(figure) for shape in _WHOLE)), None)
    if found is None:
        raise DayError("half" if _HALF.fullmatch(figure) else "format")
    year, month, day = int(found[1]), int(found[3]), int(found[4])
    try:
        read = date(year, month, day)
    except ValueError:
        raise DayError("impossible") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DayError("year")
    return read
