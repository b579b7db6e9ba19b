"""Mail addresses that wait for their confirmation, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

_OPEN: Final = "confirmed_at IS NULL AND ended_at IS NULL"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An address that a member asked for, and until when the link to it works."""

    member_id: int
    email: str
    asked_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """The links sent before: to the member lately and unused within the hour, in a day; to the address in a
    day, whoever asked; to all in an hour.
    """

    lately: int
    hour: int
    day: int
    address_day: int
    site_hour: int


def issue(store: Store, row: Waiting, key: str) -> None:
    """Write a link; one that waited before ends."""
    end(store, row.member_id, row.asked_at)
    store.write(
        "INSERT INTO mail_change (member_id, email, key, asked_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        (row.member_id, row.email, key, moment_out(row.asked_at), moment_out(row.expires_at)),
    )


def of_member(store: Store, member_id: int) -> Waiting | None:
    """Return the address that waits for a member's word, though its link may have run out."""
    return _one(store, f"member_id = ? AND {_OPEN}", member_id)


def behind(store: Store, key: str, now: datetime) -> Waiting | None:
    """Return what a link confirms; None for one that works no more."""
    return _one(store, f"key = ? AND {_OPEN} AND expires_at > ?", key, moment_out(now))


def use(store: Store, key: str, member_id: int, now: datetime) -> bool:
    """Use a member's link up; of several at once the database lets one succeed."""
    at = moment_out(now)
    sql = f"UPDATE mail_change SET confirmed_at = ? WHERE key = ? AND member_id = ? AND {_OPEN}"  # noqa: S608
    return store.write(sql + " AND expires_at > ?", (at, key, member_id, at)) == 1


def end(store: Store, member_id: int, now: datetime) -> bool:
    """End what waits for a member's word; False when nothing did."""
    sql = f"UPDATE mail_change SET ended_at = ? WHERE member_id = ? AND {_OPEN}"  # noqa: S608
    return store.write(sql, (moment_out(now), member_id)) == 1


def sent(store: Store, member_id: int, email: str, now: datetime, apart: timedelta) -> Sent:
    """How many links were sent before now."""
    ago, hour, day = (moment_out(now - span) for span in (apart, timedelta(hours=1), timedelta(days=1)))
    row = store.one(
        "SELECT COALESCE(SUM(CASE WHEN asked_at > ? THEN 1 ELSE 0 END), 0), "
        "COALESCE(SUM(CASE WHEN confirmed_at IS NULL AND asked_at > ? THEN 1 ELSE 0 END), 0), COUNT(*), "
        "(SELECT COUNT(*) FROM mail_change WHERE lower(email) = ? AND asked_at > ?), "
        "(SELECT COUNT(*) FROM mail_change WHERE asked_at > ?) "
        "FROM mail_change WHERE member_id = ? AND asked_at > ?",
        (ago, hour, email.lower(), day, hour, member_id, day),
    )
    assert row is not None, "a sum is always there"
    return Sent(*map(int, row))


def lapsed(store: Store, before: datetime, most: int) -> list[Waiting]:
    """Some of what still waits though its link ran out before a moment, the oldest first."""
    sql = (
        "SELECT member_id, email, asked_at, expires_at FROM mail_change "  # noqa: S608
        f"WHERE asked_at < ? AND expires_at < ? AND {_OPEN} ORDER BY asked_at LIMIT ?"
    )
    at = moment_out(before)
    return [_waiting(row) for row in store.rows(sql, (at, at, most))]


def forget_old(store: Store, before: datetime) -> int:
    """Delete what was asked for before a moment and waits no more; returns how many."""
    sql = f"DELETE FROM mail_change WHERE asked_at < ? AND NOT ({_OPEN})"  # noqa: S608
    return store.write(sql, (moment_out(before),))


def _one(store: Store, where: str, *params: object) -> Waiting | None:
    sql = f"SELECT member_id, email, asked_at, expires_at FROM mail_change WHERE {where}"  # noqa: S608
    row = store.one(sql, params)
    return _waiting(row) if row else None


def _waiting(row: tuple[Any, ...]) -> Waiting:
    return Waiting(row[0], row[1], moment_in(row[2]), moment_in(row[3]))
