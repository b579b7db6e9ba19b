"""Totals of the books as of now: what is owed by state and by lateness, and what moved on each day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from madoguchi.domain.days import split_by_year_length
from madoguchi.domain.figures import (
    STAGES,
    Flow,
    Totals,
    first_days,
    stage_of,
    strictest,
    summed,
    totals_of,
)
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.present import states_with
from madoguchi.domain.rights import State
from madoguchi.domain.standing import advance
from madoguchi.services.office import Office
from madoguchi.store import figures as rows

DAYS: Final = 30  # of flows, today included
# What each kind of entry adds to a day: the flow's name and the sign.
_FLOWS: Final[dict[EntryKind, tuple[str, int]]] = {
    EntryKind.DRAWDOWN: ("drawn", 1),
    EntryKind.DRAWDOWN_UNDONE: ("drawn", -1),
    EntryKind.REPAYMENT: ("paid", 1),
    EntryKind.REPAYMENT_UNDONE: ("paid", -1),
    EntryKind.DEPOSIT_RETURNED: ("returned", 1),
    EntryKind.DEPOSIT_RETURNED_UNDONE: ("returned", -1),
}
# What a deposit pays came in before, but its interest is earned when it is used.
_EARNED: Final[dict[EntryKind, int]] = {
    EntryKind.REPAYMENT: 1,
    EntryKind.REPAYMENT_UNDONE: -1,
    EntryKind.DEPOSIT_USED: 1,
    EntryKind.DEPOSIT_USED_UNDONE: -1,
}


@dataclass(frozen=True, slots=True)
class Book:
    """The book on a day: by the strictest state (None is active), and by stage of lateness from 1."""

    on: date
    by_state: Sequence[tuple[State | None, Totals]]
    by_stage: Sequence[tuple[int, Totals]]

    @property
    def total(self) -> Totals:
        """Everything."""
        return summed(part for _, part in self.by_state)


def book(office: Office) -> Book:
    """Return the book as of today: four statements, exact to each contract's yen.

    The database counts days for every contract that one multiplication brings to today; the few others
    (rows.restless) are brought there by the domain itself, one after the other.
    """
    on = office.business_day()
    by_state: dict[State | None, Totals] = defaultdict(Totals)
    by_stage: dict[int, Totals] = defaultdict(Totals)
    for states, stage, part in (*_quiet(office, on), *_restless(office, on)):
        by_state[strictest(states)] += part
        by_stage[stage] += part
    order: tuple[State | None, ...] = (None, *reversed(State))
    return Book(
        on,
        tuple((state, by_state[state]) for state in order),
        tuple((stage, by_stage[stage]) for stage in range(1, STAGES + 1)),
    )


def flows(office: Office) -> list[Flow]:
    """Return what moved on each of the last DAYS days, today last; one statement."""
    last = office.business_day()
    first = last - timedelta(days=DAYS - 1)
    sums: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for day, kind, amount, earned in rows.flows(office.store, first, last):
        if kind in _FLOWS:
            name, sign = _FLOWS[kind]
            sums[day][name] += sign * amount
        sums[day]["earned"] += _EARNED.get(kind, 0) * earned
    return [Flow(day, **sums[day]) for day in (first + timedelta(days=n) for n in range(DAYS))]


def _quiet(office: Office, on: date) -> list[tuple[int, int, Totals]]:
    product = office.rules.product
    factors = {day: _factor(day, on) for day in rows.counted_to(office.store)}
    found = rows.sums(
        office.store, on, factors, first_days(on), product.damages_rate, product.remainder_below
    )
    return [(states, stage, Totals(*parts)) for states, stage, *parts in found]


def _restless(office: Office, on: date) -> list[tuple[int, int, Totals]]:
    product, found = office.rules.product, defaultdict[tuple[int, int], Totals](Totals)
    for row in rows.restless(office.store, on, product.remainder_below):
        now = advance(row.standing, on, product)
        key = states_with(row.states, now), stage_of(now, on, product)
        found[key] += totals_of(now, on, product)
    return [(*key, part) for key, part in found.items()]


def _factor(day: date, on: date) -> int:
    """By how much balance times rate grows from one day to another, in units (domain/interest.py)."""
    ordinary, leap = split_by_year_length(min(day, on), on)
    return ordinary * 366 + leap * 365
