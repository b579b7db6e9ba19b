"""Files of members as rows: names on the shelf that belong to nothing yet, and files that do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

_SELECT: Final = "SELECT id, name, member_id, subject_kind, subject_id, title, kind, size, at FROM upload "


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that belongs to a row of the table `subject_kind`; `name` is the shelf's, `size` bytes."""

    id: int
    name: str
    member_id: int
    subject_kind: str
    subject_id: int
    title: str
    kind: str
    size: int
    at: datetime


def shelve(store: Store, names: Sequence[str], member_id: int, at: datetime) -> None:
    """Note names whose files are about to be written."""
    rows = [(name, member_id, moment_out(at)) for name in names]
    store.insert_many("shelved", ("name", "member_id", "at"), rows)


def take_off(store: Store, names: Sequence[str]) -> int:
    """Forget that names belong to nothing; how many there were."""
    marks = ", ".join("?" * len(names))
    return store.write(f"DELETE FROM shelved WHERE name IN ({marks})", names) if names else 0  # noqa: S608


def forgotten(store: Store, before: datetime, most: int) -> list[str]:
    """Names that belong to nothing since before a moment, the oldest first."""
    sql = "SELECT name FROM shelved WHERE at < ? ORDER BY at LIMIT ?"
    return [name for (name,) in store.rows(sql, (moment_out(before), most))]


def sent_since(store: Store, member_id: int, since: datetime) -> int:
    """How many files a member sent since a moment, whatever became of them."""
    sql = (
        "SELECT (SELECT COUNT(*) FROM shelved WHERE member_id = ? AND at > ?) + "
        "(SELECT COUNT(*) FROM upload WHERE member_id = ? AND at > ?)"
    )
    row = store.one(sql, (member_id, moment_out(since)) * 2)
    return int(row[0]) if row else 0


def all_names(store: Store) -> list[str]:
    """Every name that may lie on the shelf, for a demo that starts over."""
    return [name for (name,) in store.rows("SELECT name FROM shelved UNION SELECT name FROM upload")]


def add(store: Store, upload: Upload) -> int:
    """Write down a file and return its id (the one given is not looked at)."""
    row = store.rows(
        "INSERT INTO upload (name, member_id, subject_kind, subject_id, title, kind, size, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            upload.name, upload.member_id, upload.subject_kind, upload.subject_id,
            upload.title, upload.kind, upload.size, moment_out(upload.at),
        ),
    )  # fmt: skip
    return int(row[0][0])


def read(store: Store, upload_id: int) -> Upload | None:
    """One file's row."""
    row = store.one(_SELECT + "WHERE id = ?", (upload_id,))
    return _upload(row) if row else None


def about(store: Store, subject_kind: str, subject_ids: Sequence[int]) -> list[Upload]:
    """The files of some rows of one table, in the order they came."""
    if not subject_ids:
        return []
    marks = ", ".join("?" * len(subject_ids))
    sql = _SELECT + f"WHERE subject_kind = ? AND subject_id IN ({marks}) ORDER BY id"
    return [_upload(row) for row in store.rows(sql, (subject_kind, *subject_ids))]


def _upload(row: Sequence[Any]) -> Upload:
    key, name, member_id, subject_kind, subject_id, title, kind, size, at = row
    return Upload(key, name, member_id, subject_kind, subject_id, title, kind, size, moment_in(at))
