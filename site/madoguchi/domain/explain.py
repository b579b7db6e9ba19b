"""How interest came to be: stretches of days with one balance and one rate, for a member to recompute."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise

from madoguchi.domain import due
from madoguchi.domain.accrual import rate_on
from madoguchi.domain.days import days_in_year
from madoguchi.domain.interest import UNITS_PER_YEN, floor_yen, units
from madoguchi.domain.money import Yen
from madoguchi.domain.product import Cycle, Product
from madoguchi.domain.rates import Rate
from madoguchi.domain.state import ONE_DAY


class Bears(Enum):
    """What the days of a stretch bear."""

    INTEREST = "interest"
    DAMAGES = "damages"
    FREE = "free"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days from `first` to `last`, both counted, on one balance (yen) at one rate; units are exact.

    year_days is 365 or 366: a stretch never mixes both.
    """

    first: date
    last: date
    balance: Yen
    rate: Rate
    bears: Bears
    year_days: int
    units: int

    @property
    def days(self) -> int:
        """How many days it counts."""
        return (self.last - self.first).days + 1

    @property
    def hundredths(self) -> int:
        """What it bears in hundredths of a yen, what is finer dropped: to read, never to add."""
        return self.units * 100 // UNITS_PER_YEN


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed and what happened besides the balance: see state.Standing for each."""

    rates: tuple[tuple[date, Rate], ...]
    free: tuple[tuple[date, date], ...] = ()
    late_since: date | None = None


def stretches(
    balances: Sequence[tuple[date, Yen]], end: date, terms: Terms, product: Product
) -> tuple[Stretch, ...]:
    """Return the stretches of the days after the first balance's day up to and with `end`.

    balances are (day, balance at the end of that day), days rising and distinct.
    """
    if not balances or end <= balances[0][0]:
        return ()
    found: list[Stretch] = []
    for after, to in pairwise(_edges(balances, end, terms)):
        balance = next(yen for day, yen in reversed(balances) if day <= after)
        found.append(_stretch(after + ONE_DAY, to, balance, terms, product))
    return tuple(found)


def sums(told: Sequence[Stretch]) -> tuple[int, int]:
    """Return the exact units of interest and of damages that the stretches bear."""
    interest = sum(s.units for s in told if s.bears is Bears.INTEREST)
    damages = sum(s.units for s in told if s.bears is Bears.DAMAGES)
    return interest, damages


def yields(told: Sequence[Stretch], interest: Yen, damages: Yen) -> bool:
    """Tell whether the stretches give exactly these whole yen: only then they explain them."""
    exact_interest, exact_damages = sums(told)
    return floor_yen(exact_interest) == interest and floor_yen(exact_damages) == damages


def _edges(balances: Sequence[tuple[date, Yen]], end: date, terms: Terms) -> list[date]:
    start = balances[0][0]
    cuts = {day for day, _ in balances} | {day for day, _ in terms.rates}
    cuts |= {last for _, last in terms.free} | {first - ONE_DAY for first, _ in terms.free}
    if terms.late_since:
        cuts.add(terms.late_since - ONE_DAY)
    for year in range(start.year, end.year):
        if days_in_year(year) != days_in_year(year + 1):
            cuts.add(date(year, 12, 31))
    return sorted({start, end, *(cut for cut in cuts if start < cut < end)})


def _stretch(first: date, last: date, balance: Yen, terms: Terms, product: Product) -> Stretch:
    rate = rate_on(terms.rates, first)
    if balance < product.remainder_below:
        bears = Bears.NOTHING
    elif terms.late_since and terms.late_since <= first:
        bears, rate = Bears.DAMAGES, product.damages_rate
    elif any(opens <= first <= closes for opens, closes in terms.free):
        bears = Bears.FREE
    else:
        bears = Bears.INTEREST
    counted = units(balance, rate, first - ONE_DAY, last) if bears in (Bears.INTEREST, Bears.DAMAGES) else 0
    return Stretch(first, last, balance, rate, bears, days_in_year(last.year), counted)


def late_beginnings(
    due_day: int, balances: Sequence[tuple[date, Yen]], end: date, product: Product
) -> Iterator[date | None]:
    """Return on which days overdue may have begun, none first: the days after due dates, or long before.

    Since when a payment was late is not kept with it; the one that gives the settled yen is the right one.
    """
    yield None
    if not balances or isinstance(product.due, Cycle):
        return
    start = balances[0][0]
    yield start + ONE_DAY
    nominal = due.previous_nominal(product.due, due_day, start)
    while nominal < end:
        if (first := due.shift(nominal) + ONE_DAY) > start + ONE_DAY:
            yield first
        nominal = due.next_nominal(product.due, due_day, nominal)
