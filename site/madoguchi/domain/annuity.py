"""Equal payments over periods of one convention: the level payment, its inverse, and the rows of a schedule.

Source: SPEC 6.13. A period grows a balance by 1 + i, with i = rate/12, rate x 30/365, rate x 35/365, or the
real days of a month over the real length of their year. All arithmetic is in whole numbers.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from madoguchi.domain import interest as exact_interest
from madoguchi.domain.days import in_month
from madoguchi.domain.money import Yen
from madoguchi.domain.rates import Rate

CONVENTIONS: Final = ("month", "30days", "35days", "exact")

# Interest of one period is balance x rate x first // second.
_PERIODS: Final = {"month": (1, 10_000 * 12), "30days": (30, 10_000 * 365), "35days": (35, 10_000 * 365)}


@dataclass(frozen=True, slots=True)
class Row:
    """One payment: its number from 1, its day where the convention has days, and the balance after it."""

    number: int
    day: date | None
    payment: Yen
    principal: Yen
    interest: Yen
    balance: Yen


@dataclass(frozen=True, slots=True)
class Periods:
    """The stretches between payments under one convention and rate, numbered from 1."""

    rate: Rate
    convention: str
    start: date

    def day(self, number: int) -> date | None:
        """Return the day of a payment under "exact" (the start's day, clipped to month ends), else None."""
        if self.convention != "exact":
            return None
        return self._day(number)

    def interest(self, balance: Yen, number: int) -> Yen:
        """Return whole yen of interest in the stretch that ends with this payment."""
        times, parts = self.fraction(number)
        return balance * times // parts

    def fraction(self, number: int) -> tuple[int, int]:
        """Return i of a stretch as numerator and denominator; the denominator is the same for all."""
        if self.convention == "exact":
            exact = exact_interest.units(1, self.rate, self._day(number - 1), self._day(number))
            return exact, exact_interest.UNITS_PER_YEN
        times, parts = _PERIODS[self.convention]
        return self.rate * times, parts

    def _day(self, number: int) -> date:
        return in_month(self.start.year, self.start.month + number, self.start.day)


def level_payment(periods: Periods, principal: Yen, payments: int) -> Yen:
    """Return floor(P x i / (1 - (1+i)^-n)) in yen; under "exact" each stretch grows by its own i."""
    numerator, denominator = _per_yen(periods, payments)
    return principal * numerator // denominator


def largest_principal(periods: Periods, payment: Yen, payments: int) -> Yen:
    """Return the largest whole yen whose level payment is not above the given one."""
    numerator, denominator = _per_yen(periods, payments)
    return ((payment + 1) * denominator - 1) // numerator


def _per_yen(periods: Periods, payments: int) -> tuple[int, int]:
    """Return the level payment for 1 yen as a fraction.

    What is owed in the end, P x product(1+i), equals the payments with their own growth: the payment is
    P x product / sum. Both are kept over the common denominator of all i, so that nothing is rounded.
    """
    product, total, scale = 1, 0, 1
    common = periods.fraction(1)[1]
    for number in range(1, payments + 1):
        grown = common + periods.fraction(number)[0]
        total = total * grown + scale
        product *= grown
        scale *= common
    return product, common * total


def repay(
    periods: Periods, balance: Yen, payment: Yen, most: int, *, take_rest: bool = False
) -> tuple[Row, ...]:
    """Return at most `most` rows of a fixed payment, the last one smaller, or taking the rest if told so."""
    rows: list[Row] = []
    for number in range(1, most + 1):
        interest = periods.interest(balance, number)
        owed = balance + interest
        paid = owed if take_rest and number == most else min(payment, owed)
        balance = owed - paid
        rows.append(Row(number, periods.day(number), paid, paid - interest, interest, balance))
        if balance == 0:
            break
    return tuple(rows)
