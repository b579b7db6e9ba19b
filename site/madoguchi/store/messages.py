"""Threads of messages as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

MEMBER: Final = "member"  # by whom a message is, where it is no member of staff


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread; the ids of its last message, of its last answer, and of the last answer that was seen."""

    id: int
    member_id: int
    contract_id: int | None
    topic: str
    opened_at: datetime
    closed_at: datetime | None
    last_message: int
    last_answer: int
    seen: int

    @property
    def unread(self) -> bool:
        """Whether the member has not looked at the last answer."""
        return self.last_answer > self.seen


@dataclass(frozen=True, slots=True)
class Said:
    """One message; `read_from` is None for what the desk says."""

    id: int
    thread_id: int
    at: datetime
    by_whom: str
    text: str
    read_from: datetime | None


_THREAD: Final = (
    "t.id, t.member_id, t.contract_id, t.topic, t.opened_at, t.closed_at, t.last_message, t.last_answer, "
    "t.seen"
)
_SAID: Final = "m.id, m.thread_id, m.at, m.by_whom, m.text, m.read_from"


def hold_member(store: Store, member_id: int) -> None:
    """Let nobody else write about a member's threads until the act ends."""
    store.one(store.locked("SELECT id FROM member WHERE id = ?"), (member_id,))


def open_thread(store: Store, member_id: int, contract_id: int | None, topic: str, at: datetime) -> int:
    """Begin a thread and return its id."""
    sql = "INSERT INTO thread (member_id, contract_id, topic, opened_at) VALUES (?, ?, ?, ?) RETURNING id"
    return int(store.rows(sql, (member_id, contract_id, topic, moment_out(at)))[0][0])


def add(
    store: Store, thread_id: int, at: datetime, by_whom: str, text: str, key: str, read_from: datetime | None
) -> int:
    """Write a message down and return its id; the thread is open again."""
    sql = (
        "INSERT INTO message (thread_id, at, by_whom, text, key, read_from) VALUES (?, ?, ?, ?, ?, ?) "
        "RETURNING id"
    )
    facts = (thread_id, moment_out(at), by_whom, text, key, moment_out(read_from))
    number = int(store.rows(sql, facts)[0][0])
    store.write(
        "UPDATE thread SET last_message = ?, closed_at = NULL WHERE id = ?",
        (number, thread_id),
    )
    if by_whom != MEMBER:
        store.write("UPDATE thread SET last_answer = ? WHERE id = ?", (number, thread_id))
    return number


def by_key(store: Store, key: str) -> Said | None:
    """The message that came from a form, if it came before."""
    row = store.one(f"SELECT {_SAID} FROM message m WHERE m.key = ?", (key,))  # noqa: S608
    return _said(row) if row else None


def count_since(store: Store, member_id: int, since: datetime) -> int:
    """How many messages a member wrote since a moment."""
    row = store.one(
        "SELECT COUNT(*) FROM message m JOIN thread t ON t.id = m.thread_id "
        "WHERE t.member_id = ? AND m.by_whom = ? AND m.at > ?",
        (member_id, MEMBER, moment_out(since)),
    )
    return int(row[0]) if row else 0


def read(store: Store, thread_id: int) -> ThreadRow | None:
    """One thread."""
    row = store.one(f"SELECT {_THREAD} FROM thread t WHERE t.id = ?", (thread_id,))  # noqa: S608
    return _thread(row) if row else None


def said_in(store: Store, thread_id: int, before: int, most: int) -> list[Said]:
    """The newest messages of a thread below an id, the newest first."""
    below = "WHERE m.thread_id = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?"
    sql = f"SELECT {_SAID} FROM message m {below}"  # noqa: S608
    return [_said(row) for row in store.rows(sql, (thread_id, before, most))]


def of_member(store: Store, member_id: int, before: int, most: int) -> list[tuple[ThreadRow, Said]]:
    """A member's threads with what was said last, the latest first, below an id of a last message."""
    sql = (
        f"SELECT {_THREAD}, {_SAID} FROM thread t JOIN message m ON m.id = t.last_message "  # noqa: S608
        "WHERE t.member_id = ? AND t.last_message < ? ORDER BY t.last_message DESC LIMIT ?"
    )
    return [(_thread(row[:9]), _said(row[9:])) for row in store.rows(sql, (member_id, before, most))]


def unread(store: Store, member_id: int) -> int:
    """How many threads of a member have an answer that was not looked at."""
    row = store.one("SELECT COUNT(*) FROM thread WHERE member_id = ? AND last_answer > seen", (member_id,))
    return int(row[0]) if row else 0


def see(store: Store, member_id: int, thread_id: int, answer: int) -> None:
    """Note that the member looked at the answers up to this one."""
    store.write(
        "UPDATE thread SET seen = ? WHERE id = ? AND member_id = ? AND seen < ?",
        (answer, thread_id, member_id, answer),
    )


def close(store: Store, thread_id: int, at: datetime) -> bool:
    """Close a thread; False where it was closed or never was."""
    sql = "UPDATE thread SET closed_at = ? WHERE id = ? AND closed_at IS NULL"
    return bool(store.write(sql, (moment_out(at), thread_id)))


def _thread(row: Sequence[Any]) -> ThreadRow:
    key, member_id, contract_id, topic, opened, closed, last, answer, seen = row
    moments = moment_in(opened), moment_in(closed)
    return ThreadRow(key, member_id, contract_id, topic, *moments, last, answer, seen)


def _said(row: Sequence[Any]) -> Said:
    key, thread_id, at, by_whom, text, reads = row
    return Said(key, thread_id, moment_in(at), by_whom, text, moment_in(reads))
