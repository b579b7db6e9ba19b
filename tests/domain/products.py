"""Products to test with: the shipped one, its variations, and the tables that other lenders print."""

from dataclasses import replace
from datetime import date
from typing import Final

from madoguchi.domain.money import Yen
from madoguchi.domain.product import (
    Cycle,
    DaysBefore,
    FirstDue,
    FixedDays,
    MinimumTable,
    PercentOfBalance,
    PercentOfLimit,
    Product,
    SincePreviousDue,
)
from madoguchi.domain.standing import Balance, Standing, draw, open_with_balance

FOUR_DAYS: Final = FixedDays(
    (FirstDue(5, 19, 1, 2), FirstDue(15, 31, 1, 1), FirstDue(25, 9, 0, 1), FirstDue(31, 14, 0, 1))
)
THREE_BANDS: Final = PercentOfBalance(((300_000, 361), (1_000_000, 253), (None, 199)))

SHIPPED: Final = Product(
    minimum=THREE_BANDS,
    window=SincePreviousDue(),
    due=FOUR_DAYS,
    rate_bands=((1_000_000, 1780), (None, 1500)),
)
WITHOUT_FREE_DAYS: Final = replace(SHIPPED, free_days_first=0)
CYCLE: Final = replace(WITHOUT_FREE_DAYS, due=Cycle(35))
TEN_DAYS_BEFORE: Final = replace(WITHOUT_FREE_DAYS, window=DaysBefore(10))

BY_LIMIT: Final = PercentOfLimit(((300_000, 420), (None, 300)))
_HUNDREDS: Final = tuple(range(100_000, 1_000_001, 100_000))
_CYCLE_COLUMN: Final = (5, 9, 13, 13, 15, 18, 21, 24, 27, 30)
_FIXED_COLUMN: Final = (4, 8, 11, 11, 13, 16, 18, 21, 23, 26)


def _table(thousands: tuple[int, ...], step_balance: Yen = 0, step_payment: Yen = 0) -> MinimumTable:
    rows = tuple((top, payment * 1000) for top, payment in zip(_HUNDREDS, thousands, strict=False))
    return MinimumTable(rows, step_balance, step_payment)


TABLE_CYCLE: Final = _table(_CYCLE_COLUMN, 100_000, 1000)
TABLE_FIXED: Final = _table(_FIXED_COLUMN, 100_000, 1000)
TABLE_SLIDE: Final = _table((4, 8, 12, 13, 14))

MINIMUMS: Final = {
    "lender_a": THREE_BANDS,
    "lender_b": BY_LIMIT,
    "lender_c_fixed_date": TABLE_FIXED,
    "lender_d": THREE_BANDS,
    "lender_e": TABLE_SLIDE,
}


def hanako(
    principal: Yen, settled_to: date, next_due: date, product: Product = SHIPPED, rate: int = 1780
) -> Standing:
    """Sato Hanako's contract: limit 500,000, due on the 5th, settled on a day."""
    balance = Balance(settled_to, principal, next_due=next_due)
    return open_with_balance(500_000, rate, 5, balance, product)


def ichiro(drawn: Yen, on: date, due_day: int = 5, product: Product = SHIPPED) -> Standing:
    """Suzuki Ichiro's new contract, and his first drawdown."""
    due_day = 0 if isinstance(product.due, Cycle) else due_day
    return draw(Standing.opened(500_000, 1780, due_day, on), on, drawn, product)
