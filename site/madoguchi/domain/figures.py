"""What the totals of the books are made of: sums of contracts, stages of lateness, flows of a day."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Final

from madoguchi.domain.accrual import advance
from madoguchi.domain.money import Yen
from madoguchi.domain.product import Product
from madoguchi.domain.rights import State, states_of
from madoguchi.domain.state import Standing, days_late

# The last day late of each stage but the last, which has no end; stage 0 is not late at all.
STAGE_ENDS: Final = (30, 60, 90)
STAGES: Final = len(STAGE_ENDS) + 1


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over contracts in yen; interest and damages as owed today, each contract's fraction dropped first.

    principal holds what is on its way to the member, which the ledger counts as owed.
    """

    contracts: int = 0
    principal: Yen = 0
    interest: Yen = 0
    damages: Yen = 0
    fees: Yen = 0
    deposit: Yen = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Totals)))


@dataclass(frozen=True, slots=True)
class Flow:
    """What moved on a day, by value date, in yen; what was taken back is not counted.

    earned is the interest and damages that payments covered. payments hold deposits that were used, which
    came in on an earlier day.
    """

    day: date
    drawn: Yen = 0
    paid: Yen = 0
    earned: Yen = 0
    returned: Yen = 0


def totals_of(standing: Standing, on: date, product: Product) -> Totals:
    """Return one contract's part of the totals on a day."""
    then = advance(standing, on, product)
    return Totals(1, then.balance, then.interest, then.damages, then.fees, then.deposit)


def stage_of(standing: Standing, on: date, product: Product) -> int:
    """Return the stage of lateness on a day, 0 where it is not late."""
    late = days_late(advance(standing, on, product), on)
    return 0 if late == 0 else 1 + sum(late > end for end in STAGE_ENDS)


def first_days(on: date) -> tuple[date, ...]:
    """Return, for each stage that ends, the earliest first day of lateness that is not in a later one."""
    return tuple(on - timedelta(days=end - 1) for end in STAGE_ENDS)


def strictest(mask: int) -> State | None:
    """Return the strictest of the states that `contract.states` holds, None for an active contract."""
    held = states_of(mask)
    return next((state for state in State if state in held), None)


def summed(parts: Iterable[Totals]) -> Totals:
    """Return the sum of totals."""
    return sum(parts, Totals())
