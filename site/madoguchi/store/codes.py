"""Mailed codes as rows: counted before they are compared, used once; and the tries at other means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from madoguchi.domain.codes import SentCode
from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

_LIVE: Final = "binding = ? AND used_at IS NULL AND ended_at IS NULL AND expires_at > ?"


def sent(store: Store, member_id: int, since: datetime, purposes: Sequence[str]) -> list[SentCode]:
    """The codes for some purposes sent to a member since a moment; hold before sending by them."""
    marks = ", ".join("?" * len(purposes))
    sql = (
        "SELECT created_at, used_at, asker FROM code "  # noqa: S608 - nothing but marks is put in
        f"WHERE member_id = ? AND created_at > ? AND purpose IN ({marks})"
    )
    rows = store.rows(sql, (member_id, moment_out(since), *purposes))
    return [SentCode(moment_in(at), used is not None, asker) for at, used, asker in rows]


def hold(store: Store, member_id: int) -> None:
    """Keep others from weighing or writing this member's second step until the act ends."""
    store.one(store.locked("SELECT 1 FROM member WHERE id = ?"), (member_id,))


def add(
    store: Store,
    member_id: int | None,
    purpose: str,
    binding: str,
    digest: str,
    now: datetime,
    expires: datetime,
    asker: str = "",
) -> None:
    """Write a code (of nobody: nothing matches it); older ones of the binding stay good to their own end."""
    store.write(
        "INSERT INTO code (member_id, purpose, binding, digest, created_at, expires_at, asker) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (member_id, purpose, binding, digest, moment_out(now), moment_out(expires), asker),
    )


def take(store: Store, binding: str, tries: int, now: datetime) -> list[tuple[int, str, int]]:
    """Count a try at each live code of a binding; their ids, digests and tries so far.

    One statement, so that parallel guesses are told apart by the database.
    """
    return [
        (key, digest, count)
        for key, digest, count in store.rows(
            f"UPDATE code SET tries = tries + 1 WHERE {_LIVE} AND tries < ? "  # noqa: S608
            "RETURNING id, digest, tries",
            (binding, moment_out(now), tries),
        )
    ]


def is_live(store: Store, binding: str, tries: int, now: datetime) -> bool:
    """Whether a code of this binding can still be tried."""
    sql = f"SELECT 1 FROM code WHERE {_LIVE} AND tries < ? LIMIT 1"  # noqa: S608
    return store.one(sql, (binding, moment_out(now), tries)) is not None


def use(store: Store, code_id: int, now: datetime) -> bool:
    """Use a code up; of several at once the database lets one succeed."""
    sql = "UPDATE code SET used_at = ? WHERE id = ? AND used_at IS NULL"
    return store.write(sql, (moment_out(now), code_id)) == 1


def end(store: Store, binding: str, now: datetime) -> None:
    """End the codes of a binding: what they were for is done."""
    at = moment_out(now)
    store.write(f"UPDATE code SET ended_at = ? WHERE {_LIVE}", (at, binding, at))  # noqa: S608


def tried(store: Store, member_id: int, since: datetime) -> list[datetime]:
    """The wrong or unfinished tries at TOTP and recovery codes since a moment, the newest first."""
    rows = store.rows(
        "SELECT at FROM factor_try WHERE member_id = ? AND at > ? ORDER BY at DESC, id DESC",
        (member_id, moment_out(since)),
    )
    return [moment_in(at) for (at,) in rows]


def note_try(store: Store, member_id: int, now: datetime) -> None:
    """Count a try at TOTP or a recovery code."""
    store.write("INSERT INTO factor_try (member_id, at) VALUES (?, ?)", (member_id, moment_out(now)))


def take_back_try(store: Store, member_id: int) -> None:
    """Forget the newest try, inside the act that noted it and holds the member."""
    sql = "DELETE FROM factor_try WHERE id = (SELECT MAX(id) FROM factor_try WHERE member_id = ?)"
    store.write(sql, (member_id,))


def forgive_tries(store: Store, member_id: int) -> None:
    """Forget the tries of a member who was right."""
    store.write("DELETE FROM factor_try WHERE member_id = ?", (member_id,))


def forget_old(store: Store, before: datetime) -> None:
    """Delete codes and tries that no count looks at any more."""
    for table, column in (("code", "created_at"), ("factor_try", "at")):
        store.write(f"DELETE FROM {table} WHERE {column} < ?", (moment_out(before),))  # noqa: S608
