"""Members' own stops against borrowing, a row for each; the states beside them are contract_state's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop that holds; lifting takes `days` from the moment it is asked for, and is done at `lifts_at`."""

    id: int
    contract_id: int
    days: int
    began_at: datetime
    asked_at: datetime | None
    lifts_at: datetime | None


_SELECT: Final = "SELECT id, contract_id, days, began_at, asked_at, lifts_at FROM borrow_stop "
_DUE: Final = "WHERE ended_at IS NULL AND lifts_at IS NOT NULL AND lifts_at <= ? ORDER BY lifts_at LIMIT ?"


def add(store: Store, contract_id: int, days: int, at: datetime) -> None:
    """Begin a stop on a contract that is held and has none."""
    store.write(
        "INSERT INTO borrow_stop (contract_id, days, began_at) VALUES (?, ?, ?)",
        (contract_id, days, moment_out(at)),
    )


def present(store: Store, contract_id: int) -> Stop | None:
    """The stop that holds now."""
    row = store.one(_SELECT + "WHERE contract_id = ? AND ended_at IS NULL", (contract_id,))
    return _stop(row) if row else None


def ask_lift(store: Store, stop_id: int, at: datetime | None, lifts_at: datetime | None) -> None:
    """Note that lifting was asked for, or with None twice that the wish was taken back."""
    store.write(
        "UPDATE borrow_stop SET asked_at = ?, lifts_at = ? WHERE id = ? AND ended_at IS NULL",
        (moment_out(at), moment_out(lifts_at), stop_id),
    )


def due(store: Store, now: datetime, most: int) -> list[Stop]:
    """Return stops whose time has come, the longest waiting first."""
    return [_stop(row) for row in store.rows(_SELECT + _DUE, (moment_out(now), most))]


def end(store: Store, stop_id: int, at: datetime) -> None:
    """End a stop."""
    store.write("UPDATE borrow_stop SET ended_at = ? WHERE id = ?", (moment_out(at), stop_id))


def _stop(row: tuple[Any, ...]) -> Stop:
    key, contract_id, days, began, asked, lifts = row
    return Stop(key, contract_id, days, moment_in(began), moment_in(asked), moment_in(lifts))
