"""Cases for the people at the lender, and the notes on them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

COLUMNS: Final = (
    "id, kind, subject_id, member_id, contract_id, opened_at, read_from, due_at, facts, taken_by, "
    "taken_at, closed_at, outcome"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A case; a person reads it from `read_from` on, and by `due_at` somebody has.

    `facts` is what its kind tells besides.
    `subject_id` is the row it is about in the table of its kind. `taken_by` is who at the lender has it.
    """

    id: int
    kind: str
    subject_id: int | None
    member_id: int | None
    contract_id: int | None
    opened_at: datetime
    read_from: datetime
    due_at: datetime
    facts: dict[str, Any]
    taken_by: str
    taken_at: datetime | None
    closed_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Note:
    """What was said or done about a case, and by whom."""

    at: datetime
    by_whom: str
    text: str


def add(
    store: Store,
    kind: str,
    moments: tuple[datetime, datetime, datetime],
    facts: Mapping[str, Any],
    *,
    subject_id: int | None = None,
    member_id: int | None = None,
    contract_id: int | None = None,
) -> int:
    """Return the number of a new case; `moments`: it opened, is read from, and has been looked at."""
    row = store.rows(
        "INSERT INTO case_file (kind, subject_id, member_id, contract_id, opened_at, read_from, due_at, "
        "facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            kind,
            subject_id,
            member_id,
            contract_id,
            *map(moment_out, moments),
            json.dumps(dict(facts), ensure_ascii=False, sort_keys=True),
        ),
    )
    return int(row[0][0])


def note(store: Store, case_id: int, at: datetime, by_whom: str, text: str) -> None:
    """Write down what was said or done."""
    store.write(
        "INSERT INTO case_note (case_id, at, by_whom, text) VALUES (?, ?, ?, ?)",
        (case_id, moment_out(at), by_whom, text),
    )


def close(store: Store, case_id: int, at: datetime, outcome: str) -> bool:
    """Close an open case with a word for how it ended; False where it was closed already."""
    sql = "UPDATE case_file SET closed_at = ?, outcome = ? WHERE id = ? AND closed_at IS NULL"
    return bool(store.write(sql, (moment_out(at), outcome, case_id)))


def read(store: Store, case_id: int) -> Case | None:
    """Return a case, or None where no such case was opened."""
    row = store.one(f"SELECT {COLUMNS} FROM case_file WHERE id = ?", (case_id,))  # noqa: S608
    return case_of(row) if row else None


def about(store: Store, kind: str, subject_id: int) -> list[Case]:
    """Return the cases about one row of a kind's table, the oldest first."""
    sql = f"SELECT {COLUMNS} FROM case_file WHERE kind = ? AND subject_id = ? ORDER BY id"  # noqa: S608
    return [case_of(row) for row in store.rows(sql, (kind, subject_id))]


def still_open(store: Store, most: int) -> list[Case]:
    """Return open cases, the one that should have been read first in front."""
    still = "WHERE closed_at IS NULL ORDER BY read_from, id LIMIT ?"
    sql = f"SELECT {COLUMNS} FROM case_file {still}"  # noqa: S608
    return [case_of(row) for row in store.rows(sql, (most,))]


def of_member(store: Store, member_id: int, most: int) -> list[Case]:
    """Return the cases about a member, open ones first, then the newest."""
    which = "WHERE member_id = ? ORDER BY closed_at IS NOT NULL, id DESC LIMIT ?"
    sql = f"SELECT {COLUMNS} FROM case_file {which}"  # noqa: S608
    return [case_of(row) for row in store.rows(sql, (member_id, most))]


def of_kind(store: Store, kind: str, member_id: int) -> list[Case]:
    """Return the cases of one kind about a member, the newest first."""
    sql = f"SELECT {COLUMNS} FROM case_file WHERE member_id = ? AND kind = ? ORDER BY id DESC"  # noqa: S608
    return [case_of(row) for row in store.rows(sql, (member_id, kind))]


def notes(store: Store, case_id: int) -> list[Note]:
    """Return the notes on a case, the oldest first."""
    sql = "SELECT at, by_whom, text FROM case_note WHERE case_id = ? ORDER BY id"
    return [Note(moment_in(at), by_whom, text) for at, by_whom, text in store.rows(sql, (case_id,))]


def notes_and_last(store: Store, case_id: int) -> tuple[list[Note], int]:
    """Return the notes on a case, and the number of the last one (0 without any)."""
    sql = "SELECT at, by_whom, text, id FROM case_note WHERE case_id = ? ORDER BY id"
    found = store.rows(sql, (case_id,))
    return [Note(moment_in(at), by, text) for at, by, text, _ in found], int(found[-1][3]) if found else 0


def case_of(row: Sequence[Any]) -> Case:
    """A case from a row whose first columns are COLUMNS."""
    number, kind, subject, member, contract, opened, reads, due, facts, taken_by, taken_at = row[:11]
    closed, outcome = row[11:13]
    moments = moment_in(opened), moment_in(reads), moment_in(due)
    told = json.loads(facts), taken_by, moment_in(taken_at), moment_in(closed), outcome
    return Case(number, kind, subject, member, contract, *moments, *told)
