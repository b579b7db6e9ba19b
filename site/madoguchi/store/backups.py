"""Which backups were made, and the whole ledger as one hash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from madoguchi.store import contracts
from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

CHUNK: Final = 500  # contracts whose rows are in memory at a time
# Written out, for a backup of an older schema is hashed as it was: no column that came later may join.
_ENTRIES: Final = (
    "SELECT contract_id, seq, kind, value_date, posted_at, amount, fees, damages, interest, principal, "
    "deposit, balance, idempotency_key FROM entry WHERE contract_id BETWEEN ? AND ? ORDER BY contract_id, seq"
)
_LINES: Final = (
    "SELECT contract_id, seq, n, account, debit, credit FROM line "
    "WHERE contract_id BETWEEN ? AND ? ORDER BY contract_id, seq, n"
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many entries there are, and a hash over all of them and their lines, in order."""

    entries: int
    hash: str


@dataclass(frozen=True, slots=True)
class Row:
    """A backup that was made."""

    at: datetime
    file: str
    bytes: int
    ledger: Ledger
    sealed: bool


def ledger(store: Store) -> Ledger:
    """Hash the ledger; call it where nobody posts meanwhile: in a copy, or inside a snapshot."""
    found, count, last = sha256(), 0, 0
    while ids := contracts.ids_after(store, last, CHUNK):
        span, last = (ids[0], ids[-1]), ids[-1]
        for row in _rows(store, _ENTRIES, span):
            found.update(repr(row).encode())
            count += 1
        for row in _rows(store, _LINES, span):
            found.update(repr(row).encode())
    return Ledger(count, found.hexdigest())


def add(store: Store, row: Row) -> None:
    """Note that a backup was made."""
    store.write(
        "INSERT INTO backup (at, file, bytes, entries, ledger, sealed) VALUES (?, ?, ?, ?, ?, ?)",
        (moment_out(row.at), row.file, row.bytes, row.ledger.entries, row.ledger.hash, int(row.sealed)),
    )


def newest(store: Store) -> Row | None:
    """Return the backup that was made last, or None."""
    row = store.one("SELECT at, file, bytes, entries, ledger, sealed FROM backup ORDER BY id DESC LIMIT 1")
    if row is None:
        return None
    at, file, size, entries, hashed, sealed = row
    return Row(moment_in(at), file, size, Ledger(entries, hashed), bool(sealed))


def _rows(store: Store, sql: str, span: tuple[int, int]) -> Iterator[tuple[Any, ...]]:
    return (tuple(row) for row in store.stream(sql, span))
