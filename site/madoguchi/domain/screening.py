"""What stands against a new contract: age, the limit's bounds, a third of the income, papers not seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from madoguchi.domain.money import Yen

PAPERS_ABOVE_HERE: Final[Yen] = 500_000  # 貸金業法13条3項1号: this lender's total
PAPERS_ABOVE_ALL: Final[Yen] = 1_000_000  # 同2号: all lenders' total
SHARE: Final = 3  # 貸金業法13条の2: no more than a third of the yearly income


class Obstacle(Enum):
    """Why a contract cannot be asked for."""

    YOUNG = "young"
    LOW = "low"
    HIGH = "high"
    UNIT = "unit"
    THIRD = "third"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What this lender lends at all: limits in yen, their unit, and the age in years from which."""

    lowest: Yen
    highest: Yen
    unit: Yen
    youngest: int


def room_for(income: Yen, other_debts: Yen) -> Yen:
    """Return the highest limit that the law allows beside what is owed to other lenders."""
    return max(0, income // SHARE - other_debts)


def papers_needed(limit: Yen, other_debts: Yen) -> bool:
    """Tell whether the law asks for a paper that shows the income."""
    return limit > PAPERS_ABOVE_HERE or limit + other_debts > PAPERS_ABOVE_ALL


def age_on(day: date, born: date) -> int:
    """Return the full years on a day; somebody born on 29 February is older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def obstacles(
    born: date, today: date, limit: Yen, income: Yen, other_debts: Yen, papers_seen: bool, bounds: Bounds
) -> list[Obstacle]:
    """Return everything that stands against a contract with this limit."""
    found = []
    if age_on(today, born) < bounds.youngest:
        found.append(Obstacle.YOUNG)
    if limit < bounds.lowest:
        found.append(Obstacle.LOW)
    if limit > bounds.highest:
        found.append(Obstacle.HIGH)
    if limit % bounds.unit:
        found.append(Obstacle.UNIT)
    if limit > room_for(income, other_debts):
        found.append(Obstacle.THIRD)
    if papers_needed(limit, other_debts) and not papers_seen:
        found.append(Obstacle.PAPERS)
    return found
