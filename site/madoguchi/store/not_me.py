"""The links by which a member says that it was somebody else, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a link is about: the kind of the letter that carried it and when that was written."""

    member_id: int
    kind: str
    at: datetime
    used_at: datetime | None


def issue(store: Store, key: str, member_id: int, kind: str, now: datetime, expires: datetime) -> None:
    """Write a link; older ones stay good, for each is about an event of its own."""
    store.write(
        "INSERT INTO not_me (key, member_id, kind, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        (key, member_id, kind, moment_out(now), moment_out(expires)),
    )


def read(store: Store, key: str, now: datetime) -> Alarm | None:
    """What a link is about, used or not; None for one that ran out or never was."""
    row = store.one(
        "SELECT member_id, kind, created_at, used_at FROM not_me WHERE key = ? AND expires_at > ?",
        (key, moment_out(now)),
    )
    return Alarm(row[0], row[1], moment_in(row[2]), moment_in(row[3])) if row else None


def use(store: Store, key: str, member_id: int, now: datetime) -> bool:
    """Use a link up; of several at once the database lets one succeed."""
    at = moment_out(now)
    store.one(store.locked("SELECT 1 FROM member WHERE id = ?"), (member_id,))  # the member first, as always
    used = "UPDATE not_me SET used_at = ? WHERE key = ? AND used_at IS NULL AND expires_at > ?"
    return store.write(used, (at, key, at)) == 1


def contracts_of(store: Store, member_id: int) -> list[int]:
    """Every contract of a member, held until the act ends."""
    sql = "SELECT id FROM contract WHERE member_id = ? ORDER BY id"
    return [key for (key,) in store.rows(store.locked(sql), (member_id,))]


def forget_old(store: Store, before: datetime) -> int:
    """Delete links made before a moment; returns how many."""
    return store.write("DELETE FROM not_me WHERE created_at < ?", (moment_out(before),))
