"""The smartphone ATM: the number on its screen, what a use costs, and what a use can become."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from madoguchi.domain.money import Yen
from madoguchi.domain.widths import digits_only, is_digits, narrow

DIGITS: Final = 10  # of the number on the screen; the last one checks the others
SMALL: Final = 10_000  # yen; up to here the law allows the lower fee
LEGAL_FEES: Final = (110, 220)  # up to SMALL and above it, tax included (利息制限法施行令)
_IN_ADDRESS: Final = re.compile(r"[?&]number=([0-9]{10})(?:[&#]|$)", re.ASCII)


class Kind(StrEnum):
    """What a member does at the machine."""

    WITHDRAWAL = "withdrawal"
    DEPOSIT = "deposit"


class Stage(StrEnum):
    """How far a use has come. Money stands on it while approved (withdrawals) and once confirmed."""

    CHECKING = "checking"
    APPROVED = "approved"
    CONFIRMED = "confirmed"
    REVERSED = "reversed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AtmRules:
    """`[atm]` of lender.toml; amounts in yen.

    `company` is what members type at the machine; `notes` the unit of both ways; `daily` what a contract may
    withdraw in a business day, `most_in` what one deposit may hold. A number read from a screen works
    `link_minutes`; an authorisation that nobody confirms is reversed after `confirm_minutes`; requests whose
    clock is off by more than `skew_seconds` are refused.
    """

    company: str
    notes: Yen
    daily: Yen
    most_in: Yen
    fee_small: Yen
    fee_large: Yen
    link_minutes: int
    confirm_minutes: int
    skew_seconds: int


class NumberError(ValueError):
    """What was read or typed is no number of a machine; `reason` is "length" or "check"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def fee(rules: AtmRules, amount: Yen) -> Yen:
    """Return what a use of this amount costs, before any waiver."""
    return rules.fee_small if amount <= SMALL else rules.fee_large


def number_in(text: str) -> str:
    """Return the number in what a phone read (an address) or a person typed; raises NumberError."""
    found = _IN_ADDRESS.search(narrow(text).strip())
    digits = found[1] if found else digits_only(text)
    if not is_digits(digits) or len(digits) != DIGITS:
        raise NumberError("length")
    if with_check(digits[:-1]) != digits:
        raise NumberError("check")
    return digits


def with_check(digits: str) -> str:
    """Return digits with their check digit (Luhn), which catches every single slip and most exchanges."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"


def shown(number: str) -> str:
    """Return a number in groups, as a screen shows it: 123-456-7890."""
    return f"{number[:3]}-{number[3:6]}-{number[6:]}"
