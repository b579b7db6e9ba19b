"""Entries that somebody else may have caused: money that left a contract, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from madoguchi.domain.ledger import EntryKind
from madoguchi.store.db import Store
from madoguchi.store.values import day_in, moment_in

KINDS: Final = (EntryKind.DRAWDOWN, EntryKind.DEPOSIT_RETURNED)
_COLUMNS: Final = "e.seq, e.kind, e.value_date, e.posted_at, e.amount, e.cause"
_STANDS: Final = (
    "e.kind IN (?, ?) AND NOT EXISTS "
    "(SELECT 1 FROM entry u WHERE u.contract_id = e.contract_id AND u.undoes = e.seq)"
)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Money that left: the entry's number, kind, day, moment it was posted, yen, and by which way."""

    seq: int
    kind: EntryKind
    day: date
    at: datetime
    amount: int
    cause: str


def newest(store: Store, contract_id: int, most: int) -> list[Doubtful]:
    """Return the newest of a contract that stand."""
    sql = (
        f"SELECT {_COLUMNS} FROM entry e WHERE e.contract_id = ? AND {_STANDS} "  # noqa: S608
        "ORDER BY e.seq DESC LIMIT ?"
    )
    return [_doubtful(row) for row in store.rows(sql, (contract_id, *map(int, KINDS), most))]


def these(store: Store, contract_id: int, numbers: list[int]) -> list[Doubtful]:
    """Return those of a contract with these numbers, undone or not, by their number."""
    if not numbers:
        return []
    marks = ", ".join("?" * len(numbers))
    where = f"e.contract_id = ? AND e.seq IN ({marks})"
    sql = f"SELECT {_COLUMNS} FROM entry e WHERE {where} ORDER BY e.seq"  # noqa: S608
    return [_doubtful(row) for row in store.rows(sql, (contract_id, *numbers))]


def _doubtful(row: tuple[Any, ...]) -> Doubtful:
    seq, kind, day, at, amount, cause = row
    return Doubtful(seq, EntryKind(kind), day_in(day), moment_in(at), amount, cause)
