"""How days pass over a contract: interest or damages accrue exactly, due dates pass, overdue begins."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from madoguchi.domain import due as due_dates
from madoguchi.domain.interest import units
from madoguchi.domain.money import Yen
from madoguchi.domain.product import Cycle, Product, Window
from madoguchi.domain.rates import Rate
from madoguchi.domain.state import ONE_DAY, Due, Standing


def advance(standing: Standing, to: date, product: Product) -> Standing:
    """Return the standing on day `to`, with that day's interest or damages counted.

    A due date on `to` itself has not passed yet: whether it was met is judged when the next day comes.
    A day up to which everything is counted already changes nothing.
    """
    if standing.accrued_to is not None and to <= standing.accrued_to:
        return standing
    while standing.running is not None and standing.running.day < to:
        standing = _accrued(standing, standing.running.day, product)
        standing = _due_passed(standing, standing.running, product) if standing.running else standing
    return _accrued(standing, to, product)


def amount_due(standing: Standing, due: Due) -> Yen:
    """Return what a due date asks in all, in yen: the frozen amount, or the minimum, or the debt if less.

    Fees and damages are no part of it: a payment covers them before it fills anything (SPEC 6.5).
    """
    if due.amount:
        return due.amount
    return min(standing.minimum, due.filled + standing.principal + standing.interest)


def next_turn(on: date, cycle: Cycle, window: Window) -> Due:
    """Return the due date of a cycle that begins anew on a day; it can be filled from the day after."""
    nominal = on + timedelta(days=cycle.days)
    day = due_dates.shift(nominal)
    return Due(nominal, day, due_dates.window_opens(window, day, on))


def following_due(standing: Standing, last: Due, product: Product) -> Due:
    """Return the due date after another one, on the new due day where a change is pending."""
    if standing.pending_due_day is not None:
        nominal = due_dates.changed_nominal(standing.pending_due_day, last.nominal)
    else:
        nominal = due_dates.next_nominal(product.due, standing.due_day, last.nominal)
    day = due_dates.shift(nominal)
    return Due(nominal, day, due_dates.window_opens(product.window, day, last.day))


def _accrued(standing: Standing, to: date, product: Product) -> Standing:
    start = standing.accrued_to
    if start is None or to <= start:
        return standing if start is not None else replace(standing, accrued_to=to)
    if standing.principal < product.remainder_below:
        return replace(standing, accrued_to=to)
    if standing.late_since is not None:
        new = units(standing.principal, product.damages_rate, start, to)
        return replace(standing, accrued_to=to, damages_units=standing.damages_units + new)
    new = interest_units(standing.principal, standing.rates, standing.free, start, to)
    return replace(standing, accrued_to=to, interest_units=standing.interest_units + new)


def interest_units(
    principal: Yen,
    rates: tuple[tuple[date, Rate], ...],
    free: tuple[tuple[date, date], ...],
    start: date,
    end: date,
) -> int:
    """Return exact units of interest on an unchanged principal for the days (start, end]."""
    free = tuple((first, last) for first, last in free if last > start)
    if not free and rates[-1][0] <= start:  # what nearly every contract needs on nearly every day
        return units(principal, rates[-1][1], start, end)
    cuts = (
        {agreed for agreed, _ in rates} | {last for _, last in free} | {first - ONE_DAY for first, _ in free}
    )
    edges = sorted({start, end, *(cut for cut in cuts if start < cut < end)})
    total = 0
    for after, to in pairwise(edges):
        day = after + ONE_DAY
        if not any(first <= day <= last for first, last in free):
            total += units(principal, rate_on(rates, day), after, to)
    return total


def rate_on(rates: tuple[tuple[date, Rate], ...], day: date) -> Rate:
    """Return the rate of a day: the newest agreed before it (the first one where none is older)."""
    return next((rate for agreed, rate in reversed(rates) if agreed < day), rates[0][1])


def _due_passed(standing: Standing, passed: Due, product: Product) -> Standing:
    """Judge a due date at the end of its day; an unmet one makes the contract overdue from the next day."""
    if not passed.met:
        standing = _made_overdue(standing, passed)
        if isinstance(product.due, Cycle):  # the cycle counts from the payment that will meet this one
            return replace(standing, running=None)
    following = following_due(standing, passed, product)
    if standing.pending_due_day is not None:
        standing = replace(standing, due_day=standing.pending_due_day, pending_due_day=None)
    return replace(standing, running=following)


def _made_overdue(standing: Standing, passed: Due) -> Standing:
    frozen = replace(passed, amount=amount_due(standing, passed))
    free = tuple((first, min(last, passed.day)) for first, last in standing.free if first <= passed.day)
    return replace(
        standing,
        unmet=(*standing.unmet, frozen),
        late_since=standing.late_since or passed.day + ONE_DAY,
        free=free,
    )
