"""Interest in exact integer units, so that stretches of days add up before anything is dropped.

Source: SPEC 6.1. A day's interest is on the balance at the end of the day before, at the rate and the
year-length of that day itself: the day of borrowing does not count, the day of repayment does.
"""

from datetime import date
from typing import Final

from madoguchi.domain.days import split_by_year_length
from madoguchi.domain.money import Yen
from madoguchi.domain.rates import Rate

# One yen holds this many units: rates come in 1/10,000 of the balance, days in 1/365 or 1/366 of a year.
UNITS_PER_YEN: Final = 10_000 * 365 * 366


def units(balance: Yen, rate: Rate, start: date, end: date) -> int:
    """Return the exact interest, in units, for the days after start up to and with end; never negative."""
    ordinary, leap = split_by_year_length(start, end)
    return balance * rate * (ordinary * 366 + leap * 365)


def floor_yen(exact_units: int) -> Yen:
    """Return whole yen, the part below one yen dropped (to the borrower's advantage)."""
    return exact_units // UNITS_PER_YEN


def interest(balance: Yen, rate: Rate, start: date, end: date) -> Yen:
    """Return whole yen of interest for the days after start up to and with end."""
    return floor_yen(units(balance, rate, start, end))


def interest_for_days(balance: Yen, rate: Rate, days: int, year_days: int = 365) -> Yen:
    """Return whole yen for a number of days in years of 365 (or 366) days, as price lists print it."""
    return balance * rate * days // (10_000 * year_days)
