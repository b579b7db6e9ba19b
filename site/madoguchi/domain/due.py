"""Due dates: the nominal series, its shift to business days, the window in which a payment counts."""

from datetime import date, timedelta
from typing import Final

from madoguchi.domain.days import in_month, next_business_day
from madoguchi.domain.product import Cycle, DaysBefore, DueRule, FixedDays, Window

_ONE: Final = timedelta(days=1)
# A new due day must leave this long after the running due date (SPEC 6.4).
DAYS_BETWEEN_CHANGED: Final = 15


def first_due(rule: DueRule, due_day: int, drawn_on: date) -> date:
    """Return the nominal due date after a drawdown at which none runs; KeyError for no such due day."""
    if isinstance(rule, Cycle):
        return drawn_on + timedelta(days=rule.days)
    row = {row.due_day: row for row in rule.first_due}[due_day]
    months = row.early_months if drawn_on.day <= row.last_early_day else row.late_months
    return in_month(drawn_on.year, drawn_on.month + months, due_day)


def next_nominal(rule: DueRule, due_day: int, nominal: date) -> date:
    """Return the first nominal due date after another, which may lie on a different due day."""
    if isinstance(rule, Cycle):
        return nominal + timedelta(days=rule.days)
    return _first_after(due_day, nominal + _ONE)


def previous_nominal(rule: DueRule, due_day: int, nominal: date) -> date:
    """Return the last nominal due date before another."""
    if isinstance(rule, Cycle):
        return nominal - timedelta(days=rule.days)
    return in_month(nominal.year - 1, nominal.month + 11, due_day)


def changed_nominal(due_day: int, running: date) -> date:
    """Return the first nominal date of a new due day that lies at least 15 days after the running one."""
    return _first_after(due_day, running + timedelta(days=DAYS_BETWEEN_CHANGED))


def shift(nominal: date) -> date:
    """Return the day on which a nominal due date really falls: itself, or the next business day."""
    return next_business_day(nominal)


def window_opens(window: Window, due: date, previous: date | None, drawn_on: date | None = None) -> date:
    """Return the first day on which a payment counts for a due date (shifted, as the previous one is).

    Without a previous due date the window opens on the drawdown day itself.
    """
    if isinstance(window, DaysBefore):
        return due - timedelta(days=window.days)
    if previous is not None:
        return previous + _ONE
    if drawn_on is None:
        raise ValueError("a first window needs the day of the drawdown")
    return drawn_on


def offers(rule: DueRule, due_day: int) -> bool:
    """Tell whether the product has this due day; a cycle has none and writes 0."""
    return due_day in rule.days if isinstance(rule, FixedDays) else due_day == 0


def _first_after(due_day: int, earliest: date) -> date:
    found = in_month(earliest.year, earliest.month, due_day)
    return found if found >= earliest else in_month(earliest.year, earliest.month + 1, due_day)
