"""The tallies of strangers' guesses, one per identifier, and the log of what came of each try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from madoguchi.domain.lockout import Tally
from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log: `member_id` is None for identifiers that do not exist."""

    at: datetime
    route: str
    outcome: str
    member_id: int | None
    known_device: bool
    device_label: str
    block: str


def hold(store: Store, key: str, now: datetime) -> Tally | None:
    """The tally of an identifier, held until the act ends, or None when nobody has failed on it.

    One statement makes the row and locks it, so that parallel guesses queue up here on either database.
    """
    rows = store.rows(
        "INSERT INTO guess (key, fails, last_at, opens_at) VALUES (?, 0, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING fails, last_at, opens_at",
        (key, moment_out(now), moment_out(now)),
    )
    return _tally(rows[0])


def read(store: Store, key: str) -> Tally | None:
    """The tally of an identifier, not held."""
    row = store.one("SELECT fails, last_at, opens_at FROM guess WHERE key = ?", (key,))
    return _tally(row) if row else None


def read_some(store: Store, keys: Sequence[str]) -> dict[str, Tally]:
    """The tallies of some identifiers, not held; those that nobody has failed on are left out."""
    if not keys:
        return {}
    marks = ", ".join("?" * len(keys))
    sql = f"SELECT key, fails, last_at, opens_at FROM guess WHERE key IN ({marks})"  # noqa: S608
    found = {key: _tally(row) for key, *row in store.rows(sql, tuple(keys))}
    return {key: tally for key, tally in found.items() if tally}


def save(store: Store, key: str, tally: Tally | None) -> None:
    """Keep a tally that is held; None forgets it."""
    if tally is None:
        store.write("DELETE FROM guess WHERE key = ?", (key,))
        return
    store.write(
        "UPDATE guess SET fails = ?, last_at = ?, opens_at = ? WHERE key = ?",
        (tally.fails, moment_out(tally.last_at), moment_out(tally.opens_at), key),
    )


def forget_quiet(store: Store, before: datetime) -> int:
    """Delete tallies whose last guess lies before a moment, but never a stop; returns how many."""
    return store.write("DELETE FROM guess WHERE last_at < ? AND opens_at IS NOT NULL", (moment_out(before),))


def log(store: Store, event: Event) -> None:
    """Add a line to the log."""
    store.write(
        "INSERT INTO sign_in_event (at, member_id, route, outcome, known_device, device_label, block) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            moment_out(event.at),
            event.member_id,
            event.route,
            event.outcome,
            int(event.known_device),
            event.device_label,
            event.block,
        ),
    )


def last_success(store: Store, member_id: int, outcome: str) -> datetime | None:
    """When a try of this member last came out so, or None."""
    row = store.one(
        "SELECT MAX(at) FROM sign_in_event WHERE member_id = ? AND outcome = ?", (member_id, outcome)
    )
    return moment_in(row[0]) if row else None


def wrong_by_strangers(store: Store, member_id: int, route: str, since: datetime) -> int:
    """How many secrets strangers had compared wrongly since a moment and since one of them was let in."""
    row = store.one(
        "SELECT COUNT(*) FROM sign_in_event WHERE member_id = ? AND route = ? AND outcome = 'wrong' "
        "AND known_device = 0 AND at >= ? AND id > (SELECT COALESCE(MAX(id), 0) FROM sign_in_event "
        "WHERE member_id = ? AND route = ? AND outcome = 'signed_in' AND known_device = 0)",
        (member_id, route, moment_out(since), member_id, route),
    )
    return int(row[0]) if row else 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log with its number."""

    id: int
    event: Event


def of_member(store: Store, member_id: int, since: datetime, before: int | None, most: int) -> list[Line]:
    """The newest lines about a member since a moment, or those before the line with number `before`."""
    older, params = (" AND id < ?", (before,)) if before is not None else ("", ())
    rows = store.rows(
        "SELECT id, at, route, outcome, known_device, device_label, block FROM sign_in_event "  # noqa: S608
        f"WHERE member_id = ? AND at > ?{older} ORDER BY id DESC LIMIT ?",
        (member_id, moment_out(since), *params, most),
    )
    return [
        Line(key, Event(moment_in(at), route, outcome, member_id, bool(known), label, block))
        for key, at, route, outcome, known, label, block in rows
    ]


def outcomes(store: Store, since: datetime) -> dict[str, int]:
    """How often each outcome came of tries since a moment."""
    rows = store.rows(
        "SELECT outcome, COUNT(*) FROM sign_in_event WHERE at >= ? GROUP BY outcome", (moment_out(since),)
    )
    return {outcome: int(count) for outcome, count in rows}


def trim_log(store: Store, strangers_before: datetime, members_before: datetime) -> None:
    """Delete lines about nobody, and lines about members, that are older than need be."""
    store.write(
        "DELETE FROM sign_in_event WHERE at < ? AND (member_id IS NULL OR at < ?)",
        (moment_out(strangers_before), moment_out(members_before)),
    )


def _tally(row: Sequence[Any]) -> Tally | None:
    fails, last_at, opens_at = row
    return Tally(fails, moment_in(last_at), moment_in(opens_at)) if fails else None
