"""The state of one contract: what is owed, what has accrued to the last fraction, which due dates run."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeVar

from madoguchi.domain.interest import floor_yen
from madoguchi.domain.money import Yen
from madoguchi.domain.rates import Rate

ONE_DAY: Final = timedelta(days=1)
Kept = TypeVar("Kept")


class OutOfOrder(ValueError):
    """An act whose value date lies before what was already counted: replay the events instead."""


@dataclass(frozen=True, slots=True)
class Due:
    """A due date: nominal and shifted day, first day of its window, and how much of it is filled.

    amount is 0 while it runs and is frozen, in yen, when its day passes unmet or when a debit for it is
    filed; amount - filled is left then. debited: the debit is at the bank and its answer is not known.
    """

    nominal: date
    day: date
    opens: date
    filled: Yen = 0
    met: bool = False
    amount: Yen = 0
    debited: bool = False

    @property
    def left(self) -> Yen:
        """What a passed due date still asks; 0 once met."""
        return max(0, self.amount - self.filled)


@dataclass(frozen=True, slots=True)
class Standing:
    """One contract at the moment up to which its days are counted; every act returns a new one.

    rates are (day agreed on, rate), the newest last, and each works from the day after. interest_units
    and damages_units are exact and run since the last payment (day `since`, or the day a debt began).
    late_since is the first day that bears damages. free holds interest-free periods (first, last day).
    coming are drawdowns on their way (day the money arrives, yen), the next one first: they count against
    the limit and bear nothing yet. pending are passed due dates whose debit is at the bank: neither met nor
    missed.
    """

    limit: Yen
    due_day: int
    rates: tuple[tuple[date, Rate], ...]
    principal: Yen = 0
    fees: Yen = 0
    carried_damages: Yen = 0
    carried_interest: Yen = 0
    deposit: Yen = 0
    interest_units: int = 0
    damages_units: int = 0
    accrued_to: date | None = None
    since: date | None = None
    minimum: Yen = 0
    running: Due | None = None
    unmet: tuple[Due, ...] = ()
    late_since: date | None = None
    free: tuple[tuple[date, date], ...] = ()
    first_drawn: date | None = None
    pending_due_day: int | None = None
    first_contract: bool = True
    coming: tuple[tuple[date, Yen], ...] = ()
    pending: tuple[Due, ...] = ()

    @classmethod
    def opened(
        cls, limit: Yen, rate: Rate, due_day: int, on: date, *, first_contract: bool = True
    ) -> "Standing":
        """Return a new contract with nothing borrowed; only a first contract gets the first free period."""
        return cls(limit=limit, due_day=due_day, rates=((on, rate),), first_contract=first_contract)

    @property
    def rate(self) -> Rate:
        """The rate agreed last; it works from the day after it was agreed."""
        return self.rates[-1][1]

    @property
    def interest(self) -> Yen:
        """Whole yen of interest owed up to accrued_to: carried and new."""
        return self.carried_interest + floor_yen(self.interest_units)

    @property
    def damages(self) -> Yen:
        """Whole yen of late damages owed up to accrued_to: carried and new."""
        return self.carried_damages + floor_yen(self.damages_units)

    @property
    def debt(self) -> Yen:
        """Everything owed up to accrued_to, in yen; not what is still coming."""
        return self.principal + self.interest + self.damages + self.fees

    @property
    def balance(self) -> Yen:
        """What was borrowed and not paid back, in yen, with what is still coming."""
        return self.principal + sum(amount for _, amount in self.coming) if self.coming else self.principal


@dataclass(frozen=True, slots=True)
class Split:
    """What one payment (or waiver) was taken for, in yen.

    damages and interest hold carried and new ones; settled_* are the new ones that were floored and became
    receivable at this moment, paid or not. filled names the due dates (shifted day) and what each got.
    """

    amount: Yen
    fees: Yen = 0
    damages: Yen = 0
    interest: Yen = 0
    principal: Yen = 0
    deposit: Yen = 0
    settled_interest: Yen = 0
    settled_damages: Yen = 0
    filled: tuple[tuple[date, Yen], ...] = ()
    extra: bool = False


def is_overdue(standing: Standing, on: date) -> bool:
    """Tell whether the day bears damages, for a standing whose days are counted up to it (advance)."""
    return standing.late_since is not None and standing.late_since <= on


def days_late(standing: Standing, on: date) -> int:
    """Count the overdue days up to and with this one; 0 when not overdue."""
    return (on - standing.late_since).days + 1 if standing.late_since and standing.late_since <= on else 0


def free_ahead(standing: Standing, today: date) -> tuple[date, date] | None:
    """Return the interest-free days that run today or wait: periods follow on each other, so one stretch."""
    left = [(first, last) for first, last in standing.free if last >= today]
    return (left[0][0], left[-1][1]) if left else None


def is_remainder(standing: Standing, below: Yen = 1000) -> bool:
    """Tell whether a debt is left that is below the product's remainder_below."""
    return 0 < standing.principal < below


def available(standing: Standing, limit: Yen | None = None) -> Yen:
    """Return what may still be drawn under the limit (the contract's own if none is named), never below 0."""
    return max(0, (standing.limit if limit is None else limit) - standing.balance)


def require_order(standing: Standing, on: date) -> None:
    """Raise OutOfOrder when days after `on` were already counted."""
    if standing.accrued_to is not None and on < standing.accrued_to:
        raise OutOfOrder(f"{on} lies before {standing.accrued_to}, up to which days are counted")


def changed(state: Kept, **changes: Any) -> Kept:
    """Return a state with some fields changed, as dataclasses.replace does; KeyError for what is no field.

    It reads all fields at once, which takes a sixth of the time: a life is told by thousands of these.
    """
    kind: Any = type(state)
    read, places = _shape(kind)
    values = list(read(state))
    for name, value in changes.items():
        values[places[name]] = value
    return kind(*values)  # type: ignore[no-any-return]


@cache
def _shape(kind: Any) -> tuple[Callable[[Any], tuple[Any, ...]], dict[str, int]]:
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), {name: n for n, name in enumerate(names)}
