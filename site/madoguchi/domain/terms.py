"""Acts on a contract that are no payment: drawing, fees, new terms, free periods, the deposit's return."""

from dataclasses import replace
from datetime import date, timedelta

from madoguchi.domain import due as due_dates
from madoguchi.domain.accrual import advance, next_turn
from madoguchi.domain.money import Yen
from madoguchi.domain.product import Cycle, Product, minimum_payment, rate_for_limit
from madoguchi.domain.rates import Rate, legal_cap
from madoguchi.domain.state import ONE_DAY, Due, Standing, require_order


def draw(standing: Standing, on: date, amount: Yen, product: Product) -> Standing:
    """Return the standing after borrowing an amount that reaches the member on a day.

    Sets the minimum anew, starts a due date where none runs, and the first free period of a first contract.
    Limits, caps and units are the service's to refuse; raises ValueError below 1 yen, OutOfOrder.
    """
    require_order(standing, on)
    if amount < 1:
        raise ValueError("a drawdown is at least 1 yen")
    before = advance(standing, on, product)
    principal = before.principal + amount
    drawn = replace(
        before,
        principal=principal,
        minimum=minimum_payment(product.minimum, principal, before.limit),
        since=before.since if before.principal >= product.remainder_below else on,
    )
    if before.first_drawn is None:
        drawn = _first_drawn(drawn, on, product)
    if drawn.running is None and not drawn.unmet and principal >= product.remainder_below:
        drawn = replace(drawn, running=_first_due(drawn, on, product))
    return _met_by_less(drawn, on, product)


def _first_drawn(drawn: Standing, on: date, product: Product) -> Standing:
    drawn = replace(drawn, first_drawn=on)
    if not drawn.first_contract or not product.free_days_first:
        return drawn
    return replace(drawn, free=(*drawn.free, (on + ONE_DAY, on + timedelta(days=product.free_days_first))))


def _met_by_less(drawn: Standing, on: date, product: Product) -> Standing:
    """Mark the running due date met if the new minimum is no more than what was paid towards it.

    A larger balance can ask for less: 300,000 yen has a minimum of 11,000 and 300,001 one of 8,000.
    """
    running = drawn.running
    if running is None or running.met or running.filled < drawn.minimum:
        return drawn
    if isinstance(product.due, Cycle):
        return replace(drawn, running=next_turn(on, product.due, product.window))
    return replace(drawn, running=replace(running, met=True))


def _first_due(drawn: Standing, on: date, product: Product) -> Due:
    nominal = due_dates.first_due(product.due, drawn.due_day, on)
    day = due_dates.shift(nominal)
    return Due(nominal, day, due_dates.window_opens(product.window, day, None, on))


def charge_fee(standing: Standing, on: date, amount: Yen) -> Standing:
    """Add a fee in yen (SPEC 6.12): it bears nothing, and the next payment covers it first."""
    require_order(standing, on)
    if amount < 1:
        raise ValueError("a fee is at least 1 yen")
    return replace(standing, fees=standing.fees + amount)


def change_rate(standing: Standing, on: date, rate: Rate) -> Standing:
    """Agree on another rate, which works from the next day; nothing is settled."""
    require_order(standing, on)
    return replace(standing, rates=(*standing.rates, (on, rate)))


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
    changed = replace(standing, limit=limit)
    return change_rate(changed, on, rate) if rate != standing.rate else changed


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
        return replace(now, due_day=due_day, pending_due_day=None)
    return replace(now, pending_due_day=None if due_day == now.due_day else due_day)


def add_free_period(standing: Standing, on: date, days: int, product: Product) -> Standing:
    """Add interest-free days from the next day, or after those that still run or wait (SPEC 6.7)."""
    require_order(standing, on)
    if days < 1:
        raise ValueError("a free period is at least 1 day")
    now = advance(standing, on, product)
    first = max([on, *(last for _, last in now.free)]) + ONE_DAY
    return replace(now, free=(*now.free, (first, first + timedelta(days=days - 1))))


def return_deposit(standing: Standing, on: date, amount: Yen) -> Standing:
    """Pay back some of the member's deposit; ValueError for more than there is."""
    require_order(standing, on)
    if not 1 <= amount <= standing.deposit:
        raise ValueError("no more can be returned than is deposited")
    return replace(standing, deposit=standing.deposit - amount)
