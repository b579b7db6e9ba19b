"""Inquiries as rows: by the form they came from, and the letters that were written for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An inquiry by the form it came from; `number` is what its sender was told."""

    key: str
    number: str
    email: str
    at: datetime
    read_from: datetime


def claim(store: Store, inquiry: Inquiry) -> bool:
    """Write an inquiry down, as yet without its case; False where its form came before.

    Whoever comes second waits until the first is done, on either database.
    """
    return bool(
        store.write(
            "INSERT INTO inquiry (key, number, email, at, read_from) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (key) DO NOTHING",
            (
                inquiry.key, inquiry.number, inquiry.email, moment_out(inquiry.at),
                moment_out(inquiry.read_from),
            ),
        )
    )  # fmt: skip


def settle(store: Store, key: str, case_id: int, lettered: bool) -> None:
    """Note the case of an inquiry, and whether a letter was written."""
    store.write("UPDATE inquiry SET case_id = ?, lettered = ? WHERE key = ?", (case_id, int(lettered), key))


def read(store: Store, key: str) -> Inquiry:
    """The inquiry that came from a form; KeyError for none."""
    row = store.one("SELECT key, number, email, at, read_from FROM inquiry WHERE key = ?", (key,))
    if row is None:
        raise KeyError(key)
    name, number, email, at, reads = row
    return Inquiry(name, number, email, moment_in(at), moment_in(reads))


def letters_to(store: Store, email: str, since: datetime) -> int:
    """How many letters went to an address since a moment."""
    row = store.one(
        "SELECT COUNT(*) FROM inquiry WHERE lettered = 1 AND email = ? AND at > ?", (email, moment_out(since))
    )
    return int(row[0]) if row else 0


def letters_since(store: Store, since: datetime) -> int:
    """How many letters went to anybody since a moment."""
    row = store.one("SELECT COUNT(*) FROM inquiry WHERE lettered = 1 AND at > ?", (moment_out(since),))
    return int(row[0]) if row else 0


def forget_old(store: Store, before: datetime) -> None:
    """Forget inquiries that no limit and no double click asks about any more; their cases stay."""
    store.write("DELETE FROM inquiry WHERE at < ?", (moment_out(before),))
