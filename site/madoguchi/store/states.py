"""The dated states of a contract, and their set cached in its row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from madoguchi.domain.rights import State, mask_of
from madoguchi.store.db import Store
from madoguchi.store.values import day_out, moment_out

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


def insist(store: Store, contract_id: int, state: State, since: datetime, reason: str, by_whom: str) -> None:
    """Begin a state on a contract that is held; where it holds for other reasons, note this one beside them.

    Whoever ends the state has to see all its open rows.
    """
    begin(store, contract_id, state, since, reason, by_whom)
    same = (
        "SELECT 1 FROM contract_state WHERE contract_id = ? AND state = ? AND reason = ? AND ended_at IS NULL"
    )
    if store.one(same, (contract_id, state.value, reason)):
        return
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


def end_reason(store: Store, contract_id: int, state: State, reason: str, at: datetime) -> bool:
    """End what holds a contract in a state for one reason; returns whether the state is over with it.

    Where another reason holds it too, the contract stays in the state.
    """
    store.write(
        "UPDATE contract_state SET ended_at = ? "
        "WHERE contract_id = ? AND state = ? AND reason = ? AND ended_at IS NULL",
        (moment_out(at), contract_id, state.value, reason),
    )
    left = "SELECT 1 FROM contract_state WHERE contract_id = ? AND state = ? AND ended_at IS NULL"
    if store.one(left, (contract_id, state.value)):
        return False
    store.write("UPDATE contract SET states = states & ? WHERE id = ?", (_ALL ^ state.bit, contract_id))
    return True


def reasons(store: Store, contract_id: int, state: State) -> list[str]:
    """The reasons for which a contract is in a state now, the oldest first."""
    rows = store.rows(
        "SELECT reason FROM contract_state "
        "WHERE contract_id = ? AND state = ? AND ended_at IS NULL ORDER BY id",
        (contract_id, state.value),
    )
    return [row[0] for row in rows]


def close(store: Store, contract_id: int, on: date, why: str) -> None:
    """Note the last day of a contract, and why it ended."""
    store.write(
        "UPDATE contract SET closed_on = ?, closed_why = ? WHERE id = ?", (day_out(on), why, contract_id)
    )


def stream(store: Store, first: int, last: int) -> Iterator[tuple[int, State]]:
    """Return (contract, state) for each state that holds now, by its rows and cards; contracts first to last.

    Overdue has no rows: it follows from the ledger.
    """
    rows = store.stream(
        "SELECT contract_id, state FROM contract_state "
        "WHERE ended_at IS NULL AND contract_id BETWEEN ? AND ? UNION "
        "SELECT contract_id, state FROM card "
        "WHERE state IN ('held', 'lost') AND contract_id BETWEEN ? AND ?",
        (first, last, first, last),
    )
    return ((contract_id, State(state)) for contract_id, state in rows)
