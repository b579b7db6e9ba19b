"""A contract's cached figures brought up to a day, as the daily round would leave them."""

from datetime import date

from madoguchi.domain.accrual import advance, to_next_due
from madoguchi.domain.payment import use_deposit_on_due
from madoguchi.domain.product import Product
from madoguchi.domain.rights import State
from madoguchi.domain.state import ONE_DAY, Standing


def counted_to(standing: Standing, day: date, product: Product) -> Standing:
    """Return the standing on a day; deposits are used on passed due dates before it is judged (SPEC 6.2).

    A page is looked at before the round of the night, or on a machine where it did not run, and must not call
    a member overdue who has money here. A standing that was counted further already is returned as it is.
    """
    while standing.deposit:
        standing = to_next_due(standing, day, product)
        due = standing.running
        if due is None or due.day >= day:
            break
        standing, _ = use_deposit_on_due(standing, due.day, product)
        if standing.running is not None and standing.running.day == due.day:
            standing = advance(standing, due.day + ONE_DAY, product)
    return advance(standing, day, product)


def states_with(states: int, standing: Standing) -> int:
    """Return a set of states with overdue as the standing says."""
    bit = State.OVERDUE.bit
    return states | bit if standing.late_since is not None else states & ~bit
