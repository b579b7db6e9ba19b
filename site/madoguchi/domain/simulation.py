"""The public simulators: interest between two days, and repayment schedules in three kinds.

Source: SPEC 6.13. Payments are equal; each period's interest is floored to the yen; the last payment takes
the rest. These are price-list conventions, apart from the ledger's daily count, save for "exact".
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from madoguchi.domain import interest as exact_interest
from madoguchi.domain.annuity import CONVENTIONS, Periods, Row, largest_principal, level_payment, repay
from madoguchi.domain.money import Yen
from madoguchi.domain.rates import Rate

KINDS: Final = ("payment", "months", "principal")
LEAST_PRINCIPAL: Final[Yen] = 1_000
MOST_PRINCIPAL: Final[Yen] = 8_000_000
LEAST_RATE: Final[Rate] = 10
MOST_RATE: Final[Rate] = 2_000
MOST_PAYMENTS: Final = 120


@dataclass(frozen=True, slots=True)
class InterestBetween:
    """Days (the first not counted, the last counted) and whole yen of interest."""

    days: int
    interest: Yen


@dataclass(frozen=True, slots=True)
class Schedule:
    """A whole repayment; payment is the regular one (the last may differ), the rest are totals in yen."""

    kind: str
    convention: str
    principal: Yen
    rate: Rate
    payment: Yen
    payments: int
    interest: Yen
    total: Yen
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SimulationError:
    """What stands in the way: the field, a reason code, and the ends of what works, where they are known.

    Reasons: missing, range, kind, convention, never_repays, too_long, too_small, too_large.
    """

    field: str
    reason: str
    smallest: int | None = None
    largest: int | None = None


def interest_between(balance: Yen, rate: Rate, start: date, end: date) -> InterestBetween:
    """Return interest on a balance for the days (start, end]; ValueError if end is earlier."""
    return InterestBetween((end - start).days, exact_interest.interest(balance, rate, start, end))


def simulate(
    kind: str,
    principal: Yen | None,
    rate: Rate | None,
    months: int | None,
    payment: Yen | None,
    convention: str,
    start: date,
) -> Schedule | SimulationError:
    """Return the schedule of a kind: payment from months, months from payment, principal from both.

    The argument that the kind asks for is ignored. Yen 1,000-8,000,000, 0.1-20.0 %, 1-120 payments.
    """
    fault = _fault(kind, principal, rate, months, payment, convention)
    if fault is not None:
        return fault
    periods = Periods(rate or 0, convention, start)
    if kind == "payment":
        level = level_payment(periods, principal or 0, months or 0)
        return _schedule(kind, periods, principal or 0, level, months)
    if kind == "months":
        return _from_payment(periods, principal or 0, payment or 0)
    return _from_both(periods, months or 0, payment or 0)


def _fault(
    kind: str,
    principal: Yen | None,
    rate: Rate | None,
    months: int | None,
    payment: Yen | None,
    convention: str,
) -> SimulationError | None:
    if kind not in KINDS:
        return SimulationError("kind", "kind")
    if convention not in CONVENTIONS:
        return SimulationError("convention", "convention")
    ranges = (
        ("principal", principal, LEAST_PRINCIPAL, MOST_PRINCIPAL),
        ("rate", rate, LEAST_RATE, MOST_RATE),
        ("months", months, 1, MOST_PAYMENTS),
        ("payment", payment, 1, MOST_PRINCIPAL),
    )
    for field, value, low, high in ranges:
        if field == kind:
            continue
        if value is None:
            return SimulationError(field, "missing")
        if not low <= value <= high:
            return SimulationError(field, "range", low, high)
    return None


def _from_payment(periods: Periods, principal: Yen, payment: Yen) -> Schedule | SimulationError:
    rows = repay(periods, principal, payment, MOST_PAYMENTS)
    if rows[-1].balance == 0:
        return _told("months", periods, principal, payment, None, rows)
    reason = "never_repays" if rows[-1].balance >= principal else "too_long"
    return SimulationError("payment", reason, smallest_payment(periods, principal))


def smallest_payment(periods: Periods, principal: Yen) -> Yen:
    """Return the smallest fixed payment that repays within 120, found by halving: more pays off sooner."""
    low, high = 1, principal + periods.interest(principal, 1)
    while low < high:
        middle = (low + high) // 2
        if repay(periods, principal, middle, MOST_PAYMENTS)[-1].balance == 0:
            high = middle
        else:
            low = middle + 1
    return low


def _from_both(periods: Periods, months: int, payment: Yen) -> Schedule | SimulationError:
    principal = largest_principal(periods, payment, months)
    if principal < LEAST_PRINCIPAL:
        return SimulationError("payment", "too_small", level_payment(periods, LEAST_PRINCIPAL, months))
    if principal > MOST_PRINCIPAL:
        largest = level_payment(periods, MOST_PRINCIPAL, months)
        return SimulationError("payment", "too_large", largest=largest)
    return _schedule("principal", periods, principal, level_payment(periods, principal, months), months)


def _schedule(kind: str, periods: Periods, principal: Yen, payment: Yen, months: int | None) -> Schedule:
    """With a number of months the last payment takes the rest, above or below the regular one."""
    rows = repay(periods, principal, payment, months or MOST_PAYMENTS, take_rest=months is not None)
    return _told(kind, periods, principal, payment, months, rows)


def _told(
    kind: str, periods: Periods, principal: Yen, payment: Yen, months: int | None, rows: tuple[Row, ...]
) -> Schedule:
    interest = sum(row.interest for row in rows)
    return Schedule(
        kind=kind,
        convention=periods.convention,
        principal=principal,
        rate=periods.rate,
        payment=min(payment, rows[0].payment) if len(rows) == 1 and months is None else payment,
        payments=len(rows),
        interest=interest,
        total=principal + interest,
        rows=rows,
    )
