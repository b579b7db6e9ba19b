"""Taking personal data away once its time is over; the ledger stays under the member's number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from madoguchi.store.db import Store
from madoguchi.store.held import BLANK_MEMBER, GOES, HELD, STAYS
from madoguchi.store.values import day_in, day_out, moment_out

# Everybody whose last contract ended by a day, and who has nothing open any more.
_DUE: Final = (
    "FROM member m JOIN contract c ON c.member_id = m.id WHERE m.forgotten_at IS NULL "
    "AND m.id IN (SELECT member_id FROM contract WHERE closed_on <= ?) "
    "GROUP BY m.id, m.number HAVING MAX(COALESCE(c.closed_on, 99999999)) <= ? "
    "AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.member_id = m.id AND f.closed_at IS NULL)"
)
_OLD: Final = {
    "letters": "FROM letter WHERE created_at < ? AND state NOT IN ('new', 'claimed')",
    "sign_ins": "FROM sign_in_event WHERE at < ?",
}
_OLD_REQUESTS: Final = "act = ? AND contract_id IS NULL AND facts <> '{}' AND ends_at < ?"


# Files of forgotten members lie on the shelf like any that no act took, long ago enough for the round
# to clear it of them: their names are noted in the act that forgets, so that a stop in between leaves none.
_DISCARD: Final = (
    "INSERT INTO shelved (name, member_id, at) SELECT name, member_id, 0 FROM upload WHERE member_id = ?"
)


@dataclass(frozen=True, slots=True)
class Due:
    """A member whose data is to go: the number, and when the last contract ended."""

    member_id: int
    number: str
    ended_on: date


def due(store: Store, ended_by: date, most: int) -> list[Due]:
    """Return members whose last contract ended by a day, the longest ago first."""
    sql = f"SELECT m.id, m.number, MAX(c.closed_on) {_DUE} ORDER BY MAX(c.closed_on), m.id LIMIT ?"
    rows = store.rows(sql, (day_out(ended_by), day_out(ended_by), most))
    return [Due(key, number, day_in(ended)) for key, number, ended in rows]


def hold_due(store: Store, member_id: int, ended_by: date) -> bool:
    """Hold a member until the act ends, and tell whether the data is still to go."""
    store.one(store.locked("SELECT id FROM member WHERE id = ?"), (member_id,))
    sql = f"SELECT m.id {_DUE.replace('WHERE', 'WHERE m.id = ? AND', 1)}"
    return store.one(sql, (member_id, day_out(ended_by), day_out(ended_by))) is not None


def forget(store: Store, member_id: int, at: datetime) -> None:
    """Take away what is personal of a member who is held."""
    store.write("UPDATE member SET forgotten_at = ? WHERE id = ?", (moment_out(at), member_id))
    store.write(_DISCARD, (member_id,))
    for held in HELD:
        if held.end == GOES:
            store.write(f"DELETE FROM {held.table} WHERE {held.where}", (member_id,))  # noqa: S608
        elif held.end != STAYS:
            store.write(f"UPDATE {held.table} SET {held.end} WHERE {held.where}", (member_id,))  # noqa: S608
    store.write(f"UPDATE member SET {BLANK_MEMBER} WHERE id = ?", (member_id,))  # noqa: S608


def count_old(store: Store, what: str, before: datetime) -> int:
    """Return how many letters or sign_ins are older than a moment."""
    row = store.one(f"SELECT COUNT(*) {_OLD[what]}", (moment_out(before),))
    return int(row[0]) if row else 0


def drop_old(store: Store, what: str, before: datetime, most: int) -> int:
    """Delete some letters or sign_ins that are older than a moment; returns how many."""
    table = _OLD[what].split()[1]
    sql = f"DELETE FROM {table} WHERE id IN (SELECT id {_OLD[what]} ORDER BY id LIMIT ?)"  # noqa: S608
    return store.write(sql, (moment_out(before), most))


def count_requests(store: Store, act: str, before: datetime) -> int:
    """Return how many requests of an act came to nothing before a moment and still tell of a person."""
    sql = f"SELECT COUNT(*) FROM desk_request WHERE {_OLD_REQUESTS}"  # noqa: S608
    row = store.one(sql, (act, moment_out(before)))
    return int(row[0]) if row else 0


def blank_requests(store: Store, act: str, before: datetime) -> int:
    """Take the person out of such requests; returns how many there were."""
    blank = "facts = '{}', reason = '', shown = '[]'"
    sql = f"UPDATE desk_request SET {blank} WHERE {_OLD_REQUESTS}"  # noqa: S608
    return store.write(sql, (act, moment_out(before)))
