"""A contract's life told again: what is valued in the past changes what came after it, in one transaction.

The past is never rewritten: each entry whose split changes is undone by its mirror and posted anew, in the
order of value dates (SPEC 6.0). A drawdown that never was is undone, and bears nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from madoguchi.domain import replay
from madoguchi.domain.channels import channel_of
from madoguchi.domain.ledger import UNDONE, Account, EntryKind, Line, reversed_lines
from madoguchi.domain.mercy import original
from madoguchi.domain.replay import Event
from madoguchi.domain.standing import Split, Standing
from madoguchi.services import books, lives, mercy, papers
from madoguchi.services.books import Act, Backdated, Posted
from madoguchi.services.office import Office
from madoguchi.services.telling import Told, tell
from madoguchi.store import closed_days, entries, recounts, terms
from madoguchi.store.contracts import ContractRow
from madoguchi.store.entries import Entry
from madoguchi.store.terms import Term

_NEW: Final = 10**14  # the place of a new act: behind everything of its day but the use of a deposit
LATELY: Final = timedelta(days=31)  # how long ago a due date may have passed that an outage moves
# What an entry of a kind does to what is borrowed.
_RAISES: Final = (EntryKind.DRAWDOWN,)
_LOWERS: Final = (EntryKind.REPAYMENT, EntryKind.DEPOSIT_USED)


def retell_within(
    office: Office, row: ContractRow, paid: Act, agreed: Sequence[Term] = ()
) -> Posted | Backdated:
    """Tell the life of a contract that is held again, with one more payment and with more terms if there are.

    Returns the payment's entry with those that were corrected.
    """
    if agreed:
        terms.append(office.store, agreed, office.now())
    return _Retelling(office, row).with_payment(paid)


def agree_within(office: Office, row: ContractRow, agreed: Sequence[Term]) -> tuple[Entry, ...]:
    """Tell the life of a contract that is held again, with more terms; returns the corrected entries."""
    terms.append(office.store, agreed, office.now())
    return _Retelling(office, row).as_agreed()


def untell_within(office: Office, row: ContractRow, gone: Entry, key: str) -> Posted:
    """Tell the life of a contract that is held again without one entry; returns the entry that undoes it."""
    return _Retelling(office, row).without(gone, key)


@dataclass(frozen=True, slots=True)
class Recounted:
    """Entries posted anew in a life told again without an act, and (due date, where to) if one was moved."""

    corrected: tuple[Entry, ...]
    moved: tuple[date, mercy.Moved] | None


def recount_within(office: Office, row: ContractRow) -> Recounted:
    """Tell the life of a contract that is held again, because an outage may have moved a due date of it."""
    retelling = _Retelling(office, row)
    return Recounted(retelling.as_agreed(), retelling.moved)


class _Retelling:
    """One contract's rows, and what has to be written so that they tell its life as it is now known."""

    def __init__(self, office: Office, row: ContractRow) -> None:
        self._office, self._row = office, row
        self._posted = list(entries.stream(office.store, row.id, row.id))
        self._lines = defaultdict(list)
        for line in entries.stream_lines(office.store, row.id, row.id):
            self._lines[line.seq].append(Line(Account(line.account), line.debit, line.credit))
        self._balance = row.standing.balance
        self._corrected: list[Entry] = []
        self.moved: tuple[date, mercy.Moved] | None = None

    def with_payment(self, paid: Act) -> Posted | Backdated:
        """Write the payment in its place, and what it changes."""
        begun = min(event.on for event in self._events(self._posted))
        if paid.value_date < begun:
            return Backdated(begun)
        told = self._told(self._posted, replay.Paid(paid.value_date, _NEW, paid.amount))
        new = self._write(told, paid)
        assert new is not None, "a payment was told"
        return Posted(new, told.standing, corrected=tuple(self._corrected))

    def as_agreed(self) -> tuple[Entry, ...]:
        """Write what the terms change; returns the entries that were posted anew."""
        told = self._told(self._posted)
        changed = [entry.seq for entry, _root in self._changed(told)]
        self._write(told, None)
        if self.moved:
            due, to = self.moved
            recounts.add(self._office.store, self._row.id, changed, due, to.day, to.cause)
        return tuple(self._corrected)

    def _write(self, told: Told, paid: Act | None) -> Entry | None:
        """Undo and post anew what is told otherwise now; returns the payment's entry."""
        changed = self._changed(told)
        for entry, _root in reversed(changed):
            self._undo(entry, f"undo:{entry.seq}")
        new = self._in_order(told, changed, paid)
        self._keep(told)
        return new

    def without(self, gone: Entry, key: str) -> Posted:
        """Undo one entry, and write what that changes."""
        told = self._told([entry for entry in self._posted if entry.seq != gone.seq])
        changed = self._changed(told)
        for entry, _root in reversed(changed):
            if entry.seq != gone.seq:
                self._undo(entry, f"undo:{entry.seq}")
        undoing = self._undo(gone, key)
        self._in_order(told, [pair for pair in changed if pair[0].seq != gone.seq], None)
        self._keep(told)
        return Posted(undoing, told.standing, corrected=tuple(self._corrected))

    def _events(self, posted: Sequence[Entry]) -> list[Event]:
        agreed = list(terms.stream(self._office.store, self._row.id, self._row.id))
        found = lives.events_of(agreed, posted)
        return [event for event in found if not isinstance(event, replay.DepositUsed)]

    def _told(self, posted: Sequence[Entry], *more: Event) -> Told:
        """The life, with each due date moved that an outage took and nobody knew of when it passed."""
        office = self._office
        while True:
            events = [*self._events(posted), *more]
            told = tell(events, closed_days.last(office.store), office.rules.product)
            lately = [due for due in told.missed if due.day >= office.business_day() - LATELY]
            found = ((due, mercy.moved(office, due)) for due in lately)
            late = next(((due, to) for due, to in found if to is not None), None)
            if late is None:
                return told
            due, to = late
            self.moved = original(due), to
            mercy.note_within(office, self._row, due.day, to)

    def _changed(self, told: Told) -> list[tuple[Entry, Entry]]:
        """The entries that stand and no longer say what is told, in the order of the life."""
        stand = lives.standing_entries(self._posted)
        stand.sort(key=lambda pair: (pair[0].value_date, lives.order_of(*pair)))
        return [pair for pair in stand if self._says_other(told, *pair)]

    def _says_other(self, told: Told, entry: Entry, root: Entry) -> bool:
        if entry.kind not in (*_LOWERS, EntryKind.WAIVER):
            return False
        split = self._split(told, entry, root)
        return split is None or list(books.lines_of(entry.kind, split)) != self._lines[entry.seq]

    @staticmethod
    def _split(told: Told, entry: Entry, root: Entry) -> Split | None:
        if entry.kind is EntryKind.DEPOSIT_USED:
            return told.deposits.get(entry.value_date)
        return told.splits.get(lives.order_of(entry, root))

    def _in_order(self, told: Told, changed: list[tuple[Entry, Entry]], paid: Act | None) -> Entry | None:
        """Post what is new and what is posted anew, by value date; returns the new payment's entry."""
        again: list[tuple[date, int, Act, Split, Entry | None]] = []
        known = {entry.value_date for entry, _ in lives.standing_entries(self._posted)
                 if entry.kind is EntryKind.DEPOSIT_USED}  # fmt: skip
        for entry, root in changed:
            split = self._split(told, entry, root)
            if split is not None and books.lines_of(entry.kind, split):
                act = _again(entry, split)
                again.append((entry.value_date, lives.order_of(entry, root), act, split, entry))
        for day, split in told.deposits.items():
            if day not in known:
                key = books.deposit_key(day, self._row.last_seq)
                again.append((day, 2 * lives.LAST, books.deposit_act(split.amount, day, key), split, None))
        if paid is not None:
            again.append((paid.value_date, _NEW, paid, told.splits[_NEW], None))
        made = [
            self._append(act, split, told.after[day if act.kind is EntryKind.DEPOSIT_USED else order], entry)
            for day, order, act, split, entry in sorted(again, key=_by_day)
        ]
        return next((entry for entry in made if paid and entry.key.endswith(f":{paid.key}")), None)

    def _append(self, act: Act, split: Split, after: Standing, old: Entry | None) -> Entry:
        self._balance += _effect(act.kind, split.principal)
        entry = books.append(self._office, self._row, act, split, self._balance, old.seq if old else None)
        papers.issue(self._office, entry, after)
        self._row = replace(self._row, last_seq=entry.seq)
        if old is not None:
            self._corrected.append(entry)
        return entry

    def _undo(self, entry: Entry, key: str) -> Entry:
        self._balance -= _effect(entry.kind, entry.principal)
        undoing = replace(
            entry,
            seq=self._row.last_seq + 1,
            kind=UNDONE[entry.kind],
            posted_at=self._office.now(),
            balance=self._balance,
            key=books.scoped(self._row.id, key),
            undoes=entry.seq,
            replaces=None,
        )
        entries.append(self._office.store, undoing, reversed_lines(self._lines[entry.seq]))
        self._row = replace(self._row, last_seq=undoing.seq)
        return undoing

    def _keep(self, told: Told) -> None:
        books.keep(self._office, replace(self._row, standing=told.standing))


def _again(entry: Entry, split: Split) -> Act:
    reference = entry.cause.partition("|")[2]
    key = f"again:{entry.seq}"
    return Act(entry.kind, split.amount, entry.value_date, channel_of(entry.cause), key, reference)


def _by_day(item: tuple[date, int, Act, Split, Entry | None]) -> tuple[date, int]:
    return item[0], item[1]


def _effect(kind: EntryKind, principal: int) -> int:
    return principal if kind in _RAISES else -principal if kind in _LOWERS else 0
