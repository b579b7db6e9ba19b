"""The house's own journal, append-only like the ledger: what moves money and concerns no contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from madoguchi.domain.ledger import Account, HouseKind, Line
from madoguchi.store.db import Store
from madoguchi.store.values import day_out, moment_out

LINE_COLUMNS: Final = ("entry_key", "n", "account", "debit", "credit")


def append(
    store: Store,
    kind: HouseKind,
    amount: int,
    on: date,
    key: str,
    cause: str,
    lines: Sequence[Line],
    at: datetime,
) -> None:
    """Write the lines and then the entry, which seals them; the database refuses what does not balance."""
    rows = [(key, n, int(line.account), line.debit, line.credit) for n, line in enumerate(lines, start=1)]
    store.insert_many("house_line", LINE_COLUMNS, rows)
    store.write(
        "INSERT INTO house_entry (kind, value_date, posted_at, amount, cause, idempotency_key) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (int(kind), day_out(on), moment_out(at), amount, cause, key),
    )


def exists(store: Store, key: str) -> bool:
    """Tell whether an entry stands under a key."""
    return store.one("SELECT 1 FROM house_entry WHERE idempotency_key = ?", (key,)) is not None


def balance(store: Store, account: Account) -> int:
    """Return debits minus credits of an account over both journals, in yen."""
    row = store.one(
        "SELECT (SELECT COALESCE(SUM(debit - credit), 0) FROM line WHERE account = ?) + "
        "(SELECT COALESCE(SUM(debit - credit), 0) FROM house_line WHERE account = ?)",
        (int(account), int(account)),
    )
    return int(row[0]) if row else 0
