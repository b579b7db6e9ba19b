"""What is on file about a member, and every change of it as a row that is added and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

Value = str | int

# The income that holds for a page: what was stated last, else what was checked.
_INCOME: Final = "CASE WHEN income_stated > 0 THEN income_stated ELSE annual_income END"
_WAITS: Final = (
    "(SELECT c.email FROM mail_change c WHERE c.member_id = m.id AND c.confirmed_at IS NULL "
    "AND c.ended_at IS NULL)"
)


@dataclass(frozen=True, slots=True)
class OnFile:
    """A member's details ("" or 0 where nothing is known); income in yen a year, `stated` while unchecked.

    `new_email` is an address that waits to be confirmed, "" for none.
    """

    email: str
    phone: str
    postcode: str
    address: str
    employer: str
    income: int
    stated: bool
    new_email: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change: when, by whom and by which way, what stood before and what stands since."""

    at: datetime
    by_whom: str
    way: str
    was: Mapping[str, Value]
    became: Mapping[str, Value]


def on_file(store: Store, member_id: int) -> OnFile:
    """Return what is known of a member."""
    sql = (
        f"SELECT email, phone, postcode, address, employer, {_INCOME}, income_stated > 0, "  # noqa: S608
        f"COALESCE({_WAITS}, '') FROM member m WHERE id = ?"
    )
    row = store.one(sql, (member_id,))
    if row is None:
        return OnFile("", "", "", "", "", 0, False, "")
    email, phone, postcode, address, employer, income, stated, new_email = row
    return OnFile(email, phone, postcode, address, employer, income, bool(stated), new_email)


def values(store: Store, member_id: int, columns: Sequence[str]) -> dict[str, Value]:
    """Return some columns of a member, who is held until the act ends; `income_stated` as pages tell it."""
    told = ", ".join(_INCOME if name == "income_stated" else name for name in columns)
    row = store.one(store.locked(f"SELECT {told} FROM member WHERE id = ?"), (member_id,))  # noqa: S608
    return dict(zip(columns, row or (), strict=True))


def put(store: Store, member_id: int, new: Mapping[str, Value]) -> None:
    """Write columns of a member."""
    told = ", ".join(f"{name} = ?" for name in new)
    store.write(f"UPDATE member SET {told} WHERE id = ?", (*new.values(), member_id))  # noqa: S608


def note(store: Store, member_id: int, detail: str, change: Change) -> None:
    """Write down a change."""
    store.write(
        "INSERT INTO member_change (member_id, detail, at, by_whom, way, was, became) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            member_id, detail, moment_out(change.at), change.by_whom, change.way,
            _json(change.was), _json(change.became),
        ),
    )  # fmt: skip


def past(store: Store, member_id: int, detail: str, most: int) -> list[Change]:
    """Return the last changes of a detail, the newest first."""
    sql = (
        "SELECT at, by_whom, way, was, became FROM member_change WHERE member_id = ? AND detail = ? "
        "ORDER BY id DESC LIMIT ?"
    )
    rows = store.rows(sql, (member_id, detail, most))
    return [
        Change(moment_in(at), who, way, json.loads(was), json.loads(became))
        for at, who, way, was, became in rows
    ]


def _json(told: Mapping[str, Value]) -> str:
    return json.dumps(dict(told), ensure_ascii=False, sort_keys=True)
