"""Notices that the lender publishes, and who has read which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_in, moment_out

COLUMNS: Final = (
    "n.id, n.title, n.body, n.first_day, n.last_day, n.points, n.published_at, n.published_by, n.withdrawn_at"
)
NOBODY: Final = 0  # in place of a member, for who is not signed in


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice from its first day to its last; `points` is what reading it earns, `read_at` when it was."""

    id: int
    title: str
    body: str
    first: date
    last: date
    points: int
    published_at: datetime
    published_by: str
    withdrawn_at: datetime | None
    read_at: datetime | None

    def stands(self, on: date) -> bool:
        """Whether it is shown on a day."""
        return self.withdrawn_at is None and self.first <= on <= self.last


_SELECT: Final = (
    f"SELECT {COLUMNS}, r.read_at FROM notice n "  # noqa: S608
    "LEFT JOIN notice_read r ON r.notice_id = n.id AND r.member_id = ? "
)
_STANDING: Final = "n.withdrawn_at IS NULL AND n.first_day <= ? AND n.last_day >= ?"
_PAGE: Final = (
    f"{_SELECT}WHERE {_STANDING} AND (n.first_day < ? OR (n.first_day = ? AND n.id < ?)) "
    "ORDER BY n.first_day DESC, n.id DESC LIMIT ?"
)
_READ: Final = _SELECT + "WHERE n.id = ?"
_CURRENT: Final = _SELECT + (
    "WHERE n.withdrawn_at IS NULL AND n.last_day >= ? ORDER BY n.first_day DESC, n.id DESC LIMIT ?"
)
_UNREAD: Final = (
    f"SELECT COUNT(*) FROM notice n WHERE {_STANDING} AND NOT EXISTS "  # noqa: S608
    "(SELECT 1 FROM notice_read r WHERE r.notice_id = n.id AND r.member_id = ?)"
)
_TO_EARN: Final = (
    f"SELECT COUNT(*), SUM(n.points) FROM notice n WHERE {_STANDING} AND n.points > 0 "  # noqa: S608
    "AND NOT EXISTS (SELECT 1 FROM point_entry e "
    "WHERE e.member_id = ? AND e.cause = 'notice:' || n.id)"
)


def add(
    store: Store,
    title: str,
    body: str,
    first: date,
    last: date,
    points: int,
    at: datetime,
    by_whom: str,
) -> int:
    """Write a notice and return its number."""
    row = store.rows(
        "INSERT INTO notice (title, body, first_day, last_day, points, published_at, published_by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (title, body, day_out(first), day_out(last), points, moment_out(at), by_whom),
    )
    return int(row[0][0])


def withdraw(store: Store, notice_id: int, at: datetime, by_whom: str) -> bool:
    """Take a notice back; False where there is none that stands."""
    sql = "UPDATE notice SET withdrawn_at = ?, withdrawn_by = ? WHERE id = ? AND withdrawn_at IS NULL"
    return bool(store.write(sql, (moment_out(at), by_whom, notice_id)))


def standing(store: Store, on: date, member_id: int, before: tuple[date, int], most: int) -> list[Notice]:
    """Return notices shown on a day, the newest first, behind a place (first day, number)."""
    first, number = day_out(before[0]), before[1]
    bound = (member_id, day_out(on), day_out(on), first, first, number, most)
    return [_notice(row) for row in store.rows(_PAGE, bound)]


def current(store: Store, on: date, most: int) -> list[Notice]:
    """Return notices shown on a day or later, the newest first."""
    return [_notice(row) for row in store.rows(_CURRENT, (NOBODY, day_out(on), most))]


def read(store: Store, notice_id: int, member_id: int) -> Notice | None:
    """Return a notice whether it is shown or not, with when a member read it."""
    row = store.one(_READ, (member_id, notice_id))
    return _notice(row) if row else None


def note_read(store: Store, notice_id: int, member_id: int, at: datetime) -> None:
    """Note that a member read a notice; the first time counts."""
    store.write(
        "INSERT INTO notice_read (member_id, notice_id, read_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (member_id, notice_id, moment_out(at)),
    )


def unread(store: Store, on: date, member_id: int) -> int:
    """Count what is shown on a day and not read."""
    row = store.one(_UNREAD, (day_out(on), day_out(on), member_id))
    return int(row[0]) if row else 0


def to_earn(store: Store, on: date, member_id: int) -> tuple[int, int]:
    """Return how many notices shown on a day can still earn points, and how many points in all."""
    row = store.one(_TO_EARN, (day_out(on), day_out(on), member_id))
    return (int(row[0]), int(row[1] or 0)) if row else (0, 0)


def _notice(row: tuple[Any, ...]) -> Notice:
    number, title, body, first, last, points, at, by_whom, withdrawn, read_at = row
    moments = moment_in(at), by_whom, moment_in(withdrawn), moment_in(read_at)
    return Notice(number, title, body, day_in(first), day_in(last), points, *moments)
