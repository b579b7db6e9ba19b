"""Looks at a member's own pages from the desk; the rows stay, so that the member can be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store import contracts
from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

# The row of a session as store/sessions.py reads it, for a member who is looked at and has none.
_CURRENT: Final = (
    "SELECT l.began, l.began, NULL, 'desk', l.member_id, l.contract_id, "  # noqa: S608
    "m.number, m.name, c.states, c.closed_on, NULL, "
    "(SELECT level FROM second_step WHERE member_id = l.member_id), "
    "(SELECT SUM(amount) FROM payout WHERE contract_id = l.contract_id "
    f"AND state IN ('promised', 'handed')), m.email_bounced_at, {contracts.columns('c')} "
    "FROM desk_look l JOIN member m ON m.id = l.member_id JOIN contract c ON c.id = l.contract_id "
    "WHERE l.key = ?"
)


@dataclass(frozen=True, slots=True)
class Look:
    """A look: by whom, for which case and why, from when until when at most."""

    staff_name: str
    member_id: int
    number: str
    case_id: int
    reason: str
    began: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class NewLook:
    """A look about to begin."""

    session_key: str
    staff_name: str
    member_id: int
    contract_id: int
    case_id: int
    reason: str
    began: datetime
    ends_at: datetime


_READ: Final = (
    "SELECT l.staff_name, l.member_id, m.number, l.case_id, l.reason, l.began, l.ends_at "
    "FROM desk_look l JOIN member m ON m.id = l.member_id "
)


def begin(store: Store, key: str, look: NewLook) -> None:
    """Write a look."""
    store.write(
        "INSERT INTO desk_look (key, session_key, staff_name, member_id, contract_id, case_id, reason, "
        "began, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            look.session_key,
            look.staff_name,
            look.member_id,
            look.contract_id,
            look.case_id,
            look.reason,
            moment_out(look.began),
            moment_out(look.ends_at),
        ),
    )


def read(store: Store, key: str, session_key: str) -> Look | None:
    """Return a look of this session at the desk."""
    row = store.one(_READ + "WHERE l.key = ? AND l.session_key = ?", (key, session_key))
    return _look(row) if row else None


def visitor(store: Store, key: str) -> tuple[Any, ...] | None:
    """Return the member of a look as the row of a session."""
    return store.one(_CURRENT, (key,))


def end(store: Store, key: str, at: datetime) -> int:
    """End a look before its time."""
    sql = "UPDATE desk_look SET ends_at = ? WHERE key = ? AND ends_at > ?"
    return store.write(sql, (moment_out(at), key, moment_out(at)))


def of_member(store: Store, member_id: int, since: datetime, most: int) -> list[Look]:
    """Return the looks at a member since a moment, the newest first."""
    sql = _READ + "WHERE l.member_id = ? AND l.began > ? ORDER BY l.began DESC LIMIT ?"
    return [_look(row) for row in store.rows(sql, (member_id, moment_out(since), most))]


def _look(row: tuple[Any, ...]) -> Look:
    staff_name, member_id, number, case_id, reason, began, ends_at = row
    return Look(staff_name, member_id, number, case_id, reason, moment_in(began), moment_in(ends_at))
