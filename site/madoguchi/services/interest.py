"""The interest inquiry: what all would cost on a day that the member chooses, and how that is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from madoguchi.domain import explain
from madoguchi.domain import standing as money
from madoguchi.domain.present import counted_to
from madoguchi.domain.standing import Arriving, Payoff, Standing
from madoguchi.services.office import Office
from madoguchi.store import history

DAYS_WITHOUT_DUE: Final = 62  # how far one can ask where no due date runs
DRAWN: Final = 60  # drawdowns since the last payment that an explanation follows


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The answer for a day; amounts in yen, `first` to `last` are the days that can be asked for.

    `told` is how interest and damages came to be since the last payment, empty where that is not certain.
    """

    first: date
    last: date
    payoff: Payoff
    then: Standing
    due: tuple[date, int] | None
    arriving: Arriving | None
    days_late: int
    late_now: bool
    told: tuple[explain.Stretch, ...]


@dataclass(frozen=True, slots=True)
class OutOfRange:
    """A day before `first` or after `last`; the second due date from now, if one runs, is `last`."""

    first: date
    last: date


def ask(office: Office, contract_id: int, standing: Standing, on: date | None = None) -> Inquiry | OutOfRange:
    """Return what a day costs; without a day the next due date, or today where none runs."""
    today, product = office.business_day(), office.rules.product
    now = counted_to(standing, today, product)
    first = max(today, now.accrued_to or today)
    last = max(first, money.payoff_horizon(now, product) or today + timedelta(days=DAYS_WITHOUT_DUE))
    due = money.next_due(now, product)
    day = on or (due[0] if due else first)
    if not first <= day <= last:
        return OutOfRange(first, last)
    then = money.advance(now, day, product)
    return Inquiry(
        first=first,
        last=last,
        payoff=money.payoff(then, day, product),
        then=then,
        due=due,
        arriving=money.due_on_arrival(now, product),
        days_late=money.days_late(then, day),
        late_now=money.is_overdue(now, today),
        told=_told(office, contract_id, then, day),
    )


def _told(office: Office, contract_id: int, then: Standing, day: date) -> tuple[explain.Stretch, ...]:
    """The stretches since the last payment, if they give exactly what the standing counted."""
    if then.since is None or then.principal == 0:
        return ()
    drawn = history.drawn_after(office.store, contract_id, then.since, DRAWN)
    drawn = [(on, amount) for on, amount in drawn if on <= day]  # the others are still on their way
    balance = then.principal - sum(amount for _, amount in drawn)
    balances = {then.since: balance}
    for on, amount in drawn:
        balance += amount
        balances[on] = balance  # at the end of its day
    terms = explain.Terms(then.rates, then.free, then.late_since)
    told = explain.stretches(tuple(balances.items()), day, terms, office.rules.product)
    return told if explain.sums(told) == (then.interest_units, then.damages_units) else ()
