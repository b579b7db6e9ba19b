"""What the people at the lender do with messages: answer, begin, close."""

from __future__ import annotations

from collections.abc import Sequence

from madoguchi.domain.letters import Kind
from madoguchi.domain.topics import Topic
from madoguchi.services import audit, cases, letters, uploads
from madoguchi.services.audit import Noted
from madoguchi.services.cases import CaseKind
from madoguchi.services.casework import Glance, Stopped, begin_within, finish_within
from madoguchi.services.messages import SUBJECT, NoSuchThread, Posted, Thread, open_cases, shown
from madoguchi.services.office import Office
from madoguchi.services.uploads import Ready
from madoguchi.store import messages
from madoguchi.store.messages import MEMBER, ThreadRow


def look(office: Office, thread_id: int, before: int | None = None) -> Thread | None:
    """Any thread, for the people at the lender; it stays as unread as it was."""
    row = messages.read(office.store, thread_id)
    return shown(office, row, before) if row else None


def answer(
    office: Office,
    thread_id: int,
    by_whom: str,
    text: str,
    key: str = "",
    ready: Sequence[Ready] = (),
    glance: Glance | None = None,
) -> Posted | NoSuchThread | Stopped:
    """Answer from the desk: the case is done, and the member gets a letter unless one waits to be read.

    `key` is that of the desk's form; without one each call is an answer of its own. A `glance` at the case
    stops it where somebody wrote meanwhile.
    """
    assert by_whom not in (MEMBER, ""), "an answer is somebody's"
    with office.store.transaction():
        row = _held(office, thread_id)
        if row is None:
            return NoSuchThread()
        now = office.now()
        if key and messages.by_key(office.store, f"desk:{key}"):
            return Posted(thread_id, now, repeated=True)
        if stopped := begin_within(office, glance):
            return stopped
        name = f"desk:{key}" if key else f"desk:{thread_id}:{row.last_message}"
        number = messages.add(office.store, thread_id, now, by_whom, text, name, None)
        uploads.attach_within(office, ready, row.member_id, (SUBJECT, number))
        for case in open_cases(office, thread_id):
            cases.note_within(office, case, by_whom, "返事を書きました")
        cases.close_about_within(office, CaseKind.MESSAGE, thread_id, "answered")
        if not row.unread:
            letters.write(office, Kind.ANSWERED, {"at": now}, member_id=row.member_id, now=now)
        _log(office, by_whom, row.member_id, thread_id, glance)
        return Posted(thread_id, now)


def begin(
    office: Office, about: tuple[int, int | None], topic: Topic, said: tuple[str, str], glance: Glance
) -> Posted | Stopped:
    """Write to a member (id, contract) of a case; `said` is the text and the form's key.

    The case is closed: its member was told.
    """
    member_id, contract_id = about
    text, key = said
    with office.store.transaction():
        messages.hold_member(office.store, member_id)
        now = office.now()
        if found := messages.by_key(office.store, f"desk:{key}"):
            return Posted(found.thread_id, now, repeated=True)
        if stopped := begin_within(office, glance):
            return stopped
        thread_id = messages.open_thread(office.store, member_id, contract_id, topic.value, now)
        messages.add(office.store, thread_id, now, glance.who.name, text, f"desk:{key}", None)
        letters.write(office, Kind.DESK_WROTE, {"at": now}, member_id=member_id, now=now)
        _log(office, glance.who.name, member_id, thread_id, glance)
        finish_within(office, glance, "told", "メッセージを送りました")
        return Posted(thread_id, now)


def close_thread(
    office: Office, thread_id: int, by_whom: str, glance: Glance | None = None
) -> bool | Stopped:
    """Close a thread and its case from the desk; False where it was closed or never was."""
    with office.store.transaction():
        row = _held(office, thread_id)
        if row is None or row.closed_at:
            return False
        if stopped := begin_within(office, glance):
            return stopped
        messages.close(office.store, thread_id, office.now())
        for case in open_cases(office, thread_id):
            cases.note_within(office, case, by_whom, "やり取りを終えました")
        cases.close_about_within(office, CaseKind.MESSAGE, thread_id, "closed")
        _log(office, by_whom, row.member_id, thread_id, glance)
        return True


def _log(office: Office, by_whom: str, member_id: int, thread_id: int, glance: Glance | None) -> None:
    about = {"member_id": member_id, "case_id": glance.case_id if glance else None}
    audit.note_within(office, Noted.MEMBER_WRITTEN, by_whom, **about, thread=thread_id)


def _held(office: Office, thread_id: int) -> ThreadRow | None:
    """A thread as it stands while nobody else writes about its member."""
    found = messages.read(office.store, thread_id)
    if found is None:
        return None
    messages.hold_member(office.store, found.member_id)
    return messages.read(office.store, thread_id)
