"""Signed-in sessions as rows, keyed by the hash of their token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store import contracts
from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session about to begin."""

    member_id: int
    contract_id: int
    device_id: int
    route: str
    at: datetime
    previous_at: datetime | None
    block: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """A session as its owner sees it in a list; `label` is the browser's, `block` where it began."""

    key: str
    device_id: int
    label: str
    block: str
    began: datetime
    last_seen: datetime


# Everything that each page needs of its visitor, in one query.
_CURRENT: Final = (
    "SELECT s.created_at, s.last_seen, s.previous_at, s.route, s.member_id, s.contract_id, "  # noqa: S608
    "m.number, m.name, c.states, c.closed_on, s.stepped_at, "
    "(SELECT level FROM second_step WHERE member_id = s.member_id), "
    "(SELECT SUM(amount) FROM payout WHERE contract_id = s.contract_id "
    f"AND state IN ('promised', 'handed')), m.email_bounced_at, {contracts.columns('c')} "
    "FROM session s JOIN member m ON m.id = s.member_id JOIN contract c ON c.id = s.contract_id "
    "WHERE s.key = ?"
)
STANDING_AT: Final = 14  # where the contract's cached figures begin in that row


def current(store: Store, key: str) -> tuple[Any, ...] | None:
    """The row of a session with its member and contract; moments and days as they are stored."""
    return store.one(_CURRENT, (key,))


def begin(store: Store, key: str, session: NewSession) -> None:
    """Write a new session."""
    at = moment_out(session.at)
    store.write(
        "INSERT INTO session (key, member_id, contract_id, device_id, route, created_at, last_seen, "
        "previous_at, block) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            session.member_id,
            session.contract_id,
            session.device_id,
            session.route,
            at,
            at,
            moment_out(session.previous_at),
            session.block,
        ),
    )


def of_member(store: Store, member_id: int, seen_after: datetime, begun_after: datetime) -> list[Open]:
    """A member's sessions that have not run out, the last used first."""
    rows = store.rows(
        "SELECT s.key, s.device_id, COALESCE(d.label, ''), s.block, s.created_at, s.last_seen "
        "FROM session s LEFT JOIN device d ON d.id = s.device_id "
        "WHERE s.member_id = ? AND s.last_seen > ? AND s.created_at > ? ORDER BY s.last_seen DESC",
        (member_id, moment_out(seen_after), moment_out(begun_after)),
    )
    return [
        Open(key, device_id, label, block, moment_in(began), moment_in(seen))
        for key, device_id, label, block, began, seen in rows
    ]


def stepped(store: Store, key: str, now: datetime, renamed: str = "") -> int:
    """Note that the second step was passed in a session, and give it another key; 0 when there is none."""
    sql = "UPDATE session SET stepped_at = ?, key = ? WHERE key = ?"
    return store.write(sql, (moment_out(now), renamed or key, key))


def touch(store: Store, key: str, now: datetime) -> None:
    """Note that the session is in use."""
    store.write("UPDATE session SET last_seen = ? WHERE key = ?", (moment_out(now), key))


def end(store: Store, key: str) -> int:
    """End one session; returns 0 when there was none."""
    return store.write("DELETE FROM session WHERE key = ?", (key,))


def end_all(store: Store, member_id: int, but: str = "") -> int:
    """End every session of a member, except the one with key `but`; returns how many."""
    return store.write("DELETE FROM session WHERE member_id = ? AND key <> ?", (member_id, but))


def end_on(store: Store, member_id: int, device_id: int) -> int:
    """End a member's sessions in one browser; returns how many."""
    return store.write("DELETE FROM session WHERE member_id = ? AND device_id = ?", (member_id, device_id))


def end_old(store: Store, seen_before: datetime, begun_before: datetime) -> int:
    """Delete the rows of sessions that have run out; returns how many."""
    return store.write(
        "DELETE FROM session WHERE last_seen < ? OR created_at < ?",
        (moment_out(seen_before), moment_out(begun_before)),
    )


def began(row: tuple[Any, ...]) -> tuple[datetime, datetime, datetime | None]:
    """When the session of a `current` row began, was last used, and when the member signed in before it."""
    return moment_in(row[0]), moment_in(row[1]), moment_in(row[2])


def stepped_at(row: tuple[Any, ...]) -> datetime | None:
    """When the second step was last passed in the session of a `current` row."""
    at: int | None = row[10]
    return moment_in(at)


def bounced_at(row: tuple[Any, ...]) -> datetime | None:
    """Since when mail to the member of a `current` row comes back."""
    at: int | None = row[13]
    return moment_in(at)


def level(row: tuple[Any, ...]) -> str:
    """When the member of a `current` row is asked for a second step: off for whoever never chose."""
    return row[11] or "off"


def sending(row: tuple[Any, ...]) -> int:
    """How many yen are on their way to the member of a `current` row, not yet answered by the bank."""
    return int(row[12] or 0)
