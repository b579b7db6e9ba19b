"""Payments that came into the lender's bank account: taken from a file, looked at, posted once each."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import Any, Final

from madoguchi.domain.channels import Channel
from madoguchi.domain.incoming import read_payments
from madoguchi.domain.ledger import HouseKind
from madoguchi.domain.letters import Kind
from madoguchi.domain.matching import How
from madoguchi.domain.zengin import Malformed
from madoguchi.services import audit, books, cases, debit_letters, house, letters, payers, posting
from madoguchi.services.audit import Noted
from madoguchi.services.books import Conflict, Posted
from madoguchi.services.cases import CaseKind
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.store import incoming as rows
from madoguchi.store.contracts import ContractRow
from madoguchi.store.incoming import KEPT, OPEN, READY, Payment

PAUSE: Final = 0.005  # between two payments, so that pages get their turn
LONGEST_NAME: Final = 80
# Payments of which a file's posting takes care though nobody has said whose they are: they are kept.
UNKNOWN: Final = frozenset({How.NOBODY.value, How.TOO_EARLY.value})


@dataclass(frozen=True, slots=True)
class Taken:
    """The file is read and waits to be posted; `again` when these very bytes were taken before."""

    file_id: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The file was refused whole; line and column (the field's place) count from 1."""

    line: int
    column: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Done:
    """How many payments this press posted and kept; `left` wait for somebody to say whose they are."""

    posted: int
    kept: int
    left: int


@repeated
def take(office: Office, name: str, data: bytes, by_whom: str) -> Taken | Refused:
    """Read a file and find whose its payments are; nothing is posted yet. A payment is taken once."""
    digest = hashlib.sha256(data).hexdigest()
    if before := rows.file_like(office.store, digest):
        return Taken(before, again=True)
    try:
        told = read_payments(data, office.business_day())
    except Malformed as fault:
        return Refused(fault.line, fault.column, fault.sentence)
    found = payers.matches(office, told)
    with office.store.transaction():
        file_id = rows.add_file(office.store, digest, name[:LONGEST_NAME], by_whom, office.now(), told)
        if file_id is None:
            return Taken(rows.file_like(office.store, digest) or 0, again=True)
        known = 0
        for one, whose in zip(told, found, strict=True):
            state = READY if whose.contract_id else OPEN
            known += not rows.add(office.store, file_id, one, state, whose.how.value, whose.contract_id)
        rows.note_known(office.store, file_id, known)
        total = sum(one.amount for one in told)
        audit.note_within(
            office, Noted.PAYMENTS_TAKEN, by_whom, file=file_id, count=len(told) - known, total=total
        )
        return Taken(file_id)


def drop(office: Office, file_id: int, by_whom: str) -> bool:
    """Forget a file that was taken by mistake; False once something of it is posted or kept."""
    with office.store.transaction():
        file = rows.hold_file(office.store, file_id)
        if file is None or not rows.drop_file(office.store, file_id):
            return False
        facts = {"file": file_id, "count": file.count, "total": file.total}
        audit.note_within(office, Noted.PAYMENTS_DROPPED, by_whom, **facts)
        return True


def choose(office: Office, number: int, contract_id: int | None, by_whom: str) -> bool:
    """Say whose a payment is, or (None) that nobody knows; False once it is posted or went back."""
    how = How.HAND if contract_id else How.NOBODY
    with office.store.transaction():
        payment = rows.hold(office.store, number)
        if payment is None or payment.state not in (OPEN, READY, KEPT):
            return False
        state = KEPT if payment.state == KEPT else READY if contract_id else OPEN
        rows.choose(office.store, number, state, how.value, contract_id)
        audit.note_within(office, Noted.PAYMENT_CHOSEN, by_whom, payment=number, how=how.value)
        return True


def post_all(office: Office, file_id: int, by_whom: str) -> Done:
    """Post what has a contract, keep what is nobody's; may be stopped and pressed again at any point."""
    posted = kept = 0
    for payment in rows.of_file(office.store, file_id):
        if payment.state == READY:
            posted += post(office, payment, by_whom)
        elif payment.state == OPEN and payment.how in UNKNOWN:
            kept += _keep(office, payment.id, by_whom)
        time.sleep(PAUSE if payment.state in (READY, OPEN) else 0)
    left = sum(one.state in (OPEN, READY) for one in rows.of_file(office.store, file_id))
    return Done(posted, kept, left)


@repeated
def post(office: Office, seen: Payment, by_whom: str) -> bool:
    """Post a payment to the contract that it was seen with, valued on the day the bank booked it, once."""
    if seen.contract_id is None:
        return False
    with office.store.transaction():
        row = books.hold(office, seen.contract_id)
        payment = rows.hold(office.store, seen.id)
        if payment is None or payment.state not in (READY, KEPT) or payment.contract_id != row.id:
            return False
        done = _received(office, row, payment)
        if done is None:
            state = KEPT if payment.state == KEPT else OPEN
            rows.choose(office.store, payment.id, state, How.TOO_EARLY.value, None)
            return False
        rows.posted(office.store, payment.id, done.entry.seq, by_whom, office.now())
        if payment.state == KEPT:
            _out(office, payment, HouseKind.PAYMENT_FOUND, "found", by_whom, f"契約 {row.id} に入れました")
        facts = debit_letters.payment_facts(payment.booked_on, done)
        letters.write(office, Kind.TRANSFER_RECEIVED, facts, member_id=row.member_id)
        told: dict[str, Any] = {"payment": payment.id, "amount": payment.amount, "how": payment.how}
        audit.note_within(office, Noted.PAYMENT_POSTED, by_whom, row.member_id, **told)
        return True


def send_back(office: Office, number: int, reason: str, by_whom: str) -> bool:
    """Note that the bank sent a kept payment back to its payer; False where it is kept no more."""
    with office.store.transaction():
        payment = rows.hold(office.store, number)
        if payment is None or payment.state != KEPT:
            return False
        rows.returned(office.store, number, by_whom, office.now())
        _out(office, payment, HouseKind.PAYMENT_RETURNED, "returned", by_whom, reason)
        told: dict[str, Any] = {"payment": number, "amount": payment.amount, "reason": reason}
        audit.note_within(office, Noted.PAYMENT_RETURNED, by_whom, **told)
        return True


def _received(office: Office, row: ContractRow, payment: Payment) -> Posted | None:
    """Take a payment in; None where it was booked before the contract began."""
    if payment.booked_on < row.opened_on:
        return None
    key, reference = payment.key, f"{payment.file_id}-{payment.line}"
    done = posting.receive_within(
        office, row.id, payment.amount, Channel.BANK_TRANSFER, payment.booked_on, key, reference
    )
    assert not isinstance(done, Conflict), "a payment's key is its own"
    return done if isinstance(done, Posted) else None


@repeated
def _keep(office: Office, number: int, by_whom: str) -> bool:
    """Book a payment that is nobody's into the house's journal, and open a case about it."""
    with office.store.transaction():
        payment = rows.hold(office.store, number)
        if payment is None or payment.state != OPEN:
            return False
        keep_within(office, payment, payment.how, by_whom)
        told: dict[str, Any] = {"payment": number, "amount": payment.amount, "how": payment.how}
        audit.note_within(office, Noted.PAYMENT_KEPT, by_whom, **told)
        return True


def keep_within(office: Office, payment: Payment, how: str, by_whom: str) -> None:
    """Book a payment that is held and nobody's into the house's journal, and open a case, in an open act."""
    key, cause = f"{payment.key}:kept", f"{payment.file_id}-{payment.line}"
    house.post_within(office, HouseKind.PAYMENT_KEPT, payment.amount, payment.booked_on, key, cause)
    rows.keep(office.store, payment.id, how, by_whom, office.now())
    facts = {"payer": payment.payer, "amount": payment.amount, "on": payment.booked_on.isoformat(),
             "reference": payment.reference}  # fmt: skip
    cases.open_within(office, CaseKind.PAYMENT, facts, subject_id=payment.id)


def _out(office: Office, payment: Payment, kind: HouseKind, outcome: str, by_whom: str, words: str) -> None:
    """Take a kept payment out of the house's journal, and close its case with a note."""
    house.post_within(office, kind, payment.amount, office.business_day(), f"{payment.key}:out", outcome)
    cases.note_about_within(office, CaseKind.PAYMENT, payment.id, by_whom, words)
    cases.close_about_within(office, CaseKind.PAYMENT, payment.id, outcome)
