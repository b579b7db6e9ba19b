"""What the people at the lender do with messages: see what waits, answer, close."""

from __future__ import annotations

from collections.abc import Sequence

from madoguchi.domain.letters import Kind
from madoguchi.services import cases, letters, uploads
from madoguchi.services.cases import CaseKind
from madoguchi.services.messages import SUBJECT, NoSuchThread, Posted, Thread, open_cases, shown
from madoguchi.services.office import Office
from madoguchi.services.uploads import Ready
from madoguchi.store import messages
from madoguchi.store.messages import MEMBER, ThreadRow, Waiting


def waiting(office: Office, most: int) -> list[Waiting]:
    """Threads that wait for the desk, the one that should have been read first in front."""
    return messages.waiting(office.store, CaseKind.MESSAGE.value, most)


def look(office: Office, thread_id: int, before: int | None = None) -> Thread | None:
    """Any thread, for the people at the lender; it stays as unread as it was."""
    row = messages.read(office.store, thread_id)
    return shown(office, row, before) if row else None


def answer(
    office: Office, thread_id: int, by_whom: str, text: str, key: str = "", ready: Sequence[Ready] = ()
) -> Posted | NoSuchThread:
    """Answer from the desk: the case is done, and the member gets a letter unless one waits to be read.

    `key` is that of the desk's form; without one each call is an answer of its own.
    """
    assert by_whom not in (MEMBER, ""), "an answer is somebody's"
    with office.store.transaction():
        row = _held(office, thread_id)
        if row is None:
            return NoSuchThread()
        now = office.now()
        if key and messages.by_key(office.store, f"desk:{key}"):
            return Posted(thread_id, now, repeated=True)
        name = f"desk:{key}" if key else f"desk:{thread_id}:{row.last_message}"
        number = messages.add(office.store, thread_id, now, by_whom, text, name, None)
        uploads.attach_within(office, ready, row.member_id, (SUBJECT, number))
        for case in open_cases(office, thread_id):
            cases.note_within(office, case, by_whom, "返事を書きました")
        cases.close_about_within(office, CaseKind.MESSAGE, thread_id, "answered")
        if not row.unread:
            letters.write(office, Kind.ANSWERED, {"at": now}, member_id=row.member_id, now=now)
        return Posted(thread_id, now)


def close_thread(office: Office, thread_id: int, by_whom: str) -> bool:
    """Close a thread and its case from the desk; False where it was closed or never was."""
    with office.store.transaction():
        if _held(office, thread_id) is None or not messages.close(office.store, thread_id, office.now()):
            return False
        for case in open_cases(office, thread_id):
            cases.note_within(office, case, by_whom, "やり取りを終えました")
        cases.close_about_within(office, CaseKind.MESSAGE, thread_id, "closed")
        return True


def _held(office: Office, thread_id: int) -> ThreadRow | None:
    """A thread as it stands while nobody else writes about its member."""
    found = messages.read(office.store, thread_id)
    if found is None:
        return None
    messages.hold_member(office.store, found.member_id)
    return messages.read(office.store, thread_id)
