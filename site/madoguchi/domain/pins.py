"""What a new PIN may be: four digits that neither its owner's papers nor a pattern give away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Final

from madoguchi.domain.widths import digits_only, is_digits

DIGITS: Final = 4
_RUNS: Final = "01234567890123"  # 7890 and 8901 go on over the end of the keypad


class PinFault(Enum):
    """Why a PIN cannot be used."""

    SHAPE = "shape"
    SAME = "same"
    RUN = "run"
    BIRTHDAY = "birthday"
    YEAR = "year"
    PHONE = "phone"


def fault_of(pin: str, birth_date: date, phone: str) -> PinFault | None:
    """Return the first reason against a PIN in half-width digits, or None (SPEC §3)."""
    if not (is_digits(pin) and len(pin) == DIGITS):
        return PinFault.SHAPE
    if len(set(pin)) == 1:
        return PinFault.SAME
    if pin in _RUNS or pin[::-1] in _RUNS:
        return PinFault.RUN
    if pin in set(_birthdays(birth_date)):
        return PinFault.BIRTHDAY
    if pin[:2] in ("19", "20"):
        return PinFault.YEAR
    return PinFault.PHONE if pin in digits_only(phone) else None


def _birthdays(born: date) -> Iterator[str]:
    """Month and day, year and month, and their turns: whoever finds a wallet tries these first."""
    year, month, day = f"{born.year % 100:02}", f"{born.month:02}", f"{born.day:02}"
    yield from (month + day, day + month, year + month, month + year, year + day, day + year)
    yield from (f"{born.year}", f"{year}{born.month}{born.day}", f"{born.month}{born.day}{year}")
