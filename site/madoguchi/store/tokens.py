"""One-time links as rows, and whom they are for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from madoguchi.domain.passwords import Owner
from madoguchi.store.db import Store
from madoguchi.store.values import day_in, moment_out


@dataclass(frozen=True, slots=True)
class Claimant:
    """A member who may be asking, with the states of the newest contract; `web_id` is "" without one."""

    member_id: int
    email: str
    states: int
    closed_on: date | None
    web_id: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The links sent before: to the member lately and within the hour (unused), a day, to all in an hour."""

    lately: int
    hour: int
    day: int
    site_hour: int


_OF_MEMBER: Final = (
    "m.id, m.email, c.states, c.closed_on, "
    "COALESCE((SELECT w.web_id FROM web_id w WHERE w.member_id = m.id), '')"
)
_NEWEST: Final = "JOIN contract c ON c.id = (SELECT MAX(id) FROM contract WHERE member_id = m.id)"
_LIVE: Final = "key = ? AND purpose = ? AND used_at IS NULL AND ended_at IS NULL AND expires_at > ?"


def claimants(store: Store, number: str, web_id: str) -> list[Claimant]:
    """The members with this number or this Web-ID ("" for neither), held until the act ends."""
    rows = store.rows(
        store.locked(
            f"SELECT {_OF_MEMBER} FROM member m {_NEWEST} WHERE m.id IN "  # noqa: S608
            "(SELECT id FROM member WHERE number = ? "
            "UNION ALL SELECT member_id FROM web_id WHERE web_id = ?) ORDER BY m.id"
        ),
        (number, web_id),
    )
    return [_claimant(row) for row in rows]


def sent(store: Store, member_id: int, now: datetime, apart: timedelta) -> Sent:
    """How many links were sent before now; member 0 stands for nobody."""
    hour, day = now - timedelta(hours=1), now - timedelta(days=1)
    row = store.one(
        "SELECT COALESCE(SUM(CASE WHEN used_at IS NULL AND created_at > ? THEN 1 ELSE 0 END), 0), "
        "COALESCE(SUM(CASE WHEN used_at IS NULL AND created_at > ? THEN 1 ELSE 0 END), 0), COUNT(*), "
        "(SELECT COUNT(*) FROM token WHERE created_at > ? AND member_id IS NOT NULL) "
        "FROM token WHERE member_id = ? AND created_at > ?",
        (moment_out(now - apart), moment_out(hour), moment_out(hour), member_id, moment_out(day)),
    )
    assert row is not None
    return Sent(*map(int, row))


def issue(
    store: Store, key: str, purpose: str, member_id: int | None, now: datetime, expires: datetime
) -> None:
    """Write a link, which ends an older one for the same; without a member it leads nowhere."""
    store.write(
        "UPDATE token SET ended_at = ? WHERE member_id = ? AND purpose = ? AND used_at IS NULL "
        "AND ended_at IS NULL",
        (moment_out(now), member_id or 0, purpose),
    )
    store.write(
        "INSERT INTO token (key, purpose, member_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        (key, purpose, member_id, moment_out(now), moment_out(expires)),
    )


def read(store: Store, key: str, purpose: str, now: datetime) -> tuple[Claimant, Owner] | None:
    """Whom a link is for, and what a password of theirs must not hold; None for one that works no more."""
    row = store.one(
        f"SELECT {_OF_MEMBER}, m.birth_date, m.phone, m.postcode, m.name_romaji, m.name_kana "  # noqa: S608
        f"FROM token t JOIN member m ON m.id = t.member_id {_NEWEST} WHERE {_LIVE}",
        (key, purpose, moment_out(now)),
    )
    if row is None:
        return None
    claimant = _claimant(row[:5])
    return claimant, Owner(claimant.web_id, day_in(row[5]), *row[6:])


def use(store: Store, key: str, purpose: str, member_id: int, now: datetime) -> bool:
    """Use a member's link up, which ends the others; of several at once the database lets one succeed."""
    at = moment_out(now)
    store.one(store.locked("SELECT 1 FROM member WHERE id = ?"), (member_id,))  # the member first, as always
    one = f"UPDATE token SET used_at = ? WHERE {_LIVE}"  # noqa: S608
    used = store.write(one, (at, key, purpose, at)) == 1
    if used:
        others = "UPDATE token SET ended_at = ? WHERE member_id = ? AND used_at IS NULL AND ended_at IS NULL"
        store.write(others, (at, member_id))
    return used


def end_all(store: Store, member_id: int, now: datetime) -> None:
    """End every link that a member could still use: where they were sent is no longer the member's."""
    sql = "UPDATE token SET ended_at = ? WHERE member_id = ? AND used_at IS NULL AND ended_at IS NULL"
    store.write(sql, (moment_out(now), member_id))


def forget_old(store: Store, before: datetime) -> int:
    """Delete links made before a moment; returns how many."""
    return store.write("DELETE FROM token WHERE created_at < ?", (moment_out(before),))


def _claimant(row: tuple[Any, ...]) -> Claimant:
    member_id, email, states, closed_on, web_id = row
    return Claimant(member_id, email, states, day_in(closed_on), web_id)
