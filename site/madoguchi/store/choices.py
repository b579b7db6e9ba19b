"""What members chose and when; rows are added and never changed, the newest of a name holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


def add(store: Store, member_id: int, name: str, value: str, at: datetime, by_whom: str) -> None:
    """Write down a choice."""
    store.write(
        "INSERT INTO choice (member_id, name, value, chosen_at, by_whom) VALUES (?, ?, ?, ?, ?)",
        (member_id, name, value, moment_out(at), by_whom),
    )


def held(store: Store, member_id: int) -> dict[str, str]:
    """Return the choices of a member that hold, by name; a name that was never chosen is not there."""
    sql = "SELECT name, value FROM choice WHERE member_id = ? ORDER BY id"
    return dict(store.rows(sql, (member_id,)))


def past(store: Store, member_id: int, name: str) -> list[tuple[datetime, str, str]]:
    """Return (when, value, by whom) of one name, the newest first."""
    sql = "SELECT chosen_at, value, by_whom FROM choice WHERE member_id = ? AND name = ? ORDER BY id DESC"
    return [(moment_in(at), value, who) for at, value, who in store.rows(sql, (member_id, name))]


def past_of(
    store: Store, member_id: int, names: Sequence[str], most: int
) -> list[tuple[datetime, str, str, str]]:
    """Return (when, name, value, by whom) of some names together, the newest first."""
    marks = ", ".join("?" * len(names))
    sql = (
        "SELECT chosen_at, name, value, by_whom FROM choice "  # noqa: S608
        f"WHERE member_id = ? AND name IN ({marks}) ORDER BY id DESC LIMIT ?"
    )
    return [(moment_in(at), *row) for at, *row in store.rows(sql, (member_id, *names, most))]
