"""Messages between members and the desk: threads, and when somebody reads what was written.

What a member writes opens a case, or is noted on the one that is open; an answer closes it
(services/message_desk.py). A closed thread is opened again by whoever writes in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from madoguchi.domain.faults import Unavailable
from madoguchi.domain.hours import read_from
from madoguchi.domain.topics import Topic
from madoguchi.services import cases, uploads
from madoguchi.services.cases import CaseKind
from madoguchi.services.office import Office
from madoguchi.services.uploads import Ready
from madoguchi.store import cases as case_rows
from madoguchi.store import messages
from madoguchi.store.messages import MEMBER, Said, ThreadRow
from madoguchi.store.uploads import Upload

DAY: Final = timedelta(days=1)
SUBJECT: Final = "message"  # the table that files of a message belong to
LISTED: Final = 20
SHOWN: Final = 50
LAST: Final = 2**63 - 1  # above every id


@dataclass(frozen=True, slots=True)
class Author:
    """The member who writes."""

    member_id: int
    contract_id: int


@dataclass(frozen=True, slots=True)
class Posted:
    """The message is written, and read from a moment on; `repeated` when it had come before."""

    thread_id: int
    read_from: datetime
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class TooMany:
    """The member wrote as many messages in a day as are taken."""

    most: int


@dataclass(frozen=True, slots=True)
class NoSuchThread:
    """There is no such thread, or it is another's."""


@dataclass(frozen=True, slots=True)
class Line:
    """A thread in the list: what was said last, and whether an answer waits to be read."""

    id: int
    topic: Topic
    closed: bool
    unread: bool
    last: Said


@dataclass(frozen=True, slots=True)
class Listed:
    """Some threads, the latest first; `before` leads to the ones before them."""

    lines: tuple[Line, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message with its files; `fresh` for an answer that came after what the member wrote last."""

    said: Said
    files: tuple[Upload, ...]
    fresh: bool

    @property
    def by_member(self) -> bool:
        """Whether the member wrote it."""
        return self.said.by_whom == MEMBER


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread, the oldest of what is shown first; `before` leads to what was said before that.

    `unseen` is the last answer among them, if the member had not looked at it, else 0.
    """

    id: int
    member_id: int
    topic: Topic
    closed_at: datetime | None
    spoken: tuple[Spoken, ...]
    before: int | None
    unseen: int


def promised(office: Office, now: datetime) -> datetime:
    """From when a person reads what is sent at a moment: the moment itself by day."""
    return read_from(office.rules.web_questions, now)


def begin(
    office: Office, author: Author, topic: Topic, text: str, key: str, ready: Sequence[Ready] = ()
) -> Posted | TooMany:
    """Begin a thread; `key` is the form's, `text` is tidied and short enough already."""
    with office.store.transaction():
        if found := _before(office, author, key, text):
            return found
        now = office.now()
        number = messages.open_thread(office.store, author.member_id, author.contract_id, topic.value, now)
        return _said(office, author, number, topic.value, text, key, ready)


def reply(
    office: Office, author: Author, thread_id: int, text: str, key: str, ready: Sequence[Ready] = ()
) -> Posted | TooMany | NoSuchThread:
    """Write in a thread of one's own, which opens it again where it was closed."""
    with office.store.transaction():
        if found := _before(office, author, key, text):
            return found
        row = messages.read(office.store, thread_id)
        if row is None or row.member_id != author.member_id:
            return NoSuchThread()
        return _said(office, author, thread_id, row.topic, text, key, ready)


def listed(office: Office, member_id: int, before: int | None = None) -> Listed:
    """A member's threads."""
    rows = messages.of_member(office.store, member_id, before or LAST, LISTED + 1)
    lines = tuple(
        Line(row.id, Topic(row.topic), row.closed_at is not None, row.unread, last)
        for row, last in rows[:LISTED]
    )
    return Listed(lines, lines[-1].last.id if len(rows) > LISTED else None)


def look(office: Office, member_id: int, thread_id: int, before: int | None = None) -> Thread | None:
    """A member's own thread; None for another's. Its answers count as read by `see`."""
    row = messages.read(office.store, thread_id)
    return shown(office, row, before) if row and row.member_id == member_id else None


def see(office: Office, member_id: int, thread: Thread) -> None:
    """Note that the answers shown were looked at; a book that cannot be written in is no reason to fail."""
    if not thread.unseen:
        return
    try:
        with office.store.transaction():
            messages.see(office.store, member_id, thread.id, thread.unseen)
    except Unavailable:
        return


def unread(office: Office, member_id: int) -> int:
    """How many threads have an answer that the member has not looked at."""
    return messages.unread(office.store, member_id)


def _before(office: Office, author: Author, key: str, text: str) -> Posted | TooMany | None:
    """What came of the same form before, or that the day is full; None where neither."""
    messages.hold_member(office.store, author.member_id)
    found = messages.by_key(office.store, _name(author, key, text))
    if found:
        return Posted(found.thread_id, found.read_from or found.at, repeated=True)
    most = office.rules.messages.day
    sent = messages.count_since(office.store, author.member_id, office.now() - DAY)
    return TooMany(most) if sent >= most else None


def _said(
    office: Office, author: Author, thread_id: int, topic: str, text: str, key: str, ready: Sequence[Ready]
) -> Posted:
    now = office.now()
    reads = promised(office, now)
    name = _name(author, key, text)
    number = messages.add(office.store, thread_id, now, MEMBER, text, name, reads)
    uploads.attach_within(office, ready, author.member_id, (SUBJECT, number))
    held = open_cases(office, thread_id)
    for case in held:
        cases.note_within(office, case, MEMBER, "続きのメッセージが届きました")
    if not held:
        about = {"member_id": author.member_id, "contract_id": author.contract_id}
        cases.open_within(office, CaseKind.MESSAGE, {"topic": topic}, subject_id=thread_id, **about)
    return Posted(thread_id, reads)


def open_cases(office: Office, thread_id: int) -> list[int]:
    """The cases about a thread that nobody has closed."""
    found = case_rows.about(office.store, CaseKind.MESSAGE.value, thread_id)
    return [case.id for case in found if case.closed_at is None]


def shown(office: Office, row: ThreadRow, before: int | None) -> Thread:
    """A thread with its newest messages below an id, and their files."""
    found = messages.said_in(office.store, row.id, before or LAST, SHOWN + 1)
    shown = found[:SHOWN][::-1]
    files = uploads.about(office, SUBJECT, [said.id for said in shown])
    own = max((said.id for said in shown if said.by_whom == MEMBER), default=0)
    spoken = tuple(
        Spoken(said, files.get(said.id, ()), said.by_whom != MEMBER and said.id > own) for said in shown
    )
    answers = [said.id for said in shown if said.by_whom != MEMBER and said.id > row.seen]
    more = shown[0].id if len(found) > SHOWN else None
    moment = row.closed_at
    return Thread(row.id, row.member_id, Topic(row.topic), moment, spoken, more, max(answers, default=0))


def _name(author: Author, key: str, text: str) -> str:
    """What a form sent, by a name of its own; whoever goes back and writes something else says more."""
    return f"{author.member_id}:{key}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
