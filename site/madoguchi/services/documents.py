"""Documents under a number: issued once with what they tell, looked at, filed, proved genuine, posted."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from madoguchi.domain.documents import (
    CODE_BYTES,
    TITLES,
    DocumentKind,
    Facts,
    code_of,
    grouped_number,
    id_of,
    masked,
    number_of,
    read_code,
)
from madoguchi.domain.letters import Kind
from madoguchi.ports.paper import Sheet
from madoguchi.services import books, choices, letters, papers, superseded
from madoguchi.services.choices import ELECTRONIC, PAPER, YES, Choice
from madoguchi.services.document_facts import Unfit, facts_in, facts_out, gathered
from madoguchi.services.office import Office
from madoguchi.services.papers import Lender, lender_in, lender_out
from madoguchi.services.repeating import repeated
from madoguchi.services.superseded import Later
from madoguchi.store import documents as rows
from madoguchi.store.contracts import ContractRow
from madoguchi.store.documents import DocumentRow, Posting

A_PAGE: Final = 20
DAY: Final = timedelta(days=1)
DAILY: Final = frozenset({DocumentKind.BALANCE, DocumentKind.PAYOFF, DocumentKind.PAID})  # anew each day
ASKED_FOR: Final = tuple(kind.value for kind in DocumentKind if kind is not DocumentKind.STATEMENT)
NOTHING: Final = code_of(bytes(CODE_BYTES))  # compared where there is no document


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was issued; `code` proves it, `lender` is who the lender was on that day."""

    id: int
    contract_id: int
    kind: DocumentKind
    issued_at: datetime
    on: date
    facts: Facts
    lender: Lender
    code: str

    @property
    def number(self) -> str:
        """The eleven digits that it goes by."""
        return number_of(self.id)


@dataclass(frozen=True, slots=True)
class Named:
    """A document as a list names it."""

    number: str
    kind: DocumentKind
    issued_at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list, the newest first; `before` is the number to go on from, None at the end."""

    documents: tuple[Named, ...]
    before: str | None


@dataclass(frozen=True, slots=True)
class Issued:
    """The document is there; `repeated` when the very same one was there already."""

    document: Document
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class TooMany:
    """No more than `most` are issued on request in 24 hours."""

    most: int


@dataclass(frozen=True, slots=True)
class Genuine:
    """A document was issued under this number with this code: the name half hidden, and what became of it."""

    number: str
    kind: DocumentKind
    issued_at: datetime
    on: date
    company: str
    name: str
    later: Later | None = None


@dataclass(frozen=True, slots=True)
class NotFound:
    """No document has this number with this code; which of the two is wrong is not told."""


def issue(
    office: Office, contract_id: int, kind: DocumentKind, *, on: date | None = None, seq: int | None = None
) -> Issued | Unfit | TooMany:
    """Issue a document that a member asks for; one that tells the same on the same day is issued once.

    `on` is the day that a balance or a payoff tells of (today if none), `seq` the entry of a paper.
    """
    with office.store.transaction():
        return _issue(office, contract_id, kind, on, seq, office.rules.documents.a_day)


def issue_within(
    office: Office, contract_id: int, kind: DocumentKind, *, on: date | None = None, seq: int | None = None
) -> Issued | Unfit:
    """Issue a document as part of an act that is open; whoever acts tells the member."""
    made = _issue(office, contract_id, kind, on, seq, None)
    assert not isinstance(made, TooMany), "only what members ask for is counted"
    return made


def add(
    office: Office, row: ContractRow, kind: DocumentKind, key: str, facts: Facts, held: dict[Choice, str]
) -> Document:
    """Write a document of a contract that is held, and put it on the list for the post if it goes there."""
    code, lender = code_of(secrets.token_bytes(CODE_BYTES)), lender_out(office.rules)
    now = office.now()
    made = rows.add(
        office.store, row.id, kind.value, key, now, facts.on, row.last_seq, lender, facts_out(facts), code
    )
    if _goes_by_post(kind, held):
        rows.list_post(office.store, made)
    return Document(made, row.id, kind, now, facts.on, facts, lender_in(lender[1]), code)


def listed(office: Office, contract_id: int, kind: DocumentKind | None, before: str | None) -> Listed | None:
    """Return a page of a contract's documents; None for a place that no page gave."""
    place = id_of(before) if before else None
    if before and place is None:
        return None
    found = rows.page(office.store, contract_id, kind.value if kind else None, place, A_PAGE + 1)
    told = tuple(Named(number_of(key), DocumentKind(name), at, on) for key, name, at, on in found[:A_PAGE])
    return Listed(told, told[-1].number if len(found) > A_PAGE else None)


def look(office: Office, contract_id: int, number: str) -> Document | None:
    """Return a document of this contract; another's number is as unknown as one that was never given."""
    found = rows.read(office.store, id_of(number) or 0)
    return _document(found) if found and found.contract_id == contract_id else None


@repeated
def file_of(office: Office, document: Document, sheet: Sheet) -> bytes:
    """Return the bytes of a document's file: those of its first printing, kept with their hash for ever."""
    if kept := rows.bytes_of(office.store, document.id):
        return kept
    content = papers.printed(office, sheet)
    digest = hashlib.sha256(content).hexdigest()
    with office.store.transaction():
        rows.keep_bytes(office.store, document.id, digest, content, office.now())
    return rows.bytes_of(office.store, document.id) or content


def check(office: Office, number: str, code: str) -> Genuine | NotFound:
    """Tell whether a document was issued under a number with a code, both as they were typed."""
    found = rows.read(office.store, id_of(number) or 0)
    same = hmac.compare_digest(found.code if found else NOTHING, read_code(code) or NOTHING)
    if found is None or not same:
        return NotFound()
    told = _document(found)
    company = told.lender.company
    later = superseded.of(office, told.contract_id, told.id, told.issued_at, told.kind, told.facts)
    return Genuine(told.number, told.kind, told.issued_at, told.on, company, masked(told.facts.name), later)


def to_post(office: Office, after: int = 0, most: int = 100) -> list[Posting]:
    """Return documents of members who get them on paper that nobody has posted yet, the oldest first."""
    return rows.to_post(office.store, after, most)


def note_posted(office: Office, document_id: int, by_whom: str) -> bool:
    """Note that a document was posted; False where it does not wait."""
    with office.store.transaction():
        return bool(rows.posted(office.store, document_id, office.now(), by_whom))


def differences(office: Office, most: int) -> Iterator[str]:
    """Yield one sentence for each of the newest kept files, `most` at most, that is not what was issued."""
    before, left = 1 << 62, most
    while left > 0 and (found := rows.bytes_before(office.store, before, min(left, A_PAGE))):
        for key, digest, content in found:
            if hashlib.sha256(content).hexdigest() != digest:
                yield f"Document {grouped_number(number_of(key))}: its file is not the one that was issued."
        before, left = found[-1][0], left - len(found)


def _issue(
    office: Office, contract_id: int, kind: DocumentKind, on: date | None, seq: int | None, most: int | None
) -> Issued | Unfit | TooMany:
    row = books.hold(office, contract_id)
    facts = gathered(office, row, kind, on, seq)
    if not isinstance(facts, Facts):
        return facts
    key = _key(office, kind, facts)
    if there := rows.by_key(office.store, row.id, key):
        return Issued(_document(there), repeated=True)
    since = office.now() - DAY
    if most is not None and rows.issued_since(office.store, row.id, ASKED_FOR, since) >= most:
        return TooMany(most)
    held = choices.of(office, row.member_id)
    made = add(office, row, kind, key, facts, held)
    if most is not None and held[Choice.TRANSACTION_MAIL] == YES:
        told: dict[str, letters.Fact] = {"at": made.issued_at, "title": TITLES[kind]}
        letters.write(office, Kind.DOCUMENT_ISSUED, told, member_id=row.member_id)
    return Issued(made)


def _key(office: Office, kind: DocumentKind, facts: Facts) -> str:
    """The same for what tells the same: the facts, the lender, and for some kinds the day of issue."""
    day = office.business_day().isoformat() if kind in DAILY else ""
    told = "|".join((facts_out(facts), lender_out(office.rules)[0], day))
    return f"{kind.value}:{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def _goes_by_post(kind: DocumentKind, held: dict[Choice, str]) -> bool:
    """Whether a document is owed on paper; a statement is where it stands for each act's own paper."""
    if held[Choice.DELIVERY] == ELECTRONIC:
        return False
    assert held[Choice.DELIVERY] == PAPER, "there are two ways"
    return kind is not DocumentKind.STATEMENT or held[Choice.MONTHLY] == YES


def _document(row: DocumentRow) -> Document:
    kind, lender = DocumentKind(row.kind), lender_in(row.lender)
    return Document(
        row.id, row.contract_id, kind, row.issued_at, row.on, facts_in(row.facts), lender, row.code
    )
