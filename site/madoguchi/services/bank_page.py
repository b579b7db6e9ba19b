"""What banks tell of payments at their page: believed by the signature, posted once at any repetition."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final

from madoguchi.domain.bank_page import BankAnswer
from madoguchi.domain.channels import Channel
from madoguchi.domain.letters import Kind
from madoguchi.ports import JAPAN
from madoguchi.ports.bank_page import Played, Telling
from madoguchi.services import books, letters, posting, repay
from madoguchi.services.books import Posted
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.store import bank_payments
from madoguchi.store.bank_payments import BankPayment

SKEW: Final = timedelta(minutes=5)  # how far a bank's clock may be off

log = logging.getLogger("madoguchi.bank_page")


class Wrong(Enum):
    """Why what came is not believed; the texts go back to the bank."""

    FORGED = "forged"  # no bank made it, or somebody changed it
    UNKNOWN = "unknown"  # no payment was begun under this key
    OTHER_ORDER = "other order"  # the bank or the amount is not what was begun
    OTHER_TIME = "other time"  # accepted before it was begun, or ahead of now
    OTHER_ANSWER = "other answer"  # a second payment under a key that was paid


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer is noted; `seq` is the payment's entry, None for one that the bank declined."""

    seq: int | None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Nothing was posted."""

    why: Wrong


@repeated
def receive(office: Office, fields: Mapping[str, str]) -> Taken | NotTaken:
    """Take a bank's answer; the same answer any number of times posts once and is told the same."""
    answer = office.bank_pages.read(fields) if office.bank_pages else None
    if answer is None:
        return _not_taken(Wrong.FORGED)
    begun = bank_payments.by_key(office.store, answer.key)
    if begun is None:
        return _not_taken(Wrong.UNKNOWN)
    if (answer.bank_code, answer.amount) != (begun.bank_code, begun.amount):
        return _not_taken(Wrong.OTHER_ORDER)
    if not begun.began_at - SKEW <= answer.accepted_at <= office.now() + SKEW:
        return _not_taken(Wrong.OTHER_TIME)
    with office.store.transaction():
        row = books.hold(office, begun.contract_id)
        payment = bank_payments.hold(office.store, begun.key)
        assert payment is not None, "payments are never deleted"
        if payment.state == "paid":
            return _again(payment, answer)
        if not answer.paid:
            bank_payments.declined(office.store, payment.key, answer.reference)
            return Taken(None, repeated=payment.state == "declined")
        return _posted(office, row.member_id, payment, answer)


def _again(payment: BankPayment, answer: BankAnswer) -> Taken | NotTaken:
    """A payment that stands: its own answer again, a no that was overtaken, or another yes under its key."""
    if answer.paid and answer.reference != payment.reference:
        return _not_taken(Wrong.OTHER_ANSWER)
    return Taken(payment.seq, repeated=True)


def _posted(office: Office, member_id: int, payment: BankPayment, answer: BankAnswer) -> Taken:
    day = value_date(office, answer.accepted_at)
    done = posting.receive_within(
        office,
        payment.contract_id,
        payment.amount,
        Channel.INTERNET,
        day,
        f"bank-page:{payment.key}",
        answer.reference,
    )
    assert isinstance(done, Posted), "the key is ours alone, and the payment began after the contract"
    bank_payments.paid(office.store, payment.key, answer.reference, answer.accepted_at, done.entry.seq)
    facts: dict[str, letters.Fact] = {
        "at": answer.accepted_at,
        "amount": f"{payment.amount:,}",
        "bank": repay.bank_name(office, payment.bank_code),
        "balance": f"{done.entry.balance:,}",
    }
    letters.write(office, Kind.PAYMENT_RECEIVED, facts, member_id=member_id)
    return Taken(done.entry.seq)


def value_date(office: Office, accepted_at: datetime) -> date:
    """The day in Japan on which the bank accepted a payment; a clock that runs ahead makes no tomorrow."""
    return min(accepted_at.astimezone(JAPAN).date(), office.business_day())


def played(office: Office, fields: Mapping[str, str]) -> Played | None:
    """The demo's bank: the order of a signed link and what became of it."""
    return office.demo.bank_page.look(fields) if office.demo and office.demo.bank_page else None


def play(
    office: Office, fields: Mapping[str, str], paid: bool, telling: Telling, late: timedelta
) -> Played | None:
    """The demo's bank pays or declines an order, and tells what is due."""
    if office.demo is None or office.demo.bank_page is None:
        return None
    found = office.demo.bank_page.settle(fields, paid, telling, late)
    collect(office)
    return found


def collect(office: Office) -> int:
    """Let the demo's bank tell what it has to tell by now; returns how many answers came."""
    bank = office.demo.bank_page if office.demo else None
    if bank is None:
        return 0
    due = bank.answers()
    for number, fields in due:
        receive(office, fields)
        bank.told(number)
    return len(due)


def _not_taken(why: Wrong) -> NotTaken:
    log.warning("a bank's answer was not taken: %s", why.value)
    return NotTaken(why)
