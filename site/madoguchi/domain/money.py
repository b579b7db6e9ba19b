"""Whole yen: how an amount is read from what a person types, and how it is shown."""

import re
from typing import Final

from madoguchi.domain.widths import narrow

Yen = int

# Far above any limit of a consumer lender and far below 64 bits: room for sums over a whole book.
MAX_YEN: Final[Yen] = 9_999_999_999

_LONGEST_TEXT: Final = 40
_COMMAS: Final = str.maketrans({"\uff0c": ",", "\u3001": ",", "\uff64": ","})
_PLAIN: Final = re.compile(r"[0-9]+")
_MAN: Final = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?:\.([0-9]{1,4}))? ?万")
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")


class MoneyError(ValueError):
    """An amount that cannot be taken: reason is empty, format, fraction, sign, too_small or too_large."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_yen(text: str, low: Yen = 0, high: Yen = MAX_YEN) -> Yen:
    """Read whole yen between low and high (both included) in any width, with commas, 円 or a yen sign.

    Commas must stand at thousands, since "1,00" may mean 100 as well as 1000. Raises MoneyError.
    """
    figure = _undressed(text)
    if not _PLAIN.fullmatch(figure):
        raise MoneyError(_what_is_wrong(figure))
    if len(figure) > len(str(MAX_YEN)):
        figure = figure.lstrip("0") or "0"
    if len(figure) > len(str(MAX_YEN)):
        raise MoneyError("too_large")
    amount = int(figure)
    if amount < low:
        raise MoneyError("too_small")
    if amount > min(high, MAX_YEN):
        raise MoneyError("too_large")
    return amount


def man_as_yen(text: str) -> str:
    """Return what is told in 万, such as 60万, ４２０万円 or 4.5万円, as plain yen; the rest as it is."""
    found = _MAN.fullmatch(narrow(text).translate(_COMMAS).strip().removesuffix("円").strip())
    if not found:
        return text
    whole, part = found[1].replace(",", ""), found[2] or ""
    return f"{whole}{part:0<4}"


def _undressed(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        raise MoneyError("too_large" if _PLAIN.fullmatch(narrow(text).strip()) else "format")
    figure = narrow(text).translate(_COMMAS).strip()
    figure = (
        figure.removeprefix("\u00a5").removeprefix("\uffe5").removeprefix("\\").removesuffix("円").strip()
    )
    return figure.replace(",", "") if _THOUSANDS.fullmatch(figure) else figure


def _what_is_wrong(figure: str) -> str:
    if not figure:
        return "empty"
    if figure[0] in "+-\u2212\u30fc\u2010\u2013\u25b2\u25b3" and _PLAIN.fullmatch(
        figure[1:].replace(",", "")
    ):
        return "sign"
    if re.fullmatch(r"[0-9,]*\.[0-9]+", figure):
        return "fraction"
    return "format"


def format_yen(amount: Yen) -> str:
    """Return the amount with commas at thousands, as 1,463; the caller adds 円."""
    return f"{amount:,}"
