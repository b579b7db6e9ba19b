"""Direct debits as rows: request files and the debits in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from madoguchi.store.arrangements import IS_ARRANGED
from madoguchi.store.db import Store
from madoguchi.store.mandates import Account
from madoguchi.store.values import day_in, day_out, moment_in, moment_out

MAKING: Final = "making"
MADE: Final = "made"
ANSWERED: Final = "answered"
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class File:
    """A request file for a day's debits; count and total (yen) are known once it is made."""

    id: int
    due_on: date
    state: str
    count: int
    total: int
    handed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Debit:
    """One debit in yen; `n` is its place in the file, `result` the bank's code once it has answered."""

    file_id: int
    n: int
    contract_id: int
    mandate_id: int
    amount: int
    first: bool
    result: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A debit as a member sees it: the day it is asked for, the yen, and the result when it is known."""

    on: date
    amount: int
    result: int | None


_FILE: Final = "SELECT id, due_on, state, count, total, handed_at FROM debit_file "
_DEBIT: Final = "SELECT file_id, n, contract_id, mandate_id, amount, first, result FROM debit "
# Contracts whose due date is the file's day, with a mandate that works, and not in the file yet;
# nor those whose debt is being arranged.
_TO_GATHER: Final = (
    "SELECT c.id, m.id, m.filed FROM contract c "  # noqa: S608
    "JOIN mandate m ON m.contract_id = c.id AND m.state = 'active' WHERE c.due_on = ? AND c.id > ? "
    "AND NOT EXISTS (SELECT 1 FROM debit d WHERE d.file_id = ? AND d.contract_id = c.id) "
    f"AND NOT {IS_ARRANGED} "
    "ORDER BY c.id LIMIT ?"
)
_WITH_ACCOUNT: Final = (
    "SELECT d.file_id, d.n, d.contract_id, d.mandate_id, d.amount, d.first, d.result, m.bank_code, "
    "m.branch_code, m.kind, m.number, m.holder_kana FROM debit d JOIN mandate m ON m.id = d.mandate_id "
    "WHERE d.file_id = ? ORDER BY d.n"
)
_TOLD: Final = (
    "SELECT f.due_on, d.amount, CASE WHEN d.posted_at IS NULL THEN NULL ELSE d.result END FROM debit d "
    "JOIN debit_file f ON f.id = d.file_id WHERE d.contract_id = ? "
)


def begin(store: Store, due_on: date, at: datetime) -> None:
    """Begin the file of a day; one that was begun already stays as it is."""
    store.write(
        "INSERT INTO debit_file (due_on, state, begun_at) VALUES (?, 'making', ?) "
        "ON CONFLICT (due_on) DO NOTHING",
        (day_out(due_on), moment_out(at)),
    )


def file_of(store: Store, due_on: date) -> File | None:
    """Return the file of a day."""
    row = store.one(_FILE + "WHERE due_on = ?", (day_out(due_on),))
    return _file(row) if row else None


def hold_file(store: Store, file_id: int) -> File:
    """Return a file, held until the act ends."""
    row = store.one(store.locked(_FILE + "WHERE id = ?"), (file_id,))
    assert row is not None, "files are never deleted"
    return _file(row)


def read_file(store: Store, file_id: int) -> File | None:
    """Return a file by its number."""
    row = store.one(_FILE + "WHERE id = ?", (file_id,))
    return _file(row) if row else None


def files(store: Store, most: int) -> list[File]:
    """Return the files of the latest days, the latest first."""
    return [_file(row) for row in store.rows(_FILE + "ORDER BY due_on DESC LIMIT ?", (most,))]


def unfinished(store: Store) -> list[File]:
    """Return files that are to be gathered or handed in still, the oldest first."""
    return [_file(row) for row in store.rows(_FILE + "WHERE handed_at IS NULL ORDER BY due_on")]


def unanswered(store: Store, before: date) -> list[File]:
    """Return files of days before one that the bank has and has not answered, the oldest first."""
    sql = (
        _FILE + "WHERE state = 'made' AND handed_at IS NOT NULL AND count > 0 AND due_on < ? ORDER BY due_on"
    )
    return [_file(row) for row in store.rows(sql, (day_out(before),))]


def to_gather(store: Store, due_on: date, file_id: int, after: int, most: int) -> list[tuple[int, int, bool]]:
    """Return contracts that belong into a file, each with its mandate and whether that was filed before.

    File 0 is one that is not begun yet.
    """
    rows = store.rows(_TO_GATHER, (day_out(due_on), after, file_id, most))
    return [(contract, mandate, bool(filed)) for contract, mandate, filed in rows]


def last_n(store: Store, file_id: int) -> int:
    """Return the place of a file's last debit, 0 when it has none."""
    row = store.one("SELECT MAX(n) FROM debit WHERE file_id = ?", (file_id,))
    return int(row[0]) if row and row[0] else 0


def add(store: Store, debits: Sequence[Debit]) -> None:
    """Write debits of a file."""
    columns = ("file_id", "n", "contract_id", "mandate_id", "amount", "first")
    rows = [(d.file_id, d.n, d.contract_id, d.mandate_id, d.amount, int(d.first)) for d in debits]
    store.insert_many("debit", columns, rows)


def made(store: Store, file_id: int, at: datetime) -> None:
    """Close a file that is gathered, and write down what it sums to."""
    store.write(
        "UPDATE debit_file SET state = 'made', made_at = ?, "
        "count = (SELECT COUNT(*) FROM debit WHERE file_id = debit_file.id), "
        "total = (SELECT COALESCE(SUM(amount), 0) FROM debit WHERE file_id = debit_file.id) WHERE id = ?",
        (moment_out(at), file_id),
    )


def handed(store: Store, file_id: int, at: datetime) -> None:
    """Note that a file was given to the bank."""
    store.write(
        "UPDATE debit_file SET handed_at = ? WHERE id = ? AND handed_at IS NULL", (moment_out(at), file_id)
    )


def with_accounts(store: Store, file_id: int) -> list[tuple[Debit, Account]]:
    """Return the debits of a file in their order, each with the account it is asked of."""
    return [(_debit(row), Account(*row[7:])) for row in store.rows(_WITH_ACCOUNT, (file_id,))]


def write_results(store: Store, file_id: int, results: Iterable[tuple[int, int]], at: datetime) -> None:
    """Write the bank's codes by place, and that the file is answered."""
    by_code: dict[int, list[int]] = {}
    for n, code in results:
        by_code.setdefault(code, []).append(n)
    for code, places in by_code.items():
        for start in range(0, len(places), _CHUNK):
            chunk = places[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            sql = f"UPDATE debit SET result = ? WHERE file_id = ? AND n IN ({marks})"  # noqa: S608
            store.write(sql, (code, file_id, *chunk))
    store.write(
        "UPDATE debit_file SET state = 'answered', answered_at = ? WHERE id = ?", (moment_out(at), file_id)
    )


def unposted(store: Store, file_id: int, most: int) -> list[Debit]:
    """Return debits whose result is known and has not taken effect."""
    sql = _DEBIT + "WHERE file_id = ? AND result IS NOT NULL AND posted_at IS NULL ORDER BY n LIMIT ?"
    return [_debit(row) for row in store.rows(sql, (file_id, most))]


def answered_and_unposted(store: Store) -> list[File]:
    """Return answered files of which something has not taken effect yet."""
    return [_file(row) for row in store.rows(_FILE + _UNPOSTED)]


_UNPOSTED: Final = (
    "WHERE state = 'answered' AND EXISTS (SELECT 1 FROM debit WHERE file_id = debit_file.id "
    "AND result IS NOT NULL AND posted_at IS NULL) ORDER BY due_on"
)


def post(store: Store, debit: Debit, at: datetime) -> bool:
    """Note that a result took effect; False when it had before."""
    sql = "UPDATE debit SET posted_at = ? WHERE file_id = ? AND n = ? AND posted_at IS NULL"
    return store.write(sql, (moment_out(at), debit.file_id, debit.n)) == 1


def at_bank(store: Store, contract_id: int) -> list[Told]:
    """Return a contract's debits whose result is not known, the oldest first."""
    sql = _TOLD + "AND d.posted_at IS NULL ORDER BY f.due_on"
    return [Told(day_in(on), amount, None) for on, amount, _ in store.rows(sql, (contract_id,))]


def newest(store: Store, contract_id: int, most: int) -> list[Told]:
    """Return a contract's debits, the newest first."""
    rows = store.rows(_TOLD + "ORDER BY f.due_on DESC LIMIT ?", (contract_id, most))
    return [Told(day_in(on), amount, result) for on, amount, result in rows]


def miscounted(store: Store) -> list[tuple[date, int, int, int, int]]:
    """Return the day of each made file whose count or total is not its debits', with both as they are."""
    rows = store.rows(
        "SELECT f.due_on, f.count, f.total, COUNT(d.n), COALESCE(SUM(d.amount), 0) FROM debit_file f "
        "LEFT JOIN debit d ON d.file_id = f.id WHERE f.state <> 'making' "
        "GROUP BY f.id, f.due_on, f.count, f.total "
        "HAVING f.count <> COUNT(d.n) OR f.total <> COALESCE(SUM(d.amount), 0)"
    )
    return [(day_in(on), *figures) for on, *figures in rows]


def unbooked(store: Store) -> list[tuple[int, int, int]]:
    """Return file, place and contract of each debit that took effect as paid without its entry."""
    return [
        (file_id, n, contract_id)
        for file_id, n, contract_id in store.rows(
            "SELECT d.file_id, d.n, d.contract_id FROM debit d LEFT JOIN entry e ON e.idempotency_key = "
            "CAST(d.contract_id AS TEXT) || ':debit:' || CAST(d.file_id AS TEXT) || '-' || CAST(d.n AS TEXT) "
            "WHERE d.result = 0 AND d.posted_at IS NOT NULL AND (e.amount IS NULL OR e.amount <> d.amount)"
        )
    ]


def _file(row: Sequence[Any]) -> File:
    key, due_on, state, count, total, handed_at = row
    return File(key, day_in(due_on), state, count, total, moment_in(handed_at))


def _debit(row: Sequence[Any]) -> Debit:
    file_id, n, contract_id, mandate_id, amount, first, result = row[:7]
    return Debit(file_id, n, contract_id, mandate_id, amount, bool(first), result)
