"""Coupons of shops, and who has used one that works once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_in, moment_out

COLUMNS: Final = "c.id, c.shop, c.title, c.body, c.code, c.first_day, c.last_day, c.once, c.withdrawn_at"


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon from its first day to its last; `once` works one time for a member, `used_at` is when."""

    id: int
    shop: str
    title: str
    body: str
    code: str
    first: date
    last: date
    once: bool
    withdrawn_at: datetime | None
    used_at: datetime | None

    def stands(self, on: date) -> bool:
        """Whether it is valid on a day."""
        return self.withdrawn_at is None and self.first <= on <= self.last


_SELECT: Final = (
    f"SELECT {COLUMNS}, u.used_at FROM coupon c "  # noqa: S608
    "LEFT JOIN coupon_use u ON u.coupon_id = c.id AND u.member_id = ? "
)
_PAGE: Final = (
    _SELECT + "WHERE c.withdrawn_at IS NULL AND c.first_day <= ? AND c.last_day >= ? "
    "AND (c.last_day > ? OR (c.last_day = ? AND c.id > ?)) ORDER BY c.last_day, c.id LIMIT ?"
)
_READ: Final = _SELECT + "WHERE c.id = ?"
_CURRENT: Final = _SELECT + (
    "WHERE c.withdrawn_at IS NULL AND c.last_day >= ? ORDER BY c.first_day DESC, c.id DESC LIMIT ?"
)
NOBODY: Final = 0  # in place of a member


def add(
    store: Store,
    texts: tuple[str, str, str, str],
    days: tuple[date, date],
    once: bool,
    at: datetime,
    by_whom: str,
) -> int:
    """Write a coupon (shop, title, body, code; first and last day) and return its number."""
    row = store.rows(
        "INSERT INTO coupon (shop, title, body, code, first_day, last_day, once, published_at, published_by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (*texts, day_out(days[0]), day_out(days[1]), int(once), moment_out(at), by_whom),
    )
    return int(row[0][0])


def withdraw(store: Store, coupon_id: int, at: datetime, by_whom: str) -> bool:
    """Take a coupon back; False where there is none that stands."""
    sql = "UPDATE coupon SET withdrawn_at = ?, withdrawn_by = ? WHERE id = ? AND withdrawn_at IS NULL"
    return bool(store.write(sql, (moment_out(at), by_whom, coupon_id)))


def standing(store: Store, on: date, member_id: int, after: tuple[date, int], most: int) -> list[Coupon]:
    """Return coupons valid on a day, the one that ends first in front, behind a place (last day, number)."""
    last, number = day_out(after[0]), after[1]
    bound = (member_id, day_out(on), day_out(on), last, last, number, most)
    return [_coupon(row) for row in store.rows(_PAGE, bound)]


def current(store: Store, on: date, most: int) -> list[Coupon]:
    """Return coupons valid on a day or later, the one that begins last in front."""
    return [_coupon(row) for row in store.rows(_CURRENT, (NOBODY, day_out(on), most))]


def read(store: Store, coupon_id: int, member_id: int) -> Coupon | None:
    """Return a coupon whether it is valid or not, with when a member used it."""
    row = store.one(_READ, (member_id, coupon_id))
    return _coupon(row) if row else None


def use(store: Store, coupon_id: int, member_id: int, at: datetime) -> bool:
    """Note that a member used a coupon; False when that was noted before."""
    written = store.write(
        "INSERT INTO coupon_use (member_id, coupon_id, used_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (member_id, coupon_id, moment_out(at)),
    )
    return written == 1


def _coupon(row: tuple[Any, ...]) -> Coupon:
    number, shop, title, body, code, first, last, once, withdrawn, used_at = row
    moments = moment_in(withdrawn), moment_in(used_at)
    return Coupon(number, shop, title, body, code, day_in(first), day_in(last), bool(once), *moments)
