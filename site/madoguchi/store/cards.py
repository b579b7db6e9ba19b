"""A contract's card as its owner sees it: rows out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card: number, state (active, held, lost), why and since when."""

    number: str
    state: str
    why: str
    since: datetime


def newest(store: Store, contract_id: int) -> CardRow | None:
    """Return a contract's newest card; None without one."""
    row = store.one(
        "SELECT number, state, state_why, state_since FROM card WHERE contract_id = ? "
        "AND state <> 'replaced' ORDER BY id DESC LIMIT 1",
        (contract_id,),
    )
    return CardRow(row[0], row[1], row[2], moment_in(row[3])) if row else None


def reasons(store: Store, contract_id: int) -> frozenset[str]:
    """Return every reason for which a contract's card is on hold now."""
    rows = store.rows(
        "SELECT reason FROM contract_state WHERE contract_id = ? AND state = 'held' AND ended_at IS NULL",
        (contract_id,),
    )
    return frozenset(reason for (reason,) in rows)
