"""Passkeys as rows, and challenges that were answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey with its owner's name for it."""

    id: int
    member_id: int
    credential: str
    public_key: str
    sign_count: int
    name: str
    created_at: datetime
    used_at: datetime | None


_COLUMNS: Final = "id, member_id, credential, public_key, sign_count, name, created_at, used_at"


def of_member(store: Store, member_id: int) -> list[Passkey]:
    """A member's passkeys, the oldest first."""
    sql = f"SELECT {_COLUMNS} FROM passkey WHERE member_id = ? ORDER BY id"  # noqa: S608
    return [_passkey(row) for row in store.rows(sql, (member_id,))]


def find(store: Store, credential: str) -> Passkey | None:
    """The passkey with this id, whoever's it is."""
    sql = f"SELECT {_COLUMNS} FROM passkey WHERE credential = ?"  # noqa: S608
    row = store.one(sql, (credential,))
    return _passkey(row) if row else None


def add(
    store: Store,
    member_id: int,
    credential: str,
    public_key: str,
    sign_count: int,
    name: str,
    now: datetime,
) -> bool:
    """Write a passkey; False when it is known already."""
    columns = "member_id, credential, public_key, sign_count, name, created_at"
    values = (member_id, credential, public_key, sign_count, name, moment_out(now))
    sql = f"INSERT INTO passkey ({columns}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"  # noqa: S608
    return store.write(sql, values) == 1


def used(store: Store, passkey: Passkey, sign_count: int, now: datetime) -> bool:
    """Note that a passkey was used, and its counter; False when it was removed or used meanwhile."""
    sql = "UPDATE passkey SET sign_count = ?, used_at = ? WHERE id = ? AND sign_count = ?"
    return store.write(sql, (sign_count, moment_out(now), passkey.id, passkey.sign_count)) == 1


def remove(store: Store, member_id: int, passkey_id: int) -> bool:
    """Forget one of a member's passkeys; False when it is none of theirs."""
    sql = "DELETE FROM passkey WHERE id = ? AND member_id = ?"
    return store.write(sql, (passkey_id, member_id)) == 1


def remove_all(store: Store, member_id: int) -> int:
    """Delete all passkeys of a member."""
    return store.write("DELETE FROM passkey WHERE member_id = ?", (member_id,))


def answer_once(store: Store, challenge: str, now: datetime) -> bool:
    """Note that a challenge was answered; False when it was answered before."""
    sql = "INSERT INTO used_challenge (key, at) VALUES (?, ?) ON CONFLICT DO NOTHING"
    return store.write(sql, (challenge, moment_out(now))) == 1


def forget_old(store: Store, before: datetime) -> None:
    """Delete answered challenges that have run out by themselves."""
    store.write("DELETE FROM used_challenge WHERE at < ?", (moment_out(before),))


def _passkey(row: tuple[Any, ...]) -> Passkey:
    key, member_id, credential, public_key, count, name, made, used_at = row
    return Passkey(key, member_id, credential, public_key, count, name, moment_in(made), moment_in(used_at))
