"""Which due date follows another, and with which one a cycle begins anew."""

from datetime import date, timedelta

from madoguchi.domain import due as due_dates
from madoguchi.domain.product import Cycle, Product, Window
from madoguchi.domain.state import Due, Standing, changed


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


def after_change(standing: Standing) -> Standing:
    """Return the standing once a due day that was asked for has come into force."""
    if standing.pending_due_day is None:
        return standing
    return changed(standing, due_day=standing.pending_due_day, pending_due_day=None)
