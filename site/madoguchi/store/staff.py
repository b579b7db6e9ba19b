"""Accounts of the people at the desk, their sessions, and the tally of wrong tries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

_COLUMNS: Final = "id, name, role, password_hash, totp, totp_step, added_at, left_at"


@dataclass(frozen=True, slots=True)
class Account:
    """An account at the desk; `totp` is sealed, `totp_step` the last code's that was used."""

    id: int
    name: str
    role: str
    password_hash: str
    totp: str
    totp_step: int
    added_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """An open session with its owner's account."""

    staff_id: int
    name: str
    role: str
    began: datetime
    last_seen: datetime
    counter: int | None  # the ticket of the counter's screen that it is lent to


def add(store: Store, name: str, role: str, password_hash: str, totp: str, at: datetime) -> int:
    """Write an account and return its id."""
    row = store.rows(
        "INSERT INTO staff (name, role, password_hash, totp, added_at) VALUES (?, ?, ?, ?, ?) RETURNING id",
        (name, role, password_hash, totp, moment_out(at)),
    )
    return int(row[0][0])


def by_name(store: Store, name: str) -> Account | None:
    """Return an account by its name, also one of somebody who left."""
    row = store.one(f"SELECT {_COLUMNS} FROM staff WHERE name = ?", (name,))  # noqa: S608
    return _account(row) if row else None


def everybody(store: Store) -> list[Account]:
    """Return all accounts, by name."""
    return [_account(row) for row in store.rows(f"SELECT {_COLUMNS} FROM staff ORDER BY name")]  # noqa: S608


def seal_totp(store: Store, staff_id: int, totp: str) -> None:
    """Keep the sealed secret of an account."""
    store.write("UPDATE staff SET totp = ? WHERE id = ?", (totp, staff_id))


def used_step(store: Store, staff_id: int, step: int) -> bool:
    """Use a code of the app up; False for one that was used, or is older than one that was."""
    sql = "UPDATE staff SET totp_step = ? WHERE id = ? AND totp_step < ?"
    return bool(store.write(sql, (step, staff_id, step)))


def leave(store: Store, staff_id: int, at: datetime) -> bool:
    """Close an account for good and end its sessions; False when it was closed before."""
    store.write("DELETE FROM staff_session WHERE staff_id = ?", (staff_id,))
    sql = "UPDATE staff SET left_at = ? WHERE id = ? AND left_at IS NULL"
    return bool(store.write(sql, (moment_out(at), staff_id)))


def begin(store: Store, key: str, staff_id: int, at: datetime, label: str, address: str) -> None:
    """Write a session."""
    store.write(
        "INSERT INTO staff_session (key, staff_id, began, last_seen, label, address) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (key, staff_id, moment_out(at), moment_out(at), label, address),
    )


def current(store: Store, key: str) -> Session | None:
    """Return a session by the hash of its token, if its owner still works here."""
    row = store.one(
        "SELECT s.staff_id, f.name, f.role, s.began, s.last_seen, s.counter_id FROM staff_session s "
        "JOIN staff f ON f.id = s.staff_id WHERE s.key = ? AND f.left_at IS NULL",
        (key,),
    )
    return Session(row[0], row[1], row[2], moment_in(row[3]), moment_in(row[4]), row[5]) if row else None


@dataclass(frozen=True, slots=True)
class Open:
    """A session that has not run out, as colleagues see it."""

    name: str
    role: str
    began: datetime
    last_seen: datetime
    label: str
    address: str


def by_id(store: Store, staff_id: int) -> Account | None:
    """Return an account by its id, also one of somebody who left."""
    row = store.one(f"SELECT {_COLUMNS} FROM staff WHERE id = ?", (staff_id,))  # noqa: S608
    return _account(row) if row else None


def open_now(store: Store, seen_after: datetime, begun_after: datetime) -> list[Open]:
    """Return the sessions that have not run out, the latest first."""
    rows = store.rows(
        "SELECT f.name, f.role, s.began, s.last_seen, s.label, s.address FROM staff_session s "
        "JOIN staff f ON f.id = s.staff_id WHERE s.last_seen > ? AND s.began > ? AND f.left_at IS NULL "
        "ORDER BY s.began DESC, f.name",
        (moment_out(seen_after), moment_out(begun_after)),
    )
    return [Open(name, role, moment_in(a), moment_in(b), *where) for name, role, a, b, *where in rows]


def end_all(store: Store, staff_id: int) -> int:
    """End all sessions of an account; returns how many there were."""
    return store.write("DELETE FROM staff_session WHERE staff_id = ?", (staff_id,))


def touch(store: Store, key: str, at: datetime) -> None:
    """Note that a session is in use."""
    store.write("UPDATE staff_session SET last_seen = ? WHERE key = ?", (moment_out(at), key))


def end(store: Store, key: str) -> int:
    """End a session; 0 when there was none."""
    return store.write("DELETE FROM staff_session WHERE key = ?", (key,))


def end_old(store: Store, seen_before: datetime, begun_before: datetime) -> int:
    """Delete the rows of sessions that have run out."""
    bounds = (moment_out(seen_before), moment_out(begun_before))
    return store.write("DELETE FROM staff_session WHERE last_seen < ? OR began < ?", bounds)


def hold_tries(store: Store, name: str, now: datetime) -> tuple[int, datetime]:
    """Hold the tally of a name until the act ends: (wrong tries in a row, when the next is looked at)."""
    rows = store.rows(
        "INSERT INTO staff_try (name, fails, last_at, opens_at) VALUES (?, 0, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING fails, opens_at",
        (name, moment_out(now), moment_out(now)),
    )
    return rows[0][0], moment_in(rows[0][1])


def count_try(store: Store, name: str, fails: int, now: datetime, opens_at: datetime) -> None:
    """Count a try on a name that is held, as if it had failed."""
    store.write(
        "UPDATE staff_try SET fails = ?, last_at = ?, opens_at = ? WHERE name = ?",
        (fails, moment_out(now), moment_out(opens_at), name),
    )


def give_back(store: Store, name: str) -> None:
    """Take one try off the tally of a name: it was not compared."""
    store.write("UPDATE staff_try SET fails = fails - 1 WHERE name = ? AND fails > 0", (name,))


def forgive(store: Store, name: str) -> None:
    """Forget the tally of a name: the try was right."""
    store.write("DELETE FROM staff_try WHERE name = ?", (name,))


def forget_tries(store: Store, before: datetime) -> int:
    """Delete tallies that were quiet since a moment."""
    return store.write("DELETE FROM staff_try WHERE last_at < ?", (moment_out(before),))


def _account(row: tuple[Any, ...]) -> Account:
    staff_id, name, role, password_hash, totp, step, added_at, left_at = row
    return Account(staff_id, name, role, password_hash, totp, step, moment_in(added_at), moment_in(left_at))
