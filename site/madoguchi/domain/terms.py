"""Acts on a contract that are no payment: drawing, fees, new terms, free periods, the deposit's return."""

from datetime import date, timedelta

from madoguchi.domain import due as due_dates
from madoguchi.domain.accrual import advance, amount_due
from madoguchi.domain.drawing import drawn
from madoguchi.domain.money import Yen
from madoguchi.domain.product import Product, rate_for_limit
from madoguchi.domain.rates import Rate, legal_cap
from madoguchi.domain.state import ONE_DAY, Due, Standing, changed, require_order


def draw(
    standing: Standing, on: date, amount: Yen, product: Product, arrives: date | None = None
) -> Standing:
    """Return the standing after borrowing an amount on a day; `arrives` is when it reaches the member.

    Until then it is coming: it counts against the limit and bears nothing. Limits, caps and units are the
    service's to refuse; raises ValueError below 1 yen, OutOfOrder.
    """
    require_order(standing, on)
    if amount < 1:
        raise ValueError("a drawdown is at least 1 yen")
    before = advance(standing, on, product)
    if arrives is None or arrives <= on:
        return drawn(before, on, amount, product)
    return changed(before, coming=tuple(sorted((*before.coming, (arrives, amount)))))


def file_debit(standing: Standing, on: date, day: date, product: Product) -> Standing:
    """Freeze what the due date on `day` asks and mark that its debit is at the bank (SPEC 6.0, 6.3).

    Nothing happens where no such due date runs or it is met: a life that is told again may have none.
    """
    require_order(standing, on)
    now = advance(standing, on, product)
    due = now.running
    if due is None or due.day != day or due.met:
        return now
    asked = amount_due(advance(now, day, product), due)
    return changed(now, running=changed(due, amount=asked, debited=True))


def answer_debit(standing: Standing, day: date, product: Product) -> Standing:
    """Take off the mark that a debit is at the bank; its answer is valued on the due date itself."""
    require_order(standing, day)
    now = advance(standing, day, product)
    if now.running is None or now.running.day != day:
        return now
    return changed(now, running=changed(now.running, debited=False))


def call_in(standing: Standing, on: date, product: Product) -> Standing:
    """Make the whole debt of an overdue contract due at once (期限の利益の喪失): no later date is left.

    What was in arrears is part of it. Damages go on as on every overdue day; the contract is overdue until
    principal and interest as of this day are paid. Nothing happens where it is not overdue: a life that is
    told again may not be.
    """
    require_order(standing, on)
    now = advance(standing, on, product)
    if now.late_since is None or now.principal < product.remainder_below:
        return now
    whole = Due(on, on, on, amount=now.principal + now.interest)
    return changed(now, unmet=(whole,), running=None, pending=(), pending_due_day=None)


def charge_fee(standing: Standing, on: date, amount: Yen) -> Standing:
    """Add a fee in yen (SPEC 6.12): it bears nothing, and the next payment covers it first."""
    require_order(standing, on)
    if amount < 1:
        raise ValueError("a fee is at least 1 yen")
    return changed(standing, fees=standing.fees + amount)


def change_rate(standing: Standing, on: date, rate: Rate) -> Standing:
    """Agree on another rate, which works from the next day; nothing is settled."""
    require_order(standing, on)
    return changed(standing, rates=(*standing.rates, (on, rate)))


def change_limit(standing: Standing, on: date, limit: Yen, product: Product) -> Standing:
    """Set the credit limit; a raise into a lower band or cap lowers the rate from the next day (SPEC 6.8).

    A decrease never raises the rate, and a raise inside its band leaves a rate agreed long ago alone.
    """
    require_order(standing, on)
    rate = standing.rate
    if limit > standing.limit:
        rate = min(rate, legal_cap(limit))
        if rate_for_limit(product, limit) < rate_for_limit(product, standing.limit):
            rate = min(rate, rate_for_limit(product, limit))
    limited = changed(standing, limit=limit)
    return change_rate(limited, on, rate) if rate != standing.rate else limited


def change_due_day(standing: Standing, on: date, due_day: int, product: Product) -> Standing:
    """Ask for another due day: after the running due date, or at once where none runs (SPEC 6.4).

    Raises ValueError for a day that the product does not offer. Overdue, pending or frozen contracts are
    the service's to refuse (late_since, pending_due_day): a replay must be able to pass.
    """
    require_order(standing, on)
    if not due_dates.offers(product.due, due_day):
        raise ValueError(f"the product has no due day {due_day}")
    now = advance(standing, on, product)
    if now.running is None:
        return changed(now, due_day=due_day, pending_due_day=None)
    return changed(now, pending_due_day=None if due_day == now.due_day else due_day)


def add_free_period(standing: Standing, on: date, days: int, product: Product) -> Standing:
    """Add interest-free days from the next day, or after those that still run or wait (SPEC 6.7)."""
    require_order(standing, on)
    if days < 1:
        raise ValueError("a free period is at least 1 day")
    now = advance(standing, on, product)
    first = max([on, *(last for _, last in now.free)]) + ONE_DAY
    return changed(now, free=(*now.free, (first, first + timedelta(days=days - 1))))


def return_deposit(standing: Standing, on: date, amount: Yen) -> Standing:
    """Pay back some of the member's deposit; ValueError for more than there is."""
    require_order(standing, on)
    if not 1 <= amount <= standing.deposit:
        raise ValueError("no more can be returned than is deposited")
    return changed(standing, deposit=standing.deposit - amount)
