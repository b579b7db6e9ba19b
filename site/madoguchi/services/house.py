"""Posting to the house's own journal, each entry once under its key."""

from __future__ import annotations

from datetime import date

from madoguchi.domain.ledger import HouseKind, lines_for_house
from madoguchi.services.office import Office
from madoguchi.store import house


def post_within(office: Office, kind: HouseKind, amount: int, on: date, key: str, cause: str) -> bool:
    """Post an amount in yen, valued on a day, inside an open act; False when the key was used already."""
    if house.exists(office.store, key):
        return False
    lines = lines_for_house(kind, amount)
    house.append(office.store, kind, amount, on, key, cause, lines, office.now())
    return True
