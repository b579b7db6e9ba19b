"""What a drawdown changes on the day it reaches the member: principal, minimum, first due date, free days."""

from datetime import date, timedelta

from madoguchi.domain import due as due_dates
from madoguchi.domain.money import Yen
from madoguchi.domain.product import Cycle, Product, minimum_payment
from madoguchi.domain.state import ONE_DAY, Due, Standing, changed
from madoguchi.domain.turns import next_turn


def drawn(before: Standing, on: date, amount: Yen, product: Product) -> Standing:
    """Return the standing after an amount in yen reached the member, from one counted up to that day.

    Sets the minimum anew, starts a due date where none runs, and the first free period of a first contract.
    """
    principal = before.principal + amount
    after = changed(
        before,
        principal=principal,
        minimum=minimum_payment(product.minimum, principal, before.limit),
        since=before.since if before.principal >= product.remainder_below else on,
    )
    if before.first_drawn is None:
        after = _first_drawn(after, on, product)
    if after.running is None and not after.unmet and principal >= product.remainder_below:
        after = changed(after, running=_first_due(after, on, product))
    return _met_by_less(after, on, product)


def _first_drawn(drawn: Standing, on: date, product: Product) -> Standing:
    drawn = changed(drawn, first_drawn=on)
    if not drawn.first_contract or not product.free_days_first:
        return drawn
    return changed(drawn, free=(*drawn.free, (on + ONE_DAY, on + timedelta(days=product.free_days_first))))


def _met_by_less(drawn: Standing, on: date, product: Product) -> Standing:
    """Mark the running due date met if the new minimum is no more than what was paid towards it.

    A larger balance can ask for less: 300,000 yen has a minimum of 11,000 and 300,001 one of 8,000.
    """
    running = drawn.running
    if running is None or running.met or running.amount or running.filled < drawn.minimum:
        return drawn
    if isinstance(product.due, Cycle):
        return changed(drawn, running=next_turn(on, product.due, product.window))
    return changed(drawn, running=changed(running, met=True))


def _first_due(drawn: Standing, on: date, product: Product) -> Due:
    nominal = due_dates.first_due(product.due, drawn.due_day, on)
    day = due_dates.shift(nominal)
    return Due(nominal, day, due_dates.window_opens(product.window, day, None, on))
