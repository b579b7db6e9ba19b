"""The numbers that members and cards go by: a series that is counted up, with a check digit behind it."""

from __future__ import annotations

from typing import Final

from madoguchi.domain.atm import with_check

MEMBER_DIGITS: Final = 8  # without the check digit
_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2)


def member_number(serial: int) -> str:
    """Return the nine digits of a member: eight of the series, and what makes the weighted sum end in 0."""
    digits = f"{serial:0{MEMBER_DIGITS}}"
    if len(digits) != MEMBER_DIGITS:
        raise ValueError("a member number has eight digits and one to check them")
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    return f"{digits}{-total % 10}"


def card_number(prefix: str, serial: int, digits: int) -> str:
    """Return a card's number of so many digits: the lender's prefix, the series, and Luhn's check digit."""
    room = digits - len(prefix) - 1
    if serial >= 10**room:
        raise ValueError("the series of cards is used up")
    return with_check(f"{prefix}{serial:0{room}}")


def is_card_number(number: str, prefix: str, digits: int) -> bool:
    """Whether ASCII digits are a card's number: as long, the lender's prefix, the right check digit."""
    return len(number) == digits and number.startswith(prefix) and with_check(number[:-1]) == number
