"""Reports of lost cards and of misuse: how many came, whom they are about, and the cases they became."""

from __future__ import annotations

from datetime import date, datetime

from madoguchi.domain.identity import Known
from madoguchi.store.db import Store
from madoguchi.store.values import day_out, moment_out


def hold_number(store: Store, key: str, at: datetime) -> None:
    """Hold what is counted of a number until the act ends; `key` is its keyed hash."""
    store.write(
        "INSERT INTO report_number (key, last_at) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET last_at = excluded.last_at",
        (key, moment_out(at)),
    )


def count(store: Store, key: str, since: datetime) -> int:
    """How many reports named a number since a moment."""
    row = store.one("SELECT COUNT(*) FROM report WHERE key = ? AND at > ?", (key, moment_out(since)))
    return int(row[0]) if row else 0


def add(store: Store, key: str, at: datetime) -> None:
    """Count one more."""
    store.write("INSERT INTO report (key, at) VALUES (?, ?)", (key, moment_out(at)))


def forget_old(store: Store, kept_since: datetime) -> None:
    """Forget what no count looks back to."""
    store.write("DELETE FROM report WHERE at < ?", (moment_out(kept_since),))
    store.write("DELETE FROM report_number WHERE last_at < ?", (moment_out(kept_since),))


def born_on(store: Store, day: date) -> list[Known]:
    """Return the members born on a day."""
    rows = store.rows("SELECT id, number, name_kana, phone FROM member WHERE birth_date = ?", (day_out(day),))
    return [Known(*row) for row in rows]


def hold_member(store: Store, member_id: int) -> None:
    """Hold a member's row until the act ends; the member comes before contracts, as always."""
    store.one(store.locked("SELECT 1 FROM member WHERE id = ?"), (member_id,))


def open_contracts(store: Store, member_id: int) -> list[int]:
    """Return a member's contracts that are not closed, held until the act ends."""
    sql = "SELECT id FROM contract WHERE member_id = ? AND closed_on IS NULL ORDER BY id"
    return [key for (key,) in store.rows(store.locked(sql), (member_id,))]


def open_case(store: Store, kind: str, member_id: int) -> int | None:
    """Return a member's newest open case of a kind."""
    row = store.one(
        "SELECT id FROM case_file WHERE member_id = ? AND kind = ? AND closed_at IS NULL "
        "ORDER BY id DESC LIMIT 1",
        (member_id, kind),
    )
    return int(row[0]) if row else None
