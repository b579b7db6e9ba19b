"""Annual rates in hundredths of a percent (17.8 % is 1780) and the legal caps on them."""

import re
from typing import Final

from madoguchi.domain.money import Yen
from madoguchi.domain.widths import narrow

Rate = int

MAX_RATE: Final[Rate] = 10_000

# Interest Rate Restriction Act: article 1 (interest, by credit limit) and article 7 (damages of a
# lender by trade, in every band; the 1.46-fold of article 4 is not for licensed lenders).
_CAPS: Final[tuple[tuple[Yen, Rate], ...]] = ((100_000, 2000), (1_000_000, 1800))
_CAP_ABOVE: Final[Rate] = 1500
DAMAGES_CAP: Final[Rate] = 2000

_FIGURE: Final = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,4}))?")


class RateError(ValueError):
    """A rate that cannot be taken: reason is empty, format, too_fine, too_small or too_large."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_rate(text: str, low: Rate = 0, high: Rate = MAX_RATE) -> Rate:
    """Read "17.8" or "17.80%" in any width as hundredths of a percent within low and high; RateError."""
    figure = narrow(text).strip().removesuffix("%").rstrip()
    if not figure:
        raise RateError("empty")
    found = _FIGURE.fullmatch(figure)
    if not found:
        raise RateError("format")
    whole, part = found[1], (found[2] or "").rstrip("0")
    if len(part) > 2:
        raise RateError("too_fine")
    rate = int(whole) * 100 + int(part.ljust(2, "0"))
    if not low <= rate <= high:
        raise RateError("too_small" if rate < low else "too_large")
    return rate


def legal_cap(limit: Yen) -> Rate:
    """Return the lawful cap for a credit limit in yen: 20 %, from 100,000 18 %, from 1,000,000 15 %."""
    return next((cap for below, cap in _CAPS if limit < below), _CAP_ABOVE)


def format_rate(rate: Rate) -> str:
    """Return at least one decimal, as 17.8 or 15.0 or 4.25; the caller adds the percent sign."""
    whole, part = divmod(rate, 100)
    decimals = f"{part:02}".removesuffix("0")
    return f"{whole}.{decimals}"
