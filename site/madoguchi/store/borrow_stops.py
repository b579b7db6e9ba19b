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


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a stop (`what` is a word of below), and the days that lifting takes from then on."""

    at: datetime
    what: str
    days: int


BEGAN, LONGER, ASKED, GOES_ON = "began", "longer", "asked", "goes_on"
LIFTED, CLOSED = "lifted", "closed"  # CLOSED where the contract ended under it
_SELECT: Final = "SELECT id, contract_id, days, began_at, asked_at, lifts_at FROM borrow_stop "
_DUE: Final = "WHERE ended_at IS NULL AND lifts_at IS NOT NULL AND lifts_at <= ? ORDER BY lifts_at LIMIT ?"


def add(store: Store, contract_id: int, days: int, at: datetime) -> None:
    """Begin a stop on a contract that is held and has none."""
    sql = "INSERT INTO borrow_stop (contract_id, days, began_at) VALUES (?, ?, ?) RETURNING id"
    _note(store, int(store.rows(sql, (contract_id, days, moment_out(at)))[0][0]), at, BEGAN)


def present(store: Store, contract_id: int) -> Stop | None:
    """The stop that holds now."""
    row = store.one(_SELECT + "WHERE contract_id = ? AND ended_at IS NULL", (contract_id,))
    return _stop(row) if row else None


def past(store: Store, contract_id: int, most: int) -> list[Event]:
    """Return what became of a contract's stops, the newest first."""
    sql = (
        "SELECT e.at, e.what, e.days FROM borrow_stop_event e JOIN borrow_stop b ON b.id = e.stop_id "
        "WHERE b.contract_id = ? ORDER BY e.stop_id DESC, e.id DESC LIMIT ?"
    )
    return [Event(moment_in(at), what, days) for at, what, days in store.rows(sql, (contract_id, most))]


def ask_lift(store: Store, stop_id: int, at: datetime, lifts_at: datetime) -> None:
    """Note that lifting was asked for."""
    _set_lifting(store, stop_id, at, lifts_at)
    _note(store, stop_id, at, ASKED)


def go_on(store: Store, stop_id: int, at: datetime) -> None:
    """Note that the wish for lifting was taken back."""
    _set_lifting(store, stop_id, None, None)
    _note(store, stop_id, at, GOES_ON)


def lengthen(store: Store, stop_id: int, at: datetime, days: int, lifts_at: datetime | None) -> None:
    """Let lifting take more days, also one that was asked for."""
    sql = "UPDATE borrow_stop SET days = ?, lifts_at = ? WHERE id = ? AND ended_at IS NULL"
    store.write(sql, (days, moment_out(lifts_at), stop_id))
    _note(store, stop_id, at, LONGER)


def due(store: Store, now: datetime, most: int) -> list[Stop]:
    """Return stops whose time has come, the longest waiting first."""
    return [_stop(row) for row in store.rows(_SELECT + _DUE, (moment_out(now), most))]


def end(store: Store, stop_id: int, at: datetime, how: str = LIFTED) -> None:
    """End a stop."""
    store.write("UPDATE borrow_stop SET ended_at = ? WHERE id = ?", (moment_out(at), stop_id))
    _note(store, stop_id, at, how)


def _set_lifting(store: Store, stop_id: int, at: datetime | None, lifts_at: datetime | None) -> None:
    store.write(
        "UPDATE borrow_stop SET asked_at = ?, lifts_at = ? WHERE id = ? AND ended_at IS NULL",
        (moment_out(at), moment_out(lifts_at), stop_id),
    )


def _note(store: Store, stop_id: int, at: datetime, what: str) -> None:
    """Write down what became of a stop, with the days as they are now."""
    store.write(
        "INSERT INTO borrow_stop_event (stop_id, at, what, days) "
        "SELECT id, ?, ?, days FROM borrow_stop WHERE id = ?",
        (moment_out(at), what, stop_id),
    )


def _stop(row: tuple[Any, ...]) -> Stop:
    key, contract_id, days, began, asked, lifts = row
    return Stop(key, contract_id, days, moment_in(began), moment_in(asked), moment_in(lifts))
