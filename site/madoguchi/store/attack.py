"""Counts of what strangers try over all cards, and sign-ins that begin with a code: rows in, rows out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Hour:
    """The failures of strangers in one hour, and when they rose above the bar."""

    failures: int
    rang_at: datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign-in that begins with a code; `member_id` is None when what was typed is nobody's."""

    member_id: int | None
    expires_at: datetime
    proved_at: datetime | None


def note_pin(store: Store, hour: int, pin: str, card: str) -> None:
    """Note that a PIN was tried on a card in an hour; a second time counts nothing.

    Pairs of hours before are forgotten with it. The count is written even when it stays as it is, so that
    every try costs the same statements.
    """
    store.write("DELETE FROM pin_card WHERE hour < ?", (hour,))
    fresh = store.write(
        "INSERT INTO pin_card (hour, pin, card) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (hour, pin, card)
    )
    store.write(
        "INSERT INTO pin_hour (pin, hour, cards) VALUES (?, ?, ?) "
        "ON CONFLICT (pin) DO UPDATE SET cards = pin_hour.cards + excluded.cards",
        (pin, hour, fresh),
    )


def forget_pin(store: Store, hour: int, pin: str, card: str) -> None:
    """Take one card of a PIN back: the try was right, or was never compared."""
    gone = store.write("DELETE FROM pin_card WHERE hour = ? AND pin = ? AND card = ?", (hour, pin, card))
    store.write("UPDATE pin_hour SET cards = cards - ? WHERE pin = ? AND cards >= ?", (gone, pin, gone))


def cards_of(store: Store, pins: Sequence[str]) -> dict[str, int]:
    """How many cards each of these PINs was tried on, each in its own hour; missing ones had none."""
    marks = ", ".join("?" * len(pins))
    return dict(store.rows(f"SELECT pin, cards FROM pin_hour WHERE pin IN ({marks})", pins))  # noqa: S608


def note_failure(store: Store, hour: int) -> Hour:
    """Count a failure of a stranger; the hour as it stands then, held until the act ends."""
    rows = store.rows(
        "INSERT INTO site_hour (hour, failures) VALUES (?, 1) "
        "ON CONFLICT (hour) DO UPDATE SET failures = site_hour.failures + 1 RETURNING failures, rang_at",
        (hour,),
    )
    return Hour(int(rows[0][0]), moment_in(rows[0][1]))


def hour(store: Store, number: int) -> Hour:
    """An hour as it was."""
    row = store.one("SELECT failures, rang_at FROM site_hour WHERE hour = ?", (number,))
    return Hour(int(row[0]), moment_in(row[1])) if row else Hour(0, None)


def ring(store: Store, number: int, at: datetime) -> None:
    """Note that an hour's failures rose above the bar."""
    store.write("UPDATE site_hour SET rang_at = ? WHERE hour = ?", (moment_out(at), number))


def rang(store: Store, since: int) -> datetime | None:
    """When the bar was last passed, in this hour or a later one; None when it was not."""
    row = store.one("SELECT MAX(rang_at) FROM site_hour WHERE hour >= ?", (since,))
    return moment_in(row[0]) if row else None


def begin(store: Store, key: str, member_id: int | None, now: datetime, ends: datetime) -> None:
    """Write a sign-in that begins with a code."""
    store.write(
        "INSERT INTO code_entry (key, member_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
        (key, member_id, moment_out(now), moment_out(ends)),
    )


def find(store: Store, key: str, now: datetime, hold: bool = False) -> Entry | None:
    """The sign-in with this key; with `hold` nobody else goes on with it until the act ends."""
    sql = "SELECT member_id, expires_at, proved_at FROM code_entry WHERE key = ? AND expires_at > ?"
    row = store.one(store.locked(sql) if hold else sql, (key, moment_out(now)))
    return Entry(row[0], moment_in(row[1]), moment_in(row[2])) if row else None


def prove(store: Store, key: str, now: datetime, ends: datetime) -> None:
    """Note that the code was right; the secret may be typed until `ends`."""
    store.write(
        "UPDATE code_entry SET proved_at = ?, expires_at = ? WHERE key = ?",
        (moment_out(now), moment_out(ends), key),
    )


def end(store: Store, key: str) -> int:
    """Forget a sign-in that began with a code; returns 0 when there was none."""
    return store.write("DELETE FROM code_entry WHERE key = ?", (key,))


def forget_old(store: Store, before_hour: int, now: datetime) -> None:
    """Delete hours that no count looks at any more, and sign-ins that ran out."""
    store.write("DELETE FROM pin_hour WHERE hour < ?", (before_hour,))
    store.write("DELETE FROM site_hour WHERE hour < ?", (before_hour,))
    store.write("DELETE FROM code_entry WHERE expires_at < ?", (moment_out(now),))
