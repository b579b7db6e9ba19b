"""The contract's row: its cached figures as a Standing, read on every page and written by every act."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from madoguchi.domain.state import Due, Standing
from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out

# The cached figures in the order in which standing_of reads them and columns_of gives them.
COLUMNS: Final = (
    "credit_limit", "due_day", "rates", "principal", "fees", "carried_damages", "carried_interest", "deposit",
    "interest_units", "damages_units", "accrued_to", "since", "minimum", "due_nominal", "due_on", "due_opens",
    "due_filled", "due_met", "unmet", "late_since", "free", "first_drawn", "pending_due_day",
    "first_contract", "coming", "pending", "due_amount", "due_debited", "rate", "coming_on",
    "free_until",
)  # fmt: skip
WIDTH: Final = len(COLUMNS)


def columns(alias: str = "") -> str:
    """Return COLUMNS for a SELECT, each with the table's alias before it."""
    dot = alias + "." if alias else ""
    return ", ".join(dot + name for name in COLUMNS)


def standing_of(row: Sequence[Any], at: int = 0) -> Standing:
    """Return the standing of a row whose COLUMNS begin at position `at`, as it was cached: not advanced."""
    (
        limit, due_day, rates, principal, fees, carried_damages, carried_interest, deposit, interest_units,
        damages_units, accrued_to, since, minimum, nominal, due_on, opens, filled, met, unmet, late_since,
        free, first_drawn, pending, first_contract, coming, answers, amount, debited, *_derived,
    ) = row[at : at + WIDTH]  # fmt: skip
    running = None
    if due_on is not None:
        running = Due(
            day_in(nominal), day_in(due_on), day_in(opens), filled, bool(met), amount, bool(debited)
        )
    return Standing(
        limit, due_day, _rates_in(rates), principal, fees, carried_damages, carried_interest, deposit,
        interest_units, damages_units, day_in(accrued_to), day_in(since), minimum, running, _dues_in(unmet),
        day_in(late_since), _free_in(free), day_in(first_drawn), pending, bool(first_contract),
        _coming_in(coming), _dues_in(answers, debited=True),
    )  # fmt: skip


def columns_of(standing: Standing) -> tuple[Any, ...]:
    """Return the values of COLUMNS for a standing."""
    due = standing.running
    return (
        standing.limit, standing.due_day, _rates_out(standing.rates), standing.principal, standing.fees,
        standing.carried_damages, standing.carried_interest, standing.deposit, standing.interest_units,
        standing.damages_units, day_out(standing.accrued_to), day_out(standing.since), standing.minimum,
        day_out(due.nominal) if due else None, day_out(due.day) if due else None,
        day_out(due.opens) if due else None, due.filled if due else 0, int(due.met) if due else 0,
        _dues_out(standing.unmet), day_out(standing.late_since), _free_out(standing.free),
        day_out(standing.first_drawn), standing.pending_due_day, int(standing.first_contract),
        _coming_out(standing.coming), _dues_out(standing.pending), due.amount if due else 0,
        int(due.debited) if due else 0, standing.rate,
        day_out(standing.coming[0][0]) if standing.coming else None,
        day_out(standing.free[-1][1]) if standing.free else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract as the acts need it: its standing, and what stands beside it in the row."""

    id: int
    member_id: int
    opened_on: date
    closed_on: date | None
    states: int
    last_seq: int
    standing: Standing


_OWN: Final = "id, member_id, opened_on, closed_on, states, last_seq"
SELECT: Final = f"SELECT {_OWN}, {columns()} FROM contract "  # noqa: S608
_READ: Final = SELECT + "WHERE id = ?"
_RANGE: Final = SELECT + "WHERE id BETWEEN ? AND ? ORDER BY id"
# Found by the index, and held in the order of their numbers as everybody holds several: whoever took them in
# the order of their days could wait for verify, and verify for them.
_SOME: Final = (
    f"{SELECT}WHERE id IN (SELECT id FROM contract WHERE "  # noqa: S608
    "{on} <= ? ORDER BY {on}, id LIMIT ?) AND {on} <= ? ORDER BY id"
)
_DUE: Final = _SOME.replace("{on}", "due_on")
_ARRIVING: Final = _SOME.replace("{on}", "coming_on")
_ANY_DUE: Final = "SELECT 1 FROM contract WHERE due_on <= ? LIMIT 1"
_ANY_ARRIVING: Final = "SELECT 1 FROM contract WHERE coming_on <= ? LIMIT 1"
_FIGURES: Final = ", ".join(name + " = ?" for name in COLUMNS)
_SAVE: Final = f"UPDATE contract SET last_seq = ?, states = ?, {_FIGURES} WHERE id = ?"  # noqa: S608


def read(store: Store, contract_id: int) -> ContractRow | None:
    """Return a contract without holding it."""
    row = store.one(_READ, (contract_id,))
    return contract_of(row) if row else None


def hold(store: Store, contract_id: int) -> ContractRow | None:
    """Return a contract and hold its row until the act ends."""
    row = store.one(store.locked(_READ), (contract_id,))
    return contract_of(row) if row else None


def hold_many(store: Store, contract_ids: Sequence[int]) -> list[ContractRow]:
    """Return contracts in the order of their numbers, held until the act ends."""
    marks = ", ".join("?" * len(contract_ids))
    rows = store.rows(store.locked(f"{SELECT}WHERE id IN ({marks}) ORDER BY id"), contract_ids)
    return [contract_of(row) for row in rows]


def save(store: Store, contract_id: int, last_seq: int, states: int, standing: Standing) -> None:
    """Write the cached figures of a contract that is held."""
    store.write(_SAVE, (last_seq, states, *columns_of(standing), contract_id))


def ids_after(store: Store, after: int, count: int) -> list[int]:
    """Return the next contract numbers in rising order; empty at the end of the book."""
    rows = store.rows("SELECT id FROM contract WHERE id > ? ORDER BY id LIMIT ?", (after, count))
    return [row[0] for row in rows]


def hold_range(store: Store, first: int, last: int) -> list[tuple[ContractRow, tuple[Any, ...]]]:
    """Return the contracts numbered first to last, each with its COLUMNS as stored, held to the act's end."""
    return [(contract_of(row), row[6:]) for row in store.rows(store.locked(_RANGE), (first, last))]


def hold_due(store: Store, day: date, count: int) -> list[ContractRow]:
    """Return some contracts whose running due date is a day or lies before it, held until the act ends."""
    return _hold_some(store, _DUE, _ANY_DUE, day_out(day), count)


def hold_arriving(store: Store, day: date, count: int) -> list[ContractRow]:
    """Return some contracts with a drawdown that reached the member by a day, held until the act ends."""
    return _hold_some(store, _ARRIVING, _ANY_ARRIVING, day_out(day), count)


def _hold_some(store: Store, sql: str, left: str, until: int | None, count: int) -> list[ContractRow]:
    """None only when none is left: those found may all have been done with while they were waited for."""
    rows = store.rows(store.locked(sql), (until, count, until))
    while not rows and store.one(left, (until,)):
        rows = store.rows(store.locked(sql), (until, count, until))
    return [contract_of(row) for row in rows]


def contract_of(row: tuple[Any, ...]) -> ContractRow:
    """Return the contract of a row of SELECT."""
    key, member_id, opened_on, closed_on, states, last_seq = row[:6]
    return ContractRow(
        key, member_id, day_in(opened_on), day_in(closed_on), states, last_seq, standing_of(row, 6)
    )


# Few contracts differ in these texts, and what they hold cannot change: one reading serves many pages.
@lru_cache(maxsize=4096)
def _rates_in(text: str) -> tuple[tuple[date, int], ...]:
    return tuple((day_in(day), rate) for day, rate in json.loads(text))


@lru_cache(maxsize=4096)
def _rates_out(rates: tuple[tuple[date, int], ...]) -> str:
    return json.dumps([[day_out(day), rate] for day, rate in rates])


@lru_cache(maxsize=4096)
def _free_in(text: str) -> tuple[tuple[date, date], ...]:
    return tuple((day_in(first), day_in(last)) for first, last in json.loads(text))


@lru_cache(maxsize=4096)
def _free_out(free: tuple[tuple[date, date], ...]) -> str:
    return json.dumps([[day_out(first), day_out(last)] for first, last in free])


@lru_cache(maxsize=4096)
def _dues_in(text: str, debited: bool = False) -> tuple[Due, ...]:
    return tuple(
        Due(day_in(nominal), day_in(day), day_in(opens), filled, False, amount, debited)
        for nominal, day, opens, filled, amount in json.loads(text)
    )


@lru_cache(maxsize=4096)
def _dues_out(dues: tuple[Due, ...]) -> str:
    return json.dumps(
        [[day_out(due.nominal), day_out(due.day), day_out(due.opens), due.filled, due.amount] for due in dues]
    )


@lru_cache(maxsize=4096)
def _coming_in(text: str) -> tuple[tuple[date, int], ...]:
    return tuple((day_in(day), amount) for day, amount in json.loads(text))


@lru_cache(maxsize=4096)
def _coming_out(coming: tuple[tuple[date, int], ...]) -> str:
    return json.dumps([[day_out(day), amount] for day, amount in coming])
