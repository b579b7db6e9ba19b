"""Which days the daily round has closed."""

from __future__ import annotations

from datetime import date, datetime

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_in, moment_out


def last(store: Store) -> date | None:
    """Return the last closed day, or None before the first round."""
    row = store.one("SELECT MAX(day) FROM closed_day")
    return day_in(row[0]) if row and row[0] else None


def first_closed_at(store: Store) -> datetime | None:
    """Return when the first round was run, or None before it."""
    row = store.one("SELECT MIN(closed_at) FROM closed_day")
    return moment_in(row[0]) if row and row[0] else None


def add(store: Store, day: date, closed_at: datetime) -> None:
    """Note that a day is closed; a day that is closed already stays as it is."""
    store.write(
        "INSERT INTO closed_day (day, closed_at) VALUES (?, ?) ON CONFLICT (day) DO NOTHING",
        (day_out(day), moment_out(closed_at)),
    )
