"""How days pass over a contract: interest or damages accrue exactly, due dates pass, overdue begins."""

from datetime import date
from itertools import pairwise

from madoguchi.domain.drawing import drawn
from madoguchi.domain.interest import units
from madoguchi.domain.money import Yen
from madoguchi.domain.product import Cycle, Product
from madoguchi.domain.rates import Rate
from madoguchi.domain.state import ONE_DAY, Due, Standing, changed
from madoguchi.domain.turns import following_due


def advance(standing: Standing, to: date, product: Product) -> Standing:
    """Return the standing on day `to`, with that day's interest or damages counted.

    A drawdown on its way is drawn on the day it arrives. A due date on `to` itself has not passed yet:
    whether it was met is judged when the next day comes. A day that is counted already changes nothing.
    """
    if standing.accrued_to is not None and to <= standing.accrued_to:
        return standing
    while (due := standing.running) is not None or standing.coming:
        if _arrives_first(standing, to):
            standing = _arrived(standing, product)
        elif due is not None and due.day < to:
            standing = _due_passed(_accrued(standing, due.day, product), due, product)
        else:
            break
    return _accrued(standing, to, product)


def to_next_due(standing: Standing, before: date, product: Product) -> Standing:
    """Return the standing with what arrives before its next due date drawn, so that `running` is that one.

    Nothing that lies on `before` or later is counted.
    """
    while standing.coming and standing.coming[0][0] < before and _arrives_first(standing, before):
        standing = _arrived(standing, product)
    return standing


def amount_due(standing: Standing, due: Due) -> Yen:
    """Return what a due date asks in all, in yen: the frozen amount, or the minimum, or the debt if less.

    Fees and damages are no part of it: a payment covers them before it fills anything (SPEC 6.5).
    """
    if due.amount:
        return due.amount
    return min(standing.minimum, due.filled + standing.principal + standing.interest)


def _arrives_first(standing: Standing, to: date) -> bool:
    """Tell whether the next thing up to a day is that money arrives, before its day's due date is judged."""
    if not standing.coming or standing.coming[0][0] > to:
        return False
    return standing.running is None or standing.coming[0][0] <= standing.running.day


def _arrived(standing: Standing, product: Product) -> Standing:
    (day, amount), *later = standing.coming
    return drawn(_accrued(changed(standing, coming=tuple(later)), day, product), day, amount, product)


def _accrued(standing: Standing, to: date, product: Product) -> Standing:
    start = standing.accrued_to
    if start is None or to <= start:
        return standing if start is not None else changed(standing, accrued_to=to)
    if standing.principal < product.remainder_below:
        return changed(standing, accrued_to=to)
    if standing.late_since is not None:
        new = units(standing.principal, product.damages_rate, start, to)
        return changed(standing, accrued_to=to, damages_units=standing.damages_units + new)
    new = interest_units(standing.principal, standing.rates, standing.free, start, to)
    return changed(standing, accrued_to=to, interest_units=standing.interest_units + new)


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
    """Judge a due date at the end of its day; an unmet one makes the contract overdue from the next day.

    One whose debit is at the bank is judged when the answer is known: the life is told again then.
    """
    if not passed.met:
        if passed.debited:
            standing = changed(standing, pending=(*standing.pending, passed))
        else:
            standing = _made_overdue(standing, passed)
        if isinstance(product.due, Cycle):  # the cycle counts from the payment that will meet this one
            return changed(standing, running=None)
    following = following_due(standing, passed, product)
    if standing.pending_due_day is not None:
        standing = changed(standing, due_day=standing.pending_due_day, pending_due_day=None)
    return changed(standing, running=following)


def _made_overdue(standing: Standing, passed: Due) -> Standing:
    frozen = changed(passed, amount=amount_due(standing, passed))
    free = tuple((first, min(last, passed.day)) for first, last in standing.free if first <= passed.day)
    return changed(
        standing,
        unmet=(*standing.unmet, frozen),
        late_since=standing.late_since or passed.day + ONE_DAY,
        free=free,
    )
