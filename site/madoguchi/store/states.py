"""The dated states of a contract, and their set cached in its row."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from madoguchi.domain.rights import State, mask_of
from madoguchi.store.db import Store
from madoguchi.store.values import moment_out

_ALL: Final = mask_of(State)


def begin(store: Store, contract_id: int, state: State, since: datetime, reason: str, by_whom: str) -> None:
    """Put a contract into a state, from an aware moment; nothing happens when it is in it already."""
    changed = store.write(
        "UPDATE contract SET states = states | ? WHERE id = ? AND states & ? = 0",
        (state.bit, contract_id, state.bit),
    )
    if changed:
        store.write(
            "INSERT INTO contract_state (contract_id, state, since, reason, by_whom) VALUES (?, ?, ?, ?, ?)",
            (contract_id, state.value, moment_out(since), reason, by_whom),
        )


def end(store: Store, contract_id: int, state: State, at: datetime) -> None:
    """Take a contract out of a state, at an aware moment; nothing happens when it is not in it."""
    store.write("UPDATE contract SET states = states & ? WHERE id = ?", (_ALL ^ state.bit, contract_id))
    store.write(
        "UPDATE contract_state SET ended_at = ? WHERE contract_id = ? AND state = ? AND ended_at IS NULL",
        (moment_out(at), contract_id, state.value),
    )
