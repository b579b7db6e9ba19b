"""Reminders as rows: whose moment has come, which due dates were looked after, what members chose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from madoguchi.domain.reminders import Window
from madoguchi.store import contracts
from madoguchi.store.contracts import ContractRow
from madoguchi.store.db import Store
from madoguchi.store.values import day_out, moment_in, moment_out

# Written just so in the partial index, so that both databases use it.
_OPEN: Final = "remind_days = ? AND due_on BETWEEN ? AND ? AND remind_hour <= ? AND due_on <> reminded_for"
IS_DUE: Final = f"SELECT 1 FROM contract WHERE {_OPEN} LIMIT 1"  # noqa: S608
_DUE: Final = contracts.SELECT + f"WHERE {_OPEN} LIMIT ?"


def is_due(store: Store, window: Window) -> bool:
    """Tell whether anybody stands in a window; a read, so that looking often costs nobody a lock."""
    return store.one(IS_DUE, bounds(window)) is not None


def hold_due(store: Store, window: Window, most: int) -> list[ContractRow]:
    """Return some contracts of a window, held to the act's end; what another process holds is passed over."""
    rows = store.rows(store.passing(_DUE), (*bounds(window), most))
    return [contracts.contract_of(row) for row in rows]


def hold_members(store: Store, member_ids: Sequence[int]) -> set[int]:
    """Hold these members to the act's end and return which; whom another process holds is passed over."""
    marks = ", ".join("?" * len(member_ids))
    sql = f"SELECT id FROM member WHERE id IN ({marks})"  # noqa: S608
    return {row[0] for row in store.rows(store.passing(sql), member_ids)}


def note(store: Store, told: Sequence[tuple[int, date, int]], at: datetime) -> set[int]:
    """Write down (contract, due date, yen) and return the contracts whose due date was not told before."""
    marks = ", ".join(["(?, ?, ?, ?)"] * len(told))
    values = [value for who, due, amount in told for value in (who, day_out(due), moment_out(at), amount)]
    rows = store.rows(
        f"INSERT INTO reminder (contract_id, due_on, told_at, amount) VALUES {marks} "  # noqa: S608
        "ON CONFLICT (contract_id, due_on) DO NOTHING RETURNING contract_id",
        values,
    )
    return {row[0] for row in rows}


def looked_after(store: Store, contract_ids: Sequence[int]) -> None:
    """Take contracts that are held out of the index until their next due date runs."""
    marks = ", ".join("?" * len(contract_ids))
    store.write(
        f"UPDATE contract SET reminded_for = due_on WHERE id IN ({marks})",  # noqa: S608
        contract_ids,
    )


def told(store: Store, contract_id: int, due: date) -> tuple[datetime, int] | None:
    """Return when a due date was looked after and the yen that were asked for."""
    sql = "SELECT told_at, amount FROM reminder WHERE contract_id = ? AND due_on = ?"
    row = store.one(sql, (contract_id, day_out(due)))
    return (moment_in(row[0]), row[1]) if row else None


def follow(store: Store, member_id: int, days: int, hour: int) -> None:
    """Repeat a member's choice beside the due dates; 0 days where no reminder is wished."""
    store.write(
        "UPDATE contract SET remind_days = ?, remind_hour = ? WHERE member_id = ?", (days, hour, member_id)
    )


def hours(store: Store) -> list[int]:
    """Return the hours that anybody chose, rising."""
    return [row[0] for row in store.rows("SELECT DISTINCT remind_hour FROM contract ORDER BY remind_hour")]


def bounds(window: Window) -> tuple[int, int, int, int]:
    """Return what IS_DUE asks for."""
    return window.days, day_out(window.first), day_out(window.last), window.hour
