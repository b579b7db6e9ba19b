"""The queue as the desk sees it: what waits, how long by the desk's clock, and who looks at a case now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from madoguchi.domain.case_kinds import URGENT
from madoguchi.domain.staff import RIGHTS, Right, Role
from madoguchi.domain.widths import is_digits
from madoguchi.domain.working import working_time
from madoguchi.services import audit, uploads
from madoguchi.services.audit import Noted
from madoguchi.services.cases import CaseKind
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.services.staff import Colleague
from madoguchi.services.uploads import Seen
from madoguchi.store import cases, queue
from madoguchi.store.cases import Case as Case
from madoguchi.store.cases import Note
from madoguchi.store.queue import Count as Count
from madoguchi.store.queue import Place

PAGE: Final = 30
HERE: Final = timedelta(seconds=60)  # for so long after a look somebody counts as being at a case
LONGEST: Final = 17  # digits of a part of a place, which every moment of this age has room in
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
ONCE_IN: Final = timedelta(minutes=10)  # one line in the log for so long a look


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be listed: a kind or None for all, those of a colleague, those that nobody has ("")."""

    kind: CaseKind | None = None
    taken_by: str | None = None
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case in the queue: whose it is, how long it has waited, and how long it still may or is late.

    All spans are the desk's time; of urgent cases the clock never stops.
    """

    case: Case
    number: str
    name: str
    waited: timedelta
    left: timedelta
    late: timedelta

    @property
    def is_late(self) -> bool:
        """Whether nobody has taken it in time."""
        return self.late > timedelta(0) and not self.case.taken_by


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of it, where it goes on, and how many there are of each kind."""

    rows: Sequence[Waiting]
    more: Place | None
    counts: Sequence[Count]


@dataclass(frozen=True, slots=True)
class Opened:
    """A case on somebody's screen: the clock, the notes, who else looks, and to whom it can be handed."""

    waiting: Waiting
    notes: Sequence[Note]
    last: int
    others: Sequence[str]
    colleagues: Sequence[str]

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.waiting.case


def look(office: Office, wish: Wish) -> Queue:
    """A page of the queue: what nobody has in front, the one that should be looked at first before all."""
    kind = wish.kind.value if wish.kind else ""
    found = queue.listed(office.store, kind, wish.taken_by, wish.after, PAGE + 1)
    rows = [_waiting(office, row) for row in found[:PAGE]]
    more = found[PAGE - 1].place if len(found) > PAGE else None
    return Queue(rows, more, queue.counts(office.store, office.now()))


def open_case(office: Office, case_id: int, who: Colleague) -> Opened | None:
    """A case with its story; who looks is seen by the others, and noted in the log."""
    row = queue.read(office.store, case_id)
    if row is None:
        return None
    see(office, row.case, who)
    notes, last = cases.notes_and_last(office.store, case_id)
    people = queue.people(office.store, case_id)
    since = office.now() - HERE
    others = [one.name for one in people if one.seen_at and one.seen_at > since and one.id != who.id]
    able = [one.name for one in people if Right.WORK_CASES in RIGHTS[Role(one.role)] and one.id != who.id]
    return Opened(_waiting(office, row), notes, last, others, able)


def case_of(office: Office, case_id: int) -> Case | None:
    """A case, for an act that is about it."""
    return cases.read(office.store, case_id)


def look_at_file(office: Office, upload_id: int, who: Colleague) -> Seen | None:
    """A file that a member sent; the log has a line of it."""
    found = uploads.look_at_desk(office, upload_id)
    if found is not None:
        with office.store.transaction():
            about = {"member_id": found.upload.member_id}
            audit.note_within(office, Noted.FILE_SEEN, who.name, **about, file=found.upload.id)
    return found


def see(office: Office, case: Case, who: Colleague) -> None:
    """Let the others see that somebody looks at a case; the log has a line of it once in a while."""
    now = office.now()
    with office.store.transaction():
        if queue.see(office.store, case.id, who.id, now, now - ONCE_IN):
            audit.note_within(office, Noted.CASE_SEEN, who.name, member_id=case.member_id, case_id=case.id)


def token_of(place: Place) -> str:
    """A place in the queue as an address holds it."""
    return f"{place.taken}-{(place.due_at - _BEGINNING) // _TICK}-{place.case_id}"


def place_of(token: str) -> Place | None:
    """The place that an address holds; None for what holds none."""
    parts = token.split("-")
    if len(parts) != 3 or not all(is_digits(part) and len(part) <= LONGEST for part in parts):
        return None
    taken, ticks, number = map(int, parts)
    return Place(taken, _BEGINNING + ticks * _TICK, number)


@repeated
def sweep(office: Office) -> None:
    """Forget who looked long ago."""
    with office.store.transaction():
        queue.forget(office.store, office.now() - ONCE_IN)


def _waiting(office: Office, row: queue.Row) -> Waiting:
    case, until = row.case, row.case.closed_at or office.now()
    hours, urgent = office.rules.web_questions, CaseKind(case.kind) in URGENT
    spans = [(case.read_from, until), (until, case.due_at), (case.due_at, until)]
    waited, left, late = [
        max(timedelta(0), end - begin) if urgent else working_time(hours, begin, end) for begin, end in spans
    ]
    return Waiting(case, row.number, row.name, waited, left, late)
