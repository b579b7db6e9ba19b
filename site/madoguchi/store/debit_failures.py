"""Debits that came back unpaid, with whose they were."""

from __future__ import annotations

from dataclasses import dataclass

from madoguchi.store.db import Store


@dataclass(frozen=True, slots=True)
class Failed:
    """A debit that was not paid, in yen, and whose it was."""

    number: str
    name: str
    amount: int
    result: int


def failed(store: Store, file_id: int, paid: int, most: int) -> list[Failed]:
    """Return the debits of a file that came back with another result than `paid`, as they stand in it."""
    rows = store.rows(
        "SELECT m.number, m.name, d.amount, d.result FROM debit d JOIN contract c ON c.id = d.contract_id "
        "JOIN member m ON m.id = c.member_id WHERE d.file_id = ? AND d.result <> ? ORDER BY d.n LIMIT ?",
        (file_id, paid, most),
    )
    return [Failed(*row) for row in rows]
