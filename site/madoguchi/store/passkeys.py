"""Passkeys as rows, of members or of the people at the desk, and challenges that were answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose passkeys they are: a table of their own for each kind of people."""

    table: str
    column: str


MEMBERS: Final = Owners("passkey", "member_id")
STAFF: Final = Owners("staff_passkey", "staff_id")


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey with its owner's name for it."""

    id: int
    owner_id: int
    credential: str
    public_key: str
    sign_count: int
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A passkey as a browser made it, and its owner's name for it."""

    credential: str
    public_key: str
    sign_count: int
    name: str


def of_owner(store: Store, owner_id: int, of: Owners = MEMBERS) -> list[Passkey]:
    """Somebody's passkeys, the oldest first."""
    sql = f"SELECT {_columns(of)} FROM {of.table} WHERE {of.column} = ? ORDER BY id"  # noqa: S608
    return [_passkey(row) for row in store.rows(sql, (owner_id,))]


def find(store: Store, credential: str, of: Owners = MEMBERS) -> Passkey | None:
    """The passkey with this id, whoever's it is."""
    sql = f"SELECT {_columns(of)} FROM {of.table} WHERE credential = ?"  # noqa: S608
    row = store.one(sql, (credential,))
    return _passkey(row) if row else None


def add(store: Store, owner_id: int, made: NewPasskey, now: datetime, of: Owners = MEMBERS) -> bool:
    """Write a passkey; False when it is known already."""
    columns = f"{of.column}, credential, public_key, sign_count, name, created_at"
    values = (owner_id, made.credential, made.public_key, made.sign_count, made.name, moment_out(now))
    marks = "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    return store.write(f"INSERT INTO {of.table} ({columns}) {marks}", values) == 1


def used(store: Store, passkey: Passkey, sign_count: int, now: datetime, of: Owners = MEMBERS) -> bool:
    """Note that a passkey was used, and its counter; False when it was removed or used meanwhile."""
    sql = f"UPDATE {of.table} SET sign_count = ?, used_at = ? WHERE id = ? AND sign_count = ?"  # noqa: S608
    return store.write(sql, (sign_count, moment_out(now), passkey.id, passkey.sign_count)) == 1


def remove(store: Store, owner_id: int, passkey_id: int, of: Owners = MEMBERS) -> bool:
    """Forget one of somebody's passkeys; False when it is none of theirs."""
    sql = f"DELETE FROM {of.table} WHERE id = ? AND {of.column} = ?"  # noqa: S608
    return store.write(sql, (passkey_id, owner_id)) == 1


def remove_all(store: Store, owner_id: int, of: Owners = MEMBERS) -> int:
    """Delete all passkeys of somebody."""
    return store.write(f"DELETE FROM {of.table} WHERE {of.column} = ?", (owner_id,))  # noqa: S608


def answer_once(store: Store, challenge: str, now: datetime) -> bool:
    """Note that a challenge was answered; False when it was answered before."""
    sql = "INSERT INTO used_challenge (key, at) VALUES (?, ?) ON CONFLICT DO NOTHING"
    return store.write(sql, (challenge, moment_out(now))) == 1


def forget_old(store: Store, before: datetime) -> None:
    """Delete answered challenges that have run out by themselves."""
    store.write("DELETE FROM used_challenge WHERE at < ?", (moment_out(before),))


def _columns(of: Owners) -> str:
    return f"id, {of.column}, credential, public_key, sign_count, name, created_at, used_at"


def _passkey(row: tuple[Any, ...]) -> Passkey:
    key, owner_id, credential, public_key, count, name, made, used_at = row
    return Passkey(key, owner_id, credential, public_key, count, name, moment_in(made), moment_in(used_at))
