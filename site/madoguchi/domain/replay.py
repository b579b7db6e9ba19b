"""A contract's life told as events in value-date order; the same events always give the same standing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from madoguchi.domain import mercy, payment, terms
from madoguchi.domain.accrual import advance
from madoguchi.domain.mercy import DueMoved
from madoguchi.domain.money import Yen
from madoguchi.domain.opening import Balance, open_with_balance
from madoguchi.domain.product import Product
from madoguchi.domain.rates import Rate
from madoguchi.domain.state import Split, Standing, changed


@dataclass(frozen=True, slots=True)
class Opened:
    """A contract made here."""

    on: date
    order: int
    limit: Yen
    rate: Rate
    due_day: int
    first_contract: bool = True


@dataclass(frozen=True, slots=True)
class Imported:
    """A contract brought along from another system; on equals balance.settled_to."""

    on: date
    order: int
    limit: Yen
    rate: Rate
    due_day: int
    balance: Balance


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawdown; `arrives` is the day the money reached the account, None for the same day."""

    on: date
    order: int
    amount: Yen
    arrives: date | None = None


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment from outside."""

    on: date
    order: int
    amount: Yen


@dataclass(frozen=True, slots=True)
class FeeCharged:
    """A fee, such as the ATM's."""

    on: date
    order: int
    amount: Yen


@dataclass(frozen=True, slots=True)
class RateChanged:
    """A rate that works from the day after."""

    on: date
    order: int
    rate: Rate


@dataclass(frozen=True, slots=True)
class LimitChanged:
    """A credit limit raised or lowered, with the rate that was recorded with it.

    None leaves the rate to the product; a recorded one holds whatever the lender decides later (SPEC 6.8).
    """

    on: date
    order: int
    limit: Yen
    rate: Rate | None = None


@dataclass(frozen=True, slots=True)
class DueDayChanged:
    """Another due day, after the running due date."""

    on: date
    order: int
    due_day: int


@dataclass(frozen=True, slots=True)
class FreeGranted:
    """Interest-free days, bought with points."""

    on: date
    order: int
    days: int


@dataclass(frozen=True, slots=True)
class DepositReturned:
    """Some of the member's deposit, paid back."""

    on: date
    order: int
    amount: Yen


@dataclass(frozen=True, slots=True)
class DepositUsed:
    """The member's deposit, posted as the payment of a due date."""

    on: date
    order: int


@dataclass(frozen=True, slots=True)
class Waived:
    """Damages, interest and fees given up."""

    on: date
    order: int
    damages: Yen
    interest: Yen
    fees: Yen = 0


@dataclass(frozen=True, slots=True)
class DebitFiled:
    """The debit for the due date on `day` went to the bank."""

    on: date
    order: int
    day: date


@dataclass(frozen=True, slots=True)
class DebitAnswered:
    """The bank's answer to the debit of a due date is known; it is valued on that day."""

    on: date
    order: int


@dataclass(frozen=True, slots=True)
class CalledIn:
    """The whole debt of an overdue contract became due at once."""

    on: date
    order: int


Event = (
    Opened | Imported | Drawn | Paid | FeeCharged | RateChanged | LimitChanged | DueDayChanged | FreeGranted
    | DepositReturned | DepositUsed | Waived | DebitFiled | DebitAnswered | DueMoved | CalledIn
)  # fmt: skip


def replay(events: Iterable[Event], product: Product, to: date) -> tuple[Standing, list[Split | None]]:
    """Return the standing on day `to` and, for each event in (value date, order), its split if it has one.

    The first event must be Opened or Imported, and none may be valued after `to`; ValueError otherwise.
    """
    ordered = in_order(events)
    if not ordered or not isinstance(ordered[0], Opened | Imported):
        raise ValueError("a contract's life begins with its opening")
    if ordered[-1].on > to:
        raise ValueError(f"an event is valued on {ordered[-1].on}, after {to}")
    standing = begin(ordered[0], product)
    splits: list[Split | None] = [None]
    for event in ordered[1:]:
        standing, split = apply(standing, event, product)
        splits.append(split)
    return advance(standing, to, product), splits


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return the events by value date and, within a day, by their order."""
    return sorted(events, key=lambda event: (event.on, event.order))


def begin(event: Opened | Imported, product: Product) -> Standing:
    """Return the standing that a life begins with."""
    if isinstance(event, Imported):
        if event.on != event.balance.settled_to:
            raise ValueError("an opening balance is valued on the day it is settled to")
        return open_with_balance(event.limit, event.rate, event.due_day, event.balance, product)
    first = event.first_contract
    return Standing.opened(event.limit, event.rate, event.due_day, event.on, first_contract=first)


def apply(standing: Standing, event: Event, product: Product) -> tuple[Standing, Split | None]:
    """Return the standing after one event, and its split if it has one."""
    match event:
        case Paid(on, _, amount):
            return payment.pay(standing, on, amount, product)
        case DepositUsed(on, _):
            return payment.use_deposit_on_due(standing, on, product)
        case Waived(on, _, damages, interest, fees):
            return payment.waive(standing, on, damages, interest, product, fees)
        case _:
            return _agreed(standing, event, product), None


def _agreed(standing: Standing, event: Event, product: Product) -> Standing:
    match event:
        case Drawn(on, _, amount, arrives):
            return terms.draw(standing, on, amount, product, arrives)
        case DebitFiled(on, _, day):
            return terms.file_debit(standing, on, day, product)
        case DebitAnswered(on, _):
            return terms.answer_debit(standing, on, product)
        case DueMoved(on, _, day):
            return mercy.move_due(standing, on, day, product)
        case CalledIn(on, _):
            return terms.call_in(standing, on, product)
        case FeeCharged(on, _, amount):
            return terms.charge_fee(standing, on, amount)
        case RateChanged(on, _, rate):
            return terms.change_rate(standing, on, rate)
        case LimitChanged(on, _, limit, None):
            return terms.change_limit(standing, on, limit, product)
        case LimitChanged(on, _, limit, int(rate)):
            limited = changed(standing, limit=limit)
            return terms.change_rate(limited, on, rate) if rate != standing.rate else limited
        case DueDayChanged(on, _, due_day):
            return terms.change_due_day(standing, on, due_day, product)
        case FreeGranted(on, _, days):
            return terms.add_free_period(standing, on, days, product)
        case DepositReturned(on, _, amount):
            return terms.return_deposit(standing, on, amount)
        case _:
            raise ValueError("a contract is opened only once")
