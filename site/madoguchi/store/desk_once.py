"""Keys of forms at the desk, each with the number that came of it."""

from __future__ import annotations

from datetime import datetime

from madoguchi.store.db import Store
from madoguchi.store.values import moment_out


def begin(store: Store, key: str, at: datetime) -> bool:
    """Take a key; False where it was taken before, and whoever is at it now is waited for."""
    sql = "INSERT INTO desk_once (key, at) VALUES (?, ?) ON CONFLICT DO NOTHING"
    return store.write(sql, (key, moment_out(at))) == 1


def end(store: Store, key: str, result: int) -> None:
    """Note what came of a key."""
    store.write("UPDATE desk_once SET result = ? WHERE key = ?", (result, key))


def result(store: Store, key: str) -> int:
    """Return what came of a key that was taken before."""
    row = store.one("SELECT result FROM desk_once WHERE key = ?", (key,))
    assert row is not None, "a key that was taken stays"
    return int(row[0])
