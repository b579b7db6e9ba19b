"""What monthly statements are made of: the contracts that get one, and the entries that stand on it."""

from __future__ import annotations

from datetime import date
from typing import Final

from madoguchi.domain.documents import Line
from madoguchi.domain.statement import SIGNS
from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out

_RAISING: Final = ", ".join(str(kind) for kind, sign in SIGNS.items() if sign > 0)
_LOWERING: Final = ", ".join(str(kind) for kind, sign in SIGNS.items() if sign < 0)
_DUE: Final = (
    "SELECT c.id FROM contract c WHERE c.id > ? AND c.opened_on <= ? "
    "AND (c.closed_on IS NULL OR c.closed_on >= ?) "
    "AND (c.principal > 0 OR EXISTS (SELECT 1 FROM entry e WHERE e.contract_id = c.id "
    "AND e.value_date BETWEEN ? AND ?)) "
    "AND NOT EXISTS (SELECT 1 FROM document d WHERE d.contract_id = c.id AND d.key = ?) "
    "ORDER BY c.id LIMIT ?"
)
_ENTRIES: Final = (
    "SELECT seq, kind, value_date, amount, fees, damages, interest, principal, deposit, cause, undoes "
    "FROM entry WHERE contract_id = ? AND value_date <= ? AND (value_date > ? OR seq > ?)"
)
_BORROWED: Final = (
    f"SELECT COALESCE(SUM(CASE WHEN kind IN ({_RAISING}) THEN principal "  # noqa: S608
    f"WHEN kind IN ({_LOWERING}) THEN -principal ELSE 0 END), 0) "
    "FROM entry WHERE contract_id = ? AND value_date <= ?"
)


def without(store: Store, key: str, first: date, last: date, after: int, most: int) -> list[int]:
    """Return contracts with a balance or movement from `first` to `last` and no document under the key."""
    days = day_out(first), day_out(last)
    return [row[0] for row in store.rows(_DUE, (after, days[1], days[0], *days, key, most))]


def entries(
    store: Store, contract_id: int, since: date, last: date, covered_seq: int
) -> list[tuple[Line, int | None]]:
    """Return entries valued after `since`, or posted since `covered_seq`, up to and with `last`.

    Each comes with the number of the entry that it undoes; balances are still to be counted.
    """
    rows = store.rows(_ENTRIES, (contract_id, day_out(last), day_out(since), covered_seq))
    return [
        (Line(seq, kind, day_in(day), amount, fees, damages, interest, principal, deposit, 0, cause), undoes)
        for seq, kind, day, amount, fees, damages, interest, principal, deposit, cause, undoes in rows
    ]


def borrowed(store: Store, contract_id: int, day: date) -> int:
    """Return the yen borrowed at the end of a day, by the value dates of all that is posted."""
    row = store.one(_BORROWED, (contract_id, day_out(day)))
    return int(row[0]) if row else 0
