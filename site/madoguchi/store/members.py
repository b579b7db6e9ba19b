"""Members and their contracts: the rows that are made when a contract is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from madoguchi.domain.state import Standing
from madoguchi.store import contracts
from madoguchi.store.db import Store
from madoguchi.store.values import day_out, moment_out

COLUMNS: Final = (
    "number", "name", "name_kana", "name_romaji", "birth_date", "email", "phone", "postcode", "address",
    "employer", "annual_income", "other_debts", "joined_at",
)  # fmt: skip
CONTRACT_COLUMNS: Final = ("member_id", "opened_on", "last_seq", *contracts.COLUMNS)


@dataclass(frozen=True, slots=True)
class NewMember:
    """Who opens a contract; income and other lenders' debts are yen, as the member stated them."""

    number: str
    name: str
    name_kana: str
    birth_date: date
    name_romaji: str = ""
    email: str = ""
    phone: str = ""
    postcode: str = ""
    address: str = ""
    employer: str = ""
    annual_income: int = 0
    other_debts: int = 0


def add(store: Store, member: NewMember, joined_at: datetime) -> int:
    """Write a member and return the id."""
    return _inserted(store, "member", COLUMNS, member_row(member, joined_at))


def add_contract(store: Store, member_id: int, opened_on: date, standing: Standing, last_seq: int = 0) -> int:
    """Write a contract with its first figures and return the id."""
    row = contract_row(member_id, opened_on, last_seq, standing)
    return _inserted(store, "contract", CONTRACT_COLUMNS, row)


def add_account(
    store: Store, member_id: int, account: tuple[str, str, int, str, str], since: datetime
) -> int:
    """Write a bank account (bank code, branch code, kind 1 ordinary or 2 current, number, holder in kana)."""
    names = ("member_id", "bank_code", "branch_code", "kind", "number", "holder_kana", "since")
    return _inserted(store, "bank_account", names, (member_id, *account, moment_out(since)))


def account_drawn_to(store: Store, member_id: int, at: datetime) -> None:
    """Note when a member's present account was last drawn to."""
    store.write(
        "UPDATE bank_account SET drawn_to_at = ? WHERE member_id = ? AND ended_at IS NULL",
        (moment_out(at), member_id),
    )


def set_other_debts(store: Store, member_id: int, other_debts: int) -> None:
    """Write what a member owes other lenders, in yen."""
    store.write("UPDATE member SET other_debts = ? WHERE id = ?", (other_debts, member_id))


def number_taken(store: Store, number: str) -> bool:
    """Tell whether a member number is in use."""
    return store.one("SELECT 1 FROM member WHERE number = ?", (number,)) is not None


def number_of_contract(store: Store, contract_id: int) -> str:
    """Return the number of a contract's member, "" for none."""
    sql = "SELECT m.number FROM contract c JOIN member m ON m.id = c.member_id WHERE c.id = ?"
    row = store.one(sql, (contract_id,))
    return str(row[0]) if row else ""


def kana_of(store: Store, member_id: int) -> str:
    """Return a member's name in kana, "" for nobody."""
    row = store.one("SELECT name_kana FROM member WHERE id = ?", (member_id,))
    return str(row[0]) if row else ""


def member_row(member: NewMember, joined_at: datetime) -> tuple[Any, ...]:
    """Return the values of COLUMNS."""
    return (
        member.number, member.name, member.name_kana, member.name_romaji, day_out(member.birth_date),
        member.email, member.phone, member.postcode, member.address, member.employer, member.annual_income,
        member.other_debts, moment_out(joined_at),
    )  # fmt: skip


def contract_row(member_id: int, opened_on: date, last_seq: int, standing: Standing) -> tuple[Any, ...]:
    """Return the values of CONTRACT_COLUMNS."""
    return (member_id, day_out(opened_on), last_seq, *contracts.columns_of(standing))


def _inserted(store: Store, table: str, names: Sequence[str], row: Sequence[Any]) -> int:
    marks = ", ".join("?" * len(names))
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks}) RETURNING id"  # noqa: S608
    return int(store.rows(sql, row)[0][0])
