"""When something of the house last happened, by name: one row each, overwritten."""

from __future__ import annotations

from datetime import datetime

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


def put(store: Store, name: str, at: datetime) -> None:
    """Note that it happened at a moment."""
    store.write(
        "INSERT INTO stamp (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at",
        (name, moment_out(at)),
    )


def put_first(store: Store, name: str, at: datetime) -> None:
    """Note a moment under a name that has none yet."""
    store.write(
        "INSERT INTO stamp (name, at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", (name, moment_out(at))
    )


def database_clock(store: Store) -> datetime | None:
    """Return the moment by a server's own clock; None for a file, which has none."""
    if store.sqlite:
        return None
    row = store.one("SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint")
    return moment_in(row[0]) if row else None


def read(store: Store, name: str) -> datetime | None:
    """Return when it last happened, or None if never."""
    row = store.one("SELECT at FROM stamp WHERE name = ?", (name,))
    return moment_in(row[0]) if row else None
