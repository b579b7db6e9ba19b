"""What would have to be paid: everything on a chosen day, what is in arrears now, what is due next."""

from dataclasses import dataclass
from datetime import date

from madoguchi.domain.accrual import advance, amount_due
from madoguchi.domain.interest import floor_yen, units
from madoguchi.domain.money import Yen
from madoguchi.domain.product import Cycle, Product
from madoguchi.domain.state import ONE_DAY, Standing, changed
from madoguchi.domain.turns import after_change, following_due


@dataclass(frozen=True, slots=True)
class Payoff:
    """The amount that ends the debt on a day, in yen; it assumes that nothing is paid before that day.

    days counts from the last payment (or the day the debt began); per_day is what one day later would add,
    about; the total holds on valid_on alone.
    """

    on: date
    principal: Yen
    interest: Yen
    damages: Yen
    fees: Yen
    total: Yen
    days: int
    per_day: Yen
    valid_on: date


def payoff(standing: Standing, on: date, product: Product) -> Payoff:
    """Return the payoff for a day, which must not lie before accrued_to (a past day shows the present)."""
    then = advance(standing, on, product)
    day = then.accrued_to or on
    return Payoff(
        on=day,
        principal=then.principal,
        interest=then.interest,
        damages=then.damages,
        fees=then.fees,
        total=then.debt,
        days=(day - then.since).days if then.since and then.principal else 0,
        per_day=_per_day(then, product),
        valid_on=day,
    )


def _per_day(then: Standing, product: Product) -> Yen:
    if then.accrued_to is None:
        return 0
    later = advance(then, then.accrued_to + ONE_DAY, product)
    more = later.interest_units + later.damages_units - then.interest_units - then.damages_units
    return floor_yen(more)


def payoff_horizon(standing: Standing, product: Product) -> date | None:
    """Return the last day for which a payoff is quoted: the second due date from now (SPEC 6.10)."""
    if standing.running is None:
        return None
    if isinstance(product.due, Cycle) or not standing.running.met:
        return following_due(standing, standing.running, product).day
    first = following_due(standing, standing.running, product)
    return following_due(after_change(standing), first, product).day


def due_now(standing: Standing, on: date, product: Product) -> Yen:
    """Return what must be paid on a day to be without arrears, in yen; 0 when nothing is overdue.

    Fees and damages are taken before anything fills a due date, so they are part of it.
    """
    then = advance(standing, on, product)
    if then.late_since is None:
        return 0
    return min(then.debt, sum(due.left for due in then.unmet) + then.damages + then.fees)


def smallest_payment(standing: Standing, on: date, product: Product) -> Yen:
    """Return the least that a member may pay on a day: the product's smallest, or the whole debt if less."""
    return min(product.smallest_payment, advance(standing, on, product).debt)


def damages_days(standing: Standing, product: Product) -> int:
    """Count the days whose damages are owed: those overdue since the last payment.

    0 where that does not tell the whole sum: some is carried from before, was waived, or the debt changed.
    """
    to, since, late = standing.accrued_to, standing.since, standing.late_since
    if to is None or since is None or late is None or standing.carried_damages:
        return 0
    start = max(since, late - ONE_DAY)
    if start >= to or units(standing.principal, product.damages_rate, start, to) != standing.damages_units:
        return 0
    return (to - start).days


@dataclass(frozen=True, slots=True)
class Arriving:
    """What the arrival of money that is on its way changes: from `on`, `due` asks for `amount` yen."""

    on: date
    due: date
    amount: Yen


def due_on_arrival(standing: Standing, product: Product) -> Arriving | None:
    """Return what is due once all that arrives by the next due date has arrived; None if that is no news."""
    due = next_due(standing, product)
    arrivals = [on for on, _ in standing.coming if due is None or on <= due[0]]
    if not arrivals:
        return None
    then = next_due(advance(standing, arrivals[-1], product), product)
    return Arriving(arrivals[-1], *then) if then and then != due else None


def next_due(standing: Standing, product: Product) -> tuple[date, Yen] | None:
    """Return what due_by_then does for the standing as it is: what is on its way asks for nothing yet.

    A payment of today meets this amount; due_on_arrival says what another day may ask.
    """
    return due_by_then(changed(standing, coming=()) if standing.coming else standing, product)


def due_by_then(standing: Standing, product: Product) -> tuple[date, Yen] | None:
    """Return the next due date (shifted) that asks for something and how much is left of it, in yen.

    It is what the day itself will ask, with what arrives by then, as a debit of that day has to know.
    A running due date that is met already is passed over. The amount is the minimum, or the whole debt as of
    that day if less, without what was filled. Arrears are no part of it (due_now). Outstanding fees are,
    where there are no arrears: they are taken first, and without them the due date would stay unmet.
    """
    running = standing.running
    if running is None:
        return None
    then = advance(standing, running.day, product)
    if running.met:
        running = following_due(standing, running, product)
        then = advance(standing, running.day, product)
    left = amount_due(then, running) - running.filled
    return running.day, left if then.late_since else left + then.fees
