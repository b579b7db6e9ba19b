"""What the home page answers: how much, until when, and what is wrong if anything is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from madoguchi.domain import standing as money
from madoguchi.domain.mercy import is_moved, original
from madoguchi.domain.present import counted_to
from madoguchi.domain.product import Product
from madoguchi.domain.rights import Action, Rights
from madoguchi.domain.standing import Arriving, Payoff, Standing
from madoguchi.services.office import Office
from madoguchi.store import contracts


class Stage(Enum):
    """Which one question the page answers first."""

    NEW = "new"  # nothing was ever borrowed
    COMING = "coming"  # the money that was borrowed arrives on a later day, and little else is owed
    CLEAR = "clear"  # paid in full
    REST = "rest"  # too little left for interest and due dates
    LATE = "late"  # what to pay today
    DUE = "due"  # what to pay next


@dataclass(frozen=True, slots=True)
class Home:
    """A contract today; amounts in yen. `due` is the next due date and what it asks.

    `met` is a running due date that is filled already; `moved_from` the day on which it was due until an
    outage moved it; `arriving` is what money on its way will change of
    what is due; `damages_days` the days that the damages cover, 0 where one number does not tell it;
    `free` the interest-free days that run or wait, or ran last; `available` is 0 where the
    state forbids borrowing.
    """

    today: date
    stage: Stage
    standing: Standing
    payoff: Payoff
    due: tuple[date, int] | None
    arriving: Arriving | None
    due_now: int
    met: date | None
    moved_from: date | None
    days_late: int
    damages_days: int
    available: int
    free: tuple[date, date] | None

    @property
    def days_left(self) -> int:
        """Days until the next due date."""
        return (self.due[0] - self.today).days if self.due else 0

    @property
    def arrears(self) -> int:
        """What passed due dates still ask, without damages and fees."""
        return self.due_now - self.payoff.damages - self.payoff.fees

    @property
    def free_now(self) -> bool:
        """Whether today bears no interest by an interest-free period."""
        return self.free is not None and self.free[0] <= self.today <= self.free[1]


@dataclass(frozen=True, slots=True)
class Ended:
    """A closed contract: what is left to say about it."""

    closed_on: date | None
    debt: int
    deposit: int


def look(office: Office, standing: Standing, rights: Rights) -> Home:
    """Return the figures of today; the standing is as cached, and no statement is needed."""
    return _seen(standing, rights.may(Action.BORROW), office.business_day(), office.rules.product)


def ended(office: Office, contract_id: int) -> Ended:
    """Return what a closed contract leaves."""
    row = contracts.read(office.store, contract_id)
    assert row is not None, "a session belongs to a contract"
    return Ended(row.closed_on, row.standing.debt, row.standing.deposit)


@lru_cache(maxsize=1024)
def _seen(standing: Standing, borrows: bool, today: date, product: Product) -> Home:
    """The figures of a day: they follow from the standing alone, which most looks find as it was."""
    now = counted_to(standing, today, product)
    running, late = now.running, money.is_overdue(now, today)
    return Home(
        today=today,
        stage=_stage(now, today, product.remainder_below),
        standing=now,
        payoff=money.payoff(now, today, product),
        due=money.next_due(now, product),
        arriving=money.due_on_arrival(now, product),
        due_now=money.due_now(now, today, product),
        met=running.day if running and running.met else None,
        moved_from=original(running) if running and is_moved(running) else None,
        days_late=money.days_late(now, today),
        damages_days=money.damages_days(now, product),
        # Today's count may know of an overdue that the states do not hold yet.
        available=money.available(now) if borrows and not late else 0,
        free=money.free_ahead(now, today) or (now.free[-1] if now.free else None),
    )


def _stage(now: Standing, today: date, remainder_below: int) -> Stage:
    if now.coming and now.principal < remainder_below:
        return Stage.COMING
    if now.debt == 0:
        return Stage.NEW if now.first_drawn is None else Stage.CLEAR
    if money.is_overdue(now, today):
        return Stage.LATE
    return Stage.REST if now.principal < remainder_below or now.running is None else Stage.DUE
