"""Copies of all that is held about a member: who made each for whom, and whether it was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One copy; `taken_at` is None until it was handed over, which is once."""

    id: int
    member_id: int
    made_by: str
    made_at: datetime
    expires: datetime
    taken_at: datetime | None


def add(
    store: Store, member_id: int, by: str, at: datetime, expires: datetime, papers: tuple[str, str, str]
) -> int:
    """Write that a copy may be made; `papers` are document, place and reason. Returns its number."""
    rows = store.rows(
        "INSERT INTO disclosure (member_id, made_by, made_at, expires, document, place, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (member_id, by, moment_out(at), moment_out(expires), *papers),
    )
    return int(rows[0][0])


def open_of(store: Store, member_id: int, now: datetime) -> Disclosure | None:
    """Return the newest copy of a member that can still be handed over."""
    row = store.one(
        "SELECT id, member_id, made_by, made_at, expires, taken_at FROM disclosure "
        "WHERE member_id = ? AND taken_at IS NULL AND expires > ? ORDER BY id DESC LIMIT 1",
        (member_id, moment_out(now)),
    )
    if row is None:
        return None
    key, whose, by, at, expires, taken = row
    return Disclosure(key, whose, by, moment_in(at), moment_in(expires), moment_in(taken))


def take(store: Store, disclosure_id: int, member_id: int, at: datetime) -> bool:
    """Hand a copy over; False where that was done, is too late, or it is another's."""
    sql = (
        "UPDATE disclosure SET taken_at = ? WHERE id = ? AND member_id = ? AND taken_at IS NULL "
        "AND expires > ?"
    )
    return bool(store.write(sql, (moment_out(at), disclosure_id, member_id, moment_out(at))))


def papers_of(store: Store, member_id: int) -> list[tuple[int, int, int]]:
    """Return (contract, entry, kind of entry) of each paper of a member, the newest first."""
    return store.rows(
        "SELECT p.contract_id, p.seq, e.kind FROM paper p "
        "JOIN entry e ON e.contract_id = p.contract_id AND e.seq = p.seq "
        "JOIN contract c ON c.id = p.contract_id WHERE c.member_id = ? "
        "ORDER BY p.contract_id DESC, p.seq DESC",
        (member_id,),
    )
