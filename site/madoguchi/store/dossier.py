"""What the lender holds about one member, as the desk looks at it: a statement for each list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, moment_in

_WHO: Final = (
    "SELECT m.id, m.number, m.name, m.name_kana, m.birth_date, m.email, m.email_bounced_at, m.phone, "
    "m.postcode, m.address, m.employer, m.annual_income, m.other_debts, m.joined_at, m.died_on, "
    "w.web_id, w.locked_at, (SELECT level FROM second_step WHERE member_id = m.id) "
    "FROM member m LEFT JOIN web_id w ON w.member_id = m.id WHERE m.number = ?"
)


@dataclass(frozen=True, slots=True)
class Who:
    """A member; income and other lenders' debts in yen, as stated. `level` is the second step's, or None."""

    id: int
    number: str
    name: str
    name_kana: str
    birth_date: date
    email: str
    bounced_at: datetime | None
    phone: str
    postcode: str
    address: str
    employer: str
    annual_income: int
    other_debts: int
    joined_at: datetime
    died_on: date | None
    web_id: str | None
    locked_at: datetime | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract with its newest card; `card` is its number, `card_state` active, held, lost or replaced."""

    id: int
    opened_on: date
    closed_on: date | None
    closed_why: str
    card: str
    card_state: str
    card_why: str


@dataclass(frozen=True, slots=True)
class State:
    """A state that a contract is or was in."""

    contract_id: int
    state: str
    since: datetime
    ended_at: datetime | None
    reason: str
    by_whom: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: its kind, where it stands and when it went out; never what was in it."""

    kind: str
    channel: str
    state: str
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Account:
    """The bank account that is registered now."""

    bank: str
    branch: str
    kind: int
    number: str
    holder: str
    since: datetime


def who(store: Store, number: str) -> Who | None:
    """Return a member by number."""
    row = store.one(_WHO, (number,))
    if row is None:
        return None
    key, told, name, kana, born, email, bounced, phone, code, address, employer, income, debts = row[:13]
    joined, died, web_id, locked, level = row[13:]
    known = day_in(born), email, moment_in(bounced), phone, code, address, employer, income, debts
    return Who(
        key, told, name, kana, *known, moment_in(joined), day_in(died), web_id, moment_in(locked), level
    )


def contracts_of(store: Store, member_id: int) -> list[Contract]:
    """Return a member's contracts, the newest first."""
    rows = store.rows(
        "SELECT c.id, c.opened_on, c.closed_on, c.closed_why, COALESCE(k.number, ''), "
        "COALESCE(k.state, ''), COALESCE(k.state_why, '') FROM contract c LEFT JOIN card k "
        "ON k.id = (SELECT MAX(id) FROM card WHERE contract_id = c.id) "
        "WHERE c.member_id = ? ORDER BY c.id DESC",
        (member_id,),
    )
    return [
        Contract(key, day_in(opened), day_in(closed), why, card, state, state_why)
        for key, opened, closed, why, card, state, state_why in rows
    ]


def states_of(store: Store, contract_id: int, most: int) -> list[State]:
    """Return the states of a contract, those that hold first, then the newest."""
    rows = store.rows(
        "SELECT contract_id, state, since, ended_at, reason, by_whom FROM contract_state "
        "WHERE contract_id = ? ORDER BY ended_at IS NOT NULL, id DESC LIMIT ?",
        (contract_id, most),
    )
    return [
        State(key, state, moment_in(since), moment_in(ended), reason, by_whom)
        for key, state, since, ended, reason, by_whom in rows
    ]


def letters_of(store: Store, member_id: int, most: int) -> list[Letter]:
    """Return the letters to a member, the newest first."""
    rows = store.rows(
        "SELECT kind, channel, state, created_at, sent_at FROM letter "
        "WHERE member_id = ? ORDER BY created_at DESC, id DESC LIMIT ?",
        (member_id, most),
    )
    return [
        Letter(kind, channel, state, moment_in(made), moment_in(sent))
        for kind, channel, state, made, sent in rows
    ]


def account_of(store: Store, member_id: int) -> Account | None:
    """Return the bank account that is registered now."""
    row = store.one(
        "SELECT bank_code, branch_code, kind, number, holder_kana, since FROM bank_account "
        "WHERE member_id = ? AND ended_at IS NULL ORDER BY id DESC",
        (member_id,),
    )
    if row is None:
        return None
    bank, branch, kind, number, holder, since = row
    return Account(bank, branch, kind, number, holder, moment_in(since))
