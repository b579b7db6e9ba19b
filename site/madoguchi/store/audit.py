"""The audit log's rows: added one after the other, never changed, each sealing the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

COLUMNS: Final = "seq, at, by_whom, kind, member_id, case_id, facts, previous, hash"


# Makes the one row of the head, or holds it.
_HEAD: Final = (
    "INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '') "
    "ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING seq, hash"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log."""

    seq: int
    at: datetime
    by_whom: str
    kind: str
    member_id: int | None
    case_id: int | None
    facts: dict[str, Any]
    number: str = ""  # the member's


@dataclass(frozen=True, slots=True)
class Filter:
    """Which lines are wished; what is None or "" does not matter. `before` is the seq to read on from."""

    by_whom: str = ""
    kind: str = ""
    member_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


def add(
    store: Store,
    at: datetime,
    by_whom: str,
    kind: str,
    facts: Mapping[str, Any],
    member_id: int | None = None,
    case_id: int | None = None,
) -> int:
    """Add a line at the end of the chain and return its number; the chain's head is held until the act ends.

    Call it last in an act: whoever else adds a line waits for it.
    """
    ((last, previous),) = store.rows(_HEAD)
    seq = int(last) + 1
    text = json.dumps(dict(facts), ensure_ascii=False, sort_keys=True)
    stored = (seq, moment_out(at), by_whom, kind, member_id, case_id, text)
    sealed = seal(stored, previous)
    store.write(
        f"INSERT INTO audit ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (*stored, previous, sealed),
    )
    store.write("UPDATE audit_head SET seq = ?, hash = ? WHERE id = 1", (seq, sealed))
    return seq


def seal(stored: tuple[Any, ...], previous: str) -> str:
    """The hash of a line as it is stored (seq to facts) on top of the hash of the line before it."""
    text = json.dumps([previous, *stored], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def chain(store: Store) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    """Return (line as stored, hash of the line before as noted in it, its own hash), the oldest first."""
    sql = f"SELECT {COLUMNS} FROM audit ORDER BY seq"  # noqa: S608
    return ((row[:7], row[7], row[8]) for row in store.stream(sql))


def head(store: Store) -> tuple[int, str]:
    """Return the number and hash of the last line, as the head has them."""
    row = store.one("SELECT seq, hash FROM audit_head WHERE id = 1")
    return (int(row[0]), str(row[1])) if row else (0, "")


def found(store: Store, wish: Filter, most: int) -> list[Line]:
    """Return the lines that are wished, the newest first."""
    bounds = (
        ("by_whom = ?", wish.by_whom or None),
        ("kind = ?", wish.kind or None),
        ("member_id = ?", wish.member_id),
        ("at >= ?", moment_out(wish.since)),
        ("at < ?", moment_out(wish.until)),
        ("seq < ?", wish.before),
    )
    held = [(sql, value) for sql, value in bounds if value is not None]
    where = " AND ".join(sql for sql, _ in held) or "1 = 1"
    number = "(SELECT number FROM member m WHERE m.id = audit.member_id)"
    sql = f"SELECT {COLUMNS}, {number} FROM audit WHERE {where} ORDER BY seq DESC LIMIT ?"  # noqa: S608
    return [_line(row) for row in store.rows(sql, [*(value for _, value in held), most])]


def _line(row: tuple[Any, ...]) -> Line:
    seq, at, by_whom, kind, member_id, case_id, facts = row[:7]
    return Line(seq, moment_in(at), by_whom, kind, member_id, case_id, json.loads(facts), row[-1] or "")
