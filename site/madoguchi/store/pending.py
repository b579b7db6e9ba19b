"""Sign-ins that wait for their second step, and typed data set aside while a member passes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in whose secret was right.

    `secret_mark` names the secret's hash of then, so that a change of it ends the sign-in; `tally` is the
    count to clear at the end ("" for a known browser's).
    """

    member_id: int
    route: str
    identifier: str
    secret_mark: str
    tally: str
    remember: bool
    expires_at: datetime


_COLUMNS: Final = "member_id, route, identifier, secret_mark, tally, remember, expires_at"


def begin(store: Store, key: str, pending: Pending, now: datetime) -> None:
    """Write a sign-in that waits; `key` is the hash of its token."""
    store.write(
        f"INSERT INTO pending (key, created_at, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (
            key, moment_out(now), pending.member_id, pending.route, pending.identifier, pending.secret_mark,
            pending.tally, int(pending.remember), moment_out(pending.expires_at),
        ),
    )  # fmt: skip


def find(store: Store, key: str, now: datetime, hold: bool = False) -> Pending | None:
    """The sign-in of a token; with `hold` nobody else finishes it until the act ends."""
    sql = f"SELECT {_COLUMNS} FROM pending WHERE key = ? AND expires_at > ?"  # noqa: S608
    row = store.one(store.locked(sql) if hold else sql, (key, moment_out(now)))
    if row is None:
        return None
    member_id, route, identifier, mark, tally, remember, expires_at = row
    return Pending(member_id, route, identifier, mark, tally, bool(remember), moment_in(expires_at))


def mark_anew(store: Store, old: str, new: str) -> None:
    """Give sign-ins that wait the new name of an unchanged secret."""
    store.write("UPDATE pending SET secret_mark = ? WHERE secret_mark = ?", (new, old))


def end(store: Store, key: str) -> int:
    """Forget a sign-in that waits; returns 0 when there was none."""
    return store.write("DELETE FROM pending WHERE key = ?", (key,))


def keep(
    store: Store, key: str, member_id: int, path: str, sealed: str, now: datetime, ends: datetime
) -> None:
    """Set a member's typed data aside for the act at `path`."""
    store.write(
        "INSERT INTO kept (key, member_id, path, sealed, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
        (key, member_id, path, sealed, moment_out(now), moment_out(ends)),
    )


def kept_for(store: Store, key: str, member_id: int, now: datetime, spent: bool = False) -> str | None:
    """The path of the act that a member's typed data wait for; with `spent` of the one they went on to."""
    where = "key = ? AND member_id = ? AND expires_at > ? AND sealed " + ("= ''" if spent else "<> ''")
    sql = f"SELECT path FROM kept WHERE {where}"  # noqa: S608
    row = store.one(sql, (key, member_id, moment_out(now)))
    return str(row[0]) if row else None


def how_many_kept(store: Store, member_id: int, now: datetime) -> int:
    """How many times data of a member are set aside at the moment."""
    sql = "SELECT COUNT(*) FROM kept WHERE member_id = ? AND expires_at > ? AND sealed <> ''"
    row = store.one(sql, (member_id, moment_out(now)))
    return int(row[0]) if row else 0


def take_kept(store: Store, key: str, member_id: int, path: str, now: datetime) -> str | None:
    """Take the sealed data out; once, by their owner and for the act they were typed for.

    Their name stays until it would have run out, so that whoever comes again can be told that they went on.
    """
    where = "key = ? AND member_id = ? AND path = ? AND expires_at > ? AND sealed <> ''"
    asked = (key, member_id, path, moment_out(now))
    row = store.one(store.locked(f"SELECT sealed FROM kept WHERE {where}"), asked)  # noqa: S608
    if row is None or not store.write(f"UPDATE kept SET sealed = '' WHERE {where}", asked):  # noqa: S608
        return None
    return str(row[0])


def read_kept(store: Store, key: str, member_id: int, path: str, now: datetime) -> str | None:
    """The sealed data for their page; they stay."""
    sql = "SELECT sealed FROM kept WHERE key = ? AND member_id = ? AND path = ? AND expires_at > ?"
    row = store.one(sql, (key, member_id, path, moment_out(now)))
    return str(row[0]) if row else None


def trim_kept(store: Store, member_id: int, most: int) -> None:
    """Delete all but the last `most` of what a member set aside."""
    store.write(
        "DELETE FROM kept WHERE member_id = ? AND key NOT IN "
        "(SELECT key FROM kept WHERE member_id = ? ORDER BY created_at DESC, key LIMIT ?)",
        (member_id, member_id, most),
    )


def forget_old(store: Store, now: datetime) -> None:
    """Delete what has run out."""
    for table in ("pending", "kept"):
        store.write(f"DELETE FROM {table} WHERE expires_at < ?", (moment_out(now),))  # noqa: S608
