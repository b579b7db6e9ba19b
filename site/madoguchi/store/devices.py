"""Browsers that signed in before: which members they know, and how often each has failed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

# Tries that were counted, when the last was, and how many of them were compared and wrong.
_COUNTERS: Final = {
    "card": ("pin_fails", "pin_at", "pin_wrong"),
    "web_id": ("password_fails", "password_at", "password_wrong"),
}


@dataclass(frozen=True, slots=True)
class Remembered:
    """How this browser signed in last, and the identifier if its owner wished it kept ("" if not)."""

    route: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Device:
    """A browser as its owner sees it in a list; `block` is where it signed in last."""

    id: int
    label: str
    block: str
    created_at: datetime
    last_seen: datetime


def last_used(store: Store, key: str, seen_after: datetime) -> Remembered | None:
    """The last way in of the browser with this hashed cookie, or None when it is not known."""
    row = store.one(
        "SELECT d.route, d.remembered, (SELECT MAX(k.number) FROM card k JOIN contract c "
        "ON c.id = k.contract_id WHERE c.member_id = d.member_id AND k.state <> 'replaced'), w.web_id "
        "FROM device d LEFT JOIN web_id w ON w.member_id = d.member_id "
        "WHERE d.key = ? AND d.last_seen >= ? ORDER BY d.last_seen DESC LIMIT 1",
        (key, moment_out(seen_after)),
    )
    if row is None:
        return None
    route, remembered, number, web_id = row
    return Remembered(route, (number if route == "card" else web_id) or "" if remembered else "")


def last_member(store: Store, key: str, seen_after: datetime) -> int | None:
    """Who signed in last on the browser with this hashed cookie, or None when it is not known."""
    sql = "SELECT member_id FROM device WHERE key = ? AND last_seen >= ? ORDER BY last_seen DESC LIMIT 1"
    row = store.one(sql, (key, moment_out(seen_after)))
    return int(row[0]) if row else None


def take(store: Store, device_id: int, route: str, tries: int, since: datetime, now: datetime) -> bool:
    """Count one guess before it is compared; False when `tries` are used up.

    Failures from before `since` (when the secret or its lock last changed) are forgotten. One statement, so
    that parallel guesses are told apart by the database.
    """
    fails, at, wrong = _COUNTERS[route]
    start = moment_out(since)
    taken = store.write(
        f"UPDATE device SET {fails} = CASE WHEN {at} < ? THEN 1 ELSE {fails} + 1 END, "  # noqa: S608
        f"{wrong} = CASE WHEN {at} < ? THEN 0 ELSE {wrong} END, {at} = ? "
        f"WHERE id = ? AND ({fails} < ? OR {at} < ?)",
        (start, start, moment_out(now), device_id, tries, start),
    )
    return taken == 1


def was_wrong(store: Store, device_id: int, route: str) -> int:
    """Count one guess that was compared and wrong; returns how many were in a row."""
    fails, _at, wrong = _COUNTERS[route]
    rows = store.rows(
        f"UPDATE device SET {wrong} = {wrong} + 1, "  # noqa: S608 - names of our own columns
        f"{fails} = CASE WHEN {fails} > {wrong} THEN {fails} ELSE {wrong} + 1 END "
        f"WHERE id = ? RETURNING {wrong}",
        (device_id,),
    )
    return int(rows[0][0]) if rows else 0


def compared(store: Store, device_id: int, route: str) -> tuple[int, datetime]:
    """How many guesses in a row were wrong, and when the last was counted; held until the act ends."""
    _fails, at, wrong = _COUNTERS[route]
    sql = f"SELECT {wrong}, {at} FROM device WHERE id = ?"  # noqa: S608
    row = store.one(store.locked(sql), (device_id,))
    return (int(row[0]), moment_in(row[1])) if row else (0, moment_in(0))


def give_back(store: Store, device_id: int, route: str) -> None:
    """Take back one guess that was counted but never compared."""
    fails, _at, wrong = _COUNTERS[route]
    sql = f"UPDATE device SET {fails} = {fails} - 1 WHERE id = ? AND {fails} > {wrong}"  # noqa: S608
    store.write(sql, (device_id,))


def give_back_lost(store: Store, device_id: int, route: str) -> None:
    """Take back all guesses whose comparison never came to an end."""
    fails, _at, wrong = _COUNTERS[route]
    store.write(f"UPDATE device SET {fails} = {wrong} WHERE id = ?", (device_id,))  # noqa: S608


def forgive(store: Store, member_id: int, route: str, device_id: int | None = None) -> None:
    """Forget the failures of one browser, or of all browsers of a member when a lock was lifted."""
    fails, _at, wrong = _COUNTERS[route]
    only, params = _only(member_id, device_id)
    sql = f"UPDATE device SET {fails} = 0, {wrong} = 0 WHERE member_id = ?{only}"  # noqa: S608
    store.write(sql, params)


def rotate(store: Store, old_key: str, new_key: str) -> None:
    """Give a browser a new hashed cookie, for every member of the family that uses it."""
    store.write("UPDATE device SET key = ? WHERE key = ?", (new_key, old_key))


def seen(
    store: Store,
    key: str,
    member_id: int,
    route: str,
    label: str,
    remembered: bool,
    now: datetime,
    block: str = "",
) -> int:
    """Note that a member signed in with this browser; returns the device's id."""
    moment = moment_out(now)
    rows = store.rows(
        "INSERT INTO device (key, member_id, created_at, last_seen, label, route, remembered, block) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key, member_id) DO UPDATE SET "
        "last_seen = excluded.last_seen, label = excluded.label, route = excluded.route, "
        "remembered = excluded.remembered, block = excluded.block RETURNING id",
        (key, member_id, moment, moment, label, route, int(remembered), block),
    )
    return int(rows[0][0])


def of_member(store: Store, member_id: int) -> list[Device]:
    """The browsers that know a member, the last used first."""
    rows = store.rows(
        "SELECT id, label, block, created_at, last_seen FROM device WHERE member_id = ? "
        "ORDER BY last_seen DESC",
        (member_id,),
    )
    return [
        Device(key, label, block, moment_in(made), moment_in(last)) for key, label, block, made, last in rows
    ]


def forget(store: Store, member_id: int, device_id: int | None = None) -> int:
    """Make one browser, or every browser of a member, a stranger again; returns how many."""
    only, params = _only(member_id, device_id)
    return store.write(f"DELETE FROM device WHERE member_id = ?{only}", params)  # noqa: S608


def forget_unseen(store: Store, before: datetime) -> int:
    """Delete browsers last seen before a moment; returns how many."""
    return store.write("DELETE FROM device WHERE last_seen < ?", (moment_out(before),))


def _only(member_id: int, device_id: int | None) -> tuple[str, tuple[int, ...]]:
    """The end of a statement about one browser of a member, or about all of them, with its parameters."""
    return ("", (member_id,)) if device_id is None else (" AND id = ?", (member_id, device_id))
