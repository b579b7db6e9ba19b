"""Contracts that come from another system, with a balance already on them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from madoguchi.domain import due as due_dates
from madoguchi.domain.days import in_month
from madoguchi.domain.money import Yen
from madoguchi.domain.product import Cycle, Product, minimum_payment
from madoguchi.domain.rates import Rate
from madoguchi.domain.state import ONE_DAY, Due, Standing

MOST_OWED: Final = 100_000_000  # yen of principal on one contract


@dataclass(frozen=True, slots=True)
class Balance:
    """What a contract brings along, settled up to and with the day settled_to; amounts in yen.

    next_due is nominal; filled is what was already paid towards it. unmet are (nominal day, yen left) of due
    dates that passed. minimum None means: the product's, on this principal. last_drawn_on opens the first
    window where no due date passed yet. free_until is the last interest-free day, if one lies ahead.
    """

    settled_to: date
    principal: Yen
    carried_interest: Yen = 0
    carried_damages: Yen = 0
    fees: Yen = 0
    deposit: Yen = 0
    minimum: Yen | None = None
    next_due: date | None = None
    filled: Yen = 0
    unmet: tuple[tuple[date, Yen], ...] = ()
    free_until: date | None = None


def open_with_balance(limit: Yen, rate: Rate, due_day: int, balance: Balance, product: Product) -> Standing:
    """Return the standing of an imported contract on the day it is settled to.

    Raises ValueError with a sentence for figures that contradict each other or the product.
    """
    faults = balance_faults(balance, due_day, product)
    if faults:
        raise ValueError("; ".join(faults))
    unmet = tuple(_passed(nominal, left, product) for nominal, left in sorted(balance.unmet))
    late = unmet[0].day + ONE_DAY if unmet else None
    if balance.carried_damages and late is None and balance.principal >= product.remainder_below:
        late = balance.settled_to + ONE_DAY
    owed_minimum = minimum_payment(product.minimum, balance.principal, limit)
    return Standing(
        limit=limit,
        due_day=due_day,
        rates=((balance.settled_to, rate),),
        principal=balance.principal,
        fees=balance.fees,
        carried_damages=balance.carried_damages,
        carried_interest=balance.carried_interest,
        deposit=balance.deposit,
        accrued_to=balance.settled_to,
        since=balance.settled_to,
        minimum=owed_minimum if balance.minimum is None else balance.minimum,
        running=_running(balance, due_day, product),
        unmet=unmet,
        late_since=late,
        free=_free(balance),
        first_drawn=balance.settled_to if balance.principal else None,
        first_contract=False,
    )


def balance_faults(balance: Balance, due_day: int, product: Product) -> list[str]:
    """Return a sentence for each contradiction in an opening balance; empty for a sound one."""
    faults = []
    if not due_dates.offers(product.due, due_day):
        faults.append(f"the product has no due day {due_day}")
    amounts = (
        balance.principal,
        balance.carried_interest,
        balance.carried_damages,
        balance.fees,
        balance.deposit,
    )
    if min(*amounts, balance.filled, balance.minimum or 0, *(left for _, left in balance.unmet)) < 0:
        faults.append("no amount can be negative")
    small = balance.principal < product.remainder_below
    if small and (balance.next_due or balance.unmet):
        faults.append("a remainder has no due date and no arrears")
    if not small and balance.next_due is None and not (isinstance(product.due, Cycle) and balance.unmet):
        faults.append("an open debt needs its next due date")
    if not small and balance.minimum == 0:
        faults.append("an open debt needs a minimum above 0")
    if balance.next_due and due_dates.shift(balance.next_due) <= balance.settled_to:
        faults.append("the next due date must lie after the day the balance is settled to")
    if any(due_dates.shift(nominal) > balance.settled_to for nominal, _ in balance.unmet):
        faults.append("an unmet due date must have passed on the day the balance is settled to")
    return faults


def doubts(balance: Balance, limit: Yen, product: Product) -> list[tuple[str, str]]:
    """Return (name of the figure, sentence) for each that nobody can owe: a column was mistaken for another.

    A principal above the limit is none: the limit may have been cut since. A replay does not ask for them.
    """
    found = []
    if balance.principal > MOST_OWED:
        found.append(("principal", f"is above {MOST_OWED:,} yen"))
    small = balance.principal < product.remainder_below
    most, word = (limit, "credit limit") if small else (balance.principal, "principal")
    for name, figure in (
        ("carried_interest", balance.carried_interest),
        ("carried_damages", balance.carried_damages),
    ):
        if figure > most:
            found.append((name, f"is more than the {word}"))
    settled = balance.settled_to
    if balance.next_due and balance.next_due > in_month(settled.year, settled.month + 3, settled.day):
        found.append(("next_due", "lies more than three months after settled_to"))
    if balance.filled and balance.next_due is None:
        found.append(("filled", "was paid towards a next due date, and there is none"))
    return found


def _passed(nominal: date, left: Yen, product: Product) -> Due:
    day = due_dates.shift(nominal)
    return Due(nominal, day, due_dates.window_opens(product.window, day, None, day), amount=left)


def _running(balance: Balance, due_day: int, product: Product) -> Due | None:
    nominal = balance.next_due
    if nominal is None:
        return None
    previous = due_dates.shift(due_dates.previous_nominal(product.due, due_day, nominal))
    day = due_dates.shift(nominal)
    minimum = balance.minimum or 0
    met = 0 < minimum <= balance.filled
    return Due(nominal, day, due_dates.window_opens(product.window, day, previous), balance.filled, met)


def _free(balance: Balance) -> tuple[tuple[date, date], ...]:
    if balance.free_until is None or balance.free_until <= balance.settled_to:
        return ()
    return ((balance.settled_to + ONE_DAY, balance.free_until),)
