"""What the daily round looks for, and what it has told already: set queries by index, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from madoguchi.store.arrangements import IS_ARRANGED
from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_out


@dataclass(frozen=True, slots=True)
class Late:
    """An overdue contract that has reached a stage of lateness that no letter told yet."""

    contract_id: int
    stage: int


@dataclass(frozen=True, slots=True)
class Check:
    """A contract to be looked at again; why is month or quarter."""

    contract_id: int
    member_number: str
    period_end: date
    why: str
    check_by: date


_LATE: Final = (
    "SELECT id, stage FROM ("  # noqa: S608
    "SELECT c.id, {stage} AS stage, COALESCE(t.stage, 0) AS told FROM contract c "
    "LEFT JOIN late_told t ON t.contract_id = c.id AND t.late_since = c.late_since "
    f"WHERE c.late_since <= ? AND c.closed_on IS NULL AND c.id > ? AND NOT {IS_ARRANGED}) AS late "
    "WHERE stage > told ORDER BY id LIMIT ?"
)
_OVER: Final = (
    "SELECT t.contract_id FROM late_told t JOIN contract c ON c.id = t.contract_id "
    "WHERE (c.late_since IS NULL OR c.late_since <> t.late_since) AND t.contract_id > ? "
    "ORDER BY t.contract_id LIMIT ?"
)
_FREE: Final = (
    "SELECT id FROM contract c WHERE free_until = ? AND late_since IS NULL AND principal >= ? AND id > ? "
    "AND NOT EXISTS (SELECT 1 FROM free_told t WHERE t.contract_id = c.id AND t.free_until = c.free_until) "
    "ORDER BY id LIMIT ?"
)
_LENT: Final = (
    "(SELECT COALESCE(SUM(CASE kind WHEN 1 THEN amount WHEN 21 THEN -amount ELSE 0 END), 0) FROM entry e "
    "WHERE e.contract_id = c.id AND e.value_date BETWEEN ? AND ?)"
)
_CAPACITY: Final = (
    "SELECT id, quarter FROM (SELECT c.id, CASE WHEN "  # noqa: S608
    "(? - (c.opened_on / 10000 * 12 + c.opened_on / 100 % 100)) % ? = 0 AND c.opened_on < ? "
    "THEN 1 ELSE 0 END AS quarter, "
    f"{_LENT} AS lent FROM contract c WHERE c.principal > ? AND c.closed_on IS NULL AND c.id > ? "
    "AND NOT EXISTS (SELECT 1 FROM capacity_check k WHERE k.contract_id = c.id AND k.period_end = ?)"
    ") AS found WHERE quarter = 1 OR lent > ? ORDER BY id LIMIT ?"
)


def late(store: Store, stages: Sequence[tuple[int, date]], after: int, most: int) -> list[Late]:
    """Return overdue contracts numbered above `after` with a stage to be told.

    `stages` are (days, latest first day of lateness that has reached them), rising.
    """
    cases = " ".join(f"WHEN c.late_since <= ? THEN {int(days)}" for days, _ in reversed(stages))
    sql = _LATE.replace("{stage}", f"CASE {cases} END")
    reached = [day_out(day) for _, day in reversed(stages)]
    return [Late(*row) for row in store.rows(sql, (*reached, day_out(stages[0][1]), after, most))]


def told_late(store: Store, contract_id: int, late_since: date, stage: int, at: datetime) -> None:
    """Note which stage was told."""
    store.write(
        "INSERT INTO late_told (contract_id, late_since, stage, told_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (contract_id) DO UPDATE SET late_since = excluded.late_since, "
        "stage = excluded.stage, told_at = excluded.told_at",
        (contract_id, day_out(late_since), stage, moment_out(at)),
    )


def over(store: Store, after: int, most: int) -> list[int]:
    """Return contracts whose lateness was told and is over."""
    return [row[0] for row in store.rows(_OVER, (after, most))]


def late_lately(store: Store, day: date, moment: datetime, after: int, most: int) -> list[int]:
    """Return contracts numbered above `after` that became late on a day or later, or were told so since.

    Who paid meanwhile is found by the letter about it, which tells the moment.
    """
    rows = store.rows(
        "SELECT id FROM contract WHERE late_since >= ? AND id > ? UNION "
        "SELECT c.id FROM letter l JOIN contract c ON c.member_id = l.member_id "
        "WHERE l.created_at >= ? AND l.kind = 'late_1' AND c.id > ? ORDER BY 1 LIMIT ?",
        (day_out(day), after, moment_out(moment), after, most),
    )
    return [row[0] for row in rows]


def told_over(store: Store, contract_id: int) -> None:
    """Forget what was told of a lateness that is over."""
    store.write("DELETE FROM late_told WHERE contract_id = ?", (contract_id,))


def free_ended(store: Store, day: date, least: int, after: int, most: int) -> list[int]:
    """Return contracts whose interest-free days ended on a day with at least so many yen left."""
    return [row[0] for row in store.rows(_FREE, (day_out(day), least, after, most))]


def told_free(store: Store, contract_id: int, day: date) -> None:
    """Note that the end of the interest-free days was told."""
    store.write("INSERT INTO free_told (contract_id, free_until) VALUES (?, ?)", (contract_id, day_out(day)))


def capacity(
    store: Store,
    month: tuple[date, date],
    number: int,
    quarter: int,
    bounds: tuple[int, int],
    after: int,
    most: int,
) -> list[tuple[int, bool]]:
    """Return (contract, whether its quarter ends) of those to be looked at for a month, first to last day.

    `number` counts the month, every `quarter` after the contract's own ends one; `bounds` are the yen that
    have to be owed and lent for it, each exceeded.
    """
    owed, lent = bounds
    first, last = day_out(month[0]), day_out(month[1])
    bound = (number, quarter, first, first, last, owed, after, last, lent, most)
    return [(row[0], bool(row[1])) for row in store.rows(_CAPACITY, bound)]


def list_check(store: Store, contract_id: int, period_end: date, why: str, check_by: date) -> None:
    """Put a contract on the list."""
    store.write(
        "INSERT INTO capacity_check (contract_id, period_end, why, check_by) VALUES (?, ?, ?, ?)",
        (contract_id, day_out(period_end), why, day_out(check_by)),
    )


def open_checks(store: Store) -> list[Check]:
    """Return the list of those not looked at yet, the most urgent first."""
    rows = store.rows(
        "SELECT k.contract_id, m.number, k.period_end, k.why, k.check_by FROM capacity_check k "
        "JOIN contract c ON c.id = k.contract_id JOIN member m ON m.id = c.member_id "
        "WHERE k.done_at IS NULL ORDER BY k.check_by, k.contract_id"
    )
    return [Check(who, number, day_in(end), why, day_in(by)) for who, number, end, why, by in rows]


def checked(store: Store, contract_id: int, period_end: date, at: datetime, by_whom: str) -> int:
    """Note that a contract on the list was looked at; returns 0 where it is not on it."""
    return store.write(
        "UPDATE capacity_check SET done_at = ?, done_by = ? "
        "WHERE contract_id = ? AND period_end = ? AND done_at IS NULL",
        (moment_out(at), by_whom, contract_id, day_out(period_end)),
    )
