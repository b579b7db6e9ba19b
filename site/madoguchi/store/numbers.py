"""The series that numbers are taken from: a row each, held until the act that takes one ends."""

from __future__ import annotations

from madoguchi.store.db import Store


def hold(store: Store, series: str) -> int:
    """Hold a series until the act ends, and return the last number that was taken from it (0: none)."""
    rows = store.rows(
        "INSERT INTO number_series (name, last) VALUES (?, 0) "
        "ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING last",
        (series,),
    )
    return int(rows[0][0])


def took(store: Store, series: str, last: int) -> None:
    """Note the last number that was taken from a series that is held."""
    store.write("UPDATE number_series SET last = ? WHERE name = ?", (last, series))


def card_taken(store: Store, number: str) -> bool:
    """Tell whether a card has this number."""
    return store.one("SELECT 1 FROM card WHERE number = ?", (number,)) is not None
