"""Payments that came into the lender's bank account, and the files that told of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from madoguchi.domain.incoming import Incoming
from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_in, moment_out

OPEN, READY, POSTED, KEPT, RETURNED = "open", "ready", "posted", "kept", "returned"
_COLUMNS: Final = (
    "id, file_id, line, booked_on, amount, payer, reference, state, how, contract_id, seq, was_kept, "
    "done_by, done_at, undone"
)
_READ: Final = f"SELECT {_COLUMNS} FROM incoming "  # noqa: S608
_FILE: Final = "SELECT id, name, by_whom, taken_at, count, total, known FROM incoming_file "


# Posted payments whose entry, or the one that was posted anew in its place, was undone for good.
_GONE: Final = """
    WITH RECURSIVE life (id, contract_id, seq) AS (
        SELECT id, contract_id, seq FROM incoming WHERE state = 'posted'
        UNION ALL
        SELECT l.id, l.contract_id, e.seq FROM life l
        JOIN entry e ON e.contract_id = l.contract_id AND e.replaces = l.seq
    )
    SELECT l.id FROM life l
    JOIN entry u ON u.contract_id = l.contract_id AND u.undoes = l.seq
    WHERE NOT EXISTS (SELECT 1 FROM entry r WHERE r.contract_id = l.contract_id AND r.replaces = l.seq)
"""


@dataclass(frozen=True, slots=True)
class File:
    """A file that was taken: its payments and their sum in yen; `known` of them another file had told of."""

    id: int
    name: str
    by_whom: str
    taken_at: datetime
    count: int
    total: int
    known: int


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment with its state, how its contract was found, and its entry's number once it is posted.

    `was_kept` is whether it stood in the house's journal before, `undone` how often a posting was undone.
    """

    id: int
    file_id: int
    line: int
    booked_on: date
    amount: int
    payer: str
    reference: str
    state: str
    how: str
    contract_id: int | None
    seq: int | None
    was_kept: bool
    done_by: str
    done_at: datetime | None
    undone: int

    @property
    def key(self) -> str:
        """What its entries in both journals are kept apart by; another one after each undone posting."""
        return f"incoming:{self.id}" + (f":{self.undone}" if self.undone else "")


def file_like(store: Store, digest: str) -> int | None:
    """Return the number of the file with these very bytes."""
    row = store.one("SELECT id FROM incoming_file WHERE digest = ?", (digest,))
    return int(row[0]) if row else None


def add_file(
    store: Store, digest: str, name: str, by_whom: str, at: datetime, rows: Sequence[Incoming]
) -> int | None:
    """Write a file and return its number; None where the very same one is there."""
    found = store.rows(
        "INSERT INTO incoming_file (digest, name, by_whom, taken_at, count, total, known) "
        "VALUES (?, ?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING RETURNING id",
        (digest, name, by_whom, moment_out(at), len(rows), sum(row.amount for row in rows)),
    )
    return int(found[0][0]) if found else None


def add(store: Store, file_id: int, row: Incoming, state: str, how: str, contract_id: int | None) -> bool:
    """Write a payment; False where a file had told of it before."""
    written = store.write(
        "INSERT INTO incoming (file_id, line, key, booked_on, amount, payer, reference, state, how, "
        "contract_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            file_id, row.line, row.key, day_out(row.booked_on), row.amount, row.payer, row.reference, state,
            how, contract_id,
        ),
    )  # fmt: skip
    return written == 1


def note_known(store: Store, file_id: int, known: int) -> None:
    """Note how many payments of a file had been told of before."""
    store.write("UPDATE incoming_file SET known = ? WHERE id = ?", (known, file_id))


def drop_file(store: Store, file_id: int) -> bool:
    """Forget a file of which nothing has been done; False where something has, or there is none."""
    done = "SELECT 1 FROM incoming WHERE file_id = ? AND state NOT IN ('open', 'ready') LIMIT 1"
    if store.one(done, (file_id,)):
        return False
    store.write("DELETE FROM incoming WHERE file_id = ?", (file_id,))
    return store.write("DELETE FROM incoming_file WHERE id = ?", (file_id,)) == 1


def hold_file(store: Store, file_id: int) -> File | None:
    """Return a file, held until the act ends."""
    row = store.one(store.locked(_FILE + "WHERE id = ?"), (file_id,))
    return _file(row) if row else None


def read_file(store: Store, file_id: int) -> File | None:
    """Return a file."""
    row = store.one(_FILE + "WHERE id = ?", (file_id,))
    return _file(row) if row else None


def files(store: Store, most: int) -> list[File]:
    """Return the files that were taken last, the newest first."""
    return [_file(row) for row in store.rows(_FILE + "ORDER BY id DESC LIMIT ?", (most,))]


def of_file(store: Store, file_id: int) -> list[Payment]:
    """Return the payments of a file in their order."""
    return [_payment(row) for row in store.rows(_READ + "WHERE file_id = ? ORDER BY line", (file_id,))]


def kept(store: Store, most: int) -> list[Payment]:
    """Return payments that are nobody's yet, the oldest first."""
    sql = _READ + "WHERE state = 'kept' ORDER BY id LIMIT ?"
    return [_payment(row) for row in store.rows(sql, (most,))]


def read(store: Store, number: int) -> Payment | None:
    """Return a payment."""
    row = store.one(_READ + "WHERE id = ?", (number,))
    return _payment(row) if row else None


def hold(store: Store, number: int) -> Payment | None:
    """Return a payment, held until the act ends."""
    row = store.one(store.locked(_READ + "WHERE id = ?"), (number,))
    return _payment(row) if row else None


def of_entry(store: Store, contract_id: int, seq: int) -> Payment | None:
    """Return the payment that became an entry and is posted."""
    sql = _READ + "WHERE contract_id = ? AND seq = ? AND state = 'posted'"
    row = store.one(sql, (contract_id, seq))
    return _payment(row) if row else None


def undone(store: Store, number: int) -> None:
    """Note that the entry which a payment had become stands no more."""
    sql = "UPDATE incoming SET seq = NULL, contract_id = NULL, undone = undone + 1 WHERE id = ?"
    store.write(sql, (number,))


def choose(store: Store, number: int, state: str, how: str, contract_id: int | None) -> None:
    """Say to which contract a payment goes, or that nobody knows."""
    sql = "UPDATE incoming SET state = ?, how = ?, contract_id = ? WHERE id = ?"
    store.write(sql, (state, how, contract_id, number))


def posted(store: Store, number: int, seq: int, by_whom: str, at: datetime) -> None:
    """Note the entry that a payment has become."""
    sql = "UPDATE incoming SET state = 'posted', seq = ?, done_by = ?, done_at = ? WHERE id = ?"
    store.write(sql, (seq, by_whom, moment_out(at), number))


def keep(store: Store, number: int, how: str, by_whom: str, at: datetime) -> None:
    """Note that a payment is nobody's yet and stands in the house's journal."""
    sql = (
        "UPDATE incoming SET state = 'kept', was_kept = 1, how = ?, contract_id = NULL, done_by = ?, "
        "done_at = ? WHERE id = ?"
    )
    store.write(sql, (how, by_whom, moment_out(at), number))


def returned(store: Store, number: int, by_whom: str, at: datetime) -> None:
    """Note that a payment went back to its payer."""
    sql = "UPDATE incoming SET state = 'returned', contract_id = NULL, done_by = ?, done_at = ? WHERE id = ?"
    store.write(sql, (by_whom, moment_out(at), number))


def unbooked(store: Store) -> list[int]:
    """Return payments whose state is not what the two journals say."""
    key = (
        "'incoming:' || CAST(p.id AS TEXT) || "
        "CASE WHEN p.undone = 0 THEN '' ELSE ':' || CAST(p.undone AS TEXT) END"
    )
    entry = (
        "(SELECT COUNT(*) FROM entry e WHERE e.idempotency_key = "  # noqa: S608
        f"CAST(p.contract_id AS TEXT) || ':' || {key} AND e.amount = p.amount)"
    )
    house = (
        f"(SELECT COUNT(*) FROM house_entry h WHERE h.idempotency_key = {key} "  # noqa: S608
        "|| '{}' AND h.amount = p.amount)"
    )
    sql = (
        f"SELECT p.id FROM incoming p WHERE {entry} <> "  # noqa: S608
        "CASE WHEN p.state = 'posted' THEN 1 ELSE 0 END "
        f"OR {house.format(':kept')} <> p.was_kept OR {house.format(':out')} <> "
        "CASE WHEN p.was_kept = 1 AND p.state IN ('posted', 'returned') THEN 1 ELSE 0 END ORDER BY p.id"
    )
    found = {int(number) for (number,) in store.rows(sql)}
    return sorted(found | {int(number) for (number,) in store.rows(_GONE)})


def _file(row: Sequence[Any]) -> File:
    number, name, by_whom, at, count, total, known = row
    return File(number, name, by_whom, moment_in(at), count, total, known)


def _payment(row: Sequence[Any]) -> Payment:
    key, file_id, line, on, amount, payer, reference, state, how, contract_id, seq, kept_, by, at, gone = row
    told = (payer, reference, state, how, contract_id, seq, bool(kept_), by, moment_in(at), gone)
    return Payment(key, file_id, line, day_in(on), amount, *told)
