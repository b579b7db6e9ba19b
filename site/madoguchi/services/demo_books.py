"""Whether books hold a demo, a whole one, and how old: what every start asks, and every page of a demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from madoguchi.ports import JAPAN
from madoguchi.services.office import Office
from madoguchi.store import closed_days, contracts, stamps

MARK = "demo"  # the stamp of books that hold invented people: a production site refuses them
OLD_AFTER = timedelta(days=30)  # then the demo offers to start over


@dataclass(frozen=True, slots=True)
class Age:
    """How long ago the demo was made by its own clock, and whether that is too long."""

    days: int
    old: bool


def is_made(office: Office) -> bool:
    """Tell whether a demo stands complete: its first round is the last thing that is made."""
    return closed_days.first_closed_at(office.store) is not None


def is_empty(office: Office) -> bool:
    """Tell whether nobody has a contract yet."""
    return not contracts.ids_after(office.store, 0, 1)


def stands_in(office: Office) -> bool:
    """Tell whether the people of a demo were ever made in these books."""
    return stamps.read(office.store, MARK) is not None


def age(office: Office) -> Age:
    """Return the demo's age."""
    made_at = closed_days.first_closed_at(office.store) or office.now()
    passed = office.now() - made_at
    return Age(passed.days, passed > OLD_AFTER)


def clock_text(office: Office) -> str:
    """The demo's time in Japan, as its page says it."""
    return f"{office.now().astimezone(JAPAN):%Y-%m-%d %H:%M}"
