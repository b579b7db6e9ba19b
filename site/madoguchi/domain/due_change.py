"""What another due day does to the next due dates, told before it is agreed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from madoguchi.domain.product import Product
from madoguchi.domain.state import Due, Standing
from madoguchi.domain.terms import change_due_day
from madoguchi.domain.turns import after_change, following_due

TOLD: Final = 2  # due dates that a member is shown


@dataclass(frozen=True, slots=True)
class Turn:
    """One coming due date as it is now and as it would be; `later` how many days later money is due."""

    now: Due
    then: Due

    @property
    def later(self) -> int:
        """Days from the one to the other, below 0 when it comes sooner."""
        return (self.then.day - self.now.day).days


def effect(standing: Standing, on: date, due_day: int, product: Product) -> tuple[Turn, ...]:
    """Return what the change would do to the next two due dates; empty where none runs.

    Raises ValueError for a day that the product does not offer.
    """
    changed = change_due_day(standing, on, due_day, product)
    now, then = (tuple(islice(coming(one, product), TOLD)) for one in (standing, changed))
    return tuple(Turn(*pair) for pair in zip(now, then, strict=True))


def coming(standing: Standing, product: Product) -> Iterator[Due]:
    """Yield the due dates that still ask for something, as they follow if nothing else changes."""
    due = standing.running
    while due is not None:
        if not due.met:
            yield due
        due, standing = following_due(standing, due, product), after_change(standing)
