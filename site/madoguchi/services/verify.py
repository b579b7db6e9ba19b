"""Recompute every contract from its entries and terms, and name each figure that differs."""

from __future__ import annotations

import itertools
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from madoguchi.domain.ledger import UNDONE, Account
from madoguchi.domain.present import states_with
from madoguchi.domain.rights import mask_of, states_of
from madoguchi.domain.standing import Standing
from madoguchi.services import audit, debit_proof, documents, lives, points_proof
from madoguchi.services.books import lines_of
from madoguchi.services.lives import Lived
from madoguchi.services.office import Office
from madoguchi.store import closed_days, contracts, entries, incoming, payouts, states, terms
from madoguchi.store.contracts import ContractRow
from madoguchi.store.entries import Entry
from madoguchi.store.terms import Term

CHUNK = 200  # contracts in one short transaction
FILES = 2000  # kept files of documents that are hashed again, the newest
PAUSE = 0.005  # so that acts get their turn between two chunks

_DAY = timedelta(days=1)
_FIGURES = ("amount", "fees", "damages", "interest", "principal", "deposit")


def differences(office: Office) -> Iterator[str]:
    """Yield one sentence for each figure that is not what the ledger says, as of the last closed day.

    A round in the middle of the next day, at work or stopped, has taken some contracts past it already.
    """
    store, last = office.store, 0
    while ids := contracts.ids_after(store, last, CHUNK):
        with store.transaction():  # no act can pass between the reading of a contract and of its entries
            found = list(_chunk(office, ids[0], ids[-1]))
        yield from found
        last = ids[-1]
        time.sleep(PAUSE)
    for number, fault in payouts.differences(store):
        yield f"Payout {number}: {fault}."
    yield from debit_proof.differences(office)
    for number in incoming.unbooked(store):
        yield f"Incoming payment {number}: its state is not what the journals say."
    yield from audit.differences(office)
    yield from points_proof.differences(office)
    yield from documents.differences(office, FILES)


def _chunk(office: Office, first: int, last: int) -> Iterator[str]:
    store = office.store
    rows = contracts.hold_range(store, first, last)
    held = defaultdict(set)
    for contract_id, state in states.stream(store, first, last):
        held[contract_id].add(state)
    agreed = _Groups(terms.stream(store, first, last))
    posted = _Groups(entries.stream(store, first, last))
    lines = _Groups(entries.stream_lines(store, first, last))
    days = _days(office)
    for row, cached in rows:
        life = (list(agreed.of(row.id)), list(posted.of(row.id)), list(lines.of(row.id)))
        for told in _Contract(office, row, cached, *life).differences(days, mask_of(held[row.id])):
            yield f"Contract {row.id}: {told}."


def _days(office: Office) -> list[date | None]:
    """The last closed day, and the one that a round may be closing now."""
    last, yesterday = closed_days.last(office.store), office.business_day() - _DAY
    following = last + _DAY if last else yesterday
    return [last, following] if following <= yesterday else [last]


class _Groups:
    """Rows that come sorted by contract, handed out contract by contract."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._groups = itertools.groupby(rows, key=lambda row: row.contract_id)
        self._next = next(self._groups, None)

    def of(self, contract_id: int) -> Iterator[Any]:
        """The rows of a contract; contracts are asked for in rising order."""
        if self._next is None or self._next[0] != contract_id:
            return
        yield from self._next[1]
        self._next = next(self._groups, None)


class _Contract:
    """One contract's rows beside the same rows computed again."""

    def __init__(
        self,
        office: Office,
        row: ContractRow,
        cached: Sequence[Any],
        agreed: Sequence[Term],
        posted: Sequence[Entry],
        lines: Sequence[entries.LineRow],
    ) -> None:
        self._product = office.rules.product
        self._row, self._agreed, self._posted = row, agreed, posted
        self._cached = dict(zip(contracts.COLUMNS, cached, strict=True))
        self._lines: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for line in lines:
            self._lines[line.seq].append((line.account, line.debit, line.credit))

    def differences(self, days: Sequence[date | None], held: int) -> Iterator[str]:
        """Yield what differs: entries first, then the cached figures, then the states."""
        for n, entry in enumerate(self._posted, start=1):
            if entry.seq != n:
                yield f"entry {n} is missing"
                return
        try:
            lived = list(lives.live(self._agreed, self._posted, self._product))
        except (ValueError, IndexError) as fault:
            yield f"its entries cannot be computed again: {fault}"
            return
        for event in lived:
            if event.entry is not None:
                yield from self._entry(event.entry, event)
        yield from self._undone()
        yield from self._balances()
        standing = self._closed(lived[-1].after, days)
        computed = dict(zip(contracts.COLUMNS, contracts.columns_of(standing), strict=True))
        yield from _told(self._cached, computed, "cached")
        yield from _told({"last_seq": self._row.last_seq}, {"last_seq": len(self._posted)}, "cached")
        yield from self._states(states_with(held, standing))

    def _closed(self, after: Standing, days: Sequence[date | None]) -> Standing:
        """The standing after those of the days that the cached figures tell of, or nearly tell of."""
        found = [lives.close_days(after, day, self._product) for day in days]
        return min(found, key=self._strayed)

    def _strayed(self, standing: Standing) -> int:
        computed = contracts.columns_of(standing)
        return sum(self._cached[name] != yen for name, yen in zip(contracts.COLUMNS, computed, strict=True))

    def _entry(self, entry: Entry, lived: Lived) -> Iterator[str]:
        computed = {name: getattr(lived.split, name) for name in _FIGURES}
        stored = {name: getattr(entry, name) for name in _FIGURES}
        for sentence in _told(stored, computed, "stored"):
            yield f"entry {entry.seq}: {sentence}"
        expected = [(int(n.account), n.debit, n.credit) for n in lines_of(entry.kind, lived.split)]
        if self._lines[entry.seq] != expected:
            yield f"entry {entry.seq}: lines are stored as {self._lines[entry.seq]}, computed as {expected}"

    def _undone(self) -> Iterator[str]:
        """What undoes an entry says the same, its lines turned round; what stands for one follows that."""
        by_seq = {entry.seq: entry for entry in self._posted}
        undoing = {entry.undoes: entry.seq for entry in self._posted if entry.undoes is not None}
        for seq, by in undoing.items():
            first, second = by_seq[seq], by_seq[by]
            if second.kind != UNDONE.get(first.kind) or any(
                getattr(first, name) != getattr(second, name) for name in (*_FIGURES, "value_date")
            ):
                yield f"entry {by} does not say what entry {seq} says, which it undoes"
            if self._lines[by] != [(account, credit, debit) for account, debit, credit in self._lines[seq]]:
                yield f"entry {by}: its lines are not those of entry {seq} turned round"
        for entry in self._posted:
            if entry.replaces is not None and entry.replaces not in undoing:
                yield f"entry {entry.seq} stands for entry {entry.replaces}, which was not undone"

    def _balances(self) -> Iterator[str]:
        """Each entry's balance follows from the one posted before it."""
        balance = 0
        for entry in self._posted:
            lines = self._lines[entry.seq]
            balance += sum(debit - credit for account, debit, credit in lines if account == Account.PRINCIPAL)
            if entry.balance != balance:
                yield f"entry {entry.seq}: balance is stored as {entry.balance}, computed as {balance}"

    def _states(self, computed: int) -> Iterator[str]:
        if computed != self._row.states:
            yield f"states are cached as {_names(self._row.states)}, computed as {_names(computed)}"


def _told(stored: dict[str, Any], computed: dict[str, Any], how: str) -> Iterator[str]:
    for name, value in stored.items():
        if value != computed[name]:
            yield f"{name} is {how} as {value}, computed as {computed[name]}"


def _names(mask: int) -> str:
    try:
        return ", ".join(sorted(state.value for state in states_of(mask))) or "active"
    except ValueError:
        return f"the unknown set {mask}"
