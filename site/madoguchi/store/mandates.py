"""Mandates as rows: asked, answered, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

ASKED: Final = "asked"
ACTIVE: Final = "active"
DECLINED: Final = "declined"
ENDED: Final = "ended"


@dataclass(frozen=True, slots=True)
class Account:
    """The account that may be debited: `kind` 1 ordinary or 2 current, `number` seven digits, bank kana."""

    bank_code: str
    branch_code: str
    kind: int
    number: str
    holder_kana: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """One mandate; `why` says in a word why it was declined or ended."""

    id: int
    contract_id: int
    account: Account
    state: str
    asked_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    why: str
    filed: bool


_SELECT: Final = (
    "SELECT id, contract_id, bank_code, branch_code, kind, number, holder_kana, state, asked_at, "
    "answered_at, ended_at, why, filed FROM mandate "
)
_OPEN: Final = (
    "SELECT d.id, d.contract_id, d.bank_code, d.branch_code, d.kind, d.number, d.holder_kana, d.state, "
    "d.asked_at, d.answered_at, d.ended_at, d.why, d.filed, m.number, m.name_kana FROM mandate d "
    "JOIN contract c ON c.id = d.contract_id JOIN member m ON m.id = c.member_id "
    "WHERE d.state = 'asked' ORDER BY d.id"
)
_INSERT: Final = (
    "INSERT INTO mandate (contract_id, bank_code, branch_code, kind, number, holder_kana, state, asked_at, "
    "due_at) VALUES (?, ?, ?, ?, ?, ?, 'asked', ?, ?) RETURNING id"
)


def add(store: Store, contract_id: int, account: Account, at: datetime) -> int:
    """Write a wish, which the bank is to be asked about at once, and return its id."""
    facts = (account.bank_code, account.branch_code, account.kind, account.number, account.holder_kana)
    moment = moment_out(at)
    return int(store.rows(_INSERT, (contract_id, *facts, moment, moment))[0][0])


def read(store: Store, mandate_id: int) -> Mandate | None:
    """Return one mandate."""
    row = store.one(_SELECT + "WHERE id = ?", (mandate_id,))
    return _mandate(row) if row else None


def active_among(store: Store, mandate_ids: Sequence[int]) -> set[int]:
    """Return which of some mandates are active."""
    marks = ", ".join("?" * len(mandate_ids))
    sql = f"SELECT id FROM mandate WHERE id IN ({marks}) AND state = 'active'"  # noqa: S608
    return {row[0] for row in store.rows(sql, mandate_ids)}


def newest(store: Store, contract_id: int, most: int) -> list[Mandate]:
    """Return a contract's mandates, the newest first."""
    rows = store.rows(_SELECT + "WHERE contract_id = ? ORDER BY id DESC LIMIT ?", (contract_id, most))
    return [_mandate(row) for row in rows]


def in_state(store: Store, contract_id: int, state: str) -> Mandate | None:
    """Return the contract's mandate that is asked or active, whichever is named."""
    row = store.one(_SELECT + "WHERE contract_id = ? AND state = ?", (contract_id, state))
    return _mandate(row) if row else None


def with_active(store: Store, contract_ids: Sequence[int]) -> set[int]:
    """Return which of these contracts have a mandate that works."""
    marks = ", ".join("?" * len(contract_ids))
    sql = f"SELECT contract_id FROM mandate WHERE state = 'active' AND contract_id IN ({marks})"  # noqa: S608
    return {row[0] for row in store.rows(sql, contract_ids)}


def waiting(store: Store, at: datetime, most: int) -> list[Mandate]:
    """Return wishes about which the bank is to be asked by now."""
    sql = _SELECT + "WHERE state = 'asked' AND due_at <= ? ORDER BY due_at LIMIT ?"
    return [_mandate(row) for row in store.rows(sql, (moment_out(at), most))]


def open_wishes(store: Store) -> list[tuple[Mandate, str, str]]:
    """Return wishes that have no answer with their member's number and name in kana, the oldest first."""
    return [(_mandate(row[:13]), row[13], row[14]) for row in store.rows(_OPEN)]


def count_wishes(store: Store) -> int:
    """Return how many wishes have no answer."""
    row = store.one("SELECT COUNT(*) FROM mandate WHERE state = 'asked'")
    return int(row[0]) if row else 0


def ask_again(store: Store, mandate_id: int, at: datetime) -> None:
    """Put off the next question."""
    store.write("UPDATE mandate SET due_at = ? WHERE id = ?", (moment_out(at), mandate_id))


def answered(store: Store, mandate_id: int, state: str, at: datetime, why: str = "") -> None:
    """Write the bank's answer: active or declined."""
    store.write(
        "UPDATE mandate SET state = ?, answered_at = ?, why = ? WHERE id = ?",
        (state, moment_out(at), why, mandate_id),
    )


def ended(store: Store, mandate_id: int, at: datetime, why: str) -> None:
    """Write the end of a mandate or of a wish."""
    store.write(
        "UPDATE mandate SET state = 'ended', ended_at = ?, why = ? WHERE id = ?",
        (moment_out(at), why, mandate_id),
    )


def filed(store: Store, mandate_ids: Sequence[int]) -> None:
    """Note that debits were asked for by these mandates."""
    marks = ", ".join("?" * len(mandate_ids))
    store.write(f"UPDATE mandate SET filed = 1 WHERE id IN ({marks})", mandate_ids)  # noqa: S608


def _mandate(row: Sequence[Any]) -> Mandate:
    key, contract_id, bank, branch, kind, number, holder, state, asked, answered_at, ended_at, why, filed_ = (
        row
    )
    return Mandate(
        key, contract_id, Account(bank, branch, kind, number, holder), state, moment_in(asked),
        moment_in(answered_at), moment_in(ended_at), why, bool(filed_),
    )  # fmt: skip
