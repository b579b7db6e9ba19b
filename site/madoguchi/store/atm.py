"""Uses of the smartphone ATM, one row for each transaction of the network, and the fees waived for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from madoguchi.domain.atm import Kind, Stage
from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Use:
    """One transaction; `kind` is None where a reversal came before anything else; `seq` its entry's number.

    `answer` is what the network was told when it was decided.
    """

    transaction: str
    facts: str
    stage: Stage
    contract_id: int | None
    number: str
    machine: str
    kind: Kind | None
    amount: int
    fee: int
    business_day: date
    asked_at: datetime
    answer: Mapping[str, Any]
    seq: int | None


_COLUMNS: Final = (
    "transaction_id, facts, stage, contract_id, number, machine, kind, amount, fee, business_day, asked_at, "
    "answer, seq"
)
_READ: Final = f"SELECT {_COLUMNS} FROM atm_use WHERE transaction_id = ?"  # noqa: S608
_NEWEST: Final = (
    f"SELECT {_COLUMNS} FROM atm_use WHERE number = ? AND contract_id = ? "  # noqa: S608
    "ORDER BY asked_at DESC, transaction_id LIMIT 1"
)


def add(store: Store, use: Use) -> bool:
    """Write a use that begins; False when its transaction is known already."""
    written = store.write(
        "INSERT INTO atm_use (transaction_id, facts, stage, contract_id, number, machine, kind, amount, fee, "
        "business_day, asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            use.transaction, use.facts, use.stage.value, use.contract_id, use.number, use.machine,
            use.kind.value if use.kind else "", use.amount, use.fee, day_out(use.business_day),
            moment_out(use.asked_at),
        ),
    )  # fmt: skip
    return written == 1


def read(store: Store, transaction: str) -> Use | None:
    """Return a use without holding it."""
    row = store.one(_READ, (transaction,))
    return _use(row) if row else None


def hold(store: Store, transaction: str) -> Use | None:
    """Return a use and hold its row until the act ends; its contract, if any, is held before."""
    row = store.one(store.locked(_READ), (transaction,))
    return _use(row) if row else None


def newest(store: Store, number: str, contract_id: int) -> Use | None:
    """Return what a contract did last with the number of a machine."""
    row = store.one(_NEWEST, (number, contract_id))
    return _use(row) if row else None


def claim(store: Store, transaction: str, now: datetime, on: date) -> None:
    """Take over a use whose check never came to an end."""
    store.write(
        "UPDATE atm_use SET asked_at = ?, business_day = ? WHERE transaction_id = ?",
        (moment_out(now), day_out(on), transaction),
    )


def forget(store: Store, transaction: str) -> None:
    """Delete a check that could not be carried out."""
    store.write("DELETE FROM atm_use WHERE transaction_id = ? AND stage = 'checking'", (transaction,))


def move(
    store: Store,
    transaction: str,
    before: Stage,
    after: Stage,
    now: datetime,
    answer: Mapping[str, Any] | None = None,
    fee: int | None = None,
    seq: int | None = None,
) -> bool:
    """Bring a use from one stage to the next, keeping what is not named; False when it was in another."""
    told = None if answer is None else json.dumps(answer, ensure_ascii=False)
    changed = store.write(
        "UPDATE atm_use SET stage = ?, decided_at = ?, answer = COALESCE(?, answer), fee = COALESCE(?, fee), "
        "seq = COALESCE(?, seq) WHERE transaction_id = ? AND stage = ?",
        (after.value, moment_out(now), told, fee, seq, transaction, before.value),
    )
    return changed == 1


def withdrawn(store: Store, contract_id: int, on: date) -> int:
    """Return the yen that a contract has withdrawn on a business day, unconfirmed ones included."""
    row = store.one(
        "SELECT COALESCE(SUM(amount), 0) FROM atm_use WHERE contract_id = ? AND business_day = ? "
        "AND kind = ? AND stage IN (?, ?)",
        (contract_id, day_out(on), Kind.WITHDRAWAL.value, Stage.APPROVED.value, Stage.CONFIRMED.value),
    )
    return int(row[0]) if row else 0


def promised(store: Store, contract_id: int, since: datetime) -> tuple[int, datetime] | None:
    """Return (yen, when asked) of the newest withdrawal that is approved and open, asked after a moment."""
    row = store.one(
        "SELECT amount, asked_at FROM atm_use WHERE contract_id = ? AND kind = ? AND stage = ? "
        "AND asked_at > ? ORDER BY asked_at DESC LIMIT 1",
        (contract_id, Kind.WITHDRAWAL.value, Stage.APPROVED.value, moment_out(since)),
    )
    return (int(row[0]), moment_in(row[1])) if row else None


def unconfirmed(store: Store, before: datetime, most: int) -> list[str]:
    """Return transactions that were approved, asked before a moment, and never confirmed."""
    rows = store.rows(
        "SELECT transaction_id FROM atm_use WHERE stage = 'approved' AND asked_at <= ? "
        "ORDER BY asked_at LIMIT ?",
        (moment_out(before), most),
    )
    return [row[0] for row in rows]


def in_transit(store: Store) -> int:
    """Return the yen of withdrawals that were approved and that no machine has confirmed."""
    row = store.one(
        "SELECT COALESCE(SUM(amount), 0) FROM atm_use WHERE stage = ? AND kind = ?",
        (Stage.APPROVED.value, Kind.WITHDRAWAL.value),
    )
    return int(row[0]) if row else 0


def forget_refused(store: Store, before: datetime) -> int:
    """Delete refusals, and checks that never ended, asked before a moment: no money stands on them."""
    return store.write(
        "DELETE FROM atm_use WHERE stage IN ('refused', 'checking') AND asked_at < ?", (moment_out(before),)
    )


def waive(store: Store, contract_id: int, first: date, last: date, cause: str) -> bool:
    """Waive the fees of some days, both included; False when that cause did so already."""
    written = store.write(
        "INSERT INTO atm_waiver (contract_id, first_day, last_day, cause) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        (contract_id, day_out(first), day_out(last), cause),
    )
    return written == 1


def waived_to(store: Store, contract_id: int, on: date) -> date | None:
    """Return the last day of the waiver that holds on a day, or None."""
    row = store.one(
        "SELECT MAX(last_day) FROM atm_waiver WHERE contract_id = ? AND first_day <= ? AND last_day >= ?",
        (contract_id, day_out(on), day_out(on)),
    )
    return day_in(row[0]) if row else None


def _use(row: tuple[Any, ...]) -> Use:
    transaction, facts, stage, contract_id, number, machine, kind, amount, fee, day, asked, answer, seq = row
    return Use(
        transaction, facts, Stage(stage), contract_id, number, machine, Kind(kind) if kind else None, amount,
        fee, day_in(day), moment_in(asked), json.loads(answer), seq,
    )  # fmt: skip
