"""Documents as they were issued, the bytes of their files, and the list of what goes by post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from madoguchi.domain.ledger import EntryKind
from madoguchi.store import terms
from madoguchi.store.db import Store
from madoguchi.store.papers import keep_lender
from madoguchi.store.values import day_in, day_out, moment_in, moment_out


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document; `facts` and `lender` are JSON."""

    id: int
    contract_id: int
    kind: str
    issued_at: datetime
    on: date
    covered_seq: int
    facts: str
    lender: str
    code: str


@dataclass(frozen=True, slots=True)
class Posting:
    """A document that is to be posted, and where to; `waits_since` is when it was issued."""

    document_id: int
    kind: str
    waits_since: datetime
    member_number: str
    name: str
    postcode: str
    address: str


_SELECT: Final = (
    "SELECT d.id, d.contract_id, d.kind, d.issued_at, d.on_day, d.covered_seq, d.facts, l.facts, d.code "
    "FROM document d JOIN lender l ON l.key = d.lender_key "
)
_ADD: Final = (
    "INSERT INTO document (contract_id, kind, key, issued_at, on_day, covered_seq, lender_key, facts, code) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
)
_LIST: Final = "SELECT id, kind, issued_at, on_day FROM document"
_COUNT: Final = "SELECT COUNT(*) FROM document WHERE contract_id = ? AND issued_at > ?"
_LATEST: Final = _SELECT + "WHERE d.contract_id = ? AND d.kind = ? ORDER BY d.id DESC LIMIT 1"
_KEEP: Final = (
    "INSERT INTO document_bytes (document_id, sha256, bytes, made_at) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (document_id) DO NOTHING"
)
_WHOSE: Final = (
    "SELECT m.number, m.name, m.name_kana FROM contract c JOIN member m ON m.id = c.member_id WHERE c.id = ?"
)
_LAST_PAID: Final = (
    "SELECT e.value_date FROM entry e WHERE e.contract_id = ? AND e.kind IN (?, ?) AND NOT EXISTS "
    "(SELECT 1 FROM entry u WHERE u.contract_id = e.contract_id AND u.undoes = e.seq) "
    "ORDER BY e.value_date DESC, e.seq DESC LIMIT 1"
)
_AGREED: Final = "SELECT MAX(agreed_on) FROM term WHERE contract_id = ? AND kind IN (?, ?, ?)"
_TO_POST: Final = (
    "SELECT p.document_id, d.kind, d.issued_at, m.number, m.name, m.postcode, m.address "
    "FROM document_post p JOIN document d ON d.id = p.document_id JOIN contract c ON c.id = d.contract_id "
    "JOIN member m ON m.id = c.member_id "
    "WHERE p.posted_at IS NULL AND p.document_id > ? ORDER BY p.document_id LIMIT ?"
)


def add(
    store: Store,
    contract_id: int,
    kind: str,
    key: str,
    at: datetime,
    on: date,
    covered_seq: int,
    lender: tuple[str, str],
    facts: str,
    code: str,
) -> int:
    """Write a document down for ever and return its id; `lender` is the key and the facts of the lender."""
    keep_lender(store, lender)
    row = (contract_id, kind, key, moment_out(at), day_out(on), covered_seq, lender[0], facts, code)
    return int(store.rows(_ADD, row)[0][0])


def by_key(store: Store, contract_id: int, key: str) -> DocumentRow | None:
    """Return the document that was issued under a key."""
    row = store.one(_SELECT + "WHERE d.contract_id = ? AND d.key = ?", (contract_id, key))
    return _document(row) if row else None


def read(store: Store, document_id: int) -> DocumentRow | None:
    """Return a document by its id."""
    row = store.one(_SELECT + "WHERE d.id = ?", (document_id,))
    return _document(row) if row else None


def latest(store: Store, contract_id: int, kind: str) -> DocumentRow | None:
    """Return the newest document of a kind."""
    row = store.one(_LATEST, (contract_id, kind))
    return _document(row) if row else None


def page(
    store: Store, contract_id: int, kind: str | None, before: int | None, most: int
) -> list[tuple[int, str, datetime, date]]:
    """Return (id, kind, when issued, day that it tells of), the newest first, numbered below `before`."""
    wanted = [("contract_id = ?", contract_id), ("kind = ?", kind), ("id < ?", before)]
    asked = [(text, value) for text, value in wanted if value is not None]
    where = " AND ".join(text for text, _ in asked)
    sql = f"{_LIST} WHERE {where} ORDER BY id DESC LIMIT ?"
    rows = store.rows(sql, (*(value for _, value in asked), most))
    return [(key, name, moment_in(at), day_in(on)) for key, name, at, on in rows]


def issued_since(store: Store, contract_id: int, kinds: tuple[str, ...], since: datetime) -> int:
    """Count the documents of some kinds issued since a moment."""
    marks = ", ".join("?" * len(kinds))
    sql = f"{_COUNT} AND kind IN ({marks})"
    row = store.one(sql, (contract_id, moment_out(since), *kinds))
    return int(row[0]) if row else 0


def keep_bytes(store: Store, document_id: int, sha256: str, content: bytes, at: datetime) -> None:
    """Keep the bytes of a file; the first ones stay."""
    store.write(_KEEP, (document_id, sha256, content, moment_out(at)))


def bytes_of(store: Store, document_id: int) -> bytes | None:
    """Return the kept bytes."""
    row = store.one("SELECT bytes FROM document_bytes WHERE document_id = ?", (document_id,))
    return bytes(row[0]) if row else None


def bytes_before(store: Store, before: int, most: int) -> list[tuple[int, str, bytes]]:
    """Return (id, hash, bytes) of kept files numbered below `before`, the newest first."""
    sql = (
        "SELECT document_id, sha256, bytes FROM document_bytes WHERE document_id < ? "
        "ORDER BY document_id DESC LIMIT ?"
    )
    return [(key, digest, bytes(content)) for key, digest, content in store.rows(sql, (before, most))]


def list_post(store: Store, document_id: int) -> None:
    """Put a document on the list of what is to be posted."""
    store.write("INSERT INTO document_post (document_id) VALUES (?)", (document_id,))


def to_post(store: Store, after: int, most: int) -> list[Posting]:
    """Return what waits to be posted, the oldest first, numbered above `after`."""
    return [
        Posting(key, kind, moment_in(at), *whose)
        for key, kind, at, *whose in store.rows(_TO_POST, (after, most))
    ]


def posted(store: Store, document_id: int, at: datetime, by_whom: str) -> int:
    """Note that a document was posted; returns 0 where it does not wait."""
    return store.write(
        "UPDATE document_post SET posted_at = ?, posted_by = ? WHERE document_id = ? AND posted_at IS NULL",
        (moment_out(at), by_whom, document_id),
    )


def all_posted(store: Store, at: datetime, by_whom: str) -> None:
    """Note that all that waited was posted."""
    sql = "UPDATE document_post SET posted_at = ?, posted_by = ? WHERE posted_at IS NULL"
    store.write(sql, (moment_out(at), by_whom))


def whose(store: Store, contract_id: int) -> tuple[str, str, str]:
    """Return the number, the name and the name in kana of a contract's member."""
    row = store.one(_WHOSE, (contract_id,))
    assert row is not None, "a contract has a member"
    return row[0], row[1], row[2]


def last_paid_on(store: Store, contract_id: int) -> date | None:
    """Return the value date of the last payment that stands."""
    kinds = (int(EntryKind.REPAYMENT), int(EntryKind.DEPOSIT_USED))
    row = store.one(_LAST_PAID, (contract_id, *kinds))
    return day_in(row[0]) if row else None


def agreed_on(store: Store, contract_id: int) -> date | None:
    """Return the day on which the limit, the rate or the due day was last agreed."""
    row = store.one(_AGREED, (contract_id, terms.LIMIT, terms.RATE, terms.DUE_DAY))
    return day_in(row[0]) if row else None


def _document(row: tuple[Any, ...]) -> DocumentRow:
    key, contract_id, kind, issued_at, on, *rest = row
    return DocumentRow(key, contract_id, kind, moment_in(issued_at), day_in(on), *rest)
