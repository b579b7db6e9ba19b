"""Contracts that nobody used for years, by index; who was told, and who wants to keep theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_out


@dataclass(frozen=True, slots=True)
class Told:
    """A contract whose closing was announced: last used on `used_on`, to be closed on `closes_on`."""

    contract_id: int
    used_on: date
    closes_on: date


# Just as in the partial index, so that both databases use it; the plus keeps SQLite from walking the whole
# book by number instead. `states & 2` is suspended.
_UNUSED: Final = (
    "SELECT c.id, COALESCE(accrued_to, opened_on) FROM contract c "
    "WHERE principal = 0 AND closed_on IS NULL AND COALESCE(accrued_to, opened_on) <= ? "
    "AND fees = 0 AND carried_damages = 0 AND carried_interest = 0 AND deposit = 0 AND coming = '[]' "
    "AND states & 2 = 0 AND +c.id > ? "
    "AND NOT EXISTS (SELECT 1 FROM dormant_told t WHERE t.contract_id = c.id) "
    "AND NOT EXISTS (SELECT 1 FROM dormant_kept k WHERE k.contract_id = c.id AND k.kept_on > ?) "
    "ORDER BY +c.id LIMIT ?"
)
_CLOSING: Final = (
    "SELECT contract_id, used_on, closes_on FROM dormant_told "
    "WHERE closes_on <= ? AND +contract_id > ? ORDER BY +contract_id LIMIT ?"
)


def unused(store: Store, since: date, after: int, most: int) -> list[tuple[int, date]]:
    """Return (contract, last day used) of contracts with nothing owed or held, unused since a day or before.

    Those that were told already, or that their member asked to keep after that day, are left out.
    """
    bound = (day_out(since), after, day_out(since), most)
    return [(key, day_in(day)) for key, day in store.rows(_UNUSED, bound)]


def tell(store: Store, contract_id: int, at: datetime, used_on: date, closes_on: date) -> None:
    """Note that the closing was announced."""
    store.write(
        "INSERT INTO dormant_told (contract_id, told_at, used_on, closes_on) VALUES (?, ?, ?, ?)",
        (contract_id, moment_out(at), day_out(used_on), day_out(closes_on)),
    )


def told(store: Store, contract_id: int) -> Told | None:
    """The announcement that stands for a contract."""
    sql = "SELECT contract_id, used_on, closes_on FROM dormant_told WHERE contract_id = ?"
    row = store.one(sql, (contract_id,))
    return Told(row[0], day_in(row[1]), day_in(row[2])) if row else None


def closing(store: Store, day: date, after: int, most: int) -> list[Told]:
    """Return announcements whose day is a day or lies before it."""
    rows = store.rows(_CLOSING, (day_out(day), after, most))
    return [Told(key, day_in(used), day_in(closes)) for key, used, closes in rows]


def forget(store: Store, contract_id: int) -> int:
    """Take an announcement back; returns 0 where none stands."""
    return store.write("DELETE FROM dormant_told WHERE contract_id = ?", (contract_id,))


def keep(store: Store, contract_id: int, on: date) -> None:
    """Note that a member wants to keep the contract, which counts as a use."""
    store.write(
        "INSERT INTO dormant_kept (contract_id, kept_on) VALUES (?, ?) "
        "ON CONFLICT (contract_id) DO UPDATE SET kept_on = excluded.kept_on",
        (contract_id, day_out(on)),
    )
