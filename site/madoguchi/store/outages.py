"""Outages and extra windows as rows, and what was said about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from madoguchi.domain.maintenance import Function
from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

_COLUMNS: Final = "id, functions, planned, begins_at, ends_at, expected_at, words, published_at"
_LIVE: Final = "withdrawn_at IS NULL"


@dataclass(frozen=True, slots=True)
class Note:
    """What was said later about an outage."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which functions are shut; `ends` is None while nobody knows when it is over.

    `expected` is when staff expect the end of one that is not over; `notes` are the newest first, where read.
    """

    id: int
    functions: frozenset[Function]
    planned: bool
    begins: datetime
    ends: datetime | None
    expected: datetime | None
    words: str
    published: datetime
    notes: tuple[Note, ...] = field(default=())


def add(
    store: Store,
    functions: Iterable[Function],
    span: tuple[datetime, datetime | None, datetime | None],
    words: str,
    published: datetime,
    by_whom: str,
    *,
    planned: bool,
) -> int:
    """Publish one with its begin, end and expected end; returns its number."""
    begins, ends, expected = span
    names = " ".join(sorted(one.value for one in functions))
    rows = store.rows(
        "INSERT INTO outage (functions, planned, begins_at, ends_at, expected_at, words, published_at, "
        "by_whom) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            names, int(planned), moment_out(begins), moment_out(ends), moment_out(expected), words,
            moment_out(published), by_whom,
        ),
    )  # fmt: skip
    return int(rows[0][0])


def end(store: Store, outage_id: int, at: datetime, by_whom: str) -> bool:
    """Say when one was over; False where it was over before, was withdrawn or begins later."""
    sql = (
        "UPDATE outage SET ends_at = ?, ended_by = ? WHERE id = ? AND begins_at <= ? "  # noqa: S608
        f"AND (ends_at IS NULL OR ends_at > ?) AND {_LIVE}"
    )
    over = moment_out(at)
    return bool(store.write(sql, (over, by_whom, outage_id, over, over)))


def withdraw(store: Store, outage_id: int, at: datetime, by_whom: str) -> bool:
    """Take back one that was published in error; False where there is none."""
    sql = f"UPDATE outage SET withdrawn_at = ?, withdrawn_by = ? WHERE id = ? AND {_LIVE}"  # noqa: S608
    return bool(store.write(sql, (moment_out(at), by_whom, outage_id)))


def note(store: Store, outage_id: int, at: datetime, by_whom: str, text: str) -> bool:
    """Say more about one; False where there is none."""
    if store.one(f"SELECT 1 FROM outage WHERE id = ? AND {_LIVE}", (outage_id,)) is None:  # noqa: S608
        return False
    store.write(
        "INSERT INTO outage_note (outage_id, at, by_whom, text) VALUES (?, ?, ?, ?)",
        (outage_id, moment_out(at), by_whom, text),
    )
    return True


def since(store: Store, moment: datetime) -> tuple[Outage, ...]:
    """Return those that are not over, begin later or were over after a moment, by their begin."""
    # Two statements in one: the index finds both halves.
    sql = (
        f"SELECT {_COLUMNS} FROM outage WHERE ends_at IS NULL AND {_LIVE} UNION ALL "  # noqa: S608
        f"SELECT {_COLUMNS} FROM outage WHERE ends_at > ? AND {_LIVE} ORDER BY 4, 1"
    )
    return tuple(_outage(row) for row in store.rows(sql, (moment_out(moment),)))


def times(store: Store, outage_ids: Sequence[int]) -> dict[int, tuple[datetime, datetime | None, bool]]:
    """Return (begin, end, whether it was announced) of outages by number, of those withdrawn too."""
    marks = ", ".join("?" * len(outage_ids))
    sql = f"SELECT id, begins_at, ends_at, planned FROM outage WHERE id IN ({marks})"  # noqa: S608
    return {
        key: (moment_in(begins), moment_in(ends), bool(planned))
        for key, begins, ends, planned in store.rows(sql, outage_ids)
    }


def notes_since(store: Store, moment: datetime) -> dict[int, tuple[Note, ...]]:
    """Return what was said since a moment, the newest first, by the outage's number."""
    found: dict[int, list[Note]] = {}
    sql = "SELECT outage_id, at, text FROM outage_note WHERE at > ? ORDER BY id DESC"
    for outage_id, at, text in store.rows(sql, (moment_out(moment),)):
        found.setdefault(outage_id, []).append(Note(moment_in(at), text))
    return {key: tuple(notes) for key, notes in found.items()}


def _outage(row: tuple[Any, ...]) -> Outage:
    key, functions, planned, begins, ends, expected, words, published = row
    names = frozenset(Function(name) for name in functions.split())
    return Outage(
        key, names, bool(planned), moment_in(begins), moment_in(ends), moment_in(expected), words,
        moment_in(published),
    )  # fmt: skip
