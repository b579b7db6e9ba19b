"""Who has to be looked at again for the capacity to repay (貸金業法13条の3, 施行規則10条の24, 25)."""

from datetime import date, timedelta
from typing import Final

from madoguchi.domain.money import Yen

BALANCE_ABOVE: Final[Yen] = 100_000  # nobody who owes this or less is looked at
LENT_ABOVE: Final[Yen] = 50_000  # lent within a month: looked at by its end already
QUARTER: Final = 3  # months
CHECK_WITHIN: Final = timedelta(weeks=3)  # of the period's end


def is_period_end(day: date) -> bool:
    """Tell whether a period ends on a day: periods are calendar months."""
    return (day + timedelta(days=1)).day == 1


def month_number(day: date) -> int:
    """Return the months since year 0, so that every third from a contract's own is its quarter's end."""
    return day.year * 12 + day.month


def check_by(period_end: date) -> date:
    """Return the last day for the look that a period's end asks for."""
    return period_end + CHECK_WITHIN
