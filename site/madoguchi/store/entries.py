"""The append-only ledger: an entry is what a member reads, its lines are the double entry behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from madoguchi.domain.ledger import EntryKind, Line
from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_in, moment_out

COLUMNS: Final = (
    "contract_id", "seq", "kind", "value_date", "posted_at", "amount", "fees", "damages", "interest",
    "principal", "deposit", "balance", "cause", "idempotency_key", "undoes", "replaces",
)  # fmt: skip
LINE_COLUMNS: Final = ("contract_id", "seq", "n", "account", "debit", "credit")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of one contract, numbered from 1; amounts in yen.

    balance is what is borrowed after it, in the order of posting. `undoes` is the entry whose lines it turns
    round, `replaces` the one that it stands for since the life was told again.
    """

    contract_id: int
    seq: int
    kind: EntryKind
    value_date: date
    posted_at: datetime
    amount: int
    fees: int
    damages: int
    interest: int
    principal: int
    deposit: int
    balance: int
    cause: str
    key: str
    undoes: int | None = None
    replaces: int | None = None


_ALL: Final = ", ".join(COLUMNS)
_INSERT: Final = f"INSERT INTO entry ({_ALL}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
_BY_KEY: Final = f"SELECT {_ALL} FROM entry WHERE idempotency_key = ?"  # noqa: S608
_UNDOING: Final = f"SELECT {_ALL} FROM entry WHERE contract_id = ? AND undoes = ?"  # noqa: S608
_RANGE: Final = "WHERE contract_id BETWEEN ? AND ? ORDER BY contract_id, seq"
_STREAM: Final = f"SELECT {_ALL} FROM entry {_RANGE}"  # noqa: S608


_LINES: Final = (
    "SELECT contract_id, seq, account, debit, credit FROM line "
    "WHERE contract_id BETWEEN ? AND ? ORDER BY contract_id, seq, n"
)


class LineRow(NamedTuple):
    """One stored line."""

    contract_id: int
    seq: int
    account: int
    debit: int
    credit: int


def append(store: Store, entry: Entry, lines: Sequence[Line]) -> None:
    """Write the lines and then the entry, which seals them; the database refuses what does not balance."""
    store.insert_many("line", LINE_COLUMNS, line_rows(entry.contract_id, entry.seq, lines))
    store.write(_INSERT, entry_row(entry))


def by_key(store: Store, key: str) -> Entry | None:
    """Return the entry that was posted under an idempotency key."""
    row = store.one(_BY_KEY, (key,))
    return _entry(row) if row else None


def undoing(store: Store, contract_id: int, seq: int) -> Entry | None:
    """Return the entry that undoes another one, if it was undone."""
    row = store.one(_UNDOING, (contract_id, seq))
    return _entry(row) if row else None


def stream(store: Store, first: int, last: int) -> Iterator[Entry]:
    """Return the entries of the contracts numbered first to last, in the order they were posted."""
    return map(_entry, store.stream(_STREAM, (first, last)))


def stream_lines(store: Store, first: int, last: int) -> Iterator[LineRow]:
    """Return the lines of the contracts numbered first to last, in the order they were written."""
    return (LineRow(*row) for row in store.stream(_LINES, (first, last)))


def entry_row(entry: Entry) -> tuple[Any, ...]:
    """Return the values of COLUMNS."""
    return (
        entry.contract_id, entry.seq, int(entry.kind), day_out(entry.value_date), moment_out(entry.posted_at),
        entry.amount, entry.fees, entry.damages, entry.interest, entry.principal, entry.deposit,
        entry.balance, entry.cause, entry.key, entry.undoes, entry.replaces,
    )  # fmt: skip


def line_rows(contract_id: int, seq: int, lines: Iterable[Line]) -> list[tuple[Any, ...]]:
    """Return the values of LINE_COLUMNS for each line."""
    return [
        (contract_id, seq, n, int(line.account), line.debit, line.credit)
        for n, line in enumerate(lines, start=1)
    ]


def _entry(row: tuple[Any, ...]) -> Entry:
    contract_id, seq, kind, value_date, posted_at, *rest = row
    return Entry(contract_id, seq, EntryKind(kind), day_in(value_date), moment_in(posted_at), *rest)
