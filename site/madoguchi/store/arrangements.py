"""Members whose debt is being arranged by a lawyer or a court: nobody asks them for money meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from madoguchi.store.db import Store

ARRANGEMENT: Final = "debt_arrangement"  # the reason of the state
# Of a contract `c`. After the notice nobody may ask the member for payment (貸金業法21条1項9号).
IS_ARRANGED: Final = (
    "EXISTS (SELECT 1 FROM contract_state s "  # noqa: S608
    "WHERE s.contract_id = c.id AND s.state = 'suspended' "
    f"AND s.reason = '{ARRANGEMENT}' AND s.ended_at IS NULL)"
)


def among(store: Store, contract_ids: Sequence[int]) -> set[int]:
    """Return which of some contracts are being arranged."""
    if not contract_ids:
        return set()
    marks = ", ".join("?" * len(contract_ids))
    sql = f"SELECT id FROM contract c WHERE id IN ({marks}) AND {IS_ARRANGED}"  # noqa: S608
    return {row[0] for row in store.rows(sql, tuple(contract_ids))}
