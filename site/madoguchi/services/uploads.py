"""Files that members send: looked into and shelved outside any act, attached inside it, shown to their owner.

What is shelved and never attached (the form had a fault, the act was a repeat) is swept by the daily round.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from madoguchi.domain.uploads import title_of
from madoguchi.ports.shelf import Clean, Inspector, Shelf, Why
from madoguchi.services.office import Office
from madoguchi.store import uploads
from madoguchi.store.uploads import Upload

DAY: Final = timedelta(days=1)
SWEPT_AFTER: Final = DAY  # far longer than from the look into a file to the act that attaches it
FEW: Final = 100


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came: the name that its sender's machine gave it, and what is in it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that was looked into and lies on the shelf under `name`; it is nobody's until attached."""

    name: str
    title: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that is not taken, by the name it came with ("" for all of them together), and why."""

    name: str
    why: Why


@dataclass(frozen=True, slots=True)
class Seen:
    """A file with its content, as we made it."""

    upload: Upload
    content: bytes


def check(office: Office, files: Sequence[Sent], member_id: int) -> tuple[Ready, ...] | tuple[Fault, ...]:
    """Look into files and shelve them if all are good; else what is wrong with each (never both).

    Slow, so outside any transaction. An empty tuple is no fault: nothing was sent.
    """
    assert not office.store.in_transaction, "files are looked into outside any act"
    if faults := _faults(office, files, member_id):
        return faults
    found = [_inspector(office).inspected(file.content) for file in files]
    faults = tuple(
        Fault(file.name, made) for file, made in zip(files, found, strict=True) if isinstance(made, Why)
    )
    return faults or _shelved(office, files, [made for made in found if isinstance(made, Clean)], member_id)


def attach_within(office: Office, ready: Sequence[Ready], member_id: int, subject: tuple[str, int]) -> None:
    """Make files part of an act that is open; `subject` is a table and the id of its row.

    RuntimeError where one was attached before or swept: then nothing of the act happens.
    """
    if uploads.take_off(office.store, [file.name for file in ready]) != len(ready):
        raise RuntimeError("a file is not on the shelf any more")
    kind, number = subject
    for file in ready:
        row = Upload(0, file.name, member_id, kind, number, file.title, file.kind, file.size, office.now())
        uploads.add(office.store, row)


def about(office: Office, subject_kind: str, subject_ids: Sequence[int]) -> dict[int, tuple[Upload, ...]]:
    """The files of some rows of one table, by the row's id; one question for all of them."""
    found: dict[int, tuple[Upload, ...]] = defaultdict(tuple)
    for row in uploads.about(office.store, subject_kind, subject_ids):
        found[row.subject_id] += (row,)
    return found


def look(office: Office, upload_id: int, member_id: int) -> Seen | None:
    """A member's own file; None for another's, which is as unknown as one that was never sent."""
    row = uploads.read(office.store, upload_id)
    return _with_content(office, row) if row and row.member_id == member_id else None


def look_at_desk(office: Office, upload_id: int) -> Seen | None:
    """Any member's file, for the people at the lender; who looks is for the caller to write down."""
    row = uploads.read(office.store, upload_id)
    return _with_content(office, row) if row else None


def sweep(office: Office) -> int:
    """Throw away what was shelved and never attached; returns how many files that were."""
    count = 0
    while names := uploads.forgotten(office.store, office.now() - SWEPT_AFTER, FEW):
        # The rows first: whoever attaches meanwhile finds none. The files before the act ends: a stop between
        # leaves the rows and not the files.
        with office.store.transaction():
            held = [name for name in names if uploads.take_off(office.store, [name])]
            for name in held:
                _shelf(office).remove(name)
        count += len(held)
    return count


def empty(office: Office) -> None:
    """Throw every file away: only a demo that starts over may."""
    for name in uploads.all_names(office.store):
        _shelf(office).remove(name)


def _faults(office: Office, files: Sequence[Sent], member_id: int) -> tuple[Fault, ...]:
    """What is wrong already by number and size."""
    rules = office.rules.uploads
    if len(files) > rules.files:
        return (Fault("", Why.TOO_MANY),)
    if sum(len(file.content) for file in files) > rules.total_bytes:
        return (Fault("", Why.TOO_MUCH),)
    lately = uploads.sent_since(office.store, member_id, office.now() - DAY) if files else 0
    if lately + len(files) > rules.day and files:
        return (Fault("", Why.TOO_OFTEN),)
    empty = [Fault(file.name, Why.EMPTY) for file in files if not file.content]
    large = [Fault(file.name, Why.TOO_LARGE) for file in files if len(file.content) > rules.file_bytes]
    return (*empty, *large)


def _shelved(
    office: Office, files: Sequence[Sent], made: Sequence[Clean], member_id: int
) -> tuple[Ready, ...]:
    """Note the names, then write the files: so each file is known, even if all stops between."""
    names = [secrets.token_hex(16) for _ in made]
    if names:
        with office.store.transaction():
            uploads.shelve(office.store, names, member_id, office.now())
    for name, clean in zip(names, made, strict=True):
        _shelf(office).put(clean.content, name)
    return tuple(
        Ready(name, title_of(file.name, clean.kind, place), clean.kind, len(clean.content))
        for place, (name, file, clean) in enumerate(zip(names, files, made, strict=True), 1)
    )


def _with_content(office: Office, row: Upload) -> Seen | None:
    content = _shelf(office).get(row.name)
    return Seen(row, content) if content is not None else None


def _shelf(office: Office) -> Shelf:
    assert office.shelf is not None, "an office where files are sent has a shelf"
    return office.shelf


def _inspector(office: Office) -> Inspector:
    assert office.inspector is not None, "an office where files are sent has somebody to look into them"
    return office.inspector
